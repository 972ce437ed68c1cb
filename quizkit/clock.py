"""The time: what moment it is, and which study day that moment belongs to.

A moment is an `int`: milliseconds since 1970-01-01 UTC. A study day is an `int` too: days since 1970-01-01 in the
learner's time zone, where the day begins at the rollover hour and not at midnight, so that a late evening
belongs to the day it feels like.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from quizkit.errors import QuizkitError

MS_PER_MINUTE = 60_000
MS_PER_DAY = 86_400_000
EPOCH = date(1970, 1, 1)
DEFAULT_ROLLOVER_HOUR = 4


def to_ms(moment: datetime) -> int:
    """An aware datetime as milliseconds since the epoch, rounded down."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """Milliseconds since the epoch as a datetime in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)


def date_of(day: int) -> date:
    """The calendar date on which a study day begins."""
    return EPOCH + timedelta(days=day)


class Calendar(NamedTuple):
    """Turns moments into study days and back, in one time zone.

    `zone` is None for the machine's own zone, whose rules (daylight saving included) the system knows.
    """

    zone: tzinfo | None = None
    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    def local(self, ms: int) -> datetime:
        """The moment on the learner's clock."""
        return from_ms(ms).astimezone(self.zone)

    def day_of(self, ms: int) -> int:
        """The study day a moment belongs to.

        Judged by the clock on the wall: with a rollover at 4, 03:59 is still yesterday, also in the nights when
        daylight saving begins or ends.
        """
        local = self.local(ms)
        day = (local.date() - EPOCH).days
        return day - 1 if local.hour < self.rollover_hour else day

    def start_of(self, day: int) -> int:
        """The first moment of a study day."""
        wall = datetime.combine(date_of(day), datetime.min.time()).replace(hour=self.rollover_hour)
        return to_ms(wall.replace(tzinfo=self.zone).astimezone(UTC) if self.zone else wall.astimezone(UTC))


class Clock:
    """Where `now` comes from. Pass `fixed` to stand still at a moment (tests, demos)."""

    def __init__(self, calendar: Calendar | None = None, fixed: int | None = None) -> None:
        self.calendar = calendar or Calendar()
        self.fixed = fixed
        self._started = time.monotonic()

    def now(self) -> int:
        """This moment."""
        return time.time_ns() // 1_000_000 if self.fixed is None else self.fixed

    def today(self) -> int:
        """The study day it is now."""
        return self.calendar.day_of(self.now())

    def stopwatch(self) -> int:
        """Milliseconds since some start, for measuring how long an answer took. Stands still when fixed."""
        return int((time.monotonic() - self._started) * 1000) if self.fixed is None else 0

    def ticks(self) -> int:
        """Milliseconds since some start that nobody can move, also while the machine sleeps. When fixed, the moment."""
        if self.fixed is not None:
            return self.fixed
        if sys.platform == "win32":
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)) // 1_000_000


class SteadyClock(Clock):
    """A clock that only goes on: it begins at another's moment, and setting the machine's time moves it no more.

    It begins no earlier than `since`.
    """

    def __init__(self, clock: Clock, since: int = 0) -> None:
        super().__init__(clock.calendar)
        self._clock = clock
        self._start = max(clock.now(), since) - clock.ticks()

    def now(self) -> int:
        """This moment."""
        return self._start + self._clock.ticks()


def clock_from_environment() -> Clock:
    """The clock the environment asks for.

    `QUIZKIT_NOW` (ISO 8601 with an offset, such as 2026-01-05T09:00+09:00) stops it at a moment, in the zone of
    that offset; `QUIZKIT_TZ` names the learner's zone; `QUIZKIT_ROLLOVER` the hour at which a study day begins.

    Raises QuizkitError when either can't be understood.
    """
    zone: tzinfo | None = None
    rollover_hour = _rollover(os.environ.get("QUIZKIT_ROLLOVER", ""))
    if name := os.environ.get("QUIZKIT_TZ"):
        zone = _zone(name)
    text = os.environ.get("QUIZKIT_NOW")
    if not text:
        return Clock(Calendar(zone, rollover_hour))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise QuizkitError(
            f"QUIZKIT_NOW is {text!r}, which is not a time.", "Write it as 2026-01-05T09:00+09:00."
        ) from None
    if moment.tzinfo is None:
        raise QuizkitError(
            f"QUIZKIT_NOW is {text!r}, which has no UTC offset.", "Add one, as in 2026-01-05T09:00+09:00."
        )
    return Clock(Calendar(zone or moment.tzinfo, rollover_hour), to_ms(moment))


def _rollover(text: str) -> int:
    if not text:
        return DEFAULT_ROLLOVER_HOUR
    if text.isdecimal() and int(text) < 24:
        return int(text)
    raise QuizkitError(f"QUIZKIT_ROLLOVER is {text!r}, which is no hour of the day.", "Write 0 to 23.")


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise QuizkitError(
            f"QUIZKIT_TZ is {name!r}, which is no time zone this machine knows.",
            "Use a name such as Asia/Tokyo.",
        ) from None
