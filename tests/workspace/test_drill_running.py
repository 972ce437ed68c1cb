"""A drill aloud: calling, marking, hands, undo; each act on the disk before it is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizkit.clock import Calendar, Clock
from quizkit.drills.floor import floor_of
from quizkit.errors import QuizkitError
from quizkit.formats.roster import Enrolled
from quizkit.model import BLANK, LocalText, Outcome
from quizkit.model.drill import ActType, CardItem, Classroom, Poll, Program, Slide
from quizkit.workspace import Workspace
from quizkit.workspace.answered import pooled
from quizkit.workspace.classes import classroom, new_class
from quizkit.workspace.drill_beginning import BY_GROUP, begin_run, resume_run
from quizkit.workspace.drill_record import DrillRecord, drills
from quizkit.workspace.drill_running import Running
from quizkit.workspace.enrolment import enrol, plan_enrolment
from quizkit.workspace.places import find_places
from tests.helpers.decks import write_workspace

NOON = 20_000 * 86_400_000 + 12 * 3_600_000
PICK, TYPE, OPEN = "tea/green-heat/main", "tea/plant/main", "tea/hosting/main"
POLL = Poll(LocalText({"en": "Tea?"}), (LocalText({"en": "yes"}), LocalText({"en": "no"})))
PROGRAM = Program("floor", (CardItem(PICK), CardItem(TYPE, 45), POLL, Slide(LocalText.plain("Drink.")), CardItem(OPEN)))
NAMES = ("Aoki", "Baba", "Choi", "Doi", "Endo")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = write_workspace(tmp_path / "work")
    with Workspace(find_places(root), Clock(Calendar(UTC), fixed=NOON)) as opened:
        opened.refresh()
        yield opened


@pytest.fixture
def room(workspace: Workspace) -> Classroom:
    made = new_class(workspace, "2B")
    students = [Enrolled(name, str(n), "red" if n % 2 else "blue") for n, name in enumerate(NAMES, 1)]
    enrol(workspace, made, plan_enrolment(made, students))
    return classroom(workspace, "2B")


def begin(workspace: Workspace, room: Classroom | None, teams: str = "", program: Program = PROGRAM) -> Running:
    return begin_run(workspace, program._replace(classroom=room.id if room else "", seed="s"), room, teams)


def called(running: Running) -> str:
    student = running.view().called
    return student.name if student else ""


def test_a_question_goes_from_one_to_another_until_it_is_right(workspace: Workspace, room: Classroom) -> None:
    """Nobody is asked twice on one question; the answer is shown once it is right, and the next question follows."""
    running = begin(workspace, room)
    first = called(running)
    running.mark(Outcome.WRONG)
    assert running.view().judged is None
    running.call_another()
    second = called(running)
    running.picks(running.view().question.options.index("lukewarm") + 1)  # type: ignore[union-attr]
    view = running.view()
    assert view.said == ((first, 0.0), (second, 1.0))
    assert view.settled
    assert view.judged is not None
    assert view.judged.solution.lines[0] == "lukewarm"
    with pytest.raises(QuizkitError, match="nobody can be asked any more"):
        running.call_another()
    running.go_on()
    assert (running.view().number, running.view().seconds) == (2, 45)
    assert called(running) not in (first, second)
    assert next((score.name, score.points) for score in running.scores()) == (second, 1.0)


def test_what_is_skipped_counts_for_nobody(workspace: Workspace, room: Classroom) -> None:
    """Not as points, nor in a memory that has it already; taken back, it counts again."""
    running = begin(workspace, room)
    who = running.floor.called
    running.mark(Outcome.ALMOST)
    assert running.record.settle() == 1
    running.skip()
    assert not any(score.answers for score in running.scores())
    assert not drills(workspace)[0].settled
    running.record.settle()
    assert workspace.store.state(who, PICK) == BLANK
    assert pooled(workspace) == []
    assert running.undo()
    assert [(score.points, score.answers) for score in running.scores() if score.answers] == [(0.5, 1)]


def test_everybody_is_called_once_before_anybody_twice(workspace: Workspace, room: Classroom) -> None:
    program = PROGRAM._replace(items=(CardItem(PICK), CardItem(TYPE), CardItem(OPEN)) * 5)
    running = begin(workspace, room, program=program)
    order = []
    for _ in range(15):
        order.append(called(running))
        running.mark(Outcome.RIGHT)
        running.go_on()
    assert [sorted(order[start : start + 5]) for start in (0, 5, 10)] == [sorted(NAMES)] * 3
    assert running.view().ended
    assert running.record.settle() == 15


def test_whoever_is_away_is_passed_over(workspace: Workspace, room: Classroom) -> None:
    running = begin(workspace, room)
    away = called(running)
    running.is_away()
    assert called(running) not in ("", away)
    assert [student.name for student in running.absent()] == [away]
    for _ in range(4):
        running.is_away()
    assert called(running) == ""
    with pytest.raises(QuizkitError, match="has been asked"):
        running.call_another()
    running.is_back()
    running.call_another()
    assert called(running)


def test_a_call_that_found_somebody_away_counts_for_nobody(workspace: Workspace, room: Classroom) -> None:
    """Once they are back they are called before their mates are called twice; nor has their team had its turn."""
    running = begin(workspace, room, BY_GROUP, PROGRAM._replace(items=(CardItem(PICK),) * 8))
    away = called(running)
    running.is_away()
    assert sum(running.floor.teams.counts.values()) == 1
    running.is_back()
    order = []
    while not running.view().ended:
        order.append(called(running))
        running.mark(Outcome.RIGHT)
        running.go_on()
    assert away in order[: 2 * 3], "three of their team take turns with the other"
    assert sorted(running.floor.teams.counts.values()) == [4, 4]


def test_two_of_one_name_have_a_line_each(workspace: Workspace) -> None:
    """Their points are their own, and whose turn it is can be told."""
    made = new_class(workspace, "2B")
    enrol(workspace, made, plan_enrolment(made, [Enrolled("Mina", "1", ""), Enrolled("Mina", "2", "")]))
    running = begin(workspace, classroom(workspace, "2B"))
    first = called(running)
    running.mark(Outcome.WRONG)
    running.call_another()
    running.mark(Outcome.RIGHT)
    named = [f"Mina ({student.id})" for student in classroom(workspace, "2B").students]
    assert first in named
    assert {score.name: (score.points, score.answers) for score in running.scores()} == {
        name: (float(name != first), 1) for name in named
    }
    assert {name for name, _score in running.view().said} == set(named)


def test_each_step_is_taken_back(workspace: Workspace, room: Classroom) -> None:
    """Back to the first question as it was put, and the same calls come again."""
    running = begin(workspace, room)
    views = [running.view()]
    steps = (
        lambda: running.mark(Outcome.ALMOST),
        running.call_another,
        lambda: running.raise_hands([1, 2, 3]),
        running.discuss,
        running.go_on,
        running.go_on,
        lambda: running.mark(Outcome.RIGHT),
    )
    for step in steps:
        step()
        views.append(running.view())
    for view in reversed(views[:-1]):
        assert running.undo()
        assert running.view() == view
    assert not running.undo()
    assert running.record.settle() == 0


def test_hands_are_counted_before_and_after_discussing(workspace: Workspace, room: Classroom) -> None:
    """By the author's option, whatever the layout; which is right shows only with the answer."""
    running = begin(workspace, room)
    options = running.view().question.options  # type: ignore[union-attr]
    with pytest.raises(QuizkitError, match="Count hands first"):
        running.discuss()
    with pytest.raises(QuizkitError, match="3 numbers"):
        running.raise_hands([1])
    with pytest.raises(QuizkitError, match="There are only 5 students"):
        running.raise_hands([6, 0, 0])
    running.raise_hands([3 if option == "lukewarm" else 1 for option in options])
    assert not running.view().right
    running.discuss()
    running.raise_hands([{"lukewarm": 4, "boiling": 1}.get(option, 0) for option in options])
    running.go_on()
    view = running.view()
    assert [(hand.text, hand.n) for place, hand in enumerate(view.hands) if place in view.right] == [("lukewarm", 4)]
    assert (view.share, view.gain) == (0.8, pytest.approx(0.5))
    hands = [act.data for act in running.record.acts() if act.type is ActType.HANDS]
    assert [(one["round"], one["counts"]["0"]) for one in hands] == [(1, 3), (2, 4)]


