"""Reading Anki packages: notes by what their cards ask, reviews, and what FSRS (or SM-2) knows of each card."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from quizkit.formats.anki_file import Collection, NoteType, open_package
from quizkit.formats.anki_templates import fill, holds, used
from quizkit.formats.deck_names import short_names
from quizkit.formats.html import Converted, from_html, plain_from_html, without_empty
from quizkit.formats.item import Item, Loss, Parcel, PastMemory, PastReview, ReadOptions, losses_of
from quizkit.kinds.cloze import numbers_in, with_gaps
from quizkit.memory.fsrs import from_sm2
from quizkit.model import REVERSE

OUR_TYPES = "quizkit "
EXPLAIN = "Explain"
"""What our note types are called, and their field for what is told after the answer."""
_SOUND = re.compile(r"\[sound:([^\]\r\n]+)\]")
_ANSWER_LINE = re.compile(r"<hr[^<>]*id=[\"']?answer[^<>]*>", re.IGNORECASE)
_NESTED = re.compile(r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::", re.DOTALL)
_EMPTY = re.compile(r"\{\{c\d+::\s*(?:::(?:(?!\{\{|\}\}).)*)?\}\}", re.DOTALL)
_MANY_NUMBERS = re.compile(r"\{\{c(\d+)(?:,\d+)+::")
_OCCLUSION = re.compile(r"image-occlusion|\{\{cloze:[^}]*Occlusion")
PICTURE = "🖼"
"""The text of a side that is nothing but a picture."""
SHOWN = 40
"""Characters of a note that is spoken of."""
_NOTHING = Converted("")
_CRAM = 3
_SUSPENDED, _REVIEW_TYPE = -1, 2


class _Type(NamedTuple):
    """A note type made ready: its fields, the front and back of each card, whether it is a cloze, whether it hides
    parts of pictures, and whether it is one of ours with a field for what is told after the answer.
    """

    fields: tuple[str, ...]
    cards: tuple[tuple[str, str], ...]
    cloze: bool
    hides: bool
    tells: bool


class _Note(NamedTuple):
    """An Anki note, but for its fields. `group` is its deck."""

    guid: str
    group: str
    tags: tuple[str, ...]


class _Made(NamedTuple):
    """What became of an Anki note: its items, and for each of its cards (by number) the item's key and variant."""

    items: tuple[Item, ...]
    homes: Mapping[int, tuple[str, str]]


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: a zip archive that is called as Anki calls them, or begins with a collection."""
    return head.startswith(b"PK") and (
        name.lower().endswith((".apkg", ".colpkg")) or b"collection.anki2" in head[:4096]
    )


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. One Anki deck becomes one deck; sub-decks are decks of their own."""
    with open_package(path) as collection:
        return _Reader(collection).parcel()


_Homes = Mapping[int, Mapping[int, tuple[str, str]]]
"""For each note and each number of its cards, the item's key and variant."""


