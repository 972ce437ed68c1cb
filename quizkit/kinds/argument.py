"""A claim and what stands around it: grounds, warrant, rebuttal, and who holds it (after Toulmin, 1958)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.diagnostics import error
from quizkit.i18n import LANGUAGES, N_, translate
from quizkit.kinds.choosing import EQUAL_OPTIONS, Option, PickTask, look_alike, read_option, too_many
from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import Form, Key
from quizkit.kinds.revealing import RevealTask
from quizkit.model import LocalText, Task

NO_GROUNDS = error(
    "argument-without-grounds",
    "A claim without grounds",
    "An argument needs at least one ground: a claim alone is an opinion.",
)

KEYS = (
    Key("claim", Form.TEXT, "The claim.", True),
    Key("who", Form.TEXT, "Who holds it: `author`, or a text."),
    Key("not_who", Form.TEXTS, "Others it could be taken for: makes 'who' a choice."),
    Key("grounds", Form.TEXTS, "What supports it.", True),
    Key("warrant", Form.TEXT, "Why the grounds support it."),
    Key("rebuttal", Form.TEXTS, "What speaks against it."),
    Key("not_grounds", Form.OPTIONS, "Statements that are none of its grounds: makes 'not-ground' a choice."),
)

AUTHOR = "author"
THE_AUTHOR = N_("the author")
GROUNDS = N_("What supports this claim?")
WARRANT = N_("Why do the grounds support this claim?")
REBUTTAL = N_("What speaks against this claim?")
WHO = N_("Who holds this claim?")
NOT_GROUND = N_("Which of these is not one of the grounds for this claim?")
MOST_GROUNDS_SHOWN = 4


class Argument(NamedTuple):
    """A claim, and what supports it, connects it, opposes it and holds it."""

    claim: LocalText
    grounds: tuple[LocalText, ...]
    warrant: LocalText | None
    rebuttal: tuple[LocalText, ...]
    who: LocalText | None
    not_who: tuple[LocalText, ...]
    not_grounds: tuple[Option, ...]

    def tasks(self) -> Mapping[str, Task]:
        """A card for each part that is there."""
        claim = (self.claim,)
        tasks: dict[str, Task] = {"grounds": RevealTask(claim, self.grounds, self.grounds, GROUNDS)}
        if self.warrant:
            tasks["warrant"] = RevealTask(claim, (self.warrant,), lead=WARRANT)
        if self.rebuttal:
            tasks["rebuttal"] = RevealTask(claim, self.rebuttal, self.rebuttal, REBUTTAL)
        if self.who:
            tasks["who"] = self._who_task(self.who)
        if self.not_grounds:
            shown = tuple(Option(ground) for ground in self.grounds[:MOST_GROUNDS_SHOWN])
            right = frozenset(range(len(self.not_grounds)))
            tasks["not-ground"] = PickTask(claim, (*self.not_grounds, *shown), right, lead=NOT_GROUND)
        return tasks

    def _who_task(self, who: LocalText) -> Task:
        if not self.not_who:
            return RevealTask((self.claim,), (who,), lead=WHO)
        options = (Option(who), *(Option(other) for other in self.not_who))
        return PickTask((self.claim,), options, frozenset({0}), lead=WHO)


def parse(fields: Fields) -> Argument | None:
    """See `KindModule`."""
    claim = fields.text("claim", required=True)
    grounds = fields.texts("grounds")
    if not grounds:
        fields.report(
            NO_GROUNDS, "claim", "This claim has no `grounds`.", "Say what supports it: `grounds:` with a list."
        )
    node = fields.get("who")
    who = the_author() if node is not None and node.value == AUTHOR else fields.text("who")
    if "not_who" in fields and "who" not in fields:
        fields.missing("who", "`not_who` names others than the one who holds the claim")
    not_grounds = tuple(
        option for item in fields.nodes("not_grounds") if (option := read_option(fields, item, "not_grounds"))
    )
    warrant, rebuttal, not_who = fields.text("warrant"), fields.texts("rebuttal"), fields.texts("not_who")
    groups = {"grounds": grounds, "rebuttal": rebuttal, "not_who": not_who, "not_grounds": not_grounds}
    crowded = [key for key, group in groups.items() if too_many(fields, key, len(group))]
    picks = {"not_who": (who, *not_who) if who else (), "not_grounds": (*grounds, *(o.text for o in not_grounds))}
    clashing = [key for key, texts in picks.items() if _clash(fields, key, texts)]
    if not (claim and grounds) or crowded or clashing:
        return None
    return Argument(claim, grounds, warrant, rebuttal, who, not_who, not_grounds)


def _clash(fields: Fields, key: str, texts: Sequence[LocalText]) -> bool:
    """Whether two of the texts that are options together look alike; reports it."""
    twin = look_alike(texts) if key in fields else None
    if twin:
        fields.report(EQUAL_OPTIONS, key, f"“{twin[1]}” would be an option twice.", "Change or delete one.")
    return twin is not None


def the_author() -> LocalText:
    """The author of the source, in the interface's languages."""
    return LocalText({lang: translate(THE_AUTHOR, lang) for lang in LANGUAGES})
