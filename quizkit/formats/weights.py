"""The shares of a mark that Moodle takes (question_bank::fraction_options): anything else is refused."""

from __future__ import annotations

MOODLE_SHARES = (
    "100",
    "90",
    "83.33333",
    "80",
    "75",
    "70",
    "66.66667",
    "60",
    "50",
    "40",
    "33.33333",
    "30",
    "25",
    "20",
    "16.66667",
    "14.28571",
    "12.5",
    "11.11111",
    "10",
    "5",
    "0",
)


def share(parts: int) -> str | None:
    """What each of so many equal parts of a mark is, as Moodle writes it; None where it has no such share."""
    if parts < 1:
        return None
    return next((text for text in MOODLE_SHARES if abs(float(text) - 100 / parts) < 0.00001), None)
