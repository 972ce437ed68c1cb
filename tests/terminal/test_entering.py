"""Entering marks at the keyboard: each mark is understood while it is typed."""

from __future__ import annotations

import pytest

from tests.helpers.classes import write_class
from tests.helpers.command import Bench
from tests.helpers.terminal import CTRL_C, CTRL_D, ENTER, Terminal

SHORT = "drill: short\nclass: 2b\nitems:\n  - tea/green-heat/main\n  - tea/plant/main\n  - tea/steps/main\n"


@pytest.fixture
def school(bench: Bench) -> Bench:
    write_class(bench.folder)
    (bench.folder / "short.yaml").write_text(SHORT, "utf-8")
    bench.run("class", "new", "2B")
    bench.run("class", "import", "2B", "roster.csv", "--yes")
    done = bench.run("drill", "print", "--file", "short.yaml", "--variants", "1", "-o", "x.html")
    assert done.code == 0, done.err
    return bench


@pytest.mark.parametrize("columns", [80, 120])
def test_a_class_is_entered_sheet_by_sheet(school: Bench, columns: int) -> None:
    """Enter takes the next; what is almost right is the teacher's to call; a sheet comes back to be corrected."""
    with Terminal(school, "drill", "enter", rows=24, columns=columns) as terminal:
        terminal.wait_for("Student ›", "Enter takes 1 Aoki Mina", "0 of 4 sheets entered")
        terminal.send(ENTER)
        terminal.wait_for("1 Aoki Mina · A ›", "1 a–c", "3 abcd")
        terminal.send("a ")
        terminal.wait_for("1 mark for 3 questions.", "2. What is the botanical name")
        terminal.send('"Camelia sinensis" zz')
        terminal.wait_for("≈", "Question 3: 'zz' is no mark here.", "3 marks for 3 questions.")
        terminal.send(" b c")
        terminal.wait_for("5 marks for 3 questions.")
        terminal.send("\x7f" * 6 + "abcd")
        terminal.wait_until(lambda screen: "no mark here" not in screen and "abcd" in screen, "the mistake gone")
        terminal.send(ENTER)
        terminal.wait_for("is almost “Camellia sinensis”", "y counts as right")
        terminal.send("y")
        terminal.wait_for("(3 new)", "Enter takes 2 Baba Ken", "1 of 4 sheets entered")
        terminal.send("tar")
        terminal.wait_until(lambda screen: "田中" not in screen and "Student › tar" in screen, "nobody of that name")
        terminal.send("\x7f\x7f\x7f田")
        terminal.wait_for("4  田中 太郎 · A")
        terminal.send(ENTER)
        terminal.wait_for("4 田中 太郎 · A ›")
        terminal.send("-1x" + ENTER)
        terminal.wait_for("2 of 4 sheets entered")
        terminal.send(":u" + ENTER)
        terminal.wait_for("Taken back: 田中 太郎", "1 of 4 sheets entered")
        terminal.send("1" + ENTER)
        terminal.wait_for('a "Camelia sinensis" abcd')
        terminal.send(" " + ENTER)
        terminal.wait_for("3 as before")
        terminal.send(":q" + ENTER)
        assert terminal.ended() == 0
        assert "3 reviews in the students' logs." in terminal.screen()


def test_ctrl_c_and_d_lose_nothing(school: Bench) -> None:
    """Ctrl-C leaves a sheet as it was, Ctrl-D ends; what was entered before is kept."""
    with Terminal(school, "drill", "enter", rows=24) as terminal:
        terminal.wait_for("Student ›")
        terminal.send(ENTER)
        terminal.wait_for("Aoki Mina · A ›")
        terminal.send("a b")
        terminal.send(CTRL_C)
        terminal.wait_for("0 of 4 sheets entered")
        terminal.send("2" + ENTER)
        terminal.wait_for("Baba Ken · A ›")
        terminal.send("a 1 1" + ENTER)
        terminal.wait_for("1 of 4 sheets entered")
        terminal.send(CTRL_D)
        assert terminal.ended() == 0
    assert school.run("drill", "enter", "--json", text="2: . 1 .").json["reviews"] == 0
