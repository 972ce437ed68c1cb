"""Letting a note take over the memories of an id that is gone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from quizkit.decks.identity import MEMORY_WITHOUT_NOTE
from quizkit.decks.write import changed, replace_file
from quizkit.diagnostics import Diagnostic
from quizkit.source import parse_yaml, to_plain

_LINE = re.compile(r"`was: ([^`]+)`")
_KEY = re.compile(r"`([^`]+)` is gone")


class Offer(NamedTuple):
    """A former id as `was` wants it, the line of the note that may be its heir, and the former note's key."""

    old: str
    line: int
    key: str

    def write(self, path: Path) -> None:
        """Write `was:` into the note, beside former ids it has already. Raises QuizkitError when that can't be done."""
        data = path.read_bytes()
        root = parse_yaml(data.decode("utf-8").removeprefix("\ufeff"), path.name).node
        plain = to_plain(root) if root is not None else {}
        nodes = root.value["notes"].value if root is not None and isinstance(root.value, dict) else []
        for node, note in zip(nodes, plain.get("notes", []), strict=False):
            if getattr(node, "line", 0) == self.line:
                before = note.get("was", [])
                former = [before] if isinstance(before, str) else before
                replace_file(path, changed(data, {note["id"]: {"was": [*former, self.old]}}, path.name))
                return


def proposed_line(problem: Diagnostic) -> Offer | None:
    """What a diagnostic of the rule memory-without-note proposes."""
    line, key = _LINE.search(problem.fix), _KEY.search(problem.message)
    if problem.rule is not MEMORY_WITHOUT_NOTE or line is None or key is None:
        return None
    return Offer(line[1], problem.span.line, key[1])
