"""What an import understood, and what is lost on the way in or out, in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.columns import clip
from quizkit.formats.flat import back_of, front_of
from quizkit.i18n import _, ngettext
from quizkit.markup import plain
from quizkit.terminal.draw import Page

if TYPE_CHECKING:
    from quizkit.formats.item import Item, Loss
    from quizkit.workspace.importing import Plan


LINES_SHOWN = 6
"""Of a question, and of its answer: roughly."""
PLACES_SHOWN = 8
"""Of the questions that are left out for one reason, how many are named."""


def parcel_lines(page: Page, title: str, file: Path, plans: Sequence[Plan], *, losses: int, cards: int) -> list[str]:
    """Counts, the first cards, what would be written where, and what can't be carried."""
    items = [item for plan in plans for item in plan.parcel.items]
    kinds = Counter(item.kind for item in items)
    lines = [*page.block(f"{file.name} · {title}", "bold")]
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    lines += page.block(
        f"{ngettext('{n} question', '{n} questions', len(items))}: {counted}" if items else _("nothing")
    )
    if reviews := sum(len(plan.parcel.reviews) for plan in plans):
        lines += page.block(ngettext("{n} review", "{n} reviews", reviews))
    lost = [loss for plan in plans for loss in plan.losses]
    if not items:
        return lines + loss_lines(page, lost, losses)
    lines.append("")
    most = page.columns * LINES_SHOWN
    for item in items[:cards]:
        lines += page.block(f"? {clip(plain(front_of(item)), most)}")
        lines += page.block(f"  → {clip(answer_of(item), most)}", "dim")
    if len(items) > cards:
        lines.append("…")
    lines.append("")
    for plan in plans:
        state = _("as it is") if plan.exists else _("new")
        counts = [
            ngettext("{n} to add", "{n} to add", len(plan.added)),
            ngettext("{n} to change", "{n} to change", len(plan.changes)),
            ngettext("{n} unchanged", "{n} unchanged", plan.same),
        ]
        lines += page.block(f"{plan.path} ({state}): {', '.join(counts)}")
        lines += _told_apart(page, plan, cards)
    return lines + loss_lines(page, lost, losses)


def _told_apart(page: Page, plan: Plan, most: int) -> list[str]:
    """Which questions are taken for others in new words, and what is told apart that may be the same."""
    indent = "    "
    lines: list[str] = []
    renewed = [change for change in plan.changes if change.after]
    if renewed:
        said = ngettext(
            "{n} question is the same in other words, and what was learnt of it stays:",
            "{n} questions are the same in other words, and what was learnt of them stays:",
            len(renewed),
        )
        lines += page.block(said, indent=indent)
    lines += _before_and_after(page, [(change.before, change.after) for change in renewed], most, indent + "  ")
    replaced = [(one.before, one.after) for change in plan.changes for one in change.replaced]
    if replaced:
        said = ngettext(
            "{n} text was changed here and in the file: the file's takes the place of yours:",
            "{n} texts were changed here and in the file: the file's take the place of yours:",
            len(replaced),
        )
        lines += page.block(said, indent=indent)
    lines += _before_and_after(page, replaced, most, indent + "  ")
    if plan.gone and plan.added:
        said = ngettext(
            "{n} note from an earlier file isn't in this one: it stays as it is. A question that is reworded is known "
            "again by its name: in a table, give each row one in a column called id.",
            "{n} notes from an earlier file aren't in this one: they stay as they are. A question that is reworded is "
            "known again by its name: in a table, give each row one in a column called id.",
            plan.gone,
        )
        lines += page.block(said, indent=indent)
    for one in plan.elsewhere:
        said = ngettext(
            "{n} of these questions is in the deck {deck} already: it would be there twice. Import into that deck to "
            "bring it up to date.",
            "{n} of these questions are in the deck {deck} already: they would be there twice. Import into that deck "
            "to bring them up to date.",
            one.notes,
            deck=one.deck,
        )
        lines += page.block(said, indent=indent)
    return lines


def _before_and_after(page: Page, texts: Sequence[tuple[str, str]], most: int, indent: str) -> list[str]:
    lines: list[str] = []
    for both in texts[:most]:
        before, after = (clip(" ".join(plain(text).split()), page.columns) or "–" for text in both)
        lines += page.block(f"{before} → {after}", indent=indent)
    return [*lines, f"{indent}…"] if len(texts) > most else lines


_NOTHING = "-"


def ask_columns(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What each column of a table without a header holds: our fields, each with the number of its column.

    Raises KeyboardInterrupt when left with Ctrl-C.
    """
    from quizkit.terminal.prompts import menu

    words = {
        "question": _("the question"),
        "answer": _("the answer"),
        "also": _("other right answers"),
        "wrong": _("a wrong option"),
        "explain": _("an explanation"),
        "tags": _("tags"),
        _NOTHING: _("nothing that is wanted"),
    }
    columns: dict[str, str] = {}
    for number in range(max(map(len, rows))):
        sample = next((row[number] for row in rows if number < len(row) and row[number].strip()), "")
        left = {name: word for name, word in words.items() if name not in columns}
        text = _("Column {n} (“{sample}”) holds", n=number + 1, sample=clip(" ".join(sample.split()), 40))
        name = menu(text, left)
        if not name:
            raise KeyboardInterrupt
        if name != _NOTHING:
            columns[name] = str(number + 1)
    return columns


def answer_of(item: Item) -> str:
    """An item's answer in a line."""
    if item.kind in ("choice", "multi"):
        return " / ".join(plain(option.text) for option in item.options if option.right)
    if item.kind == "truefalse":
        return _("True") if item.true else _("False")
    if item.kind == "match":
        return " / ".join(f"{plain(left)} — {plain(right)}" for left, right in item.pairs)
    if item.kind == "cloze":
        return " ".join(plain(back_of(item)).split())
    if item.members:
        return " / ".join(plain(member[0]) for member in item.members)
    return " ".join(plain(item.answers[0]).split()) if item.answers else ""


def loss_lines(page: Page, losses: Sequence[Loss], most: int) -> list[str]:
    """What can't be carried: each reason once, with where, or how often and where first.

    The questions that are left out come first, with every reason; of what is lost of others there are `most` reasons.
    """
    if not losses:
        return []
    lines = ["", *page.block(_("What isn't carried as it is:"), "bold")]
    for what, wheres in _by_reason(loss for loss in losses if loss.whole).items():
        more = f" … ({len(wheres)})" if len(wheres) > PLACES_SHOWN else ""
        lines += page.block(f"- {', '.join(wheres[:PLACES_SHOWN])}{more}: {what}")
    reasons = _by_reason(loss for loss in losses if not loss.whole)
    for what, wheres in list(reasons.items())[:most]:
        more = f" … ({len(wheres)})" if len(wheres) > 1 else ""
        lines += page.block(f"- {wheres[0]}{more}: {what}" if wheres[0] else f"- {what}{more}")
    if len(reasons) > most:
        lines.append(
            ngettext(
                "and {n} more reason (--json lists all)", "and {n} more reasons (--json lists all)", len(reasons) - most
            )
        )
    return [*lines, ""]


def _by_reason(losses: Iterable[Loss]) -> dict[str, list[str]]:
    """Where each thing was lost."""
    reasons: dict[str, list[str]] = {}
    for loss in losses:
        reasons.setdefault(loss.what, []).append(loss.where)
    return reasons
