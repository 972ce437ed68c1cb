"""Answers from everywhere, pooled: those of drills, live, called and on paper, and those of everybody's own study."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quizkit.drills.answers import picks_of
from quizkit.i18n import N_, _
from quizkit.model import EventType, Origin, Shape
from quizkit.model.drill import Drill
from quizkit.reports.items import Answered
from quizkit.store.reader import Answer
from quizkit.workspace.card_options import CardOptions, card_options
from quizkit.workspace.drill_record import answers as drill_answers
from quizkit.workspace.drill_record import drills

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

PICKED = (Shape.PICK_ONE, Shape.PICK_MANY)
NOTHING = "[]"
"""A response in the log that says: I don't know."""


class Source(StrEnum):
    """Where an answer was given. DRILL is one whose record is on another machine."""

    LIVE = "live"
    RUN = "run"
    PAPER = "paper"
    SOLO = "solo"
    DRILL = "drill"


WORDS = {
    Source.LIVE: N_("live"),
    Source.RUN: N_("aloud"),
    Source.PAPER: N_("on paper"),
    Source.SOLO: N_("own study"),
    Source.DRILL: N_("drills elsewhere"),
}


class Pooled(NamedTuple):
    """An answer that was judged, from wherever. `player` is the learner, or a guest of a drill.

    `picked` are options as the author counts them, None where none were to be picked or nobody knows which were.
    `drill` is '' for study alone; `round` is 2 for a second vote after a discussion.
    """

    player: str
    card: str
    score: float
    milliseconds: int
    picked: tuple[int, ...] | None
    values: tuple[str, ...]
    shape: str
    lang: str
    at: int
    day: int
    source: Source
    drill: str = ""
    round: int = 1


def pooled(workspace: Workspace, sources: Collection[Source] = ()) -> list[Pooled]:
    """All answers, or those from some sources, in the order they were given. Polls aren't judged, and not here."""
    if not workspace.places.progress.exists():
        return []
    held = drills(workspace)
    found = [*_drilled(workspace, held), *_alone(workspace, {drill.id for drill in held})]
    return sorted((one for one in found if not sources or one.source in sources), key=lambda one: one.at)


def sources_said(sources: Mapping[str, int]) -> str:
    """Where answers were given: '35 live, 12 own study'."""
    return ", ".join(f"{sources[source]} {_(word)}" for source, word in WORDS.items() if sources.get(source))


def firsts(found: Iterable[Pooled]) -> list[Pooled]:
    """Everybody's first vote on each card, of answers in the order they were given."""
    seen: dict[tuple[str, str], Pooled] = {}
    for one in found:
        if one.round == 1:
            seen.setdefault((one.player, one.card), one)
    return list(seen.values())


def first_answers(found: Iterable[Pooled]) -> list[Answered]:
    """The first votes as item analysis takes them."""
    return [Answered(one.player, one.card, one.score, one.milliseconds, one.picked) for one in firsts(found)]


def options_of(workspace: Workspace) -> Callable[[str], CardOptions]:
    """A function that gives a card's options, and reads each card once."""
    return lru_cache(maxsize=None)(lambda key: card_options(workspace, key))


def _drilled(workspace: Workspace, held: Iterable[Drill]) -> Iterator[Pooled]:
    """The answers of drills, by their records: guests' as well, and corrected where they were."""
    renamed = workspace.store.renamed()
    day_of = workspace.clock.calendar.day_of
    for drill, given in drill_answers(workspace, list(held)):
        if given.card and given.score is not None:
            yield Pooled(
                given.player,
                renamed.get(given.card, given.card),
                given.score,
                given.milliseconds,
                picks_of(given, drill.mode) if given.shape in PICKED else None,
                given.values,
                given.shape,
                given.lang,
                given.at,
                day_of(given.at),
                Source(drill.mode.value),
                drill.id,
                given.round,
            )


def _alone(workspace: Workspace, held: Collection[str]) -> Iterator[Pooled]:
    """The answers in the log but for those whose drills are known: they stand in their records."""
    options = options_of(workspace)
    for answer in workspace.store.responses():
        drilled = answer.origin == Origin.DRILL
        if not (drilled and answer.target in held):
            values = _values(answer)
            yield Pooled(
                answer.learner,
                answer.card,
                answer.score,
                answer.milliseconds,
                _picked(answer, values, options(answer.card)) if answer.shape in PICKED else None,
                values,
                answer.shape,
                answer.lang,
                answer.at,
                answer.day,
                Source.DRILL if drilled else Source.SOLO,
                answer.target if drilled else "",
                # A first vote moves the memory, the one after the discussion doesn't.
                2 if drilled and answer.type == EventType.PRACTICE else 1,
            )


def _values(answer: Answer) -> tuple[str, ...]:
    """The values of a response in the log; none where it was written by something else."""
    try:
        found = json.loads(answer.response or "[]")
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _picked(answer: Answer, values: tuple[str, ...], options: CardOptions) -> tuple[int, ...] | None:
    """The options that these texts are; None where one isn't an option any more, or nothing says what was picked.

    Whoever studies alone and has no answer says so. In a drill held elsewhere a teacher may have judged what was said.
    """
    if not values:
        return () if answer.response == NOTHING and answer.origin != Origin.DRILL else None
    found = [options.forms.get(value) for value in values]
    return None if None in found else tuple(index for index in found if index is not None)
