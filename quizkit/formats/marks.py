"""Tables of marks: a student in each row, a column for each question of the sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.cells import neutral
from quizkit.formats.guard import read_text
from quizkit.formats.tables import rows_of, separator_of

STUDENT = ["student", "name", "number", "no", "id", "生徒", "名前", "氏名", "番号", "学籍番号", "학생", "이름", "번호"]
VARIANT = ["variant", "version", "バリアント", "版", "種類", "유형"]
_QUESTION = re.compile(r"(?:q|question|問|問題|문제)?[ _]?0*(\d{1,3})")


class MarkRow(NamedTuple):
    """A row: its line in the file, whose it is, the variant if it says so, and the cells by question, from 1."""

    line: int
    student: str
    variant: str
    cells: dict[int, str]


def read_marks(path: Path, encoding: str = "") -> list[MarkRow]:
    """The rows of a table whose header is student, q1, q2, and so on (variant, too, where there is no class).

    Raises QuizkitError, with line and column, where it isn't one.
    """
    text = read_text(path, encoding)
    rows = [(line, row) for line, row in rows_of(text, separator_of(text)) if any(cell.strip() for cell in row)]
    hint = "Write a header: student, q1, q2, and so on."
    if not rows:
        raise QuizkitError(f"{path} is empty.", hint)
    line, head = rows[0]
    fields = [_field(cell) for cell in head]
    for name, field in zip(head, fields, strict=True):
        if field == "":
            raise QuizkitError(
                f"{path}:{line}: the column {name.strip()!r} is neither the student nor a question.", hint
            )
        if fields.count(field) > 1 and field != "student":
            raise QuizkitError(f"{path}:{line}: the column {name.strip()!r} stands twice.", "Delete one of them.")
    if "student" not in fields:
        raise QuizkitError(f"{path}:{line}: there is no column for the student.", hint)
    return [_row(line, fields, [neutral(cell).strip() for cell in row]) for line, row in rows[1:]]


def _field(name: str) -> str | int:
    word = name.strip().lstrip("\ufeff").casefold()
    if word in STUDENT:
        return "student"
    if word in VARIANT:
        return "variant"
    found = _QUESTION.fullmatch(word)
    return int(found[1]) if found else ""


def _row(line: int, fields: list[str | int], row: list[str]) -> MarkRow:
    cells = list(zip(fields, row, strict=False))
    # A name and a number may both be there: either will do.
    student = next((cell for field, cell in cells if field == "student" and cell), "")
    variant = next((cell for field, cell in cells if field == "variant"), "")
    return MarkRow(line, student, variant, {field: cell for field, cell in cells if isinstance(field, int)})
