"""Numbers drawn with characters: bars and columns, readable without colour and beside their figures."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.columns import clip, pad, width
from quizkit.terminal.draw import MARGIN, Page

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = " ▁▂▃▄▅▆▇█"


def bars(page: Page, rows: Sequence[tuple[str, float, str]], *, most: float | None = None) -> list[str]:
    """Horizontal bars: (label, value, figure to print)."""
    if not rows:
        return []
    label_room = min(max(width(label) for label, _, _ in rows), page.inner // 2)
    figure_room = max(width(figure) for _, _, figure in rows)
    room = max(page.inner - label_room - figure_room - 2, 4)
    top = most or max(value for _, value, _ in rows) or 1
    return [
        f"{MARGIN}{pad(clip(label, label_room), label_room)} "
        f"{page.style(pad(_bar(value / top, room), room), 'accent')} {figure.rjust(figure_room)}"
        for label, value, figure in rows
    ]


def _bar(share: float, room: int) -> str:
    eighths = round(max(0.0, min(share, 1.0)) * room * 8)
    if share > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def columns_chart(page: Page, values: Sequence[int], *, height: int = 5) -> list[str]:
    """Vertical bars, one for each value, two columns wide where there is room; the top line carries the maximum."""
    top = max(values, default=0)
    if not top:
        return []
    figure = str(top)
    each = 2 if 2 * len(values) + len(figure) + 1 <= page.inner else 1
    lines = []
    for level in range(height, 0, -1):
        cells = "".join(_cell(value / top * height - (level - 1)) * each for value in values)
        label = figure if level == height else ("0" if level == 1 else "")
        lines.append(f"{MARGIN}{label.rjust(len(figure))} {page.style(cells.rstrip(), 'accent')}")
    return lines


def _cell(filled: float) -> str:
    if filled >= 1:
        return "█"
    return _HEIGHTS[max(0, round(filled * 8))] if filled > 0 else " "


def table(
    page: Page,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> list[str]:
    """Columns of text under a head; `right` names the columns that are set flush right.

    The widest column gives way, but none of `whole`: what is there to be typed again is never cut.
    """
    every = [head, *rows]
    rooms = [max(width(str(row[i])) for row in every) for i in range(len(head))]
    yielding = [i for i in range(len(head)) if i not in whole]
    while sum(rooms) + 2 * (len(rooms) - 1) > page.inner:
        widest = max(yielding, key=lambda i: rooms[i])
        if rooms[widest] <= 6:
            break
        rooms[widest] -= 1

    def line(row: Sequence[str]) -> str:
        cells = []
        for i, cell in enumerate(row):
            text = clip(str(cell), rooms[i])
            cells.append(" " * (rooms[i] - width(text)) + text if i in right else pad(text, rooms[i]))
        return (MARGIN + "  ".join(cells)).rstrip()

    return [page.style(line(head), "dim"), *(line(row) for row in rows)]
