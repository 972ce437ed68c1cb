"""The session: state + what happened -> state. No clock, no store, no face.

The order of a session: a learning card whose step has passed, then reviews, then new cards, then skipped ones; last,
learning cards a little ahead of their time, so that nobody waits in front of an empty screen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from quizkit.model import MemoryState, Outcome, Phase, Rating, Scheduled

LEARN_AHEAD_MS = 20 * 60_000
"""How long before its time a learning card may be asked when nothing else is left."""

FIRST_GUESS_MS = 15_000
"""What an answer is thought to take while there are none to go by."""

RECENT = 50
"""How many of the last answers an estimate goes by."""

LONGEST_COUNTED_MS = 120_000
"""Somebody who takes longer was away: the time counts as this much."""


class Stage(StrEnum):
    """Why a card is asked."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


class Ahead(NamedTuple):
    """How many cards a session still holds, the one being asked included."""

    new: int
    learning: int
    review: int

    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


class Item(NamedTuple):
    """A card in the queue."""

    card: str
    stage: Stage


class Answered(NamedTuple):
    """One answer of the session. `rating` is None where the schedule isn't touched."""

    card: str
    event: str
    outcome: Outcome
    score: float
    rating: Rating | None
    milliseconds: int
    memory: MemoryState
    before: Session


class Session(NamedTuple):
    """What is asked, what waits, what was answered. Made by `started`; changed only by the functions below.

    `queue` never changes; `position` says how far it has been asked. `learning` is sorted by the moment each card is
    due. `once` makes a test: every card is asked once, whatever comes of it.
    """

    queue: tuple[Item, ...] = ()
    position: int = 0
    learning: tuple[tuple[int, str], ...] = ()
    later: tuple[Item, ...] = ()
    current: Item | None = None
    left_new: int = 0
    left_review: int = 0
    answers: tuple[Answered, ...] = ()
    ends_at: int = 0
    once: bool = False
    skips: frozenset[str] = frozenset()

    @property
    def ahead(self) -> Ahead:
        """What is left."""
        in_hand = self.current is not None and self.current.stage is Stage.LEARNING
        return Ahead(self.left_new, len(self.learning) + in_hand, self.left_review)

    @property
    def progress(self) -> float:
        """The share of the session that is done, 0 to 1."""
        done = len(self.answers)
        left = self.ahead.total()
        return done / (done + left) if done + left else 1.0

    @property
    def milliseconds_left(self) -> int:
        """An estimate, from the answers so far."""
        taken = [min(answer.milliseconds, LONGEST_COUNTED_MS) for answer in self.answers[-RECENT:]]
        # The guess weighs as much as three answers, so that the first ones don't make it jump.
        each = (sum(taken) + 3 * FIRST_GUESS_MS) / (len(taken) + 3)
        return int(each * self.ahead.total())


def started(
    reviews: tuple[str, ...] = (),
    new: tuple[str, ...] = (),
    learning: tuple[tuple[int, str], ...] = (),
    *,
    ends_at: int = 0,
    once: bool = False,
) -> Session:
    """A session over these cards. `ends_at` is the moment a time-boxed one stops asking (0: none)."""
    queue = (*(Item(card, Stage.REVIEW) for card in reviews), *(Item(card, Stage.NEW) for card in new))
    return Session(
        queue=queue,
        learning=tuple(sorted(learning)),
        left_new=len(new),
        left_review=len(reviews),
        ends_at=ends_at,
        once=once,
    )


def turn(session: Session, now: int) -> Session:
    """The session with its next card in hand; `current` is None when it is over."""
    if session.current is not None:
        return session
    if session.ends_at and now >= session.ends_at:
        return session
    if session.learning and session.learning[0][0] <= now:
        return _take_learning(session)
    if session.position < len(session.queue):
        return session._replace(position=session.position + 1, current=session.queue[session.position])
    if session.later:
        return session._replace(later=session.later[1:], current=session.later[0])
    if session.learning and session.learning[0][0] <= now + LEARN_AHEAD_MS:
        return _take_learning(session)
    return session


def _take_learning(session: Session) -> Session:
    (_, card), *rest = session.learning
    return session._replace(learning=tuple(rest), current=Item(card, Stage.LEARNING))


