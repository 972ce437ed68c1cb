"""A text with gaps: a card for each number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.errors import QuizkitError
from quizkit.i18n import N_, Message, _
from quizkit.kinds.asking import best_langs, dont_know, one_text
from quizkit.kinds.fields import EMPTY_TEXT, Fields
from quizkit.kinds.keys import Form, Key
from quizkit.model import (
    Asking,
    LocalText,
    Outcome,
    Part,
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

NO_GAP = error(
    "cloze-no-gap",
    "A cloze without a gap",
    "Mark what is to be remembered: `{{c1::answer}}` or `{{c1::answer::hint}}`.",
)
UNCLOSED = error(
    "cloze-unclosed", "A gap that can't be read", "A gap begins with `{{c1::` and ends with `}}`; none holds another."
)
NUMBERS_DIFFER = error(
    "cloze-numbers-differ",
    "The languages have different gaps",
    "A card is the same in every language: each text needs the same gap numbers.",
)
UNKNOWN_GAP = error(
    "cloze-unknown-gap", "There is no such gap", "`also`, `accepts` and `refuses` of a cloze name a gap: c1, c2, …"
)

SHORT = 2
"""Answers of so few characters stand in many texts by chance."""

KEYS = (
    Key("text", Form.TEXT, "The text, its gaps marked `{{c1::answer}}` or `{{c1::answer::hint}}`.", True),
    Key("also", Form.FORMS, "Further forms that are right when typed, for each gap: `{c1: [form]}`."),
)

# No gap holds another one's braces, so a gap that never ends costs no more than its length. Without `++`: until Python
# 3.11.5 a possessive group loses what it matched.
_GAP = re.compile(r"\{\{c(\d{1,3})::((?:(?!::|\{\{|\}\}).)+)(?:::((?:(?!\{\{|\}\}).)*))?\}\}", re.DOTALL)
_EMPTY = re.compile(r"\{\{c(\d{1,3})::\s*(?:::(?:(?!\{\{|\}\}).)*)?\}\}", re.DOTALL)
# What was meant as a gap: a capital, a single colon, full-width characters, no end.
_MEANT = re.compile(r"[{｛]{2}\s*[cCｃＣ]?\d{1,3}\s*[:：]")


class Cloze(NamedTuple):
    """A text, the numbers of its gaps, and further right forms for each."""

    text: LocalText
    numbers: tuple[int, ...]
    also: Mapping[int, tuple[str, ...]]

    def tasks(self) -> Mapping[str, Task]:
        """A card for each number."""
        return {f"c{n}": ClozeTask(self.text, n, self.also.get(n, ())) for n in self.numbers}


class ClozeTask(NamedTuple):
    """Fill the gaps of one number; the others are filled already."""

    text: LocalText
    number: int
    also: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        """TYPE, or FILL where the number marks several gaps."""
        most = max(len(gaps(form, self.number)) for form in self.text.all())
        return Shape.FILL if most > 1 else Shape.TYPE

    def ask(self, asking: Asking) -> Question:
        """See `Task`."""
        langs = best_langs(self.text, asking.langs)
        raw = self.text.pick(langs)
        asked = gaps(raw, self.number)
        several = self.shape is Shape.FILL
        return Question(
            asking.card,
            self.shape,
            self.text.lang(asking.langs),
            _GAP.sub(self._shown, raw),
            entries=len(asked) if several else 0,
            labels=tuple(hint or f"{i}/{len(asked)}" for i, (_answer, hint) in enumerate(asked, 1)) if several else (),
            instruction=Message(N_("Fill the gap.")),
        )

    def _shown(self, gap: re.Match[str]) -> str:
        if int(gap[1]) != self.number:
            return gap[2]
        return f"[{gap[3] or '…'}]"

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """See `Task`. One gap may be filled in any language; several are judged one by one, in the question's.

        One value alone may hold the entries for all gaps.
        """
        from quizkit.answers import judge_text, split_entries

        if not any(value.strip() for value in response.values):
            return dont_know()
        wanted = self.solution((question.lang,)).lines
        if question.shape is Shape.TYPE:
            return judge_text(one_text(response), (*wanted, *self.accepted()), rivals=rivals)
        entries = list(response.values)
        if len(entries) == 1 and len(wanted) > 1:
            entries = split_entries(entries[0])
        if len(entries) > len(wanted):
            raise QuizkitError(_("There are {n} gaps to fill.", n=len(wanted)), _("Give one entry for each."))
        entries += [""] * (len(wanted) - len(entries))
        parts = []
        score = 0.0
        for entry, answer in zip(entries, wanted, strict=True):
            verdict = judge_text(entry, (answer, *self.also), rivals=rivals) if entry.strip() else dont_know()
            parts.append(Part(entry, answer, verdict.outcome))
            score += verdict.score / len(wanted)
        if all(part.outcome is Outcome.RIGHT for part in parts):
            return Verdict(Outcome.RIGHT, 1.0, Message(""), parts=tuple(parts))
        close = all(part.outcome is not Outcome.WRONG for part in parts)
        reason = Message(N_("{n} of {all} gaps are right."), {"n": _rights(parts), "all": len(wanted)})
        return Verdict(Outcome.ALMOST if close else Outcome.WRONG, min(score, 0.99), reason, parts=tuple(parts))

    def solution(self, langs: Sequence[str]) -> Solution:
        """See `Task`."""
        return Solution(tuple(answer for answer, _hint in gaps(self.text.pick(langs), self.number)))

    def accepted(self) -> Sequence[str]:
        """See `Task`."""
        answers = [answer for form in self.text.all() for answer, _hint in gaps(form, self.number)]
        return (*dict.fromkeys(answers), *self.also)


def _rights(parts: Sequence[Part]) -> int:
    return sum(part.outcome is Outcome.RIGHT for part in parts)


def gaps(text: str, number: int) -> list[tuple[str, str]]:
    """The gaps of one number: answer and hint of each."""
    return [(gap[2].strip(), (gap[3] or "").strip()) for gap in _GAP.finditer(text) if int(gap[1]) == number]


def with_gaps(text: str, shown: Callable[[int, str, str], str]) -> str:
    """A text with each gap in the form that `shown` gives it, from its number, answer and hint."""
    return _GAP.sub(lambda gap: shown(int(gap[1]), gap[2].strip(), (gap[3] or "").strip()), text)


def given_away(text: str) -> Iterator[tuple[int, str]]:
    """The gaps of a text whose answers stand elsewhere in it: number and answer."""
    from quizkit.answers.folding import normalise

    for number in numbers_in(text):
        secrets = [(answer, normalise(answer)) for answer, _hint in gaps(text, number)]
        rest = normalise(_GAP.sub(lambda gap, n=number: " … " if int(gap[1]) == n else gap[2], text))  # type: ignore[misc]
        for answer, secret in secrets:
            if len(secret) > SHORT and secret in rest:
                yield number, answer


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of a text's gaps, ascending."""
    return tuple(sorted({int(gap[1]) for gap in _GAP.finditer(text)}))


