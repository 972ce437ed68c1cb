"""Cards as a learner would see them, from a file as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizkit.decks.check import check_paths
from quizkit.decks.load import Loaded, load_deck
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Asking, Question, Solution


class Preview(NamedTuple):
    """A card: as asked, with its answer, and what is wrong with its note."""

    note: str
    kind: str
    question: Question
    solution: Solution
    explain: str
    media: tuple[str, ...]
    answer_media: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def checked_deck(path: Path, folder: Path, name: str) -> Loaded:
    """A deck file with all that `quizkit deck check` says of it; `folder` holds the decks around, `name` is shown."""
    loaded = load_deck(path, name)
    report = check_paths([folder])
    here = {file for file, at in report.files.items() if at.resolve() == path.resolve()}
    found = [problem for problem in report.diagnostics if problem.span.file in here]
    loaded.diagnostics = [problem._replace(span=problem.span._replace(file=name)) for problem in found]
    return loaded


def elsewhere(loaded: Loaded) -> list[Diagnostic]:
    """What is wrong outside the notes that have cards: in the deck's head, or with notes that make none."""
    nodes = loaded.nodes.values()
    return [
        problem
        for problem in loaded.diagnostics
        if not any(node.line <= problem.span.line <= node.end_line for node in nodes)
    ]


def preview_of(loaded: Loaded, note: str, langs: Sequence[str]) -> list[Preview]:
    """The cards of a deck, or of one of its notes. Raises QuizkitError when it has no such note."""
    deck = loaded.deck
    if deck is None:
        return []
    wanted = [one for one in deck.notes if note in ("", one.id, one.key)]
    if note and not wanted:
        from difflib import get_close_matches

        near = get_close_matches(note, [one.id for one in deck.notes], 1)
        hint = _("Did you mean {note}?", note=near[0]) if near else ""
        hint = hint or _("See what is wrong: quizkit deck check")
        raise QuizkitError(_("The deck {deck} has no note {note}.", deck=deck.id, note=note), hint)
    views = []
    for one in wanted:
        node = loaded.nodes[one.key]
        problems = tuple(p for p in loaded.diagnostics if node.line <= p.span.line <= node.end_line)
        for card in one.cards():
            question = card.task.ask(Asking(card.key, tuple(langs)))
            best = (question.lang, *langs) if question.lang else tuple(langs)
            explain = one.explain.pick(best) if one.explain else ""
            solution, media = card.task.solution(best), (card.media, card.answer_media)
            views.append(Preview(one.key, one.kind, question, solution, explain, *media, problems))
    return views
