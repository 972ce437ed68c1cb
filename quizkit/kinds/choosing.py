"""Options: reading them, asking for one or some of them, and judging the pick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.errors import QuizkitError
from quizkit.i18n import N_, Message, _, translate
from quizkit.kinds.asking import MAX_OPTIONS, best_langs, displayed, dont_know, picked, shuffled, spoken, wording
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import (
    Asking,
    LocalText,
    Outcome,
    Question,
    Response,
    Rivals,
    Shape,
    Solution,
    Verdict,
    no_rivals,
)
from quizkit.source.node import Node

TOO_FEW = error("too-few-options", "Too few options", "A choice needs two options at least.")
TOO_MANY = error("too-many-options", "Too many options", "Nobody weighs more than 26 options. Make several notes.")
EQUAL_OPTIONS = error(
    "equal-options",
    "Two options are equal",
    "A learner who picks the other of two equal options would be judged wrong.",
)
NOT_AN_OPTION = error(
    "answer-not-an-option",
    "The answer isn't among the options",
    "`answer` repeats the text of an option, in any of its languages.",
)

LONGEST_COMPARED = 200
"""Characters of a text that are compared in search of what was meant."""
OPTION_KEYS = ("text", "why", "misconception")
OPTIONS = Key("options", Form.OPTIONS, "What there is to choose from: texts, or mappings with `text` and `why`.", True)
SHUFFLE = Key("shuffle", Form.FLAG, "false keeps the options in the order written.")
ASK = Key("ask", Form.TEXTS, "The question; a list of texts is a list of wordings that take turns.", True)


class Option(NamedTuple):
    """Something to pick. `why` says why it is wrong; `misconception` names the belief behind it."""

    text: LocalText
    why: LocalText | None = None
    misconception: LocalText | None = None

    def feedback(self, langs: Sequence[str]) -> str:
        """What to tell somebody who picked it wrongly."""
        parts = [part.pick(langs) for part in (self.why, self.misconception) if part]
        return "\n".join(parts)


class PickTask(NamedTuple):
    """Pick one option, or (`many`) all that are right.

    Where one is wanted and several would be right, one of those is shown at a time, in turn.
    """

    wordings: tuple[LocalText, ...]
    options: tuple[Option, ...]
    right: frozenset[int]
    many: bool = False
    shuffle: bool = True
    lead: str = ""

    @property
    def shape(self) -> Shape:
        """PICK_ONE or PICK_MANY."""
        return Shape.PICK_MANY if self.many else Shape.PICK_ONE

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        text = wording(self.wordings, asking)
        langs = best_langs(text, asking.langs)
        shown = self._shown(asking.turn)
        layout = tuple(shown[i] for i in shuffled(len(shown), asking)) if self.shuffle else tuple(shown)
        lang = text.lang(asking.langs)
        prompt = text.pick(langs)
        if self.lead:
            prompt = f"{translate(self.lead, lang or langs[0])}\n\n{prompt}"
        return Question(
            asking.card,
            self.shape,
            lang,
            prompt,
            options=tuple(self.options[i].text.pick(langs) for i in layout),
            instruction=Message(N_("Pick all that are right.")) if self.many else None,
            layout=layout,
        )

    def _shown(self, turn: int) -> Sequence[int]:
        count = len(self.options)
        if self.many or len(self.right) == 1:
            return range(count)
        one = sorted(self.right)[turn % len(self.right)]
        return [i for i in range(count) if i == one or i not in self.right]

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`."""
        from quizkit.answers import judge_picks

        given = picked(question, response)
        if not given:
            return dont_know()
        langs = spoken(question)
        texts = displayed(question, [option.text for option in self.options])
        wrong = [self.options[i].feedback(langs) for i in given if i not in self.right]
        feedback = "\n".join(text for text in wrong if text)
        if self.many:
            verdict = judge_picks(given, self.right, texts)
            return Verdict(verdict.outcome, verdict.score, verdict.reason, verdict.diff, verdict.parts, feedback)
        if len(given) > 1:
            raise QuizkitError(_("One option is wanted, not {n}.", n=len(given)))
        if given[0] in self.right:
            return Verdict(Outcome.RIGHT, 1.0, Message(""))
        reason = Message(N_("You picked: {option}"), {"option": texts[given[0]]})
        return Verdict(Outcome.WRONG, 0.0, reason, feedback=feedback)

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        right = [self.options[i] for i in sorted(self.right)]
        lines = [line.pick(langs) for option in right for line in (option.text, option.why) if line]
        return Solution(tuple(lines))

    def accepted(self) -> Sequence[str]:
        """See `Task`: nothing is typed."""
        return ()


