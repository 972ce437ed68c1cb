"""How well decks do: what their text shows, and what learners' answers show."""

from __future__ import annotations

import json
from collections import Counter
from typing import NamedTuple

from quizkit.decks.library import load_all
from quizkit.decks.lint import lint
from quizkit.decks.load import load_deck
from quizkit.decks.quality import Finding, Readability, findings, readability
from quizkit.decks.write import changed, replace_file
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.choosing import PickTask
from quizkit.model import LEECH_LAPSES, Scheduled
from quizkit.reports.items import Answered, Item, analyse
from quizkit.source import to_plain
from quizkit.workspace.workspace import Selection, Workspace

BIAS = ("longest-option", "option-position", "true-false-balance")
LEAST_ALMOST = 3
"""How often a response must be almost right before it is worth a form of its own."""
POOR_DISCRIMINATION = 0.1
"""A correlation below which a question says little of what a learner knows (Moodle marks below 0.2)."""
HARD, EASY = 0.3, 0.95
RARE_PICK = 0.05


class Near(NamedTuple):
    """A response that was judged almost right, time and again. `language` is that of the question."""

    card: str
    typed: str
    times: int


class Suspect(NamedTuple):
    """A card that learners' answers say something about. `codes` name what; `unpicked` are options nobody takes."""

    card: str
    item: Item
    codes: tuple[str, ...]
    unpicked: tuple[str, ...] = ()
    leeches: int = 0


class Quality(NamedTuple):
    """A deck's quality. `bias` is what the lint says of its options as a whole (English)."""

    deck: str
    findings: tuple[Finding, ...]
    bias: tuple[str, ...]
    readability: tuple[Readability, ...]
    answered: int
    suspects: tuple[Suspect, ...]
    near: tuple[Near, ...]


def quality_of(workspace: Workspace, chosen: Selection) -> list[Quality]:
    """The quality of the chosen decks."""
    workspace.refresh()
    library = load_all(workspace.places.decks)
    for name in chosen.decks:
        workspace.catalog.deck_row(name)
    told = [found for found in lint(library) if found.rule.code in BIAS]
    answers, nears = _answers(workspace)
    items = analyse(answers)
    leeches = _leeches(workspace)
    found = []
    for loaded in library.decks:
        deck = loaded.deck
        if deck is None or (chosen.decks and deck.id not in chosen.decks):
            continue
        prefix = f"{deck.id}/"
        mine = [item for card, item in items.items() if card.startswith(prefix)]
        found.append(
            Quality(
                deck.id,
                tuple(findings(deck)),
                tuple(problem.message for problem in told if problem.span.file == deck.path),
                tuple(readability(deck)),
                sum(item.n for item in mine),
                tuple(suspect for item in mine if (suspect := _suspect(workspace, item, leeches.get(item.card, 0)))),
                tuple(near for near in nears if near.card.startswith(prefix)),
            )
        )
    return found


def _answers(workspace: Workspace) -> tuple[list[Answered], list[Near]]:
    """All answers of all learners, and the responses that were often almost right."""
    if not workspace.places.progress.exists():
        return [], []
    answers = []
    almost: Counter[tuple[str, str]] = Counter()
    for learner, card, score, milliseconds, response, shape in workspace.store.responses():
        try:
            given = tuple(str(value) for value in json.loads(response or "[]"))
        except ValueError:
            given = ()
        answers.append(Answered(learner, card, score, milliseconds, given if shape.startswith("pick") else ()))
        if shape == "type" and 0 < score < 1 and len(given) == 1:
            almost[card, " ".join(given[0].split())] += 1
    near = [Near(card, typed, times) for (card, typed), times in almost.most_common() if times >= LEAST_ALMOST]
    return answers, near


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


def _suspect(workspace: Workspace, item: Item, leeches: int) -> Suspect | None:
    """What is to be said of a card, if anything is."""
    unpicked = _unpicked(workspace, item)
    checks = {
        "hard": item.facility is not None and item.facility < HARD,
        "easy": item.facility is not None and item.facility > EASY and item.n >= 2 * LEAST_ALMOST,
        "negative-discrimination": item.discrimination is not None and item.discrimination < 0,
        "poor-discrimination": item.discrimination is not None and 0 <= item.discrimination < POOR_DISCRIMINATION,
        "slow": item.slow > 0,
        "unpicked-distractor": bool(unpicked),
        "leech": leeches > 0,
    }
    codes = tuple(code for code, holds in checks.items() if holds)
    return Suspect(item.card, item, codes, unpicked, leeches) if codes else None


def _unpicked(workspace: Workspace, item: Item) -> tuple[str, ...]:
    """The wrong options that fewer than one in twenty take, where enough have answered."""
    card = workspace.find_card(item.card)
    if item.facility is None or item.n < 1 / RARE_PICK or card is None or not isinstance(card.task, PickTask):
        return ()
    picks: Counter[str] = Counter()
    for given, times in item.given.items():
        for text in given:
            picks[text] += times
    rare = []
    for index, option in enumerate(card.task.options):
        if index not in card.task.right and sum(picks[form] for form in option.text.all()) < RARE_PICK * item.n:
            rare.append(option.text.pick(workspace.langs))
    return tuple(rare)


def accept(workspace: Workspace, near: Near) -> None:
    """Write a response into its note as a form that is right too. Raises QuizkitError where that can't be done."""
    note_key, _slash, variant = near.card.rpartition("/")
    note = workspace.catalog.note(note_key)
    if note is None or note.kind not in ("typed", "cloze"):
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
        lang = next(iter(before), "en")
        forms = before.get(lang, [])
        after = {**before, lang: [*([forms] if isinstance(forms, str) else forms), near.typed]}
    else:
        after = [*([before] if isinstance(before, str) else before), near.typed]  # type: ignore[assignment]
    replace_file(path, changed(path.read_bytes(), {note.id: {"also": after}}, path.name))
