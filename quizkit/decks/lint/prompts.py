"""Prompts that can't be answered fairly: two that are the same, and those that hold their answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from quizkit.answers import normalise
from quizkit.answers.folding import words
from quizkit.decks.lint.entries import Entry, Scene
from quizkit.decks.wordings import wordings_of
from quizkit.diagnostics import Diagnostic, warning
from quizkit.kinds.number import Number
from quizkit.kinds.typed import Typed
from quizkit.model import Asking, Note

SAME_PROMPT = warning(
    "same-prompt",
    "Two notes ask the same",
    "A learner who meets the same words twice can't know which answer is wanted.",
)
ANSWER_IN_PROMPT = warning(
    "answer-in-prompt", "The prompt holds its answer", "The answer can be read off the question."
)

SHORT = 2
"""Answers of so few characters stand in many prompts by chance."""

TELLING = 1
"""Powers of ten from which a number stands in no prompt by chance: 3 does, 30 doesn't."""


def check_prompts(scene: Scene) -> Iterator[Diagnostic]:
    """Notes that ask what another one asks, in the same deck or elsewhere; each is told once."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in scene.entries:
        same = None
        for prompt in scene.library.once(entry.note.body, _prompts, entry.note):
            first = seen.setdefault(prompt, entry)
            if first is not entry:
                same = first
        if same is not None:
            where = f"{same.note.span.file}:{same.note.span.line}"
            yield Diagnostic(
                SAME_PROMPT,
                entry.at("id"),
                f"`{same.note.key}` ({where}) asks the same.",
                "Ask for something else, or say what makes the difference.",
            )


def _prompts(note: Note) -> Iterator[tuple[str, str]]:
    """Each card's prompt and what there is to choose from, in each wording and language, folded."""
    for card in note.cards():
        for turn, text in enumerate(wordings_of(card.task)):
            for lang in text.forms:
                question = card.task.ask(Asking(card.key, (lang,), turn=turn))
                yield normalise(question.prompt), " ".join(sorted(map(normalise, question.options)))


def check_give_aways(scene: Scene) -> Iterator[Diagnostic]:
    """Typed answers and numbers that stand in their own prompts."""
    for entry in scene.entries:
        for lang in scene.library.once(entry.note.body, _given_away, entry.note):
            message = f"The answer stands in the prompt{f' ({lang})' if lang else ''}."
            yield Diagnostic(ANSWER_IN_PROMPT, entry.at("ask"), message, "Reword the question.")


def _given_away(note: Note) -> Iterator[str]:
    """The first language in which the answer stands in the prompt."""
    body = note.body
    lang = None
    if isinstance(body, Typed):
        lang = _typed_away(body)
    elif isinstance(body, Number) and body.value.adjusted() >= TELLING:
        lang = _number_away(body)
    if lang is not None:
        yield lang


def _typed_away(body: Typed) -> str | None:
    for lang, answer in body.answers[0].forms.items():
        for text in body.wordings:
            if _holds(text.pick((lang,)), answer):
                return lang
    return None


def _holds(prompt: str, answer: str) -> bool:
    """Whether an answer stands in a prompt: as words where words are parted by spaces, else anywhere."""
    secret = normalise(answer)
    if len(secret) <= SHORT:
        return False
    if secret.isascii():
        return f" {' '.join(words(answer))} " in f" {' '.join(words(prompt))} "
    return secret in normalise(prompt)


def _number_away(body: Number) -> str | None:
    value = re.compile(rf"(?<![\d.,]){re.escape(f'{body.value:f}')}(?![\d.,]*\d)")
    for text in body.wordings:
        for lang, prompt in text.forms.items():
            if value.search(normalize("NFKC", prompt).replace(",", "")):
                return lang
    return None
