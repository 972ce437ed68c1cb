"""`quizkit drill`: a whole class, with or without devices."""

from __future__ import annotations

import typer

from quizkit.cli.drill_live import live_app
from quizkit.cli.drill_paper import paper_app
from quizkit.cli.drill_plan import plan_app
from quizkit.cli.drill_results import results_app
from quizkit.cli.drill_run import run_app

drill_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Drill a class: on phones, aloud, or on paper."
)
drill_app.add_typer(plan_app)
drill_app.add_typer(live_app)
drill_app.add_typer(run_app)
drill_app.add_typer(paper_app)
drill_app.add_typer(results_app)
