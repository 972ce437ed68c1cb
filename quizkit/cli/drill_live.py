"""`quizkit drill host`, `resume` and `replay`: a drill on phones."""

from __future__ import annotations

import typer

live_app = typer.Typer(add_completion=False)
