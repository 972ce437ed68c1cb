"""Calling on people: at random, the same with the same seed, and fair to everybody who is here."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.calling import Calls, begin, called, following, left, returned, teams_of

PEOPLE = st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=12, unique=True)
SEEDS = st.text(max_size=4)


def calls_on(calls: Calls, times: int) -> list[str]:
    found = []
    for _ in range(times):
        who = following(calls)
        assert who is not None
        found.append(who)
        calls = called(calls, who)
    return found


@given(PEOPLE, SEEDS, st.integers(1, 4))
def test_nobody_twice_before_all_once(people: list[str], seed: str, rounds: int) -> None:
    """In every round everybody is called, and nobody twice running."""
    found = calls_on(begin(people, seed), rounds * len(people))
    for start in range(0, len(found), len(people)):
        assert sorted(found[start : start + len(people)]) == sorted(people)
    if len(people) > 1:
        assert all(one != other for one, other in pairwise(found))
    assert found == calls_on(begin(people, seed), rounds * len(people))


@given(PEOPLE, SEEDS, st.lists(st.tuples(st.sampled_from("clr"), st.integers(0, 11)), max_size=60))
def test_whoever_is_here_is_called_as_often_as_anybody(
    people: list[str], seed: str, moves: list[tuple[str, int]]
) -> None:
    """Through all comings and goings: who has been here all the while is never more than one call behind another.

    A call that found somebody away is none.
    """
    calls, always, times, last = begin(people, seed), set(people), dict.fromkeys(people, 0), ""
    for move, number in moves:
        who = people[number % len(people)]
        if move == "l":
            calls = left(calls, who)
            always.discard(who)
            times[who] -= who == last
            last = "" if who == last else last
        elif move == "r":
            calls = returned(calls, who)
        elif (chosen := following(calls)) is not None:
            assert chosen not in calls.away
            calls = called(calls, chosen)
            times[chosen] += 1
            last = chosen
            if always:
                assert times[chosen] <= min(times[other] for other in always) + 1
    if not calls.here:
        assert following(calls) is None


def test_a_call_that_found_somebody_away_isnt_theirs() -> None:
    """Whoever is back is called as soon as those who weren't yet; not whoever had answered before they left."""
    calls = called(begin(["a", "b", "c"], "s"), "a")
    assert returned(left(calls, "a"), "a").counts == {"a": 0, "b": 0, "c": 0}
    assert left(left(calls, "a"), "a").counts["a"] == 0
    assert left(calls, "b").counts == calls.counts
    assert returned(left(calls, "a", answered=True), "a").counts["a"] == 1


def test_whoever_comes_back_isnt_called_again_and_again() -> None:
    calls = left(begin(["a", "b", "c"], "s"), "c")
    for _ in range(10):
        calls = called(calls, following(calls) or "")
    calls = returned(calls, "c")
    assert sorted(calls_on(calls, 3)) == ["a", "b", "c"]


def test_those_out_of_the_question_are_left_out() -> None:
    """A question that one couldn't answer goes to somebody else; when all have tried, to nobody."""
    calls = begin(["a", "b"], "s")
    assert following(calls, ["a"]) == "b"
    assert following(calls, ["a", "b"]) is None
    assert following(begin([], "s")) is None


def test_seeds_differ() -> None:
    people = list("abcdefghij")
    assert len({tuple(calls_on(begin(people, str(seed)), 10)) for seed in range(10)}) == 10


@given(PEOPLE, st.lists(st.text("xyz", min_size=1), min_size=1, max_size=5, unique=True))
def test_teams_are_of_equal_size(people: list[str], names: list[str]) -> None:
    sizes = [list(teams_of(people, names, "s").values()).count(name) for name in names]
    assert sum(sizes) == len(people)
    assert max(sizes) - min(sizes) <= 1
    assert teams_of(people, [], "s") == {}