class _Reader:
    """Reads an open collection."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.types = {id_: _ready(type_) for id_, type_ in collection.types.items()}
        self.losses: list[Loss] = []

    def parcel(self) -> Parcel:
        """All notes that have cards, with what was learnt."""
        decks = self._decks()
        items: list[Item] = []
        homes: dict[int, Mapping[int, tuple[str, str]]] = {}
        for id_, guid, mid, tags, raw in self._rows("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"):
            lost: list[str] = []
            values = str(raw).split("\x1f")
            made = self._made(_Note(str(guid), decks.get(id_, ""), tuple(str(tags).split())), mid, values, lost)
            if lost:
                name = _name(made, values, str(guid))
                self.losses += losses_of(name, lost, made.items)
            items += made.items
            homes[id_] = made.homes
        reviews, last = self._reviews(homes)
        names = set(decks.values())
        title = next(iter(names)) if len(names) == 1 else ""
        memories = list(self._memories(homes, last))
        return Parcel(tuple(items), title, tuple(self.losses), self.collection.media, reviews, memories)

    def _rows(self, query: str) -> Iterator[tuple[int, ...]]:
        return iter(self.collection.connection.execute(query))

    def _decks(self) -> dict[int, str]:
        """The deck of each note: that of its first card; a filtered deck has a home deck behind it."""
        rows = self._rows("SELECT nid, CASE WHEN odid <> 0 THEN odid ELSE did END FROM cards ORDER BY ord DESC")
        found = {note: self.collection.decks.get(deck, "") for note, deck in rows}
        names = short_names(set(found.values()))
        return {note: names[deck] for note, deck in found.items()}

    def _made(self, note: _Note, mid: int, values: Sequence[str], lost: list[str]) -> _Made:
        type_ = self.types.get(mid)
        if type_ is None or not type_.cards:
            lost.append("a note whose type isn't in the file: left out")
            return _Made((), {})
        fields = dict(zip(type_.fields, values, strict=False))
        if type_.hides:
            lost.append("hidden parts of pictures have no equal here: left out")
            return _Made((), {})
        return self._cloze(note, type_, fields, lost) if type_.cloze else self._normal(note, type_, fields, lost)

    def _cloze(self, note: _Note, type_: _Type, fields: dict[str, str], lost: list[str]) -> _Made:
        front, back = type_.cards[0]
        main = next((name for name in used(front, type_.fields) if "{{c" in fields.get(name, "")), "")
        raw = fields.get(main, "")
        if not main or _NESTED.search(raw):
            lost.append("a gap within a gap has no equal here: left out" if main else "a cloze without a gap: left out")
            return _Made((), {})
        if _MANY_NUMBERS.search(raw):
            lost.append("a gap of several numbers keeps the first")
            raw = _MANY_NUMBERS.sub(r"{{c\1::", raw)
        if _EMPTY.search(raw):
            lost.append("an empty gap is left out")
            raw = _EMPTY.sub("", raw)
        gaps: list[tuple[int, str, str]] = []

        behind: list[str] = []

        def held(number: int, answer: str, hint: str) -> str:
            said, told = _bare(answer), _bare(hint)
            if not said or any(mark in f"{said}{told}" for mark in ("{{", "}}", "::")):
                lost.append("a gap that is empty, or holds a picture or {{, }} or ::, is shown as it is")
                return answer
            if said != answer:
                behind.extend(self._text(answer, []).media)
            gaps.append((number, said, told))
            return f"\ue000{len(gaps) - 1}\ue001"

        converted = self._text(with_gaps(raw, held), lost)
        text, kept = converted.text, {number for number, _said, _told in gaps}
        for index, (number, said, told) in enumerate(gaps):
            gap = f"{{{{c{number}::{said}{'::' + told if told else ''}}}}}"
            text = text.replace(f"\ue000{index}\ue001", gap)
        if not kept or not numbers_in(text):
            lost.append("a cloze without a gap: left out")
            return _Made((), {})
        rest = fill(back, fields, (main,))
        extra = self._text(rest.html, lost)
        item = Item(
            "cloze",
            text,
            explain=extra.text,
            tags=note.tags,
            key=note.guid,
            group=note.group,
            media=converted.media,
            answer_media=_behind(converted, *behind, *extra.media),
        )
        return _Made((item,), {number - 1: (note.guid, f"c{number}") for number in kept})

    def _normal(self, note: _Note, type_: _Type, fields: dict[str, str], lost: list[str]) -> _Made:
        """A card for each template that shows something: one item, or one for each card that asks otherwise."""
        told = _NOTHING
        if type_.tells:
            told = self._text(fields.get(EXPLAIN, ""), lost)
            fields[EXPLAIN] = ""
        faces: dict[int, Item] = {}
        for number, (front, back) in enumerate(type_.cards):
            item = self._face(note, front, back, fields, told, lost)
            if item is not None:
                faces[number] = item
        if not faces:
            lost.append("a note that asks nothing, or has no answer: left out")
            return _Made((), {})
        first, item = next(iter(faces.items()))
        guid = note.guid
        if len(faces) == 1:
            return _Made((item,), {first: (guid, "main")})
        if len(faces) == 2 and item.kind == "basic":
            second, other = list(faces.items())[1]
            if other.kind == "basic" and (other.prompt, other.answers) == (item.answers[0], (item.prompt,)):
                return _Made((item._replace(reverse=True),), {first: (guid, "main"), second: (guid, REVERSE)})
        items = tuple(item._replace(key=f"{guid}-{number + 1}") for number, item in faces.items())
        return _Made(items, {number: (f"{guid}-{number + 1}", "main") for number in faces})

    def _face(
        self, note: _Note, front: str, back: str, fields: dict[str, str], told: Converted, lost: list[str]
    ) -> Item | None:
        """One card: what it asks and what it answers, without what the front has shown already, and what is told."""
        asked = fill(front, fields)
        prompt = self._text(asked.html, lost)
        if not prompt.text and not prompt.media:
            return None
        answered = fill(back, fields, asked.shown)
        if not asked.typed and not holds(answered.html):
            answered = fill(back, fields)
        answer = self._text(answered.html, lost)
        behind = _behind(prompt, *answer.media, *told.media)
        if asked.typed:
            kind, right = "typed", plain_from_html(_SOUND.sub("", fields.get(asked.typed, "")))
            explain = told.text or ("" if answer.text == right else answer.text)
        else:
            kind, right = "basic", answer.text or (PICTURE if _behind(prompt, *answer.media) else "")
            explain = told.text
        if not right:
            return None
        return Item(
            kind,
            prompt.text or PICTURE,
            (right,),
            explain=explain,
            tags=note.tags,
            key=note.guid,
            group=note.group,
            media=prompt.media,
            answer_media=behind,
        )

    def _text(self, html: str, lost: list[str]) -> Converted:
        if not html:
            return _NOTHING
        sounds = _SOUND.findall(html) if "[sound:" in html else []
        converted = from_html(_SOUND.sub("", html) if sounds else html)
        lost += converted.losses
        return converted._replace(media=tuple(dict.fromkeys((*converted.media, *sounds)))) if sounds else converted

    # What was learnt

    def _reviews(self, homes: _Homes) -> tuple[list[PastReview], dict[int, int]]:
        """Every review that counted, and when each card was last reviewed."""
        reviews, last = [], dict[int, int]()
        old = self.collection.scheduler == 1
        query = (
            "SELECT revlog.id, cid, nid, ord, ease, revlog.ivl, time, revlog.type, revlog.factor"
            " FROM revlog JOIN cards ON cards.id = cid ORDER BY revlog.id"
        )
        for at, card, note, number, ease, interval, took, kind, factor in self._rows(query):
            home = homes.get(note, {}).get(number)
            if home is None or not 1 <= ease <= 4 or kind > _CRAM or (kind == _CRAM and not factor):
                continue
            if old and kind != 1 and ease > 1:
                # The first scheduler had three buttons while learning: again, good, easy.
                ease += 1
            reviews.append(PastReview(*home, at, min(ease, 4), took, max(interval, 0)))
            last[card] = at
        return reviews, last

    def _memories(self, homes: _Homes, last: Mapping[int, int]) -> Iterator[PastMemory]:
        """What FSRS knows of each card in review; where there is none, what SM-2's interval and ease amount to."""
        born = datetime.fromtimestamp(self.collection.born, UTC) - timedelta(minutes=self.collection.west)
        day_zero = born.date()
        query = (
            "SELECT id, nid, ord, type, queue, due, odue, ivl, factor, reps, lapses, mod, data FROM cards"
            f" WHERE type = {_REVIEW_TYPE} OR queue = {_SUSPENDED}"
        )
        for card, note, number, kind, queue, due, odue, interval, factor, reps, lapses, mod, data in self._rows(query):
            home = homes.get(note, {}).get(number)
            if home is None:
                continue
            suspended = queue == _SUSPENDED
            if kind != _REVIEW_TYPE:
                yield PastMemory(*home, last.get(card, mod * 1000), 0.0, 0.0, suspended=True)
                continue
            stability, difficulty = _fsrs_state(str(data))
            if not stability:
                stability, difficulty = from_sm2(interval, (factor or 2500) / 1000)
            day = day_zero + timedelta(days=min(odue or due, 36_500))
            # Without a review in the file the last one was the interval before it is due.
            seen = datetime.combine(day - timedelta(days=max(interval, 0)), datetime.min.time(), UTC)
            at = last.get(card, int((seen + timedelta(hours=12)).timestamp() * 1000))
            yield PastMemory(*home, at, stability, difficulty, day.isoformat(), lapses, reps, suspended)


