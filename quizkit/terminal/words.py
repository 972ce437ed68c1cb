"""How the interface says outcomes, ratings, stages and intervals."""

from __future__ import annotations

from quizkit.clock import MS_PER_MINUTE
from quizkit.i18n import _, ngettext
from quizkit.model import ClaimType, MemoryState, Outcome, Phase, Rating, Scheduled
from quizkit.study import Stage

SYMBOLS = {Outcome.RIGHT: "✓", Outcome.ALMOST: "≈", Outcome.WRONG: "✗", Outcome.SELF: "•"}
STYLES = {Outcome.RIGHT: "good", Outcome.ALMOST: "warn", Outcome.WRONG: "bad", Outcome.SELF: "accent"}


def outcome_word(outcome: Outcome) -> str:
    """Right, almost, wrong."""
    return {
        Outcome.RIGHT: _("Right"),
        Outcome.ALMOST: _("Almost"),
        Outcome.WRONG: _("Wrong"),
        Outcome.SELF: _("Answer"),
    }[outcome]


def rating_word(rating: Rating) -> str:
    """Again, hard, good, easy."""
    return {
        Rating.AGAIN: _("again"),
        Rating.HARD: _("hard"),
        Rating.GOOD: _("good"),
        Rating.EASY: _("easy"),
    }[rating]


def stage_word(stage: Stage) -> str:
    """New, learning, review."""
    return {Stage.NEW: _("new"), Stage.LEARNING: _("learning"), Stage.REVIEW: _("review")}[stage]


def claim_word(claim_type: str) -> str:
    """What sort of statement: quotation, judgement, prediction, report."""
    return {
        ClaimType.QUOTATION: _("quotation"),
        ClaimType.JUDGEMENT: _("judgement"),
        ClaimType.PREDICTION: _("prediction"),
        ClaimType.REPORT: _("report"),
    }[ClaimType(claim_type)]


def minutes(milliseconds: int) -> str:
    """A stretch of time, to the minute."""
    whole = milliseconds // MS_PER_MINUTE
    return _("< 1 min") if whole < 1 else _("{n} min", n=whole)


def about_minutes(milliseconds: int) -> str:
    """An estimate of time to come."""
    return _("about {n} min", n=max(1, round(milliseconds / MS_PER_MINUTE)))


def stretch(milliseconds: int) -> str:
    """A stretch of time, to the second below ten minutes."""
    seconds = milliseconds // 1000
    if seconds < 600:
        return _("{m}:{s} min", m=seconds // 60, s=f"{seconds % 60:02}")
    return minutes(milliseconds)


def days(n: int) -> str:
    """An interval in days, as people say it."""
    if n < 60:
        return ngettext("{n} day", "{n} days", n)
    if n < 730:
        return _("{n} months", n=round(n / 30.44))
    return _("{n} years", n=round(n / 365.25, 1))


def interval(memory: MemoryState, now: int, today: int) -> str:
    """When a card comes back."""
    if not isinstance(memory, Scheduled):
        return _("new")
    if memory.phase is Phase.REVIEW:
        return days(max(memory.due_day - today, 0))
    return minutes(max(memory.due_at - now, 0))
