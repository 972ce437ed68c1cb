"""Deck files as text: what is no file, no UTF-8, or no text is told, never raised."""

from __future__ import annotations

import re
from pathlib import Path

from quizkit.diagnostics import Diagnostic, Rule, Span
from quizkit.source.rules import CONTROL, NOT_A_FILE, NOT_UTF8, TOO_LARGE

MAX_BYTES = 20_000_000


def read_source(path: Path, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a deck file, or None and why not. Line ends come out as '\\n', a byte order mark is left out."""

    def wrong(rule: Rule, message: str, fix: str = "", line: int = 1, column: int = 1) -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic(rule, Span(file, line, column), message, fix)]

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
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        start = data.rfind(b"\n", 0, problem.start) + 1
        column = len(data[start : problem.start].decode("utf-8", "replace")) + 1
        message = f"Byte 0x{data[problem.start]:02x} is no UTF-8; the file looks like {_likely_encoding(data)}."
        return None, [Diagnostic(NOT_UTF8, Span(file, line, column), message, "Save it as UTF-8.")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROLS.search(text)
    if found:
        line, column = _place(text, found.start())
        message = f"U+{ord(found.group()):04X} stands here, a character nobody can see."
        return None, [Diagnostic(CONTROL, Span(file, line, column), message, "Delete it.")]
    return text, []


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _likely_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]:
        return "UTF-16"
    for name, label in (("cp932", "Shift_JIS"), ("euc_kr", "EUC-KR")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if any("ぁ" <= char <= "ヿ" or "가" <= char <= "힣" for char in text):
            return label
    return "Latin-1 (Windows)"
