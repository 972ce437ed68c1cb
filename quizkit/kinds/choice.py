"""One right option among several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizkit.kinds.choosing import ASK, OPTIONS, SHUFFLE, Option, PickTask, find_option, read_options
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import LocalText, Task

KEYS = (ASK, Key("answer", Form.TEXT, "The text of the right option, in any language.", True), OPTIONS, SHUFFLE)


class Choice(NamedTuple):
    """A question, its options, and which of them is right."""

    wordings: tuple[LocalText, ...]
    options: tuple[Option, ...]
    right: int
    shuffle: bool

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": PickTask(self.wordings, self.options, frozenset({self.right}), shuffle=self.shuffle)}


def parse(fields: Fields) -> Choice | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    options = read_options(fields)
    shuffle = fields.flag("shuffle")
    node = fields.get("answer")
    if node is None:
        fields.missing("answer", "the text of the right option")
        return None
    right = find_option(fields, node, options) if options else None
    if not wordings or right is None:
        return None
    return Choice(wordings, options, right, shuffle is not False)
