"""Files from strangers: read within bounds, or refused with a word on why."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from quizkit.errors import QuizkitError
from quizkit.source.encodings import likely

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_TEXT = 64_000_000
"""Bytes of a text file: a hundred thousand questions take about half of it."""
MOST_UNPACKED = 4_000_000_000
MOST_MEMBER = 1_000_000_000
MOST_MEMBERS = 200_000
MOST_RATIO = 200
"""How much larger than its packed form a member may be; text rarely goes beyond 20."""
LONGEST_NAME, LONGEST_SUFFIX = 200, 12
"""Bytes of a file's name that every system has room for, and characters of how it ends."""


def read_bytes(path: Path, most: int = MOST_TEXT) -> bytes:
    """A file's content. Raises QuizkitError for one that is no file, can't be read, or is larger than `most`."""
    try:
        if not path.is_file():
            raise QuizkitError(f"{path} is no file.", "Name a file to import.")
        if (size := path.stat().st_size) > most:
            raise QuizkitError(
                f"{path} holds {size:,} bytes; at most {most:,} are read of this format.", "Split it into several."
            )
        return path.read_bytes()
    except OSError as problem:
        raise QuizkitError(f"{path} can't be read: {problem.strerror or problem}.") from None


def read_text(path: Path, encoding: str = "") -> str:
    """A text file, its encoding told apart unless named. Raises QuizkitError when it is no text."""
    data = read_bytes(path)
    return decode(data, str(path), encoding)


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """Bytes as text: by the byte order mark, as UTF-8, else by what is most likely."""
    if not encoding:
        for mark, named in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if data.startswith(mark):
                encoding = named
    try:
        text = data.decode(encoding or "utf-8")
    except LookupError:
        raise QuizkitError(f"There is no encoding {encoding!r}.", "Try utf-8, shift_jis, euc-kr or cp1252.") from None
    except UnicodeDecodeError as problem:
        if encoding:
            raise QuizkitError(
                f"{name} is not in {encoding}: byte {problem.start} can't be read.", "Name another with --encoding."
            ) from None
        text = _likely(data, name)
    if "\x00" in text:
        raise QuizkitError(f"{name} is no text: it holds null bytes.", "Name a text file, or its format with --from.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def glance(head: bytes, name: str) -> str:
    """The beginning of a file as text, up to the last whole line; '' when it is no text."""
    whole = head.rpartition(b"\n")[0] or head
    try:
        return decode(whole, name)
    except QuizkitError:
        return ""


def _likely(data: bytes, name: str) -> str:
    if known := likely(data):
        return data.decode(known.codec)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise QuizkitError(
        f"{name} is in no encoding that could be told.", "Save it as UTF-8, or name one with --encoding."
    )


def parse_xml(data: bytes, name: str) -> Element:
    """XML without document types, entities of its own, or references to elsewhere. Raises QuizkitError."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise QuizkitError(
            f"{name} declares a document type or entities, which can be used to attack whoever reads them.",
            "Export it again without, or take the <!DOCTYPE …> out.",
        ) from None
    except (ParseError, ValueError, LookupError) as problem:
        raise QuizkitError(f"{name} is no sound XML: {problem}.", "Export it again from where it comes from.") from None
    return root


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip archive whose members are within bounds and stay inside it. Raises QuizkitError."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise QuizkitError(f"{path} is no sound zip archive.", "Export it again; it may be cut off.") from None
    except OSError as problem:
        raise QuizkitError(f"{path} can't be read: {problem.strerror or problem}.") from None
    with archive:
        _check_members(archive, path)
        yield archive


def _check_members(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise QuizkitError(f"{path} holds {len(members):,} files; at most {MOST_MEMBERS:,} are read.")
    for member in members:
        if not is_inside(member.filename):
            raise QuizkitError(
                f"{path} holds {member.filename!r}, which would be written outside the folder it is unpacked to.",
                "Don't trust this file.",
            )
        bomb = member.file_size > 1_000_000 and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        if bomb or member.file_size > MOST_MEMBER:
            raise QuizkitError(
                f"{path}: {member.filename!r} unpacks from {member.compress_size:,} to {member.file_size:,} bytes: "
                "a zip bomb, or damaged.",
                "Don't trust this file.",
            )
        if member.flag_bits & 1:
            raise QuizkitError(f"{path} is locked with a password.", "Unlock it first.")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise QuizkitError(f"{path} unpacks to more than {MOST_UNPACKED:,} bytes.", "Split it into several.")


def member_bytes(archive: zipfile.ZipFile, name: str, most: int = MOST_MEMBER) -> bytes:
    """A member's content, never more than `most` whatever its header says. Raises QuizkitError."""
    import zlib

    try:
        with archive.open(name) as member:
            data = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError) as problem:
        raise QuizkitError(f"{archive.filename}: {name!r} can't be unpacked: {problem}.", "Export it again.") from None
    if len(data) > most:
        raise QuizkitError(f"{archive.filename}: {name!r} holds more than {most:,} bytes.", "Don't trust this file.")
    return data


def is_inside(name: str) -> bool:
    """Whether a name in an archive stays inside the folder it is unpacked to, on any system."""
    path = PurePosixPath(name.replace("\\", "/"))
    return bool(name) and not path.is_absolute() and ".." not in path.parts and ":" not in name and "\x00" not in name


def safe_name(name: str) -> str:
    """A file's name as one that every system can keep, without folders; '' when nothing is left of it.

    How it ends stays, for that says what the file is.
    """
    import re
    from unicodedata import normalize

    last = normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = re.sub(r'[\x00-\x1f<>:"|?*\ud800-\udfff]', "_", last).strip(" .")
    if len(kept.encode()) <= LONGEST_NAME:
        return kept
    suffix = PurePosixPath(kept).suffix
    suffix = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    return kept.encode()[: LONGEST_NAME - len(suffix.encode())].decode(errors="ignore") + suffix
