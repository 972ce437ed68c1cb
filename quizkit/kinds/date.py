"""A question whose answer is a year, a month or a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.answers import PartialDate
from quizkit.diagnostics import error
from quizkit.i18n import N_, Message, primary
from quizkit.kinds.asking import best_langs, dont_know, one_text, wording
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import (
    Asking,
    LocalText,
    Question,
    Response,
    Rivals,
    Shape,
    Solution,
    Task,
    Verdict,
    no_rivals,
)

NOT_A_DATE = error(
    "not-a-date",
    "This is no date",
    "Write 2023, 2023-08 or 2023-08-18: the learner is asked for exactly that precision.",
)

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("answer", Form.WORD, "The date: 2023, 2023-08 or 2023-08-18.", True),
)


UNITS = {"ja": "年月日", "zh": "年月日", "ko": "년월일"}
"""What stands behind year, month and day."""


class Date(NamedTuple):
    """A question and its date."""

    wordings: tuple[LocalText, ...]
    date: PartialDate

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": DateTask(self.wordings, self.date)}


class DateTask(NamedTuple):
    """Type the date."""

    wordings: tuple[LocalText, ...]
    date: PartialDate

    @property
    def shape(self) -> Shape:
        """TYPE."""
        return Shape.TYPE

    def ask(self, asking: Asking) -> Question:
        """See `Task`. Says which precision is wanted."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        if self.date.day is not None:
            wanted = N_("year, month and day")
        else:
            wanted = N_("year") if self.date.month is None else N_("year and month")
        return Question(asking.card, Shape.TYPE, text.lang(asking.langs), text.pick(langs), placeholder=Message(wanted))

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_date

        given = one_text(response)
        return judge_date(given, self.date) if given.strip() else dont_know()

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`. As the language writes dates; where it isn't known here, in ISO form, which everybody reads."""
        parts = [part for part in (self.date.year, self.date.month, self.date.day) if part is not None]
        units = UNITS.get(primary(langs[0]) if langs else "")
        if units is None:
            return Solution(("-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]),))
        gap = " " if units is UNITS["ko"] else ""
        return Solution((gap.join(f"{part}{unit}" for part, unit in zip(parts, units, strict=False)),))

    def accepted(self) -> Sequence[str]:
        """See `Task`: dates are compared as dates, not as texts."""
        return ()


def parse(fields: Fields) -> Date | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    text = fields.word("answer", required=True)
    if not text:
        return None
    date = PartialDate.parse(text)
    if date is None:
        fields.report(NOT_A_DATE, fields.get("answer"), f"`{text}` is no date.", "Write 2023, 2023-08 or 2023-08-18.")
        return None
    return Date(wordings, date) if wordings else None
