"""What changed between two states of decks, in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizkit.decks.compare import Change, What, asleep, kept, totals
from quizkit.i18n import _, ngettext
from quizkit.terminal.draw import MARGIN, Page

_SIGNS = {What.ADDED: "+", What.REMOVED: "-", What.REWORDED: "~", What.RENAMED: "→", What.MOVED: "⇒"}
_TONES = {What.ADDED: "good", What.REMOVED: "bad", What.REWORDED: "warn", What.RENAMED: "accent", What.MOVED: "accent"}


def change_lines(page: Page, changes: Sequence[Change], remembered: Mapping[str, int]) -> list[str]:
    """Each change with what it means, and the sums below."""
    if not changes:
        return [_("Nothing changed.")]
    lines: list[str] = []
    for change in changes:
        name = f"{change.old} → {change.key}" if change.what in (What.RENAMED, What.MOVED) else change.key
        first = f"{page.style(_SIGNS[change.what], _TONES[change.what], 'bold')} "
        lines += page.block(f"{name}: {_said(change)}", first=first, indent=MARGIN)
        lines += page.block(_meaning(change, remembered), "dim", indent=MARGIN * 2)
        if change.line:
            offer = _(
                "The same note as {old}? Add `{line}`: its memory comes along.", old=change.guess, line=change.line
            )
            lines += page.block(offer, "accent", indent=MARGIN * 2)
    counts = totals(changes)
    words = {
        What.ADDED: _("{n} added"),
        What.REMOVED: _("{n} removed"),
        What.REWORDED: _("{n} reworded"),
        What.RENAMED: _("{n} renamed"),
        What.MOVED: _("{n} moved"),
    }
    return [*lines, "", " · ".join(words[what].format(n=counts[what.value]) for what in What if counts[what.value])]


def _said(change: Change) -> str:
    parts = {
        What.ADDED: [_("added")],
        What.REMOVED: [_("removed")],
        What.REWORDED: [],
        What.RENAMED: [_("renamed")],
        What.MOVED: [_("moved")],
    }[change.what]
    if change.keys:
        parts.append(_("other {keys}", keys=", ".join(change.keys)))
    if change.what is not What.ADDED and change.gained:
        parts.append(_("cards added: {cards}", cards=", ".join(change.gained)))
    if change.what is not What.REMOVED and change.lost:
        parts.append(_("cards removed: {cards}", cards=", ".join(change.lost)))
    return "; ".join(parts)


def _meaning(change: Change, remembered: Mapping[str, int]) -> str:
    """What it means for those who learn the note."""
    if change.what is What.ADDED:
        return _("starts new for everybody")
    saved, sleeping = kept(change, remembered), asleep(change, remembered)
    parts = []
    if saved or not sleeping:
        parts.append(ngettext("{n} memory kept", "{n} memories kept", saved))
    if sleeping:
        parts.append(
            ngettext("{n} memory sleeps until it comes back", "{n} memories sleep until it comes back", sleeping)
        )
    if change.what is What.REMOVED and not sleeping:
        return _("nobody has learnt it yet")
    if change.gained:
        parts.append(ngettext("{n} card starts new", "{n} cards start new", len(change.gained)))
    return "; ".join(parts)
