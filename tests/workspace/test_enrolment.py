"""Telling who is who when a roster comes again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizkit.formats.roster import Enrolled
from quizkit.model.drill import Classroom, Student
from quizkit.workspace.classes import plan_enrolment

CELLS = st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", "red"]))
ROSTERS = st.lists(CELLS, max_size=6, unique_by=lambda cells: cells[:2])


def room_of(rows: list[tuple[str, str, str]]) -> Classroom:
    return Classroom("2b", "2B", tuple(Student(f"id{place}", *row) for place, row in enumerate(rows)))


def taken_over(room: Classroom, roster: list[Enrolled]) -> Classroom:
    """The class with a roster taken over, as `enrol` would do it."""
    planned = plan_enrolment(room, roster)
    now = {student.id: student for student in room.students}
    now |= {student.id: Student(student.id, *entry[:3]) for student, entry in planned.changed}
    now |= {f"new{place}": Student(f"new{place}", *entry[:3]) for place, entry in enumerate(planned.added)}
    return Classroom("2b", "2B", tuple(now.values()))


@given(ROSTERS, ROSTERS)
def test_a_roster_taken_over_is_taken_over(
    before: list[tuple[str, str, str]], rows: list[tuple[str, str, str]]
) -> None:
    """Everybody in it is in the class, once; the second time nothing changes; nobody is thrown out."""
    room, roster = room_of(before), [Enrolled(*row) for row in rows]
    after = taken_over(room, roster)
    assert {student.id for student in room.students} <= {student.id for student in after.students}
    known = {(student.name, student.number) for student in after.students}
    assert all(any(entry.name == name and entry.number in ("", n) for name, n in known) for entry in roster)
    planned = plan_enrolment(room, roster)
    assert planned.same + len(planned.changed) + len(planned.added) == len(roster)
    again = plan_enrolment(after, roster)
    assert (again.added, again.changed) == ((), ())


@given(ROSTERS, ROSTERS)
def test_nobody_gets_the_memory_of_somebody_who_is_still_there(
    before: list[tuple[str, str, str]], rows: list[tuple[str, str, str]]
) -> None:
    """Only whose name has gone from the roster can be called otherwise, and only by a name that is new."""
    planned = plan_enrolment(room_of(before), [Enrolled(*row) for row in rows])
    ours, theirs = {row[0] for row in before}, {row[0] for row in rows}
    for student, entry in planned.changed:
        if student.name != entry.name:
            assert student.name not in theirs
            assert entry.name not in ours
            assert student.number == entry.number != ""
