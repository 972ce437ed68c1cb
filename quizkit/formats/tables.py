"""Tables: CSV and TSV (RFC 4180), Anki's text export (https://docs.ankiweb.net/importing/text-files.html), Quizlet's.

A header names the columns, in English, Japanese or Korean. Without one the first column is the question and the second
the answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.cells import FIELDS, field_called, item_of_row, neutral, row_of_item
from quizkit.formats.guard import MOST_TEXT, glance, read_text
from quizkit.formats.html import from_html
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions, Written

SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_CANDIDATES = "\t;,|"
_ANKI = re.compile(r"#([a-z ]+):(.*)")
_MARKUP = re.compile(
    r"</?(?:b|i|u|br|div|p|span|ul|ol|li|ruby|rt|img|sub|sup|strong|em)\b[^<>]*>|&(?:nbsp|lt|gt|amp);", re.I
)
SAMPLE_ROWS = 50


class Table(NamedTuple):
    """A table as it was found: rows with the line each begins in, and which of our fields each column holds."""

    rows: Sequence[tuple[int, list[str]]]
    fields: tuple[str, ...]
    html: bool
    named: bool
    title: str = ""


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: what is called a table, or has the same number of columns in each of its first lines."""
    text = glance(head, name)
    if not text.strip():
        return False
    if text.startswith("#separator:") or name.lower().endswith((".csv", ".tsv")):
        return True
    counts = {len(row) for _line, row in _rows(text, _separator(text))[:SAMPLE_ROWS]}
    return name.lower().endswith(".txt") and len(counts) == 1 and counts.pop() in range(2, 30)


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. `columns` maps our fields to the names of columns, or to their numbers from 1."""
    table = read_table(path, options)
    items: list[Item] = []
    losses: list[Loss] = []
    ignored = [str(number) for number, name in enumerate(table.fields, 1) if not name]
    if ignored:
        losses.append(Loss("table", f"column {', '.join(ignored)} isn't known: left out"))
    for line, row in table.rows:
        cells: dict[str, str] = {}
        lost: list[str] = []
        for name, cell in zip(table.fields, row, strict=False):
            if name and cell.strip():
                cells[name] = _text(cell, name, table.html, lost)
        if len(row) > len(table.fields):
            lost.append(f"{len(row) - len(table.fields)} cells beyond the last column: left out")
        if not cells:
            continue
        made = item_of_row(cells, lost)
        if made:
            items.append(made)
        losses += [Loss(f"line {line}", what) for what in lost]
    return Parcel(tuple(items), table.title, tuple(losses))


def _text(cell: str, name: str, html: bool, lost: list[str]) -> str:
    """A cell as text with marks; what protects it from being taken for a formula is undone."""
    text = neutral(cell)
    if not (html or _MARKUP.search(text)):
        return text.strip()
    converted = from_html(text)
    lost += converted.losses
    if converted.media:
        lost.append(f"pictures aren't in the file: {', '.join(converted.media)}")
    from quizkit.markup import plain

    return converted.text if name in ("question", "explain") else plain(converted.text)


def read_table(path: Path, options: ReadOptions) -> Table:
    """A file's rows, and what its columns hold. Raises QuizkitError when it is no table, or a column isn't there."""
    text = read_text(path, options.encoding)
    said, text, skipped = _directives(text)
    separator = options.separator or said.get("separator", "")
    separator = SEPARATORS.get(separator.lower(), separator) or _separator(text)
    rows = [(line + skipped, row) for line, row in _rows(text, separator) if any(cell.strip() for cell in row)]
    if not rows:
        raise QuizkitError(f"{path} holds no rows.", "Export it again from where it comes from.")
    width = max(len(row) for _line, row in rows)
    header = said["columns"].split(separator) if "columns" in said else []
    if not header and any(field_called(cell) in ("question", "answer", "kind") for cell in rows[0][1]):
        header = rows.pop(0)[1]
    fields = _fields(header, width, said)
    if options.columns:
        fields = _mapped(options.columns, header, width)
    named = bool(header) or bool(options.columns)
    return Table(rows, tuple(fields), said.get("html", "") == "true", named, said.get("deck", "").rsplit("::", 1)[-1])


def _directives(text: str) -> tuple[dict[str, str], str, int]:
    """Anki's lines at the top (`#separator:tab`) or Excel's `sep=;`, the rest, and how many lines they took."""
    said: dict[str, str] = {}
    taken = 0
    while True:
        line, _end, rest = text.partition("\n")
        if found := _ANKI.fullmatch(line):
            said[found[1]] = found[2]
        elif line.lower().startswith("sep=") and len(line) == 5:
            said["separator"] = line[4]
        else:
            return said, text, taken
        text = rest
        taken += 1


def _separator(text: str) -> str:
    """The separator that gives the first rows the same number of cells, and most of them."""
    sample = "\n".join(text.split("\n")[: SAMPLE_ROWS * 2])

    def fitness(separator: str) -> tuple[float, int]:
        counts = [len(row) for _line, row in _rows(sample, separator)][:SAMPLE_ROWS]
        usual = max(set(counts), key=counts.count, default=1)
        return (0.0 if usual < 2 else counts.count(usual) / len(counts), usual)

    return max(_CANDIDATES, key=lambda separator: fitness(separator))


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The rows of a table, each with the line it begins in. Quotes that never end are letters."""
    csv.field_size_limit(MOST_TEXT)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        lines = text.split("\n")[line - 1 :]
        rows += [(line + i, raw.split(separator)) for i, raw in enumerate(lines)]
    return rows


