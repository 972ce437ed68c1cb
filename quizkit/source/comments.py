"""Text that YAML takes for a comment: what stands behind ` #` in a text without quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizkit.diagnostics import Diagnostic, Span
from quizkit.source.complaints import lines_of
from quizkit.source.node import Node
from quizkit.source.rules import COMMENT
from quizkit.source.tree import ODD_COMMENT

_WHOLE = re.compile(r" (#.*)")
_ENDED = re.compile(r"\S+|.*[.!?…。！？]")
"""A text that a question behind the `#` isn't the rest of: one word, or a sentence with its end."""
_SHOWN = 60
"""Characters of a comment that are quoted."""


def comments_in_texts(text: str, root: Node, file: str, above: int) -> Iterator[Diagnostic]:
    """The comments that cut off a text, or take its place. The text begins below `above` lines of its file."""
    lines = lines_of(text)
    for node in scalars(root):
        if node.quoted:
            continue
        line, end = lines[node.end_line - above - 1], node.end_column - 1
        found = _WHOLE.match(line.rstrip(), end) if ODD_COMMENT.match(line, end) else None
        if found and _cuts_off(str(node.value), found[1]):
            span = Span(file, node.end_line, found.start(1) + 1, node.end_line, found.end(1) + 1)
            said = found[1] if len(found[1]) <= _SHOWN else f"{found[1][:_SHOWN]}…"
            fix = "Put the whole text in quotes; if you mean a comment, put two spaces before it."
            yield Diagnostic(COMMENT, span, f"`{said}` is a comment: no learner sees it.", fix)


def _cuts_off(value: str, comment: str) -> bool:
    """Whether a comment looks like the end of a text, rather than something said of it."""
    if comment[1:2].strip():
        return True
    return value != "" and (comment == "#" or not _ENDED.fullmatch(value))


def scalars(root: Node) -> Iterator[Node]:
    """The texts in a tree."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node.value, str):
            yield node
        else:
            stack += node.value.values() if isinstance(node.value, dict) else node.value
