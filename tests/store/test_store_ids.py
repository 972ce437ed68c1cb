"""Event ids."""

from __future__ import annotations

import itertools
import uuid

from hypothesis import given
from hypothesis import strategies as st

from quizkit.store.ids import Ids


@given(st.lists(st.integers(-3, 3), max_size=50), st.integers(0, 2**47))
def test_ids_only_grow(steps: list[int], start: int) -> None:
    """Also within one millisecond, and when the clock goes back."""
    moments = itertools.accumulate(itertools.cycle(steps or [0]), initial=start + 200)

    def tick() -> int:
        return next(moments)

    ids = Ids(tick)
    made = [ids.new() for _ in range(len(steps) + 2)]
    assert made == sorted(set(made))


def test_an_id_is_a_uuid_of_version_7() -> None:
    """Other tools can read it: version, variant and time are where RFC 9562 puts them."""
    parsed = uuid.UUID(Ids(lambda: 1_700_000_000_123).new())
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == 1_700_000_000_123


def test_a_standing_clock_never_runs_out_of_ids() -> None:
    """More events in a millisecond than the counter holds borrow from the next one."""
    ids = Ids(lambda: 5, entropy=lambda size: b"\xff" * size)
    made = [ids.new() for _ in range(5000)]
    assert made == sorted(set(made))


def test_two_machines_never_make_the_same_id() -> None:
    """At the same moment they differ in what is random."""
    first, second = Ids(lambda: 5), Ids(lambda: 5)
    assert not {first.new() for _ in range(100)} & {second.new() for _ in range(100)}


def test_ids_go_on_above_those_in_the_log() -> None:
    """A second program in the same millisecond, or after the clock went back, never makes an id below the first's."""
    first = Ids(lambda: 1_000)
    latest = [first.new() for _ in range(5)][-1]
    assert Ids(lambda: 1_000, after=latest).new() > latest
    assert Ids(lambda: 10, after=latest).new() > latest