def _fields(header: Sequence[str], width: int, said: dict[str, str]) -> list[str]:
    """What each column holds, by the header, by Anki's word, or by custom."""
    fields = [field_called(cell) for cell in header] if header else ["question", "answer"][:width]
    fields += [""] * (width - len(fields))
    for word, name in (("guid column", "id"), ("tags column", "tags"), ("deck column", ""), ("notetype column", "")):
        if said.get(word, "").isdecimal() and 1 <= int(said[word]) <= width:
            number = int(said[word]) - 1
            if not header and name != fields[number] and fields[number] in ("question", "answer"):
                # Anki puts such columns in front: what is asked stands behind them.
                fields = [*fields[:number], "", *fields[number:]][:width]
            fields[number] = name
    first: set[str] = set()
    for number, name in enumerate(fields):
        if name in first and name != "wrong":
            fields[number] = ""
        first.add(name)
    return fields


def _mapped(columns: object, header: Sequence[str], width: int) -> list[str]:
    assert isinstance(columns, dict)
    fields = [""] * width
    names = [cell.strip().casefold() for cell in header]
    for name, column in columns.items():
        wanted = str(column).strip()
        if name not in FIELDS:
            raise QuizkitError(f"There is no field {name!r}.", f"Fields: {', '.join(FIELDS)}.")
        if wanted.isdecimal() and 1 <= int(wanted) <= width:
            fields[int(wanted) - 1] = name
        elif wanted.casefold() in names:
            fields[names.index(wanted.casefold())] = name
        else:
            known = ", ".join(header) if header else f"1 to {width}"
            raise QuizkitError(f"There is no column {wanted!r}.", f"Columns: {known}.")
    return fields


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`: CSV with a header, in UTF-8 with the mark that makes Excel read it as such."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    losses: list[Loss] = []
    rows = []
    for item in items:
        lost: list[str] = []
        rows.append(row_of_item(item, lost))
        losses += [Loss(item.key, what) for what in lost]
    used = [name for name in FIELDS if any(row.get(name) for row in rows)]
    table.writerow(used)
    table.writerows([row.get(name, "") for name in used] for row in rows)
    return Written(b"\xef\xbb\xbf" + out.getvalue().encode(), len(items), tuple(losses))
