"""Judging responses: what the learner gave against what is right, fairly and with a reason.

Every judge returns a Verdict whose score is 1 exactly when it is right, and never raises, whatever was typed.
"""

from quizkit.answers.choices import judge_order, judge_pairs, judge_picks
from quizkit.answers.date import judge_date
from quizkit.answers.date_forms import PartialDate
from quizkit.answers.entries import split_entries
from quizkit.answers.folding import normalise
from quizkit.answers.number import judge_number, parse_number
from quizkit.answers.sets import judge_set
from quizkit.answers.text import is_no_answer, judge_text

__all__ = [
    "PartialDate",
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
