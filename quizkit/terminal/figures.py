"""What is due, and how it goes: figures drawn."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.clock import date_of
from quizkit.i18n import _, ngettext
from quizkit.reports.forecast import Forecast
from quizkit.reports.progress import Progress
from quizkit.terminal.charts import bars, columns_chart, table
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.words import stretch

DAYS_DRAWN = 30


def due_lines(page: Page, found: Forecast, today: int, titles: dict[str, str]) -> list[str]:
    """What is due now, today, and in the next 30 days, deck by deck."""
    now = page.style(ngettext("{n} card due now", "{n} cards due now", found.now), "bold")
    lines = [f"{MARGIN}{now} · {_('{n} today', n=found.today)} · {_('{n} new', n=found.new)}", ""]
    rows = [
        (titles.get(deck.deck, deck.deck), str(deck.now), str(deck.today), str(deck.new), str(deck.total))
        for deck in found.decks.values()
    ]
    head = (_("Deck"), _("now"), _("today"), _("new"), _("cards"))
    lines += table(page, head, rows, right=(1, 2, 3, 4))
    chart = columns_chart(page, found.by_day)
    if chart:
        first, last = date_of(today).isoformat()[5:], date_of(today + len(found.by_day) - 1).isoformat()[5:]
        lines += ["", *page.spread(_("The next {n} days", n=len(found.by_day)), f"{first} – {last}", "dim"), *chart]
    return lines


def stats_lines(
    page: Page, found: Progress, ahead: Forecast, today: int, hardest: Sequence[tuple[str, str, float, int]]
) -> list[str]:
    """A learner's figures. `hardest` holds (card, prompt, mean score, answers)."""
    if not found.answers:
        return page.block(_("No answers yet. Start with: quizkit study"))
    streak = ngettext("{n} day in a row", "{n} days in a row", found.streak)
    pairs = [
        (_("Answers"), f"{found.answers} ({_('{n} today', n=found.today)})"),
        (_("Days"), f"{found.days} · {streak} ({_('longest {n}', n=found.longest_streak)})"),
        (
            _("Time"),
            f"{stretch(found.milliseconds)} · {_('{n} s each', n=round(found.milliseconds / found.answers / 1000))}",
        ),
        (
            _("Retention"),
            _("nothing reviewed past its learning steps yet")
            if found.retention is None
            else f"{found.retention:.0%} ({ngettext('{n} review', '{n} reviews', found.reviewed)})",
        ),
    ]
    lines = table(page, ("", ""), pairs)[1:]
    lines += ["", *page.block(_("Cards"), "bold")]
    words = {
        "new": _("new"),
        "learning": _("learning"),
        "young": _("young"),
        "mature": _("mature"),
        "suspended": _("suspended"),
    }
    lines += bars(page, [(word, ahead.states[state], str(ahead.states[state])) for state, word in words.items()])
    recent = [found.by_day[day] for day in range(today - DAYS_DRAWN + 1, today + 1)]
    if chart := columns_chart(page, recent):
        lines += ["", *page.spread(_("Answers, the last {n} days", n=DAYS_DRAWN), _("today →"), "bold"), *chart]
    if chart := columns_chart(page, ahead.by_day):
        lines += ["", *page.spread(_("Due, the next {n} days", n=len(ahead.by_day)), _("today ←"), "bold"), *chart]
    if hardest:
        lines += ["", *page.block(_("Hardest cards"), "bold")]
        rows = [(f"{mean:.0%}", str(answers), card, prompt) for card, prompt, mean, answers in hardest]
        lines += table(page, (_("score"), _("answers"), _("card"), _("question")), rows, right=(0, 1), whole=(2,))
    if ahead.leeches:
        text = ngettext(
            "{n} leech: a card forgotten 8 times or more. Reword it, split it, or suspend it.",
            "{n} leeches: cards forgotten 8 times or more. Reword them, split them, or suspend them.",
            ahead.leeches,
        )
        lines += ["", *page.block(text, "warn")]
    return lines
