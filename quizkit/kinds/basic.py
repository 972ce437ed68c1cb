"""A flashcard: think, reveal, and rate yourself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.kinds.revealing import RevealTask
from quizkit.model import REVERSE, LocalText, Task

KEYS = (
    Key("front", Form.TEXTS, "What is shown; a list of texts is a list of wordings that take turns.", True),
    Key("back", Form.TEXT, "What is to be remembered.", True),
    Key("reverse", Form.FLAG, "Also ask the other way round, as a card of its own."),
)


class Basic(NamedTuple):
    """Two sides of a card."""

    fronts: tuple[LocalText, ...]
    back: LocalText
    reverse: bool

    def tasks(self) -> Mapping[str, Task]:
        """The card, and the other way round if wanted."""
        tasks: dict[str, Task] = {"main": RevealTask(self.fronts, (self.back,))}
        if self.reverse:
            tasks[REVERSE] = RevealTask((self.back,), (self.fronts[0],))
        return tasks


def parse(fields: Fields) -> Basic | None:
    """See `KindModule`."""
    fronts = fields.texts("front", required=True)
    back = fields.text("back", required=True)
    reverse = fields.flag("reverse") or False
    return Basic(fronts, back, reverse) if fronts and back else None
