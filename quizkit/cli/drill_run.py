"""`quizkit drill run`: a drill for a room without devices."""

from __future__ import annotations

import typer

run_app = typer.Typer(add_completion=False)
