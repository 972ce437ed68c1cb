"""Where the cursor stands in a deck, told from its lines alone: half-typed YAML has no tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.lsp.text import BOM

ITEM = "-"
"""Stands for a member of a list in the path of a cursor."""

_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<last>-$)?")
_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<key>[^\s"'#\[\]{},&*!|>%@`:-][^\s"':]*|[\w-]+)(?P=quote) *(?P<colon>:)(?=\s|$)"""
)
_COMMENT = re.compile(r"(?:^|\s)#.*")


class Line(NamedTuple):
    """A line as far as its layout goes. `column` is where its content begins, behind its hyphens."""

    dashes: tuple[int, ...]
    column: int
    key: str
    key_end: int
    value: str
    value_column: int


class Cursor(NamedTuple):
    """Where the cursor stands.

    `path` are the keys above it from the outermost, with `ITEM` for each list it is a member of. `key` is the key of
    its own line, `on_key` says that it stands on that one. `word` is what stands there, between the columns `start`
    and `end` in characters, and `typed` the part of it before the cursor. `siblings` are the mapping's other keys with
    what stands behind them in their lines, `members` the other members of a list in brackets. `note` is the line where
    the outermost list member around it begins, -1 for none. `in_text` says that it stands in a text of several lines.
    """

    path: tuple[str, ...]
    key: str
    on_key: bool
    word: str
    typed: str
    start: int
    end: int
    siblings: Mapping[str, str]
    members: tuple[str, ...] = ()
    note: int = -1
    in_text: bool = False

    @property
    def owner(self) -> str:
        """The key whose value the word is, or a part of: of its own line, or the nearest above."""
        if self.key and not self.on_key:
            return self.key
        return next((step for step in reversed(self.path) if step != ITEM), "")


def layout(text: str) -> Line:
    """The layout of a line (without its end)."""
    found = _LINE.match(text)
    assert found is not None
    dashes = [found.start("dashes") + i for i, char in enumerate(found["dashes"]) if char == "-"]
    column = found.end()
    if found["last"]:
        dashes.append(found.start("last"))
        column = found.end("last") + 1
    key = _KEY.match(text, found.end())
    if key is None:
        return Line(tuple(dashes), column, "", column, text[column:], column)
    value_column = key.end("colon")
    value_column += len(text) - value_column - len(text[value_column:].lstrip(" "))
    return Line(tuple(dashes), column, key["key"], key.end("colon") - 1, text[value_column:], value_column)


def is_empty(text: str) -> bool:
    """Whether a line holds nothing, or a comment only."""
    bare = text.strip()
    return not bare or bare.startswith("#")


def cursor_at(lines: Sequence[str], number: int, column: int) -> Cursor | None:
    """Where a cursor in this line, behind so many characters, stands; None in a comment."""
    number = min(number, len(lines))
    text = lines[number].rstrip("\r\n") if number < len(lines) else ""
    bom = len(text) - len(text.removeprefix(BOM)) if number == 0 else 0
    text, column = text[bom:], max(column - bom, 0)
    if _in_comment(text, column):
        return None
    line = layout(text) if text.strip() else Line((), column, "", column, "", column)
    if column < line.column and line.dashes:
        # On the hyphen: what stands behind it.
        column = min(line.column, len(text))
    around = _surroundings(lines, number, line)
    if line.key and column <= line.key_end:
        start, end = line.column, line.column + len(line.key)
        members: list[str] = []
    else:
        start, end, members = _word(text, line.value_column, column)
    if around.in_text:
        start = end = column
    return Cursor(
        tuple(reversed(around.path)),
        line.key,
        bool(line.key) and column <= line.key_end,
        text[start:end],
        text[start:column],
        start + bom,
        end + bom,
        around.siblings,
        tuple(members),
        around.note,
        around.in_text,
    )


