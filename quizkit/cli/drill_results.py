"""`quizkit drill results` and `quizkit report`: what came of drills."""

from __future__ import annotations

import typer

results_app = typer.Typer(add_completion=False)

report_app = typer.Typer(add_completion=False)