def read_option(fields: Fields, node: Node, what: str) -> Option | None:
    """An option: a text, or a mapping with `text` and more."""
    if not has_any(node, OPTION_KEYS):
        text = fields.local(node, what)
        return Option(text) if text else None
    inner = fields.inner(node, OPTION_KEYS)
    text = inner.text("text", required=True)
    return Option(text, inner.text("why"), inner.text("misconception")) if text else None


def read_options(fields: Fields, key: str = "options", *, least: int = 2) -> tuple[Option, ...]:
    """All options of a key; too few, too many or equal ones are reported, and make it ()."""
    nodes = fields.items(key, required=True)
    if too_many(fields, key, len(nodes)):
        return ()
    options = [option for node in nodes if (option := read_option(fields, node, key))]
    if nodes and len(nodes) < least:
        fields.report(TOO_FEW, key, f"There is {len(nodes)} option.", "Add distractors of the same kind as the answer.")
    if len(options) < max(least, len(nodes)):
        return ()
    if twin := look_alike([option.text for option in options]):
        index, text = twin
        fields.report(EQUAL_OPTIONS, nodes[index], f"“{text}” is an option twice.", "Change or delete one.")
        return ()
    return tuple(options)


def has_any(node: Node, keys: Sequence[str]) -> bool:
    """Whether a node is a mapping with one of these keys, and so no text by languages."""
    return isinstance(node.value, dict) and not node.value.keys().isdisjoint(keys)


def too_many(fields: Fields, key: str, count: int, most: int = MAX_OPTIONS) -> bool:
    """Whether a key has more members than anybody could weigh; reports it."""
    if count > most:
        fields.report(TOO_MANY, key, f"`{key}` has {count} members; {most} is the most.", "Make several notes.")
    return count > most


def look_alike(texts: Sequence[LocalText]) -> tuple[int, str] | None:
    """The first text that looks like one before it to the learners of some language, and how it looks to them."""
    for lang in dict.fromkeys(lang for text in texts for lang in text.forms):
        seen: set[str] = set()
        for index, text in enumerate(texts):
            form = text.pick((lang,))
            plain = _plain(form)
            if plain in seen:
                return index, form
            seen.add(plain)
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def find_option(fields: Fields, node: Node, options: Sequence[Option]) -> int | None:
    """Which option an answer repeats; None, and a report, when it repeats none."""
    answer = fields.local(Node(node.value, node.line, node.column, node.end_line, node.end_column), "answer")
    if answer is None:
        return None
    wanted = {_plain(form) for form in answer.all()}
    found = [i for i, option in enumerate(options) if any(_plain(form) in wanted for form in option.text.all())]
    if len(found) == 1:
        return found[0]
    if found:
        named = " and ".join(f"“{options[i].text.all()[0]}”" for i in found[:2])
        fields.report(NOT_AN_OPTION, node, f"The answer names two options, {named}.", "Repeat the text of one of them.")
        return None
    from difflib import get_close_matches

    texts = [form for option in options for form in option.text.all() if len(form) < LONGEST_COMPARED]
    near = get_close_matches(answer.all()[0][:LONGEST_COMPARED], texts, 1)
    fix = f"Did you mean “{near[0]}”?" if near else "Repeat the text of the right option."
    fields.report(NOT_AN_OPTION, node, f"“{answer.all()[0]}” is none of the options.", fix)
    return None
