"""Habits that give answers away: the right option is the longest, stands in one place, or is always 'true'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizkit.decks.lint.entries import Scene, deck_span
from quizkit.diagnostics import Diagnostic, warning
from quizkit.kinds.choice import Choice
from quizkit.kinds.truefalse import TrueFalse
from quizkit.model import Deck

LONGEST = warning(
    "longest-option",
    "The right option is the longest too often",
    "Learners soon notice. Lengthen distractors, or shorten answers, until the right option is the longest no more "
    "often than chance.",
)
POSITION = warning(
    "option-position",
    "The right option stands in one place too often",
    "With `shuffle: false` the order written is the order shown.",
)
BALANCE = warning(
    "true-false-balance",
    "Too many statements are true, or false",
    "A learner who always says the same would do well. About half of each is best.",
)

FEW = 8
"""Notes of a sort that a deck must have before a share of them says anything."""

UNLIKELY = 0.025
"""A share that chance brings about less often than this is no accident."""

LEAST_TRUE, MOST_TRUE = 0.3, 0.7
MOST_NAMED = 5


class _Choice(NamedTuple):
    id: str
    body: Choice


def check_options(scene: Scene) -> Iterator[Diagnostic]:
    """Decks whose right options can be told by their length or their place."""
    for loaded, deck in scene.decks():
        choices = [_Choice(note.id, note.body) for note in deck.notes if isinstance(note.body, Choice)]
        if len(choices) < FEW:
            continue
        at = deck_span(loaded, "notes")
        for lang in deck.languages or _languages(choices):
            if message := _length_bias(choices, lang):
                yield Diagnostic(LONGEST, at, message, "Lengthen distractors or shorten answers.")
        fixed = [choice.body for choice in choices if not choice.body.shuffle]
        chances = [1 / len(body.options) for body in fixed]
        for place in range(max((len(body.options) for body in fixed), default=0)):
            hits = sum(body.right == place for body in fixed)
            if _is_unlikely(hits, chances):
                message = f"The right option stands at place {place + 1} in {hits} of {len(fixed)}."
                yield Diagnostic(POSITION, at, message, "Let it wander, or leave out `shuffle: false`.")


def _languages(choices: Sequence[_Choice]) -> tuple[str, ...]:
    """The languages of options in a deck that doesn't say which it wants."""
    forms = [option.text.forms for choice in choices for option in choice.body.options]
    return tuple(dict.fromkeys(lang for form in forms for lang in form))


def _length_bias(choices: Sequence[_Choice], lang: str) -> str:
    hits, chances = [], []
    for choice in choices:
        lengths = [len(option.text.pick((lang,))) for option in choice.body.options]
        longest = [index for index, length in enumerate(lengths) if length == max(lengths)]
        chances.append(len(longest) / len(lengths))
        if choice.body.right in longest:
            hits.append(choice.id)
    if not _is_unlikely(len(hits), chances):
        return ""
    named = ", ".join(hits[:MOST_NAMED]) + (", …" if len(hits) > MOST_NAMED else "")
    share = f"{len(hits)} of {len(choices)} choices{f' ({lang})' if lang else ''}"
    return f"The right option is the longest in {share}; chance would be {sum(chances):.0f}: {named}."


def _is_unlikely(hits: int, chances: Sequence[float]) -> bool:
    """Whether chance alone seldom brings so many hits: the exact tail of a Poisson binomial distribution."""
    if len(chances) < FEW or hits <= sum(chances):
        return False
    # likely[n] is the probability of n hits among the trials taken so far.
    likely = [1.0]
    for p in chances:
        likely = [here * (1 - p) + before * p for here, before in zip([*likely, 0.0], [0.0, *likely], strict=True)]
    return sum(likely[hits:]) < UNLIKELY


def check_statements(scene: Scene) -> Iterator[Diagnostic]:
    """Decks in which nearly all statements are true, or nearly none."""
    for loaded, deck in scene.decks():
        true = _truths(deck)
        share = sum(true) / len(true) if true else 0.0
        if len(true) >= FEW and not LEAST_TRUE <= share <= MOST_TRUE:
            message = f"{sum(true)} of {len(true)} statements are true."
            yield Diagnostic(BALANCE, deck_span(loaded, "notes"), message, "Turn some of them round.")


def _truths(deck: Deck) -> list[bool]:
    return [note.body.true for note in deck.notes if isinstance(note.body, TrueFalse)]
