"""What can be wrong between notes, and between decks: each rule beside the check that finds it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quizkit.answers import normalise
from quizkit.decks.library import Library
from quizkit.decks.load import Loaded
from quizkit.diagnostics import Diagnostic, Span, error, sort_key, warning
from quizkit.kinds.choice import Choice
from quizkit.kinds.truefalse import TrueFalse
from quizkit.kinds.typed import TypedTask
from quizkit.model import Asking, Note
from quizkit.source import Node

DUPLICATE_DECK = error(
    "duplicate-deck-id", "Two decks have one id", "Cards of both would have the same keys. Give one of them another id."
)
UNKNOWN_SOURCE = error(
    "unknown-source", "There is no such source", "`source` names a file in decks/sources/ by its `source:` id."
)
UNKNOWN_PASSAGE = error(
    "unknown-passage", "The source has no such passage", "`cite` names passages of the deck's source."
)
NO_CITATION = warning(
    "no-citation",
    "A note cites nothing",
    "The deck has a source, but this note doesn't say which passage bears it out.",
)
SAME_PROMPT = warning(
    "same-prompt",
    "Two notes ask the same",
    "A learner who meets the same words twice can't know which answer is wanted.",
)
AFTER_UNKNOWN = error(
    "after-unknown",
    "`after` names no note",
    "`after` holds a note back until what it builds on is learnt; a name that doesn't exist would never be.",
)
AFTER_CYCLE = error(
    "after-cycle",
    "Notes wait for each other",
    "Each of these notes waits for the next, so that none would ever be asked.",
)
CONFUSES_UNKNOWN = error("confuses-unknown", "`confuses` names no note", "`confuses` names look-alikes by their ids.")
WAS_IN_USE = error(
    "was-in-use",
    "A former id is in use",
    "`was` gives this note the memories of an id that is gone. An id that still exists keeps its own.",
)
WAS_TWICE = error("was-twice", "Two notes have one former id", "The memories of a former id can go to one note only.")
ANSWER_IN_PROMPT = warning(
    "answer-in-prompt", "The prompt holds its answer", "The answer can be read off the question."
)
LONGEST = warning(
    "longest-option",
    "The right option is the longest too often",
    "Learners soon notice. Lengthen distractors, or shorten answers, until the right option is the longest no more often than chance.",
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

UNLIKELY = 2.0
"""Standard deviations above chance from which a share is no accident (about one deck in forty by chance)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A note, its node, and the deck it stands in."""

    note: Note
    node: Node
    loaded: Loaded

    def span(self, key: str = "") -> Span:
        """Where the key, or the note, stands."""
        at = self.node.key_at.get(key)
        if at is None:
            return self.note.span
        return Span(self.note.span.file, at[0], at[1], at[0], at[1] + len(key))

    def member(self, key: str, index: int) -> Span:
        """Where a member of the key's list stands."""
        value = self.node.value
        node = value.get(key) if isinstance(value, dict) else None
        if node is not None and isinstance(node.value, list) and index < len(node.value):
            return node.value[index].span(self.note.span.file)
        return node.span(self.note.span.file) if node is not None else self.note.span


def lint(library: Library) -> list[Diagnostic]:
    """Everything wrong with a folder of decks: what reading found, and what can be seen between notes."""
    entries = {
        note.key: _Entry(note, loaded.nodes[note.key], loaded)
        for loaded in library.decks
        if loaded.deck is not None
        for note in loaded.deck.notes
    }
    found = list(library.diagnostics)
    for check in _CHECKS:
        found += check(library, entries)
    return sorted(found, key=sort_key)


