"""Marks as a teacher types them off a sheet: a letter, several letters, a text, or a judgement.

`b` picks an option, `ac` several; `cab` puts options in order, or gives them to the lines in turn (`c-b` leaves one
out); `"lukewarm"` or `=1191` is what was written. `1`, `½` and `0` are judgements, and so are `2/3` and `x`. `-` is a
question left empty, `.` one that isn't entered now.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from string import ascii_lowercase
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext
from quizkit.model import Question, Shape

_TOKEN = re.compile(r"""(?:(\d{1,3})[:：])?("[^"]*"?|“[^”]*”?|「[^」]*」?|[^\s]+)""")
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))
_WORDS = {
    "1": 1.0,
    "0": 0.0,
    "½": 0.5,
    "1/2": 0.5,
    ".5": 0.5,
    "x": 0.0,
    "✗": 0.0,
    "×": 0.0,
    "v": 1.0,
    "✓": 1.0,
    "○": 1.0,
}
EMPTY = "-"
"""The mark of a question left empty."""
_EMPTY, _LATER = (EMPTY, "–", "—", "ー"), "."
_NONE = "-_"
_TEXTS = (Shape.TYPE, Shape.FILL)


class Mark(NamedTuple):
    """What one mark says: `values` as a response wants them, or a `score` from 0 to 1 where the teacher has judged.

    `later`: nothing is said. `text` is the mark as it was typed.
    """

    text: str
    values: tuple[str, ...] = ()
    score: float | None = None
    later: bool = False


class Token(NamedTuple):
    """A mark as typed. `number` is the question it is for, counted from 1, where it says so, else 0."""

    text: str
    number: int = 0
    quoted: bool = False


def tokens(line: str, questions: int) -> list[Token]:
    """The marks of a line. One word with as many characters as there are questions holds a mark in each.

    One that names its question is for that question, whatever its length.
    """
    found = []
    for match in _TOKEN.finditer(line):
        text, quoted = _unquoted(match[2])
        found.append(Token(text, int(match[1] or 0), quoted))
    if len(found) == 1 and questions > 1 and not found[0].quoted and not found[0].number:
        word = found[0].text
        return [Token(char) for char in word] if len(word) == questions else found
    return found


def placed(found: Sequence[Token], questions: int) -> dict[int, Token]:
    """Which mark is for which question, counted from 0: one for each in turn, or those that are named.

    Raises QuizkitError when there are too many or too few.
    """
    if found and all(token.number for token in found):
        for token in found:
            if token.number > questions:
                raise QuizkitError(
                    _("There is no question {n}.", n=token.number), _("The sheet has {n} questions.", n=questions)
                )
        return {token.number - 1: token for token in found}
    if len(found) != questions:
        raise QuizkitError(
            ngettext("{n} mark for {all} questions.", "{n} marks for {all} questions.", len(found), all=questions),
            _("Write - for a question left empty, or name the question: 5:b"),
        )
    return dict(enumerate(found))


def read_mark(token: Token, asked: Question) -> Mark:
    """What a mark says of the answer to that question.

    Raises QuizkitError when it fits no answer.
    """
    text = unicodedata.normalize("NFKC", token.text).strip() if token.text != "½" else "½"
    plain = text.lower()
    if not token.quoted:
        if plain == _LATER:
            return Mark(_LATER, later=True)
        if plain in _EMPTY or token.text in _EMPTY or not plain:
            return Mark(EMPTY)
        if asked.options and (values := _letters(plain, asked)) is not None:
            return Mark(plain, values)
        # NFKC takes a half apart.
        if (score := _score(plain.replace("1⁄2", "1/2"))) is not None:
            return Mark(plain, score=score)
    if asked.shape in _TEXTS:
        written = token.text.strip() if token.quoted else token.text.strip().removeprefix("=")
        pieces = re.split(r"[;；]", written) if asked.shape is Shape.FILL else [written]
        return Mark(f'"{written}"', tuple(piece.strip() for piece in pieces))
    raise QuizkitError(_("{mark} is no mark here.", mark=repr(token.text[:40])), _wanted(asked))


def letters_of(asked: Question, picked: Sequence[int]) -> str:
    """The letters that options, by the author's index, have on this sheet."""
    return "".join(ascii_lowercase[asked.layout.index(index)] if index in asked.layout else "-" for index in picked)


def mark_of(score: float) -> str:
    """A judgement as it is typed."""
    return {1.0: "1", 0.5: "½", 0.0: "0"}.get(score, f"{score:.2f}")


def _unquoted(text: str) -> tuple[str, bool]:
    for begin, end in _QUOTES:
        if text.startswith(begin) and (len(text) > 1 or begin != end):
            return text[1:].removesuffix(end), True
    return text, False


def _letters(text: str, asked: Question) -> tuple[str, ...] | None:
    """The positions of the options that letters name; None where they name none, or too many or too few."""
    letters = [char for char in text if char not in ",+;/ "]
    known = ascii_lowercase[: len(asked.options)]
    gaps = _NONE if asked.shape is Shape.PAIR else ""
    if not letters or any(char not in known + gaps for char in letters):
        return None
    values = tuple("" if char in gaps else str(known.index(char) + 1) for char in letters)
    count, unlike = len(values), len(set(values)) == len(values)
    fits = {
        Shape.PICK_ONE: count == 1,
        Shape.PICK_MANY: unlike,
        Shape.ORDER: unlike and count == len(asked.options),
        Shape.PAIR: count == len(asked.lefts),
    }
    return values if fits.get(asked.shape) else None


def _score(text: str) -> float | None:
    if text in _WORDS:
        return _WORDS[text]
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", text):
        got, of = int(found[1]), int(found[2])
        return got / of if 0 < of >= got else None
    found = re.fullmatch(r"0?\.\d{1,3}", text)
    return float(text) if found else None


def _wanted(asked: Question) -> str:
    last = ascii_lowercase[len(asked.options) - 1] if asked.options else ""
    match asked.shape:
        case Shape.PICK_ONE:
            return _("Type a letter from a to {last}, 1, ½, 0, or - for nothing.", last=last)
        case Shape.PICK_MANY:
            return _("Type letters from a to {last}, 1, ½, 0, or - for nothing.", last=last)
        case Shape.ORDER:
            return _("Type all {n} letters in order, 1, ½, 0, or - for nothing.", n=len(asked.options))
        case Shape.PAIR:
            return _("Type {n} letters, one for each line (- for none), 1, ½, 0, or - for nothing.", n=len(asked.lefts))
        case _:
            return _("Type 1, ½, 0, a fraction such as 2/3, or - for nothing.")
