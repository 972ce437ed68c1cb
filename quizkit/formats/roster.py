"""Rosters of classes: tables with a name, a number and a group for each student."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.cells import neutral
from quizkit.formats.guard import read_text
from quizkit.formats.tables import rows_of, separator_of
from quizkit.i18n import _

NAMES = {
    "name": "name fullname student studentname 名前 氏名 生徒 生徒名 이름 성명 학생",
    "given": "firstname givenname forename given 名 이름만",
    "family": "lastname surname familyname family 姓 성",
    "number": "id number no nr studentid studentnumber 番号 出席番号 学籍番号 번호 학번",
    "group": "group team section 班 組 グループ 모둠 조 그룹",
}
_FIELDS = {name: field for field, names in NAMES.items() for name in names.split()}


class Enrolled(NamedTuple):
    """A student as a roster names them, and the line of the file."""

    name: str
    number: str = ""
    group: str = ""
    line: int = 0


def read_roster(path: Path, encoding: str = "") -> list[Enrolled]:
    """The students of a table with a header, or of a list of names (then number, then group).

    Raises QuizkitError, with the line, where the file is no roster or names somebody twice.
    """
    text = read_text(path, encoding)
    rows = [
        (line, [neutral(cell).strip() for cell in row])
        for line, row in rows_of(text, separator_of(text))
        if any(cell.strip() for cell in row)
    ]
    if not rows:
        raise QuizkitError(
            _("{path} names nobody.", path=path), _("Write a student's name in each line, or name,number,group.")
        )
    fields = [_field(cell) for cell in rows[0][1]]
    if "name" in fields or {"given", "family"} & set(fields):
        rows = rows[1:]
    else:
        fields = ["name", "number", "group"]
    students = list(_students(path, fields, rows))
    seen: dict[tuple[str, str], int] = {}
    for student in students:
        key = (student.name, student.number)
        if key in seen:
            raise QuizkitError(
                _(
                    "{place}: {name} stands in line {line} already.",
                    place=f"{path}:{student.line}",
                    name=student.name,
                    line=seen[key],
                ),
                _("Give each a number of their own, or delete one of the lines."),
            )
        seen[key] = student.line
    return students


def _field(cell: str) -> str:
    return _FIELDS.get(re.sub(r"[\s_\-.]+", "", cell.lstrip("\ufeff").casefold()), "")


def _students(path: Path, fields: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Iterator[Enrolled]:
    for line, row in rows:
        cells = dict(zip(fields, row, strict=False))
        name = cells.get("name", "")
        if not name:
            name = " ".join(part for part in (cells.get("given", ""), cells.get("family", "")) if part)
        name = " ".join(name.split())
        if not name:
            raise QuizkitError(
                _("{place}: there is no name.", place=f"{path}:{line}"), _("Write one, or delete the line.")
            )
        yield Enrolled(name, cells.get("number", ""), cells.get("group", ""), line)
