"""YAML text as a tree, built from libyaml's events: fast, and free of YAML 1.1's typing (`no`, `012`, `12:30`).

Duplicate keys, anchors, tags and depth are judged here, since the events alone would let them pass.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from sys import intern
from typing import Any, NamedTuple

from quizkit.diagnostics import Diagnostic, Rule, Span
from quizkit.source.node import Node
from quizkit.source.rules import ALIAS, DOCUMENTS, DUPLICATE, KEY, MAX_DEPTH, TAG, WIDE_SPACE, too_deep

ODD_COMMENT = re.compile(r" #(?<=\S #)(?:\S|[ \t]*$|.*[?？][ \t]*$)", re.MULTILINE)
"""A comment as people don't write them: one space before it and none behind, or nothing, or a question."""
_WIDE = frozenset("\u3000\xa0")
_LEFT_OUT = "\x00left out"
"""Stands for a key whose value isn't kept; compared by identity, since an author might write anything."""


class Parsed(NamedTuple):
    """A document and what is wrong with it. `node` is None when nothing of it can be used."""

    node: Node | None
    diagnostics: list[Diagnostic]


class StoppedError(Exception):
    """What was found can't be passed over."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def build(text: str, file: str, diagnostics: list[Diagnostic], above: int = 0) -> Node | None:
    """The tree of a text that begins below `above` lines of its file; None when it holds comments only.

    Raises StoppedError where YAML can't be read on.
    """
    import yaml

    loader = getattr(yaml, "CLoader", yaml.Loader)(text)
    # All that is made here is kept: looking for garbage among it would take half as long again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        # `yaml.parse` asks before every event whether there is one: the end of the stream tells as well.
        root = _Builder(file, diagnostics, above).nodes(yaml, iter(loader.get_event, None))
    except yaml.YAMLError as problem:
        from quizkit.source.complaints import in_plain_words

        raise StoppedError(in_plain_words(problem, text, file, above)) from None
    finally:
        loader.dispose()
        if collecting:
            gc.enable()
    if root is not None and ODD_COMMENT.search(text):
        from quizkit.source.comments import comments_in_texts

        diagnostics += comments_in_texts(text, root, file, above)
    return root


class _Builder:
    """Builds a tree from events. `above` is added to every line number, for pieces of a file."""

    def __init__(self, file: str, diagnostics: list[Diagnostic], above: int) -> None:
        self._file = file
        self._found = diagnostics
        self._shift = above + 1

    def nodes(self, yaml: Any, events: Iterator[Any]) -> Node | None:
        """The inner loop: an explicit stack, so that no depth of nesting can exhaust Python's own."""
        scalar, map_start, seq_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        map_end, seq_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        shift = self._shift
        root: Node | None = None
        # What is being filled: a mapping (`table`, its keys' `places`) or a list (`items`); neither at the top.
        parent: Node | None = None
        table: dict[str, Node] | None = None
        places: dict[str, tuple[int, int]] = {}
        items: list[Node] | None = None
        key: str | None = None
        stack: list[tuple[Node | None, dict[str, Node] | None, dict[str, tuple[int, int]], list[Node] | None]] = []
        for event in events:
            kind = type(event)
            if kind is map_end or kind is seq_end:
                assert parent is not None
                end = event.end_mark
                parent.end_line, parent.end_column = end.line + shift, end.column + 1
                if parent.end_column <= parent.column and event.start_mark.column == end.column:
                    # A block ends where its last line does, however far in the next thing begins.
                    parent.end_column = 1
                parent, table, places, items = stack.pop()
                continue
            if kind is not scalar and kind is not map_start and kind is not seq_start:
                if kind is yaml.AliasEvent:
                    raise self._alias(event)
                if kind is yaml.DocumentStartEvent and root is not None:
                    message = "A second document begins here; it is not read."
                    self._report(DOCUMENTS, event, message, "Make it a file of its own.")
                    return root
                continue
            start = event.start_mark
            line, column = start.line + shift, start.column + 1
            if event.anchor or event.tag:
                self._refuse(event)
            if kind is scalar:
                if table is not None and key is None:
                    key = intern(event.value)
                    if key in places or key[:1] in _WIDE:
                        self._leave_out(event, key, places)
                        key = _LEFT_OUT
                    else:
                        places[key] = (line, column)
                    continue
                end = event.end_mark
                node = Node(event.value, line, column, end.line + shift, end.column + 1, bool(event.style))
            elif table is not None and key is None:
                raise self._stopped(KEY, event, "A list or mapping can't be a key.", "Write a plain word.")
            else:
                node = Node({} if kind is map_start else [], line, column)
            if table is not None:
                assert key is not None
                if key is not _LEFT_OUT:
                    table[key] = node
                key = None
            elif items is not None:
                items.append(node)
            else:
                root = node
            if kind is scalar:
                continue
            stack.append((parent, table, places, items))
            if len(stack) > MAX_DEPTH:
                raise StoppedError(too_deep(self._span(event)))
            parent = node
            if kind is map_start:
                table, places, items = node.value, node.key_at, None  # type: ignore[assignment]
            else:
                table, items = None, node.value  # type: ignore[assignment]
        return root

    def _leave_out(self, event: Any, key: str, places: dict[str, tuple[int, int]]) -> None:
        """Report a key that can't be kept."""
        if key in places:
            message = f"`{key}` stands in line {places[key][0]} already; this second one is left out."
            self._report(DUPLICATE, event, message, "Keep one of the two.")
        else:
            from quizkit.source.complaints import space_name

            self._report(WIDE_SPACE, event, f"{space_name(key[0])} stands in this line's indent.", "Use plain spaces.")

    def _refuse(self, event: Any) -> None:
        """Report an anchor or a tag."""
        if event.anchor:
            message = f"`&{event.anchor}` marks a text for use elsewhere."
            self._report(ALIAS, event, message, "Leave the mark out, or quote the text.")
        else:
            self._report(TAG, event, f"`{event.tag}` is a tag.", "Leave it out, or quote the text.")

    def _alias(self, event: Any) -> StoppedError:
        return self._stopped(ALIAS, event, f"`*{event.anchor}` stands for something else.", "Write it out.")

    def _stopped(self, rule: Rule, event: Any, message: str, fix: str) -> StoppedError:
        return StoppedError(Diagnostic(rule, self._span(event), message, fix))

    def _report(self, rule: Rule, event: Any, message: str, fix: str) -> None:
        self._found.append(Diagnostic(rule, self._span(event), message, fix))

    def _span(self, event: Any) -> Span:
        return Span(self._file, event.start_mark.line + self._shift, event.start_mark.column + 1)
