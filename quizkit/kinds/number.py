"""A question whose answer is a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.i18n import N_, Message
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

BAD_TOLERANCE = error(
    "bad-tolerance", "The tolerance makes no sense", "`tolerance` is an amount (`2`) or a share (`5%`), not negative."
)

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("answer", Form.NUMBER, "The number.", True),
    Key("unit", Form.TEXT, "What is counted or measured in."),
    Key("tolerance", Form.WORD, "How far off is still right: an amount, or a share such as 5%."),
)


class Number(NamedTuple):
    """A question and its number. `tolerance` is an amount."""

    wordings: tuple[LocalText, ...]
    value: Decimal
    unit: LocalText | None
    tolerance: Decimal

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": NumberTask(self.wordings, self.value, self.unit, self.tolerance)}


class NumberTask(NamedTuple):
    """Type the number."""

    wordings: tuple[LocalText, ...]
    value: Decimal
    unit: LocalText | None
    tolerance: Decimal

    @property
    def shape(self) -> Shape:
        """TYPE."""
        return Shape.TYPE

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        unit = self.unit.pick(langs) if self.unit else ""
        placeholder = Message(N_("a number ({unit})"), {"unit": unit}) if unit else Message(N_("a number"))
        return Question(asking.card, Shape.TYPE, text.lang(asking.langs), text.pick(langs), placeholder=placeholder)

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_number

        given = one_text(response)
        if not given.strip():
            return dont_know()
        return judge_number(given, self.value, tolerance=self.tolerance, unit=self.unit.all() if self.unit else ())

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        text = f"{self.value:f}"
        unit = self.unit.pick(langs) if self.unit else ""
        # A sign such as % or 年 stands close to its number, a word apart.
        gap = " " if unit and unit[0].isascii() and unit[0].isalpha() else ""
        return Solution((f"{text}{gap}{unit}",))

    def accepted(self) -> Sequence[str]:
        """See `Task`: numbers are compared as numbers, not as texts."""
        return ()


def parse(fields: Fields) -> Number | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    value = fields.number("answer", required=True)
    unit = fields.text("unit")
    text = fields.word("tolerance")
    if not wordings or value is None:
        return None
    tolerance = _tolerance(fields, text, value) if text else Decimal(0)
    return Number(wordings, value, unit, tolerance) if tolerance is not None else None


def _tolerance(fields: Fields, text: str, value: Decimal) -> Decimal | None:
    node = fields.get("tolerance")
    assert node is not None
    share = text.endswith("%")
    amount = fields.decimal(text.removesuffix("%").strip(), node, "tolerance")
    if amount is None:
        return None
    if amount < 0:
        fields.report(BAD_TOLERANCE, node, f"A tolerance of {text} is negative.", "Write it without the minus.")
        return None
    return abs(value) * amount / 100 if share else amount
