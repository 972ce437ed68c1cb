"""What a class has understood and what it hasn't: all figures of a report, out of every answer its members gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.markup import plain
from quizkit.model.drill import CardItem, Classroom, Drill
from quizkit.reports.items import Item, analyse
from quizkit.reports.lessons import Mark, Need, Period, Row, needs, over_time, periods
from quizkit.reports.mastery import By
from quizkit.reports.reliability import Reliability, reliability
from quizkit.reports.remarks import Remark, remarks_of
from quizkit.reports.shares import Share, share
from quizkit.reports.strength import Measure, rasch
from quizkit.workspace.answered import Pooled, Source, first_answers, firsts, options_of, pooled
from quizkit.workspace.card_options import CardOptions
from quizkit.workspace.class_groups import BYS, marks_of, ordered, remembered, titles_of
from quizkit.workspace.classes import classroom
from quizkit.workspace.drill_planning import plan, why
from quizkit.workspace.drill_record import drills, settle_all
from quizkit.workspace.insight import prompt_of
from quizkit.workspace.people import called_by

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

MOST_PLANNED = 10
GRAVEST = ("wrong-key", "negative-discrimination", "no-better-than-guessing", "poor-discrimination", "hard", "")
"""Remarks in the order in which they want looking at; '' stands for all others."""
HELD_BACK = 2
"""A belief fewer students acted on isn't listed: it may have been a slip."""


class Lesson(NamedTuple):
    """A drill of the class: how it went, and what its totals are worth."""

    name: str
    mode: str
    day: int
    questions: int
    students: int
    share: Share
    reliability: Reliability


class Standing(NamedTuple):
    """A student: how they did at all, how strong that makes them (None: too few answers), and what they need.

    A need of the group '' is one of everything.
    """

    student: str
    share: Share
    strength: Measure | None
    needs: tuple[Need, ...]


class Believed(NamedTuple):
    """A belief behind a wrong option, and who picked that option at first, of how many whose pick is known."""

    belief: str
    card: str
    students: tuple[str, ...]
    of: int


class Analysed(NamedTuple):
    """A question: its figures, its place on the scale, what stands out, and where its first answers are from."""

    item: Item
    prompt: str
    options: CardOptions
    difficulty: Measure | None
    remarks: tuple[Remark, ...]
    sources: Mapping[str, int]


class Planned(NamedTuple):
    """A card to drill next, and why."""

    card: str
    prompt: str
    why: str


class ClassReport(NamedTuple):
    """All there is to report. `sources` counts first answers by where they were given; `days` are the periods of
    `rows`; `now` what is likely remembered, by group.

    `guests` counts those who were in a drill of the class and aren't on its roster: guests, and who has left since.
    Their answers count for the questions alone.
    """

    classroom: Classroom
    today: int
    sources: Mapping[str, int]
    chosen: tuple[Source, ...]
    guests: int
    days: tuple[Period, ...]
    lessons: tuple[Lesson, ...]
    rows: Mapping[By, tuple[Row, ...]]
    now: Mapping[tuple[By, str], float]
    titles: Mapping[str, str]
    standings: tuple[Standing, ...]
    beliefs: tuple[Believed, ...]
    items: tuple[Analysed, ...]
    planned: tuple[Planned, ...]


def class_report(
    workspace: Workspace, name: str, *, sources: Sequence[Source] = (), names: bool = False
) -> ClassReport:
    """The report on a class; only on answers from some sources, where any are named.

    Raises QuizkitError when there is no such class, or nobody in it has answered anything.
    """
    workspace.refresh()
    room = classroom(workspace, name)
    settle_all(workspace)
    held = drills(workspace, classroom=room.id)
    members = {student.id for student in room.students}
    own = {drill.id for drill in held}
    answers = [one for one in pooled(workspace, sources) if one.player in members or one.drill in own]
    votes = [one for one in answers if one.round == 1]
    if not votes:
        raise QuizkitError(
            _("Nobody in {room} has answered anything yet.", room=room.name),
            _("Hold a drill: quizkit drill host {room}", room=room.name),
        )
    call = called_by(workspace, names=names)
    mine = [one._replace(player=call(one.player)) for one in votes if one.player in members]
    marks = marks_of(workspace, mine)
    days = periods(one.day for one in mine)
    first = firsts(votes)
    scale = rasch(first_answers(first))
    found_items = _items(workspace, first, scale.items)
    placed = {call(student): measure for student, measure in scale.students.items() if student in members}
    return ClassReport(
        classroom=room,
        today=workspace.clock.today(),
        sources=Counter(one.source.value for one in first),
        chosen=tuple(sources),
        guests=len({one.player for one in votes} - members),
        days=tuple(days),
        lessons=tuple(lesson for drill in held if (lesson := _lesson(workspace, drill, votes))),
        rows={by: tuple(ordered(workspace, by, over_time(found, days))) for by, found in marks.items()},
        now=remembered(workspace, members, {one.card for one in mine}),
        titles=titles_of(workspace, marks.get(By.ARGUMENT, ())),
        standings=tuple(_standings(firsts(mine), marks, placed)),
        beliefs=tuple(_beliefs(workspace, firsts(mine))),
        items=tuple(found_items),
        planned=tuple(_planned(workspace, room)),
    )


