"""Anki packages (.apkg, https://docs.ankiweb.net/exporting.html), in the schema that every version reads.

A note's GUID is its key, so that importing into Anki again updates it. Kinds that Anki doesn't know become flashcards
whose front says all there is to choose from.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b, sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from quizkit.decks.media import Medium, medium_of
from quizkit.formats.anki_reading import EXPLAIN, OUR_TYPES, looks, read
from quizkit.formats.file_names import file_names
from quizkit.formats.flat import back_of, choices_of
from quizkit.formats.item import Item, Loss, PastMemory, PastReview, WriteOptions, Written
from quizkit.kinds.cloze import numbers_in
from quizkit.markup import to_html
from quizkit.model import REVERSE

__all__ = ["looks", "read", "write"]

_SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""
_INDEXES = """
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
"""
_STYLE = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }"
    " ul, ol { display: inline-block; text-align: left; }"
)
_BACK = f"{{{{FrontSide}}}}<hr id=answer>{{{{Back}}}}<p><small>{{{{{EXPLAIN}}}}}</small></p>"
_TYPES: Mapping[str, tuple[bool, tuple[str, ...], tuple[tuple[str, str, str], ...]]] = {
    "basic": (False, ("Front", "Back", EXPLAIN), (("Card 1", "{{Front}}", _BACK),)),
    "both ways": (
        False,
        ("Front", "Back", EXPLAIN),
        (
            ("Card 1", "{{Front}}", _BACK),
            (
                "Card 2",
                "{{Back}}",
                f"{{{{FrontSide}}}}<hr id=answer>{{{{Front}}}}<p><small>{{{{{EXPLAIN}}}}}</small></p>",
            ),
        ),
    ),
    "typed": (
        False,
        ("Front", "Back", EXPLAIN),
        (
            (
                "Card 1",
                "{{Front}}<br>{{type:Back}}",
                f"{{{{Front}}}}<hr id=answer>{{{{type:Back}}}}<p><small>{{{{{EXPLAIN}}}}}</small></p>",
            ),
        ),
    ),
    "cloze": (
        True,
        ("Text", EXPLAIN),
        (("Cloze", "{{cloze:Text}}", f"{{{{cloze:Text}}}}<p><small>{{{{{EXPLAIN}}}}}</small></p>"),),
    ),
}
"""Our note types by name: whether it is a cloze, the fields, and the cards with their fronts and backs."""

_NEW_EASE = 2500
_SECONDS_A_DAY = 86_400


class _Note(NamedTuple):
    """A note as Anki keeps it: its type, the fields, and our variant for each of its cards by number."""

    item: Item
    type: str
    fields: tuple[str, ...]
    variants: Mapping[int, str]


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`."""
    losses: list[Loss] = []
    names = file_names(items)
    notes = [_note(item, names, losses) for item in items]
    media = {name: options.media[path] for path, name in names.items() if path in options.media}
    with TemporaryDirectory(prefix="quizkit-") as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        try:
            _fill(connection, notes, options, losses)
        finally:
            connection.close()
        data = path.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_member("collection.anki2"), data)
        archive.writestr(_member("media"), json.dumps({str(i): name for i, name in enumerate(media)}))
        for number, read_file in enumerate(media.values()):
            archive.writestr(_member(str(number)), read_file())
    return Written(packed.getvalue(), len(notes), tuple(losses))


def _member(name: str) -> zipfile.ZipInfo:
    """A member without the moment it was made: the same decks make the same file."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@cache
def _number(*words: str) -> int:
    """A number that stands for some words: a moment in milliseconds, as Anki's ids are."""
    drawn = int.from_bytes(blake2b("\0".join(words).encode(), digest_size=5).digest())
    return 1_000_000_000_000 + drawn % 600_000_000_000


def _fill(connection: sqlite3.Connection, notes: Sequence[_Note], options: WriteOptions, losses: list[Loss]) -> None:
    connection.executescript(_SCHEMA)
    seconds = options.now // 1000
    memories = {(memory.key, memory.variant): memory for memory in options.memories}
    first = min((review.at for review in options.reviews), default=options.now)
    born = datetime.fromtimestamp(first / 1000, UTC).date()
    decks = {note.item.group or options.title for note in notes}
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (
            int(datetime.combine(born, datetime.min.time(), UTC).timestamp()),
            options.now,
            options.now,
            json.dumps({"schedVer": 2, "creationOffset": 0, "nextPos": len(notes) + 1, "curDeck": 1}),
            json.dumps({str(_number("type", name)): _model(name, seconds) for name in _TYPES}),
            json.dumps({str(_deck_id(name)): _deck(name, seconds) for name in [*sorted(decks), "Default"]}),
            json.dumps({"1": _DECK_OPTIONS}),
        ),
    )
    rows, cards = list[tuple[object, ...]](), list[tuple[object, ...]]()
    first_id = _number("notes", options.title)
    ids: dict[tuple[str, str], int] = {}
    for position, note in enumerate(notes, 1):
        item = note.item
        # Anki knows a note by its GUID; its number only says in which order notes come.
        nid = first_id + position
        tags = f" {' '.join(item.tags)} " if item.tags else ""
        first_field = note.fields[0]
        csum = int.from_bytes(sha1(first_field.encode(), usedforsecurity=False).digest()[:4])
        mid = _number("type", note.type)
        rows.append(
            (nid, item.key or str(nid), mid, seconds, -1, tags, "\x1f".join(note.fields), first_field, csum, 0, "")
        )
        deck = _deck_id(item.group or options.title)
        for number, variant in note.variants.items():
            card = first_id + len(cards) + 1
            ids[item.key, variant] = card
            state = _state(memories.get((item.key, variant)), position, born)
            cards.append((card, nid, deck, number, seconds, -1, *state))
    connection.executemany(f"INSERT INTO notes VALUES ({', '.join('?' * 11)})", rows)
    connection.executemany(f"INSERT INTO cards VALUES ({', '.join('?' * 18)})", cards)
    connection.executemany(f"INSERT INTO revlog VALUES ({', '.join('?' * 9)})", _log(options.reviews, ids))
    connection.executescript(_INDEXES)