def test_polls_and_slides_call_nobody(workspace: Workspace, room: Classroom) -> None:
    running = begin(workspace, room)
    running.skip()
    running.skip()
    view = running.view()
    assert (view.poll, view.called, view.judged) == (True, None, None)
    with pytest.raises(QuizkitError, match="Nobody was called"):
        running.mark(Outcome.RIGHT)
    running.raise_hands([3, 2])
    assert running.view().settled
    running.go_on()
    assert running.view().slide == "Drink."
    with pytest.raises(QuizkitError, match="Nothing is asked"):
        running.call_another()
    running.go_on()
    assert called(running)
    running.mark(Outcome.ALMOST)
    running.end()
    assert running.record.settle() == 1


@pytest.mark.parametrize(("teams", "names"), [("red, green", {"red", "green"}), ("2", {"Team A", "Team B"})])
def test_teams_take_turns(workspace: Workspace, room: Classroom, teams: str, names: set[str]) -> None:
    program = PROGRAM._replace(items=(CardItem(PICK),) * 6)
    running = begin(workspace, room, teams, program)
    turns = []
    for _ in range(6):
        turns.append(running.view().team)
        running.mark(Outcome.RIGHT)
        running.go_on()
    assert set(turns) == names
    assert all(one != other for one, other in itertools.pairwise(turns))
    assert {(score.name, score.points) for score in running.team_scores()} == {(name, 3.0) for name in names}


