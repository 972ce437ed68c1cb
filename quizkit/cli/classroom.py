"""`quizkit class`: rosters of classes."""

from __future__ import annotations

import typer

class_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Classes: who is in them. Students are learners."
)
