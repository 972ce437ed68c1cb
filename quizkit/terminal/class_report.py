"""The report on a class, in the terminal: the same sections and words as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from quizkit.clock import date_of
from quizkit.columns import clip, harmless, pad, width, wrap
from quizkit.reports.lessons import Row
from quizkit.reports.remarks import sentence
from quizkit.reports.strength import Measure
from quizkit.sheets.report import Cell, Report, Section, Table
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.quality import relation_json
from quizkit.terminal.results import share_json

if TYPE_CHECKING:
    from quizkit.workspace.class_report import ClassReport

_SHADES = "▁▂▃▄▅▆▇█"
LEAST_FIRST = 14
GAP = "  "


def report_lines(page: Page, report: Report) -> list[str]:
    """The report, section by section."""
    lines = [*page.block(report.title, "bold")]
    for about in report.about:
        lines += page.block(about, "dim")
    for section in report.sections:
        lines += ["", *_section(page, section)]
    return lines


def _section(page: Page, section: Section) -> list[str]:
    lines = [*page.block(section.title, "bold", "underline"), ""]
    for text in section.lead:
        lines += [*page.block(text), ""]
    for point in section.points:
        mark = f"{point.mark} " if point.mark else "- "
        lines += page.block(point.text, first=MARGIN + page.style(mark, "warn"), indent=MARGIN + "  ")
        for text in point.lines:
            lines += page.block(text, "dim", indent=MARGIN + "    ")
    if section.points and (section.tables or section.note):
        lines.append("")
    for table in section.tables:
        lines += [*_table(page, table), ""]
    if section.note:
        lines += page.block(section.note, "dim")
    return lines


def _table(page: Page, table: Table) -> list[str]:
    """A table; one that is wider than the page goes on below with its first column repeated."""
    lines = page.block(table.title, "accent") if table.title else []
    places = list(range(1, len(table.head)))
    rooms = {place: _room(table, place) for place in range(len(table.head))}
    while places or not lines:
        first = min(rooms[0], max(LEAST_FIRST, page.inner // 3))
        taken, used = [places.pop(0)] if places else [], first
        used += sum(len(GAP) + rooms[place] for place in taken)
        while places and used + len(GAP) + rooms[places[0]] <= page.inner:
            taken.append(places.pop(0))
            used += len(GAP) + rooms[taken[-1]]
        if not places:
            # What is left over goes to the first column.
            first = min(rooms[0], first + max(0, page.inner - used))
        lines += _part(page, table, taken, {**rooms, 0: first})
        if places:
            lines.append("")
    return lines


def _room(table: Table, place: int) -> int:
    cells = [row[place] for row in table.rows]
    widths = [width(_text(cell)) for cell in cells] + [width(cell.detail) for cell in cells]
    return min(max([width(table.head[place]), *widths]), 40)


def _part(page: Page, table: Table, places: list[int], rooms: dict[int, int]) -> list[str]:
    taken = [0, *places]

    def line(texts: Sequence[str], *names: str) -> str:
        cells = []
        for place, text in zip(taken, texts, strict=True):
            room = min(rooms[place], page.inner)
            shown = clip(text, room)
            cells.append(" " * (room - width(shown)) + shown if place in table.right else pad(shown, room))
        return MARGIN + page.style(GAP.join(cells).rstrip(), *names)

    lines = [line([table.head[place] for place in taken], "dim")]
    for row in table.rows:
        words = [wrap(harmless(_text(row[place])), min(rooms[place], page.inner)) for place in taken]
        figures = len(max((words[i] for i, place in enumerate(taken) if place in table.right), key=len, default=[]))
        details = [row[place].detail for place in taken]
        # The details of figures stand right below them, beside whatever else goes on.
        for i, place in enumerate(taken):
            if details[i]:
                room = max(figures, 1) if place in table.right or row[place].share is not None else len(words[i])
                words[i] = [*words[i], *[""] * (room - len(words[i])), details[i]]
        lines += [line([*texts]) for texts in zip_longest(*words, fillvalue="")]
    return lines


def _text(cell: Cell) -> str:
    """A cell's figure, with a bar as high as its share."""
    if cell.share is None:
        return cell.text
    height = round(min(max(cell.share, 0.0), 1.0) * (len(_SHADES) - 1))
    return f"{_SHADES[height]} {cell.text}"


def report_json(found: ClassReport) -> dict[str, Any]:
    """All figures for scripts."""
    return {
        "class": found.classroom.name,
        "students": len(found.classroom.students),
        "sources": dict(found.sources),
        "guests": found.guests,
        "periods": [[date_of(day).isoformat() for day in period] for period in found.days],
        "drills": [
            {
                "name": one.name,
                "mode": one.mode,
                "date": date_of(one.day).isoformat(),
                "questions": one.questions,
                "students": one.students,
                **share_json(one.share),
                "reliability": one.reliability._asdict(),
            }
            for one in found.lessons
        ],
        "mastery": {
            by.value: [{**_row_json(row), "now": found.now.get((by, row.group))} for row in rows]
            for by, rows in found.rows.items()
        },
        "standings": [
            {
                "student": one.student,
                **share_json(one.share),
                "strength": _measure_json(one.strength),
                "needs": [{"group": need.group, **share_json(need.own)} for need in one.needs],
            }
            for one in found.standings
        ],
        "beliefs": [one._asdict() for one in found.beliefs],
        "questions": [
            {
                "card": one.item.card,
                "prompt": one.prompt,
                "n": one.item.n,
                "facility": one.item.facility,
                "interval": one.item.interval,
                "discrimination": relation_json(one.item.discrimination),
                "efficiency": relation_json(one.item.efficiency),
                "point_biserial": relation_json(one.item.biserial),
                "difficulty": _measure_json(one.difficulty),
                "seconds": one.item.seconds,
                "group": one.item.choices.group,
                "choices": [
                    {
                        "text": text,
                        "right": option in one.options.keyed.right,
                        **one.item.choices.of(option)._asdict(),
                    }
                    for option, text in enumerate(one.options.texts)
                ],
                "codes": [remark.code for remark in one.remarks],
                "said": [sentence(remark, one.options.texts) for remark in one.remarks],
                "sources": dict(one.sources),
            }
            for one in found.items
        ],
        "next": [one._asdict() for one in found.planned],
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {"group": row.group, **share_json(row.total), "periods": [share_json(cell) for cell in row.cells]}


def _measure_json(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {"value": measure.value, "error": measure.error, "interval": list(measure.interval), "n": measure.n}
