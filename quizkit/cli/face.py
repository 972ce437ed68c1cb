"""Putting a session before whoever is at the other end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quizkit.cli.context import open_workspace, say_left_out

if TYPE_CHECKING:
    from quizkit.workspace import StudyRun


def study_now(decks: tuple[str, ...]) -> None:
    """Today's session over these decks (all, if none is named), with nothing else said."""
    from quizkit.workspace import Selection, start_study

    with open_workspace(None) as workspace:
        show(start_study(workspace, Selection(decks)))


def show(run: StudyRun, *, plain: bool = False, as_json: bool = False) -> None:
    """Run a session with the face that suits: JSON if asked for, lines for a pipe, the screen for a person."""
    on_screen = not as_json and not plain and sys.stdin.isatty() and sys.stdout.isatty()
    if not on_screen:
        say_left_out(run.left_out())
    if as_json:
        from quizkit.terminal import jsonl

        jsonl.study(run)
    elif not on_screen:
        from quizkit.terminal import plain as lines

        lines.study(run)
    else:
        from quizkit.terminal import interactive

        interactive.study(run)
