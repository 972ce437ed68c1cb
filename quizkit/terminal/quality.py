"""How well decks do, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.i18n import _, ngettext
from quizkit.reports.items import LEAST, LEAST_FOR_DISCRIMINATION
from quizkit.terminal.charts import table
from quizkit.terminal.draw import MARGIN, Page

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
    lines.append(MARGIN + ngettext("{n} first answer", "{n} first answers", found.answered))
    if found.suspects:
        rows = [
            (
                suspect.card.partition("/")[2],
                str(suspect.item.n),
                _share(suspect.item.facility),
                _share(suspect.item.discrimination),
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


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _sentence(suspect: Suspect) -> str:
    """What the figures mean, in plain words."""
    words = {
        "hard": _("most get it wrong: is it taught, and is it clear?"),
        "easy": _("nearly all get it right: it teaches little"),
        "negative-discrimination": _("the better learners get it wrong more often: is the key right?"),
        "poor-discrimination": _("says little about who knows the rest"),
        "slow": _("takes much longer than the others"),
        "unpicked-distractor": _("nobody picks {options}", options=", ".join(f"“{one}”" for one in suspect.unpicked)),
        "leech": ngettext("{n} learner keeps forgetting it", "{n} learners keep forgetting it", suspect.leeches),
    }
    return "; ".join(words[code] for code in suspect.codes)


def quality_json(found: Quality) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "deck": found.deck,
        "findings": [one._asdict() for one in found.findings],
        "bias": list(found.bias),
        "readability": [one._asdict() for one in found.readability],
        "answers": found.answered,
        "suspects": [
            {
                "card": one.card,
                "n": one.item.n,
                "facility": one.item.facility,
                "interval": list(one.item.interval) if one.item.interval else None,
                "discrimination": one.item.discrimination,
                "seconds": one.item.seconds,
                "codes": list(one.codes),
                "unpicked": list(one.unpicked),
                "leeches": one.leeches,
            }
            for one in found.suspects
        ],
        "almost": [one._asdict() for one in found.near],
    }
