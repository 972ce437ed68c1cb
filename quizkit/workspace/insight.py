"""Looking at progress and at single cards."""

from __future__ import annotations

from typing import NamedTuple

from quizkit.i18n import Message
from quizkit.model import Asking, Note, Outcome, Verdict
from quizkit.reports.forecast import Forecast, Standing, forecast
from quizkit.reports.progress import Answer, Progress, progress
from quizkit.workspace.views import CardView
from quizkit.workspace.workspace import Selection, Workspace


def forecast_of(workspace: Workspace, chosen: Selection, learner: str | None = None) -> Forecast:
    """What waits for a learner, now and in the days to come."""
    who = workspace.ready(chosen, learner)
    decks = {row.id: row.cards for row in workspace.catalog.index.decks() if not chosen.decks or row.id in chosen.decks}
    standings = (Standing(*row) for row in workspace.store.standings(who))
    return forecast(standings, decks, now=workspace.clock.now(), today=workspace.clock.today())


def progress_of(workspace: Workspace, chosen: Selection, learner: str | None = None) -> Progress:
    """How a learner is doing."""
    who = workspace.ready(chosen, learner)
    answers = (Answer(*row) for row in workspace.store.answers(who, chosen.decks or None))
    return progress(answers, workspace.clock.today())


def prompt_of(workspace: Workspace, card: str) -> str:
    """A card's question in a line; its key when no deck has it any more."""
    found = workspace.find_card(card)
    if found is None:
        return card
    return " ".join(found.task.ask(Asking(card, workspace.langs)).prompt.split())


def find_cards(workspace: Workspace, text: str) -> list[tuple[str, str]]:
    """The cards in whose notes a text occurs: key and question."""
    workspace.refresh()
    rows = workspace.catalog.index.find(text)
    found = [workspace.catalog.note(row.key) for row in rows]
    return [(card.key, prompt_of(workspace, card.key)) for note in found if note for card in note.cards()]


def view_card(workspace: Workspace, key: str, learner: str | None = None) -> CardView:
    """A card with its answer and its memory. Raises QuizkitError when there is none of that key."""
    workspace.refresh()
    card = workspace.card(key)
    question = card.task.ask(Asking(card.key, workspace.langs))
    judged = workspace.judged(card, question, Verdict(Outcome.SELF, 0.0, Message("")))
    path = workspace.file_of(card.note)
    return CardView(
        card=card,
        question=question,
        judged=judged,
        state=workspace.store.state(workspace.learner(learner), card.key),
        location=f"{path}:{card.note.span.line}",
    )


def any_card_key(workspace: Workspace, key: str) -> str:
    """The full key of a card, also of one that has left its deck but not the log."""
    workspace.refresh()
    if workspace.store.has_history(key):
        return key
    return workspace.card(key).key


def deck_notes(workspace: Workspace, deck: str) -> list[tuple[Note, str]]:
    """A deck's notes in the author's order, each with its question in a line.

    Raises QuizkitError when there is no such deck.
    """
    workspace.refresh()
    workspace.catalog.deck_row(deck)
    notes = [workspace.catalog.note(row.key) for row in workspace.catalog.index.notes(deck)]
    return [(note, prompt_of(workspace, note.cards()[0].key)) for note in notes if note]


class Entry(NamedTuple):
    """A card as it stands in a study guide."""

    prompt: str
    answer: tuple[str, ...]
    explain: str
    cite: tuple[str, ...]


def outline_of(workspace: Workspace, deck: str) -> list[Entry]:
    """A deck as a study guide: each card with its answer, a note's explanation once.

    Raises QuizkitError when there is no such deck.
    """
    entries = []
    for note, _prompt in deck_notes(workspace, deck):
        for place, card in enumerate(note.cards()):
            question = card.task.ask(Asking(card.key, workspace.langs))
            best = (question.lang, *workspace.langs) if question.lang else workspace.langs
            explain = note.explain.pick(best) if note.explain and not place else ""
            answer = card.task.solution(best).lines
            entries.append(Entry(question.prompt, answer, explain, note.cite if not place else ()))
    return entries
