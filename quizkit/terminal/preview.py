"""Cards as a learner will see them, for whoever writes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quizkit.i18n import _
from quizkit.terminal import draw
from quizkit.terminal.draw import Page

if TYPE_CHECKING:
    from quizkit.diagnostics import Diagnostic
    from quizkit.workspace.preview import Preview

CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def preview_lines(page: Page, views: Sequence[Preview]) -> list[str]:
    """All cards with their answers."""
    return [line for view in views for line in (*card_lines(page, view), *answer_lines(page, view), "")]


def card_lines(page: Page, view: Preview) -> list[str]:
    """A card as it is asked, below its key and kind."""
    return [*page.block(_head(view), "dim"), *asked_lines(page, view)]


def asked_lines(page: Page, view: Preview) -> list[str]:
    """A card as it is asked."""
    lines = [*draw.question(page, view.question, view.media), *draw.options(page, view.question)]
    return [*lines, ""] if view.question.options else lines


def _head(view: Preview) -> str:
    return f"{view.question.card} · {view.kind} · {view.question.shape.value}"


def answer_lines(page: Page, view: Preview) -> list[str]:
    """A card's answer, its explanation, and what is wrong with its note."""
    lines = draw.solution(page, view.solution.lines)
    for point in view.solution.points if view.solution.points != view.solution.lines else ():
        lines += page.block(point, first="    [ ] ", indent="        ")
    lines += draw.media(page, view.answer_media)
    if view.explain:
        lines += ["", *page.block(view.explain)]
    return [*lines, *problem_lines(page, view.problems)]


def problem_lines(page: Page, problems: Iterable[Diagnostic]) -> list[str]:
    """What is wrong, a paragraph each, with the line in the file."""
    lines: list[str] = []
    for problem in problems:
        tone = "bad" if problem.is_error else "warn"
        told = f"{problem.rule.severity.value} · {problem.span.line}: {problem.message} {problem.fix}"
        lines += page.block(told, tone, first="  ! ", indent="    ")
    return lines


def browse(
    page: Callable[[], Page], views: Sequence[Preview], langs: Sequence[str], speak: Callable[[str], list[Preview]]
) -> None:
    """Go through the cards with keys: arrows move, Enter shows the answer, l changes the language, q ends."""
    from quizkit.terminal.prompts import one_key

    at, tongue, shown = 0, 0, False
    while True:
        drawn = page()
        view = views[at]
        count = f"{at + 1}/{len(views)} · {view.question.lang or langs[tongue]}"
        lines = [*drawn.spread(_head(view), count, "dim"), "", *asked_lines(drawn, view)]
        if shown:
            lines += answer_lines(drawn, view)
        sys.stdout.write(CLEAR + "\n".join(lines) + "\n\n")
        sys.stdout.flush()
        key = one_key(
            ("n", "p", "l", "q", "left", "right"),
            _("Enter shows the answer · ← → other cards · l language · q ends"),
            drawn,
        )
        onward = key in ("n", "right", "enter")
        if key == "q" or (onward and shown and at == len(views) - 1):
            return
        if key == "enter" and not shown:
            shown = True
        elif key == "l":
            tongue = (tongue + 1) % len(langs)
            views = speak(langs[tongue])
        else:
            at = min(len(views) - 1, at + 1) if onward else max(0, at - 1)
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
        "answer_media": list(view.answer_media),
        "problems": [{"line": one.span.line, "code": one.rule.code, "message": one.message} for one in view.problems],
    }
