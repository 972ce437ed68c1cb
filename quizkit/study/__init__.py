"""A study session as pure state: what is asked next, and what an answer does to the rest."""

from quizkit.study.session import (
    LEARN_AHEAD_MS,
    Ahead,
    Answered,
    Item,
    Session,
    Stage,
    Summary,
    amended,
    answered,
    dropped,
    removed,
    skipped,
    started,
    summary,
    turn,
    undone,
)

__all__ = [
    "LEARN_AHEAD_MS",
    "Ahead",
    "Answered",
    "Item",
    "Session",
    "Stage",
    "Summary",
    "amended",
    "answered",
    "dropped",
    "removed",
    "skipped",
    "started",
    "summary",
    "turn",
    "undone",
]
