"""What becomes of each question of an import: it is a note already, perhaps in other words, or it becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from quizkit.decks.edit import free_name, suggest
from quizkit.decks.notes import ID, read_note
from quizkit.diagnostics import Diagnostic
from quizkit.formats import Format
from quizkit.formats.item import Item, Loss
from quizkit.formats.to_notes import note_of
from quizkit.kinds import Fields
from quizkit.markup import plain as without_marks
from quizkit.model import Note
from quizkit.source import from_plain
from quizkit.workspace.last_said import Replaced, moved, said
from quizkit.workspace.merging import merged
from quizkit.workspace.origins import asked_of, is_nameless, origin_of, whole_origin
from quizkit.workspace.placing import Placed, renewed
from quizkit.workspace.speaking import Spoken, languages_of, spoken


class Change(NamedTuple):
    """A note that the file says otherwise: its id, and the new values by key.

    `before` and `after` are its questions where only their likeness tells that it is the same note. `replaced` are the
    values that were changed here as well.
    """

    id: str
    values: Mapping[str, Any]
    before: str = ""
    after: str = ""
    replaced: tuple[Replaced, ...] = ()


class Known(NamedTuple):
    """A deck as it is: its file, and its notes by id with their plain data."""

    path: Path
    exists: bool
    notes: Mapping[str, tuple[Note, Mapping[str, Any]]]
    languages: tuple[str, ...] = ()


class _Fresh(NamedTuple):
    """A question that no note here came from: where it will be found again, and the id it would like."""

    item: Item
    origin: str
    id: str


class Draft:
    """Collects what becomes of each item."""

    def __init__(self, format_: Format, deck: str, known: Known, placed: Placed, lang: str) -> None:
        self.format = format_
        self.matched: list[tuple[Item, str]] = []
        self.fresh: list[_Fresh] = []
        self.deck = deck
        self.known = known
        self.placed = placed
        self.shown: set[str] = set()
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
        self.first: dict[str, Item] = {}
        self.whole: set[str] = set()
        self.gone: list[str] = []
        self.origins: dict[str, str] = {}
        self.alike: set[str] = set()

    def take(self, item: Item) -> None:
        """Find the item's note, if there is one."""
        here = item
        if item.media or item.answer_media:
            paths = self.placed.paths
            media, behind = (
                tuple(dict.fromkeys(paths[name] for name in names if name in paths))
                for names in (item.media, item.answer_media)
            )
            here = item._replace(media=media, answer_media=behind)
        prefix, _slash, rest = item.key.partition("/")
        if prefix == self.deck and (note_id := rest.partition("/")[0]) in self.known.notes:
            self._match(here, note_id)
            return
        origin = origin_of(self.format, item)
        first = self.first.get(origin)
        if first is None:
            self.first[origin] = item
        if first is not None or self.by_origin:
            # Two questions of one name: the second is told from the first by what it asks and answers.
            whole = whole_origin(origin, item)
            if first is not None and (whole in self.whole or whole == whole_origin(origin, first)):
                self.losses.append(Loss(_where(item), "the same question stands there twice: taken once"))
                return
            self.whole.add(whole)
            origin = whole if origin in self.seen or whole in self.by_origin else origin
        self.seen.add(origin)
        if origin in self.by_origin:
            self._match(here, self.by_origin[origin])
        else:
            self.fresh.append(_Fresh(here, origin, rest.partition("/")[0] if prefix == self.deck else ""))

    def _match(self, item: Item, note_id: str) -> None:
        if item.key:
            self.keys[item.key] = f"{self.deck}/{note_id}"
        self.matched.append((item, note_id))

    def settle(self) -> None:
        """Compare the items that are here already, also in other words, and make notes of the others."""
        self.gone = [
            id_
            for origin, id_ in self.by_origin.items()
            if origin not in self.seen and is_nameless(origin, self.format)
        ]
        self._recognise()
        before, known = self._spoken()
        self._reword(known)
        for item, note_id in self.matched:
            self._compare(item, note_id, before, known)
        for fresh in self.fresh:
            self._add(fresh)

    def _recognise(self) -> None:
        """Find the questions that went out from here and lost their names: each asks what a note here asks, and has its
        answer.
        """
        nameless = [fresh for fresh in self.fresh if not fresh.item.key]
        matched = {note_id for _item, note_id in self.matched}
        here = [id_ for id_ in self.known.notes if id_ not in matched]
        if not (nameless and here):
            return
        best: dict[str, str] = {}
        for lang in self._languages(here) or ("en",):
            there = spoken(self.format, (self.known.notes[id_][0] for id_ in here), lang).carried
            asked = {asked_of(item): key.split("/")[1] for key, item in there.items()}
            # Each note is one of them: a second one that asks the same is another question.
            found = {fresh.origin: id_ for fresh in nameless if (id_ := asked.pop(asked_of(fresh.item), ""))}
            best = max(best, found, key=len)
        self.alike.update(best.values())
        for fresh in nameless:
            if fresh.origin in best:
                self._match(fresh.item, best[fresh.origin])
        self.fresh = [fresh for fresh in self.fresh if fresh.origin not in best]
        self.gone = [id_ for id_ in self.gone if id_ not in self.alike]

    def _reword(self, known: Mapping[str, Item]) -> None:
        """Find the questions whose words have changed, where nothing but their words says who they are.

        Only in a newer form of a file: in one that shares little with the last it is another question that is alike.
        """
        if len(self.gone) > len(self.matched):
            return
        gone = {id_: item for id_ in self.gone if (item := known.get(self.known.notes[id_][0].key))}
        if not gone:
            return
        from quizkit.workspace.rewording import reworded

        found = reworded(gone, [fresh.item if not fresh.item.key else _NOBODY for fresh in self.fresh])
        for place, note_id in found.items():
            self.origins[note_id] = self.fresh[place].origin
            self._match(self.fresh[place].item, note_id)
            self.gone.remove(note_id)
        self.fresh = [fresh for place, fresh in enumerate(self.fresh) if place not in found]

    def _add(self, fresh: _Fresh) -> None:
        note = note_of(fresh.item, id="")
        note["origin"] = fresh.origin
        if self.lang and len(self.known.languages) > 1:
            what = f"is in {self.lang} only: the deck's other languages are to be added"
            self.losses.append(Loss(_where(fresh.item), what))
        problem = "" if _is_sound(fresh.item) else _problem(note)
        if problem:
            self.losses.append(Loss(_where(fresh.item), f"{problem} Left out.", True))
            return
        note["imported"] = said(note)
        note["id"] = self._id(fresh.id, note)
        if note_key := fresh.item.key:
            self.keys[note_key] = f"{self.deck}/{note['id']}"
        self.shown.update(fresh.item.media, fresh.item.answer_media)
        self.added.append(note)

    def _id(self, wanted: str, note: Mapping[str, Any]) -> str:
        base = wanted if ID.match(wanted) else suggest(note) or f"note-{len(self.taken) + 1}"
        name = free_name(base, self.taken)
        self.taken.add(name)
        return name

    def _compare(self, item: Item, note_id: str, before: Mapping[str, Item], carried: Mapping[str, Item]) -> None:
        """What an item that is here already says otherwise."""
        note, plain = self.known.notes[note_id]
        known = carried.get(self._key(item, note))
        last = None if _is_ours(item, note) or note_id in self.alike else note.imported
        now = said(note_of(item)) if last is not None else ""
        if (last and last == now) or (known is not None and _content(known) == _content(item)):
            self._change(note_id, item, {}, now if last else "")
        elif item.key.startswith(f"{note.key}/"):
            self.losses.append(Loss(item.key, "is one card of a note: change it in the deck's file"))
        elif known is None or note.key not in before:
            what = f"is a {note.kind} note here, which {self.format.title} can't hold: left as it is"
            self.losses.append(Loss(note.key, what))
        elif known.kind != item.kind:
            what = f"is a {note.kind} note here and a {item.kind} question there: left as it is"
            self.losses.append(Loss(note.key, what))
        else:
            values, replaced = moved(last, note_of(known), note_of(item))
            values = {key: merged(plain.get(key, ""), value, self.lang) for key, value in values.items()}
            values = {key: value for key, value in values.items() if value != plain.get(key, "")}
            self._change(note_id, item, values, now if last or values else "", known.prompt, replaced)

    def _spoken(self) -> Spoken:
        """The notes' items in the language of the file.

        Unless it is said, the file is in the language in which most of it says what is said here: a text must never
        take the place of one in another language.
        """
        ids = dict.fromkeys((*(note_id for _item, note_id in self.matched), *self.gone))
        best = -1
        found = Spoken({}, {})
        if not ids:
            return found
        languages = self._languages(ids)
        for lang in languages or ("en",):
            there = spoken(self.format, (self.known.notes[id_][0] for id_ in ids), lang)
            alike = 0
            for item, note_id in self.matched:
                known = there.carried.get(self._key(item, self.known.notes[note_id][0]))
                alike += known is not None and (known.prompt == item.prompt) + (known.answers[:1] == item.answers[:1])
            if alike > best:
                best, found = alike, there
                self.lang = lang if languages else self.lang
        return found

    def _languages(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The languages that the file may be in: as is said, or those of the deck, or of these notes."""
        if self.told:
            return (self.lang,)
        said = (lang for id_ in ids for lang in languages_of([*self.known.notes[id_][1].values()]))
        return self.known.languages or tuple(dict.fromkeys(said))

    def _key(self, item: Item, note: Note) -> str:
        """What an item's note is called among those carried."""
        return item.key if _is_ours(item, note) else note.key

    def _pictures(self, note: Note, item: Item) -> dict[str, Any]:
        """The note's files where one has another content, and so another name, in what comes in."""
        given = [file for file in item.all_media if file in self.placed.given]
        known = {"media": note.media, "answer_media": note.answer_media}
        after = {key: renewed(files, given) for key, files in known.items()}
        self.shown.update(file for files in after.values() for file in files)
        return {key: files for key, files in after.items() if files != list(known[key])}

    def _change(
        self,
        note_id: str,
        item: Item,
        values: dict[str, Any],
        now: str,
        before: str = "",
        replaced: tuple[Replaced, ...] = (),
    ) -> None:
        """Take new values into a note, and what the file says `now` ('' for what isn't to be noted)."""
        note, plain = self.known.notes[note_id]
        values |= self._pictures(note, item)
        if now and now != note.imported:
            values["imported"] = now
        if not values:
            self.same += 1
        elif problem := _problem({**plain, **{key: value for key, value in values.items() if value}}):
            self.losses.append(Loss(f"{self.deck}/{note_id}", f"{problem} Left as it was."))
        elif note_id in self.origins:
            values["origin"] = self.origins[note_id]
            self.changes.append(Change(note_id, values, before, item.prompt, replaced))
        else:
            self.changes.append(Change(note_id, values, replaced=replaced))


def _is_ours(item: Item, note: Note) -> bool:
    """Whether an item is called as the note is here: it went out from here."""
    return item.key == note.key or item.key.startswith(f"{note.key}/")


_NOBODY = Item("basic", "")


def _where(item: Item) -> str:
    """Words by which a user finds a question: not what another program calls it among its own."""
    return _short(without_marks(item.prompt)) or item.key


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _content(item: Item) -> Item:
    return item._replace(key="", group="", media=(), answer_media=(), tags=tuple(sorted(item.tags)))


def _is_sound(item: Item) -> bool:
    """Whether an item is of the plainest sort, in which nothing can be wrong: most of what comes in is."""
    return item.kind == "basic" and bool(item.prompt.strip() and item.answers and item.answers[0].strip())


def _problem(note: Mapping[str, Any]) -> str:
    """What keeps a note from being used; '' when nothing does."""
    diagnostics: list[Diagnostic] = []
    node = from_plain({**note, "id": note.get("id") or "new"})
    read_note(Fields(node, "new", diagnostics, (), "new"))
    return next((found.message for found in diagnostics if found.is_error), "")
