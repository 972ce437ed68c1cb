"""A report as tables and sentences: drawn as a page (`report_page`) or in the terminal, in the same words."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """A figure or a word. `detail` is its n and interval; `share` (0 to 1) shades it, beside the figure it shows."""

    text: str
    detail: str = ""
    share: float | None = None


class Table(NamedTuple):
    """Columns under a head; the first names the row. `right` are columns of figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: tuple[int, ...] = ()
    title: str = ""


class Point(NamedTuple):
    """A sentence to act upon, with what it is about. `mark` is a symbol before it; `lines` go with it."""

    text: str
    mark: str = ""
    lines: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of a report. `note` says how its figures are to be read."""

    title: str
    lead: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""


class Report(NamedTuple):
    """A whole report in one language."""

    lang: str
    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
