"""A drill on paper, as data: what each sheet asks, how much room an answer gets, and the keys to all variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import ceil
from string import ascii_uppercase
from typing import Any, NamedTuple

from quizkit.columns import width
from quizkit.i18n import _
from quizkit.markup import plain
from quizkit.sheets.pictures import Picture
from quizkit.sheets.sheet import lines_of

LINE_MM = 145
"""How long a line to write on is, across the page."""
_MM_A_COLUMN = 4.0
"""What a hand needs for a Latin letter; a character of Japanese or Korean takes two."""
_SHORTEST_MM, _SPARE = 45, 1.35
_LARGE = 1.5
"""How much more room those get who need large print."""
_SIDE_BY_SIDE, _SIDE_BY_SIDE_LARGE = 33, 18
"""Columns of the longest option up to which options stand in two columns."""
_MOST_LINES = 14
_LONG = 900
"""Columns of text from which a question might be longer than a page; a line, whatever is in it, counts as `_BREAK`."""
_BREAK = 20
_PICTURE_ROWS = 12
"""Lines that are as high as a picture may be."""


class Form(StrEnum):
    """How an answer is given on paper."""

    TICK = "tick"
    ORDER = "order"
    PAIR = "pair"
    WRITE = "write"


class Asked(NamedTuple):
    """A question on a sheet. Texts may have marks; `note` says what is wanted.

    `entries` are the labels of what is to be written, '' for one without; `millimetres` is how long the longest
    expected answer gets in handwriting. `pictures` stand below the prompt.
    """

    prompt: str
    form: Form
    note: str = ""
    options: tuple[str, ...] = ()
    lefts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    millimetres: int = 0
    pictures: tuple[Picture, ...] = ()


class Key(NamedTuple):
    """The answer to a question, with the pictures that belong to it."""

    text: str
    pictures: tuple[Picture, ...] = ()


class Version(NamedTuple):
    """A variant of the sheet: its letter, its questions in order, and the answer to each."""

    letter: str
    questions: tuple[Asked, ...]
    key: tuple[Key, ...]


class Person(NamedTuple):
    """Whose sheet it is: which version, and the code that says so, as SVG. A sheet without a name is filled in."""

    name: str
    number: str
    version: int
    code: str


class Paper(NamedTuple):
    """All that is printed of a drill, in one language. `parts` says which of sheets, keys and grid.

    `without` says which pictures and sounds aren't printed.
    """

    title: str
    lang: str
    versions: tuple[Version, ...]
    people: tuple[Person, ...]
    parts: frozenset[str] = frozenset(("sheets", "keys", "grid"))
    large: bool = False
    duplex: bool = False
    without: tuple[str, ...] = ()

    def text(self) -> str:
        """Everything it says: what fonts must be able to show."""
        asked = (question for version in self.versions for question in version.questions)
        texts = [part for one in asked for part in (one.prompt, one.note, *one.options, *one.lefts, *one.entries)]
        keys = [key.text for version in self.versions for key in version.key]
        return "".join(
            [
                self.title,
                *texts,
                *keys,
                *(part for who in self.people for part in (who.name, who.number)),
                *words().values(),
            ]
        )

    def pictures(self) -> list[Picture]:
        """Every picture in it."""
        asked = [picture for version in self.versions for one in version.questions for picture in one.pictures]
        return asked + [picture for version in self.versions for key in version.key for picture in key.pictures]


def handwritten(answers: Iterable[str]) -> int:
    """Millimetres that the longest of these answers takes, written by hand, with some to spare."""
    longest = max((width(plain(answer)) for answer in answers), default=0)
    return max(_SHORTEST_MM, round(longest * _MM_A_COLUMN * _SPARE))


def lettered(options: Sequence[str]) -> list[tuple[str, str]]:
    """Options with the letters they have on paper."""
    return list(zip(ascii_uppercase, options, strict=False))


def words() -> dict[str, str]:
    """What a sheet says besides its questions, in the interface's language."""
    return {
        "name": _("Name"),
        "number": _("No."),
        "date": _("Date"),
        "variant": _("Variant"),
        "score": _("Score"),
        "key": _("Answer key"),
        "grid": _("Marks"),
        "teacher": _("For the teacher"),
    }


def data_of(paper: Paper) -> dict[str, Any]:
    """The paper as plain data for a template."""
    return {
        "title": paper.title,
        "lang": paper.lang,
        "large": paper.large,
        "duplex": paper.duplex,
        "parts": sorted(paper.parts),
        "words": words(),
        "versions": [
            {
                "letter": version.letter,
                "questions": [_question(one, paper.large) for one in version.questions],
                "key": [
                    {"text": lines_of(key.text), "pictures": [picture.file for picture in key.pictures]}
                    for key in version.key
                ],
            }
            for version in paper.versions
        ],
        "people": [who._asdict() for who in paper.people],
    }


def _question(one: Asked, large: bool) -> dict[str, Any]:
    written = one.millimetres * (_LARGE if large else 1)
    broad = max((width(plain(text)) for text in one.options), default=0)
    texts = (one.prompt, one.note, *one.options, *one.lefts)
    rows = len(one.options) + len(one.lefts) + len(one.entries) * min(_MOST_LINES, ceil(written / LINE_MM))
    rows += _PICTURE_ROWS if one.pictures else 0
    aside = broad <= (_SIDE_BY_SIDE_LARGE if large else _SIDE_BY_SIDE)
    return {
        "prompt": lines_of(one.prompt),
        "form": one.form.value,
        "note": one.note,
        "options": [{"letter": letter, "text": lines_of(text)} for letter, text in lettered(one.options)],
        "lefts": [lines_of(left) for left in one.lefts],
        "entries": list(one.entries),
        "lines": min(_MOST_LINES, ceil(written / LINE_MM)),
        "millimetres": min(round(written), LINE_MM),
        "long": sum(width(text) + _BREAK for text in texts) + rows * _BREAK > _LONG,
        "pictures": [picture.file for picture in one.pictures],
        "columns": 2 if one.form is Form.TICK and aside and len(one.options) > 2 else 1,
    }
