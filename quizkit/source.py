"""YAML text as a tree of nodes with positions, in which every scalar is text.

Built from libyaml's events: fast, and free of YAML 1.1's typing (`no`, `012` and `12:30` stay text). Duplicate keys,
anchors, tags, depth and size are judged here, since the events alone would let them pass. Everything wrong becomes a
diagnostic; only what can't be read at all yields no tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizkit.diagnostics import Diagnostic, Rule, Span, error

MAX_BYTES = 20_000_000
MAX_DEPTH = 40

NOT_A_FILE = error(
    "not-a-file",
    "The deck can't be read as a file",
    "A folder, a broken or looping link, or a file that may not be read stands where a deck should be.",
)
TOO_LARGE = error("too-large", "The file is too large", "A deck file may hold 20 MB: thousands of notes. Split it.")
NOT_UTF8 = error("not-utf8", "The file isn't UTF-8", "Decks are UTF-8 text. Save the file as UTF-8 in your editor.")
CONTROL = error(
    "control-character",
    "A control character stands in the file",
    "Control characters other than tab and line break are invisible and can steer a terminal. Delete them.",
)
EMPTY = error("empty-file", "The file is empty", "A deck needs at least `deck`, `title` and `notes`.")
SYNTAX = error(
    "yaml-syntax",
    "This isn't YAML",
    "YAML stopped here. The cause often stands a line above: a missing quote, a wrong indent, a colon inside a plain text.",
)
FLOW_QUESTION = error(
    "flow-question-mark",
    "A question mark inside braces",
    "Inside braces or brackets YAML may read `?` as a mark of its own, as in `{en: ?why}`; some programs stop at any. Write the text in block style, a line for each language, or put it in quotes.",
)
TAB = error("tab-indent", "A tab is used for indenting", "YAML indents with spaces only.")
WIDE_SPACE = error(
    "ideographic-space-indent",
    "A full-width space is used for indenting",
    "U+3000 looks like two spaces but is text to YAML. Indent with plain spaces.",
)
WIDE_COLON = error(
    "full-width-colon", "A full-width colon", "`：` is text to YAML. A key needs a plain colon and a space."
)
DUPLICATE = error(
    "duplicate-key", "A key is written twice", "Of two equal keys in one mapping only one can count. Keep one."
)
ALIAS = error(
    "alias-forbidden",
    "An anchor or alias",
    "Decks hold no anchors (`&x`) and aliases (`*x`): write the text out. To begin a text with & or *, quote it.",
)
TAG = error(
    "tag-forbidden", "A YAML tag", "Decks hold no tags (`!x`). To begin a text with an exclamation mark, quote it."
)
DEEP = error("too-deep", "Too many levels", "A deck never needs more than a few levels of nesting.")
DOCUMENTS = error(
    "several-documents",
    "Several documents in one file",
    "A line of three hyphens begins another YAML document. A file holds one deck.",
)
KEY = error("complex-key", "A key that isn't text", "Keys are plain words.")


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
        self.key_at = key_at or {}

    @property
    def is_map(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)

    @property
    def is_text(self) -> bool:
        """Whether it is a scalar."""
        return isinstance(self.value, str)

    def span(self, file: str) -> Span:
        """Where it stands."""
        return Span(file, self.line, self.column, self.end_line, self.end_column)


@dataclass(slots=True)
class Parsed:
    """A document and what is wrong with it. `node` is None when nothing of it can be used."""

    node: Node | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _Stop(Exception):
    """What was found can't be passed over."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


# Reading


def read_source(path: Path, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a deck file, or None and why not. Line ends come out as '\\n', a byte order mark is left out."""

    def wrong(rule: Rule, message: str, fix: str = "", line: int = 1, column: int = 1) -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic(rule, Span(file, line, column), message, fix)]

    try:
        size = path.stat().st_size
        if path.is_dir():
            return wrong(NOT_A_FILE, "This is a folder.", "Give folders names that don't end in .yaml.")
        if not path.is_file():
            return wrong(NOT_A_FILE, "This is no ordinary file.")
        if size > MAX_BYTES:
            return wrong(
                TOO_LARGE, f"The file holds {size / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} MB is the most.", "Split it."
            )
        data = path.read_bytes()
    except OSError as problem:
        return wrong(NOT_A_FILE, f"It can't be read: {problem.strerror or problem}.")
    return decode(data, file)


def decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Bytes as text (see `read_source`)."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        start = data.rfind(b"\n", 0, problem.start) + 1
        column = len(data[start : problem.start].decode("utf-8", "replace")) + 1
        message = f"Byte 0x{data[problem.start]:02x} is no UTF-8; the file looks like {_likely_encoding(data)}."
        return None, [Diagnostic(NOT_UTF8, Span(file, line, column), message, "Save it as UTF-8.")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROLS.search(text)
    if found:
        line, column = _place(text, found.start())
        message = f"U+{ord(found.group()):04X} stands here, a character nobody can see."
        return None, [Diagnostic(CONTROL, Span(file, line, column), message, "Delete it.")]
    return text, []


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _likely_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]:
        return "UTF-16"
    for name, label in (("cp932", "Shift_JIS"), ("euc_kr", "EUC-KR")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if any("ぁ" <= char <= "ヿ" or "가" <= char <= "힣" for char in text):
            return label
    return "Latin-1 (Windows)"


# Parsing


def parse_yaml(text: str, file: str) -> Parsed:
    """The document's tree, and everything wrong with it.

    Where YAML itself stops inside the list of notes, the notes are read one by one, so that the others stay usable.
    """
    if not text.strip():
        return Parsed(None, [Diagnostic(EMPTY, Span(file), "There is nothing in this file.")])
    diagnostics: list[Diagnostic] = []
    try:
        return Parsed(_Builder(file, diagnostics).build(text), diagnostics)
    except _Stop as stop:
        recovered = _note_by_note(text, file)
        return recovered or Parsed(None, [*diagnostics, stop.diagnostic])


class _Builder:
    """Builds a tree from events. `line` is added to every line number, for pieces of a file."""

    def __init__(self, file: str, diagnostics: list[Diagnostic], line: int = 0) -> None:
        self._file = file
        self._found = diagnostics
        self._line = line

    def build(self, text: str) -> Node | None:
        """The tree. Raises _Stop where YAML can't be read on."""
        import yaml

        loader = getattr(yaml, "CLoader", yaml.Loader)
        try:
            return self._nodes(yaml, yaml.parse(text, Loader=loader))
        except yaml.YAMLError as problem:
            raise _Stop(self._explain(problem, text)) from None

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
                    raise _Stop(
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
                raise _Stop(
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
                    raise _Stop(
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
    "mapping values are not allowed in this context": "a colon with a space after it stands inside a plain text (put the text in quotes)",
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
    except _Stop as stop:
        return Parsed(None, [*diagnostics, stop.diagnostic])
    if root is None or not isinstance(root.value, dict):
        return None
    begins = [i for i in range(first, len(lines)) if lines[i].startswith(dash.group())]
    notes: list[Node] = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        try:
            part = _Builder(file, diagnostics, begin).build("\n".join(lines[begin:end]))
        except _Stop as stop:
            diagnostics.append(stop.diagnostic)
            continue
        if part is not None and isinstance(part.value, list):
            notes += part.value
    root.value["notes"] = Node(notes, first + 1, 1, len(lines), 1)
    return Parsed(root, diagnostics)


# Plain data


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
