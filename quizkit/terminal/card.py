"""One card, and its history, drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quizkit.clock import Calendar, Clock, date_of
from quizkit.i18n import _, ngettext
from quizkit.model import CardState, Event, EventType, Rating, Scheduled
from quizkit.terminal import draw
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page
from quizkit.terminal.words import days, interval, rating_word

if TYPE_CHECKING:
    from quizkit.workspace import CardView


def card_lines(page: Page, view: CardView, clock: Clock) -> list[str]:
    """A card with its answer, its place and its memory."""
    head = f"{view.card.key} · {view.card.note.kind} · {view.location}"
    lines = [*page.block(head, "dim"), ""]
    lines += draw.question(page, view.question)
    if view.question.options:
        lines += [*draw.options(page, view.question), ""]
    lines += draw.solution(page, view.judged.solution.lines)
    lines += draw.about(page, view.judged)
    return [*lines, "", *page.block(_state_text(view.state, clock), "dim")]


def _state_text(state: CardState, clock: Clock) -> str:
    memory = state.memory
    if isinstance(memory, Scheduled):
        when = _("comes back in {time}", time=interval(memory, clock.now(), clock.today()))
        parts = [
            _("suspended") if state.suspended else when,
            _(
                "stability {stability} · difficulty {difficulty}/10",
                stability=days(round(memory.stability)),
                difficulty=f"{memory.difficulty:.1f}",
            ),
            ngettext("{n} review", "{n} reviews", memory.reps),
            ngettext("{n} lapse", "{n} lapses", memory.lapses),
        ]
    else:
        parts = [_("never reviewed"), *([_("suspended")] if state.suspended else [])]
    marks = [
        state.buried_until > clock.today() and _("buried until {date}", date=date_of(state.buried_until)),
        state.flagged and _("flagged"),
        state.is_leech and _("leech"),
    ]
    return " · ".join([*parts, *(mark for mark in marks if mark)])


def card_json(view: CardView) -> dict[str, Any]:
    """A card for scripts, its answer included."""
    memory = view.state.memory
    return {
        "card": view.card.key,
        "kind": view.card.note.kind,
        "shape": view.question.shape.value,
        "location": view.location,
        "prompt": view.question.prompt,
        "options": list(view.question.options),
        "answer": list(view.judged.solution.lines),
        "explain": view.judged.explain,
        "cite": list(view.judged.cite),
        "tags": list(view.card.note.tags),
        "suspended": view.state.suspended,
        "buried_until": date_of(view.state.buried_until).isoformat() if view.state.buried_until else None,
        "flagged": view.state.flagged,
        "leech": view.state.is_leech,
        "memory": {
            "phase": memory.phase.value,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "due": date_of(memory.due_day).isoformat(),
            "reps": memory.reps,
            "lapses": memory.lapses,
        }
        if isinstance(memory, Scheduled)
        else None,
    }


def history_lines(page: Page, events: Iterable[Event], undone: set[str], calendar: Calendar) -> list[str]:
    """What happened to a card, oldest first."""
    rows = []
    for event in events:
        when = f"{calendar.local(event.at):%Y-%m-%d %H:%M}"
        what = event.type.value + (f" ({_('undone')})" if event.id in undone else "")
        rows.append((when, what, _rating_text(event), event.response, event.origin.value))
    if not rows:
        return page.block(_("Nothing has happened to this card yet."))
    return table(page, (_("when"), _("what"), _("rating"), _("response"), _("in")), rows)


def _rating_text(event: Event) -> str:
    if event.type is EventType.REVIEW and event.rating:
        return rating_word(Rating(event.rating)) + (f" → {days(event.interval)}" if event.interval else "")
    return f"{event.score:.0%}" if event.score is not None else ""


def history_json(events: Iterable[Event], undone: set[str]) -> list[dict[str, Any]]:
    """What happened to a card, for scripts."""
    return [
        {
            "id": event.id,
            "type": event.type.value,
            "at": event.at,
            "date": date_of(event.day).isoformat(),
            "rating": event.rating or None,
            "score": event.score,
            "response": event.response,
            "interval": event.interval,
            "milliseconds": event.milliseconds,
            "origin": event.origin.value,
            "undone": event.id in undone,
        }
        for event in events
    ]
