"""`quizkit drill print` and `enter`: a drill on paper."""

from __future__ import annotations

import typer

paper_app = typer.Typer(add_completion=False)
