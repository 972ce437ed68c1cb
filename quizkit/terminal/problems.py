"""Diagnostics for people: file:line:column, an excerpt with the place marked, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quizkit.columns import clip, harmless, width
from quizkit.diagnostics import Diagnostic, Severity, Span
from quizkit.terminal.style import Style

BEFORE = 30
"""Columns shown before the place, where a line is too long to be shown whole."""

LONGEST_MESSAGE = 600
"""Characters of a message that are shown: it may quote a text of any length."""

_ON_ONE_LINE = {0x0A: "␊", 0x0D: "␍", 0x85: "␊", 0x2028: "␊", 0x2029: "␊"}
_IN_EXCERPT = _ON_ONE_LINE | {0x09: "␉"}


def render(diagnostic: Diagnostic, lines: Sequence[str] | None, style: Style, columns: int = 100) -> list[str]:
    """One diagnostic. `lines` are the file's, None where there is nothing to show of it."""
    severity = diagnostic.rule.severity
    tone = "bad" if severity is Severity.ERROR else "warn"
    head = style(f"{severity.value}[{diagnostic.rule.code}]", tone, "bold")
    drawn = [f"{style(_on_one_line(str(diagnostic.span)), 'bold')}: {head}: {_on_one_line(diagnostic.message)}"]
    if lines is not None and diagnostic.span.line <= len(lines):
        drawn += _excerpt(diagnostic.span, lines[diagnostic.span.line - 1], style, tone, columns)
    if diagnostic.fix:
        drawn.append(f"  {style('→', tone)} {_on_one_line(diagnostic.fix)}")
    return drawn


def _on_one_line(text: str) -> str:
    """A text that can't steer the terminal, nor look like a diagnostic of its own."""
    shown = text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…"
    return harmless(shown.translate(_ON_ONE_LINE))


def _excerpt(span: Span, line: str, style: Style, tone: str, columns: int) -> list[str]:
    """The line and, below it, a mark under the span; of a long line the part around it."""
    margin = f"{span.line:>5} | "
    room = max(columns - len(margin), 2 * BEFORE)
    start = min(max(span.column - 1, 0), len(line))
    # A span without an end is a point; one that goes on below is marked to the end of its first line.
    end = len(line) if span.end_line > span.line else span.end_column - 1 if span.end_line else start + 1
    # Each piece is made harmless by itself, so that the mark keeps to what it marks. A line can be as long as a file:
    # only what may be shown is looked at.
    before, marked, after = (
        harmless(piece.translate(_IN_EXCERPT))
        for piece in (line[max(start - room, 0) : start], line[start:end][:room], line[max(start, end) :][:room])
    )
    if width(before) + width(marked) + width(after) > room or start > room:
        before = _last_columns(before, BEFORE, cut=start > room)
        marked = clip(marked, room - width(before))
        after = clip(after, room - width(before) - width(marked))
    carets = "^" * max(1, width(marked.rstrip(" ")))
    return [
        style(margin, "dim") + before + marked + after,
        style(" " * (len(margin) - 2) + "| ", "dim") + " " * width(before) + style(carets, tone),
    ]


def _last_columns(text: str, columns: int, *, cut: bool) -> str:
    """The end of a text, with an ellipsis where its beginning is missing."""
    if width(text) <= columns and not cut:
        return text
    kept, used = "", 1
    for char in reversed(text):
        used += width(char)
        if used > columns:
            break
        kept = char + kept
    return "…" + kept


def render_all(
    diagnostics: Iterable[Diagnostic], files: Mapping[str, Path], style: Style, columns: int = 100
) -> list[str]:
    """All of them, a blank line between."""
    texts: dict[str, list[str] | None] = {}
    drawn: list[str] = []
    for diagnostic in diagnostics:
        file = diagnostic.span.file
        if file not in texts:
            texts[file] = _lines(files.get(file))
        drawn += [*render(diagnostic, texts[file], style, columns), ""]
    return drawn


def _lines(path: Path | None) -> list[str] | None:
    """The lines of a file as YAML counts them, with some characters for line ends that most editors don't count."""
    import re

    from quizkit.source import read_source

    if path is None:
        return None
    text, _problems = read_source(path, "")
    return None if text is None else re.split("[\n\x85\u2028\u2029]", text)


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic for scripts."""
    span = diagnostic.span
    return {
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity.value,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": diagnostic.message,
        "fix": diagnostic.fix,
        "explain": diagnostic.rule.explain,
    }
