"""Starting sessions: which cards a learner is asked, of all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

from quizkit import study
from quizkit.clock import MS_PER_MINUTE
from quizkit.dice import shuffle
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.memory.fsrs import recall
from quizkit.memory.queue import (
    DEFAULT_NEW_PER_DAY,
    DEFAULT_REVIEWS_PER_DAY,
    Due,
    Fresh,
    Order,
    Spacing,
    choose_new,
    choose_reviews,
)
from quizkit.model import Origin
from quizkit.workspace.run import Manner, StudyRun
from quizkit.workspace.workspace import Selection, Workspace

FRESH_AT_ONCE = 200
"""New cards looked at in one go; more are fetched while notes wait for what they build on."""

MOST_LEARNING = 500
"""Cards in their learning steps that a session takes up, those due first: more than anybody has the patience for."""

MOST_DUE = 5_000
"""Due cards among which an order other than 'due' chooses: enough for any day, quick with any collection."""


def start_study(
    workspace: Workspace,
    chosen: Selection,
    *,
    learner: str | None = None,
    limit: int | None = None,
    new: int | None = None,
    order: Order = Order.DUE,
    cram: bool = False,
    minutes: int | None = None,
    seed: str | None = None,
) -> StudyRun:
    """Today's session: what is due, then new cards. With `cram`, what isn't due, off the schedule.

    `limit` is the most cards to ask, `new` the most new ones a day. Raises QuizkitError when a deck, a tag, a kind or
    the learner doesn't exist.
    """
    who = _ready(workspace, chosen, learner)
    seed = f"{who}/{workspace.clock.today()}" if seed is None else seed
    ends_at = _end(workspace, minutes)
    if cram:
        cards = _any_cards(workspace, chosen, who, order, seed)[:limit]
        session = study.started(tuple(cards), ends_at=ends_at, once=True)
        return StudyRun(workspace, session, Manner(who, Origin.CRAM, scheduled=False, scored=False, seed=seed))
    session = _todays(workspace, chosen, who, limit, new, order, seed, ends_at)
    return StudyRun(workspace, session, Manner(who, Origin.STUDY, scheduled=True, scored=False, seed=seed))


def start_quiz(
    workspace: Workspace,
    chosen: Selection,
    *,
    learner: str | None = None,
    questions: int = 10,
    record: bool = False,
    order: Order = Order.RANDOM,
    minutes: int | None = None,
    seed: str | None = None,
) -> StudyRun:
    """A test: each card once, a score at the end. With `record` the answers move the schedule.

    Raises QuizkitError as `start_study` does.
    """
    who = _ready(workspace, chosen, learner)
    # A test is another one each time, unless a seed is given.
    seed = f"{who}/{workspace.clock.now()}" if seed is None else seed
    cards = _any_cards(workspace, chosen, who, order, seed)[:questions]
    session = study.started(tuple(cards), ends_at=_end(workspace, minutes), once=True)
    return StudyRun(workspace, session, Manner(who, Origin.QUIZ, scheduled=record, scored=True, seed=seed))


def _ready(workspace: Workspace, chosen: Selection, learner: str | None) -> str:
    """The learner's id, with everything in place that was named."""
    who = workspace.ready(chosen, learner)
    if chosen.kinds:
        from quizkit.kinds import KINDS

        for kind in chosen.kinds:
            if kind not in KINDS:
                raise QuizkitError(_("There is no kind {kind}.", kind=kind), _nearest(kind, KINDS))
    if chosen.tags:
        known = workspace.catalog.index.tags()
        for tag in chosen.tags:
            if tag not in known:
                raise QuizkitError(_("No card has the tag {tag}.", tag=tag), _nearest(tag, known))
    return who


def _nearest(word: str, known: Iterable[str]) -> str:
    """What a mistyped word may have meant."""
    from difflib import get_close_matches

    known = list(known)
    if near := get_close_matches(word, known, 1):
        return _("Did you mean {cards}?", cards=near[0])
    return _("There are: {words}.", words=", ".join(known)) if known else ""


