"""Tables: CSV and TSV (RFC 4180), Anki's text export (https://docs.ankiweb.net/importing/text-files.html), Quizlet's.

A header names the columns, in English, Japanese or Korean. Without one the first column is the question and the second
the answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.formats.cells import FIELDS, SEVERAL, field_called, item_of_row, joined, neutral, row_of_item
from quizkit.formats.deck_names import short_names
from quizkit.formats.guard import MOST_TEXT, glance, read_text
from quizkit.formats.headings import directives, fields_of, is_header, mapped
from quizkit.formats.html import from_html
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions, Written, losses_of

SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_CANDIDATES = "\t;,|"
_WITH = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>"""
_ALONE = re.compile(rf"<(?:br|img){_WITH}|&(?:nbsp|lt|gt|amp|quot);", re.I)
_OPEN = re.compile(rf"<(b|i|u|div|p|span|ul|ol|li|ruby|sub|sup|strong|em){_WITH}", re.I)
_CLOSE = re.compile(r"</(b|i|u|div|p|span|ul|ol|li|ruby|sub|sup|strong|em)\s*>", re.I)
SAMPLE_ROWS = 50
SHOWN = 40
"""Characters of a text that is left out."""


class Table(NamedTuple):
    """A table as it was found: rows with the line each begins in, and which of our fields each column holds.

    `html` says whether the cells hold HTML, None where nobody says so. `header` is how the columns are called there,
    where that is said; `shared` are cells that every row has.
    """

    rows: Sequence[tuple[int, list[str]]]
    fields: tuple[str, ...]
    html: bool | None
    named: bool
    title: str = ""
    separator: str = ","
    header: tuple[str, ...] = ()
    shared: Mapping[str, str] = {}


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: what is called a table, or has the same number of columns in each of its first lines."""
    text = glance(head, name)
    if not text.strip():
        return False
    if text.startswith("#separator:") or name.lower().endswith((".csv", ".tsv")):
        return True
    counts = {len(row) for _line, row in rows_of(text, separator_of(text))[:SAMPLE_ROWS]}
    return name.lower().endswith(".txt") and len(counts) == 1 and counts.pop() in range(2, 30)


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. `columns` maps our fields to the names of columns, or to their numbers from 1."""
    table = read_table(path, options)
    items: list[Item] = []
    losses: list[Loss] = list(_unknown(table))
    for line, row in table.rows:
        lost: list[str] = []
        cells = _cells(table, row, lost)
        if not cells:
            continue
        made = item_of_row({**table.shared, **cells}, lost)
        if made:
            items.append(made)
        losses += losses_of(f"line {line}", lost, made)
    names = short_names(item.group for item in items)
    items = [item._replace(group=names[item.group]) for item in items] if any(names) else items
    return Parcel(tuple(items), table.title, tuple(losses))


def _unknown(table: Table) -> Iterator[Loss]:
    """The columns that hold something, and nobody knows what."""
    ignored = [
        f"“{table.header[i].strip()}”" if i < len(table.header) and table.header[i].strip() else str(i + 1)
        for i, name in enumerate(table.fields)
        if not name and any(i < len(row) and row[i].strip() for _line, row in table.rows)
    ]
    if ignored:
        what = f"columns {', '.join(ignored)} aren't" if ignored[1:] else f"column {ignored[0]} isn't"
        yield Loss("table", f"{what} known: left out")


def _cells(table: Table, row: Sequence[str], lost: list[str]) -> dict[str, str]:
    """A row's cells by field, as texts."""
    cells: dict[str, str] = {}
    for name, cell in zip(table.fields, row, strict=False):
        if not (name and cell.strip()):
            continue
        text = _text(cell, name, table.html, lost)
        if name in SEVERAL and table.fields.count(name) > 1:
            # Each in a column of its own: a bar in it is a letter.
            text = f"{cells[name]} | {joined([text])}" if name in cells else joined([text])
        cells[name] = text
    beyond = table.separator.join(row[len(table.fields) :]).strip()
    if beyond.strip(table.separator):
        sign = "a tab" if table.separator == "\t" else table.separator
        lost.append(
            f"“{_short(beyond)}” stands behind the last column: left out (a text with {sign} in it needs quotes)"
        )
    return cells


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _text(cell: str, name: str, html: bool | None, lost: list[str]) -> str:
    """A cell as text with marks; what protects it from being taken for a formula is undone."""
    text = neutral(cell)
    if not (_looks_html(text) if html is None else html):
        return text.strip()
    converted = from_html(text)
    lost += converted.losses
    if converted.media:
        lost.append(f"pictures aren't in the file: {', '.join(converted.media)}")
    from quizkit.markup import plain

    return converted.text if name in ("question", "explain") else plain(converted.text)


def _looks_html(text: str) -> bool:
    """Whether a text holds elements with their ends, line breaks or pictures: `a<b and c>d` does not."""
    if _ALONE.search(text):
        return True
    opened = {found[1].lower() for found in _OPEN.finditer(text)} if "</" in text else set()
    return any(found[1].lower() in opened for found in _CLOSE.finditer(text))


def read_table(path: Path, options: ReadOptions) -> Table:
    """A file's rows, and what its columns hold. Raises QuizkitError when it is no table, or a column isn't there."""
    text = read_text(path, options.encoding)
    said, text, skipped = directives(text)
    separator = options.separator or said.get("separator", "")
    separator = SEPARATORS.get(separator.lower(), separator) or separator_of(text)
    rows = [(line + skipped, row) for line, row in rows_of(text, separator) if any(cell.strip() for cell in row)]
    if not rows:
        raise QuizkitError(f"{path} holds no rows.", "Export it again from where it comes from.")
    first = rows[0][1]
    width = max(len(row) for _line, row in rows)
    header = said["columns"].split(separator) if "columns" in said else []
    # Where Anki says what stands where, the first row is a note already, whatever its words are.
    anki = any(word.endswith((" column", "columns")) for word in said)
    if not header and (options.columns or not anki) and is_header(first, options.columns):
        header = rows.pop(0)[1]
    fields = mapped(options.columns, header, first, width) if options.columns else fields_of(header, width, said)
    usual = len(header) or _usual([len(row) for _line, row in rows])
    while len(fields) > usual and not fields[-1]:
        fields.pop()
    return Table(
        rows,
        tuple(fields),
        said["html"].lower() == "true" if "html" in said else None,
        anki or bool(header) or bool(options.columns),
        said.get("deck", "").rsplit("::", 1)[-1],
        separator,
        tuple(header),
        {name: said[name] for name in ("tags", "notetype") if said.get(name)},
    )


def _usual(counts: Sequence[int]) -> int:
    """How many cells most rows have."""
    return max(sorted(set(counts), reverse=True), key=counts.count, default=1)


def separator_of(text: str) -> str:
    """The separator by which the first row names columns, else the one that gives the first rows the same number of
    cells, and most of them.
    """
    sample = "\n".join(text.split("\n")[: SAMPLE_ROWS * 2])

    def fitness(separator: str) -> tuple[bool, float, int]:
        rows = [row for _line, row in rows_of(sample, separator)][:SAMPLE_ROWS]
        counts = list(map(len, rows))
        usual = _usual(counts)
        named = bool(rows) and len([cell for cell in rows[0] if field_called(cell)]) > 1
        return (named, 0.0 if usual < 2 else counts.count(usual) / len(counts), usual)

    return max(_CANDIDATES, key=lambda separator: fitness(separator))


def rows_of(text: str, separator: str) -> list[tuple[int, list[str]]]:
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
