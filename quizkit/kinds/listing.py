"""A question whose answer is a list: all its members, or some of them, in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.i18n import N_, Message
from quizkit.kinds.asking import best_langs, dont_know, wording
from quizkit.kinds.choosing import has_any, too_many
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

EQUAL_ITEMS = error("equal-items", "Two members are equal", "A member that stands twice can't be named twice.")
NEED = error(
    "need-too-large",
    "More are needed than there are",
    "`need` says how many members are to be named: one at least, all at most.",
)

KEYS = (
    Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True),
    Key("answer", Form.OPTIONS, "The members: texts, or mappings with `text` and `also`.", True),
    Key("need", Form.NUMBER, "How many of them are to be named (all, unless said)."),
)

MOST_MEMBERS = 100
MEMBER_KEYS = ("text", "also")


class Member(NamedTuple):
    """A member of the list, and further forms that are right when typed."""

    text: LocalText
    also: tuple[str, ...] = ()

    def forms(self, lang: str = "") -> tuple[str, ...]:
        """Everything that names it; what it is called in `lang` comes first."""
        texts = self.text.all()
        first = self.text.pick((lang,)) if lang else texts[0]
        return (first, *(text for text in texts if text != first), *self.also)


class Listing(NamedTuple):
    """A question and the members to be named."""

    wordings: tuple[LocalText, ...]
    members: tuple[Member, ...]
    need: int

    def tasks(self) -> Mapping[str, Task]:
        """The only card."""
        return {"main": ListTask(self.wordings, self.members, self.need)}


class ListTask(NamedTuple):
    """Name them."""

    wordings: tuple[LocalText, ...]
    members: tuple[Member, ...]
    need: int

    @property
    def shape(self) -> Shape:
        """FILL."""
        return Shape.FILL

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        return Question(
            asking.card,
            Shape.FILL,
            text.lang(asking.langs),
            text.pick(langs),
            entries=self.need,
            instruction=Message(N_("{n} entries, in any order"), {"n": self.need}),
        )

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`. A value may hold several entries: where there are too few, the better reading counts."""
        from quizkit.answers import judge_set, split_entries

        given = [value for value in response.values if value.strip()]
        if not given:
            return dont_know()
        members = [member.forms(question.lang) for member in self.members]
        readings = [tuple(given)]
        if len(given) < self.need:
            parted = tuple(entry for value in given for entry in split_entries(value))
            finely = tuple(piece for entry in parted for piece in split_entries(entry))
            readings = [parted, finely, _letter_by_letter(finely, members)]
        verdicts = [judge_set(reading, members, need=self.need, rivals=rivals) for reading in dict.fromkeys(readings)]
        return max(verdicts, key=lambda verdict: verdict.score)

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        return Solution(tuple(member.text.pick(langs) for member in self.members))

    def accepted(self) -> Sequence[str]:
        """See `Task`."""
        return tuple(form for member in self.members for form in member.forms())


def _letter_by_letter(entries: Sequence[str], members: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The entries, with those taken apart that are several members written as one word: 日米韓."""
    letters = {form for forms in members for form in forms if len(form) == 1}
    return tuple(part for entry in entries for part in (entry if letters.issuperset(entry) else [entry]))


def parse(fields: Fields) -> Listing | None:
    """See `KindModule`."""
    wordings = fields.texts("ask", required=True)
    nodes = fields.items("answer", required=True)
    if too_many(fields, "answer", len(nodes), MOST_MEMBERS):
        return None
    members = [member for node in nodes if (member := _member(fields, node))]
    if not wordings or not members or len(members) < len(nodes) or not _apart(fields, nodes, members):
        return None
    need = fields.number("need")
    if need is not None and (need != int(need) or not 1 <= need <= len(members)):
        message = f"{need} can't be named of {len(members)} members."
        fields.report(NEED, fields.get("need"), message, f"Write a whole number from 1 to {len(members)}.")
        return None
    return Listing(wordings, tuple(members), int(need) if need is not None else len(members))


def _member(fields: Fields, node: Node) -> Member | None:
    if not has_any(node, MEMBER_KEYS):
        text = fields.local(node, "answer")
        return Member(text) if text else None
    inner = fields.inner(node, MEMBER_KEYS)
    text = inner.text("text", required=True)
    return Member(text, tuple(form for _group, form, _node in inner.forms("also"))) if text else None


def _apart(fields: Fields, nodes: Sequence[Node], members: Sequence[Member]) -> bool:
    from quizkit.answers.folding import normalise

    seen: dict[str, int] = {}
    for index, member in enumerate(members):
        for form in member.forms():
            if seen.setdefault(normalise(form), index) != index:
                fields.report(EQUAL_ITEMS, nodes[index], f"“{form}” names two members.", "Keep it with one of them.")
                return False
    return True