def _ready(type_: NoteType) -> _Type:
    """A note type whose backs hold the answer: no line in front of it, and not what is told behind it."""
    tells = not type_.cloze and type_.name.startswith(OUR_TYPES) and EXPLAIN in type_.fields
    cards = []
    for _name, front, back in type_.templates:
        answer = _ANSWER_LINE.sub("", back)
        cards.append((front, without_empty(answer.replace(f"{{{{{EXPLAIN}}}}}", "")) if tells else answer))
    return _Type(type_.fields, tuple(cards), type_.cloze, any(_OCCLUSION.search(front) for front, _ in cards), tells)


def _behind(front: Converted, *files: str) -> tuple[str, ...]:
    """Those of the files that aren't there with the question."""
    return tuple(name for name in dict.fromkeys(files) if name not in front.media) if files else ()


def _name(made: _Made, values: Sequence[str], guid: str) -> str:
    """What a user finds a note by: the words it begins with. Anki shows no GUIDs."""
    said = [item.prompt for item in made.items]
    said += [_bare(value) for value in values if not _OCCLUSION.search(value)]
    words = next((" ".join(text.split()) for text in said if text.strip()), "")
    return (words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…") or f"note {guid}"


def _bare(html: str) -> str:
    """The text of a gap: one line, without marks."""
    return plain_from_html(_SOUND.sub("", html))


def _fsrs_state(data: str) -> tuple[float, float]:
    try:
        known = json.loads(data or "{}")
        stability, difficulty = float(known.get("s", 0)), float(known.get("d", 0))
    except (ValueError, TypeError, AttributeError):
        return 0.0, 0.0
    return (stability, min(max(difficulty, 1.0), 10.0)) if stability > 0 and difficulty > 0 else (0.0, 0.0)
