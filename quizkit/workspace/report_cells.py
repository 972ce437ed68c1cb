"""Figures as cells of a report: each with its n and its interval, none where there is none."""

from __future__ import annotations

from quizkit.clock import date_of
from quizkit.reports.items import Efficiency, Relation
from quizkit.reports.shares import Share, percent
from quizkit.reports.strength import Measure
from quizkit.sheets.report import Cell

NOTHING = "–"


def shaded(share: Share) -> Cell:
    """A share, shaded: the figure, its interval, and n."""
    if share.value is None or share.interval is None:
        return Cell(NOTHING, n_said(share.n)) if share.n else Cell("")
    low, high = (round(100 * bound) for bound in share.interval)
    return Cell(percent(share.value), f"{low}–{high}, {n_said(share.n)}", share.value)


def related(relation: Relation | Efficiency | None) -> Cell:
    """A correlation, or what is made of one, with its interval and n."""
    if relation is None:
        return Cell(NOTHING)
    if relation.interval is None:
        return Cell(signed(relation.value), n_said(relation.n))
    low, high = (signed(bound) for bound in relation.interval)
    return Cell(signed(relation.value), f"{low}…{high}, {n_said(relation.n)}")


def related_said(relation: Relation) -> str:
    """The same in a sentence."""
    cell = related(relation)
    return f"{cell.text} ({cell.detail})"


def measured(measure: Measure | None) -> Cell:
    """A place on the scale with its interval and n."""
    if measure is None:
        return Cell(NOTHING)
    low, high = (signed(bound, 1) for bound in measure.interval)
    return Cell(signed(measure.value, 1), f"{low}…{high}, {n_said(measure.n)}")


def signed(value: float, digits: int = 2) -> str:
    """A figure with its sign, a real minus; never −0."""
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else f"{'−' if value < 0 else '+'}{text}"


def n_said(n: int) -> str:
    """How many a figure is of."""
    return f"n = {n}"


def date_said(day: int) -> str:
    """A study day."""
    return date_of(day).isoformat()


def capital(text: str) -> str:
    """A sentence with a capital."""
    return text[:1].upper() + text[1:]
