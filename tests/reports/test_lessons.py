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
            st.sampled_from("123"),
            st.integers(20_000, 20_100),
            st.sampled_from((0, 0.5, 1)),
        ),
        max_size=60,
    )
)
def test_each_counts_once_in_a_cell_and_once_in_all(marks: list[Mark]) -> None:
    """The first answer to each card: in a period, and of all; without the repetitions the rows are the same."""
    when = periods(mark.day for mark in marks)
    rows = over_time(marks, when)
    for row in rows:
        own = [mark for mark in marks if mark.group == row.group]
        first = {(mark.student, mark.card): mark.score for mark in reversed(own)}
        assert row.total == share(first[key] for key in dict.fromkeys((mark.student, mark.card) for mark in own))
        assert (row.total.value is None) == (len(first) < 5)
        for cell, (begin, end) in zip(row.cells, when, strict=True):
            assert cell.n == len({(mark.student, mark.card) for mark in own if begin <= mark.day <= end})
    seen: set[tuple[str, str, str, int]] = set()
    once = [mark for mark in marks if mark[:4] not in seen and not seen.add(mark[:4])]
    assert over_time(once, when) == rows


def marks(student: str, group: str, right: int, wrong: int) -> list[Mark]:
    return [Mark(student, group, f"c{n}", 1, float(n < right)) for n in range(right + wrong)]


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


def test_repeating_a_card_makes_nobody_needier() -> None:
    """Sixty misses of one card are one card that isn't known."""
    class_ = [mark for n in range(20) for mark in marks(f"s{n}", "x", 8, 2)]
    assert needs([*class_, *(Mark("busy", "x", "c0", day, 0.0) for day in range(60))]) == []


def test_what_the_class_does_not_know() -> None:
    rows = over_time([*marks("a", "hard", 5, 25), *marks("a", "fair", 18, 12), *marks("a", "rare", 0, 4)], ())
    assert [row.group for row in unknown(rows)] == ["hard"]


def test_a_share_is_said_with_its_n_and_interval() -> None:
    assert share([1.0] * 9 + [0.0]).said == "90% (60%–98%, n = 10)"
    assert share([1.0] * 4).said == "n = 4"
