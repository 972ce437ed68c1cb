"""What a live drill takes in: acts that wait to be logged, the log itself, and what a phone says at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from quizkit.i18n import LANGUAGES, primary
from quizkit.model.drill import Act, ActType, Program

Waiting = tuple[ActType, str, int, Mapping[str, Any]]
Told = Callable[[str], None]
"""Called after the commit, with '' or with what went wrong."""


class Record(Protocol):
    """A drill in the progress file, as the desk needs it."""

    @property
    def id(self) -> str:
        """The drill's id."""

    @property
    def program(self) -> Program:
        """What it asks."""

    def log_many(self, acts: Sequence[Waiting]) -> list[Act]:
        """Commit acts together."""

    def acts(self) -> list[Act]:
        """All acts, first to last."""

    def new_event_id(self) -> str:
        """An id for the review that an answer becomes."""


class Hello(NamedTuple):
    """What a phone says when it wants to come in."""

    pin: str = ""
    name: str = ""
    number: str = ""
    team: str = ""
    lang: str = ""
    token: str = ""


def speaks(lang: object) -> str:
    """One of the interface's languages."""
    found = primary(lang) if isinstance(lang, str) else ""
    return found if found in LANGUAGES else LANGUAGES[0]