def _end(workspace: Workspace, minutes: int | None) -> int:
    return workspace.clock.now() + minutes * MS_PER_MINUTE if minutes else 0


def _todays(
    workspace: Workspace,
    chosen: Selection,
    who: str,
    limit: int | None,
    new: int | None,
    order: Order,
    seed: str,
    ends_at: int,
) -> study.Session:
    store, today = workspace.store, workspace.clock.today()
    within = _within(chosen)
    waiting = store.learning(who, today, MOST_LEARNING if limit is None else min(limit, MOST_LEARNING), **within)
    spacing = Spacing(store.reviewed_notes(who, today) | {row.note for row in waiting})
    most = max(0, DEFAULT_REVIEWS_PER_DAY - store.review_count(who, today)) if limit is None else limit - len(waiting)
    fetch = 2 * most + FRESH_AT_ONCE if order is Order.DUE else MOST_DUE
    rows = store.due_reviews(who, today, fetch, **within)
    confuses = workspace.catalog.index.confusions() if rows else {}
    due = [
        Due(
            row.card,
            row.note,
            row.deck,
            row.due_day,
            row.due_at,
            recall(row.stability, today - row.last_day),
            confuses.get(row.note, ""),
        )
        for row in rows
    ]
    reviews = choose_reviews(due, spacing, most, order, seed)
    allowed = (DEFAULT_NEW_PER_DAY if new is None else new) - store.new_count_today(who, today)
    if limit is not None:
        allowed = min(allowed, limit - len(reviews) - len(waiting))
    fresh = choose_new(
        _fresh(workspace, chosen, who), spacing, allowed, lambda note: _may_build_on(workspace, chosen, who, note)
    )
    learning = tuple((row.due_at, row.card) for row in waiting)
    return study.started(tuple(reviews), tuple(fresh), learning, ends_at=ends_at)


class _Within(TypedDict):
    decks: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    kinds: tuple[str, ...] | None


def _within(chosen: Selection) -> _Within:
    """A selection as the store takes it: None where everything is meant."""
    return {"decks": chosen.decks or None, "tags": chosen.tags or None, "kinds": chosen.kinds or None}


def _selected(workspace: Workspace, chosen: Selection) -> list[tuple[str, str]]:
    return workspace.catalog.index.select(**_within(chosen))


def _fresh(workspace: Workspace, chosen: Selection, who: str) -> Iterator[Fresh]:
    """New cards in the authors' order, a few at a time."""
    most, given = FRESH_AT_ONCE, 0
    while True:
        rows = workspace.store.new_cards(who, workspace.clock.today(), most, **_within(chosen))
        for row in rows[given:]:
            yield Fresh(*row)
        if len(rows) < most:
            return
        given, most = most, most * 4


def _may_build_on(workspace: Workspace, chosen: Selection, who: str, note: str) -> bool:
    """Whether a foundation is laid: known, or in a deck that isn't being studied, or gone."""
    deck = note.partition("/")[0]
    if chosen.decks and deck not in chosen.decks:
        return True
    return workspace.store.knows(who, note) or workspace.catalog.index.note(note) is None


def _any_cards(workspace: Workspace, chosen: Selection, who: str, order: Order, seed: str) -> list[str]:
    """One card of each note, due or not, in the order asked for; cards never seen behind those that can be weak."""
    suspended = workspace.store.suspended(who)
    pairs = [pair for pair in _selected(workspace, chosen) if pair[0] not in suspended]
    if order is Order.RANDOM:
        pairs = shuffle(pairs, seed)
    elif order is not Order.DECK:
        today = workspace.clock.today()
        strengths = workspace.store.strengths(who)

        def waits(pair: tuple[str, str]) -> tuple[bool, float]:
            known = strengths.get(pair[0])
            if known is None:
                return (True, 0.0)
            stability, last_day, due_day = known
            return (False, recall(stability, today - last_day) if order is Order.WEAKEST else due_day)

        pairs = sorted(pairs, key=waits)
    spacing = Spacing(())
    return [card for card, note in pairs if spacing.take(note)]
