"""A statement that is true or false; what is true instead is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import warning
from quizkit.errors import QuizkitError
from quizkit.i18n import N_, Message, _, translate
from quizkit.kinds.asking import FALLBACK, best_langs, dont_know, picked, wording
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import (
    Asking,
    LocalText,
    Outcome,
    Question,
    Response,
    Rivals,
    Shape,
    Solution,
    Task,
    Verdict,
    no_rivals,
)

NO_CORRECTION = warning(
    "no-correction",
    "A false statement without what is true instead",
    "Whoever reads a false statement remembers it, if nothing better takes its place: `correction` says what is true.",
)

KEYS = (
    Key("ask", Form.TEXTS, "The statement; a list of texts is a list of wordings that take turns.", True),
    Key("answer", Form.FLAG, "Whether the statement is true.", True),
    Key("correction", Form.TEXT, "What is true instead. A false statement shouldn't do without."),
)

WORDS = (N_("True"), N_("False"))


class TrueFalse(NamedTuple):
    """A statement and whether it is true."""

    wordings: tuple[LocalText, ...]
    true: bool
    correction: LocalText | None

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": TrueFalseTask(self.wordings, self.true, self.correction)}


class TrueFalseTask(NamedTuple):
    """Say whether it is true."""

    wordings: tuple[LocalText, ...]
    true: bool
    correction: LocalText | None

    @property
    def shape(self) -> Shape:
        """PICK_ONE."""
        return Shape.PICK_ONE

    def ask(self, asking: Asking) -> Question:
        """See `Task`. True always stands first: where to look is no part of the question."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        return Question(
            asking.card,
            Shape.PICK_ONE,
            text.lang(asking.langs),
            text.pick(langs),
            options=tuple(translate(word, langs[0]) for word in WORDS),
            instruction=Message(N_("True or false?")),
            layout=(0, 1),
        )

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        given = picked(question, response)
        if not given:
            return dont_know()
        if len(given) > 1:
            raise QuizkitError(_("One option is wanted, not {n}.", n=len(given)))
        if (given[0] == 0) == self.true:
            return Verdict(Outcome.RIGHT, 1.0, Message(""))
        reason = N_("The statement is true.") if self.true else N_("The statement is false.")
        return Verdict(Outcome.WRONG, 0.0, Message(reason))

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        word = translate(WORDS[0 if self.true else 1], (*langs, FALLBACK)[0])
        return Solution((word, self.correction.pick(langs)) if self.correction else (word,))

    def accepted(self) -> Sequence[str]:
        """See `Task`: nothing is typed."""
        return ()


def parse(fields: Fields) -> TrueFalse | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    true = fields.flag("answer", required=True)
    correction = fields.text("correction")
    if true is False and "correction" not in fields:
        message = "This statement is false, and nothing says what is true."
        fields.report(NO_CORRECTION, "answer", message, "Add `correction: …`.")
    if not wordings or true is None or ("correction" in fields and correction is None):
        return None
    return TrueFalse(wordings, true, correction)
