"""The passages, arguments and tags of a class's cards: answers by group, and what is likely remembered of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from quizkit.kinds.argument import Argument
from quizkit.markup import plain
from quizkit.memory.fsrs import recall
from quizkit.reports.lessons import Mark, Row
from quizkit.reports.mastery import By
from quizkit.workspace.answered import Pooled
from quizkit.workspace.drill_results import groups_of

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

BYS = (By.PASSAGE, By.ARGUMENT, By.TAG)


def marks_of(workspace: Workspace, answers: Iterable[Pooled]) -> dict[By, list[Mark]]:
    """The answers by passage, argument and tag: each counts in all groups of its card."""
    found: dict[By, list[Mark]] = {by: [] for by in BYS}
    known: dict[str, list[tuple[By, str]]] = {}
    for one in answers:
        if one.card not in known:
            known[one.card] = groups_of(workspace, one.card)
        for by, group in known[one.card]:
            found[by].append(Mark(one.player, group, one.card, one.day, one.score))
    return {by: marks for by, marks in found.items() if marks}


def ordered(workspace: Workspace, by: By, rows: Iterable[Row]) -> list[Row]:
    """Passages in the order of their source, everything else by name."""
    if by is not By.PASSAGE:
        return sorted(rows, key=lambda row: row.group)
    places = [passage for source in workspace.catalog.sources.values() for passage in source.passages]
    return sorted(rows, key=lambda row: (places.index(row.group) if row.group in places else len(places), row.group))


def remembered(workspace: Workspace, members: Collection[str], cards: Collection[str]) -> dict[tuple[By, str], float]:
    """The mean chance that a member remembers a card now, of the cards that were asked, by group (FSRS's estimate)."""
    today = workspace.clock.today()
    totals: dict[tuple[By, str], float] = {}
    counts: Counter[tuple[By, str]] = Counter()
    groups = {card: groups_of(workspace, card) for card in cards}
    for member in members:
        strengths = workspace.store.strengths(member)
        for card in cards:
            known = strengths.get(card)
            chance = recall(known[0], today - known[1]) if known else 0.0
            for group in groups[card]:
                totals[group] = totals.get(group, 0.0) + chance
                counts[group] += 1
    return {group: total / counts[group] for group, total in totals.items()}


def titles_of(workspace: Workspace, marks: Iterable[Mark]) -> dict[str, str]:
    """The gists of the passages, and the claims of the arguments by note."""
    found = {
        name: plain(passage.gist.pick(workspace.langs))
        for source in workspace.catalog.sources.values()
        for name, passage in source.passages.items()
    }
    for key in {mark.group for mark in marks}:
        note = workspace.catalog.note(key)
        if note is not None and isinstance(note.body, Argument):
            found[key] = plain(note.body.claim.pick(workspace.langs))
    return found
