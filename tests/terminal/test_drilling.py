"""A drill on one screen: what each key does, what it looks like at each size, and the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from quizkit.clock import Calendar, Clock
from quizkit.columns import width
from quizkit.formats.roster import Enrolled
from quizkit.model import Shape
from quizkit.model.drill import CardItem, Program
from quizkit.terminal.countdown import Countdown, Tally
from quizkit.terminal.digits import HEIGHT, large
from quizkit.terminal.draw import Page
from quizkit.terminal.drilling import Stage
from quizkit.terminal.style import Style
from quizkit.workspace import Workspace
from quizkit.workspace.classes import classroom, new_class
from quizkit.workspace.drill_beginning import begin_run
from quizkit.workspace.enrolment import enrol, plan_enrolment
from quizkit.workspace.places import find_places
from tests.helpers.classes import CARDS
from tests.helpers.command import Bench
from tests.helpers.decks import write_workspace
from tests.helpers.terminal import CTRL_C, ENTER, Terminal

PROGRAM = Program("tasting", tuple(CardItem(f"tea/{name}/main") for name in CARDS), seconds=20, seed="s")
NOON = 20_000 * 86_400_000 + 12 * 3_600_000


class Watch:
    """A stopwatch that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.fixture(params=["en", "ja"])
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    root = write_workspace(tmp_path / "work")
    with Workspace(find_places(root), Clock(Calendar(UTC), fixed=NOON), (request.param, "en")) as opened:
        opened.refresh()
        room = new_class(opened, "2B")
        students = [Enrolled(name) for name in ("Aoki Mina", "Baba Ken", "田中 太郎")]
        enrol(opened, room, plan_enrolment(room, students))
        yield opened


def stage_of(workspace: Workspace, watch: Watch) -> Stage:
    room = classroom(workspace, "2B")
    return Stage(begin_run(workspace, PROGRAM._replace(classroom=room.id), room), watch)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (40, 16), (20, 8)])
def test_every_screen_fits(workspace: Workspace, columns: int, rows: int) -> None:
    """Through a whole drill, with answers, hands, help and scores: as many lines as rows, none too wide."""
    stage, page = stage_of(workspace, Watch()), Page(columns, Style(False))
    keys = [*"?xbxh2", "enter", "3", "enter", "enter", *"wcrd", "enter", *["enter"] * 2 * len(CARDS)]
    for key in keys:
        drawn = stage.lines(page, rows)
        assert len(drawn) == rows
        assert max(map(width, drawn)) <= columns
        if rows >= 24 and key in "wc" and stage.view.called:
            assert stage.view.called.name in "\n".join(drawn)
        stage.press(key)
    assert stage.over
    assert not stage.press("enter")


def test_the_answer_is_nowhere_before_it_is_shown(workspace: Workspace) -> None:
    stage, page = stage_of(workspace, Watch()), Page(80, Style(False))
    explain = {"en": "Low heat keeps it sweet.", "ja": "低い温度で甘みが残ります。"}[workspace.langs[0]]
    for key in ("w", "c", "h", "1", "enter", "2", "enter", "3", "enter"):
        stage.press(key)
        assert explain not in "\n".join(stage.lines(page, 24))
        assert "✓" not in "\n".join(stage.lines(page, 24))
    stage.press("enter")
    drawn = "\n".join(stage.lines(page, 40))
    assert explain in drawn
    assert "✓" in drawn


