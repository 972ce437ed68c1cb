"""Text in terminal columns: how wide it is, where it may break, and how to show it harmlessly.

Widths follow Unicode's East Asian Width (UAX #11): wide and full-width characters take two columns, combining marks
none, ambiguous ones one. Line breaks follow the common rules of Japanese typesetting (kinsoku): no line begins with a
closing mark or a small kana, none ends with an opening one. Korean and Latin break at spaces.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

MOST_MARKS = 2
"""Marks on one character that a line has room for."""

_NEVER_FIRST = frozenset(
    "、。，．,.・：；:;！？!?)）]］}｝」』】〉》〕’”…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝヽ%％"
)
_NEVER_LAST = frozenset("(（[［{｛「『【〈《〔‘“")
_ZERO_CATEGORIES = frozenset(("Mn", "Me", "Cf"))
_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code != 0x0A} | {
    0x7F: "␡",
    0x09: "    ",
    **dict.fromkeys(range(0x80, 0xA0), "�"),
    # Direction overrides can make a line read as something else.
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�"),
}


def harmless(text: str) -> str:
    """The text with control characters and direction overrides made visible, so that no card can steer a terminal."""
    return text.translate(_CONTROL_PICTURES)


def level(text: str) -> str:
    """The text with at most MOST_MARKS marks on a character: more climb over the lines above and below."""
    kept, marks = [], 0
    for char in text:
        marks = 0 if _char_width(char) else marks + 1
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in _ZERO_CATEGORIES or 0x1160 <= ord(char) <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """How many columns the text takes."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def pad(text: str, columns: int) -> str:
    """The text with spaces behind it, up to a number of columns."""
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """The text cut to a number of columns, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` columns; its own line breaks stay."""
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, max(columns, 4))]


def _wrap_paragraph(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = width(piece)
        if used + size > columns and line.strip():
            if piece.isspace():
                continue
            lines.append(line.rstrip())
            line, used = "", 0
        if not line and lines:
            piece = piece.lstrip()
            size = width(piece)
        begin = 0
        while size > columns:
            head = _beginning(piece, begin, columns - used)
            lines.append(line + head)
            begin += len(head)
            line, used, size = "", 0, size - width(head)
        line += piece[begin:]
        used += size
    lines.append(line.rstrip())
    return lines


def _beginning(text: str, begin: int, columns: int) -> str:
    """As much of a text from `begin` as fits, a character at least."""
    used = 0
    for index in range(begin, len(text)):
        used += _char_width(text[index])
        if used > columns:
            return text[begin : max(index, begin + 1)]
    return text[begin:]


def _breaks_anywhere(char: str) -> bool:
    """Whether lines may break beside this character: wide ones, but not Hangul, which has words."""
    return _char_width(char) == 2 and not "가" <= char <= "힣"


def _pieces(text: str) -> list[str]:
    """The text in pieces that stay together."""
    cuts = [index for index, (last, char) in enumerate(pairwise(text), 1) if _may_break(last, char)]
    return [text[begin:end] for begin, end in pairwise([0, *cuts, len(text)])] if text else []


def _may_break(last: str, char: str) -> bool:
    if _char_width(char) == 0 or char in _NEVER_FIRST or last in _NEVER_LAST:
        return False
    if char == " " or last == " ":
        return char != last
    return _breaks_anywhere(char) or _breaks_anywhere(last)
