"""Moments and study days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.clock import MS_PER_DAY, Calendar, Clock, SteadyClock, clock_from_environment, date_of, from_ms, to_ms
from quizkit.errors import QuizkitError

BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
TOKYO = Calendar(ZoneInfo("Asia/Tokyo"))


def _ms(text: str, zone: str = "Asia/Tokyo") -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def test_the_day_begins_at_the_rollover_hour():
    """Somebody who studies at 1 in the morning is still in yesterday's session."""
    assert date_of(TOKYO.day_of(_ms("2026-01-05T03:59"))) == date(2026, 1, 4)
    assert date_of(TOKYO.day_of(_ms("2026-01-05T04:00"))) == date(2026, 1, 5)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_daylight_saving_moves_no_rollover(night):
    """On the nights the clocks change the day still begins when the wall clock says 4."""
    day = BERLIN.day_of(_ms(f"{night}T04:00", "Europe/Berlin"))
    assert date_of(day).isoformat() == night
    assert BERLIN.day_of(_ms(f"{night}T03:59", "Europe/Berlin")) == day - 1
    assert BERLIN.start_of(day) == _ms(f"{night}T04:00", "Europe/Berlin")


@given(st.integers(0, 30_000), st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]))
def test_a_day_starts_in_itself(day, zone):
    """start_of is the first moment of its day, in every zone and on every date."""
    calendar = Calendar(ZoneInfo(zone))
    start = calendar.start_of(day)
    assert calendar.day_of(start) == day
    assert calendar.day_of(start - 1) == day - 1


@given(st.integers(0, 4_000_000_000_000))
def test_moments_survive_the_round_trip(ms):
    """Milliseconds and datetimes say the same."""
    assert to_ms(from_ms(ms)) == ms


def test_the_environment_sets_the_clock(monkeypatch):
    """QUIZKIT_NOW stops the clock at a moment, in the zone of its offset."""
    monkeypatch.delenv("QUIZKIT_TZ", raising=False)
    monkeypatch.setenv("QUIZKIT_NOW", "2026-01-05T02:00+09:00")
    clock = clock_from_environment()
    assert from_ms(clock.now()) == datetime(2026, 1, 4, 17, tzinfo=UTC)
    assert date_of(clock.today()) == date(2026, 1, 4)
    assert clock.stopwatch() == 0


class Set(Clock):
    """A machine whose time is set, while its ticks go on."""

    wall, ticked = 5_000_000, 70

    def now(self):
        return self.wall

    def ticks(self):
        return self.ticked


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_steady_clock_goes_on_when_the_time_is_set(hours):
    """A timer that runs by it neither stops nor leaps."""
    machine = Set()
    clock = SteadyClock(machine)
    machine.ticked += 1_000
    machine.wall += hours * 3_600_000
    assert clock.now() == 5_001_000
    assert SteadyClock(machine, since=9_900_000).now() == 9_900_000, "what has been must not come again"


def test_ticks_go_on():
    """On any system there is something that counts."""
    clock = Clock()
    assert clock.ticks() <= clock.ticks()


def test_the_environment_names_the_zone(monkeypatch):
    """QUIZKIT_TZ wins over the offset of QUIZKIT_NOW."""
    monkeypatch.setenv("QUIZKIT_NOW", "2026-01-05T02:00+00:00")
    monkeypatch.setenv("QUIZKIT_TZ", "Asia/Tokyo")
    assert date_of(clock_from_environment().today()) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZKIT_ROLLOVER", "25"),
        ("QUIZKIT_NOW", "yesterday"),
        ("QUIZKIT_NOW", "2026-01-05T09:00"),
        ("QUIZKIT_TZ", "Mars/Base"),
    ],
)
def test_a_wrong_clock_is_explained(monkeypatch, name, value):
    """A clock that can't be understood is a user's mistake: message and remedy."""
    monkeypatch.setenv(name, value)
    with pytest.raises(QuizkitError) as caught:
        clock_from_environment()
    assert value in caught.value.message
    assert caught.value.hint


def test_a_free_clock_moves():
    """Without a fixed moment the clock is the machine's, and its day is the calendar's."""
    clock = Clock(Calendar(UTC))
    first = clock.now()
    assert clock.now() >= first > MS_PER_DAY
    assert clock.calendar.day_of(first) <= clock.today()