def test_the_right_letters_are_marked_and_the_answer_is_a_block(workspace: Workspace) -> None:
    """Of one right option or several; the lines of an answer begin below each other."""
    stage, page = stage_of(workspace, Watch()), Page(80, Style(False))
    marked, blocks = [], []
    for _name in CARDS:
        stage.press("enter")
        assert stage.view.question is not None
        assert stage.view.judged is not None
        drawn = stage.lines(page, 60)
        if stage.view.question.shape in (Shape.PICK_ONE, Shape.PICK_MANY):
            marked.append((len(stage.view.right), sum("✓ " in line and ". " in line for line in drawn)))
        (arrow,) = [number for number, line in enumerate(drawn) if "→ " in line]
        count = len(stage.view.judged.solution.lines)
        blocks.append({len(line) - len(line.lstrip("→ ")) for line in drawn[arrow : arrow + count]})
        stage.press("enter")
    assert {right for right, _seen in marked} == {1, 2}
    assert all(right == seen for right, seen in marked)
    assert {len(starts) for starts in blocks} == {1}


def test_a_number_picks_nothing_where_several_are_right(workspace: Workspace) -> None:
    """It is said what to press instead."""
    stage = stage_of(workspace, Watch())
    while stage.view.question is None or stage.view.question.shape is not Shape.PICK_MANY:
        stage.press("s")
    stage.press("1")
    assert "r, a or w" in stage.notice or "r、a、w" in stage.notice
    assert {score for _name, score in stage.view.said} == {None}


def test_no_more_hands_than_students(workspace: Workspace) -> None:
    """What was typed stays, to be corrected."""
    stage, page = stage_of(workspace, Watch()), Page(80, Style(False))
    for key in (*"h13", "enter", "enter", "enter"):
        stage.press(key)
    assert "3" in stage.notice
    assert "❯ A." in "\n".join(stage.lines(page, 24))
    assert stage.view.hands == ()
    for key in ("back", *["enter"] * 3):
        stage.press(key)
    assert [hand.n for hand in stage.view.hands] == [1, 0, 0]


def test_the_clock_runs_for_whoever_is_called(workspace: Workspace) -> None:
    """It stands still while it is held and once there is an answer; it begins anew with the next call."""
    watch = Watch()
    stage, page = stage_of(workspace, watch), Page(80, Style(False))
    assert "0:20" in stage.lines(page, 24)[0]
    assert any("██" in line for line in stage.lines(page, 24))
    watch.ms = 15_200
    assert "0:05" in stage.lines(page, 24)[0]
    stage.press("p")
    watch.ms = 30_000
    assert "0:05" in stage.lines(page, 24)[0]
    assert stage.countdown.until_change() is None
    stage.press("p")
    watch.ms = 36_000
    assert stage.countdown.left() == 0
    stage.press("+")
    assert "0:30" in stage.lines(page, 24)[0]
    stage.press("w")
    assert stage.countdown.left() is None
    stage.press("c")
    assert "0:20" in stage.lines(page, 24)[0]
    stage.press("enter")
    assert stage.countdown.left() is None


