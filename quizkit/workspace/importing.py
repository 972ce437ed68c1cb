"""Taking in what another program has: a plan that can be looked at, and carrying it out.

A note is found again by its `origin`, or by its own key where the file was exported from here: importing a file
twice changes nothing, and a newer one updates what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from quizkit.decks.edit import suggest
from quizkit.decks.notes import ID, read_note, slug
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.formats import Format
from quizkit.formats.convert import items_of, note_of
from quizkit.formats.guard import safe_name
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions
from quizkit.i18n import _
from quizkit.kinds import Fields
from quizkit.model import Note
from quizkit.source import from_plain, to_plain
from quizkit.workspace.workspace import Workspace

MEDIA = "media"
"""The folder for pictures and sounds, beside the deck."""

ID_WORDS = 6


class Change(NamedTuple):
    """A note that the file says otherwise: its id, and the new values by key."""

    id: str
    values: Mapping[str, Any]


class Plan(NamedTuple):
    """What an import would do to one deck. `path` is the deck's file; `exists` whether it is there already.

    `variants` maps what the other program calls a note to our note key, for its reviews.
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
    draft = _Draft(format_, deck, known, media, lang)
    for item in parcel.items:
        draft.take(item)
    draft.compare()
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
    )


def _deck_id(title: str, name: str) -> str:
    """A deck's id from a title or a file's name; its fingerprint where neither has Latin letters."""
    for text in (title, Path(name).stem):
        if words := re.findall(r"[a-z0-9]+", text.lower()):
            return "-".join(words[:ID_WORDS])
    return f"deck-{blake2b((title or name).encode(), digest_size=3).hexdigest()}"


class _Known(NamedTuple):
    """A deck as it is: its file, and its notes by id with their plain data."""

    path: Path
    exists: bool
    notes: Mapping[str, tuple[Note, Mapping[str, Any]]]
    languages: tuple[str, ...] = ()


def _known(workspace: Workspace, deck: str) -> _Known:
    row = workspace.catalog.index.deck(deck)
    folder = workspace.places.decks
    if row is None:
        path = (folder.parent if folder.is_file() else folder) / f"{deck}.yaml"
        if path.exists():
            raise QuizkitError(
                _("{path} is there already, and isn't the deck {deck}.", path=path, deck=deck), _("Choose a --deck.")
            )
        return _Known(path, False, {})
    path = workspace.places.root / row.path
    from quizkit.decks.load import load_deck

    loaded = load_deck(path, row.path)
    if loaded.deck is None:
        raise QuizkitError(_("{file} can't be read.", file=row.path), _("See what is wrong: quizkit deck check"))
    notes = {note.id: (note, to_plain(loaded.nodes[note.key])) for note in loaded.deck.notes}
    return _Known(path, True, notes, loaded.deck.languages)


