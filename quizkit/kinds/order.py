"""Things to be put in order: a chronology, or a chain of causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.errors import QuizkitError
from quizkit.i18n import N_, Message, _
from quizkit.kinds.asking import best_langs, disordered, displayed, dont_know, picked, wording
from quizkit.kinds.choosing import EQUAL_OPTIONS, has_any, look_alike, too_many
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import (
    Asking,
    LocalText,
    Question,
    Response,
    Rivals,
    Shape,
    Solution,
    Task,
    Verdict,
    no_rivals,
)
from quizkit.source.node import Node

TOO_SHORT = error("order-too-short", "Too few things to order", "An order needs two things at least.")

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("items", Form.OPTIONS, "The things in the right order: texts, or mappings with `text` and `when`.", True),
)

ITEM_KEYS = ("text", "when")


class Item(NamedTuple):
    """One of the things. `when` is told with the answer."""

    text: LocalText
    when: LocalText | None = None


class Order(NamedTuple):
    """A question, and things in the right order."""

    wordings: tuple[LocalText, ...]
    items: tuple[Item, ...]

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": OrderTask(self.wordings, self.items)}


class OrderTask(NamedTuple):
    """Put them in order."""

    wordings: tuple[LocalText, ...]
    items: tuple[Item, ...]

    @property
    def shape(self) -> Shape:
        """ORDER."""
        return Shape.ORDER

    def ask(self, asking: Asking) -> Question:
        """See `Task`. The things never come in the right order already."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        layout = disordered(len(self.items), asking)
        return Question(
            asking.card,
            Shape.ORDER,
            text.lang(asking.langs),
            text.pick(langs),
            options=tuple(self.items[i].text.pick(langs) for i in layout),
            instruction=Message(N_("Put them in order, first to last.")),
            layout=layout,
        )

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_order

        given = picked(question, response)
        if not given:
            return dont_know()
        if len(given) != len(self.items):
            raise QuizkitError(_("All {n} are to be put in order.", n=len(self.items)))
        return judge_order(given, displayed(question, [item.text for item in self.items]))

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        lines = []
        for number, item in enumerate(self.items, 1):
            when = f" ({item.when.pick(langs)})" if item.when else ""
            lines.append(f"{number}. {item.text.pick(langs)}{when}")
        return Solution(tuple(lines))

    def accepted(self) -> Sequence[str]:
        """See `Task`: nothing is typed."""
        return ()


def parse(fields: Fields) -> Order | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    nodes = fields.items("items", required=True)
    if len(nodes) == 1:
        fields.report(TOO_SHORT, "items", "There is one thing only.", "Add what comes before or after it.")
        return None
    if too_many(fields, "items", len(nodes)):
        return None
    items = [item for node in nodes if (item := _item(fields, node))]
    if not items or len(items) < len(nodes):
        return None
    if twin := look_alike([item.text for item in items]):
        index, text = twin
        fields.report(EQUAL_OPTIONS, nodes[index], f"“{text}” stands twice.", "Tell the two apart.")
        return None
    return Order(wordings, tuple(items)) if wordings else None


def _item(fields: Fields, node: Node) -> Item | None:
    if not has_any(node, ITEM_KEYS):
        text = fields.local(node, "items")
        return Item(text) if text else None
    inner = fields.inner(node, ITEM_KEYS)
    text = inner.text("text", required=True)
    return Item(text, inner.text("when")) if text else None
