"""A drill in a room without devices: one screen, and a teacher who calls and marks. Each act is kept at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizkit.drills.floor import Floor, Score, floor_of, next_called, scores_of, standing, undoable
from quizkit.drills.gain import normalized_gain
from quizkit.errors import QuizkitError
from quizkit.i18n import Message, _, ngettext
from quizkit.model import Judged, Outcome, Question, Response, Shape, Verdict
from quizkit.model.drill import ActType, CardItem, Poll, Program, Slide, Student
from quizkit.workspace.drill_cards import DrillCard, judge, picked, question, right_options
from quizkit.workspace.drill_record import DrillRecord

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

SCORES = {Outcome.RIGHT: 1.0, Outcome.ALMOST: 0.5, Outcome.WRONG: 0.0}


class Hand(NamedTuple):
    """An option and how many (`n`) raised a hand for it."""

    text: str
    n: int


class View(NamedTuple):
    """What there is to show. `number` is the item's, from 1, of `of`; `question` is None for a slide, and at the end.

    `said` are those who were called on this question and how they fared (None: their turn). `share` and `gain` are of
    hands: the part that was right in the last round, and the normalized gain over the first. `right` are the positions
    of the right options, from 0, once the answer is shown. `media` are files, which may not be there; those of the
    answer only once that is shown.
    """

    title: str
    number: int
    of: int
    question: Question | None = None
    poll: bool = False
    slide: str = ""
    called: Student | None = None
    team: str = ""
    said: tuple[tuple[str, float | None], ...] = ()
    judged: Judged | None = None
    right: frozenset[int] = frozenset()
    media: tuple[Path, ...] = ()
    hands: tuple[Hand, ...] = ()
    share: float | None = None
    gain: float | None = None
    round: int = 1
    seconds: int = 0
    settled: bool = False
    ended: bool = False


class Running:
    """A drill under way. Look at `view`, then act. The id goes with a name that several have."""

    def __init__(self, workspace: Workspace, record: DrillRecord, students: Mapping[str, Student]) -> None:
        self._workspace = workspace
        self.record = record
        shared = {name for name, times in Counter(one.name for one in students.values()).items() if times > 1}
        self._students = {
            who: student._replace(name=f"{student.name} ({who})") if student.name in shared else student
            for who, student in students.items()
        }
        self._since = workspace.clock.stopwatch()
        started = next((act.data for act in record.acts() if act.type is ActType.START), {})
        self._lang = str(started.get("lang") or workspace.langs[0])

    @property
    def program(self) -> Program:
        """What is asked."""
        return self.record.program

    @cached_property
    def _seed(self) -> str:
        return self.program.seed or self.record.id

    @property
    def floor(self) -> Floor:
        """Where the drill stands."""
        return floor_of(self.record.acts(), self._seed)

    def elapsed(self) -> int:
        """Milliseconds since the question was put to whoever is called."""
        return self._workspace.clock.stopwatch() - self._since

    # Looking

    def view(self) -> View:
        """What there is to show now."""
        floor = self.floor
        view = View(self.program.name, floor.item + 1, len(self.program.items), ended=floor.ended)
        if floor.ended or floor.item < 0:
            return view
        item = self.program.items[floor.item]
        if isinstance(item, Slide):
            text = item.text.pick((self._lang, *self._workspace.langs))
            return view._replace(slide=text, media=self._files(item), settled=True)
        found, asked = self._asked(floor.item)
        said = tuple((self._name(who), score) for who, score in floor.said.items())
        view = view._replace(
            question=asked,
            poll=found is None,
            called=self._students.get(floor.called),
            team=floor.team_of.get(floor.called, ""),
            said=said,
            round=floor.round,
            seconds=item.seconds or self.program.seconds,
            settled=floor.is_settled or (found is None and bool(floor.hands)),
        )
        right = right_options(found, asked) if found else []
        shown = floor.is_settled and found is not None
        if found and shown:
            nothing = Verdict(Outcome.SELF, 0.0, Message(""))
            places = frozenset(place for place, option in enumerate(asked.layout) if option in right)
            view = view._replace(judged=self._workspace.judged(found.card, asked, nothing), right=places)
        if found:
            names = (*found.card.media, *(found.card.answer_media if shown else ()))
            folder = self._workspace.file_of(found.card.note).parent
            view = view._replace(media=tuple(folder / name for name in names))
        elif isinstance(item, Poll):
            view = view._replace(media=self._files(item))
        return self._with_hands(view, floor, asked, right)

    def _files(self, item: Poll | Slide) -> tuple[Path, ...]:
        return tuple(self._workspace.places.media / name for name in item.media)

    def _with_hands(self, view: View, floor: Floor, asked: Question, right: Sequence[int]) -> View:
        if not floor.hands:
            return view
        counts = floor.hands[max(floor.hands)]
        texts = dict(zip(asked.layout, asked.options, strict=True))
        hands = tuple(Hand(texts[i], counts.get(i, 0)) for i in asked.layout)
        shares = {number: _share(votes, right) for number, votes in floor.hands.items()}
        gain = None
        # Where several are right, nobody's second vote can be told from another's.
        if (
            asked.shape is Shape.PICK_ONE
            and (first := shares.get(1)) is not None
            and (second := shares.get(2)) is not None
        ):
            gain = normalized_gain({"all": first}, {"all": second})
        return view._replace(hands=hands, share=shares[max(shares)] if right else None, gain=gain)

    def scores(self) -> list[Score]:
        """Everybody's points, the best first."""
        people = self.floor.people.counts
        return scores_of(self.record.acts(), {who: who for who in people}, {who: self._name(who) for who in people})

    def team_scores(self) -> list[Score]:
        """The teams' points, the best first; none where there are no teams."""
        return scores_of(self.record.acts(), self.floor.team_of, {})

    def absent(self) -> list[Student]:
        """Those who aren't here."""
        return [self._students[who] for who in sorted(self.floor.people.away) if who in self._students]

    def _name(self, who: str) -> str:
        return self._students[who].name if who in self._students else who

    def _asked(self, index: int) -> tuple[DrillCard | None, Question]:
        item = self.program.items[index]
        if isinstance(item, Poll):
            langs = (self._lang, *self._workspace.langs)
            options = tuple(option.pick(langs) for option in item.options)
            asked = Question("", Shape.PICK_ONE, item.ask.lang(langs), item.ask.pick(langs), options)
            return None, asked._replace(layout=tuple(range(len(options))))
        assert isinstance(item, CardItem)
        found = DrillCard(self._workspace.card(item.card), f"{self.record.id}/{index}")
        return found, question(self._workspace, found, self._lang)

    # Acting

    def go_on(self) -> None:
        """Whatever comes next: the answer, then the next question, then the end."""
        floor = self.floor
        if floor.ended:
            return
        if floor.item >= 0 and isinstance(self.program.items[floor.item], CardItem) and not floor.is_settled:
            self.record.log(ActType.REVEAL, item=floor.item)
        else:
            self._turn_to(floor, floor.item + 1)

    def _turn_to(self, floor: Floor, index: int) -> None:
        if index >= len(self.program.items):
            self.record.log(ActType.END)
            return
        asked = isinstance(self.program.items[index], CardItem)
        who = next_called(floor, same_item=False) if asked else ""
        self.record.log(ActType.NEXT, who, item=index)
        self._since = self._workspace.clock.stopwatch()

    def skip(self) -> None:
        """Leave the question, and go on with the next."""
        floor = self.floor
        if not floor.ended and floor.item >= 0:
            self.record.log(ActType.SKIP, item=floor.item)
            self._turn_to(floor, floor.item + 1)

    def call_another(self) -> None:
        """Put the question to somebody else. Raises QuizkitError when all have tried, or nobody is asked."""
        floor = self._questioned()
        if floor.is_settled:
            raise QuizkitError(_("The answer has been shown: nobody can be asked any more."))
        who = next_called(floor, same_item=True)
        if not who:
            raise QuizkitError(_("Everybody who is here has been asked."))
        self.record.log(ActType.NEXT, who, item=floor.item)
        self._since = self._workspace.clock.stopwatch()

    def is_away(self) -> None:
        """Whoever was called isn't here: call somebody else. Raises QuizkitError when nobody was."""
        floor = self._questioned()
        if not floor.called:
            raise QuizkitError(_("Nobody was called."))
        self.record.log(ActType.LEAVE, floor.called)
        after = self.floor
        if not after.is_settled and (who := next_called(after, same_item=True)):
            self.record.log(ActType.NEXT, who, item=floor.item)
            self._since = self._workspace.clock.stopwatch()

    def is_back(self) -> None:
        """Everybody who was away is here."""
        for student in self.absent():
            self.record.log(ActType.JOIN, student.id)

    def mark(self, outcome: Outcome) -> None:
        """The teacher's word on what was said aloud. Raises QuizkitError when nobody was called."""
        self._answer(Response(), outcome, SCORES[outcome])

    def picks(self, position: int) -> None:
        """Whoever was called picked the option at that position, from 1. Raises QuizkitError when there is none."""
        floor = self._questioned()
        found, asked = self._asked(floor.item)
        if found is not None and asked.shape is Shape.PICK_MANY:
            raise QuizkitError(_("Several options may be right here."), _("Say how the answer was: r, a or w."))
        if found is None or asked.shape is not Shape.PICK_ONE:
            raise QuizkitError(_("Nothing can be picked here."))
        response = Response((str(position),))
        verdict = judge(self._workspace, found, asked, response).verdict
        self._answer(response, verdict.outcome, verdict.score)

    def _answer(self, response: Response, outcome: Outcome, score: float) -> None:
        floor = self._questioned()
        found, asked = self._asked(floor.item)
        if found is None or not floor.called:
            raise QuizkitError(_("Nobody was called."))
        self.record.log(
            ActType.ANSWER,
            floor.called,
            item=floor.item,
            round=1,
            card=found.card.key,
            values=[asked.options[int(value) - 1] for value in response.values],
            picked=picked(asked, response) if response.values else [],
            score=score,
            outcome=outcome.value,
            ms=self.elapsed(),
            lang=asked.lang,
            shape=asked.shape.value,
            event=self.record.new_event_id(),
        )

    def raise_hands(self, counts: Sequence[int]) -> None:
        """How many hands there were for each option, as displayed.

        Raises QuizkitError when there is nothing to pick, or the counts don't fit the options or the class.
        """
        floor = self._questioned()
        found, asked = self._asked(floor.item)
        if not asked.options or asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
            raise QuizkitError(_("Nothing can be picked here."))
        if len(counts) != len(asked.options):
            raise QuizkitError(
                ngettext("{n} number is wanted, one for each option.", "{n} numbers are wanted.", len(asked.options))
            )
        if self._students and max(counts) > len(self._students):
            raise QuizkitError(
                ngettext(
                    "There is only {n} student in the class.",
                    "There are only {n} students in the class.",
                    len(self._students),
                )
            )
        told = {str(index): n for index, n in zip(asked.layout, counts, strict=True)}
        card = found.card.key if found else ""
        self.record.log(ActType.HANDS, item=floor.item, card=card, counts=told, round=floor.round)

    def discuss(self) -> None:
        """Let them discuss, then raise hands again. Raises QuizkitError before the first hands."""
        floor = self._questioned()
        if 1 not in floor.hands:
            raise QuizkitError(_("Count hands first."))
        self.record.log(ActType.DISCUSS, item=floor.item)
        self._since = self._workspace.clock.stopwatch()

    def undo(self) -> bool:
        """Take the last step back; False when there is none."""
        last = undoable(self.record.acts())
        first = next((act.number for act in standing(self.record.acts()) if act.type is ActType.NEXT), 0)
        if last is None or last.number == first:
            return False
        self.record.log(ActType.UNDO, number=last.number)
        self._since = self._workspace.clock.stopwatch()
        return True

    def end(self) -> None:
        """End the drill now."""
        if not self.floor.ended:
            self.record.log(ActType.END)

    def _questioned(self) -> Floor:
        floor = self.floor
        if floor.ended or floor.item < 0 or isinstance(self.program.items[floor.item], Slide):
            raise QuizkitError(_("Nothing is asked now."))
        return floor


def _share(votes: Mapping[int, int], right: Sequence[int]) -> float | None:
    """The part of all hands that was raised for what is right."""
    total = sum(votes.values())
    return sum(n for index, n in votes.items() if index in right) / total if total and right else None
