"""Live-quiz spreadsheets: the limits are kept and said, and no cell is a formula."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.item import Item, Option, ReadOptions, WriteOptions
from quizkit.formats.kahoot import TIMES, read, write
from tests.helpers.items import deck_items


def choice(prompt: str, *texts: str, rights: int = 1) -> Item:
    options = tuple(Option(text, i < rights) for i, text in enumerate(texts))
    return Item("choice" if rights == 1 else "multi", prompt, options=options)


def put(folder: Path, items: list[Item]) -> Path:
    path = folder / "x.xlsx"
    path.write_bytes(write(items, WriteOptions()).data)
    return path


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = folder / "in.xlsx"
    book.save(path)
    return path


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    items = [
        choice("Where?", "Seoul", "Busan"),
        choice("Which?", "a", "b", "c", rights=2),
        Item("truefalse", "It was July.", true=False),
        choice("=1+1", "-5", "@x"),
    ]
    path = put(tmp_path, items)
    assert guess(path) is FORMATS["kahoot"]
    assert list(read(path, ReadOptions()).items) == items


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    sheet = load_workbook(put(tmp_path, [choice("=cmd()", "+1", "=2")])).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (choice("q" * 121, "a", "b"), "the question is 121 characters long, 120 are allowed: left out"),
        (choice("q", "a" * 76, "b"), "an answer is 76 characters long, 75 are allowed: left out"),
        (choice("q", "a", "b", "c", "d", "e"), "5 answers, 4 are allowed: left out"),
        (Item("typed", "q", ("a",)), "Kahoot's spreadsheet has no typed questions: left out"),
    ],
)
def test_limits_are_said(item: Item, said: str) -> None:
    written = write([item], WriteOptions())
    assert written.items == 0
    assert [loss.what for loss in written.losses] == [said]


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_out_within_the_limits(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    path = put(tmp_path, items)
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) > 100
    for _number, question, *answers, time, correct in rows:
        assert len(str(question)) <= 121
        assert all(len(str(answer or "")) <= 76 for answer in answers)
        assert time in TIMES
        assert correct
    assert len(read(path, ReadOptions()).items) == len(rows)


def test_quizizz_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Correct Answer", "Time in seconds"],
        ["Which?", "Multiple Choice", "A", "B", "C", 2, 30],
        ["Both?", "Checkbox", "A", "B", "C", "1,3", 30],
        ["Type it", "Fill-in-the-Blank", "Seoul", "서울", None, None, 30],
        ["Your view?", "Open-Ended", None, None, None, None, 30],
        ["=HYPERLINK(1)", "Multiple Choice", "A", "B", None, 1, 30],
    )
    parcel = read(path, ReadOptions())
    assert [(item.kind, item.prompt) for item in parcel.items] == [
        ("choice", "Which?"),
        ("multi", "Both?"),
        ("typed", "Type it"),
    ]
    assert parcel.items[2].answers == ("Seoul", "서울")
    assert [loss.where for loss in parcel.losses] == ["row 5", "row 6"]


def test_macros_and_damage_are_refused(tmp_path: Path) -> None:
    data = put(tmp_path, [choice("a", "b", "c")]).read_bytes()
    macro = tmp_path / "macro.xlsm"
    macro.write_bytes(data)
    with zipfile.ZipFile(macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(QuizkitError, match="macros"):
        read(macro, ReadOptions())
    for name, broken in (("cut.xlsx", data[:500]), ("other.xlsx", _zip({"a": b"b"})), ("bad.xlsx", _bad(data))):
        path = tmp_path / name
        path.write_bytes(broken)
        with pytest.raises(QuizkitError):
            read(path, ReadOptions())
    with pytest.raises(QuizkitError, match="no row names"):
        read(workbook(tmp_path, ["a", "b"]), ReadOptions())


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _bad(data: bytes) -> bytes:
    """A workbook whose sheet declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = bomb + sheet
    return _zip(members)
