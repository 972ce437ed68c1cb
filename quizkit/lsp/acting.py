"""What the editor can do about a deck: mend what is wrong, write what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quizkit.decks.edit import insertions
from quizkit.decks.mend import mends
from quizkit.decks.places import Edit, Places
from quizkit.diagnostics import Diagnostic
from quizkit.source import Node, parse_yaml

_OFFERED = re.compile(r"Did you mean `([^`]+)`\?")
_LANGUAGE = re.compile(r"Add a line `([^:`]+): …`")
_FORMER = re.compile(r"Add `was: ([^`]+)`")


class Action(NamedTuple):
    """Something that can be done: edits of this text. `mended` are the diagnostics it does away with.

    `certain` says that there is no other right way; `whole` that it concerns the file, not a place in it.
    """

    title: str
    edits: tuple[Edit, ...]
    mended: tuple[Diagnostic, ...] = ()
    certain: bool = False
    whole: bool = False


def actions(text: str, file: str, here: Sequence[Diagnostic], everywhere: Sequence[Diagnostic]) -> list[Action]:
    """What can be done about the diagnostics of a place, and about those of the whole file.

    `text` is without a byte order mark; offsets in it are what edits speak of.
    """
    found = [Action(mend.title, mend.edits, (mend.diagnostic,), mend.certain) for mend in mends(text, file, here)]
    places, tree = Places(text), _Tree(text, file)
    for diagnostic in here:
        write = _WRITERS.get(diagnostic.rule.code)
        found += write(places, tree, diagnostic) if write else ()
    if any(diagnostic.rule.code == "missing-id" for diagnostic in everywhere):
        made = tuple(Edit(one.offset, one.offset, one.text) for one in insertions(text, tree.root))
        title = "Write the missing id" if len(made) == 1 else f"Write the {len(made)} missing ids"
        found.append(Action(title, made, whole=True))
    return found


def mend_all(text: str, file: str, diagnostics: Sequence[Diagnostic]) -> Action | None:
    """Everything that has one right mend, at once."""
    certain = [mend for mend in mends(text, file, diagnostics) if mend.certain]
    edits = tuple(apart(edit for mend in certain for edit in mend.edits))
    return Action("Mend what has one right mend", edits, whole=True) if edits else None


def apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits in their order, of those that overlap the first."""
    last = 0
    for edit in sorted(set(edits)):
        if edit.start >= last:
            yield edit
            last = edit.end


class _Tree:
    """The deck's tree, made when it is asked for."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._made: Node | None = None
        self._is_made = False

    @property
    def root(self) -> Node | None:
        if not self._is_made:
            self._made, self._is_made = parse_yaml(self._text, self._file).node, True
        return self._made

    def at(self, line: int, column: int) -> Node | None:
        """The outermost node that begins at a place, below the deck's own mapping."""
        stack = [self.root] if self.root is not None else []
        while stack:
            node = stack.pop()
            if (node.line, node.column) == (line, column) and node is not self.root:
                return node
            if isinstance(node.value, dict):
                stack += reversed(node.value.values())
            elif isinstance(node.value, list):
                stack += reversed(node.value)
        return None


def _other_name(places: Places, _tree: _Tree, diagnostic: Diagnostic) -> Iterator[Action]:
    """Another name in the place of one that names nothing."""
    offer, span = _OFFERED.match(diagnostic.fix), diagnostic.span
    if offer is None or not span.end_column:
        return
    start, end = places.offset(span.line, span.column), places.offset(span.end_line, span.end_column)
    written = places.text[start:end]
    quotes = int(written[:1] in ("'", '"'))
    named = offer[1]
    if "/" in named and "/" not in written:
        known = re.search(r"`([^`/]+)/", diagnostic.message)
        named = named.removeprefix(f"{known[1]}/" if known else "")
    yield Action(f"Write {named}", (Edit(start + quotes, end - quotes, named),), (diagnostic,))


def _missing_language(places: Places, tree: _Tree, diagnostic: Diagnostic) -> Iterator[Action]:
    """A line for a language that a text lacks, to be filled in."""
    wanted = _LANGUAGE.match(diagnostic.fix)
    node = tree.at(diagnostic.span.line, diagnostic.span.column)
    if wanted is None or node is None or not isinstance(node.value, dict) or not node.value:
        return
    title = f"Add a line for {wanted[1]}"
    last = list(node.value.values())[-1]
    if places.text[places.offset(node.line, node.column)] == "{":
        end = places.offset(last.end_line, last.end_column)
        yield Action(title, (Edit(end, end, f", {wanted[1]}: ''"),), (diagnostic,))
        return
    # A block of text ends where something else begins.
    line = last.end_line if last.end_column > 1 else last.end_line - 1
    while not places.text[slice(*places.line(line))].strip():
        line -= 1
    _begin, end = places.line(line)
    indent = " " * (node.column - 1)
    yield Action(title, (Edit(end, end, f"{_break(places, end)}{indent}{wanted[1]}: "),), (diagnostic,))


def _former_id(places: Places, tree: _Tree, diagnostic: Diagnostic) -> Iterator[Action]:
    """`was`, so that memories come along."""
    wanted = _FORMER.search(diagnostic.fix)
    note = tree.at(diagnostic.span.line, diagnostic.span.column)
    if wanted is None or note is None or not isinstance(note.value, dict) or "was" in note.value:
        return
    if "id" not in note.value or places.text[places.offset(note.line, note.column)] == "{":
        return
    _begin, end = places.line(note.value["id"].end_line)
    indent = " " * (note.column - 1)
    edit = Edit(end, end, f"{_break(places, end)}{indent}was: {wanted[1]}")
    yield Action(f"Keep the memories of {wanted[1]}", (edit,), (diagnostic,))


def _break(places: Places, end: int) -> str:
    """The line break that stands at an offset; at the end of the text, the plain one."""
    return "\r\n" if places.text[end : end + 2] == "\r\n" else "\n"


_WRITERS: Mapping[str, Callable[[Places, _Tree, Diagnostic], Iterator[Action]]] = {
    "after-unknown": _other_name,
    "confuses-unknown": _other_name,
    "unknown-passage": _other_name,
    "missing-language": _missing_language,
    "memory-without-note": _former_id,
}
