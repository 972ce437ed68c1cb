"""YAML text as a tree, built from libyaml's events: fast, and free of YAML 1.1's typing (`no`, `012`, `12:30`).

Duplicate keys, anchors, tags and depth are judged here, since the events alone would let them pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from quizkit.diagnostics import Diagnostic, Rule, Span
from quizkit.source.node import Node
from quizkit.source.rules import (
    ALIAS,
    DEEP,
    DOCUMENTS,
    DUPLICATE,
    EMPTY,
    FLOW_QUESTION,
    KEY,
    SYNTAX,
    TAB,
    TAG,
    WIDE_COLON,
    WIDE_SPACE,
)

MAX_DEPTH = 40


class Parsed(NamedTuple):
    """A document and what is wrong with it. `node` is None when nothing of it can be used."""

    node: Node | None
    diagnostics: list[Diagnostic]


class _StoppedError(Exception):
    """What was found can't be passed over."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parse_yaml(text: str, file: str) -> Parsed:
    """The document's tree, and everything wrong with it.

    Where YAML itself stops inside the list of notes, the notes are read one by one, so that the others stay usable.
    """
    if not text.strip():
        return Parsed(None, [Diagnostic(EMPTY, Span(file), "There is nothing in this file.")])
    diagnostics: list[Diagnostic] = []
    try:
        return Parsed(_Builder(file, diagnostics).build(text), diagnostics)
    except _StoppedError as stop:
        recovered = _note_by_note(text, file)
        return recovered or Parsed(None, [*diagnostics, stop.diagnostic])


class _Builder:
    """Builds a tree from events. `line` is added to every line number, for pieces of a file."""

    def __init__(self, file: str, diagnostics: list[Diagnostic], line: int = 0) -> None:
        self._file = file
        self._found = diagnostics
        self._line = line

    def build(self, text: str) -> Node | None:
        """The tree. Raises _StoppedError where YAML can't be read on."""
        import yaml

        loader = getattr(yaml, "CLoader", yaml.Loader)(text)
        try:
            # `yaml.parse` asks before every event whether there is one: the end of the stream tells as well.
            return self._nodes(yaml, iter(loader.get_event, None))
        except yaml.YAMLError as problem:
            raise _StoppedError(self._explain(problem, text)) from None
        finally:
            loader.dispose()

    def _nodes(self, yaml: Any, events: Iterator[Any]) -> Node | None:
        """The inner loop: an explicit stack, so that no depth of nesting can exhaust Python's own."""
        scalar, map_start, seq_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        shift = self._line + 1
        root: Node | None = None
        stack: list[tuple[Node, Any]] = []
        parent: Node | None = None
        key: str | None = None
        for event in events:
            kind = type(event)
            if kind is scalar:
                start, end = event.start_mark, event.end_mark
                line, column = start.line + shift, start.column + 1
                if event.anchor or event.tag:
                    self._refuse(event, line, column)
                if parent is not None and key is None and type(parent.value) is dict:
                    key = event.value
                    assert key is not None
                    if key in parent.key_at:
                        first = parent.key_at[key][0]
                        message = f"`{key}` stands in line {first} already; this second one is left out."
                        self._report(DUPLICATE, line, column, message, "Keep one of the two.")
                        key = f"{key}\x00{line}"
                    parent.key_at[key] = (line, column)
                    continue
                node = Node(event.value, line, column, end.line + shift, end.column + 1, event.style is not None)
            elif kind is map_start or kind is seq_start:
                start = event.start_mark
                line, column = start.line + shift, start.column + 1
                if event.anchor or event.tag:
                    self._refuse(event, line, column)
                if parent is not None and key is None and type(parent.value) is dict:
                    raise _StoppedError(
                        self._made(KEY, line, column, "A list or mapping can't be a key.", "Write a plain word.")
                    )
                node = Node({} if kind is map_start else [], line, column)
            elif kind in ends:
                assert parent is not None
                end = event.end_mark
                parent.end_line, parent.end_column = end.line + shift, end.column + 1
                parent, key = stack.pop()
                continue
            elif kind is yaml.AliasEvent:
                start = event.start_mark
                raise _StoppedError(
                    self._made(
                        ALIAS,
                        start.line + shift,
                        start.column + 1,
                        f"`*{event.anchor}` stands for something else.",
                        "Write it out.",
                    )
                )
            elif kind is yaml.DocumentStartEvent and root is not None:
                start = event.start_mark
                self._report(
                    DOCUMENTS,
                    start.line + shift,
                    1,
                    "A second document begins here; it is not read.",
                    "Make it a file of its own.",
                )
                return root
            else:
                continue
            if parent is None:
                root = node
            elif type(parent.value) is list:
                parent.value.append(node)
            else:
                assert key is not None
                if "\x00" not in key:
                    parent.value[key] = node  # type: ignore[index, call-overload]
                key = None
            if type(node.value) is not str:
                stack.append((parent, key))  # type: ignore[arg-type]
                parent, key = node, None
                if len(stack) > MAX_DEPTH:
                    raise _StoppedError(
                        self._made(DEEP, line, column, f"More than {MAX_DEPTH} levels of nesting.", "Make it flat.")
                    )
        return root

    def _refuse(self, event: Any, line: int, column: int) -> None:
        if event.anchor:
            self._report(
                ALIAS,
                line,
                column,
                f"`&{event.anchor}` marks a text for use elsewhere.",
                "Leave the mark out, or quote the text.",
            )
        elif event.tag:
            self._report(TAG, line, column, f"`{event.tag}` is a tag.", "Leave it out, or quote the text.")

    def _made(self, rule: Rule, line: int, column: int, message: str, fix: str = "") -> Diagnostic:
        return Diagnostic(rule, Span(self._file, line, column), message, fix)

    def _report(self, rule: Rule, line: int, column: int, message: str, fix: str = "") -> None:
        self._found.append(self._made(rule, line, column, message, fix))

    def _explain(self, problem: Any, text: str) -> Diagnostic:
        """The parser's complaint in plain words, with the usual causes looked for."""
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        at, column = (mark.line, mark.column + 1) if mark else (0, 1)
        lines = text.split("\n")
        here = lines[at] if at < len(lines) else ""
        made = self._made
        line = at + 1 + self._line
        indent = re.match(r"[ \t　]*", here)
        if indent and "\t" in indent.group():
            return made(
                TAB,
                line,
                indent.group().index("\t") + 1,
                "This line is indented with a tab.",
                "Use two spaces for each level.",
            )
        for back in range(at, max(at - 3, -1), -1):
            flow = re.search(r"\{[^{}\"']*\?", lines[back]) if back < len(lines) else None
            if flow:
                fix = "Write each language on a line of its own below the key, or put the text in quotes."
                return made(
                    FLOW_QUESTION, back + 1 + self._line, flow.end(), "YAML stops at the `?` inside these braces.", fix
                )
        for back in range(at, max(at - 2, -1), -1):
            candidate = lines[back] if back < len(lines) else ""
            if re.match(r"[ 　]*　", candidate):
                column = candidate.index("　") + 1
                return made(
                    WIDE_SPACE,
                    back + 1 + self._line,
                    column,
                    "A full-width space stands in this line's indent.",
                    "Use plain spaces.",
                )
            if wide := re.match(r"\s*(?:- )?[\w-]+(：)", candidate):
                return made(
                    WIDE_COLON,
                    back + 1 + self._line,
                    wide.start(1) + 1,
                    "A full-width colon `：` stands where `: ` belongs.",
                    "Type a plain colon and a space.",
                )
        what = _PLAIN_WORDS.get(str(getattr(problem, "problem", "")), str(getattr(problem, "problem", problem)))
        return made(
            SYNTAX,
            line,
            column,
            f"YAML can't be read on here: {what}.",
            "Look at this line and the one above: quotes, colons and indents.",
        )


