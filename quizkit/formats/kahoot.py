"""Spreadsheets for live quizzes: Kahoot's template and Quizizz's (.xlsx).

Kahoot's limits are those of its template (https://support.kahoot.com, "Import questions from a spreadsheet"): 120
characters for a question, 75 for an answer, two to four answers, and a fixed list of times.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quizkit.errors import QuizkitError
from quizkit.formats.cells import neutral, protected
from quizkit.formats.guard import open_zip
from quizkit.formats.item import Item, Loss, Option, Parcel, ReadOptions, WriteOptions, Written, losses_of
from quizkit.markup import escape, plain

LONGEST_QUESTION, LONGEST_ANSWER, MOST_ANSWERS = 120, 75, 4
TIMES = (5, 10, 20, 30, 60, 90, 120, 240)
"""Seconds that Kahoot takes."""
USUAL_TIME, LONG_TIME, LONG_READING = 20, 30, 150
"""A question whose texts are longer than LONG_READING characters together gets LONG_TIME seconds."""
MOST_ROWS = 20_000
_HEADER = (
    "",
    f"Question - max {LONGEST_QUESTION} characters",
    *(f"Answer {number} - max {LONGEST_ANSWER} characters" for number in range(1, MOST_ANSWERS + 1)),
    f"Time limit (sec) - {', '.join(map(str, TIMES))} secs",
    "Correct answer(s) - choose at least one",
)
_ANSWER = re.compile(r"(?:answer|option) (\d)\b")


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: a workbook, by its name or its first member."""
    return head.startswith(b"PK") and (name.lower().endswith((".xlsx", ".xlsm")) or b"xl/" in head[:2000])


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. The header may stand anywhere in the first rows."""
    rows = _rows(path)
    header: dict[str, int] = {}
    answers: list[int] = []
    items: list[Item] = []
    losses: list[Loss] = []
    for number, row in rows:
        if not header:
            header, answers = _columns(row)
            continue
        lost: list[str] = []
        item = _item(row, header, answers, lost)
        if item:
            items.append(item)
        losses += losses_of(f"row {number}", lost, item)
    if not header:
        raise QuizkitError(
            f"{path} is no quiz spreadsheet: no row names a question and its answers.",
            "Save it as CSV with the columns question and answer, and import that.",
        )
    return Parcel(tuple(items), losses=tuple(losses))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet as texts. Raises QuizkitError for a workbook that is damaged or holds macros."""
    import warnings
    import zlib
    from xml.etree.ElementTree import ParseError

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with open_zip(path) as archive:
        names = archive.namelist()
        if any("vbaproject" in name.lower() for name in names):
            raise QuizkitError(f"{path} holds macros.", "Save it as a workbook without macros (.xlsx).")
        if "[Content_Types].xml" not in names:
            raise QuizkitError(f"{path} is no workbook.", "Name its format with --from.")
    from defusedxml import DefusedXmlException

    try:
        # Opened here: openpyxl leaves a file open that it can't read.
        with path.open("rb") as file, warnings.catch_warnings():
            # Of what it leaves out of a workbook (validation, pictures) nothing concerns a quiz.
            warnings.simplefilter("ignore")
            # A formula stays its text: what it would give is another program's to say.
            sheet = load_workbook(file, read_only=True, data_only=False, keep_links=False).worksheets[0]
            for number, cells in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=40), 1):
                yield number, [_cell(value) for value in cells]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as problem:
        raise QuizkitError(f"{path} can't be read as a workbook: {problem}.", "Save it again as .xlsx.") from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _columns(row: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """Which column holds what, if this row is the header: Kahoot's or Quizizz's."""
    header: dict[str, int] = {}
    answers: list[int] = []
    for index, cell in enumerate(row):
        name = cell.lower()
        if name.startswith("question type"):
            header["type"] = index
        elif name.startswith("question"):
            header.setdefault("question", index)
        elif _ANSWER.match(name):
            answers.append(index)
        elif name.startswith("correct"):
            header["correct"] = index
        elif "explanation" in name:
            header["explain"] = index
    return (header, answers) if "question" in header and "correct" in header and answers else ({}, [])


def _item(row: Sequence[str], header: dict[str, int], answers: Sequence[int], lost: list[str]) -> Item | None:
    def cell(name: str) -> str:
        index = header.get(name, len(row))
        return row[index] if index < len(row) else ""

    texts = {number: row[index] for number, index in enumerate(answers, 1) if index < len(row) and row[index]}
    question = cell("question")
    if not question and not texts:
        return None
    if any(text.startswith("=") for text in (question, *texts.values())):
        lost.append("holds a formula: left out")
        return None
    prompt, explain = escape(neutral(question)), escape(neutral(cell("explain")))
    kind = cell("type").lower()
    rights = {int(found) for found in re.findall(r"\d+", cell("correct"))} & texts.keys()
    if kind.startswith(("fill", "open", "poll", "draw")):
        forms = tuple(neutral(text) for text in texts.values())
        if kind.startswith("fill") and forms:
            return Item("typed", prompt, forms, explain=explain)
        lost.append(f"a question of the type {kind!r} has no right answer: left out")
        return None
    if not rights or len(texts) < 2 or not prompt:
        lost.append("no right answer is named, or there is only one: left out")
        return None
    words = [text.strip().lower() for text in texts.values()]
    if sorted(words) == ["false", "true"] and len(rights) == 1:
        return Item("truefalse", prompt, true=texts[next(iter(rights))].strip().lower() == "true", explain=explain)
    options = tuple(Option(escape(neutral(text)), number in rights) for number, text in texts.items())
    return Item("multi" if len(rights) > 1 else "choice", prompt, options=options, explain=explain)


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`: Kahoot's template. What is too long for it is left out, and how much too long it is said."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append(["Quiz template"])
    sheet.append([protected(plain(options.title))])
    sheet.append([])
    sheet.append(list(_HEADER))
    losses: list[Loss] = []
    count = 0
    for item in items:
        lost: list[str] = []
        row = _row(item, lost)
        losses += losses_of(item.key, lost, row)
        if row:
            if item.all_media:
                losses.append(Loss(item.key, "pictures and sounds can't be said in Kahoot's table: add them there"))
            count += 1
            sheet.append([count, *row])
    out = io.BytesIO()
    workbook.save(out)
    return Written(out.getvalue() if count else b"", count, tuple(losses))


def _row(item: Item, lost: list[str]) -> list[str | int] | None:
    choices = item.options
    if item.kind == "truefalse":
        choices = (Option("True", item.true), Option("False", not item.true))
    elif item.kind not in ("choice", "multi"):
        lost.append(f"Kahoot's spreadsheet has no {item.kind} questions: left out")
        return None
    question = " ".join(plain(item.prompt).split())
    texts = [" ".join(plain(option.text).split()) for option in choices]
    too_long = [text for text in texts if len(text) > LONGEST_ANSWER]
    if len(question) > LONGEST_QUESTION:
        lost.append(f"the question is {len(question)} characters long, {LONGEST_QUESTION} are allowed: left out")
    elif too_long:
        lost.append(f"an answer is {len(too_long[0])} characters long, {LONGEST_ANSWER} are allowed: left out")
    elif len(texts) > MOST_ANSWERS:
        lost.append(f"{len(texts)} answers, {MOST_ANSWERS} are allowed: left out")
    else:
        if item.explain or any(option.feedback for option in choices):
            lost.append("explanations can't be said")
        reading = len(question) + sum(map(len, texts))
        time = LONG_TIME if reading > LONG_READING else USUAL_TIME
        rights = ",".join(str(number) for number, option in enumerate(choices, 1) if option.right)
        cells = [protected(text) for text in (question, *texts, *[""] * (MOST_ANSWERS - len(texts)))]
        return [*cells, time, rights]
    return None
