"""A class over time, and who needs help with what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizkit.clock import date_of
from quizkit.reports.lessons import Mark, needs, over_time, periods, unknown
from quizkit.reports.shares import share


@given(st.lists(st.integers(15_000, 25_000), max_size=80))
def test_every_day_is_in_one_period(days: list[int]) -> None:
    found = periods(days)
    assert len(found) <= 8
    for day in days:
        assert sum(first <= day <= last for first, last in found) == 1
    for first, last in found:
        if first != last:
            assert date_of(first).weekday() == 0
            assert (last - first + 1) % 7 == 0
    assert [one.first for one in found] == sorted(one.first for one in found)


@given(
    st.lists(
        st.builds(
            Mark,
            st.sampled_from("abc"),
            st.sampled_from("xyz"),
            st.integers(20_000, 20_100),
            st.sampled_from((0, 0.5, 1)),
        ),
        max_size=60,
    )
)
def test_rows_add_up(marks: list[Mark]) -> None:
    when = periods(mark.day for mark in marks)
    rows = over_time(marks, when)
    assert sum(row.total.n for row in rows) == len(marks)
    for row in rows:
        own = [mark.score for mark in marks if mark.group == row.group]
        assert row.total == share(own)
        assert sum(cell.n for cell in row.cells) == len(own)
        assert (row.total.value is None) == (len(own) < 5)


def marks(student: str, group: str, right: int, wrong: int) -> list[Mark]:
    return [Mark(student, group, 1, 1.0)] * right + [Mark(student, group, 1, 0.0)] * wrong


def test_help_is_named_where_all_of_the_interval_is_below() -> None:
    found = needs(
        [
            *(mark for n in range(20) for mark in marks(f"s{n}", "x", 8, 2)),
            *marks("weak", "x", 1, 9),
            *marks("unlucky", "x", 6, 4),
            *marks("seldom", "x", 0, 4),
        ]
    )
    assert [(need.student, need.group, need.own.n) for need in found] == [("weak", "x", 10)]
    assert found[0].everybody.n == 224


def test_what_the_class_does_not_know() -> None:
    rows = over_time([*marks("a", "hard", 5, 25), *marks("a", "fair", 18, 12), *marks("a", "rare", 0, 4)], ())
    assert [row.group for row in unknown(rows)] == ["hard"]


def test_a_share_is_said_with_its_n_and_interval() -> None:
    assert share([1.0] * 9 + [0.0]).said == "90% (60%–98%, n = 10)"
    assert share([1.0] * 4).said == "n = 4"
