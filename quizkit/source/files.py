"""Deck files as text: what is no file, no UTF-8, or no text is told, never raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import is_normalized, normalize

from quizkit.diagnostics import Diagnostic, Rule, Span
from quizkit.source.rules import CONTROL, NOT_A_FILE, NOT_COMPOSED, NOT_UTF8, TOO_LARGE

MAX_BYTES = 20_000_000


def read_source(path: Path, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a deck file, or None and why not. Line ends come out as '\\n', a byte order mark is left out."""

    def wrong(rule: Rule, message: str, fix: str = "") -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic(rule, Span(file), message, fix)]

    try:
        size = path.stat().st_size
        if path.is_dir():
            return wrong(NOT_A_FILE, "This is a folder.", "Give folders names that don't end in .yaml.")
        if not path.is_file():
            return wrong(NOT_A_FILE, "This is no ordinary file.")
        if size > MAX_BYTES:
            return wrong(
                TOO_LARGE, f"The file holds {size / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} MB is the most.", "Split it."
            )
        data = path.read_bytes()
    except OSError as problem:
        return wrong(NOT_A_FILE, f"It can't be read: {problem.strerror or problem}.")
    return decode(data, file)


def decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Bytes as text (see `read_source`)."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return None, [_not_utf8(data, problem.start, file)]
    if "\x00" in text[:_SAMPLE] and (name := _likely_encoding(data)):
        message = f"The file looks like {name}."
        return None, [Diagnostic(NOT_UTF8, Span(file), message, "Save it as UTF-8.")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROLS.search(text)
    if found:
        line, column = _place(text, found.start())
        message = f"U+{ord(found.group()):04X} stands here, a character nobody can see."
        return None, [Diagnostic(CONTROL, Span(file, line, column), message, "Delete it.")]
    return text, [] if text.isascii() or is_normalized("NFC", text) else list(_in_pieces(text, file))


def _in_pieces(text: str, file: str) -> Iterator[Diagnostic]:
    """The first character of each line that isn't composed."""
    for number, line in enumerate(text.split("\n"), 1):
        if is_normalized("NFC", line):
            continue
        composed = normalize("NFC", line)
        at = next((i for i, pair in enumerate(zip(line, composed, strict=False)) if pair[0] != pair[1]), len(composed))
        message = f"“{composed[at : at + 1]}” stands here in pieces (Unicode NFD)."
        yield Diagnostic(NOT_COMPOSED, Span(file, number, at + 1), message, "Run `quizkit deck check --fix`.")


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _not_utf8(data: bytes, at: int, file: str) -> Diagnostic:
    """What to say of the first byte that can't be read."""
    line = data.count(b"\n", 0, at) + 1
    start = data.rfind(b"\n", 0, at) + 1
    span = Span(file, line, len(data[start:at].decode("utf-8", "replace")) + 1)
    byte = f"Byte 0x{data[at]:02x} is no UTF-8"
    if _is_damaged(data):
        return Diagnostic(
            NOT_UTF8, span, f"{byte}, though the rest is: the file is damaged or cut off.", "Mend this character."
        )
    name = _likely_encoding(data) or "another encoding"
    return Diagnostic(NOT_UTF8, span, f"{byte}; the file looks like {name}.", "Save it as UTF-8.")


def _is_damaged(data: bytes) -> bool:
    """Whether most characters beyond ASCII are well-formed UTF-8, which happens in no other encoding by chance."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) > 3 * bad


def _likely_encoding(data: bytes) -> str:
    """The encoding that makes sense of the bytes; '' for none that its letters give away."""
    sample = data[:_SAMPLE]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or sample.count(0) * 8 > max(len(sample), 32):
        return "UTF-16"
    from quizkit.source.encodings import likely

    found = likely(data)
    return found.label if found else ""


_SAMPLE = 256
