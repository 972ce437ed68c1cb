"""A question to be answered at length: the learner compares with a model answer, point by point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizkit.kinds.choosing import too_many
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.kinds.revealing import RevealTask
from quizkit.model import LocalText, Task

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("model", Form.TEXT, "A model answer.", True),
    Key("points", Form.TEXTS, "The rubric: what a good answer says, point by point.", True),
)


class Open(NamedTuple):
    """A question, a model answer, and the points that count."""

    wordings: tuple[LocalText, ...]
    model: LocalText
    points: tuple[LocalText, ...]

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": RevealTask(self.wordings, (self.model,), self.points)}


def parse(fields: Fields) -> Open | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    model = fields.text("model", required=True)
    points = tuple(p for node in fields.items("points", required=True) if (p := fields.local(node, "points")))
    if too_many(fields, "points", len(points)):
        return None
    return Open(wordings, model, points) if wordings and model and points else None
