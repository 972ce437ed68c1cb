"""Rosters of classes: tables with a name, a number and a group for each student."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.cells import neutral
from quizkit.formats.guard import read_text
from quizkit.formats.headings import directives
from quizkit.formats.tables import SEPARATORS, rows_of, separator_of
from quizkit.i18n import _

NAMES = {
    "full": "fullname student studentname 氏名 姓名 生徒 生徒名 성명 학생 schüler schülerin élève alumno alumna 学生",
    "name": "name 名前 이름 nom nombre nome 名字",
    "given": "firstname givenname forename given 名 이름만 vorname rufname prénom nombredepila",
    "family": "lastname surname familyname family 姓 氏 성 성씨 nachname familienname nomdefamille apellido apellidos"
    " cognome",
    "number": "id number no nr n studentid studentnumber 番号 出席番号 学籍番号 번호 학번 출석번호 nummer schülernummer"
    " numéro número numero matricule matrícula 学号 编号",
    "group": "group groups team section 班 組 グループ 모둠 조 그룹 gruppe groupe grupo gruppo équipe equipo 组 小组",
    "class": "class クラス 학급 반 klasse classe clase 班级",
}
"""What a column may be called. A `name` is the whole one, or the other half beside a given or a family name."""
MOST_ABOVE = 8
"""Rows that may stand above the row that names the columns."""

Row = tuple[int, list[str]]
"""The line a row begins in, and its cells."""


def _folded(heading: str) -> str:
    """A heading without spaces, accents and signs, so that 'N°', 'Prenom' and 'Student ID' are known."""
    bare = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(char for char in bare if char.isalnum())


_FIELDS = {_folded(name): field for field, names in NAMES.items() for name in names.split()}


class Enrolled(NamedTuple):
    """A student as a roster names them, and the line of the file."""

    name: str
    number: str = ""
    group: str = ""
    line: int = 0


class Roster(NamedTuple):
    """A roster as it was understood.

    `columns` are the fields in the order of the file, each with its heading ('' where no row names the columns).
    `left_out` are headings of columns that hold something nobody asked for, `above` what stands over the table, and
    `doubts` what somebody should look at before it is taken over.
    """

    students: tuple[Enrolled, ...]
    columns: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_roster(path: Path, encoding: str = "") -> Roster:
    """The students of a table whose header names the columns, or of one without, as far as its cells tell.

    Raises QuizkitError, with the line, where the file is no roster, or names somebody or a number twice.
    """
    said, text, skipped = directives(read_text(path, encoding))
    separator = said.get("separator", "")
    rows = [
        (line + skipped, [neutral(cell).strip() for cell in row])
        for line, row in rows_of(text, SEPARATORS.get(separator, separator) or separator_of(text))
        if any(cell.strip() for cell in row)
    ]
    start = _header(rows)
    if not rows[0 if start is None else start + 1 :]:
        raise QuizkitError(
            _("{path} names nobody.", path=path), _("Write a student's name in each line, or name,number,group.")
        )
    if start is None:
        above, header, rows, doubts = _without_header(rows)
        fields = _by_cells(rows)
    else:
        above, header, rows, doubts = rows[:start], rows[start][1], rows[start + 1 :], []
        fields = _by_header(header, rows)
        if not {"name", "given", "family"} & set(fields.values()):
            unknown = [column for column in _filled(rows) if column not in fields]
            if not unknown:
                raise QuizkitError(_("{path} has no column for the names.", path=path), _("Call one of them name."))
            fields[unknown[0]] = "name"
            doubts.append(
                _("No column is called name: is it {name}?", name=_cell(header, unknown[0]) or unknown[0] + 1)
            )
    if start is None and len(_filled(rows)) > 1 and (len(_numbers(rows)) > 1 or "number" not in fields.values()):
        doubts.append(_("No line names the columns: is each taken for what it is?"))
    students = tuple(_students(path, fields, rows))
    _refuse_twice(path, students)
    return Roster(
        students,
        tuple((field, _cell(header, place)) for place, field in sorted(fields.items())),
        tuple(_cell(header, place) or str(place + 1) for place in _filled(rows) if place not in fields),
        tuple(" ".join(filter(None, row)) for _line, row in above),
        tuple(doubts),
    )


def _header(rows: Sequence[Row]) -> int | None:
    """Which row names the columns: the first, or one below lines that are no rows of a table; None where none does."""
    for place, (_line, row) in enumerate(rows[:MOST_ABOVE]):
        fields = [_FIELDS.get(_folded(cell), "") for cell in row if cell]
        named = {"full", "name", "given", "family"} & set(fields)
        if len(set(fields) - {""}) > 1 or fields in (["name"], ["full"]) or (named and not place):
            return place
        if len(fields) > 1:
            return None
    return None


def _without_header(rows: list[Row]) -> tuple[list[Row], list[str], list[Row], list[str]]:
    """What stands above a table whose columns nobody named in words that are known; its header; its rows; doubts."""
    above, header, doubts = list[Row](), list[str](), list[str]()
    cells = [len(_filled([row])) for row in rows]
    titles = next((place for place, n in enumerate(cells) if n > 1), 0)
    if min(cells[titles:]) > 1:
        above, rows = rows[:titles], rows[titles:]
        doubts += [
            _("Line {n} is taken for a title: {text}", n=line, text=" ".join(filter(None, row))) for line, row in above
        ]
    numbers = _numbers(rows[1:])
    if numbers and not _is_number(rows[0][1], numbers[0]):
        header, rows = rows[0][1], rows[1:]
        told = ", ".join(cell for cell in header if cell)
        doubts.append(_("The columns are named in words that aren't known: {names}", names=told))
    return above, header, rows, doubts


def _filled(rows: Sequence[Row]) -> list[int]:
    """The columns that hold something."""
    return sorted({place for _line, row in rows for place, cell in enumerate(row) if cell})


def _is_number(row: Sequence[str], place: int) -> bool:
    return place < len(row) and row[place].isdecimal()


def _numbers(rows: Sequence[Row]) -> list[int]:
    """The columns that hold nothing but digits."""
    return [place for place in _filled(rows) if all(row[place].isdecimal() for _line, row in rows if _cell(row, place))]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _by_cells(rows: Sequence[Row]) -> dict[int, str]:
    """What each column holds where nobody says so: digits are the number, the first of the others is the name."""
    numbers = _numbers(rows)
    left = [place for place in _filled(rows) if place not in numbers]
    some_digit = [
        place
        for place in left[1:]
        if all(any(char.isdecimal() for char in row[place]) for _line, row in rows if _cell(row, place))
    ]
    fields = dict.fromkeys([*numbers, *some_digit][:1], "number")
    return fields | dict(zip((place for place in left if place not in fields), ("name", "group"), strict=False))


def _by_header(header: Sequence[str], rows: Sequence[Row]) -> dict[int, str]:
    """What each column holds, as the header says; of two with one meaning the first that holds something."""
    filled = _filled(rows)
    found = dict[str, int]()
    for place, heading in enumerate(header):
        field = _FIELDS.get(_folded(heading), "")
        if field and (field not in found or found[field] not in filled):
            found[field] = place
    if "name" in found and "full" not in found:
        # Beside a half of the name, what is called the name is the other half.
        other = "given" if "family" in found else "family" if "given" in found else "full"
        found.setdefault(other, found["name"])
    if "full" in found:
        found = {field: place for field, place in found.items() if field not in ("given", "family")}
    if "class" in found:
        found.setdefault("group", found["class"])
    kept = ("full", "given", "family", "number", "group")
    return {place: "name" if field == "full" else field for field, place in found.items() if field in kept}


def _students(path: Path, fields: Mapping[int, str], rows: Sequence[Row]) -> Iterator[Enrolled]:
    for line, row in rows:
        cells = {field: " ".join(_cell(row, place).split()) for place, field in fields.items()}
        name = cells.get("name", "") or _joined(cells.get("family", ""), cells.get("given", ""))
        if not name:
            raise QuizkitError(
                _("{place}: there is no name.", place=f"{path}:{line}"), _("Write one, or delete the line.")
            )
        yield Enrolled(name, cells.get("number", ""), cells.get("group", ""), line)


def _joined(family: str, given: str) -> str:
    """A name of its halves, as its script has it: 김민지, 佐藤 花子, Alice Brown."""
    halves = (family, given) if re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", family) else (given, family)
    korean = all(re.fullmatch("[\uac00-\ud7af]+", half) for half in halves)
    return ("" if korean else " ").join(half for half in halves if half)


def _refuse_twice(path: Path, students: Sequence[Enrolled]) -> None:
    """Raise QuizkitError where two lines have one number, or one name and nothing that tells them apart."""
    seen, numbers = dict[tuple[str, str], int](), dict[str, Enrolled]()
    for student in students:
        place, key = f"{path}:{student.line}", (student.name, student.number)
        if key in seen:
            raise QuizkitError(
                _("{place}: {name} stands in line {line} already.", place=place, name=student.name, line=seen[key]),
                _("Give each a number of their own, or delete one of the lines."),
            )
        if other := numbers.get(student.number):
            raise QuizkitError(
                _(
                    "{place}: {number} is the number of {name} in line {line}.",
                    place=place,
                    number=other.number,
                    name=other.name,
                    line=other.line,
                ),
                _("Give each a number of their own, or delete one of the lines."),
            )
        seen[key] = student.line
        if student.number:
            numbers[student.number] = student
