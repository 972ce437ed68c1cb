"""Drills: what a class is asked together, and the acts that make up what happened."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from quizkit.model.text import LocalText


class CardItem(NamedTuple):
    """A card to be asked. `seconds` of 0 means the drill's own; `why` says why it was picked."""

    card: str
    seconds: int = 0
    why: str = ""


class Poll(NamedTuple):
    """A question of opinion: nothing is right, nothing is scored. `media` are files in the folder of the decks."""

    ask: LocalText
    options: tuple[LocalText, ...]
    seconds: int = 0
    media: tuple[str, ...] = ()


class Slide(NamedTuple):
    """Something to read between questions. `media` are files in the folder of the decks."""

    text: LocalText
    media: tuple[str, ...] = ()


Item = CardItem | Poll | Slide


class Scoring(NamedTuple):
    """How answers become points. Correctness comes first: `speed` and `streaks` only add to it."""

    speed: bool = False
    streaks: bool = False


class Program(NamedTuple):
    """What a drill asks, and how. A drill file is one in YAML.

    `classroom` is the id of the class, '' for a drill that anybody may join. `seconds` is the time for a question,
    0 for no limit. `paced` lets everybody go at their own speed, for `minutes` in all. `calm` shows no leaderboard.
    `teams` are the names of the teams, none for single players.
    """

    name: str
    items: tuple[Item, ...]
    classroom: str = ""
    seconds: int = 30
    paced: bool = False
    minutes: int = 0
    calm: bool = False
    teams: tuple[str, ...] = ()
    scoring: Scoring = Scoring()
    seed: str = ""


class Mode(StrEnum):
    """The ways to hold a drill."""

    LIVE = "live"
    RUN = "run"
    PAPER = "paper"


class ActType(StrEnum):
    """What can happen in a drill. An act is accepted before it is logged: refused ones never enter the log.

    Of the three modes; each says in its own module what `data` holds. ANSWER is the same in all:
    `item` (index), `round` (1, or 2 for a second vote), `card` ('' for a poll), `values` (texts as displayed),
    `picked` (author's indices of options, for shapes that have options), `score` (0 to 1, None where nothing is
    judged), `outcome`, `ms`, `lang`, `shape`, and `event` (the id that its review has, or will have, in the log).
    """

    JOIN = "join"
    LEAVE = "leave"
    RENAME = "rename"
    KICK = "kick"
    TEAM = "team"
    LANG = "lang"
    START = "start"
    NEXT = "next"
    CLOSE = "close"
    DISCUSS = "discuss"
    REVOTE = "revote"
    REVEAL = "reveal"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    SKIP = "skip"
    LOCK = "lock"
    UNLOCK = "unlock"
    END = "end"
    ANSWER = "answer"
    CALL = "call"
    HANDS = "hands"
    UNDO = "undo"
    REFUSED = "refused"


class Act(NamedTuple):
    """One line of a drill's log, never changed afterwards. `number` counts from 1; `at` is milliseconds since the
    epoch; `player` is '' for the host.
    """

    number: int
    at: int
    type: ActType
    player: str = ""
    data: Mapping[str, Any] = {}


class Drill(NamedTuple):
    """A drill that is or was held. `settled` says whether all its answers are reviews in the learners' logs."""

    id: str
    mode: Mode
    at: int
    program: Program
    settled: bool = False


class Student(NamedTuple):
    """A member of a class. `id` is the learner's; `number` is what the school calls them, '' for nothing."""

    id: str
    name: str
    number: str = ""
    group: str = ""


class Classroom(NamedTuple):
    """A class and its roster, in the order of their numbers, then of their names."""

    id: str
    name: str
    students: tuple[Student, ...] = ()
