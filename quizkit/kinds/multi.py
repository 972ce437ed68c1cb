"""Several right options among more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizkit.kinds.choosing import ASK, OPTIONS, SHUFFLE, Option, PickTask, find_option, read_options
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import LocalText, Task

KEYS = (ASK, Key("answer", Form.TEXTS, "The texts of the right options, in any language.", True), OPTIONS, SHUFFLE)


class Multi(NamedTuple):
    """A question, its options, and which of them are right."""

    wordings: tuple[LocalText, ...]
    options: tuple[Option, ...]
    right: frozenset[int]
    shuffle: bool

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": PickTask(self.wordings, self.options, self.right, many=True, shuffle=self.shuffle)}


def parse(fields: Fields) -> Multi | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    options = read_options(fields)
    shuffle = fields.flag("shuffle")
    fields.require("answer", "the texts of the right options")
    nodes = fields.nodes("answer")
    right = [find_option(fields, node, options) for node in nodes] if options else []
    if not wordings or not right or None in right:
        return None
    return Multi(wordings, options, frozenset(i for i in right if i is not None), shuffle is not False)
