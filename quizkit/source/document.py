"""A whole file of YAML: its tree, and everything wrong with it."""

from __future__ import annotations

from quizkit.diagnostics import Diagnostic, Span
from quizkit.source.rules import EMPTY
from quizkit.source.tree import Parsed, StoppedError, build


def parse_yaml(text: str, file: str) -> Parsed:
    """The document's tree, and everything wrong with it.

    Where YAML itself stops, the file is read piece by piece, so that one bad note never hides the good ones.
    """
    diagnostics: list[Diagnostic] = []
    try:
        node = build(text, file, diagnostics)
    except StoppedError as stop:
        from quizkit.source.pieces import piece_by_piece

        pieces = piece_by_piece(text, file)
        if pieces is None:
            return Parsed(None, [*diagnostics, stop.diagnostic])
        if not any(found.is_error for found in pieces.diagnostics):
            # Each piece makes sense by itself: they don't fit together.
            pieces.diagnostics.append(stop.diagnostic)
        return pieces
    if node is None:
        diagnostics.append(Diagnostic(EMPTY, Span(file), "There is nothing in this file."))
    return Parsed(node, diagnostics)
