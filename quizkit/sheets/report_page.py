"""A report as one self-contained page: no request to anywhere, light and dark, for a phone, a projector and paper."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from quizkit.sheets.report import Cell, Point, Report, Section, Table

SHORT = 12
"""Characters that stay on one line: a date, a figure."""


def make_report_page(report: Report) -> str:
    """The page. Shades only repeat what the figures say."""
    style = files("quizkit.sheets").joinpath("report.css").read_text("utf-8")
    contents = "".join(
        f'<li><a href="#s{number}">{escape(section.title)}</a></li>'
        for number, section in enumerate(report.sections, 1)
    )
    about = "".join(f"<p>{escape(line)}</p>" for line in report.about)
    body = "\n".join(_section(number, section) for number, section in enumerate(report.sections, 1))
    return (
        f'<!doctype html>\n<html lang="{escape(report.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        f"<title>{escape(report.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(report.title)}</h1>{about}<nav><ol>{contents}</ol></nav></header>\n"
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(number: int, section: Section) -> str:
    parts = [f'<section id="s{number}">', f"<h2>{escape(section.title)}</h2>"]
    parts += [f"<p>{escape(line)}</p>" for line in section.lead]
    if section.points:
        parts.append(f"<ul>{''.join(map(_point, section.points))}</ul>")
    parts += [_table(table) for table in section.tables]
    if section.note:
        parts.append(f'<p class="note">{escape(section.note)}</p>')
    return "\n".join([*parts, "</section>"])


def _point(point: Point) -> str:
    mark = f'<b class="mark">{escape(point.mark)}</b> ' if point.mark else ""
    lines = "".join(f"<small>{escape(line)}</small>" for line in point.lines)
    return f"<li>{mark}{escape(point.text)}{lines}</li>"


def _table(table: Table) -> str:
    title = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    head = "".join(
        f'<th scope="col"{_right(table, place)}>{escape(text)}</th>' for place, text in enumerate(table.head)
    )
    rows = "\n".join(
        f"<tr>{''.join(_cell(table, place, cell) for place, cell in enumerate(row))}</tr>" for row in table.rows
    )
    label = escape(table.title or (table.head[0] if table.head else ""))
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{label}">'
        f"<table>{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _right(table: Table, place: int) -> str:
    return ' class="right"' if place in table.right else ""


def _cell(table: Table, place: int, cell: Cell) -> str:
    detail = f"<small>{escape(cell.detail)}</small>" if cell.detail else ""
    text = escape(cell.text) + detail
    if place == 0:
        return f'<th scope="row">{text}</th>'
    if cell.share is None:
        kind = " ".join(
            name for name, holds in (("right", place in table.right), ("short", len(cell.text) <= SHORT)) if holds
        )
        return f'<td class="{kind}">{text}</td>'
    return f'<td class="heat" style="--share:{round(100 * cell.share)}%">{text}</td>'
