"""What editors ask of a deck, answered in their terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from lsprotocol import types as lsp
from pygls.uris import from_fs_path

from quizkit.decks.rename import rename_note
from quizkit.decks.scan import SOURCES
from quizkit.diagnostics import Span
from quizkit.lsp.acting import Action, actions, mend_all
from quizkit.lsp.completing import complete
from quizkit.lsp.convert import (
    columns,
    from_position,
    from_range,
    mark_of,
    path_of,
    range_of,
    to_diagnostic,
    to_edits,
    to_item,
    to_range,
)
from quizkit.lsp.cursor import cursor_at, value_of
from quizkit.lsp.desk import Desk, Paper, View
from quizkit.lsp.hovering import hover
from quizkit.lsp.naming import NOTE, Name, definition, name_at, references
from quizkit.lsp.outline import outline
from quizkit.lsp.suggestion import Spot


class Asked(Protocol):
    """A question about a place in a file, as the editor puts it."""

    text_document: lsp.TextDocumentIdentifier
    position: lsp.Position


class _At(NamedTuple):
    """Where a question was asked."""

    paper: Paper
    spot: Spot
    line: int


class _Named(NamedTuple):
    """The name that a question was asked about."""

    paper: Paper
    view: View
    name: Name
    line: int


class Requests:
    """Answers from a desk. `uris` are the editor's names of the files that are open."""

    def __init__(self, desk: Desk, uris: Mapping[Path, str]) -> None:
        self._desk = desk
        self._uris = uris

    def completion(self, asked: Asked) -> list[lsp.CompletionItem]:
        """What may be written at a cursor."""
        at = self._at(asked)
        if at is None:
            return []
        where = columns(at.paper, at.line, at.spot.cursor.start, at.spot.cursor.end)
        return [to_item(suggestion, where, number) for number, suggestion in enumerate(complete(at.spot))]

    def hover(self, asked: Asked) -> lsp.Hover | None:
        """What is told of the thing under the cursor."""
        at = self._at(asked)
        text = hover(at.spot) if at else ""
        if at is None or not text:
            return None
        where = columns(at.paper, at.line, at.spot.cursor.start, at.spot.cursor.end)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), where)

    def definition(self, asked: Asked) -> lsp.Location | None:
        """Where the thing is written that the name under the cursor names."""
        named = self._named(asked)
        found = definition(named.view, named.name) if named else None
        return self._location(named.view, found) if named and found else None

    def references(self, asked: lsp.ReferenceParams) -> list[lsp.Location]:
        """Where the name under the cursor is used."""
        named = self._named(asked)
        if named is None:
            return []
        found = references(named.view, named.name, definition_too=asked.context.include_declaration)
        return [self._location(named.view, span) for span in found]

    def renamable(self, asked: Asked) -> lsp.Range | None:
        """The stretch whose place a new id would take."""
        named = self._named(asked)
        if named is None or named.name.sort != NOTE:
            return None
        if all(place.key != named.name.key for place in named.view.places()):
            return None
        start = named.name.end - len(named.name.key.partition("/")[2])
        return columns(named.paper, named.line, start, named.name.end)

    def rename(self, asked: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        """The edits, in all decks, that give the note under the cursor another id.

        Raises QuizkitError when it can't have that one.
        """
        named = self._named(asked)
        if named is None or named.name.sort != NOTE:
            return None
        papers = {
            file: self._desk.paper(path) for path, file in named.view.names.items() if path.parent.name != SOURCES
        }
        texts = {file: paper.text.plain for file, paper in papers.items()}
        deck = named.name.key.partition("/")[0]
        changed = rename_note(texts, named.name.key, asked.new_name.strip().removeprefix(f"{deck}/"))
        return lsp.WorkspaceEdit(
            changes={self._uri(papers[file].path): to_edits(papers[file], edits) for file, edits in changed.items()}
        )

    def symbols(self, uri: str) -> list[lsp.DocumentSymbol]:
        """The outline of a deck or a source."""
        path = self._ours(uri)
        if path is None:
            return []
        paper = self._desk.paper(path)
        return [
            lsp.DocumentSymbol(
                name=entry.name,
                detail=entry.detail,
                kind=lsp.SymbolKind.Object,
                range=to_range(range_of(paper, entry.span)),
                selection_range=to_range(mark_of(paper, entry.name_span)),
            )
            for entry in outline(self._desk.root(path), paper.name)
        ]

    def actions(self, uri: str, where: lsp.Range, only: Sequence[str] | None) -> list[lsp.CodeAction]:
        """What can be done about what is wrong in the lines of a stretch."""
        path = self._ours(uri)
        if path is None:
            return []
        paper = self._desk.paper(path)
        everywhere = self._desk.view(path).diagnostics.get(paper.name, [])
        first, last = from_range(where)
        here = [one for one in everywhere if first.line <= mark_of(paper, one.span).start.line <= last.line]
        text, made = paper.text.plain, []
        if _wanted(lsp.CodeActionKind.QuickFix, only):
            found = actions(text, paper.name, here, everywhere)
            made += [self._action(paper, one, lsp.CodeActionKind.QuickFix) for one in found]
        if _wanted(lsp.CodeActionKind.SourceFixAll, only) and (every := mend_all(text, paper.name, everywhere)):
            made.append(self._action(paper, every, lsp.CodeActionKind.SourceFixAll))
        return made

    def _action(self, paper: Paper, action: Action, kind: lsp.CodeActionKind) -> lsp.CodeAction:
        return lsp.CodeAction(
            title=action.title,
            kind=kind,
            diagnostics=[to_diagnostic(paper, one) for one in action.mended] or None,
            is_preferred=action.certain or None,
            edit=lsp.WorkspaceEdit(changes={self._uri(paper.path): to_edits(paper, action.edits)}),
        )

    def _ours(self, uri: str) -> Path | None:
        """The path of a file that is a deck or a source."""
        path = path_of(uri)
        return path if path is not None and self._desk.is_ours(path) else None

    def _at(self, asked: Asked) -> _At | None:
        """Where a cursor stands; None where there is nothing to say, as in a comment."""
        path = self._ours(asked.text_document.uri)
        if path is None:
            return None
        paper = self._desk.paper(path)
        lines = paper.text.lines
        place = from_position(asked.position)
        column = paper.text.column(place)
        cursor = cursor_at(lines, place.line, column)
        if cursor is None:
            return None
        kind, note = value_of(lines, cursor.note, "kind"), value_of(lines, cursor.note, "id")
        is_source = path.parent.name == SOURCES
        at = paper.text.to_parser(place)
        spot = Spot(cursor, self._desk.view(path), paper.name, path.stem, is_source, kind, note, column, at)
        return _At(paper, spot, place.line)

    def _named(self, asked: Asked) -> _Named | None:
        at = self._at(asked)
        name = name_at(at.spot) if at else None
        return _Named(at.paper, at.spot.view, name, at.line) if at and name else None

    def _location(self, view: View, span: Span) -> lsp.Location:
        path = next(path for path, name in view.names.items() if name == span.file)
        return lsp.Location(self._uri(path), to_range(range_of(self._desk.paper(path), span)))

    def _uri(self, path: Path) -> str:
        return self._uris.get(path) or str(from_fs_path(str(path)))


def _wanted(kind: lsp.CodeActionKind, only: Sequence[str] | None) -> bool:
    """Whether the editor wants actions of a kind: it names none, that one, or one above it."""
    return not only or any(kind.value == one or kind.value.startswith(f"{one}.") for one in only)
