"""A file at which YAML stopped, read piece by piece: one bad note never hides the good ones."""

from __future__ import annotations

import re
from collections import Counter

from quizkit.diagnostics import Diagnostic, Span
from quizkit.source.complaints import DASHES, lines_of, slip_in
from quizkit.source.node import Node
from quizkit.source.rules import DUPLICATE, SYNTAX
from quizkit.source.tree import Parsed, StoppedError, build

_TOP_KEY = re.compile(r"([A-Za-z_][\w-]*) *[:：]")
_LIST_HEAD = re.compile(r"[A-Za-z_][\w-]* *:\s*(#.*)?$")
_DASH = re.compile(rf"( *)[-{DASHES}](?=[\s\u3000\xa0])")
_ODD = 3
"""How much further in than usual a member may begin that names itself."""
_NAMED = re.compile(rf" *[-{DASHES}] +(?:id|kind) *:")


def piece_by_piece(text: str, file: str) -> Parsed | None:
    """The mapping that the file is, as far as it can be read; None when it is no mapping in block style.

    Each key at the left edge is read by itself, and a list at which YAML stops member by member. A key of which
    nothing can be read has a place, but no value.
    """
    lines = lines_of(text)
    begins = [i for i, line in enumerate(lines) if _TOP_KEY.match(line)]
    if not begins:
        return None
    return _Pieces(lines, file).mapping(begins)


class _Pieces:
    """The lines of a file, and what was wrong with its pieces so far."""

    def __init__(self, lines: list[str], file: str) -> None:
        self._lines = lines
        self._file = file
        self._found: list[Diagnostic] = []

    def mapping(self, begins: list[int]) -> Parsed:
        """The mapping whose keys stand in the lines of these indices."""
        table: dict[str, Node] = {}
        places: dict[str, tuple[int, int]] = {}
        unread: dict[str, tuple[int, int]] = {}
        self._expect_nothing(0, begins[0])
        for begin, end in zip(begins, [*begins[1:], len(self._lines)], strict=True):
            block = self._block(begin, end)
            if block is None or not isinstance(block.value, dict):
                unread[self._lines[begin].partition(":")[0].partition("：")[0].rstrip()] = (begin + 1, 1)
                continue
            for key, node in block.value.items():
                if key in places:
                    message = f"`{key}` stands in line {places[key][0]} already; this second one is left out."
                    at = Span(self._file, *block.key_at[key])
                    self._found.append(Diagnostic(DUPLICATE, at, message, "Keep one of the two."))
                    continue
                table[key], places[key] = node, block.key_at[key]
        root = Node(table, begins[0] + 1, 1, len(self._lines), 1, key_at={**unread, **places})
        return Parsed(root if table else None, self._found)

    def _block(self, begin: int, end: int) -> Node | None:
        """A key at the left edge and what belongs to it."""
        found: list[Diagnostic] = []
        try:
            node = self._build(begin, end, found)
        except StoppedError as stop:
            if _LIST_HEAD.match(self._lines[begin]) and (members := self._begins(begin + 1, end)):
                return self._list(begin, members, end)
            self._found += [*found, stop.diagnostic]
            return None
        self._found += found
        if node is not None and not isinstance(node.value, dict):
            self._no_piece(begin)
            return None
        return node

    def _list(self, head: int, members: list[int], end: int) -> Node:
        """A key whose value is a list, of which only some members can be read."""
        self._expect_nothing(head + 1, members[0])
        kept: list[Node] = []
        for begin, stop in zip(members, [*members[1:], end], strict=True):
            try:
                node = self._build(begin, stop, self._found)
            except StoppedError as stopped:
                self._found.append(stopped.diagnostic)
                continue
            if node is not None and isinstance(node.value, list):
                kept += node.value
            else:
                self._no_piece(begin)
        key = self._lines[head].split(":")[0].rstrip()
        first = Node(kept, members[0] + 1, 1, end, 1)
        return Node({key: first}, head + 1, 1, end, 1, key_at={key: (head + 1, 1)})

    def _begins(self, begin: int, end: int) -> list[int]:
        """The indices of the lines where members of a list begin.

        A member that is indented a little differently is one too: that may be why YAML stopped.
        """
        dashes = [(i, len(dash[1])) for i in range(begin, end) if (dash := _DASH.match(self._lines[i]))]
        if not dashes:
            return []
        named = {i: indent for i, indent in dashes if _NAMED.match(self._lines[i])}
        usual = Counter(named.values()).most_common(1)[0][0] if named else dashes[0][1]
        return [i for i, indent in dashes if indent <= usual + (_ODD if i in named else 1)]

    def _expect_nothing(self, begin: int, end: int) -> None:
        """Report what stands where only comments may."""
        node = None
        try:
            node = self._build(begin, end, self._found)
        except StoppedError as stop:
            self._found.append(stop.diagnostic)
        if node is not None and node.value:
            self._no_piece(node.line - 1)

    def _no_piece(self, at: int) -> None:
        """Report a line that begins neither a key nor a member of a list."""
        line = self._lines[at]
        if slip := slip_in(line):
            made = Diagnostic(slip.rule, Span(self._file, at + 1, slip.column), slip.message, slip.fix)
        else:
            message = "This line begins neither a key nor a member of the list."
            made = Diagnostic(SYNTAX, Span(self._file, at + 1), message, "Write `key: value`, or `- ` before a member.")
        self._found.append(made)

    def _build(self, begin: int, end: int, found: list[Diagnostic]) -> Node | None:
        return build("".join(self._lines[begin:end]), self._file, found, begin)
