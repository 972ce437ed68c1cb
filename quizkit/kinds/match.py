"""Two columns to be paired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.i18n import N_, Message
from quizkit.kinds.asking import best_langs, disordered, displayed, dont_know, partners, wording
from quizkit.kinds.choosing import TOO_FEW, look_alike, too_many
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

EQUAL_PAIRS = error(
    "equal-pairs", "A left side stands twice", "A learner couldn't know which of the two partners is meant."
)

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key(
        "pairs",
        Form.PAIRS,
        "The pairs: mappings with `left` and `right`. A right side may serve several left ones.",
        True,
    ),
    Key("extra", Form.TEXTS, "Right sides that belong to nobody."),
)


class Match(NamedTuple):
    """Left sides, right sides, and for each left side the index of its partner."""

    wordings: tuple[LocalText, ...]
    lefts: tuple[LocalText, ...]
    rights: tuple[LocalText, ...]
    partner: tuple[int, ...]

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": MatchTask(self.wordings, self.lefts, self.rights, self.partner)}


class MatchTask(NamedTuple):
    """Pair them."""

    wordings: tuple[LocalText, ...]
    lefts: tuple[LocalText, ...]
    rights: tuple[LocalText, ...]
    partner: tuple[int, ...]

    @property
    def shape(self) -> Shape:
        """PAIR."""
        return Shape.PAIR

    def ask(self, asking: Asking) -> Question:
        """See `Task`. The left sides keep the author's order, the right ones are shuffled."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        layout = disordered(len(self.rights), asking)
        return Question(
            asking.card,
            Shape.PAIR,
            text.lang(asking.langs),
            text.pick(langs),
            options=tuple(self.rights[i].pick(langs) for i in layout),
            lefts=tuple(left.pick(langs) for left in self.lefts),
            instruction=Message(N_("Give each line its partner.")),
            layout=layout,
        )

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_pairs

        given = partners(question, response)
        if not any(partner is not None for partner in given):
            return dont_know()
        return judge_pairs(given, self.partner, question.lefts, displayed(question, self.rights))

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        return Solution(
            tuple(
                f"{left.pick(langs)} — {self.rights[partner].pick(langs)}"
                for left, partner in zip(self.lefts, self.partner, strict=True)
            )
        )

    def accepted(self) -> Sequence[str]:
        """See `Task`: nothing is typed."""
        return ()


def parse(fields: Fields) -> Match | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    nodes = fields.items("pairs", required=True)
    extra = fields.texts("extra")
    if too_many(fields, "pairs", len(nodes) + len(extra)):
        return None
    if len(nodes) == 1:
        fields.report(TOO_FEW, "pairs", "There is one pair only.", "Add another.")
        return None
    lefts: list[LocalText] = []
    rights: list[LocalText] = []
    partner: list[int] = []
    for node in nodes:
        inner = fields.inner(node, ("left", "right"))
        left, right = inner.text("left", required=True), inner.text("right", required=True)
        if left is None or right is None:
            return None
        lefts.append(left)
        # Equal right sides are one option, or a learner could pick the wrong one of two that look alike.
        if right not in rights:
            rights.append(right)
        partner.append(rights.index(right))
    if twin := look_alike(lefts):
        index, text = twin
        fields.report(EQUAL_PAIRS, nodes[index], f"“{text}” stands on the left twice.", "Tell the two apart.")
        return None
    rights += [text for text in extra if text not in rights]
    return Match(wordings, tuple(lefts), tuple(rights), tuple(partner)) if wordings and lefts else None
