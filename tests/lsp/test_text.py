"""Texts as editors see them: lines, columns in code units, and edits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.places import BREAKS
from quizkit.lsp.text import Position, Range, Text, Units, split_lines

PIECES = st.lists(
    st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x85", "\ufeff", "a", "お茶", "🍵", "\x0c", "e\u0301", " "])
).map("".join)
UNITS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
WIDTH = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def place(text, offset, encoding):
    """Where an offset is, worked out the plain way."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    passed = 0
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        if offset < passed + len(line) or last:
            name, size = WIDTH[encoding]
            return Position(number, len(line[: offset - passed].encode(name)) // size)
        passed += len(line)
    raise AssertionError


@given(PIECES)
def test_lines_end_where_editors_end_them(text):
    """Not where Python or YAML do: a form feed or U+2028 is a character like any other."""
    assert "".join(split_lines(text)) == text
    assert split_lines(text) == [line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if line]


@given(PIECES, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), PIECES), max_size=5), UNITS)
def test_edits_make_the_text_that_the_editor_has(text, edits, encoding):
    """Also where '\\r' and '\\n' come together, or apart."""
    ours = Text(text, Units(encoding))
    for one, other, new in edits:
        start, end = sorted((round(one * len(text)), round(other * len(text))))
        # No editor puts its cursor between the two characters of a line end.
        start -= text[start - 1 : start + 1] == "\r\n"
        end += text[end - 1 : end + 1] == "\r\n"
        ours.replace(Range(place(text, start, encoding), place(text, end, encoding)), new)
        text = text[:start] + new + text[end:]
        assert str(ours) == text
        assert ours.lines == split_lines(text)


@given(PIECES, UNITS)
def test_every_offset_and_its_place_belong_together(text, encoding):
    """From offset to place, and from the parser's line and column to both."""
    ours = Text(text, Units(encoding))
    plain = text.removeprefix("\ufeff")
    bom = len(text) - len(plain)
    starts = [0, *(found.end() for found in BREAKS.finditer(plain))]
    for offset in range(len(plain) + 1):
        if plain[offset - 1 : offset + 1] == "\r\n":
            continue
        there = ours.at_offset(offset)
        assert there == place(text, offset + bom, encoding)
        number = max(i for i, start in enumerate(starts) if start <= offset)
        assert ours.offset(number + 1, offset - starts[number] + 1) == offset
        assert ours.from_parser(number + 1, offset - starts[number] + 1) == there


@pytest.mark.parametrize(("character", "column"), [(0, 0), (1, 1), (3, 2), (4, 3), (99, 3)])
def test_columns_in_code_units(character, column):
    """An emoji is two units of UTF-16; behind the end of a line is its end."""
    assert Text("a🍵b").column(Position(0, character)) == column


def test_halves_of_characters_are_replaced():
    """JSON can hold half an emoji, which no file can."""
    text = Text("a\ud83cb")
    text.replace(Range(Position(0, 1), Position(0, 1)), "\udf75")
    assert str(text) == "a\ufffd\ufffdb"
