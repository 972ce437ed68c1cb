"""Players of a live drill, their answers, and why something is refused them."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

CODES = (
    "bad-pin",
    "slow-down",
    "name-taken",
    "name-unknown",
    "name-filtered",
    "locked",
    "closed-question",
    "late",
    "double",
    "forged",
    "bad-message",
    "no-host",
    "kicked",
    "full",
)
"""Every reason to refuse something."""


class Refusal(Exception):  # noqa: N818 - nothing has gone wrong: somebody was told no
    """An act that isn't accepted. `code` is one of CODES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Answer(NamedTuple):
    """An answer that was accepted. `score` is None where nothing is judged."""

    values: tuple[str, ...]
    picked: tuple[int, ...]
    score: float | None
    outcome: str
    milliseconds: int
    lang: str


class Player:
    """Somebody in the room.

    `epoch` counts how often they were sent out: what let them in before lets them in no more. `place` is where they
    are when everybody goes at their own speed; `won` holds the points of each item once they are known.
    """

    __slots__ = (
        "connected",
        "epoch",
        "form",
        "id",
        "kicked",
        "lang",
        "name",
        "number",
        "place",
        "place_since",
        "points",
        "streak",
        "team",
        "won",
    )

    def __init__(self, id_: str, name: str, number: str = "", *, place_since: int = 0) -> None:
        self.id = id_
        self.call(name)
        self.number = number
        self.team = ""
        self.lang = ""
        self.connected = False
        self.kicked = False
        self.epoch = 0
        self.points = 0
        self.streak = 0
        self.place = 0
        self.place_since = place_since
        self.won: dict[int, int] = {}

    def call(self, name: str) -> None:
        """Give them that name. `form` is how names are compared."""
        self.name = name
        self.form = folded(name)

    def state(self) -> dict[str, object]:
        """All there is to know, as plain data."""
        return {name: getattr(self, name) for name in sorted(self.__slots__)}


def folded(name: str) -> str:
    """A name for comparing: case, width and spaces don't tell people apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
