"""Looking at decks as a whole: coverage of the source, mastery by group, and the map of arguments."""

from __future__ import annotations

from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.argument import Argument
from quizkit.memory.fsrs import recall
from quizkit.model import Note, Source
from quizkit.reports.coverage import Coverage, coverage
from quizkit.reports.mastery import By, Known, Mastery, mastery
from quizkit.workspace.workspace import Selection, Workspace


class ArgumentView(NamedTuple):
    """An argument, laid open in one language, and how well the learner knows its cards (0 to 1)."""

    note: str
    claim: str
    who: str
    grounds: tuple[str, ...]
    rebuttal: tuple[str, ...]
    mastery: float


def notes_of(workspace: Workspace, chosen: Selection) -> list[Note]:
    """All notes of the decks chosen, in the order they are learnt."""
    index = workspace.catalog.index
    decks = sorted((row.path, row.id) for row in index.decks() if not chosen.decks or row.id in chosen.decks)
    notes = [workspace.catalog.note(row.key) for _path, deck in decks for row in index.notes(deck)]
    return [note for note in notes if note]


def coverage_of(workspace: Workspace, chosen: Selection) -> tuple[Source, Coverage]:
    """How the source of the decks chosen is covered by them.

    Raises QuizkitError when they have no source, or several.
    """
    workspace.ready(chosen, None)
    notes = notes_of(workspace, chosen)
    sources = {source.id: source for note in notes if (source := workspace.catalog.source_of(note))}
    if len(sources) != 1:
        raise QuizkitError(
            _("These decks have {n} sources; coverage is of one.", n=len(sources)),
            _("Name decks that share a `source`."),
        )
    (source,) = sources.values()
    cited = [note for note in notes if workspace.catalog.deck_row(note.deck).source == source.id]
    return source, coverage(cited, tuple(source.passages))


def mastery_of(workspace: Workspace, chosen: Selection, by: By, learner: str | None = None) -> list[Mastery]:
    """Where a learner is strong or weak in the decks chosen."""
    who = workspace.ready(chosen, learner)
    today = workspace.clock.today()
    strengths = workspace.store.strengths(who)
    known = []
    for note in notes_of(workspace, chosen):
        groups = _groups(note, by)
        for card in note.cards() if groups else ():
            strength = strengths.get(card.key)
            chance = recall(strength[0], today - strength[1]) if strength else None
            known.append(Known(card.key, groups, chance))
    found = mastery(known)
    if by is By.PASSAGE:
        order = {
            passage: i for source in workspace.catalog.sources.values() for i, passage in enumerate(source.passages)
        }
        return sorted(found, key=lambda group: order.get(group.group, len(order)))
    return found


def _groups(note: Note, by: By) -> tuple[str, ...]:
    match by:
        case By.PASSAGE:
            return note.cite
        case By.TAG:
            return note.tags
        case By.KIND:
            return (note.kind,)
        case By.ARGUMENT:
            return (note.key,) if isinstance(note.body, Argument) else ()


def arguments_of(workspace: Workspace, chosen: Selection, learner: str | None = None) -> list[ArgumentView]:
    """The arguments of the decks chosen, with the learner's mastery of each."""
    masteries = {group.group: group.share for group in mastery_of(workspace, chosen, By.ARGUMENT, learner)}
    langs = workspace.langs
    found = []
    for note in notes_of(workspace, chosen):
        body = note.body
        if isinstance(body, Argument):
            found.append(
                ArgumentView(
                    note=note.key,
                    claim=body.claim.pick(langs),
                    who=body.who.pick(langs) if body.who else "",
                    grounds=tuple(ground.pick(langs) for ground in body.grounds),
                    rebuttal=tuple(text.pick(langs) for text in body.rebuttal),
                    mastery=masteries.get(note.key, 0.0),
                )
            )
    return found
