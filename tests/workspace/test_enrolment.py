"""Telling who is who when a roster comes again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizkit.formats.roster import Enrolled
from quizkit.model.drill import Classroom, Student
from quizkit.workspace.enrolment import Known, decided, plan_enrolment, the_only_one

CELLS = st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", "red"]))
ROSTERS = st.lists(CELLS, max_size=6, unique_by=lambda cells: cells[:2])


def room_of(rows: list[tuple[str, str, str]]) -> Classroom:
    return Classroom("2b", "2B", tuple(Student(f"id{place}", *row) for place, row in enumerate(rows)))


def taken_over(room: Classroom, roster: list[Enrolled]) -> Classroom:
    """The class with a roster taken over, as `enrol` would do it."""
    planned = plan_enrolment(room, roster)
    now = {student.id: student for student in room.students}
    now |= {student.id: Student(student.id, *entry[:3]) for student, entry in planned.changed}
    now |= {f"new{place}": Student(f"new{place}", *new.entry[:3]) for place, new in enumerate(planned.added)}
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


def told(roster: list[Enrolled], *before: tuple[str, str, str], known: tuple[Known, ...] = ()) -> list[tuple[str, str]]:
    """The name and number of each line, and whom it is taken for."""
    room = room_of(list(before))
    planned = plan_enrolment(room, roster, known)
    who = [(f"{entry.name} {entry.number}", student.id) for student, entry in planned.changed]
    return who + [(f"{new.entry.name} {new.entry.number}", new.known.id if new.known else "") for new in planned.added]


def test_a_class_numbered_anew_is_the_same_people() -> None:
    """By their names, as far as a name is one person's; of namesakes nobody is taken for another."""
    before = ("Ada", "1", ""), ("Bob", "2", ""), ("Kim", "3", ""), ("Kim", "4", "")
    roster = [Enrolled(name, f"1{number}") for name, number, _group in before]
    assert told(roster, *before) == [("Ada 11", "id0"), ("Bob 12", "id1"), ("Kim 13", ""), ("Kim 14", "")]
    planned = plan_enrolment(room_of(list(before)), roster)
    assert [[one.id for one in new.others] for new in planned.added] == [["id2", "id3"], ["id2", "id3"]]


def test_a_name_in_kanji_is_the_same_with_a_space() -> None:
    roster = [Enrolled("佐藤 花子", "1"), Enrolled("JoAnn", "2")]
    assert told(roster, ("佐藤花子", "1", ""), ("Jo Ann", "", "")) == [("佐藤 花子 1", "id0"), ("JoAnn 2", "")]


def test_nobody_in_another_class_is_taken_for_somebody_with_another_number() -> None:
    """One number, or none on a side, is the same person; so is whoever studied here before joining a class."""
    known = (
        Known("kim", "Kim", (("A1", "3"),)),
        Known("lee", "Lee", (("A1", ""),)),
        Known("mo", "mo"),
        Known("ann", "Ann", (("A1", "7"), ("A2", "8"))),
    )
    roster = [Enrolled("Kim", "17"), Enrolled("Lee", "18"), Enrolled("Mo", "19"), Enrolled("Ann", "8")]
    assert told(roster, known=known) == [("Kim 17", ""), ("Lee 18", "lee"), ("Mo 19", "mo"), ("Ann 8", "ann")]
    two = [Enrolled("Lee", "1"), Enrolled("Lee", "2")]
    assert told(two, known=known) == [("Lee 1", ""), ("Lee 2", "")], "which of them is she?"
    asked = decided(room_of([]), plan_enrolment(room_of([]), two, known), the_only_one)
    assert [new.known for new in asked.added] == [known[1], None], "she is one of them"


def test_the_teachers_word_makes_one_person_of_namesakes() -> None:
    """A member of the class keeps what the roster doesn't say; whoever was named isn't missing any more."""
    room = room_of([("Kim", "1", "red"), ("Kim", "2", "blue")])
    planned = plan_enrolment(room, [Enrolled("Kim", "5")])
    assert [student.number for student in planned.gone] == ["1", "2"]
    after = decided(room, planned, lambda new: new.others[1])
    assert after.changed == ((room.students[1], Enrolled("Kim", "5", "blue")),)
    assert (after.added, after.gone) == ((), room.students[:1])
