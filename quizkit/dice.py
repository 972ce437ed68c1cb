"""Chance that a seed decides: the same seed gives the same order, on every machine and in every version of Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar
from zlib import adler32, crc32

Item = TypeVar("Item")

_MASK = (1 << 64) - 1


def shuffle(items: Iterable[Item], seed: str) -> list[Item]:
    """The items in an order that only the seed decides (Fisher and Yates's shuffle)."""
    mixed = list(items)
    numbers = _splitmix64(seed)
    for last in range(len(mixed) - 1, 0, -1):
        other = next(numbers) % (last + 1)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def _splitmix64(seed: str) -> Iterator[int]:
    """Numbers of 64 bits (SplitMix64: Steele, Lea and Flood 2014); the standard module loads too slowly for a start."""
    data = seed.encode("utf-8", "surrogatepass")
    state = crc32(data) << 32 | adler32(data)
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _MASK
        yield z ^ (z >> 31)
