"""The results of a drill as tables for other programs: CSV with every response, a workbook with all there is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quizkit.formats.cells import protected
from quizkit.i18n import _

if TYPE_CHECKING:
    from quizkit.reports.shares import Share
    from quizkit.workspace.drill_results import Results

Cell = str | float | int | None


def csv_of(results: Results) -> str:
    """Every response, a line each. No cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in _responses(results))
    return out.getvalue()


def workbook_of(results: Results) -> bytes:
    """Questions, students, passages and arguments, and every response, on a sheet each."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheets = {
        _("questions"): _questions(results),
        _("students"): _students(results),
        _("passages"): _groups(results),
        _("responses"): _responses(results),
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_safe(cell) for cell in row])
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    return protected(cell) if isinstance(cell, str) else cell


def _figures(share: Share) -> Sequence[Cell]:
    low, high = share.interval or (None, None)
    return share.n, *(None if value is None else round(value, 4) for value in (share.value, low, high))


def _questions(results: Results) -> Iterator[Sequence[Cell]]:
    yield ("question", "card", "prompt", "n", "score", "low", "high", "seconds", "second_n", "second_score", "gain")
    for one in results.questions:
        again = (None, None) if one.again is None else (one.again.n, one.again.value)
        yield (one.number, one.card, one.prompt, *_figures(one.share), one.seconds, *again, one.gain)


def _students(results: Results) -> Iterator[Sequence[Cell]]:
    yield ("student", "n", "score", "low", "high")
    for one in results.students:
        yield (one.student, *_figures(one.share))


def _groups(results: Results) -> Iterator[Sequence[Cell]]:
    yield ("by", "group", "n", "score", "low", "high")
    for one in results.groups:
        yield (one.by.value, one.group, *_figures(one.share))


def _responses(results: Results) -> Iterator[Sequence[Cell]]:
    from quizkit.workspace.drill_results import Response

    yield ("drill", "mode", *Response._fields)
    for one in results.responses:
        yield (results.name or results.drill, results.mode, *one)
