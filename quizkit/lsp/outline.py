"""The outline of a deck: its notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quizkit.diagnostics import Span
from quizkit.lsp.showing import in_one_line
from quizkit.source import Node

PROMPTS = ("ask", "front", "text", "claim", "gist")


class Entry(NamedTuple):
    """A note or passage: its id, what it asks, where it stands and where its id does."""

    name: str
    detail: str
    span: Span
    name_span: Span


def outline(root: Node | None, file: str) -> Iterator[Entry]:
    """The notes of a deck, or the passages of a source, as far as they can be read."""
    head = root.value if root is not None and isinstance(root.value, dict) else {}
    listed = head.get("notes") or head.get("passages")
    for node in listed.value if listed is not None and isinstance(listed.value, list) else ():
        if not isinstance(node.value, dict):
            continue
        name = node.value.get("id")
        known = name is not None and isinstance(name.value, str) and name.value.strip()
        kind = node.value.get("kind")
        words = [kind.value] if kind is not None and isinstance(kind.value, str) else []
        prompt = next((text for key in PROMPTS if (text := _text(node.value.get(key)))), "")
        detail = " · ".join([*words, *([in_one_line(prompt)] if prompt else [])])
        span = node.span(file)
        yield Entry(str(known or "(no id)"), detail, span, name.span(file) if known and name is not None else span)


def _text(node: Node | None) -> str:
    """The first text inside a node."""
    while node is not None and not isinstance(node.value, str):
        node = next(iter(node.value.values() if isinstance(node.value, dict) else node.value), None)
    return node.value if node is not None and isinstance(node.value, str) else ""
