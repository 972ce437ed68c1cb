"""Judging a typed date, part by part."""

from __future__ import annotations

from quizkit.answers.date_forms import PartialDate, Reading, readings
from quizkit.answers.text import is_no_answer, no_answer
from quizkit.i18n import N_, Message
from quizkit.model import Outcome, Verdict

_WRONG = {
    "y|": N_("The year isn't right."),
    "m|": N_("The month isn't right."),
    "d|": N_("The day isn't right."),
    "ym|": N_("Neither the year nor the month is right."),
    "yd|": N_("Neither the year nor the day is right."),
    "md|": N_("Neither the month nor the day is right."),
    "ymd|": N_("Neither the year nor the month nor the day is right."),
    "y|m": N_("The month is right, the year isn't."),
    "y|d": N_("The day is right, the year isn't."),
    "y|md": N_("The month and the day are right, the year isn't."),
    "m|y": N_("The year is right, the month isn't."),
    "m|d": N_("The day is right, the month isn't."),
    "m|yd": N_("The year and the day are right, the month isn't."),
    "d|y": N_("The year is right, the day isn't."),
    "d|m": N_("The month is right, the day isn't."),
    "d|ym": N_("The year and the month are right, the day isn't."),
    "ym|d": N_("Only the day is right."),
    "yd|m": N_("Only the month is right."),
    "md|y": N_("Only the year is right."),
}
"""What is to say about wrong parts | right parts."""

_MISSING = {
    "y": N_("The year is missing."),
    "m": N_("The month is missing."),
    "d": N_("The day is missing."),
    "ym": N_("The year and the month are missing."),
    "yd": N_("The year and the day are missing."),
    "md": N_("The month and the day are missing."),
}


def judge_date(given: str, expected: PartialDate) -> Verdict:
    """Judge a typed date at the precision that is asked for.

    More than asked for is right as long as what was asked for is. Less is almost right while it says the year, or
    lacks only that. The score is the share of the asked parts that are right. Where a date can be read in two ways
    (4/10/2024), the better one counts. Never raises.
    """
    if is_no_answer(given):
        return no_answer()
    verdicts = [_judge(reading, expected) for reading in readings(given)]
    if not verdicts:
        return Verdict(
            Outcome.WRONG,
            0.0,
            Message(N_("That isn't a date I can read. Write it like {example}."), {"example": _example(expected)}),
        )
    order = (Outcome.WRONG, Outcome.ALMOST, Outcome.RIGHT)
    return max(verdicts, key=lambda verdict: (order.index(verdict.outcome), verdict.score))


def _example(expected: PartialDate) -> str:
    """A date of the wanted precision that gives nothing away."""
    return "1945" if expected.month is None else "1945-09" if expected.day is None else "1945-09-02"


def _judge(reading: Reading, expected: PartialDate) -> Verdict:
    asked = {"y": expected.year, "m": expected.month, "d": expected.day}
    found = {"y": reading.year, "m": reading.month, "d": reading.day}
    parts = [part for part, value in asked.items() if value is not None]
    right = "".join(part for part in parts if found[part] == asked[part])
    missing = "".join(part for part in parts if found[part] is None)
    wrong = "".join(part for part in parts if part not in right and part not in missing)
    score = len(right) / len(parts)
    if wrong:
        return Verdict(Outcome.WRONG, score, Message(_WRONG[f"{wrong}|{right}"]))
    if not missing:
        return Verdict(Outcome.RIGHT, 1.0, _right_reason(reading, expected))
    if missing not in _MISSING:
        return Verdict(Outcome.WRONG, 0.0, Message(N_("That isn't the part of the date that was asked for.")))
    enough = "y" in right or (missing == "y" and right)
    return Verdict(Outcome.ALMOST if enough else Outcome.WRONG, score, Message(_MISSING[missing]))


def _right_reason(reading: Reading, expected: PartialDate) -> Message:
    if reading.era:
        return Message(N_("That's right: {era} is {year}."), {"era": reading.era, "year": expected.year})
    if reading.short_year:
        return Message(N_("That's right, taking the year for {year}."), {"year": expected.year})
    return Message(N_("That's right."))
