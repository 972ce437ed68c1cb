"""YAML text as a tree of nodes with positions, in which every scalar is text.

Everything wrong becomes a diagnostic; only what can't be read at all yields no tree. What reads files is loaded when
it is first asked for: a start whose decks haven't changed needs nodes alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizkit.source.node import Node, from_plain, to_plain

__all__ = ["MAX_BYTES", "Node", "Parsed", "decode", "from_plain", "parse_yaml", "read_source", "to_plain"]

if TYPE_CHECKING:
    from quizkit.source.document import parse_yaml
    from quizkit.source.files import MAX_BYTES, decode, read_source
    from quizkit.source.tree import Parsed
else:
    _HOMES = {
        "MAX_BYTES": "files",
        "Parsed": "tree",
        "decode": "files",
        "parse_yaml": "document",
        "read_source": "files",
    }

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