class _Draft:
    """Collects what becomes of each item."""

    def __init__(self, format_: Format, deck: str, known: _Known, media: Mapping[str, str], lang: str) -> None:
        self.format = format_
        self.matched: list[tuple[Item, str]] = []
        self.deck = deck
        self.known = known
        self.media = media
        self.told = bool(lang)
        self.lang = lang or (known.languages[0] if known.languages else "")
        self.by_origin = {note.origin: id_ for id_, (note, _plain) in known.notes.items() if note.origin}
        self.taken = set(known.notes)
        self.added: list[Mapping[str, Any]] = []
        self.changes: list[Change] = []
        self.losses: list[Loss] = []
        self.keys: dict[str, str] = {}
        self.same = 0
        self.seen: set[str] = set()

    def take(self, item: Item) -> None:
        """Find the item's note, or make one."""
        here = item._replace(media=tuple(self.media.get(name, name) for name in item.media))
        where = item.key or _short(item.prompt)
        prefix, _slash, rest = item.key.partition("/")
        if prefix == self.deck and (note_id := rest.partition("/")[0]) in self.known.notes:
            self.keys[item.key] = f"{self.deck}/{note_id}"
            self.matched.append((here, note_id))
            return
        origin = _origin(self.format.name, item)
        if origin in self.seen:
            # Two questions of one name: the second is told from the first by what it asks.
            origin = f"{origin}-{_fingerprint(item.prompt + item.answers[0] if item.answers else item.prompt)}"
            if origin in self.seen:
                self.losses.append(Loss(where, "the same question stands there twice: taken once"))
                return
        self.seen.add(origin)
        if origin in self.by_origin:
            self.keys[item.key] = f"{self.deck}/{self.by_origin[origin]}"
            self.matched.append((here, self.by_origin[origin]))
            return
        note = {"id": "", **note_of(here), "origin": origin}
        if self.lang and len(self.known.languages) > 1:
            self.losses.append(Loss(where, f"is in {self.lang} only: the deck's other languages are to be added"))
        problem = "" if _is_sound(here) else _problem(note)
        if problem:
            self.losses.append(Loss(where, f"{problem} Left out."))
            return
        note["id"] = self._id(rest.partition("/")[0] if prefix == self.deck else "", note)
        if note_key := item.key:
            self.keys[note_key] = f"{self.deck}/{note['id']}"
        self.added.append(note)

    def _id(self, wanted: str, note: Mapping[str, Any]) -> str:
        base = wanted if ID.match(wanted) else ""
        base = base or suggest(from_plain(note)) or f"note-{len(self.taken) + 1}"
        name, number = base, 2
        while name in self.taken:
            name, number = f"{base}-{number}", number + 1
        self.taken.add(name)
        return name

    def compare(self) -> None:
        """What the items that are here already say otherwise."""
        if not self.matched:
            return
        before, carried = self._spoken()
        for item, note_id in self.matched:
            note, plain = self.known.notes[note_id]
            known = carried.get(self._key(item, note))
            if known is not None and _content(known) == _content(item):
                self.same += 1
            elif item.key.startswith(f"{note.key}/"):
                self.losses.append(Loss(item.key, "is one card of a note: change it in the deck's file"))
            elif known is None or note.key not in before:
                what = f"is a {note.kind} note here, which {self.format.title} can't hold: left as it is"
                self.losses.append(Loss(note.key, what))
            elif known.kind != item.kind:
                what = f"is a {note.kind} note here and a {item.kind} question there: left as it is"
                self.losses.append(Loss(note.key, what))
            else:
                self._change(note_id, plain, known, item)

    def _spoken(self) -> tuple[dict[str, Item], dict[str, Item]]:
        """The notes' items in the language of the file, as they are here and as its format carries them.

        Unless it is said, the file is in the language in which most of it says what is said here: a text must never
        take the place of one in another language.
        """
        ids = dict.fromkeys(note_id for _item, note_id in self.matched)
        best = -1
        found: tuple[dict[str, Item], dict[str, Item]] = ({}, {})
        for lang in (self.lang,) if self.told else self.known.languages or (self.lang or "en",):
            before = {one.key: one for id_ in ids for one in items_of(self.known.notes[id_][0], lang)}
            carried = _carried(self.format, list(before.values()), lang)
            alike = 0
            for item, note_id in self.matched:
                known = carried.get(self._key(item, self.known.notes[note_id][0]))
                alike += known is not None and (known.prompt == item.prompt) + (known.answers[:1] == item.answers[:1])
            if alike > best:
                best, found = alike, (before, carried)
                self.lang = lang if self.known.languages else self.lang
        return found

    def _key(self, item: Item, note: Note) -> str:
        """What an item's note is called among those carried."""
        return item.key if item.key == note.key or item.key.startswith(f"{note.key}/") else note.key

    def _change(self, note_id: str, plain: Mapping[str, Any], known: Item, item: Item) -> None:
        old, new = note_of(known), note_of(item._replace(tags=known.tags if _same_tags(known, item) else item.tags))
        values = {
            key: _merged(plain.get(key, ""), new.get(key, ""), self.lang)
            for key in {**old, **new}
            if key not in ("media", "kind") and old.get(key, "") != new.get(key, "")
        }
        values = {key: value for key, value in values.items() if value != plain.get(key, "")}
        if problem := _problem({**plain, **{key: value for key, value in values.items() if value}}):
            self.losses.append(Loss(f"{self.deck}/{note_id}", f"{problem} Left as it was."))
        elif values:
            self.changes.append(Change(note_id, values))
        else:
            self.same += 1


def _same_tags(one: Item, other: Item) -> bool:
    """Whether two items have the same tags, in whatever order."""
    return set(one.tags) == set(other.tags)


