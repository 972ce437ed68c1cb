"""How well decks do: what their text shows, and what learners' answers show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from quizkit.decks.library import load_all
from quizkit.decks.lint import lint
from quizkit.decks.load import load_deck
from quizkit.decks.quality import Finding, Readability, findings, readability
from quizkit.decks.write import changed, replace_file
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import LEECH_LAPSES, Asking, Deck, Outcome, Response, Scheduled, Shape
from quizkit.reports.items import Answered, Item, analyse
from quizkit.reports.remarks import Remark, remarks_of
from quizkit.source import to_plain
from quizkit.workspace.answered import first_answers, firsts, pooled
from quizkit.workspace.card_options import card_options
from quizkit.workspace.workspace import Selection, Workspace

BIAS = ("longest-option", "option-position", "true-false-balance")
GIVEN_AWAY = ("answer-in-prompt", "cloze-gives-itself-away")
LEAST_ALMOST = 3
"""How often a response must be almost right before it is worth a form of its own."""
TAKES_FORMS = ("typed", "cloze")
"""Kinds of notes to which a form can be added."""


class Near(NamedTuple):
    """A response that is almost right and was given time and again, in a question's language.

    `addable` says whether it can be written into the note as a form that is right too.
    """

    card: str
    typed: str
    times: int
    language: str
    addable: bool


class Suspect(NamedTuple):
    """A card that learners' answers say something about: `remarks` say what, of `options` by number.

    `sources` counts where its first answers were given; `leeches` are learners who keep forgetting it.
    """

    card: str
    item: Item
    remarks: tuple[Remark, ...]
    options: tuple[str, ...] = ()
    sources: Mapping[str, int] = {}
    leeches: int = 0

    @property
    def unpicked(self) -> tuple[str, ...]:
        """The distractors that do nothing."""
        return tuple(
            self.options[index] for one in self.remarks if one.code == "unpicked-distractor" for index in one.options
        )


class Quality(NamedTuple):
    """A deck's quality. `bias` is what the lint says of its options as a whole (English).

    `answered` counts first answers, `sources` where they were given.
    """

    deck: str
    findings: tuple[Finding, ...]
    bias: tuple[str, ...]
    readability: tuple[Readability, ...]
    answered: int
    suspects: tuple[Suspect, ...]
    near: tuple[Near, ...]
    sources: Mapping[str, int] = {}


class _Given(NamedTuple):
    """What learners have answered: the first answers by deck, where each card's were given, and what was typed."""

    first: dict[str, list[Answered]]
    sources: dict[str, Counter[str]]
    typed: Counter[tuple[str, str, str]]


def quality_of(workspace: Workspace, chosen: Selection) -> list[Quality]:
    """The quality of the chosen decks. Raises QuizkitError when there is no such deck."""
    workspace.refresh()
    for name in chosen.decks:
        workspace.catalog.deck_row(name)
    library = load_all(workspace.places.decks)
    told = lint(library)
    given = _given(workspace)
    leeches = _leeches(workspace)
    found = []
    for loaded in library.decks:
        deck = loaded.deck
        if deck is None or (chosen.decks and deck.id not in chosen.decks):
            continue
        here = [problem for problem in told if problem.span.file == deck.path]
        present = {card.key for note in deck.notes for card in note.cards()}
        items = [item for key, item in analyse(given.first.get(deck.id, ())).items() if key in present]
        found.append(
            Quality(
                deck.id,
                tuple(sorted([*findings(deck), *_lint_findings(deck, here)], key=lambda one: (one.line, one.code))),
                tuple(problem.message for problem in here if problem.rule.code in BIAS),
                tuple(readability(deck)),
                sum(item.n for item in items),
                tuple(
                    suspect
                    for item in items
                    if (suspect := _suspect(workspace, item, given.sources[item.card], leeches.get(item.card, 0)))
                ),
                tuple(_nears(workspace, deck, given.typed)),
                sum((given.sources[item.card] for item in items), Counter[str]()),
            )
        )
    return found


