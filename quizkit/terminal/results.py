"""What came of a drill, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.i18n import _, ngettext
from quizkit.reports.items import LEAST
from quizkit.reports.mastery import By
from quizkit.terminal.charts import bars
from quizkit.terminal.draw import MARGIN, Page
from quizkit.workspace.answered import WORDS, Source

if TYPE_CHECKING:
    from quizkit.reports.shares import Share
    from quizkit.workspace.drill_results import Asked, Chosen, Results

RIGHT, WRONG = "✓", "✗"


def result_lines(page: Page, found: Results) -> list[str]:
    """The questions with what was picked, the students, the passages and arguments; a bar each."""
    counted = [
        ngettext("{n} question", "{n} questions", len(found.questions)),
        ngettext("{n} student", "{n} students", len(found.students)),
        ngettext("{n} response", "{n} responses", len(found.responses)),
    ]
    title = f"{found.name or found.drill} · {_(WORDS[Source(found.mode)])} · {found.at.replace('T', ' ')[:16]}"
    lines = [*page.block(title, "bold"), *page.block(" · ".join(counted), "dim"), ""]
    for one in found.questions:
        lines += _question_lines(page, one)
    if found.students:
        lines += page.block(_("Students"), "bold")
        lines += _bars(page, [(one.student, one.share) for one in found.students])
        lines.append("")
    for by, title in ((By.PASSAGE, _("Passages")), (By.ARGUMENT, _("Arguments"))):
        rows = [(one.group, one.share) for one in found.groups if one.by is by]
        if rows:
            lines += [*page.block(title, "bold"), *_bars(page, rows), ""]
    few = ngettext("No share of fewer than {n} answer.", "No share of fewer than {n} answers.", LEAST)
    lines += page.block(_("Shares are of first votes, with 95 % intervals.") + " " + few, "dim")
    if found.mode == Source.LIVE:
        missed = _(
            "A question left unanswered is wrong for whoever was connected while it was open, even if they lost the"
            " line."
        )
        lines += page.block(missed, "dim")
    return lines


def _question_lines(page: Page, one: Asked) -> list[str]:
    lines = page.block(one.prompt, "bold", indent=MARGIN + "    ", first=f"{MARGIN}{one.number:>2}. ")
    told = []
    if one.card:
        told.append(_("right: {share}", share=one.share.said))
    if one.again is not None:
        told.append(_("after discussion: {share}", share=one.again.said))
    if one.gain is not None:
        told.append(_("gain {gain}", gain=f"{one.gain:.2f}"))
    if one.seconds is not None:
        told.append(_("{n} s", n=round(one.seconds)))
    if told:
        lines += page.block(" · ".join(told), "dim", indent=MARGIN + "    ")
    lines += _chosen(page, one.chosen)
    if one.hands:
        lines += page.block(_("by show of hands"), "dim", indent=MARGIN + "    ")
        lines += _chosen(page, one.hands)
    lines += [
        line
        for chosen in one.chosen
        if chosen.belief and chosen.n
        for line in page.block(f"{chosen.n} × “{chosen.belief}”", "warn", indent=MARGIN + "    ")
    ]
    return [*lines, ""]


def _chosen(page: Page, chosen: tuple[Chosen, ...]) -> list[str]:
    most = max((one.n for one in chosen), default=0) or 1
    marks = {True: f"{RIGHT} ", False: f"{WRONG} ", None: ""}
    return bars(page, [(f"  {marks[one.right]}{one.text}", one.n, str(one.n)) for one in chosen], most=most)


def _bars(page: Page, rows: list[tuple[str, Share]]) -> list[str]:
    return bars(page, [(name, share.value or 0.0, share.said) for name, share in rows], most=1.0)


def result_json(found: Results) -> dict[str, Any]:
    """The same for scripts, with every response."""
    return {
        "drill": found.drill,
        "name": found.name,
        "mode": found.mode,
        "at": found.at,
        "questions": [
            {
                "number": one.number,
                "card": one.card,
                "prompt": one.prompt,
                **share_json(one.share),
                "again": None if one.again is None else share_json(one.again),
                "gain": one.gain,
                "seconds": one.seconds,
                "chosen": [chosen._asdict() for chosen in one.chosen],
                "hands": [chosen._asdict() for chosen in one.hands],
            }
            for one in found.questions
        ],
        "students": [{"student": one.student, **share_json(one.share)} for one in found.students],
        "groups": [{"by": one.by.value, "group": one.group, **share_json(one.share)} for one in found.groups],
        "responses": [one._asdict() for one in found.responses],
    }


def share_json(share: Share) -> dict[str, Any]:
    """A share with its n and interval."""
    return {"n": share.n, "score": share.value, "interval": list(share.interval) if share.interval else None}
