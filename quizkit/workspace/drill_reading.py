"""Reading the marks on a sheet of a drill on paper: by its variant, judged where quizkit can judge."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from quizkit.drills.marking import Mark, Token, placed, read_mark, tokens
from quizkit.drills.variants import Variant
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Outcome, Question, Response, Shape
from quizkit.model.drill import Student
from quizkit.workspace.drill_cards import DrillCard, judge, picked
from quizkit.workspace.drill_handout import asked_on, handout_of

if TYPE_CHECKING:
    from quizkit.workspace.drill_record import DrillRecord
    from quizkit.workspace.workspace import Workspace


class Sheet(NamedTuple):
    """Somebody's sheet. `guest`: not of the class; `entered` is how many of its questions have been entered."""

    student: Student
    variant: Variant
    entered: int = 0
    guest: bool = False


class Reading(NamedTuple):
    """A mark on a sheet, understood: `number` is the question's on the sheet, `item` its index in the drill.

    `shown` says in words what was answered. `score` is None for a poll. `problem` says why the mark can't be taken.
    """

    number: int
    item: int
    mark: Mark
    shown: str = ""
    outcome: Outcome | None = None
    score: float | None = None
    picked: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    lang: str = ""
    shape: str = ""
    problem: str = ""
    hint: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether the teacher has to decide: a text that is almost right."""
        return self.outcome is Outcome.ALMOST and self.mark.score is None and not self.picked


class SheetReader:
    """Understands what stands on the sheets of a drill."""

    def __init__(self, workspace: Workspace, record: DrillRecord) -> None:
        self._workspace = workspace
        self.record = record
        self.handout = handout_of(record)
        self._asked: dict[tuple[str, int], tuple[DrillCard | None, Question]] = {}

    @property
    def questions(self) -> int:
        """How many questions a sheet has."""
        return len(self.record.program.items)

    def read(self, sheet: Sheet, line: str) -> list[Reading]:
        """A line of marks as far as it goes, each read for itself: for showing while it is typed."""
        found = tokens(line, self.questions)
        numbered = [(token.number or place, token) for place, token in enumerate(found, 1)]
        return [self.read_one(sheet, number, token) for number, token in numbered if number <= self.questions]

    def count(self, line: str) -> int:
        """How many marks a line has, more than there are questions, too."""
        return len(tokens(line, self.questions))

    def read_whole(self, sheet: Sheet, line: str) -> list[Reading]:
        """A line of marks for a whole sheet, or for the questions it names.

        Raises QuizkitError when there are too many or too few, or one fits no answer.
        """
        return self.read_tokens(sheet, placed(tokens(line, self.questions), self.questions))

    def read_tokens(self, sheet: Sheet, marks: Mapping[int, Token]) -> list[Reading]:
        """Marks by question, counted from 0. Raises QuizkitError when one fits no answer."""
        readings = [self.read_one(sheet, place + 1, token) for place, token in sorted(marks.items())]
        for reading in readings:
            if reading.problem:
                raise QuizkitError(
                    _("Question {n}: {problem}", n=reading.number, problem=reading.problem), reading.hint
                )
        return readings

    def asked(self, sheet: Sheet, item: int) -> tuple[DrillCard | None, Question]:
        """An item as that sheet asks it."""
        key = (sheet.variant.letter, item)
        if key not in self._asked:
            self._asked[key] = asked_on(self._workspace, self.handout, sheet.variant, item)
        return self._asked[key]

    def question_at(self, sheet: Sheet, number: int) -> Question:
        """The question of that number, counted from 1, on a sheet; one without words where it is no longer known."""
        item = sheet.variant.order[number - 1]
        try:
            return self.asked(sheet, item)[1]
        except QuizkitError:
            return Question("", Shape.REVEAL, "", "…")

    def read_one(self, sheet: Sheet, number: int, token: Token) -> Reading:
        """A mark for the question of that number, counted from 1; what is wrong with it stands in the reading."""
        item = sheet.variant.order[number - 1]
        try:
            found, asked = self._askable(sheet, item, token)
            mark = read_mark(token, asked)
            if found is None and asked.options and (mark.score is not None or not (mark.values or mark.later)):
                # Nothing is right in a poll: there is nothing to judge, and an empty answer says nothing.
                mark = self._of_poll(mark, len(asked.options))
            made = Reading(number, item, mark, lang=asked.lang, shape=asked.shape.value)
            return made if mark.later else self._judged(made, found, asked)
        except QuizkitError as error:
            return Reading(number, item, Mark(token.text), problem=error.message, hint=error.hint)

    def _of_poll(self, mark: Mark, options: int) -> Mark:
        if mark.score is None:
            return mark._replace(later=True)
        raise QuizkitError(
            _("Nothing is right or wrong in a poll."),
            _("Type a letter from a to {last}, or - for nothing.", last=ascii_lowercase[options - 1]),
        )

    def _askable(self, sheet: Sheet, item: int, token: Token) -> tuple[DrillCard | None, Question]:
        """An item as it is asked; where that is no longer known, a judgement will do."""
        try:
            return self.asked(sheet, item)
        except QuizkitError:
            unknown = Question(str(getattr(self.record.program.items[item], "card", "")), Shape.REVEAL, "", "")
            try:
                judged = read_mark(token, unknown)
            except QuizkitError:
                judged = None
            if judged is None or (judged.score is None and not judged.later):
                raise
            return None, unknown

    def _judged(self, reading: Reading, found: DrillCard | None, asked: Question) -> Reading:
        mark, response = reading.mark, Response(reading.mark.values)
        if mark.score is not None:
            outcome = Outcome.RIGHT if mark.score >= 1 else Outcome.WRONG if mark.score <= 0 else Outcome.ALMOST
            return reading._replace(outcome=outcome, score=mark.score, shown=f"{mark.score:.0%}")
        texts = tuple(asked.options[int(value) - 1] if value else "" for value in mark.values) if asked.options else ()
        chosen = tuple(picked(asked, response)) if mark.values else ()
        shown = " · ".join(texts or mark.values)
        reading = reading._replace(picked=chosen, values=texts or mark.values, shown=shown)
        if found is None:
            return reading
        if not mark.values:
            return reading._replace(outcome=Outcome.WRONG, score=0.0)
        verdict = judge(self._workspace, found, asked, response).verdict
        return reading._replace(outcome=verdict.outcome, score=verdict.score)
