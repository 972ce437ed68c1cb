"""Reveal and rate: the learner judges, with a rubric where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import Message, _, translate
from quizkit.kinds.asking import best_langs, whole_number, wording
from quizkit.model import (
    Asking,
    LocalText,
    Outcome,
    Question,
    Response,
    Rivals,
    Shape,
    Solution,
    Verdict,
    no_rivals,
)


class RevealTask(NamedTuple):
    """Think, then look. `lead` is put to the text, in its language; `points` are a rubric to tick."""

    wordings: tuple[LocalText, ...]
    lines: tuple[LocalText, ...]
    points: tuple[LocalText, ...] = ()
    lead: str = ""

    @property
    def shape(self) -> Shape:
        """REVEAL."""
        return Shape.REVEAL

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        lang = text.lang(asking.langs)
        prompt = text.pick(langs)
        if self.lead:
            prompt = f"{translate(self.lead, lang or langs[0])}\n\n{prompt}"
        return Question(asking.card, Shape.REVEAL, lang, prompt)

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`: the score is the share of points that were there; without points it is 0."""
        ticked = {self._point(value) for value in response.values}
        score = len(ticked) / len(self.points) if self.points else 0.0
        return Verdict(Outcome.SELF, score, Message(""))

    def _point(self, value: str) -> int:
        point = whole_number(value)
        if 1 <= point <= len(self.points):
            return point
        raise QuizkitError(
            _("{value} is none of the points.", value=repr(value[:40])),
            _("Answer with numbers from 1 to {n}.", n=len(self.points)),
        )

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        return Solution(
            tuple(line.pick(langs) for line in self.lines), tuple(point.pick(langs) for point in self.points)
        )

    def accepted(self) -> Sequence[str]:
        """See `Task`: nothing is typed."""
        return ()