_PLAIN_WORDS = {
    "mapping values are not allowed in this context": "a colon with a space after it stands inside a plain text"
    " (put the text in quotes)",
    "did not find expected key": "the indent doesn't fit, or a quote or bracket is not closed",
    "did not find expected '-' indicator": "the indent doesn't fit the list",
    "could not find expected ':'": "a key without a colon, or a text that runs on at the wrong indent",
    "found unexpected end of stream": "a quote or bracket is never closed",
    "found character that cannot start any token": "a text can't begin with this character (put it in quotes)",
    "found unexpected document indicator": "a document mark inside a quote that is never closed",
}


def _note_by_note(text: str, file: str) -> Parsed | None:
    """The deck with those of its notes that can be read; None when it isn't a deck with a list of notes."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if re.match(r"notes:\s*(#.*)?$", line)), None)
    if start is None:
        return None
    first = next((i for i in range(start + 1, len(lines)) if re.match(r"\s*- ", lines[i])), None)
    if first is None:
        return None
    dash = re.match(r"\s*- ", lines[first])
    assert dash is not None
    diagnostics: list[Diagnostic] = []
    try:
        root = _Builder(file, diagnostics).build("\n".join(lines[: start + 1]))
    except _StoppedError as stop:
        return Parsed(None, [*diagnostics, stop.diagnostic])
    if root is None or not isinstance(root.value, dict):
        return None
    begins = [i for i in range(first, len(lines)) if lines[i].startswith(dash.group())]
    notes: list[Node] = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        try:
            part = _Builder(file, diagnostics, begin).build("\n".join(lines[begin:end]))
        except _StoppedError as stop:
            diagnostics.append(stop.diagnostic)
            continue
        if part is not None and isinstance(part.value, list):
            notes += part.value
    root.value["notes"] = Node(notes, first + 1, 1, len(lines), 1)
    return Parsed(root, diagnostics)
