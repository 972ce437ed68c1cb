"""Anki's files opened: the collection in a package, its note types, decks and media.

A package is a zip archive (https://docs.ankiweb.net/exporting.html): a SQLite collection, in the newer ones packed with
Zstandard, and media under numbers. The schema is Anki's own (rslib/src/storage), 11 in old files and 18 in new ones.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.guard import MOST_MEMBER, member_bytes, open_zip

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Newest first: a package may hold an old one besides, which only says to update."""
_DAMAGED = "Export it again from Anki (File, Export)."


class NoteType(NamedTuple):
    """What Anki makes cards of: field names, and each card's name and templates (front, back)."""

    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]


class Collection(NamedTuple):
    """An open collection. `born` is when it was made (seconds), `west` its offset from UTC in minutes, westwards."""

    connection: sqlite3.Connection
    types: Mapping[int, NoteType]
    decks: Mapping[int, str]
    media: Mapping[str, Callable[[], bytes]]
    born: int
    west: int
    scheduler: int


@contextmanager
def open_package(path: Path) -> Iterator[Collection]:
    """A package's collection. Raises QuizkitError when it isn't one, or is damaged."""
    with open_zip(path) as archive, TemporaryDirectory(prefix="quizkit-") as folder:
        names = set(archive.namelist())
        name = next((name for name in COLLECTIONS if name in names), "")
        if not name:
            raise QuizkitError(f"{path} holds no Anki collection.", _DAMAGED)
        data = member_bytes(archive, name)
        if name.endswith("b"):
            data = unpacked(data, str(path))
        file = Path(folder) / "collection.db"
        file.write_bytes(data)
        with _opened(file, path) as connection:
            try:
                yield _read(connection, _media(path, archive, packed=name.endswith("b")))
            except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
                raise QuizkitError(f"{path} holds a damaged collection: {problem}.", _DAMAGED) from None


@contextmanager
def _opened(file: Path, path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        connection.create_collation(
            "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
        )
        connection.text_factory = methodcaller("decode", "utf-8", "replace")
        with suppress(sqlite3.OperationalError):
            # A file from a stranger may hold views and triggers: they shall not call functions.
            connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master")
        yield connection
    except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
        raise QuizkitError(f"{path} holds a damaged collection: {problem}.", _DAMAGED) from None
    finally:
        connection.close()


def unpacked(data: bytes, name: str, most: int = MOST_MEMBER) -> bytes:
    """What Zstandard packed, never more than `most` bytes. Raises QuizkitError."""
    import zstandard

    out = bytearray()
    try:
        with zstandard.ZstdDecompressor().stream_reader(data) as stream:
            while piece := stream.read(1 << 20):
                out += piece
                if len(out) > most:
                    raise QuizkitError(f"{name} unpacks to more than {most:,} bytes.", "Don't trust this file.")
    except zstandard.ZstdError:
        raise QuizkitError(f"{name} is damaged: it can't be unpacked.", _DAMAGED) from None
    return bytes(out)


def _media(path: Path, archive: zipfile.ZipFile, *, packed: bool) -> dict[str, Callable[[], bytes]]:
    """The media by name, each with what reads it when it is wanted."""
    if "media" not in archive.namelist():
        return {}
    data = member_bytes(archive, "media", 64_000_000)
    if packed:
        names = dict(enumerate(_entry_names(unpacked(data, "media", 64_000_000))))
        listed = {str(number): name for number, name in names.items()}
    else:
        listed = json.loads(data or b"{}")
    present = set(archive.namelist())

    def reader(member: str) -> Callable[[], bytes]:
        def read() -> bytes:
            with open_zip(path) as again:
                raw = member_bytes(again, member)
            return unpacked(raw, member) if packed else raw

        return read

    return {name: reader(member) for member, name in listed.items() if member in present and isinstance(name, str)}


def _entry_names(data: bytes) -> Iterator[str]:
    """The names in Anki's list of media: a protobuf message MediaEntries of entries whose field 1 is the name."""
    for field, entry in fields_of(data):
        if field == 1 and isinstance(entry, bytes):
            name = next((value for number, value in fields_of(entry) if number == 1), b"")
            yield name.decode("utf-8", "replace") if isinstance(name, bytes) else ""


def fields_of(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The fields of a protobuf message (https://protobuf.dev/programming-guides/encoding/): number and value.

    Raises ValueError when it is none.
    """
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        if wire == 2:
            size, at = _varint(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError("not a protobuf message")
        if at + size > len(data):
            raise ValueError("a protobuf message that is cut off")
        yield number, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("a protobuf number that is cut off")


def _read(connection: sqlite3.Connection, media: dict[str, Callable[[], bytes]]) -> Collection:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    born, conf, models, decks = connection.execute("SELECT crt, conf, models, decks FROM col").fetchone()
    settings = json.loads(conf or "{}")
    if "config" in tables:
        settings |= {
            key: json.loads(value) for key, value in connection.execute("SELECT key, val FROM config") if value
        }
    new = "notetypes" in tables
    return Collection(
        connection,
        _new_types(connection) if new else _old_types(models),
        _new_decks(connection) if new else _old_decks(decks),
        media,
        int(born),
        int(settings.get("creationOffset") or 0),
        int(settings.get("schedVer") or 1),
    )


def _old_types(models: str) -> dict[int, NoteType]:
    return {
        int(id_): NoteType(
            str(model["name"]),
            model.get("type") == 1,
            tuple(field["name"] for field in sorted(model["flds"], key=lambda field: field["ord"])),
            tuple(
                (template["name"], template["qfmt"], template["afmt"])
                for template in sorted(model["tmpls"], key=lambda template: template["ord"])
            ),
        )
        for id_, model in json.loads(models).items()
    }


def _old_decks(decks: str) -> dict[int, str]:
    return {int(id_): str(deck["name"]) for id_, deck in json.loads(decks).items()}


def _new_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    types = {}
    for id_, name, config in connection.execute("SELECT id, name, config FROM notetypes").fetchall():
        cloze = any(number == 1 and value == 1 for number, value in fields_of(config))
        names = connection.execute("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (id_,)).fetchall()
        templates = []
        for title, raw in connection.execute("SELECT name, config FROM templates WHERE ntid = ? ORDER BY ord", (id_,)):
            formats = {number: value for number, value in fields_of(raw) if isinstance(value, bytes)}
            front, back = (formats.get(number, b"").decode("utf-8", "replace") for number in (1, 2))
            templates.append((title, front, back))
        types[id_] = NoteType(name, cloze, tuple(name for (name,) in names), tuple(templates))
    return types


def _new_decks(connection: sqlite3.Connection) -> dict[int, str]:
    return {id_: name.replace("\x1f", "::") for id_, name in connection.execute("SELECT id, name FROM decks")}