def test_teams_are_the_groups_of_the_roster(workspace: Workspace, room: Classroom) -> None:
    running = begin(workspace, room, BY_GROUP)
    groups = {student.id: student.group for student in room.students}
    assert dict(running.floor.team_of) == groups


def test_a_drill_that_broke_off_goes_on(workspace: Workspace, room: Classroom) -> None:
    running = begin(workspace, room, "2")
    running.mark(Outcome.WRONG)
    running.call_another()
    again = resume_run(workspace)
    assert again.view() == running.view()
    again.end()
    with pytest.raises(QuizkitError, match="no drill to go on with"):
        resume_run(workspace)
    with pytest.raises(QuizkitError, match="is over"):
        resume_run(workspace, "floor")


def test_a_deck_is_drilled_without_a_class(workspace: Workspace) -> None:
    """Nobody is called; hands are counted all the same."""
    running = begin(workspace, None)
    assert called(running) == ""
    running.raise_hands([1, 2, 3])
    running.go_on()
    assert running.view().share is not None


def test_nobody_can_be_drilled_in_an_empty_class(workspace: Workspace) -> None:
    with pytest.raises(QuizkitError, match="Nobody is in 3C yet"):
        begin(workspace, new_class(workspace, "3C"))


ACTIONS = ("go_on", "skip", "call_another", "is_away", "is_back", "discuss", "undo", "right", "wrong", "hands", "pick")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ACTIONS), max_size=40))
def test_any_keys_in_any_order(workspace: Workspace, room: Classroom, actions: list[str]) -> None:
    """The log leads to what is on the screen; the answers that stand are the points; nobody away is called."""
    running, refused = begin(workspace, room), 0
    for action in actions:
        try:
            match action:
                case "right" | "wrong":
                    running.mark(Outcome(action))
                case "hands":
                    running.raise_hands([2, 1, 0])
                case "pick":
                    running.picks(2)
                case _:
                    getattr(running, action)()
        except QuizkitError:
            refused += 1
        floor = running.floor
        assert floor.called not in floor.people.away
        view = running.view()
        assert 1 <= view.number <= view.of
        assert not (view.judged and not view.settled)
    assert refused <= len(actions)
    kept = DrillRecord.find(workspace, running.record.id)
    assert floor_of(kept.acts(), "s") == running.floor
    assert running.record.settle() == sum(score.answers for score in running.scores())
    assert running.record.settle() == 0