def _lesson(workspace: Workspace, drill: Drill, votes: Iterable[Pooled]) -> Lesson | None:
    """How a drill went, by the first answer to each card in it, as questions are analysed.

    None where nobody answered, or the answers chosen are others.
    """
    scores: dict[str, dict[str, float]] = {}
    for one in votes:
        if one.drill == drill.id:
            scores.setdefault(one.player, {}).setdefault(one.card, one.score)
    if not scores:
        return None
    return Lesson(
        name=drill.program.name,
        mode=drill.mode.value,
        day=workspace.clock.calendar.day_of(drill.at),
        questions=sum(isinstance(item, CardItem) for item in drill.program.items),
        students=len(scores),
        share=share(score for own in scores.values() for score in own.values()),
        reliability=reliability(scores),
    )


def _standings(
    first: Sequence[Pooled], marks: Mapping[By, Sequence[Mark]], placed: Mapping[str, Measure]
) -> list[Standing]:
    """The students, the weakest first."""
    scores: dict[str, list[float]] = {}
    for one in first:
        scores.setdefault(one.player, []).append(one.score)
    wanted: dict[str, list[Need]] = {}
    everything = [Mark(one.player, "", one.card, one.day, one.score) for one in first]
    for found_marks in (everything, *(marks.get(by, ()) for by in BYS)):
        for need in needs(found_marks):
            wanted.setdefault(need.student, []).append(need)
    found = [
        Standing(student, share(own), placed.get(student), tuple(wanted.get(student, ())))
        for student, own in scores.items()
    ]
    return sorted(found, key=lambda one: (one.strength is None, one.strength and one.strength.value, one.student))


def _beliefs(workspace: Workspace, first: Iterable[Pooled]) -> list[Believed]:
    """The beliefs behind the wrong options that students picked at first, the most frequent first."""
    options = options_of(workspace)
    asked: Counter[str] = Counter()
    held: dict[tuple[str, str], list[str]] = {}
    for one in first:
        if one.picked is None:
            continue
        asked[one.card] += 1
        for option in one.picked:
            if belief := options(one.card).beliefs.get(option):
                held.setdefault((belief, one.card), []).append(one.player)
    found = [
        Believed(plain(belief), card, tuple(sorted(students)), asked[card])
        for (belief, card), students in held.items()
        if len(students) >= HELD_BACK
    ]
    return sorted(found, key=lambda one: (-len(one.students), one.card, one.belief))


def _items(workspace: Workspace, first: Sequence[Pooled], places: Mapping[str, Measure]) -> list[Analysed]:
    """The questions, those that something stands out of first."""
    options = options_of(workspace)
    sources: dict[str, Counter[str]] = {}
    for one in first:
        sources.setdefault(one.card, Counter())[one.source.value] += 1
    found = [
        Analysed(
            item,
            plain(prompt_of(workspace, card)),
            options(card),
            places.get(card),
            tuple(remarks_of(item, options(card).keyed)),
            sources[card],
        )
        for card, item in analyse(first_answers(first)).items()
    ]
    return sorted(found, key=lambda one: (min(map(_gravity, one.remarks), default=len(GRAVEST)), one.item.card))


def _gravity(remark: Remark) -> int:
    return GRAVEST.index(remark.code) if remark.code in GRAVEST else len(GRAVEST) - 1


def _planned(workspace: Workspace, room: Classroom) -> list[Planned]:
    try:
        picks = plan(workspace, room, count=MOST_PLANNED)
    except QuizkitError:
        return []
    return [Planned(one.card, plain(prompt_of(workspace, one.card)), why(one)) for one in picks]