def _carried(format_: Format, items: list[Item], lang: str) -> dict[str, Item]:
    """What a format carries of these items, by key: only what differs from that has been changed over there."""
    if not (items and format_.writes and format_.reads):
        return {item.key: item for item in items}
    back = _there_and_back(format_, items, lang)
    if any(item.key for item in back):
        return {item.key: item for item in back}
    # The format has no place for names: what comes back stands in the order in which it went.
    if len(back) == len(items):
        return {item.key: again for item, again in zip(items, back, strict=True)}
    if len(items) == 1 or not back:
        return {}
    half = len(items) // 2
    return _carried(format_, items[:half], lang) | _carried(format_, items[half:], lang)


def _there_and_back(format_: Format, items: list[Item], lang: str) -> list[Item]:
    """These items, written and read once."""
    written = format_.module.write(items, WriteOptions(lang=lang))
    if not written.items:
        return []
    with TemporaryDirectory(prefix="quizkit-") as folder:
        path = Path(folder) / f"carried{format_.suffixes[0]}"
        path.write_bytes(written.data)
        return list(format_.module.read(path, ReadOptions()).items)


def _origin(format_: str, item: Item) -> str:
    return f"{format_}:{item.key or _fingerprint(item.prompt)}"


def _fingerprint(text: str) -> str:
    return blake2b(" ".join(text.split()).encode(), digest_size=8).hexdigest()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _content(item: Item) -> Item:
    return item._replace(key="", group="", media=(), tags=tuple(sorted(item.tags)))


def _merged(old: Any, new: Any, lang: str) -> Any:
    """A value with what is new in one language, its other languages kept."""
    if isinstance(old, dict) and isinstance(new, str) and new and lang in old:
        return {**old, lang: new}
    if isinstance(old, list) and isinstance(new, list) and any(isinstance(entry, dict) for entry in old):
        # Options, wherever they stand now: what is said on them (why) comes along.
        known = {_said(entry, lang): entry for entry in old}
        if fresh := [entry for entry in new if _said(entry, lang) not in known]:
            spare = [entry for entry in old if _said(entry, lang) not in {_said(one, lang) for one in new}]
            renewed = dict(zip((_said(entry, lang) for entry in fresh), spare, strict=False))
            known |= {said: _merged(entry, said, lang) for said, entry in renewed.items()}
        return [known.get(_said(entry, lang), entry) for entry in new]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [_merged(before, after, lang) for before, after in zip(old, new, strict=True)]
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() >= new.keys():
        return {**old, **{key: _merged(old[key], value, lang) for key, value in new.items()}}
    if isinstance(old, dict) and "text" in old and isinstance(new, str):
        return {**old, "text": _merged(old["text"], new, lang)}
    return new


def _said(entry: Any, lang: str) -> str:
    """The text of an option, member or pair, in one language."""
    text = entry.get("text", entry) if isinstance(entry, dict) else entry
    if isinstance(text, dict):
        return str(text.get(lang, next(iter(text.values()), "")))
    return str(text)


def _is_sound(item: Item) -> bool:
    """Whether an item is of the plainest sort, in which nothing can be wrong: most of what comes in is."""
    return item.kind == "basic" and bool(item.prompt.strip() and item.answers and item.answers[0].strip())


def _problem(note: Mapping[str, Any]) -> str:
    """What keeps a note from being used; '' when nothing does."""
    diagnostics: list[Diagnostic] = []
    node = from_plain({**note, "id": note.get("id") or "new"})
    read_note(Fields(node, "new", diagnostics, (), "new"))
    return next((found.message for found in diagnostics if found.is_error), "")


def _media(parcel: Parcel) -> tuple[dict[str, str], list[Loss]]:
    """Where each file that an item names would go, and those that aren't in the parcel."""
    named = dict.fromkeys(name for item in parcel.items for name in item.media)
    media: dict[str, str] = {}
    losses: list[Loss] = []
    for name in named:
        safe = safe_name(name)
        if name not in parcel.media or not safe:
            losses.append(Loss(name, "this file isn't there: the note names it, and nothing is shown"))
        if safe:
            media[name] = f"{MEDIA}/{safe}"
    return media, losses