def _decks(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for loaded in library.decks:
        deck = loaded.deck
        assert deck is not None
        if deck.id in seen:
            yield Diagnostic(
                DUPLICATE_DECK,
                Span(deck.path),
                f"`{deck.id}` is the id of {seen[deck.id]} already.",
                "Give this deck another id.",
            )
        seen.setdefault(deck.id, deck.path)
        if deck.source and deck.source not in library.sources:
            known = ", ".join(library.sources) or "none"
            yield Diagnostic(
                UNKNOWN_SOURCE, Span(deck.path), f"There is no source `{deck.source}`.", f"Sources here: {known}."
            )


def _citations(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    for entry in entries.values():
        deck = entry.loaded.deck
        assert deck is not None
        source = library.sources.get(deck.source)
        if source is None:
            continue
        if not entry.note.cite:
            yield Diagnostic(NO_CITATION, entry.span("id"), f"`{entry.note.id}` cites no passage.", "Add `cite: P…`.")
        for index, passage in enumerate(entry.note.cite):
            if passage not in source.passages:
                yield Diagnostic(
                    UNKNOWN_PASSAGE,
                    entry.member("cite", index),
                    f"`{source.id}` has no passage `{passage}`.",
                    _near(passage, source.passages),
                )


def _near(word: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1)
    return f"Did you mean `{near[0]}`?" if near else "Look up the right one."


def _prompts(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], _Entry] = {}
    told: set[str] = set()
    for entry in entries.values():
        for prompt in _all_prompts(entry.note):
            first = seen.setdefault(prompt, entry)
            if first is not entry and entry.note.key not in told:
                told.add(entry.note.key)
                where = f"{first.note.span.file}:{first.note.span.line}"
                yield Diagnostic(
                    SAME_PROMPT,
                    entry.span("id"),
                    f"`{first.note.key}` ({where}) asks the same.",
                    "Ask for something else, or say what makes the difference.",
                )


def _all_prompts(note: Note) -> Iterator[tuple[str, str]]:
    """Each card's prompt and what there is to choose from, in each language, folded. A cloze is its text, not its gap."""
    for card in note.cards():
        for lang in _langs_of(note):
            question = card.task.ask(Asking(card.key, (lang,) if lang else ()))
            yield normalise(question.prompt), " ".join(sorted(map(normalise, question.options)))


def _langs_of(note: Note) -> tuple[str, ...]:
    task = next(iter(note.body.tasks().values()))
    texts = getattr(task, "wordings", None) or (getattr(task, "text", None),)
    return tuple(texts[0].forms) if texts and texts[0] is not None else ("",)


def _references(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    taken: dict[str, str] = {}
    for entry in entries.values():
        note = entry.note
        for key, rule, names in (("after", AFTER_UNKNOWN, note.after), ("confuses", CONFUSES_UNKNOWN, note.confuses)):
            for index, name in enumerate(names):
                if name not in entries:
                    yield Diagnostic(
                        rule, entry.member(key, index), f"There is no note `{name}`.", _near(name, entries)
                    )
        for index, old in enumerate(note.was):
            if old in entries:
                yield Diagnostic(
                    WAS_IN_USE,
                    entry.member("was", index),
                    f"`{old}` is the id of a note that exists.",
                    "Take it out of `was`.",
                )
            elif old in taken:
                yield Diagnostic(
                    WAS_TWICE,
                    entry.member("was", index),
                    f"`{old}` is a former id of `{taken[old]}` already.",
                    "Keep it with one of them.",
                )
            taken.setdefault(old, note.key)


def _cycles(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    """Cycles of `after`, each told once, by a walk that keeps its own stack."""
    state: dict[str, int] = {}
    for start in entries:
        path: list[str] = []
        stack = [(start, False)]
        while stack:
            key, leaving = stack.pop()
            if leaving:
                state[key] = 2
                path.pop()
                continue
            if state.get(key) == 2 or key not in entries:
                continue
            if state.get(key) == 1:
                ring = [*path[path.index(key) :], key]
                entry = entries[path[-1]]
                index = entry.note.after.index(key)
                yield Diagnostic(AFTER_CYCLE, entry.member("after", index), " → ".join(ring), "Take one link out.")
                continue
            state[key] = 1
            path.append(key)
            stack.append((key, True))
            stack += [(name, False) for name in reversed(entries[key].note.after)]


def _give_aways(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    for entry in entries.values():
        for card in entry.note.cards():
            task = card.task
            if not isinstance(task, TypedTask):
                continue
            secrets = [(lang, normalise(form)) for lang, form in task.answers[0].forms.items()]
            for lang, secret in secrets:
                prompts = [normalise(text.pick((lang,) if lang else ())) for text in task.wordings]
                if len(secret) > 2 and any(secret in prompt for prompt in prompts):
                    yield Diagnostic(
                        ANSWER_IN_PROMPT,
                        entry.span("ask"),
                        f"The answer stands in the prompt{f' ({lang})' if lang else ''}.",
                        "Reword the question.",
                    )
                    break


def _biases(library: Library, entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    for loaded in library.decks:
        deck = loaded.deck
        assert deck is not None
        choices = [note.body for note in deck.notes if isinstance(note.body, Choice)]
        yield from _length_bias(deck.path, deck.languages or ("",), choices)
        fixed = [body for body in choices if not body.shuffle]
        for place in range(4):
            chance = [1 / len(body.options) for body in fixed]
            hits = sum(body.right == place for body in fixed)
            if _too_often(hits, chance):
                yield Diagnostic(
                    POSITION,
                    Span(deck.path),
                    f"The right option stands at place {place + 1} in {hits} of {len(fixed)}.",
                    "Let it wander, or leave out `shuffle: false`.",
                )
        statements = [note.body.true for note in deck.notes if isinstance(note.body, TrueFalse)]
        true = sum(statements)
        if len(statements) >= FEW and not 0.3 <= true / len(statements) <= 0.7:
            yield Diagnostic(
                BALANCE,
                Span(deck.path),
                f"{true} of {len(statements)} statements are true.",
                "Turn some of them round.",
            )


def _length_bias(path: str, languages: tuple[str, ...], choices: list[Choice]) -> Iterator[Diagnostic]:
    for lang in languages:
        hits, chance = 0, []
        for body in choices:
            lengths = [len(option.text.pick((lang,))) for option in body.options]
            longest = [i for i, length in enumerate(lengths) if length == max(lengths)]
            chance.append(len(longest) / len(lengths) if body.right in longest else 1 / len(lengths))
            hits += body.right in longest
        if _too_often(hits, chance):
            label = f" ({lang})" if lang else ""
            message = f"The right option is the longest in {hits} of {len(choices)} choices{label}; chance would be {sum(chance):.0f}."
            yield Diagnostic(LONGEST, Span(path), message, "Lengthen distractors or shorten answers.")


def _too_often(hits: int, chances: list[float]) -> bool:
    """Whether so many hits are more than chance explains: the normal approximation of a sum of Bernoulli trials."""
    if len(chances) < FEW:
        return False
    spread = math.sqrt(sum(p * (1 - p) for p in chances))
    return hits > sum(chances) + UNLIKELY * spread


_Check = Callable[[Library, Mapping[str, _Entry]], Iterator[Diagnostic]]
_CHECKS: tuple[_Check, ...] = (_decks, _citations, _prompts, _references, _cycles, _give_aways, _biases)