def parse(fields: Fields) -> Cloze | None:
    """See `KindModule`."""
    text = fields.text("text", required=True)
    if text is None:
        return None
    node = fields.get("text")
    numbers: tuple[int, ...] | None = None
    for lang, form in text.forms.items():
        where = f" ({lang})" if lang else ""
        found = numbers_in(form)
        if not _check_gaps(fields, node, form, where):
            return None
        if not found:
            fields.report(NO_GAP, node, f"The text{where} has no gap.", "Mark one: {{c1::answer}}.")
            return None
        if numbers is not None and found != numbers:
            fields.report(
                NUMBERS_DIFFER,
                node,
                f"The text{where} has the gaps {_named(found)}, another language {_named(numbers)}.",
            )
            return None
        numbers = found
    assert numbers is not None
    also: dict[int, tuple[str, ...]] = {}
    for group, form, at in fields.forms("also"):
        number = (
            int(group[1:])
            if re.fullmatch(r"c\d{1,3}", group)
            else (numbers[0] if not group and len(numbers) == 1 else 0)
        )
        if number not in numbers:
            fields.report(UNKNOWN_GAP, at, f"“{form}” belongs to no gap of the text.", f"Name one: {_named(numbers)}.")
        else:
            also[number] = (*also.get(number, ()), form)
    return Cloze(text, numbers, also)


def _check_gaps(fields: Fields, node: Node | None, form: str, where: str) -> bool:
    """Whether everything that was meant as a gap is one, with something in it; reports what isn't."""
    blank = next((gap[1] for gap in _GAP.finditer(form) if not gap[2].strip()), None)
    if blank is None and (empty := _EMPTY.search(form)):
        blank = empty[1]
    if blank is not None:
        fields.report(EMPTY_TEXT, node, f"The gap c{blank} of the text{where} is empty.", "Write {{c1::answer}}.")
        return False
    rest = _GAP.sub("", form)
    if meant := _MEANT.search(rest):
        message = f"“{meant[0]}” in the text{where} begins a gap that is never closed, or written otherwise."
        fields.report(UNCLOSED, node, message, "Write {{c1::answer}} or {{c1::answer::hint}}.")
        return False
    return True


def _named(numbers: Sequence[int]) -> str:
    return ", ".join(f"c{n}" for n in numbers)
