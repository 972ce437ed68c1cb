"""Pictures of real sessions: `python -m tools.picture` plays them in a pseudo-terminal and draws docs/*.svg.

Nothing is drawn by hand: what the SVG shows is what stood on the terminal's screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import pexpect
import pyte

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COLUMNS, ROWS = 80, 24
CELL_WIDTH, CELL_HEIGHT, PAD = 9, 20, 16
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, Noto Sans Mono CJK JP, monospace"
COLOURS = {
    "default": "#d7dae0",
    "green": "#8fce8b",
    "red": "#f08a86",
    "brown": "#e5c07b",
    "cyan": "#6fc3df",
}


class Scene(NamedTuple):
    """A session to play: the language, the arguments, and (text to wait for, keys to send) in turn."""

    name: str
    lang: str
    arguments: tuple[str, ...]
    play: tuple[tuple[str, str], ...]
    until: str


SCENES = (
    Scene("session-en", "en", ("study", "camp-david"), (("›", "May 2024\r"),), "Your call"),
    Scene("session-ja", "ja", ("quiz", "camp-david", "--kind", "choice", "--seed", "4"), (("❯", "1"),), "P2"),
)


def play(scene: Scene) -> pyte.Screen:
    """The screen at the end of a scene."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "QUIZKIT_NOW": "2026-01-05T09:00+09:00",
            "QUIZKIT_LANG": scene.lang,
            "QUIZKIT_DB": str(Path(folder) / "progress.db"),
        }
        child = pexpect.spawn(
            sys.executable,
            ["-m", "quizkit", *scene.arguments],
            env=environment,
            cwd=str(ROOT),
            dimensions=(ROWS, COLUMNS),
            timeout=30,
        )
        for text, keys in scene.play:
            _feed(child, screen, stream, text)
            child.send(keys)
        _feed(child, screen, stream, scene.until, fresh=True)
        child.close(force=True)
    return screen


def _feed(
    child: pexpect.spawn, screen: pyte.Screen, stream: pyte.ByteStream, text: str, *, fresh: bool = False
) -> None:
    """Read what comes until the text is on the screen, and the terminal has fallen silent."""
    seen = not fresh and any(text in line for line in screen.display)
    while True:
        try:
            stream.feed(child.read_nonblocking(65536, timeout=30 if not seen else 0.4))
        except pexpect.TIMEOUT:
            if seen:
                return
            raise
        seen = seen or any(text in line for line in screen.display)


def svg(screen: pyte.Screen) -> str:
    """The screen as an SVG, cell by cell."""
    width, height = COLUMNS * CELL_WIDTH + 2 * PAD, _last(screen) * CELL_HEIGHT + 2 * PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<rect width="{width}" height="{height}" rx="10" fill="#1e2127"/>',
        f'<g font-family="{FONTS}" font-size="15">',
    ]
    for row in range(_last(screen)):
        parts += _runs(screen, row)
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _last(screen: pyte.Screen) -> int:
    filled = [row for row, line in enumerate(screen.display) if line.strip()]
    return (filled[-1] if filled else 0) + 1


def _runs(screen: pyte.Screen, row: int) -> Sequence[str]:
    """Stretches of cells that look alike. Each keeps its place, however wide the viewer's font draws it."""
    made: list[str] = []
    start, text, look = 0, "", ("default", False, False)
    cells = screen.buffer[row]
    for column in range(COLUMNS + 1):
        cell = cells[column] if column < COLUMNS else None
        now = (cell.fg, cell.bold, cell.underscore) if cell else None
        if now != look or (cell and len(text) and text[-1] == " " and cell.data == " "):
            if text.strip():
                made.append(_text(row, start, text.rstrip(), look))
            start, text, look = column, "", now or look
        if cell is not None:
            text += cell.data
    return made


def _text(row: int, column: int, text: str, look: tuple[str, bool, bool]) -> str:
    from quizkit.columns import width

    lead = len(text) - len(text.lstrip())
    x = PAD + (column + lead) * CELL_WIDTH
    y = PAD + row * CELL_HEIGHT + 15
    colour = COLOURS.get(look[0], COLOURS["default"])
    style = (
        f' fill="{colour}"'
        + (' font-weight="bold"' if look[1] else "")
        + (' text-decoration="underline"' if look[2] else "")
    )
    length = width(text.strip()) * CELL_WIDTH
    place = f'x="{x}" y="{y}" textLength="{length}" lengthAdjust="spacingAndGlyphs"'
    return f'<text {place}{style} xml:space="preserve">{escape(text.strip())}</text>'


def main() -> None:
    """Play every scene and draw it."""
    for scene in SCENES:
        path = DOCS / f"{scene.name}.svg"
        path.write_text(svg(play(scene)), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
