"""Three lessons of a simulated class, with the decks that come with quizkit: the report finds what was put in.

35 students of known strength answer live, aloud and on paper. One question is keyed wrongly, one nobody can do, one has
a distractor that nobody takes, and the weak half holds a belief that a deck names.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from quizkit.clock import MS_PER_DAY, Calendar, Clock
from quizkit.kinds.choosing import PickTask
from quizkit.model import Shape
from quizkit.model.drill import Mode
from quizkit.reports.mastery import By
from quizkit.reports.remarks import sentence
from quizkit.reports.strength import chance
from quizkit.workspace import Workspace
from quizkit.workspace.answered import Source
from quizkit.workspace.class_report import ClassReport, class_report
from quizkit.workspace.places import Places, shipped_decks
from tests.helpers.classes import begin_class
from tests.helpers.drilled import hold, option

NOW = 1_772_400_000_000
STUDENTS = 35
A_LESSON = 14


class Simulated:
    """The class as it was made, and the report on it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.dice = random.Random(20240507)
        workspace.refresh()
        ids = begin_class(workspace, "2B", [f"Student {number:02}" for number in range(STUDENTS)])
        self.strength = {who: -2.2 + 4.4 * place / (STUDENTS - 1) for place, who in enumerate(ids)}
        self.cards = self._cards()
        self.difficulty = {card: -1.6 + 3.2 * (place * 7 % 41) / 40 for place, card in enumerate(self.cards)}
        picks = [card for card in self.cards if self._keyed(card)]
        believed = [card for card in picks if any(one.misconception for one in self._task(card).options)]
        self.believed = believed[0]
        plain = [card for card in picks if card not in believed and len(self._task(card).options) >= 4]
        self.wrong_key, self.hopeless, self.unpicked = plain[0], plain[5], plain[8]
        self.difficulty[self.wrong_key] = -0.5
        for lesson, mode in enumerate((Mode.LIVE, Mode.RUN, Mode.PAPER)):
            workspace.clock.fixed = NOW + 7 * lesson * MS_PER_DAY
            cards = self.cards[lesson * A_LESSON : (lesson + 1) * A_LESSON]
            record = hold(workspace, f"Lesson {lesson + 1}", "2b", cards, ids, self._answer, mode=mode)
            assert record.settle() > 0
        self.ids = ids

    def _cards(self) -> list[str]:
        """Cards of all decks: three in four are to be picked, the rest typed; those with beliefs among them."""
        index = self.workspace.catalog.index
        rows = [row for deck in sorted(index.decks(), key=lambda row: row.path) for row in index.cards(deck.id)]
        one = [row.key for row in rows if row.shape == Shape.PICK_ONE and self._keyed(row.key)]
        named = [key for key in one if any(option.misconception for option in self._task(key).options)]
        typed = [row.key for row in rows if row.kind == "typed" and row.shape == Shape.TYPE]
        chosen = [*named[:1], *one[:: len(one) // 34][:32], *typed[:: len(typed) // 13][:12]]
        chosen = list(dict.fromkeys(chosen))[: 3 * A_LESSON]
        assert len(chosen) == 3 * A_LESSON
        self.dice.shuffle(chosen)
        return chosen

    def _task(self, card: str) -> PickTask:
        task = self.workspace.card(card).task
        assert isinstance(task, PickTask)
        return task

    def _keyed(self, card: str) -> bool:
        task = self.workspace.card(card).task
        return isinstance(task, PickTask) and len(task.right) == 1

    def _answer(self, who: str, card: str, turn: int, asked: Any) -> Sequence[str] | None:
        if self.dice.random() < 0.04:
            return None
        knows = self.dice.random() < chance(self.strength[who], self.difficulty[card])
        if asked.shape is Shape.TYPE:
            return self.workspace.card(card).task.accepted()[:1] if knows else ("something else",)
        right, *wrong = self._options(card, asked)
        if card == self.hopeless:
            return (option(asked, self.dice.choice([right, *wrong])),)
        if card == self.believed and self.strength[who] < 0:
            return (option(asked, self.belief),) if self.dice.random() < 0.8 else (option(asked, right),)
        return (option(asked, right if knows else self.dice.choice(wrong)),)

    def _options(self, card: str, asked: Any) -> list[int]:
        """The option that the simulated students take for right, then those that they err to."""
        task = self._task(card)
        (right,) = task.right
        wrong = [place for place in asked.layout if place != right]
        wrong.sort()
        if card == self.wrong_key:
            right, wrong = wrong[0], [right, *wrong[1:]]
        if card == self.unpicked:
            wrong = wrong[:-1]
        return [right, *wrong]

    @property
    def belief(self) -> int:
        return next(place for place, one in enumerate(self._task(self.believed).options) if one.misconception)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("class")
    places = Places(folder, shipped_decks(), folder / "progress.db", folder / "index.db")
    with Workspace(places, Clock(Calendar(), NOW)) as workspace:
        yield Simulated(workspace)


@pytest.fixture(scope="module")
def report(simulated: Simulated) -> ClassReport:
    return class_report(simulated.workspace, "2B", names=True)


def ranks(values: Sequence[float]) -> list[int]:
    order = sorted(range(len(values)), key=values.__getitem__)
    return [order.index(place) for place in range(len(values))]


def spearman(xs: Sequence[float], ys: Sequence[float]) -> float:
    """The rank correlation, by the sum of squared differences."""
    n = len(xs)
    return 1 - 6 * sum((a - b) ** 2 for a, b in zip(ranks(xs), ranks(ys), strict=True)) / (n * (n * n - 1))


def test_strength_is_as_it_was_made(simulated: Simulated, report: ClassReport) -> None:
    placed = {one.student: one.strength for one in report.standings}
    assert len(placed) == STUDENTS
    names = {f"Student {place:02}": who for place, who in enumerate(simulated.ids)}
    pairs = [(simulated.strength[names[name]], measure) for name, measure in placed.items() if measure]
    assert len(pairs) == STUDENTS
    assert spearman([true for true, _found in pairs], [found.value for _true, found in pairs]) > 0.8
    middle = sum(found.value - true for true, found in pairs) / STUDENTS
    inside = [found.interval.low <= true + middle <= found.interval.high for true, found in pairs]
    assert sum(inside) >= 0.8 * STUDENTS


def test_difficulty_is_as_it_was_made(simulated: Simulated, report: ClassReport) -> None:
    odd = {simulated.wrong_key, simulated.hopeless, simulated.believed}
    pairs = [
        (simulated.difficulty[one.item.card], one.difficulty.value)
        for one in report.items
        if one.difficulty and one.item.card not in odd
    ]
    assert len(pairs) > 30
    assert spearman([true for true, _found in pairs], [found for _true, found in pairs]) > 0.8


def codes(report: ClassReport, card: str) -> list[str]:
    (found,) = (one for one in report.items if one.item.card == card)
    return [remark.code for remark in found.remarks]


def test_the_wrong_key_is_named_and_no_other(simulated: Simulated, report: ClassReport) -> None:
    assert [one.item.card for one in report.items if "wrong-key" in codes(report, one.item.card)] == [
        simulated.wrong_key
    ]
    (found,) = (one for one in report.items if one.item.card == simulated.wrong_key)
    (remark,) = (remark for remark in found.remarks if remark.code == "wrong-key")
    taken = min(set(found.options.keyed.options) - found.options.keyed.right)
    assert remark.options == (taken,)
    assert f"“{found.options.texts[taken]}”" in sentence(remark, found.options.texts)
    doubted = [one.item.card for one in report.items if "negative-discrimination" in codes(report, one.item.card)]
    assert doubted == []


def test_what_nobody_can_do_is_told_from_guessing(simulated: Simulated, report: ClassReport) -> None:
    (found,) = (one for one in report.items if one.item.card == simulated.hopeless)
    assert found.item.interval is not None
    assert found.item.interval.low <= found.options.keyed.guess <= found.item.interval.high
    assert {"no-better-than-guessing", "poor-discrimination"} & set(codes(report, simulated.hopeless))


def test_a_distractor_that_nobody_takes_is_named(simulated: Simulated, report: ClassReport) -> None:
    (found,) = (one for one in report.items if one.item.card == simulated.unpicked)
    (remark,) = (remark for remark in found.remarks if remark.code == "unpicked-distractor")
    last = max(set(found.options.keyed.options) - found.options.keyed.right)
    assert last in remark.options
    assert found.item.choices.of(last).n == 0


def test_the_belief_is_told_with_those_who_hold_it(simulated: Simulated, report: ClassReport) -> None:
    belief = simulated._task(simulated.believed).options[simulated.belief].misconception
    assert belief is not None
    first = report.beliefs[0]
    assert (first.belief, first.card) == (belief.pick(("en",)), simulated.believed)
    assert len(first.students) >= 10
    weak = {f"Student {place:02}" for place, who in enumerate(simulated.ids) if simulated.strength[who] < 0}
    assert sum(student in weak for student in first.students) >= 0.8 * len(first.students)


def test_help_is_for_the_weak(simulated: Simulated, report: ClassReport) -> None:
    needy = [one.student for one in report.standings if any(need.group == "" for need in one.needs)]
    assert 5 <= len(needy) <= 15
    assert all(int(student.removeprefix("Student ")) < STUDENTS / 2 for student in needy)


def test_lessons_are_reliable_and_told_apart(report: ClassReport) -> None:
    assert [(one.name, one.mode) for one in report.lessons] == [
        ("Lesson 1", "live"),
        ("Lesson 2", "run"),
        ("Lesson 3", "paper"),
    ]
    for lesson in report.lessons:
        trust = lesson.reliability
        assert trust.students + trust.left_out == STUDENTS
        assert trust.alpha is not None
        assert 0.5 < trust.alpha < 0.95
    assert len(report.days) == 3
    for row in report.rows[By.TAG]:
        assert sum(cell.n for cell in row.cells) == row.total.n
    assert report.planned


def test_sources_are_kept_apart_on_request(simulated: Simulated, report: ClassReport) -> None:
    only = class_report(simulated.workspace, "2B", sources=[Source.PAPER])
    assert set(only.sources) == {"paper"}
    assert only.sources["paper"] == report.sources["paper"]
    assert [one.name for one in only.lessons] == ["Lesson 3"]
    assert all(one.student.startswith("S-") for one in only.standings)


def test_each_review_is_counted_once(simulated: Simulated, report: ClassReport) -> None:
    """The answers stand in the drills' records and in the learners' logs: they are the same answers."""
    reviews = sum(1 for _answer in simulated.workspace.store.responses())
    assert sum(report.sources.values()) == reviews
    assert set(report.sources) == {"live", "run", "paper"}
