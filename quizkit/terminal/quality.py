"""How well decks do, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.i18n import _, ngettext
from quizkit.reports.intervals import Interval
from quizkit.reports.items import LEAST, LEAST_FOR_DISCRIMINATION, Efficiency, Relation
from quizkit.reports.remarks import sentence
from quizkit.terminal.charts import table
from quizkit.terminal.draw import MARGIN, Page
from quizkit.workspace.answered import sources_said

if TYPE_CHECKING:
    from quizkit.workspace.quality import Quality, Suspect

MOST_FINDINGS = 12


def quality_lines(page: Page, found: Quality, title: str) -> list[str]:
    """What the text shows, how it reads, and what the answers show."""
    lines = [*page.block(title, "bold"), ""]
    lines += page.block(_("From the text"), "accent")
    texts = [*found.bias, *(f"{one.note}:{one.line} {one.message}" for one in found.findings)]
    for text in texts[:MOST_FINDINGS]:
        lines += page.block(text, first=f"{MARGIN}- ", indent=MARGIN * 2)
    if len(texts) > MOST_FINDINGS:
        lines.append(MARGIN + _("and {n} more (--json lists all)", n=len(texts) - MOST_FINDINGS))
    if not texts:
        lines.append(MARGIN + _("nothing to mend"))
    for one in found.readability:
        value = f"{one.value:.2f}" if abs(one.value) < 2 else f"{one.value:.1f}"
        said = f"{one.lang}: {one.measure} {value}, {one.length:.1f} per sentence"
        lines += page.block(said, "dim")
    lines += ["", *page.block(_("From learners' answers"), "accent")]
    if not found.answered:
        return [*lines, MARGIN + _("nobody has answered yet"), ""]
    first = ngettext("{n} first answer", "{n} first answers", found.answered)
    lines += page.block(f"{first}: {sources_said(found.sources)}")
    if found.suspects:
        rows = [
            (
                suspect.card.partition("/")[2],
                str(suspect.item.n),
                _share(suspect.item.facility, suspect.item.interval),
                _related(suspect.item.discrimination),
                _seconds(suspect.item.seconds),
            )
            for suspect in found.suspects
        ]
        head, *figures = table(
            page, (_("card"), "n", _("right"), _("tells apart"), _("seconds")), rows, right=(1, 2, 3, 4)
        )
        lines.append(head)
        for line, suspect in zip(figures, found.suspects, strict=True):
            lines += [line, *page.block(_sentence(suspect), first=f"{MARGIN}  → ", indent=MARGIN * 3)]
        few = _("–: fewer than {n} answers, or {m} for telling apart", n=LEAST, m=LEAST_FOR_DISCRIMINATION)
        lines += page.block(few, "dim")
    else:
        lines.append(MARGIN + _("no question stands out"))
    for near in found.near:
        text = _("{card}: “{typed}” was almost right {n} times", card=near.card, typed=near.typed, n=near.times)
        lines += page.block(text, first=f"{MARGIN}≈ ", indent=MARGIN * 2)
    return [*lines, ""]


def _share(value: float | None, interval: Interval | None) -> str:
    return "–" if value is None or interval is None else f"{value:.2f} ({interval.low:.2f}–{interval.high:.2f})"


def _related(relation: Relation | None) -> str:
    """A correlation with its interval."""
    if relation is None:
        return "–"
    return f"{relation.value:.2f} ({relation.interval.low:.2f}…{relation.interval.high:.2f})"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _sentence(suspect: Suspect) -> str:
    """What the figures mean, in plain words, and where they come from."""
    said = "; ".join(sentence(one, suspect.options) for one in suspect.remarks)
    return f"{said} ({sources_said(suspect.sources)})"


def relation_json(relation: Relation | Efficiency | None) -> dict[str, Any] | None:
    """A correlation, or what is made of one, with its interval and n, for scripts; None where there is none."""
    if relation is None:
        return None
    interval = None if relation.interval is None else list(relation.interval)
    return {"value": relation.value, "interval": interval, "n": relation.n}


def quality_json(found: Quality) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "deck": found.deck,
        "findings": [one._asdict() for one in found.findings],
        "bias": list(found.bias),
        "readability": [one._asdict() for one in found.readability],
        "answers": found.answered,
        "sources": dict(found.sources),
        "suspects": [
            {
                "card": one.card,
                "n": one.item.n,
                "facility": one.item.facility,
                "interval": list(one.item.interval) if one.item.interval else None,
                "discrimination": relation_json(one.item.discrimination),
                "efficiency": relation_json(one.item.efficiency),
                "point_biserial": relation_json(one.item.biserial),
                "seconds": one.item.seconds,
                "sources": dict(one.sources),
                "codes": [remark.code for remark in one.remarks],
                "said": [sentence(remark, one.options) for remark in one.remarks],
                "unpicked": list(one.unpicked),
                "leeches": one.leeches,
            }
            for one in found.suspects
        ],
        "almost": [one._asdict() for one in found.near],
    }
