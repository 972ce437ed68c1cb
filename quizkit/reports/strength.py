"""Questions and students on one scale: the Rasch model, which the answers of a class bear and no more.

The chance that a student solves a question is 1 / (1 + exp(difficulty - strength)) (Rasch, 1960, Probabilistic Models
for Some Intelligence and Attainment Tests). Both are in logits; 0 is the average question. Not every student need have
seen every question, as long as questions and students hang together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, sqrt
from typing import NamedTuple

from quizkit.reports.components import strongest
from quizkit.reports.intervals import Z95, Interval
from quizkit.reports.items import Answered, firsts

LEAST_STUDENTS = 16
"""Answers without which a question isn't placed: with 16 to 36 its place is known to within a logit (Linacre, 1994,
Rasch Measurement Transactions 7:4)."""
LEAST_ITEMS = 5
"""Answers without which a student isn't placed."""
PRECISE = 1e-6
MOST_ROUNDS = 500
LONGEST_STEP = 1.0

Answers = Mapping[str, Mapping[str, float]]


class Measure(NamedTuple):
    """A place on the scale in logits, with its standard error, from `n` answers."""

    value: float
    error: float
    n: int

    @property
    def interval(self) -> Interval:
        """The 95 % interval."""
        return Interval(self.value - Z95 * self.error, self.value + Z95 * self.error)


class Scale(NamedTuple):
    """The places of questions (how hard) and of students (how strong); those that can't be placed aren't there.

    A question that all or none solve has no place, nor one that too few answered.
    """

    items: Mapping[str, Measure]
    students: Mapping[str, Measure]


def rasch(answers: Iterable[Answered]) -> Scale:
    """The scale of first answers.

    Questions by joint maximum likelihood, corrected for its bias by (k - 1) / k (Wright & Douglas, 1977, Appl.
    Psychol. Meas. 1); k is the mean number of answers of a student. Students by Warm's weighted likelihood (1989,
    Psychometrika 54), which also places those who solve all or nothing. Standard errors are 1 / √information. Only
    what has a unique estimate is placed (Fischer, 1981, Psychometrika 46). Parts of a mark count as such.
    """
    first = firsts(answers)
    by_student: dict[str, dict[str, float]] = {}
    for answer in first:
        by_student.setdefault(answer.learner, {})[answer.card] = min(max(answer.score, 0.0), 1.0)
    kept = _placeable(by_student)
    if not kept:
        return Scale({}, {})
    hard = _joint(kept)
    per_student = sum(len(own) for own in kept.values()) / len(kept)
    middle = sum(hard.values()) / len(hard)
    hard = {item: (value - middle) * (per_student - 1) / per_student for item, value in hard.items()}
    strong = {
        student: place
        for student, own in sorted(by_student.items())
        if (place := _warm({item: score for item, score in own.items() if item in hard}, hard))
    }
    return Scale(_errors(hard, kept, strong), strong)


def chance(strength: float, difficulty: float) -> float:
    """The chance that a student of that strength solves a question of that difficulty."""
    return 1 / (1 + exp(min(max(difficulty - strength, -500.0), 500.0)))


def _placeable(by_student: Answers) -> dict[str, dict[str, float]]:
    """The answers between questions and students that can be placed: enough of each, all of them linked."""
    kept = {student: dict(own) for student, own in by_student.items()}
    while True:
        counts: dict[str, int] = {}
        for own in kept.values():
            for item in own:
                counts[item] = counts.get(item, 0) + 1
        enough = {item for item, count in counts.items() if count >= LEAST_STUDENTS}
        narrowed = {student: {i: s for i, s in own.items() if i in enough} for student, own in kept.items()}
        narrowed = strongest({student: own for student, own in narrowed.items() if len(own) >= LEAST_ITEMS})
        if narrowed == kept:
            return kept
        kept = narrowed


def _joint(kept: Answers) -> dict[str, float]:
    """Difficulties by joint maximum likelihood: Newton's steps for students and questions in turn."""
    by_item: dict[str, dict[str, float]] = {}
    for student, own in kept.items():
        for item, score in own.items():
            by_item.setdefault(item, {})[student] = score
    hard, strong = dict.fromkeys(by_item, 0.0), dict.fromkeys(kept, 0.0)
    for _round in range(MOST_ROUNDS):
        moved = 0.0
        for student, own in kept.items():
            step = _step(sum(own.values()), [chance(strong[student], hard[item]) for item in own])
            strong[student] += step
            moved = max(moved, abs(step))
        for item, scores in by_item.items():
            step = _step(sum(scores.values()), [chance(strong[student], hard[item]) for student in scores])
            hard[item] -= step
            moved = max(moved, abs(step))
        middle = sum(hard.values()) / len(hard)
        hard = {item: value - middle for item, value in hard.items()}
        strong = {student: value - middle for student, value in strong.items()}
        if moved < PRECISE:
            break
    return hard


def _step(score: float, chances: list[float]) -> float:
    information = sum(p * (1 - p) for p in chances)
    return min(max((score - sum(chances)) / max(information, PRECISE), -LONGEST_STEP), LONGEST_STEP)


def _warm(own: Mapping[str, float], hard: Mapping[str, float]) -> Measure | None:
    """A student's strength by Warm's weighted likelihood: score - Σp + J / 2I = 0, where J = Σ p(1 - p)(1 - 2p)."""
    if len(own) < LEAST_ITEMS:
        return None
    score, low, high = sum(own.values()), -30.0, 30.0
    while high - low > PRECISE:
        middle = (low + high) / 2
        chances = [chance(middle, hard[item]) for item in own]
        information = sum(p * (1 - p) for p in chances)
        skew = sum(p * (1 - p) * (1 - 2 * p) for p in chances)
        if score - sum(chances) + skew / (2 * max(information, 1e-300)) > 0:
            low = middle
        else:
            high = middle
    value = (low + high) / 2
    information = sum(p * (1 - p) for p in (chance(value, hard[item]) for item in own))
    return Measure(value, 1 / sqrt(information), len(own))


def _errors(hard: Mapping[str, float], kept: Answers, strong: Mapping[str, Measure]) -> dict[str, Measure]:
    found = {}
    for item, value in sorted(hard.items()):
        who = [student for student, own in kept.items() if item in own]
        chances = [chance(strong[student].value, value) for student in who]
        found[item] = Measure(value, 1 / sqrt(sum(p * (1 - p) for p in chances)), len(who))
    return found
