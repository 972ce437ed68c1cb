"""Drawing a drill for a whole room: large and in the middle. Values in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from quizkit.columns import clip, harmless, pad, width, wrap
from quizkit.i18n import _, ngettext
from quizkit.markup import plain
from quizkit.model import Judged, Outcome
from quizkit.terminal import draw
from quizkit.terminal.countdown import TALLY_DIGITS, Tally
from quizkit.terminal.digits import large
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.words import SYMBOLS

if TYPE_CHECKING:
    from quizkit.drills.floor import Score
    from quizkit.workspace.drill_running import View

MEASURE = 72
"""Columns of the longest line: large enough to fill a screen, short enough to be read at a glance."""
LAST_SECONDS = 5
_LABEL = 6
"""Columns for an option's letter, with the mark of a right one before it."""
_WIDEST, _NAME_ROOM, _MOST_ACROSS = 1_000, 34, 4
"""Columns beyond which nobody sees a screen; columns for a name with its points."""


def digit_lines(page: Page, seconds: int) -> list[str]:
    """The time left, in large digits."""
    tone = ("bad", "bold") if seconds <= LAST_SECONDS else ("accent",)
    shown = large(f"{seconds // 60}:{seconds % 60:02}" if seconds >= 60 else str(seconds))
    return [centred(page, page.style(line, *tone), width(line)) for line in shown]


def slide_lines(page: Page, view: View) -> list[str]:
    """A slide."""
    lines = [line for part in view.slide.split("\n") for line in middle(page, plain(part), "bold")]
    return [*lines, "", *middle(page, draw.media_count(len(view.media), "o"), "accent")] if view.media else lines


def whose_lines(page: Page, view: View) -> list[str]:
    """Who is called, and how those fared who were called before."""
    lines = []
    if view.called:
        name = f"▶  {harmless(view.called.name)}" + (f"  ·  {harmless(view.team)}" if view.team else "")
        lines += middle(page, name, "bold", "accent")
    elif not view.poll:
        lines += middle(
            page,
            _("Everybody: raise your hands") if view.question and view.question.options else _("Everybody"),
            "accent",
        )
    said = [f"{SYMBOLS[_outcome(score)]} {harmless(name)}" for name, score in view.said if score is not None]
    if said:
        lines += middle(page, "   ".join(said), "dim")
    return [*lines, ""]


def question_lines(page: Page, view: View, *, airy: bool) -> list[str]:
    """The question with its options, and the answer once it is shown. `airy`: with space between them."""
    asked = view.question
    assert asked is not None
    gap = [""] if airy else []
    notes = [text.render() for text in (asked.instruction, asked.placeholder) if text]
    lines = [
        line for part in asked.prompt.split("\n") for line in (middle(page, plain(part), "bold") if part else [""])
    ]
    lines += middle(page, " · ".join(notes), "dim") if notes else []
    if view.media:
        lines += middle(page, draw.media_count(len(view.media), "o"), "accent")
    lines += [*gap, ""] if asked.options or asked.lefts or view.judged else []
    lines += _option_lines(page, view, airy=airy)
    if view.judged:
        lines += ["", *_answer_lines(page, view.judged)]
    return lines


