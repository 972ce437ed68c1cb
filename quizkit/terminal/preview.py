"""Cards as a learner will see them, for whoever writes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from quizkit.i18n import _
from quizkit.terminal import draw
from quizkit.terminal.draw import Page

if TYPE_CHECKING:
    from quizkit.workspace.preview import Preview

CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def preview_lines(page: Page, views: Sequence[Preview]) -> list[str]:
    """All cards with their answers."""
    return [line for view in views for line in (*card_lines(page, view), *answer_lines(page, view), "")]


def card_lines(page: Page, view: Preview) -> list[str]:
    """A card as it is asked."""
    head = f"{view.question.card} · {view.kind} · {view.question.shape.value}"
    lines = [*page.block(head, "dim"), *draw.question(page, view.question, view.media)]
    lines += draw.options(page, view.question)
    return [*lines, ""] if view.question.options else lines


def answer_lines(page: Page, view: Preview) -> list[str]:
    """A card's answer, its explanation, and what is wrong with its note."""
    lines = draw.solution(page, view.solution.lines)
    for point in view.solution.points if view.solution.points != view.solution.lines else ():
        lines += page.block(point, first="    [ ] ", indent="        ")
    if view.explain:
        lines += ["", *page.block(view.explain)]
    for problem in view.problems:
        tone = "bad" if problem.is_error else "warn"
        lines += page.block(f"{problem.span.line}: {problem.message} {problem.fix}", tone, first="  ! ", indent="    ")
    return lines


def browse(
    page: Callable[[], Page], views: Sequence[Preview], langs: Sequence[str], speak: Callable[[str], list[Preview]]
) -> None:
    """Go through the cards with keys: n and p move, Enter shows the answer, l changes the language, q ends."""
    from quizkit.terminal.prompts import one_key

    at, tongue, shown = 0, 0, False
    while True:
        drawn = page()
        view = views[at]
        count = f"{at + 1}/{len(views)} · {view.question.lang or '–'}"
        lines = [*drawn.spread(view.note, count, "dim"), "", *card_lines(drawn, view)]
        if shown:
            lines += answer_lines(drawn, view)
        sys.stdout.write(CLEAR + "\n".join(lines) + "\n\n")
        sys.stdout.flush()
        key = one_key("nplq", _("Enter shows the answer · n next · p previous · l language · q ends"), drawn)
        if key == "q" or (key in ("n", "enter") and shown and at == len(views) - 1):
            return
        if key == "enter" and not shown:
            shown = True
        elif key == "l":
            tongue = (tongue + 1) % len(langs)
            views = speak(langs[tongue])
        else:
            at = max(0, at - 1) if key == "p" else min(len(views) - 1, at + 1)
            shown = False


def preview_json(view: Preview) -> dict[str, Any]:
    """A card for scripts, its answer included."""
    return {
        "card": view.question.card,
        "kind": view.kind,
        "shape": view.question.shape.value,
        "lang": view.question.lang,
        "prompt": view.question.prompt,
        "options": list(view.question.options),
        "lefts": list(view.question.lefts),
        "answer": list(view.solution.lines),
        "points": list(view.solution.points),
        "explain": view.explain,
        "media": list(view.media),
        "problems": [{"line": one.span.line, "code": one.rule.code, "message": one.message} for one in view.problems],
    }
