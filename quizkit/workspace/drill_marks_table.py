"""Taking in marks from a table: all of it, or, where anything is wrong, nothing."""

from __future__ import annotations

from pathlib import Path

from quizkit.drills.marking import Token
from quizkit.errors import QuizkitError
from quizkit.formats.marks import MarkRow, read_marks
from quizkit.i18n import _
from quizkit.workspace.drill_entering import Entering, Taken
from quizkit.workspace.drill_reading import Reading, Sheet

PROBLEMS_SHOWN = 20


def enter_table(entering: Entering, path: Path, encoding: str = "") -> tuple[int, Taken]:
    """Take in a table of marks; returns how many sheets it has, and what became of their marks.

    An empty cell says nothing. Raises QuizkitError with everything that is wrong, by line and column: then nothing has
    been taken in.
    """
    read: dict[str, tuple[Sheet, list[Reading]]] = {}
    problems: list[str] = []
    lines: dict[str, int] = {}
    for row in read_marks(path, encoding):
        # Where there is no class, the row says which variant it was.
        who = row.student if entering.handout.sheets else f"{row.student} {row.variant}".strip()
        try:
            sheet = entering.find(who)
        except QuizkitError as error:
            problems.append(f"{path}:{row.line}: student: {error.message} {error.hint}".rstrip())
            continue
        who = sheet.student.id
        if who in lines:
            twice = _("{name} stands in line {n} already.", name=row.student, n=lines[who])
            problems.append(f"{path}:{row.line}: student: {twice}")
            continue
        lines[who] = row.line
        read[who] = (sheet, _cells(entering, sheet, row, path, problems))
    if problems:
        more = len(problems) - PROBLEMS_SHOWN
        told = problems[:PROBLEMS_SHOWN] + ([_("and {n} more", n=more)] if more > 0 else [])
        raise QuizkitError("\n  ".join(told), _("Nothing was entered. Mend the table, and try again."))
    return len(read), entering.take_all(read.values())


def _cells(entering: Entering, sheet: Sheet, row: MarkRow, path: Path, problems: list[str]) -> list[Reading]:
    readings = []
    for number, cell in row.cells.items():
        if not cell:
            continue
        where = f"{path}:{row.line}: q{number}"
        if not 1 <= number <= entering.questions:
            problems.append(f"{where}: " + _("The sheet has {n} questions.", n=entering.questions))
            continue
        token = Token(cell.strip('"'), quoted=cell.startswith('"'))
        reading = entering.read_one(sheet, number, token)
        if reading.problem:
            problems.append(f"{where}: {reading.problem} {reading.hint}".rstrip())
        readings.append(reading)
    return readings