def _option_lines(page: Page, view: View, *, airy: bool) -> list[str]:
    """The options as a block in the middle, the right ones marked once the answer is shown.

    Beside them are the hands raised for each, where they were counted.
    """
    asked = view.question
    assert asked is not None
    rows = [(f"{chr(97 + place)})", left, "", False) for place, left in enumerate(asked.lefts)]
    counted = {hand.text: hand for hand in view.hands}
    most = max((hand.n for hand in view.hands), default=0)
    for place, option in enumerate(asked.options):
        hand = counted.get(option)
        figure = "" if hand is None else f"{draw.bar(hand.n / max(most, 1), 12, page.style)} {hand.n:>3}"
        rows.append((ascii_uppercase[place] + ".", option, figure, place in view.right))
    figures = bool(view.hands)
    beside = _LABEL + (20 if figures else 0)
    room = measure(page) - beside
    broad = max((min(width(plain(text)), room) for _label, text, _figure, _right in rows), default=0)
    left = MARGIN + " " * max(0, (page.inner - broad - beside) // 2)
    lines: list[str] = []
    for number, (label, text, figure, right) in enumerate(rows):
        if airy and number:
            lines.append("")
        if number == len(asked.lefts) and asked.lefts:
            lines.append("")
        first, *rest = wrap(harmless(plain(text)), room)
        lines.append(
            left
            + page.style(pad(("✓ " if right else "  ") + label, _LABEL), "bold", *(("good",) if right else ()))
            + pad(first, broad)
            + (f"  {figure}" if figure else "")
        )
        lines += [f"{left}{' ' * _LABEL}{line}" for line in rest]
    if view.share is not None and view.settled:
        told = _("right: {share}", share=f"{view.share:.0%}")
        told += " · " + _("gain by discussing: {gain}", gain=f"{view.gain:.2f}") if view.gain is not None else ""
        lines += ["", *middle(page, told)]
    return lines


def _answer_lines(page: Page, judged: Judged) -> list[str]:
    # One under the other: the items of a list don't dance.
    answer = [part for line in judged.solution.lines for part in wrap(harmless(plain(line)), measure(page) - 2)]
    broad = max(map(width, answer), default=0) + 2
    arrows = ["→ ", *["  "] * len(answer)]
    lines = [
        centred(page, page.style(arrow + line, "good", "bold"), broad)
        for arrow, line in zip(arrows, answer, strict=False)
    ]
    if judged.explain:
        lines += ["", *(line for part in judged.explain.split("\n") for line in middle(page, plain(part)))]
    if judged.cite:
        lines += middle(page, " ".join(judged.cite), "dim")
    return lines


def tally_lines(page: Page, options: Sequence[str], tally: Tally) -> list[str]:
    """Counts of raised hands, as they are typed."""
    room = min(MEASURE, page.inner) - 12
    lines = [*middle(page, _("How many hands for each?"), "bold"), ""]
    for place, option in enumerate(options):
        here = place == tally.at
        count = tally.typed[place].rjust(TALLY_DIGITS)
        named = pad(clip(harmless(plain(option)), room), room)
        text = f"{'❯' if here else ' '} {ascii_uppercase[place]}. {named} {count}"
        lines.append(MARGIN + page.style(text, *(("accent",) if here else ())))
    return lines


def score_lines(
    page: Page, title: str, scores: Sequence[Score], teams: Sequence[Score], away: Sequence[str]
) -> list[str]:
    """Points of teams and people, and who is away."""
    lines = [*middle(page, title, "bold"), ""]
    if teams:
        lines += [*_table(page, teams, 2), ""]
    answered = [score for score in scores if score.answers]
    lines += _table(page, answered, min(max(1, page.inner // _NAME_ROOM), _MOST_ACROSS))
    if away:
        names = ", ".join(map(harmless, away))
        lines += ["", *middle(page, _("Away: {names}", names=names), "dim")]
    return lines


def help_lines(page: Page) -> list[str]:
    """All keys."""
    rows = (
        ("r  a  w", _("right, almost, wrong: the word on whoever was called")),
        ("1 2 3 …", _("whoever was called picked this option")),
        ("Enter", _("shows the answer, then goes on")),
        ("c", _("calls somebody else on the same question")),
        ("x  j", _("isn't here · all are here again")),
        ("h  d", _("count raised hands · discuss, then count again")),
        ("p  +", _("hold the clock · half a minute more")),
        ("s", _("skip the question")),
        ("o", _("open the pictures and sounds with it")),
        ("u", _("undo")),
        ("b", _("scores")),
        ("q", _("leave: everything is kept, `drill run --resume` goes on")),
    )
    left = MARGIN + " " * max(0, (page.inner - 66) // 2)
    return [f"{left}{page.style(pad(keys, 9), 'bold')}{clip(text, page.inner - 9)}" for keys, text in rows]


def centred(page: Page, text: str, columns: int) -> str:
    """A text that takes so many columns, in the middle."""
    return MARGIN + " " * max(0, (page.inner - columns) // 2) + text


def measure(page: Page) -> int:
    """Columns of a line: what reads a pipe wraps for itself."""
    return page.inner if page.columns > _WIDEST else min(MEASURE, page.inner)


def middle(page: Page, text: str, *names: str) -> list[str]:
    """A text wrapped to a measure that can be read from afar, each line in the middle."""
    lines = wrap(harmless(text), measure(page))
    return [centred(page, page.style(line, *names), width(line)) for line in lines]


def _table(page: Page, scores: Sequence[Score], across: int) -> list[str]:
    """Names and points in columns, read downwards."""
    if not scores:
        return []
    each = min(page.inner // across, _NAME_ROOM + 10)
    cells = [
        f"{pad(clip(harmless(score.name), each - 12), each - 12)} {score.points:>4g}/{score.answers}"
        for score in scores
    ]
    deep = -(-len(cells) // across)
    return [MARGIN + "".join(pad(cell, each) for cell in cells[row::deep]).rstrip() for row in range(deep)]


def _outcome(score: float) -> Outcome:
    return Outcome.RIGHT if score >= 1 else Outcome.WRONG if score <= 0 else Outcome.ALMOST


def hands_line(view: View) -> str:
    """The hands raised, in a line."""
    parts = [f"{ascii_uppercase[place]} {hand.n}" for place, hand in enumerate(view.hands)]
    total = sum(hand.n for hand in view.hands)
    return f"{' · '.join(parts)} ({ngettext('{n} hand', '{n} hands', total)})"
