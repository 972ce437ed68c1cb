"""Sheets as one self-contained page: no request to anywhere, dark and light, and fit to be printed."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from quizkit.markup import to_html
from quizkit.sheets.pictures import images
from quizkit.sheets.sheet import Entry, Sheet


def make_page(sheet: Sheet, template: str) -> bytes:
    """A sheet as HTML: `guide` (answers below the questions) or `cards` (to cut out)."""
    style = files("quizkit.sheets").joinpath(f"{template}.css").read_text("utf-8")
    body = _cards(sheet) if template == "cards" else _guide(sheet)
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _guide(sheet: Sheet) -> str:
    parts = [f"<h1>{escape(sheet.title)}</h1>"]
    for group in sheet.groups:
        if len(sheet.groups) > 1:
            parts.append(f"<h2>{escape(group.title)}</h2>")
        parts.append("<ol>")
        parts += [f"<li>{_entry(entry)}</li>" for entry in group.entries]
        parts.append("</ol>")
    return "\n".join(parts)


def _entry(entry: Entry) -> str:
    more = f'<div class="more">{to_html(entry.more)}</div>' if entry.more else ""
    note = f'<div class="note">{escape(entry.note)}</div>' if entry.note else ""
    return (
        f'<div class="front">{to_html(entry.front)}{images(entry.pictures)}</div>'
        f'<div class="back">{to_html(entry.back)}{images(entry.back_pictures)}</div>{more}{note}'
    )


def _cards(sheet: Sheet) -> str:
    """Each card with both sides, to be folded in the middle: a page can't know which way paper is turned over."""
    cards = [
        f'<div class="card"><div class="side">{to_html(entry.front)}{images(entry.pictures)}</div>'
        f'<div class="side back"><div>{to_html(entry.back)}</div>{images(entry.back_pictures)}'
        + (f'<div class="more">{to_html(entry.more)}</div>' if entry.more else "")
        + "</div></div>"
        for group in sheet.groups
        for entry in group.entries
    ]
    return f"<h1>{escape(sheet.title)}</h1>\n<main>\n" + "\n".join(cards) + "\n</main>"
