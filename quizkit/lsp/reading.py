"""Reading a deck again and again while it is written: only the notes that changed are parsed anew.

A deck in the usual layout is a head, then `notes:`, then notes that each begin with a hyphen in one column. Such notes
can be read one by one, with the same result as the whole: between two of them YAML's state is always the same. Any
other layout is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quizkit.decks.load import Loaded, load_text, load_tree
from quizkit.decks.notes import read_note
from quizkit.diagnostics import Diagnostic, Span
from quizkit.kinds import Fields
from quizkit.lsp.text import BOM
from quizkit.model import Note
from quizkit.source import MAX_BYTES, Node, Parsed, decode
from quizkit.source.complaints import DASHES
from quizkit.source.pieces import piece_by_piece
from quizkit.source.rules import TOO_LARGE
from quizkit.source.tree import StoppedError, build

_NOTES = re.compile(r"notes:[ \t]*(#.*)?\r?\n")
_FIRST = re.compile("( *)- ")
_DASH = re.compile(rf"( *)[-{DASHES}](?:[\s\u3000\xa0]|$)")
_MEMBER = re.compile(r"-(?: |$)")
_NAMED = re.compile(f" *[-{DASHES}] +(?:id|kind) *:")
_ODD_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that mean something to the file as a whole, or that YAML counts lines by and editors don't."""


class _Layout(NamedTuple):
    """Where things stand in the lines of a deck: `head` is the line of `notes:`, `starts` are those of the notes."""

    head: int
    starts: list[int]
    indent: int


class _Read(NamedTuple):
    """What came of a note the last time, and for which deck it was read."""

    deck: str
    languages: tuple[str, ...]
    note: Note | None
    found: list[Diagnostic]


class _Piece:
    """The lines of a note: their nodes, what is wrong with them as YAML, and the notes once they are read."""

    def __init__(self, text: str, above: int, file: str, indent: int) -> None:
        self.above = above
        self.file = file
        self.nodes: list[Node] = []
        self.found: list[Diagnostic] = []
        self.stopped = False
        self.reads: dict[int, _Read] = {}
        plain = text.replace("\r\n", "\n")
        lines = plain.split("\n")
        self.odd = _ODD_TEXT.search(plain) is not None or any(_is_outside(line, indent) for line in lines[1:])
        self.divides = any(_may_begin_a_note(line, indent) for line in lines[1:])
        if self.odd:
            return
        try:
            root = build(plain, file, self.found, above)
        except StoppedError as stop:
            self.stopped = True
            self.found.append(stop.diagnostic)
            return
        if root is None or not isinstance(root.value, list):
            self.odd = True
        else:
            self.nodes = root.value

    def move(self, above: int) -> None:
        """Put it below another number of lines."""
        by = above - self.above
        if not by:
            return
        self.above = above
        stack = list(self.nodes)
        while stack:
            node = stack.pop()
            node.line += by
            node.end_line += by
            if type(node.value) is dict:
                node.key_at = {key: (line + by, column) for key, (line, column) in node.key_at.items()}
                stack += node.value.values()
            elif type(node.value) is list:
                stack += node.value
        self.reads = {
            index: read._replace(
                note=_moved_note(read.note, by) if read.note else None,
                found=[_moved(found, by) for found in read.found],
            )
            for index, read in self.reads.items()
        }


def _is_outside(line: str, indent: int) -> bool:
    """Whether a line ends the list of notes, or might."""
    text = line.lstrip(" ")
    column = len(line) - len(text)
    if column > indent or not text or text.startswith("#"):
        return False
    return column < indent or _MEMBER.match(text) is None


def _may_begin_a_note(line: str, indent: int) -> bool:
    """Whether a line inside a note may be taken for the beginning of another one, where YAML stops."""
    dash = _DASH.match(line)
    return dash is not None and (len(dash[1]) <= indent + 1 or _NAMED.match(line) is not None)


def _moved(found: Diagnostic, by: int) -> Diagnostic:
    return found._replace(span=_moved_span(found.span, by))


def _moved_span(span: Span, by: int) -> Span:
    return span._replace(line=span.line + by, end_line=span.end_line + by if span.end_line else 0)


def _moved_note(note: Note, by: int) -> Note:
    examples = tuple(example._replace(span=_moved_span(example.span, by)) for example in note.examples)
    return note._replace(span=_moved_span(note.span, by), examples=examples)


