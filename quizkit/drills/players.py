"""Players of a live drill, their answers, how names are compared, and why something is refused them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

CODES = (
    "bad-pin",
    "slow-down",
    "name-taken",
    "name-unknown",
    "name-shared",
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
    "unsaved",
)
"""Every reason to refuse something."""


MOST_DEVICES = 3
"""Devices that may be one player at a time."""


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

    `devices` are the numbers of the tokens that let them in, the first device's first, and `epoch` is the newest: being
    sent out ends all of them, and coming in by name adds one. `place` is where they are when everybody goes at their
    own speed; `won` holds the points of each item once they are known.
    """

    __slots__ = (
        "connected",
        "devices",
        "epoch",
        "form",
        "id",
        "kicked",
        "lang",
        "likeness",
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
        self.devices = [0]
        self.points = 0
        self.streak = 0
        self.place = 0
        self.place_since = place_since
        self.won: dict[int, int] = {}

    def call(self, name: str) -> None:
        """Give them that name. `form` is how names are compared, `likeness` how they look."""
        self.name = name
        self.form = folded(name)
        self.likeness = likeness(name)

    def add_device(self) -> None:
        """They have come in by name on another device. The first is kept for good, others give way to newer ones."""
        self.epoch += 1
        first, *others = self.devices
        self.devices = [first, *others[2 - MOST_DEVICES :], self.epoch]

    def end_devices(self) -> None:
        """None of their devices lets them in any more."""
        self.epoch += 1
        self.devices = [self.epoch]

    def state(self) -> dict[str, object]:
        """All there is to know, as plain data."""
        return {name: getattr(self, name) for name in sorted(self.__slots__)}


_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode calls default-ignorable: it is there, and nobody sees it."""

BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters and symbols that look like a space: Hangul fillers, and a braille cell without dots."""

_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜӀаеѕіјорсухүԛԝһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυϲϳıɑɡ",
    "ABESIJKMHOPCTYXYQWIaesijopcyxyqwhdlABEZHIKMNOPTYXayikvopucjiag",
)
"""Letters of Cyrillic, Greek and phonetic writing, and the Latin ones they look like."""


def visible(text: str) -> str:
    """The text without what nobody sees; what only looks like a space is one."""
    return BLANK.sub(" ", _UNSEEN.sub("", text))


def folded(name: str) -> str:
    """A name for comparing: case, width, spaces and what nobody sees don't tell people apart."""
    return " ".join(unicodedata.normalize("NFKC", visible(name)).casefold().split())


def likeness(name: str) -> str:
    """What a name looks like on the wall, whatever alphabet its letters are of: the same for names that look alike."""
    return folded(unicodedata.normalize("NFKD", visible(name)).translate(_LOOK_ALIKES))
