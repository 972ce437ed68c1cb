"""Planning a drill at the terminal: the teacher drops and adds."""

from __future__ import annotations

from quizkit.model.drill import CardItem
from quizkit.workspace.drill_file import read_program
from tests.helpers.command import Bench
from tests.helpers.terminal import CTRL_C, DOWN, ENTER, Terminal


def cards(bench: Bench) -> list[str]:
    program = read_program(bench.folder / "drills" / "monday.yaml")
    return [item.card.split("/")[1] for item in program.items if isinstance(item, CardItem)]


def test_the_teacher_drops_and_adds(bench: Bench) -> None:
    """One card goes, another comes; the list is shown again after each change, and kept when it is right."""
    bench.run("class", "new", "2B")
    bench.run("drill", "plan", "2B", "tea", "-n", "4", "--name", "monday")
    first, second, *rest = cards(bench)
    (bench.folder / "drills" / "monday.yaml").unlink()
    with Terminal(bench, "drill", "plan", "2B", "tea", "-n", "4", "--name", "monday") as terminal:
        terminal.wait_for("What now?", "throw it away")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("Which stay?")
        terminal.send(DOWN + " " + ENTER)
        terminal.wait_until(lambda screen: screen.count("throw it away") and "drop some\n   1" in screen, "three left")
        terminal.send(DOWN + DOWN + ENTER)
        terminal.wait_for("A word in the question")
        terminal.send("plant" + ENTER)
        terminal.wait_for("Which?")
        terminal.send(" " + ENTER)
        terminal.wait_until(lambda screen: " 4  What is the botanical" in screen.rpartition("A word")[2], "four again")
        terminal.send(ENTER)
        assert terminal.ended() == 0
        assert "selection" not in terminal.screen()
    assert cards(bench) == [first, *rest, "plant"]
    assert second not in cards(bench)


def test_nothing_is_kept_of_nothing(bench: Bench) -> None:
    """With all dropped there is nothing to keep; Ctrl-C writes nothing."""
    bench.run("class", "new", "2B")
    with Terminal(bench, "drill", "plan", "2B", "tea", "-n", "1", "--name", "monday") as terminal:
        terminal.wait_for("throw it away")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("Which stay?")
        terminal.send(" " + ENTER)
        terminal.wait_until(lambda screen: "keep it" not in screen and "» add some" in screen, "nothing to keep")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0
    assert not (bench.folder / "drills").exists()
