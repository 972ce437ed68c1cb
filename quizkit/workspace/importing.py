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

from quizkit.decks.notes import ID, slug
from quizkit.errors import QuizkitError
from quizkit.formats import Format
from quizkit.formats.guard import safe_name
from quizkit.formats.item import Item, Loss, Parcel
from quizkit.i18n import _
from quizkit.source import to_plain
from quizkit.workspace.drafting import Change, Draft, Known
from quizkit.workspace.workspace import Workspace

MEDIA = "media"
"""The folder for pictures and sounds, beside the deck."""

ID_WORDS = 6


class Elsewhere(NamedTuple):
    """How many of the questions to be added are in another deck already."""

    deck: str
    notes: int


class Plan(NamedTuple):
    """What an import would do to one deck. `path` is the deck's file; `exists` whether it is there already.

    `keys` maps what the other program calls a note to our note key, for its reviews. `gone` counts the notes that came
    from such a file earlier and aren't in this one.
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
        return not (self.added or self.changes or self.parcel.reviews or self.parcel.memories)


def plan_imports(
    workspace: Workspace, parcel: Parcel, format_: Format, *, deck: str = "", name: str = "", lang: str = ""
) -> list[Plan]:
    """What taking in a parcel would do, deck by deck: questions that were exported from here go back where they were,
    others into a deck for each deck of the other program. `deck` names the deck for all of them. See `plan_import`.
    """
    workspace.refresh()
    ours = {row.id for row in workspace.catalog.index.decks()} if not deck else set()
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in parcel.items:
        prefix = item.key.partition("/")[0]
        home = (prefix, "") if "/" in item.key and prefix in ours else (deck, "" if deck else item.group)
        groups.setdefault(home, []).append(item)
    # Where nothing could be read there is still something to say.
    groups = groups or {(deck, ""): []}
    plans = []
    for number, ((target, group), items) in enumerate(groups.items()):
        part = parcel._replace(items=tuple(items), losses=parcel.losses if not number else ())
        part = part._replace(title=group or parcel.title)
        keys = {item.key for item in items}
        part = part._replace(
            reviews=[review for review in parcel.reviews if review.key in keys],
            memories=[memory for memory in parcel.memories if memory.key in keys],
        )
        plans.append(plan_import(workspace, part, format_, deck=target, name=name, lang=lang))
    return plans


def plan_import(
    workspace: Workspace, parcel: Parcel, format_: Format, *, deck: str = "", name: str = "", lang: str = ""
) -> Plan:
    """What taking in a parcel would do. `deck` is the deck to put it in, else one named by its title or `name`.

    `lang` is the language its texts are in, where that is known: needed where the deck has several.
    Raises QuizkitError when the deck's id can't be used, or its file can't be read.
    """
    deck = deck or _deck_id(parcel.title, name)
    if not ID.match(deck):
        raise QuizkitError(_("{deck} can't be a deck's id.", deck=repr(deck)), _("Write {id}.", id=slug(deck)))
    known = _known(workspace, deck)
    media, losses = _media(parcel)
    draft = Draft(format_, deck, known, media, lang)
    for item in parcel.items:
        draft.take(item)
    draft.settle()
    return Plan(
        deck=deck,
        path=known.path,
        exists=known.exists,
        title=parcel.title or name or deck,
        added=tuple(draft.added),
        changes=tuple(draft.changes),
        same=draft.same,
        losses=(*parcel.losses, *losses, *draft.losses),
        media=media,
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
        if row.deck != deck and all(there.get(key) == here.get(key) for key in ("ask", "front", "text")):
            found[row.deck] += 1
    return tuple(Elsewhere(*one) for one in sorted(found.items()))


def _deck_id(title: str, name: str) -> str:
    """A deck's id from a title or a file's name; its fingerprint where neither has Latin letters."""
    for text in (title, Path(name).stem):
        if words := re.findall(r"[a-z0-9]+", text.lower()):
            return "-".join(words[:ID_WORDS])
    return f"deck-{blake2b((title or name).encode(), digest_size=3).hexdigest()}"


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
    from quizkit.decks.load import load_deck

    loaded = load_deck(path, row.path)
    if loaded.deck is None:
        raise QuizkitError(_("{file} can't be read.", file=row.path), _("See what is wrong: quizkit deck check"))
    notes = {note.id: (note, to_plain(loaded.nodes[note.key])) for note in loaded.deck.notes}
    return Known(path, True, notes, loaded.deck.languages)


def _media(parcel: Parcel) -> tuple[dict[str, str], list[Loss]]:
    """Where each file that an item names would go, and those that aren't in the parcel."""
    named = dict.fromkeys(name for item in parcel.items for name in item.all_media)
    media: dict[str, str] = {}
    losses: list[Loss] = []
    for name in named:
        safe = safe_name(name)
        if name not in parcel.media or not safe:
            losses.append(Loss(name, "this file isn't there: the note names it, and nothing is shown"))
        if safe:
            media[name] = f"{MEDIA}/{safe}"
    return media, losses
