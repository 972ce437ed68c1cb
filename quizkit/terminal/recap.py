"""The end of a session, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizkit.clock import Clock, date_of
from quizkit.columns import clip
from quizkit.i18n import _, ngettext
from quizkit.terminal.draw import MARGIN, Page, bar
from quizkit.terminal.words import minutes, stretch

if TYPE_CHECKING:
    from quizkit.workspace import Recap

MOST_LISTED = 8


def recap_lines(page: Page, recap: Recap, clock: Clock) -> list[str]:
    """Right and wrong, time, what was learnt, what to look at again, and when to come back."""
    summary = recap.summary
    if not summary.answers:
        text = _("Nothing was answered.") if summary.left.total() else _("Nothing is due now.")
        return [*page.block(text), *_come_back(page, recap, clock), *_broken(page, recap)]
    counts = [
        page.style(f"✓ {summary.right} {_('right')}", "good"),
        *([page.style(f"≈ {summary.almost} {_('almost')}", "warn")] if summary.almost else []),
        page.style(f"✗ {summary.wrong} {_('wrong')}", "bad"),
    ]
    answers = ngettext("{n} answer", "{n} answers", summary.answers)
    lines = [
        MARGIN + page.style(f"{answers} · {stretch(summary.milliseconds)}", "bold"),
        MARGIN + "   ".join(counts),
    ]
    if recap.scored:
        share = _("Score: {points} of {answers} ({percent})").format(
            points=f"{summary.score * summary.answers:.1f}".removesuffix(".0"),
            answers=summary.answers,
            percent=f"{summary.score:.0%}",
        )
        lines += [MARGIN + bar(summary.score, min(page.inner, 40), page.style), MARGIN + share]
    lines += _listed(page, _("Learnt"), recap.learnt)
    lines += _listed(page, _("Look at again"), recap.look_again)
    return [*lines, *_come_back(page, recap, clock), *_broken(page, recap)]


def _broken(page: Page, recap: Recap) -> list[str]:
    if not recap.broken:
        return []
    files = ", ".join(recap.broken[:MOST_LISTED])
    return ["", *page.block(_("{files} can't be read. See: quizkit deck check", files=files), "warn")]


def _listed(page: Page, title: str, prompts: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    if not prompts:
        return []
    lines = ["", MARGIN + page.style(title, "bold")]
    for prompt, cite in prompts[:MOST_LISTED]:
        passages = f" [{' '.join(cite)}]" if cite else ""
        room = page.inner - 2 - len(passages)
        lines.append(f"{MARGIN}· {clip(' '.join(prompt.split()), room)}{page.style(passages, 'dim')}")
    if (more := len(prompts) - MOST_LISTED) > 0:
        lines.append(MARGIN + page.style(ngettext("… and {n} more", "… and {n} more", more), "dim"))
    return lines


def _come_back(page: Page, recap: Recap, clock: Clock) -> list[str]:
    lines = [""]
    left = recap.summary.left.total()
    if left and not recap.scored:
        lines += page.block(ngettext("{n} card is left for today.", "{n} cards are left for today.", left))
    if recap.summary.next_learning > clock.now():
        wait = minutes(recap.summary.next_learning - clock.now())
        lines += page.block(_("The next learning card is due in {time}.", time=wait))
    elif recap.next_day is not None:
        days = recap.next_day - clock.today()
        when = _("tomorrow") if days == 1 else date_of(recap.next_day).isoformat()
        if days > 0:
            lines += page.block(
                ngettext(
                    "Come back {when}: {n} card will be due.",
                    "Come back {when}: {n} cards will be due.",
                    recap.next_count,
                    when=when,
                )
            )
    return lines if len(lines) > 1 else []
