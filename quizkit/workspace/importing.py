"""Taking in what another program has: a plan that can be looked at, and carrying it out.

A note is found again by its `origin`, or by its own key where the file was exported from here: importing a file
twice changes nothing, and a newer one updates what it says.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from quizkit.decks.notes import ID, slug
from quizkit.errors import QuizkitError
from quizkit.formats import Format
from quizkit.formats.item import Item, Loss, Parcel
from quizkit.formats.to_notes import note_of
from quizkit.i18n import _
from quizkit.source import to_plain
from quizkit.workspace.drafting import Change, Draft, Known
from quizkit.workspace.origins import origin_of
from quizkit.workspace.placing import Placing
from quizkit.workspace.workspace import Workspace

ID_WORDS = 6
_UNSAID = re.compile(r"""[^a-z0-9\s_.,:;!?'"()/&–—-]""")
"""What tells titles apart that have the same Latin words."""


class Elsewhere(NamedTuple):
    """How many of the questions to be added are in another deck already."""

    deck: str
    notes: int


class Plan(NamedTuple):
    """What an import would do to one deck. `path` is the deck's file; `exists` whether it is there already.

    `media` are the files to be written: what the parcel calls each, and its path beside the deck. `keys` maps what the
    other program calls a note to our note key, for its reviews. `gone` counts the notes that came from such a file
    earlier and aren't in this one.
    """

    deck: str
    path: Path
    exists: bool
    title: str
    added: tuple[Mapping[str, Any], ...]
    changes: tuple[Change, ...]
    same: int
    losses: tuple[Loss, ...]
    media: Mapping[str, str]
    keys: Mapping[str, str]
    parcel: Parcel
    gone: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing would be written."""
        return not (self.added or self.changes or self.media or self.parcel.reviews or self.parcel.memories)


def plan_imports(
    workspace: Workspace, parcel: Parcel, format_: Format, *, deck: str = "", name: str = "", lang: str = ""
) -> list[Plan]:
    """What taking in a parcel would do, deck by deck: questions that were exported from here go back where they were,
    others into a deck for each deck of the other program, but for those that moved over there, which stay. `deck` names
    the deck for all of them, else its title does, or `name`, what the file is called.

    `lang` is the language the texts are in, where that is known: needed where a deck has several.
    Raises QuizkitError when a deck's id can't be used, or its file can't be read.
    """
    if deck and not ID.match(deck):
        raise QuizkitError(_("{deck} can't be a deck's id.", deck=repr(deck)), _("Write {id}.", id=slug(deck)))
    workspace.refresh()
    ours = {row.id for row in workspace.catalog.index.decks()} if not deck else set()
    homes = {title: deck or _deck_id(title, name) for title in {parcel.title, *(item.group for item in parcel.items)}}
    # By id: two titles may share one, and plans for one deck that know nothing of each other would overwrite it.
    groups: dict[str, list[Item]] = {}
    titles: dict[str, str] = {}
    settled = _settled(workspace, parcel.items, format_, homes) if ours else {}
    for item in parcel.items:
        prefix, slash, _rest = item.key.partition("/")
        title = parcel.title if deck else item.group or parcel.title
        home = prefix if slash and prefix in ours else settled.get(item.key) or homes[title]
        groups.setdefault(home, []).append(item)
        titles.setdefault(home, title)
    # Where nothing could be read there is still something to say.
    groups = groups or {homes[parcel.title]: []}
    placing = Placing(parcel.media)
    plans = []
    for number, (home, items) in enumerate(groups.items()):
        keys = {item.key for item in items}
        part = parcel._replace(
            items=tuple(items),
            title=titles.get(home, parcel.title) or name or home,
            losses=parcel.losses if not number else (),
            reviews=[review for review in parcel.reviews if review.key in keys],
            memories=[memory for memory in parcel.memories if memory.key in keys],
        )
        plans.append(_plan(workspace, part, format_, home, lang, placing))
    return plans


def _settled(workspace: Workspace, items: Sequence[Item], format_: Format, homes: Mapping[str, str]) -> dict[str, str]:
    """The decks here of notes that are in another deck over there, by what they are called there."""
    named = {origin_of(format_, item): item for item in items if item.key and item.group}
    decks: dict[str, list[str]] = {}
    for row in workspace.catalog.index.with_origins(named):
        there = json.loads(row.data)
        if format_.guids or _same_words(there, note_of(named[there["origin"]])):
            decks.setdefault(there["origin"], []).append(row.deck)
    return {named[origin].key: found[0] for origin, found in decks.items() if homes[named[origin].group] not in found}


def _same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two notes ask in the same words."""
    return all(one.get(key) == other.get(key) for key in ("ask", "front", "text"))


def _plan(workspace: Workspace, parcel: Parcel, format_: Format, deck: str, lang: str, placing: Placing) -> Plan:
    """What taking in a parcel would do to one deck."""
    known = _known(workspace, deck)
    placed, losses = placing.place(known.path.parent, parcel.items)
    draft = Draft(format_, deck, known, placed, lang)
    for item in parcel.items:
        draft.take(item)
    draft.settle()
    return Plan(
        deck=deck,
        path=known.path,
        exists=known.exists,
        title=parcel.title,
        added=tuple(draft.added),
        changes=tuple(draft.changes),
        same=draft.same,
        losses=(*parcel.losses, *losses, *draft.losses),
        media=placing.to_write(known.path.parent, placed, draft.shown),
        keys=draft.keys,
        parcel=parcel,
        gone=len(draft.gone),
        elsewhere=_elsewhere(workspace, deck, draft.added),
    )


def _elsewhere(workspace: Workspace, deck: str, added: Sequence[Mapping[str, Any]]) -> tuple[Elsewhere, ...]:
    """The decks that hold some of these questions already, in the same words."""
    asked = {note["origin"]: note for note in added}
    found: Counter[str] = Counter()
    for row in workspace.catalog.index.with_origins(asked):
        there = json.loads(row.data)
        here = asked[there["origin"]]
        if row.deck != deck and _same_words(there, here):
            found[row.deck] += 1
    return tuple(Elsewhere(*one) for one in sorted(found.items()))


def _deck_id(title: str, name: str) -> str:
    """A deck's id from a title, or from a file's name where there is none.

    What an id can't say of a title (other letters, signs, words beyond a few) is there as a fingerprint of the title:
    the same whenever it comes again, whatever else is in the file then.
    """
    whole = normalize("NFC", " ".join((title or name).split()))
    words = re.findall(r"[a-z0-9]+", whole.lower())
    if words and len(words) <= ID_WORDS and not _UNSAID.search(whole.lower()):
        return "-".join(words)
    words = words or re.findall(r"[a-z0-9]+", name.lower()) or ["deck"]
    return "-".join([*words[:ID_WORDS], blake2b(whole.encode(), digest_size=3).hexdigest()])


def _known(workspace: Workspace, deck: str) -> Known:
    row = workspace.catalog.index.deck(deck)
    folder = workspace.places.decks
    if row is None:
        path = (folder.parent if folder.is_file() else folder) / f"{deck}.yaml"
        if path.exists():
            raise QuizkitError(
                _("{path} is there already, and isn't the deck {deck}.", path=path, deck=deck), _("Choose a --deck.")
            )
        return Known(path, False, {})
    path = workspace.places.root / row.path
    from quizkit.decks.adding import members_in
    from quizkit.decks.load import load_deck

    loaded = load_deck(path, row.path)
    if loaded.deck is None:
        raise QuizkitError(_("{file} can't be read.", file=row.path), _("See what is wrong: quizkit deck check"))
    if loaded.torn or len(members_in(loaded.root)) != len(loaded.deck.notes):
        raise QuizkitError(
            _("{file} has notes that can't be read: what they came from would be taken in once more.", file=row.path),
            _("See what is wrong: quizkit deck check"),
        )
    notes = {note.id: (note, to_plain(loaded.nodes[note.key])) for note in loaded.deck.notes}
    return Known(path, True, notes, loaded.deck.languages)