class DeckReader:
    """Reads one deck whenever it has changed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._pieces: dict[str, list[_Piece]] = {}

    def read(self, lines: Sequence[str]) -> Loaded:
        """The deck that these lines make up: the same as of the whole text (see `load_text`)."""
        layout = _layout(lines)
        loaded = self._piecewise(lines, layout) if layout else None
        if loaded is None:
            return self._whole("".join(lines))
        return loaded

    def _whole(self, text: str) -> Loaded:
        data = text.encode("utf-8")
        if len(data) > MAX_BYTES:
            return Loaded([Diagnostic(TOO_LARGE, Span(self.file), "The text is longer than a deck file may be.")])
        plain, problems = decode(data, self.file)
        if plain is None:
            return Loaded(problems)
        return load_text(plain, self.file)

    def _piecewise(self, lines: Sequence[str], layout: _Layout) -> Loaded | None:
        """The deck, read note by note; None when its layout doesn't allow that."""
        head = "".join(lines[: layout.starts[0]]).removeprefix(BOM)
        if _ODD_TEXT.search(plain_head := head.replace("\r\n", "\n")):
            return None
        pieces = self._take(lines, layout)
        if any(piece.odd for piece in pieces):
            return None
        stopped = next((number for number, piece in enumerate(pieces) if piece.stopped), None)
        if stopped is not None and (
            any(piece.divides for piece in pieces) or _can_be_read("".join(lines[layout.starts[stopped] :]))
        ):
            # What looks like a note's beginning stands inside a text, or the note was cut into smaller pieces.
            return None
        root, found = _head(plain_head, self.file, in_pieces=stopped is not None)
        if root is None or not isinstance(root.value, dict) or "notes" not in root.value:
            return None
        nodes = [node for piece in pieces for node in piece.nodes]
        end = len(lines) + 1
        root.value["notes"] = Node(nodes, layout.starts[0] + 1, layout.indent + 1, end, 1)
        root.end_line, root.end_column = end, 1
        for piece in pieces:
            found += piece.found
        by_node = {id(node): (piece, index) for piece in pieces for index, node in enumerate(piece.nodes)}

        def read(fields: Fields) -> Note | None:
            piece, index = by_node[id(fields.node)]
            kept = piece.reads.get(index)
            if kept is None or (kept.deck, kept.languages) != (fields.deck, fields.languages):
                own = Fields(fields.node, fields.file, [], fields.languages, fields.deck)
                kept = piece.reads[index] = _Read(fields.deck, fields.languages, read_note(own), own.diagnostics)
            fields.diagnostics += kept.found
            return kept.note

        return load_tree(Parsed(root, found), self.file, read)

    def _take(self, lines: Sequence[str], layout: _Layout) -> list[_Piece]:
        """The notes' pieces: those known from the last time, moved to where they stand now, and new ones."""
        pieces: list[_Piece] = []
        kept: dict[str, list[_Piece]] = {}
        ends = [*layout.starts[1:], len(lines)]
        for start, end in zip(layout.starts, ends, strict=True):
            text = "".join(lines[start:end])
            known = self._pieces.get(text)
            piece = known.pop(0) if known else None
            # What is wrong with a note as YAML may speak of its lines.
            if piece is None or (piece.above != start and piece.found):
                piece = _Piece(text, start, self.file, layout.indent)
            piece.move(start)
            kept.setdefault(text, []).append(piece)
            pieces.append(piece)
        self._pieces = kept
        return pieces


def _layout(lines: Sequence[str]) -> _Layout | None:
    """Where the notes are; None when the deck isn't in the usual layout."""
    head = next((i for i, line in enumerate(lines) if line.startswith("notes") and _NOTES.fullmatch(line)), None)
    if head is None:
        return None
    first = next(
        (i for i in range(head + 1, len(lines)) if lines[i].strip() and not lines[i].lstrip().startswith("#")), None
    )
    if first is None or (dash := _FIRST.match(lines[first])) is None:
        return None
    begin = dash[0]
    return _Layout(head, [i for i in range(first, len(lines)) if lines[i].startswith(begin)], len(dash[1]))


def _head(text: str, file: str, *, in_pieces: bool) -> Parsed:
    """What stands above the notes, read as it is read where YAML stops further down, or where it doesn't."""
    if in_pieces:
        return piece_by_piece(text, file) or Parsed(None, [])
    found: list[Diagnostic] = []
    try:
        return Parsed(build(text, file, found), found)
    except StoppedError:
        return Parsed(None, found)


def _can_be_read(text: str) -> bool:
    """Whether YAML finds its way through a text."""
    try:
        build(text, "", [])
    except StoppedError:
        return False
    return True
