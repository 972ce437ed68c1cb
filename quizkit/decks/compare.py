"""Two states of decks compared note by note: what changed, and what that means for those who learn them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from quizkit.decks.identity import propose_renames
from quizkit.decks.load import load_text
from quizkit.model import Note
from quizkit.source import to_plain


class What(StrEnum):
    """What became of a note."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RENAMED = "renamed"
    MOVED = "moved"


class Snapshot(NamedTuple):
    """A note as it was at some time. `cards` are the variants of its cards."""

    note: Note
    plain: Mapping[str, Any]
    cards: tuple[str, ...]


class Change(NamedTuple):
    """What became of one note. `key` is its present key, its last one where it is gone; `old` the former.

    `keys` are those whose values differ; `gained` and `lost` the cards it has more and less. `guess` is a note that is
    gone and much like this one: the author may have meant `was:`.
    """

    what: What
    key: str
    old: str
    keys: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    guess: str = ""

    @property
    def line(self) -> str:
        """The line that keeps the memories of the guessed note; '' where none is guessed."""
        if not self.guess:
            return ""
        deck, _slash, name = self.guess.partition("/")
        return f"was: {name if self.key.startswith(f'{deck}/') else self.guess}"


def snapshots(files: Mapping[str, str]) -> dict[str, Snapshot]:
    """The notes of deck files by key; `files` maps names to texts. What can't be read is left out."""
    found: dict[str, Snapshot] = {}
    for name, text in files.items():
        loaded = load_text(text, name)
        for note in loaded.deck.notes if loaded.deck else ():
            found[note.key] = Snapshot(note, to_plain(loaded.nodes[note.key]), tuple(note.body.tasks()))
    return found


def decks_in(files: Mapping[str, str]) -> set[str]:
    """The ids of the decks that files hold."""
    loaded = (load_text(text, name).deck for name, text in files.items())
    return {deck.id for deck in loaded if deck}


def compare(old: Mapping[str, Snapshot], new: Mapping[str, Snapshot]) -> list[Change]:
    """What changed from one state to the other, in the order of the new one; what is gone comes last."""
    former = {was: key for key, snapshot in new.items() for was in snapshot.note.was if was in old and was not in new}
    heirs = {key: was for was, key in former.items()}
    gone = [key for key in old if key not in new and key not in former]
    fresh = [snapshot.note for key, snapshot in new.items() if key not in old and key not in heirs]
    guesses = {pair.new: pair.old for pair in propose_renames({key: old[key].plain for key in gone}, fresh)}
    changes = []
    for key, snapshot in new.items():
        before = old.get(key) or old.get(heirs.get(key, ""))
        if before is None:
            changes.append(Change(What.ADDED, key, "", gained=snapshot.cards, guess=guesses.get(key, "")))
        elif (change := _changed(before, snapshot)) is not None:
            changes.append(change)
    return [*changes, *(Change(What.REMOVED, key, key, lost=old[key].cards) for key in gone)]


def _changed(before: Snapshot, after: Snapshot) -> Change | None:
    old, new = before.note.key, after.note.key
    names = dict.fromkeys((*before.plain, *after.plain))
    keys = tuple(
        name for name in names if name not in ("id", "was") and before.plain.get(name) != after.plain.get(name)
    )
    gained = tuple(card for card in after.cards if card not in before.cards)
    lost = tuple(card for card in before.cards if card not in after.cards)
    if old == new and not keys:
        return None
    what = What.REWORDED if old == new else What.RENAMED if before.note.deck == after.note.deck else What.MOVED
    return Change(what, new, old, keys, gained, lost)


def kept(change: Change, remembered: Mapping[str, int]) -> int:
    """How many memories come along with a note. `remembered` counts memories by card, under former keys too."""
    return _count(change, remembered, lost=False)


def asleep(change: Change, remembered: Mapping[str, int]) -> int:
    """How many memories have no card any more: they sleep until it comes back."""
    return _count(change, remembered, lost=True)


def _count(change: Change, remembered: Mapping[str, int], *, lost: bool) -> int:
    names = {change.key, change.old} - {""}
    return sum(
        count
        for card, count in remembered.items()
        if card.rpartition("/")[0] in names and (card.rpartition("/")[2] in change.lost) is lost
    )


def totals(changes: Sequence[Change]) -> dict[str, int]:
    """How many changes of each sort."""
    return {what.value: sum(change.what is what for change in changes) for what in What}


def decks_named(names: Iterable[str]) -> list[str]:
    """The names of deck files among names of files."""
    return sorted(name for name in names if name.endswith((".yaml", ".yml")) and "/sources/" not in f"/{name}")
