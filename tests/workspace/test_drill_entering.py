"""Taking in the marks of a drill on paper: whose they are, and that they are in the log together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from quizkit.clock import Calendar, Clock
from quizkit.errors import QuizkitError
from quizkit.model.drill import ActType, CardItem, Program
from quizkit.workspace import Workspace
from quizkit.workspace.answered import pooled
from quizkit.workspace.drill_entering import Entering, Taken
from quizkit.workspace.drill_handout import hand_out, keep
from quizkit.workspace.drill_marks_table import enter_table
from quizkit.workspace.drill_paper import code_of
from quizkit.workspace.drill_record import DrillRecord
from quizkit.workspace.places import find_places
from tests.helpers.decks import write_workspace

NOON = 20_000 * 86_400_000 + 12 * 3_600_000
CARDS = (CardItem("tea/green-heat/main"), CardItem("tea/plant/main"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = write_workspace(tmp_path / "work")
    with Workspace(find_places(root), Clock(Calendar(UTC), fixed=NOON)) as opened:
        opened.refresh()
        yield opened


def printed(workspace: Workspace, name: str = "tasting") -> Entering:
    """The marks of a drill that was printed for anybody, in two variants."""
    keep(workspace, hand_out(workspace, Program(name, CARDS, seed="s"), None, 2))
    return Entering(workspace, DrillRecord.find(workspace, name))


def again(workspace: Workspace, entering: Entering) -> Entering:
    """The same drill as another start finds it."""
    return Entering(workspace, DrillRecord.find(workspace, entering.record.id))


def enter(entering: Entering, who: str, line: str, calls: dict[int, bool] | None = None) -> Taken:
    sheet = entering.find(who)
    return entering.take(sheet, entering.read_whole(sheet, line), calls)


class KilledError(Exception):
    """What a kill looks like from within."""


def kill_after_one_commit(entering: Entering, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, commits = entering.record.log_many, []

    def log_many(acts: Sequence[Any]) -> Any:
        if commits:
            raise KilledError
        commits.append(len(acts))
        return kept(acts)

    monkeypatch.setattr(entering.record, "log_many", log_many)


def test_an_answer_is_kept_with_what_the_teacher_decided(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in between would leave an answer that is almost right, and nobody's word on it."""
    entering = printed(workspace)
    number = 1 + entering.handout.variants[0].order.index(1)
    kill_after_one_commit(entering, monkeypatch)
    taken = enter(entering, "Zoe a", f'{number}:"Camelia sinensis" {3 - number}:a', {number: True})
    assert taken == Taken(new=2)
    found = again(workspace, entering)
    assert found.undecided() == 0
    ((_who, item), given) = next(one for one in found.standing().items() if one[1].item == 1)
    assert (item, given.score, given.outcome) == (1, 1.0, "right")
    assert [act.type for act in found.record.acts()].count(ActType.JOIN) == 1
    monkeypatch.undo()
    assert entering.undo() is not None
    assert again(workspace, entering).standing() == {}


def test_a_table_is_in_the_log_whole_or_not_at_all(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be entered again after a kill, and nothing was corrected meanwhile that it would undo."""
    entering, table = printed(workspace), tmp_path / "marks.csv"
    table.write_text("student,variant,q1,q2\nZoe,a,1,0\nYun,b,1,1\nKim,a,0,½\n", "utf-8")
    kill_after_one_commit(entering, monkeypatch)
    assert enter_table(entering, table) == (3, Taken(new=6))
    found = again(workspace, entering)
    assert sorted(sheet.student.name for sheet in found.sheets()) == ["Kim", "Yun", "Zoe"]
    assert enter_table(found, table) == (3, Taken(same=6))


def test_a_code_without_a_name_asks_for_one(workspace: Workspace) -> None:
    """Sheets for anybody bear a code, too; it is nobody's, whoever has been entered."""
    entering = printed(workspace)
    code = code_of(entering.handout, entering.handout.variants[1], 0)
    for _turn in range(2):
        assert entering.matching(code) == []
        for typed in (code, code.lower(), f"{code} b"):
            with pytest.raises(QuizkitError, match="variant B: whose is it") as caught:
                entering.find(typed)
            assert "Mina b" in caught.value.hint
        enter(entering, "Mina b", "1 1")


def test_namesakes_in_two_drills_are_two_people(workspace: Workspace) -> None:
    """A name without a class says who it is within one drill only: questions' figures take them for two."""
    for name in ("monday", "tuesday"):
        entering = printed(workspace, name)
        enter(entering, "Mina a", "1 0")
        assert enter(entering, "mina a", "1 1") == Taken(corrected=1, same=1)
    assert len({one.player for one in pooled(workspace)}) == 2


def test_whoever_was_entered_before_is_the_same_person_still(workspace: Workspace) -> None:
    """In a drill that was begun when guests' ids came of their names alone, too."""
    entering = printed(workspace)
    sheet = entering.find("Zoe a")
    old = sheet._replace(student=sheet.student._replace(id="guest-0123456789ab"))
    entering.take(old, entering.read_whole(old, "1 1"))
    found = again(workspace, entering)
    assert found.find("Zoe a").student == found.find("Zoe").student == old.student
    assert enter(found, "Zoe a", "1 0") == Taken(corrected=1, same=1)
