"""What kinds share: choosing the language, shuffling, and reading responses."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.dice import shuffle
from quizkit.errors import QuizkitError
from quizkit.i18n import N_, Message, _, current
from quizkit.model import Asking, LocalText, Outcome, Question, Response, Verdict

MAX_OPTIONS = 26
FALLBACK = "en"
NO_PARTNER = ("", "0")


def best_langs(text: LocalText, langs: Sequence[str]) -> tuple[str, ...]:
    """The languages to speak in: the one the text is read in first, so that a question keeps to one language."""
    lang = text.lang(langs)
    return (lang, *langs) if lang else (*langs, FALLBACK)


def wording(wordings: Sequence[LocalText], asking: Asking) -> LocalText:
    """The wording whose turn it is."""
    return wordings[asking.turn % len(wordings)]


def shuffled(count: int, asking: Asking) -> tuple[int, ...]:
    """The numbers from 0 in an order that the seed and the card decide."""
    return tuple(shuffle(range(count), f"{asking.seed}\x00{asking.card}"))


def disordered(count: int, asking: Asking) -> tuple[int, ...]:
    """Like `shuffled`, but never in the right order where there is another one."""
    order = shuffled(count, asking)
    return order if count < 2 or order != tuple(range(count)) else (*order[1:], order[0])


def spoken(question: Question) -> tuple[str, ...]:
    """The languages to speak in about a question: its own; the interface's where it is in none."""
    return (question.lang or current(),)


def displayed(question: Question, texts: Sequence[LocalText]) -> list[str]:
    """The options by the author's index as the learner saw them; what wasn't shown, in the question's language."""
    seen = dict(zip(question.layout, question.options, strict=True))
    return [seen[i] if i in seen else text.pick(spoken(question)) for i, text in enumerate(texts)]


def dont_know() -> Verdict:
    """The verdict on no response."""
    return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer.")))


def picked(question: Question, response: Response) -> list[int]:
    """The author's indices of the options that a response names.

    Raises QuizkitError when it names something else, or one twice.
    """
    found = [_position(value, len(question.options)) for value in response.values]
    if len(set(found)) != len(found):
        raise QuizkitError(_("An option is named twice."), _("Name each once."))
    return [question.layout[position] for position in found]


def whole_number(value: str) -> int:
    """A position as it was typed, in any script's digits; 0 for what is none."""
    text = value.strip()
    return int(text) if len(text) <= _MOST_DIGITS and text.isdecimal() else 0


_MOST_DIGITS = 6
"""Nobody has a million options, and Python refuses to read very long numbers."""


def _position(value: str, count: int) -> int:
    position = whole_number(value)
    if 1 <= position <= count:
        return position - 1
    raise QuizkitError(
        _("{value} is none of the options.", value=repr(value[:40])), _("Answer with a number from 1 to {n}.", n=count)
    )


def partners(question: Question, response: Response) -> list[int | None]:
    """For each left side the author's index of the right side that a response gives it.

    Raises QuizkitError when there are too many, or one is no option.
    """
    if len(response.values) > len(question.lefts):
        raise QuizkitError(
            _("There are {n} lines to pair.", n=len(question.lefts)), _("Give one number for each line, 0 for none.")
        )
    found = [
        None if value.strip() in NO_PARTNER else question.layout[_position(value, len(question.options))]
        for value in response.values
    ]
    return found + [None] * (len(question.lefts) - len(found))


def one_text(response: Response) -> str:
    """The text of a typed response. Raises QuizkitError when there is more than one."""
    if len(response.values) > 1:
        raise QuizkitError(_("One answer is wanted, not {n}.", n=len(response.values)))
    return response.values[0] if response.values else ""