def _lint_findings(deck: Deck, here: Sequence[Diagnostic]) -> Iterator[Finding]:
    """What the lint says of single notes' answers, each with the note it stands in."""
    notes = sorted(deck.notes, key=lambda note: note.span.line)
    for problem in here:
        above = [note for note in notes if note.span.line <= problem.span.line]
        if problem.rule.code in GIVEN_AWAY and above:
            yield Finding(above[-1].key, problem.span.line, problem.rule.code, problem.message)


def _given(workspace: Workspace) -> _Given:
    """What everybody has answered, alone and in drills."""
    found = _Given({}, {}, Counter())
    answers = pooled(workspace)
    for answer in answers:
        if answer.shape == Shape.TYPE and len(answer.values) == 1 and answer.score < 1:
            found.typed[answer.card, " ".join(answer.values[0].split()), answer.lang] += 1
    for answer in firsts(answers):
        found.sources.setdefault(answer.card, Counter())[answer.source.value] += 1
    for first in first_answers(answers):
        found.first.setdefault(first.card.partition("/")[0], []).append(first)
    return found


def _nears(workspace: Workspace, deck: Deck, typed: Counter[tuple[str, str, str]]) -> Iterator[Near]:
    """The responses that are almost right as the deck is now, the most frequent first."""
    for (key, text, lang), times in typed.most_common():
        if times < LEAST_ALMOST:
            return
        card = workspace.find_card(key) if key.startswith(f"{deck.id}/") else None
        if card is None or card.task.shape is not Shape.TYPE:
            continue
        question = card.task.ask(Asking(key, (lang, *workspace.langs) if lang else workspace.langs))
        verdict = card.task.check(question, Response((text,)), workspace.rivals(card.note))
        if verdict.outcome is Outcome.ALMOST:
            yield Near(key, text, times, lang, card.note.kind in TAKES_FORMS)


def _leeches(workspace: Workspace) -> dict[str, int]:
    """How many learners have forgotten a card so often that asking again won't help."""
    if not workspace.places.progress.exists():
        return {}
    found: Counter[str] = Counter()
    for learner in workspace.store.learners():
        for card, state in workspace.store.all_states(learner.id):
            if isinstance(state.memory, Scheduled) and state.memory.lapses >= LEECH_LAPSES:
                found[card] += 1
    return dict(found)


def _suspect(workspace: Workspace, item: Item, sources: Mapping[str, int], leeches: int) -> Suspect | None:
    """What is to be said of a card, if anything is."""
    options = card_options(workspace, item.card)
    found = remarks_of(item, options.keyed)
    if leeches:
        found.append(Remark("leech", n=leeches))
    return Suspect(item.card, item, tuple(found), options.texts, sources, leeches) if found else None


def accept(workspace: Workspace, near: Near) -> None:
    """Write a response into its note as a form that is right too. Raises QuizkitError where that can't be done."""
    note_key, _slash, variant = near.card.rpartition("/")
    note = workspace.catalog.note(note_key)
    if note is None or note.kind not in TAKES_FORMS:
        raise QuizkitError(_("A form can be added to typed notes and gaps only."))
    path = workspace.file_of(note)
    loaded = load_deck(path, path.name)
    plain = to_plain(loaded.nodes[note_key])
    before = plain.get("also", {} if note.kind == "cloze" else [])
    if note.kind == "cloze":
        whole = before if isinstance(before, dict) else {variant: before}
        forms = whole.get(variant, [])
        after = {**whole, variant: [*([forms] if isinstance(forms, str) else forms), near.typed]}
    elif isinstance(before, dict):
        lang = near.language if near.language in before or not before else next(iter(before))
        forms = before.get(lang, [])
        after = {**before, lang: [*([forms] if isinstance(forms, str) else forms), near.typed]}
    else:
        after = [*([before] if isinstance(before, str) else before), near.typed]  # type: ignore[assignment]
    replace_file(path, changed(path.read_bytes(), {note.id: {"also": after}}, path.name))
