"""`quizkit drill plan` and `list`: choosing what to drill."""

from __future__ import annotations

import typer

plan_app = typer.Typer(add_completion=False)