def _state(memory: PastMemory | None, position: int, born: date) -> tuple[object, ...]:
    """A card's columns from `type` on: new, learning, or in review with its FSRS state."""
    if memory is None:
        return (0, 0, position, 0, 0, 0, 0, 0, 0, 0, 0, "")
    known = json.dumps({"s": round(memory.stability, 4), "d": round(memory.difficulty, 3), "dr": 0.9})
    if not memory.due:
        queue = -1 if memory.suspended else 1
        return (1, queue, memory.at // 1000 + 600, 0, 0, memory.reps, memory.lapses, 1001, 0, 0, 0, known)
    due = (date.fromisoformat(memory.due) - born).days
    seen = datetime.fromtimestamp(memory.at / 1000, UTC).date()
    interval = max((date.fromisoformat(memory.due) - seen).days, 1)
    queue = -1 if memory.suspended else 2
    return (2, queue, due, interval, _NEW_EASE, memory.reps, memory.lapses, 0, 0, 0, 0, known)


def _log(reviews: Iterable[PastReview], ids: Mapping[tuple[str, str], int]) -> list[tuple[int, ...]]:
    """Anki's log of these reviews. Its ids are moments, each of them once."""
    rows, taken, before = list[tuple[int, ...]](), set[int](), dict[int, int]()
    for review in sorted(reviews, key=lambda review: review.at):
        card = ids.get((review.key, review.variant))
        if card is None:
            continue
        at = review.at
        while at in taken:
            at += 1
        taken.add(at)
        interval = review.interval or -600
        last = before.get(card, 0)
        kind = 1 if last > 0 else 0
        rows.append((at, card, -1, review.rating, interval, last, _NEW_EASE, min(review.milliseconds, 60_000), kind))
        before[card] = interval
    return rows


def _deck_id(name: str) -> int:
    return 1 if name == "Default" else _number("deck", name)


def _deck(name: str, seconds: int) -> dict[str, Any]:
    today = [0, 0]
    counts = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), today)
    shape = {"id": _deck_id(name), "name": name, "mod": seconds, "usn": -1, "collapsed": False, "desc": "", "dyn": 0}
    return {**shape, **counts, "conf": 1, "extendNew": 10, "extendRev": 50, "browserCollapsed": False}


_DECK_OPTIONS = {
    "id": 1,
    "mod": 0,
    "name": "Default",
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "new": {"bury": True, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": True, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
}


def _model(name: str, seconds: int) -> dict[str, Any]:
    cloze, fields, templates = _TYPES[name]
    font = {"font": "Arial", "size": 20, "rtl": False, "sticky": False, "media": []}
    return {
        "id": _number("type", name),
        "name": f"{OUR_TYPES}{name}",
        "type": int(cloze),
        "mod": seconds,
        "usn": -1,
        "sortf": 0,
        "did": 1,
        "css": _STYLE,
        "flds": [{"name": field, "ord": number, **font} for number, field in enumerate(fields)],
        "tmpls": [
            {"name": title, "ord": number, "qfmt": front, "afmt": back, "did": None, "bqfmt": "", "bafmt": ""}
            for number, (title, front, back) in enumerate(templates)
        ],
        "latexPre": "",
        "latexPost": "",
        "req": [[number, "any", [0]] for number in range(len(templates))],
        "tags": [],
        "vers": [],
    }


def _note(item: Item, names: Mapping[str, str], losses: list[Loss]) -> _Note:
    explain = to_html(item.explain) if item.explain else ""
    shown, told = ("".join(_medium(names[path]) for path in paths) for paths in (item.media, item.answer_media))
    if item.kind == "cloze":
        if any(item.gaps.values()):
            losses.append(Loss(item.key, "further forms for the gaps can't be said in Anki"))
        variants = {number - 1: f"c{number}" for number in numbers_in(item.prompt)}
        return _Note(item, "cloze", (to_html(item.prompt) + shown, explain + told), variants)
    front = to_html(item.prompt) + shown
    if item.kind == "typed":
        if item.answers[1:]:
            losses.append(Loss(item.key, "further forms of the answer can't be said in Anki"))
        return _Note(item, "typed", (front, _plain_html(item.answers[0]), explain + told), {0: "main"})
    if item.kind == "basic":
        sides = (front, to_html(item.answers[0]) + told, explain)
        return (
            _Note(item, "both ways", sides, {0: "main", 1: REVERSE})
            if item.reverse
            else _Note(item, "basic", sides, {0: "main"})
        )
    more, back = to_html(choices_of(item)), to_html(back_of(item))
    losses.append(Loss(item.key, f"Anki has no {item.kind} cards: becomes a flashcard"))
    return _Note(item, "basic", (front + more, back + told, explain), {0: "main"})


def _medium(name: str) -> str:
    if medium_of(name) in (Medium.SOUND, Medium.FILM):
        return f"[sound:{name}]"
    return f'<br><img src="{name.replace("&", "&amp;").replace(chr(34), "&quot;")}">'


def _plain_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