def test_a_countdown_wakes_when_its_number_changes() -> None:
    """Once a second, and never when it is over: nothing polls."""
    watch = Watch()
    countdown = Countdown(watch)
    assert countdown.until_change() is None
    countdown.start(3)
    shown = []
    while (pause := countdown.until_change()) is not None:
        shown.append(-(-(countdown.left() or 0) // 1000))
        watch.ms += round(pause * 1000)
    assert shown == [3, 2, 1]
    assert countdown.left() == 0
    countdown.start(0)
    assert countdown.left() is None


def test_hands_are_typed_option_by_option() -> None:
    tally = Tally(("a", "b", "c"))
    for key in ("1", "2", "enter", "７", "back", "back", "3", "enter", "space"):
        assert tally.press(key) is None
    assert tally.press("4") is None
    assert tally.press("enter") == [13, 0, 4]
    assert Tally(("a",)).press("q") == ()


def test_digits_are_large() -> None:
    assert [len(large(digit)) for digit in "0123456789:"] == [HEIGHT] * 11
    assert len({tuple(large(digit)) for digit in "0123456789"}) == 10
    assert len({len(line) for line in large("12:34")}) == 1


# In a terminal

DRILL = "drill: aloud\nclass: 2b\nseconds: 60\nseed: s\nitems:\n  - tea/green-heat/main\n  - tea/plant/main\n"


@pytest.fixture
def school(bench: Bench) -> Bench:
    (bench.folder / "roster.csv").write_text("name\nAoki Mina\nBaba Ken\nChoi Jisoo\n", "utf-8")
    (bench.folder / "aloud.yaml").write_text(DRILL, "utf-8")
    assert bench.run("class", "new", "2B").code == 0
    assert bench.run("class", "import", "2B", "roster.csv", "--yes").code == 0
    return bench


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_drill_is_held(school: Bench, columns: int, rows: int) -> None:
    """Wrong, called on, right; counted hands; the answer; to the end, and into the students' logs."""
    with Terminal(school, "drill", "run", "--file", "aloud.yaml", columns=columns, rows=rows) as terminal:
        terminal.wait_for("1 of 2 · 1:00", "▶", "How hot should the water", "██", "r right")
        terminal.send("w")
        terminal.wait_for("✗")
        terminal.send("c")
        terminal.wait_for("1:00")
        terminal.send("h")
        terminal.wait_for("How many hands for each?")
        terminal.send("3" + ENTER + "2" + ENTER + "2" + ENTER)
        terminal.wait_for("━", " 3")
        terminal.send("r")
        terminal.wait_for("→ lukewarm", "Low heat keeps it sweet.", "right:", "Enter next")
        terminal.send(ENTER)
        terminal.wait_for("2 of 2", "botanical name")
        terminal.send("a")
        terminal.wait_for("≈")
        terminal.send(ENTER)
        terminal.wait_for("Camellia sinensis")
        terminal.send(ENTER)
        terminal.wait_for("The drill is over.", "1/1", "0.5/1", "0/1")
        terminal.send(ENTER)
        assert terminal.ended() == 0
        assert "3 reviews in the students' logs." in terminal.screen()


def test_a_kill_loses_nothing(school: Bench) -> None:
    """What was marked is there again with `--resume`, at the same question and the same student."""
    with Terminal(school, "drill", "run", "--file", "aloud.yaml", rows=24) as terminal:
        terminal.wait_for("1 of 2", "▶")
        terminal.send("w")
        terminal.wait_for("✗")
        terminal.send("c")
        screen = terminal.wait_for("✗", "1:00")
        named = [line.strip() for line in screen.splitlines() if "▶" in line or "✗" in line]
    with Terminal(school, "drill", "run", "--resume", rows=24) as terminal:
        screen = terminal.wait_for("1 of 2", "▶")
        assert [line.strip() for line in screen.splitlines() if "▶" in line or "✗" in line] == named
        terminal.send("u")
        terminal.wait_for("Taken back.")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0
        assert "quizkit drill run --resume" in terminal.screen()


def test_a_drill_is_held_through_a_pipe(school: Bench) -> None:
    """Line by line, in words or keys."""
    done = school.run(
        "drill", "run", "2B", "--file", "aloud.yaml", text="wrong\ncall\nhands 3 2 1\nright\n\nnope\n2\n\n\n"
    )
    assert done.code == 0, done.err
    assert "Nothing can be picked here." in done.out
    assert "A 3 · B 2 · C 1 (6 hands)" in done.out
    assert "→ Camellia sinensis" in done.out
    assert "The drill is over." in done.out
    assert "\x1b" not in done.out
    assert "2 reviews in the students' logs." in done.out
    left = school.run("drill", "run", "2B", "--cards", "2", "--teams", "groups", text="b\n?\nq\n")
    assert "Go on with it: quizkit drill run --resume" in left.out


@pytest.mark.parametrize(
    ("args", "message"),
    [([], "Which class?"), (["2C"], "2C is neither a class nor a deck."), (["--resume"], "no drill to go on with")],
)
def test_mistakes_are_named(school: Bench, args: list[str], message: str) -> None:
    done = school.run("drill", "run", *args)
    assert done.code == 1
    assert message in done.err
