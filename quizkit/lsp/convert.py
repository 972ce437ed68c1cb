"""Between our values and those of the Language Server Protocol."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from quizkit.decks.places import Edit
from quizkit.diagnostics import Diagnostic, Span
from quizkit.lsp.acting import apart
from quizkit.lsp.desk import Paper
from quizkit.lsp.suggestion import Suggestion
from quizkit.lsp.text import Position, Range

_KINDS = {
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.Value,
    "kind": lsp.CompletionItemKind.Class,
    "note": lsp.CompletionItemKind.Reference,
    "passage": lsp.CompletionItemKind.Reference,
    "source": lsp.CompletionItemKind.File,
}


def path_of(uri: str) -> Path | None:
    """The path of a file; None of what is no file."""
    path = to_fs_path(uri)
    return Path(path) if path else None


def from_position(position: lsp.Position) -> Position:
    """A place the editor speaks of."""
    return Position(position.line, position.character)


def from_range(where: lsp.Range) -> Range:
    """A stretch the editor speaks of."""
    return Range(from_position(where.start), from_position(where.end))


def to_range(where: Range) -> lsp.Range:
    """A stretch, for the editor."""
    return lsp.Range(lsp.Position(*where.start), lsp.Position(*where.end))


def columns(paper: Paper, line: int, start: int, end: int) -> lsp.Range:
    """A stretch of one line, its columns in characters."""
    return to_range(Range(paper.text.place(line, start), paper.text.place(line, end)))


def range_of(paper: Paper, span: Span) -> Range:
    """All of a span."""
    start = paper.text.from_parser(span.line, span.column)
    end = paper.text.from_parser(span.end_line, span.end_column) if span.end_line else start
    return Range(start, max(start, end))


def mark_of(paper: Paper, span: Span) -> Range:
    """What to underline: a span up to the end of its first line; the rest of its line, where it is only a point."""
    start, end = range_of(paper, span)
    if end.line > start.line or end == start:
        line = paper.text.bare(start.line).rstrip()
        end = max(start, paper.text.place(start.line, len(line)))
    return Range(start, end)


def to_diagnostic(paper: Paper, found: Diagnostic) -> lsp.Diagnostic:
    """What is wrong, and what to do."""
    return lsp.Diagnostic(
        range=to_range(mark_of(paper, found.span)),
        message=f"{found.message} {found.fix}".strip(),
        severity=lsp.DiagnosticSeverity.Error if found.is_error else lsp.DiagnosticSeverity.Warning,
        code=found.rule.code,
        source="quizkit",
    )


def to_edits(paper: Paper, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
    """Edits by offset, for the editor."""
    return [lsp.TextEdit(to_range(paper.text.stretch(edit.start, edit.end)), edit.text) for edit in apart(edits)]


def to_item(suggestion: Suggestion, where: lsp.Range, number: int) -> lsp.CompletionItem:
    """A suggestion that takes the place of what stands there."""
    return lsp.CompletionItem(
        label=suggestion.label,
        kind=_KINDS[suggestion.of],
        detail=suggestion.detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, suggestion.doc) if suggestion.doc else None,
        sort_text=f"{number:05}",
        filter_text=suggestion.label,
        text_edit=lsp.TextEdit(where, suggestion.insert or suggestion.label),
    )
