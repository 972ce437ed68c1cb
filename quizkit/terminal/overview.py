"""Decks as a whole, drawn: coverage, mastery, the study guide, and the map of arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from quizkit.columns import harmless, wrap
from quizkit.i18n import _, ngettext
from quizkit.reports.coverage import Coverage, PassageCoverage
from quizkit.reports.mastery import Mastery
from quizkit.terminal import draw
from quizkit.terminal.charts import bars
from quizkit.terminal.draw import MARGIN, Page

if TYPE_CHECKING:
    from quizkit.workspace.insight import Entry
    from quizkit.workspace.overview import ArgumentView


def coverage_lines(page: Page, found: Coverage) -> list[str]:
    """Passages against cards: a bar each, and what is missing."""
    rows = []
    for row in found.passages:
        figure = _("{cards} cards · {reasoning}/{notes} notes reason", **_counts(row))
        rows.append((row.passage, float(row.cards), figure))
    missing = [row.passage for row in found.passages if not row.notes]
    recall = [row.passage for row in found.passages if row.only_recall]
    nothing = "—"
    tone = ("warn",) if missing else ()
    return [
        *bars(page, rows),
        "",
        *page.block(_("Asked nowhere: {passages}", passages=" ".join(missing) or nothing), *tone),
        *page.block(_("Only recall: {passages}", passages=" ".join(recall) or nothing)),
        *page.block(_("Citing nothing: {notes}", notes=" ".join(found.uncited) or nothing)),
    ]


def _counts(row: PassageCoverage) -> dict[str, object]:
    return {"cards": row.cards, "reasoning": row.reasoning, "notes": row.notes}


def mastery_lines(page: Page, found: Sequence[Mastery]) -> list[str]:
    """A bar for each group: the share of its cards that is likely remembered now."""
    if not found:
        return page.block(_("No card belongs to such a group."))
    rows = [(group.group, group.share, f"{group.share:4.0%} · {group.seen}/{group.cards}") for group in found]
    return [*page.block(_("Likely remembered now · cards seen of all"), "dim"), *bars(page, rows, most=1.0)]


def outline_lines(page: Page, title: str, entries: Iterable[Entry]) -> list[str]:
    """A deck as a study guide: question, answer, and what there is to know about it."""
    lines = [*page.block(title, "bold"), ""]
    for number, entry in enumerate(entries, 1):
        lines += page.block(entry.prompt, "bold", indent=MARGIN + "    ", first=f"{MARGIN}{number:>2}. ")
        for line in entry.answer:
            lines += page.block(line, indent=MARGIN + "      ", first=MARGIN + "    → ")
        if entry.explain:
            lines += page.block(entry.explain, "dim", indent=MARGIN + "    ")
        if entry.cite:
            lines += page.block(" ".join(entry.cite), "dim", indent=MARGIN + "    ")
        lines.append("")
    return lines


def map_lines(page: Page, views: Sequence[ArgumentView]) -> list[str]:
    """Each claim with what supports it (+) and what speaks against it (−), and how well it is known."""
    if not views:
        return page.block(_("There are no argument notes in these decks."))
    lines: list[str] = []
    for view in views:
        known = f"{draw.bar(view.mastery, 10, page.style)} {view.mastery:4.0%}"
        lines.append(f"{MARGIN}{known}  {page.style(view.note, 'dim')}")
        lines += page.block(view.claim, "bold")
        if view.who:
            lines += page.block(_("Says: {claim}", claim=view.who), "dim")
        for sign, tone, texts in (("+", "good", view.grounds), ("−", "bad", view.rebuttal)):
            for text in texts:
                lines += page.block(text, indent=MARGIN + "     ", first=f"{MARGIN}  {page.style(sign, tone)}  ")
        lines.append("")
    return [*lines, *page.block(ngettext("{n} argument", "{n} arguments", len(views)), "dim")]


WIDTH, LINE, PAD = 900, 20, 14


def map_svg(title: str, views: Sequence[ArgumentView]) -> str:
    """The map as an SVG: a box for each claim, its shade the learner's mastery; supports on green, rebuttals on red."""
    parts: list[str] = []
    y = 60
    for view in views:
        claim = [*wrap(view.claim, 96), f"{view.note} · {view.mastery:.0%}"]
        y = _box(parts, 20, y, WIDTH - 40, claim, "#3b82f6", view.mastery)
        for sign, colour, texts in (("+", "#15803d", view.grounds), ("−", "#b91c1c", view.rebuttal)):
            for text in texts:
                parts.append(f'<path d="M40 {y - 6} v18 h20" fill="none" stroke="{colour}"/>')
                y = _box(parts, 60, y, WIDTH - 80, wrap(f"{sign} {text}", 92), colour, 0.0)
        y += 16
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}">'
    style = 'font-family="system-ui, Noto Sans CJK JP, Noto Sans CJK KR, sans-serif" font-size="14"'
    heading = f'<text x="20" y="36" font-size="20" font-weight="bold" fill="#111">{escape(harmless(title))}</text>'
    background = f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>'
    return "\n".join([head, background, f"<g {style}>", heading, *parts, "</g>", "</svg>", ""])


def _box(parts: list[str], x: int, y: int, width: int, lines: Sequence[str], colour: str, filled: float) -> int:
    """Draw a box of text; returns where the next may begin."""
    height = len(lines) * LINE + PAD
    parts.append(
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{colour}" '
        f'fill-opacity="{0.06 + 0.4 * filled:.2f}" stroke="{colour}"/>'
    )
    for i, line in enumerate(lines):
        parts.append(f'<text x="{x + 12}" y="{y + LINE * (i + 1)}" fill="#111">{escape(harmless(line))}</text>')
    return y + height + 8
