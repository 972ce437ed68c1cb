"""A question whose answer is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("answer", Form.TEXTS, "The answer as it is shown; further members of a list are right too.", True),
    Key("also", Form.FORMS, "Further forms that are right when typed."),
)


class Typed(NamedTuple):
    """One question and its answer."""

    wordings: tuple[LocalText, ...]
    answers: tuple[LocalText, ...]
    also: tuple[str, ...]

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": TypedTask(self.wordings, self.answers, self.also)}


class TypedTask(NamedTuple):
    """Type the answer."""

    wordings: tuple[LocalText, ...]
    answers: tuple[LocalText, ...]
    also: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        """TYPE."""
        return Shape.TYPE

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        return Question(asking.card, Shape.TYPE, text.lang(asking.langs), text.pick(langs))

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_text

        given = one_text(response)
        if not given.strip():
            return dont_know()
        return judge_text(given, (*self.solution((question.lang,)).lines, *self.accepted()), rivals=rivals)

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        return Solution((self.answers[0].pick(langs),))

    def accepted(self) -> Sequence[str]:
        """See `Task`."""
        return (*(form for answer in self.answers for form in answer.all()), *self.also)


def parse(fields: Fields) -> Typed | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    answers = fields.texts("answer", required=True)
    also = tuple(text for _group, text, _node in fields.forms("also"))
    return Typed(wordings, answers, also) if wordings and answers else None
