"""Diagnostics for people: file:line:column, an excerpt with the place marked, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quizkit.columns import harmless, width
from quizkit.diagnostics import Diagnostic, Severity
from quizkit.terminal.style import Style

BEFORE = 30
"""Columns shown before the place, where a line is too long to be shown whole."""


def render(diagnostic: Diagnostic, lines: Sequence[str] | None, style: Style, columns: int = 100) -> list[str]:
    """One diagnostic. `lines` are the file's, None where there is nothing to show of it."""
    severity = diagnostic.rule.severity
    tone = "bad" if severity is Severity.ERROR else "warn"
    head = style(f"{severity.value}[{diagnostic.rule.code}]", tone, "bold")
    drawn = [f"{style(str(diagnostic.span), 'bold')}: {head}: {harmless(diagnostic.message)}"]
    if lines is not None and diagnostic.span.line <= len(lines):
        drawn += _excerpt(diagnostic, lines[diagnostic.span.line - 1], style, tone, columns)
    if diagnostic.fix:
        drawn.append(f"  {style('→', tone)} {harmless(diagnostic.fix)}")
    return drawn


def _excerpt(diagnostic: Diagnostic, line: str, style: Style, tone: str, columns: int) -> list[str]:
    span = diagnostic.span
    margin = f"{span.line:>5} | "
    start = max(span.column - 1, 0)
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(min(end, len(line)), start + 1)
    first = 0
    if width(line) > columns - len(margin):
        first = max(0, start - BEFORE)
    # Each piece is made harmless by itself, so that the mark below keeps to what it marks.
    before, marked = harmless(line[first:start]), harmless(line[start:end])
    room = columns - len(margin) - width(before)
    shown, used = "", 0
    for char in harmless(line[start:]):
        used += width(char)
        if used > room:
            break
        shown += char
    carets = "^" * max(1, min(width(marked), room))
    return [
        style(margin, "dim") + before + shown,
        style(" " * (len(margin) - 2) + "| ", "dim") + " " * width(before) + style(carets, tone),
    ]


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
    from quizkit.source import read_source

    if path is None:
        return None
    text, _problems = read_source(path, "")
    return None if text is None else text.split("\n")


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
