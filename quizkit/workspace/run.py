"""A session that is really run: the pure session, with the store behind it. What every face drives.

Every answer is in the log before its verdict is shown; only what the learner rates alone waits for the rating.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizkit import study
from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.asking import whole_number
from quizkit.model import (
    LEECH_LAPSES,
    NEW,
    Asking,
    Card,
    EventType,
    Judged,
    MemoryState,
    Origin,
    Outcome,
    Question,
    Rating,
    Response,
    Scheduled,
    Shape,
)
from quizkit.workspace.views import Asked, Recap, Result

if TYPE_CHECKING:
    from quizkit.workspace import Workspace


class Manner(NamedTuple):
    """How a session treats its answers. `scheduled`: they move the memory. `scored`: there is a score at the end."""

    learner: str
    origin: Origin
    scheduled: bool
    scored: bool
    seed: str


class _InHand:
    """The card before the learner, and what became of it so far."""

    def __init__(self, card: Card, question: Question, since: int) -> None:
        self.card = card
        self.question = question
        self.since = since
        self.response: Response | None = None
        self.milliseconds = 0
        self.result: Result | None = None


class StudyRun:
    """One session. Ask for `asked`, then `respond`; what is not `saved` then wants a `rate`."""

    def __init__(self, workspace: Workspace, session: study.Session, manner: Manner) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._session = session
        self._manner = manner
        self._hand: _InHand | None = None
        self.clock: Clock = workspace.clock

    # Asking

    def asked(self) -> Asked | None:
        """The card to answer now; None when the session is over."""
        while True:
            self._session = study.turn(self._session, self.clock.now())
            item = self._session.current
            if item is None:
                self._hand = None
                return None
            card = self._workspace.find_card(item.card)
            if card is not None:
                break
            # The card has left its deck since the session began.
            self._session = study.dropped(self._session)
        state = self._store.state(self._manner.learner, card.key)
        question = self._question(card, state.memory)
        if self._hand is None or self._hand.question != question or self._hand.result is not None:
            self._hand = _InHand(card, question, self.clock.stopwatch())
        return Asked(
            question=question,
            card=card,
            title=self._workspace.deck_title(card.note.deck),
            stage=item.stage,
            ahead=self._session.ahead,
            progress=self._session.progress,
            milliseconds_left=self._session.milliseconds_left,
            state=state,
            number=len(self._session.answers) + 1,
            scheduled=self._manner.scheduled,
        )

    def _question(self, card: Card, memory: MemoryState) -> Question:
        reps = memory.reps if isinstance(memory, Scheduled) else 0
        seed = f"{self._manner.seed}/{reps}"
        return card.task.ask(Asking(card.key, self._workspace.langs, seed, reps))

    # Answering

    def respond(self, response: Response, milliseconds: int | None = None) -> Result:
        """Judge a response and save it, unless only the learner can judge it.

        `milliseconds` is how long it took (measured here, unless told). Raises QuizkitError when the response
        doesn't fit the question: nothing is saved then, and the question stands.
        """
        hand = self._in_hand()
        card = hand.card
        verdict = card.task.check(hand.question, response, self._workspace.rivals(card.note))
        hand.response = response
        hand.milliseconds = self.clock.stopwatch() - hand.since if milliseconds is None else milliseconds
        judged = self._workspace.judged(card, hand.question, verdict)
        if verdict.outcome is Outcome.SELF:
            return self._unsaved(judged, None)
        from quizkit.memory import fsrs

        return self._save(judged, fsrs.rating_of(verdict.score, verdict.outcome), verdict.score)

    def tick(self, points: tuple[str, ...]) -> Result:
        """Of a rubric: which points the learner had. Suggests a rating; `rate` saves."""
        hand = self._in_hand()
        verdict = hand.card.task.check(hand.question, Response(points), self._workspace.rivals(hand.card.note))
        hand.response = Response(points)
        from quizkit.memory import fsrs

        judged = self._workspace.judged(hand.card, hand.question, verdict)
        return self._unsaved(judged, fsrs.rating_of(verdict.score, verdict.outcome))

    def rate(self, rating: Rating) -> Result:
        """The learner's own rating: of what only they can judge, or instead of the one that was saved."""
        hand = self._in_hand()
        result = hand.result
        if result is None:
            raise QuizkitError(_("There is nothing to rate yet."), _("Answer first."))
        if not result.saved:
            verdict = result.judged.verdict
            has_points = bool(result.judged.solution.points)
            score = verdict.score if has_points else float(rating is not Rating.AGAIN)
            return self._save(result.judged, rating, score)
        if result.rating is None:
            return result
        event, state = self._store.amend(self._session.answers[-1].event, rating)
        self._session = study.amended(self._session, event=event.id, rating=rating, memory=state.memory)
        hand.result = self._with_memory(result._replace(rating=rating), state.memory)
        return hand.result

    def call(self, *, counts: bool) -> Result:
        """The learner's call on an 'almost': it counts as right, or as wrong."""
        hand = self._in_hand()
        result = hand.result
        if result is None or result.judged.verdict.outcome is not Outcome.ALMOST:
            raise QuizkitError(_("There is no call to make on this answer."))
        outcome, score = (Outcome.RIGHT, 1.0) if counts else (Outcome.WRONG, 0.0)
        rating = Rating.GOOD if counts else Rating.AGAIN
        event, state = self._store.amend(self._session.answers[-1].event, rating, score=score)
        self._session = study.amended(
            self._session, event=event.id, rating=rating, memory=state.memory, outcome=outcome, score=score
        )
        shown = rating if result.rating is not None else None
        hand.result = self._with_memory(result._replace(rating=shown), state.memory)
        return hand.result

    def previews(self) -> dict[Rating, MemoryState]:
        """What each rating would make of the card in hand; empty where the schedule isn't touched."""
        if not self._manner.scheduled:
            return {}
        from quizkit.memory import fsrs

        card = self._in_hand().card
        now = self.clock.now()
        state = self._store.state(self._manner.learner, card.key)
        found = fsrs.preview(
            state.memory,
            now,
            self.clock.calendar.day_of(now),
            key=card.key,
            retention=self._workspace.retention(card.note.deck),
            load=self._store.load(self._manner.learner),
        )
        return {rating: outcome.memory for rating, outcome in found.items()}

    def _save(self, judged: Judged, rating: Rating, score: float) -> Result:
        hand = self._in_hand()
        card = hand.card
        response = hand.response or Response()
        manner = self._manner
        was = self._store.state(manner.learner, card.key)
        told = json.dumps(said(hand.question, response), ensure_ascii=False)
        if manner.scheduled:
            event, state = self._store.review(
                manner.learner,
                card.key,
                rating,
                retention=self._workspace.retention(card.note.deck),
                score=score,
                response=told,
                shape=hand.question.shape.value,
                lang=hand.question.lang,
                milliseconds=hand.milliseconds,
                origin=manner.origin,
            )
            leech = state.is_leech and not was.is_leech
        else:
            event = self._store.make(
                EventType.PRACTICE,
                manner.learner,
                card.key,
                score=score,
                response=told,
                shape=hand.question.shape.value,
                lang=hand.question.lang,
                milliseconds=hand.milliseconds,
                origin=manner.origin,
            )
            self._store.append(event)
            state, leech = was, False
        self._session = study.answered(
            self._session,
            event=event.id,
            outcome=judged.verdict.outcome,
            score=score,
            rating=rating if manner.scheduled or judged.verdict.outcome is Outcome.SELF else None,
            milliseconds=hand.milliseconds,
            memory=state.memory,
        )
        shown = rating if manner.scheduled else None
        hand.result = self._with_memory(
            Result(card, hand.question, judged, True, shown, state.memory, leech), state.memory
        )
        return hand.result

    def _unsaved(self, judged: Judged, suggested: Rating | None) -> Result:
        hand = self._in_hand()
        memory = self._store.state(self._manner.learner, hand.card.key).memory
        hand.result = Result(hand.card, hand.question, judged, False, suggested, memory)
        return hand.result

    def _with_memory(self, result: Result, memory: MemoryState) -> Result:
        lapses = memory.lapses if isinstance(memory, Scheduled) else 0
        leech = result.leech and lapses >= LEECH_LAPSES
        return result._replace(memory=memory, lapses=lapses, leech=leech)

    def _in_hand(self) -> _InHand:
        if self._hand is None:
            raise QuizkitError(_("No card is in hand."), _("The session is over."))
        return self._hand

    def warm_up(self) -> None:
        """Load what the first answer will need; for a moment in which the learner reads. Touches no file."""
        from importlib import import_module

        from quizkit.memory import fsrs

        for room in ("text", "number", "date", "sets", "choices"):
            import_module(f"quizkit.answers.{room}")
        fsrs.preview(NEW, 0, 0, key="")

    # Everything else a learner may want

    @property
    def card_key(self) -> str:
        """The card in hand, answered or not."""
        return self._in_hand().card.key

    def undo(self) -> bool:
        """Take back the session's last answer; its card is in hand again. False when there is none."""
        if not self._session.answers:
            return False
        self._store.undo(self._manner.learner, self._session.answers[-1].event)
        self._session = study.undone(self._session)
        self._hand = None
        return True

    def skip(self) -> None:
        """Ask the card in hand again at the end of the session."""
        self._session = study.skipped(self._session)
        self._hand = None

    def bury(self, card: str = "") -> None:
        """Don't ask a card (the one in hand) before tomorrow."""
        key = card or self.card_key
        self._store.record(EventType.BURY, self._manner.learner, key, until=self.clock.today() + 1)
        self._let_go(key)

    def suspend(self, card: str = "") -> None:
        """Don't ask a card (the one in hand) until it is resumed."""
        key = card or self.card_key
        self._store.record(EventType.SUSPEND, self._manner.learner, key)
        self._let_go(key)

    def _let_go(self, card: str) -> None:
        self._session = study.removed(self._session, card)
        if self._session.current is None:
            self._hand = None

    def flag(self) -> bool:
        """Set the flag of the card in hand, or take it off; whether it is set now."""
        key = self.card_key
        flagged = self._store.state(self._manner.learner, key).flagged
        self._store.record(EventType.UNFLAG if flagged else EventType.FLAG, self._manner.learner, key)
        return not flagged

    def location(self, card: str = "") -> tuple[Path, int]:
        """The file and line of a card's note (of the card in hand)."""
        found = self._workspace.card(card or self.card_key)
        return self._workspace.file_of(found.note), found.note.span.line

    def left_out(self) -> str:
        """See `Catalog`."""
        return self._workspace.catalog.left_out()

    def media(self) -> tuple[Path, ...]:
        """The pictures and sounds with the card in hand: files, which may not be there.

        Before the response only those that are there with the question.
        """
        hand = self._in_hand()
        card = hand.card
        names = card.media if hand.result is None else (*card.media, *card.answer_media)
        return tuple(self._workspace.file_of(card.note).parent / name for name in names)

    def reload(self) -> str:
        """Read changed decks again; what is wrong with them now, in a line, or ''."""
        problems = self._workspace.refresh()
        errors = [problem for problem in problems if problem.is_error]
        return f"{errors[0].span}: {errors[0].message}" if errors else ""

    def passages(self) -> tuple[tuple[str, str], ...]:
        """The passages the card in hand cites: id and gist."""
        return self._workspace.passages(self._in_hand().card.note)

    def recap(self) -> Recap:
        """What came of the session."""
        found = study.summary(self._session)
        today = self.clock.today()
        next_day, count = self._store.next_due(self._manner.learner, today)
        return Recap(
            summary=found,
            scored=self._manner.scored,
            learnt=tuple(self._labelled(found.learnt)),
            look_again=tuple(self._labelled(found.look_again)),
            next_day=next_day,
            next_count=count,
            broken=self._workspace.catalog.broken_files(),
        )

    def _labelled(self, cards: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        found = [card for key in cards if (card := self._workspace.find_card(key))]
        return [(self._question(card, NEW).prompt, card.note.cite) for card in found]


def said(question: Question, response: Response) -> tuple[str, ...]:
    """A response as it is kept in the log: what was picked by its text, since places change with every asking."""
    if question.shape in (Shape.TYPE, Shape.FILL, Shape.REVEAL):
        return response.values
    texts = dict(enumerate(question.options, 1))
    return tuple(texts.get(whole_number(value), value) for value in response.values)