def _let_go(session: Session) -> Session:
    """Nothing in hand; the counts know that the card has left."""
    if session.current is None:
        return session
    stage = session.current.stage
    return session._replace(
        current=None,
        left_new=session.left_new - (stage is Stage.NEW),
        left_review=session.left_review - (stage is Stage.REVIEW),
    )


def answered(
    session: Session,
    *,
    event: str,
    outcome: Outcome,
    score: float,
    rating: Rating | None,
    milliseconds: int,
    memory: MemoryState,
) -> Session:
    """The card in hand was answered, and `memory` is what came of it."""
    assert session.current is not None, "there is no card to answer"
    card = session.current.card
    entry = Answered(card, event, outcome, score, rating, milliseconds, memory, before=session)
    after = _let_go(session)._replace(answers=(*session.answers, entry))
    if session.once or not isinstance(memory, Scheduled) or memory.phase is Phase.REVIEW:
        return after
    return after._replace(learning=tuple(sorted((*after.learning, (memory.due_at, card)))))


def amended(
    session: Session,
    *,
    event: str,
    rating: Rating,
    memory: MemoryState,
    outcome: Outcome | None = None,
    score: float | None = None,
) -> Session:
    """The last answer was rated otherwise by the learner."""
    last = session.answers[-1]
    return answered(
        last.before,
        event=event,
        outcome=last.outcome if outcome is None else outcome,
        score=last.score if score is None else score,
        rating=rating,
        milliseconds=last.milliseconds,
        memory=memory,
    )


def undone(session: Session) -> Session:
    """As it was before the last answer, with that card in hand again."""
    return session.answers[-1].before


def skipped(session: Session) -> Session:
    """The card in hand comes back when everything else has been asked; skipped again, it is left for another day."""
    card = session.current
    if card is None:
        return session
    let_go = _let_go(session)
    if card.card in session.skips:
        return let_go
    marked = let_go._replace(skips=session.skips | {card.card})
    if card.stage is Stage.LEARNING:
        moment = max((at for at, _ in session.learning), default=0) + 1
        return marked._replace(learning=(*session.learning, (moment, card.card)))
    return marked._replace(later=(*session.later, card), left_new=session.left_new, left_review=session.left_review)


def dropped(session: Session) -> Session:
    """The card in hand leaves the session (buried, suspended, or gone from its deck)."""
    return _let_go(session)


def removed(session: Session, card: str) -> Session:
    """A card that was answered already, or is in hand, is not asked again."""
    learning = tuple(waiting for waiting in session.learning if waiting[1] != card)
    session = session._replace(learning=learning)
    return dropped(session) if session.current is not None and session.current.card == card else session


class Summary(NamedTuple):
    """What came of a session. Each list holds card keys, in the order they came up."""

    answers: int
    right: int
    almost: int
    wrong: int
    score: float
    milliseconds: int
    learnt: tuple[str, ...]
    look_again: tuple[str, ...]
    left: Ahead
    next_learning: int


def summary(session: Session) -> Summary:
    """What came of the session so far. `score` is the mean of all answers, 0 to 1.

    `learnt` are the cards that left their learning steps, `look_again` those that went wrong. `next_learning` is the
    moment the earliest waiting learning card is due (0: none).
    """
    answers = session.answers
    wrong = [
        a for a in answers if a.outcome is Outcome.WRONG or (a.outcome is Outcome.SELF and a.rating is Rating.AGAIN)
    ]
    almost = [a for a in answers if a.outcome is Outcome.ALMOST]
    learnt = [
        a.card
        for a in answers
        if isinstance(a.memory, Scheduled)
        and a.memory.phase is Phase.REVIEW
        and a.before.current is not None
        and a.before.current.stage is not Stage.REVIEW
    ]
    return Summary(
        answers=len(answers),
        right=len(answers) - len(wrong) - len(almost),
        almost=len(almost),
        wrong=len(wrong),
        score=sum(a.score for a in answers) / len(answers) if answers else 0.0,
        milliseconds=sum(min(a.milliseconds, LONGEST_COUNTED_MS) for a in answers),
        learnt=tuple(dict.fromkeys(learnt)),
        look_again=tuple(dict.fromkeys(a.card for a in wrong)),
        left=session.ahead,
        next_learning=session.learning[0][0] if session.learning else 0,
    )
