"""A YAML document as a tree of nodes with positions, in which every scalar is text."""

from __future__ import annotations

from typing import Any

from quizkit.diagnostics import Span

_NO_KEYS: dict[str, tuple[int, int]] = {}


class Node:
    """A piece of a YAML document: a text, a list or a mapping, and where it stands (lines and columns from 1)."""

    __slots__ = ("column", "end_column", "end_line", "key_at", "line", "quoted", "value")

    def __init__(
        self,
        value: str | list[Node] | dict[str, Node],
        line: int = 1,
        column: int = 1,
        end_line: int = 0,
        end_column: int = 0,
        quoted: bool = False,
        key_at: dict[str, tuple[int, int]] | None = None,
    ) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.end_line = end_line or line
        self.end_column = end_column or column
        self.quoted = quoted
        # Where the keys of a mapping stand; texts and lists share the one that says nothing.
        self.key_at = key_at if key_at is not None else {} if type(value) is dict else _NO_KEYS

    @property
    def is_map(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_text(self) -> bool:
        """Whether it is a scalar."""
        return isinstance(self.value, str)

    def span(self, file: str) -> Span:
        """Where it stands."""
        return Span(file, self.line, self.column, self.end_line, self.end_column)


def to_plain(node: Node) -> Any:
    """The tree as texts, lists and dicts, without its positions."""
    value = node.value
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [to_plain(item) for item in value]
    return {key: to_plain(item) for key, item in value.items()}


def from_plain(data: Any, line: int = 1) -> Node:
    """A tree from texts, lists and dicts; every position is the start of `line`."""
    if isinstance(data, str):
        return Node(data, line)
    if isinstance(data, list):
        return Node([from_plain(item, line) for item in data], line)
    return Node(
        {key: from_plain(item, line) for key, item in data.items()}, line, key_at=dict.fromkeys(data, (line, 1))
    )
