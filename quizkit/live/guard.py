"""Keeping the door: where a request may come from, and how often anything may be tried."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

LONGEST_MESSAGE = 4096
"""Bytes of a message from a phone."""

PIN_TRIES, PIN_SECONDS = 6, 10.0
"""Wrong PINs from one address at once, and the seconds until it may try once more."""

ALL_PIN_TRIES, ALL_PIN_SECONDS = 60, 1.0
"""The same for all addresses together: a million PINs at one a second outlast any lesson."""

ARRIVALS, ARRIVALS_A_SECOND = 150, 2.5
"""People who come in with the PIN from one address at once, and a second: all of a school may be behind one."""

MESSAGES, MESSAGES_A_SECOND = 30, 8.0
"""Messages of one connection, or of all of one device, at once, and how many a second it may go on with."""

BYTES, BYTES_A_SECOND = MESSAGES * LONGEST_MESSAGE, 8192.0
"""Bytes of one connection at once and a second, of messages and of whatever else may come on a socket."""

ADDRESSES_KEPT = 10_000


class Bucket:
    """So many at once, then one every few seconds."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, most: int, rate: float, now: float) -> None:
        self._most = most
        self._rate = rate
        self._left = float(most)
        self._at = now

    def left(self, now: float) -> float:
        """How many may come now."""
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def take(self, now: float, many: int = 1) -> float:
        """One has come, or several; what is left, below zero when it was too many."""
        left = self.left(now) - many
        self._left = max(left, -2.0 * self._most)
        return left


class Buckets:
    """A bucket for each address."""

    def __init__(self, most: int, rate: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._rate = rate
        self._clock = clock
        self._each: dict[str, Bucket] = {}

    def left(self, address: str) -> float:
        """How many may come from there now."""
        each = self._each.get(address)
        return float(self._most) if each is None else each.left(self._clock())

    def take(self, address: str) -> float:
        """One has come from there; what is left, below zero when it was too many."""
        now = self._clock()
        if address not in self._each:
            if len(self._each) >= ADDRESSES_KEPT:
                self._each.clear()
            self._each[address] = Bucket(self._most, self._rate, now)
        return self._each[address].take(now)


class PinGuard:
    """Counts wrong PINs. A right one costs nothing, so that a class may come all at once."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` counts seconds."""
        self._clock = clock
        self._all = Bucket(ALL_PIN_TRIES, 1 / ALL_PIN_SECONDS, clock())
        self._each = Buckets(PIN_TRIES, 1 / PIN_SECONDS, clock)

    def may_try(self, address: str) -> bool:
        """Whether a PIN from that address is looked at."""
        return self._all.left(self._clock()) >= 1 and self._each.left(address) >= 1

    def wrong(self, address: str) -> None:
        """A wrong PIN came from that address."""
        self._each.take(address)
        self._all.take(self._clock())


def message_bucket(now: float) -> Bucket:
    """The messages that one connection may send."""
    return Bucket(MESSAGES, MESSAGES_A_SECOND, now)


def byte_bucket(now: float) -> Bucket:
    """The bytes that one connection may send."""
    return Bucket(BYTES, BYTES_A_SECOND, now)


def host_allowed(host: str, names: Iterable[str]) -> bool:
    """Whether a Host header names this machine.

    By an address, or by a name of its own: a name that somebody else chose and bent here (DNS rebinding) is refused.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if is_address(name):
        return True
    return name.rstrip(".") in {"localhost", *(known.lower() for known in names)}


def origin_allowed(origin: str | None, host: str) -> bool:
    """Whether a socket was opened by a page of ours. What is no browser sends no Origin, and needs a token anyway."""
    return origin is None or origin.lower() in (f"http://{host}".lower(), f"https://{host}".lower())


def is_address(name: str) -> bool:
    """Whether a host is given by its number."""
    try:
        ipaddress.ip_address(name.split("%", 1)[0])
    except ValueError:
        return False
    return True


def is_this_machine(address: str) -> bool:
    """Whether somebody comes from this very machine."""
    try:
        return ipaddress.ip_address(address.split("%", 1)[0]).is_loopback
    except ValueError:
        return True
