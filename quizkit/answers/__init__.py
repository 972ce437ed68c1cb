"""Judging responses: what the learner gave against what is right, fairly and with a reason.

Every judge returns a Verdict whose score is 1 exactly when it is right, and never raises, whatever was typed. A judge
is imported when it is first asked for: a session of typed answers reads no dates.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "PartialDate",
    "guessed_score",
    "is_no_answer",
    "judge_date",
    "judge_number",
    "judge_order",
    "judge_pairs",
    "judge_picks",
    "judge_set",
    "judge_text",
    "normalise",
    "parse_number",
    "split_entries",
]

if TYPE_CHECKING:
    from quizkit.answers.choices import guessed_score, judge_order, judge_pairs, judge_picks
    from quizkit.answers.date import judge_date
    from quizkit.answers.date_forms import PartialDate
    from quizkit.answers.entries import split_entries
    from quizkit.answers.folding import normalise
    from quizkit.answers.number import judge_number, parse_number
    from quizkit.answers.sets import judge_set
    from quizkit.answers.text import is_no_answer, judge_text
else:
    _HOMES = {
        "PartialDate": "date_forms",
        "guessed_score": "choices",
        "is_no_answer": "text",
        "judge_date": "date",
        "judge_number": "number",
        "judge_order": "choices",
        "judge_pairs": "choices",
        "judge_picks": "choices",
        "judge_set": "sets",
        "judge_text": "text",
        "normalise": "folding",
        "parse_number": "number",
        "split_entries": "entries",
    }

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