def value_of(lines: Sequence[str], note: int, key: str) -> str:
    """What stands behind a key of the list member that begins in line `note`, without quotes and comment."""
    if note < 0:
        return ""
    first = layout(_text(lines, note))
    for index in range(note, len(lines)):
        text = _text(lines, index)
        line = layout(text)
        if line.key == key and line.column == first.column:
            return bare(line.value)
        begin = line.dashes[0] if line.dashes else line.column
        if index > note and not is_empty(text) and begin <= first.dashes[0]:
            break
    return ""


def _text(lines: Sequence[str], number: int) -> str:
    """A line without its end and, the first, without a byte order mark."""
    text = lines[number].rstrip("\r\n")
    return text if number else text.removeprefix(BOM)


def bare(value: str) -> str:
    """A scalar as it stands in its line, without quotes and comment."""
    text = _COMMENT.sub("", value).strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _in_comment(text: str, column: int) -> bool:
    """Whether a comment begins before the column, outside quotes."""
    for found in _COMMENT.finditer(text[:column]):
        before = text[: found.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return True
    return False


def _word(text: str, begin: int, column: int) -> tuple[int, int, list[str]]:
    """Start and end of the value that the cursor stands in or behind; in brackets that of a member, and the others."""
    start, stop = min(begin, column), len(text)
    members: list[str] = []
    if text[begin : begin + 1] == "[" and column > begin:
        if "]" in text[begin:column]:
            return column, column, []
        start = 1 + max(text.rfind("[", begin, column), text.rfind(",", begin, column))
        end = found if (found := text.find("]", column)) >= 0 else len(text)
        stop = found if (found := text.find(",", column, end)) >= 0 else end
        members = [
            word for part in (*text[begin + 1 : start].split(","), *text[stop:end].split(",")) if (word := bare(part))
        ]
    start += len(text[start:column]) - len(text[start:column].lstrip(" "))
    if text[start : start + 1] in ("'", '"') and column > start:
        quote = text[start]
        start += 1
        closing = text.find(quote, column, stop)
        return start, closing if closing >= 0 else stop, members
    comment = _COMMENT.search(text, column, stop)
    if comment:
        stop = comment.start()
    return start, max(column, len(text[:stop].rstrip(" "))), members


class _Around(NamedTuple):
    """What is around a line: the path from the innermost."""

    path: list[str]
    siblings: dict[str, str]
    note: int
    in_text: bool


def _surroundings(lines: Sequence[str], number: int, line: Line) -> _Around:
    """What is around a line, found by its indentation: upward for what it belongs to, both ways for its neighbours."""
    path: list[str] = [ITEM] * len(line.dashes)
    siblings: dict[str, str] = {}
    in_text = False
    note = number if line.dashes else -1
    bound, hyphen = (line.dashes[0], True) if line.dashes else (line.column, False)
    beside = not line.dashes
    for index in range(number - 1, -1, -1):
        if not bound and not hyphen and not beside:
            break
        text = _text(lines, index)
        if not text[: bound + 1].strip() or is_empty(text):
            continue
        above = layout(text)
        if above.key and beside and above.column == line.column:
            siblings.setdefault(above.key, above.value)
        elif above.key and (above.column < bound or (above.column == bound and hyphen and not above.dashes)):
            in_text = in_text or (not hyphen and _goes_on(above.value)) or above.value[:1] in ("|", ">")
            path.append(above.key)
            bound, hyphen = above.column, False
        for dash in reversed(above.dashes):
            if dash < bound:
                path.append(ITEM)
                bound, hyphen = dash, True
                note = index
        if bound < line.column:
            beside = False
    for index in range(number + 1, len(lines)):
        text = _text(lines, index)
        if is_empty(text) or not text[: line.column + 1].strip():
            continue
        below = layout(text)
        if below.dashes or below.column < line.column or not below.key:
            break
        siblings.setdefault(below.key, below.value)
    return _Around(path, siblings, note, in_text)


def _goes_on(value: str) -> bool:
    """Whether a value begins in the line of its key, so that what stands below belongs to the same text."""
    return bool(value) and not value.startswith("#")
