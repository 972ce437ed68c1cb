"""`quizkit drill results` and `quizkit report`: what came of drills."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Lang
from quizkit.i18n import _

results_app = typer.Typer(add_completion=False)

report_app = typer.Typer(add_completion=False)

Names = Annotated[bool, typer.Option("--names", help="Names instead of pseudonyms.")]


@results_app.command(
    epilog="Examples: `quizkit drill results` · `quizkit drill results 'Lesson 3' --names` · "
    "`quizkit drill results --xlsx lesson3.xlsx`"
)
def results(
    ctx: typer.Context,
    drill: Annotated[
        str | None,
        typer.Argument(metavar="[DRILL]", help="Its name or id (default: the latest)."),
    ] = None,
    names: Names = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Every response as a table.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="All of it as a spreadsheet.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """What came of a drill: per question, per student, per passage and argument, and every response."""
    from quizkit.terminal.results import result_json, result_lines
    from quizkit.workspace.drill_results import results_of
    from quizkit.workspace.result_files import csv_of, workbook_of

    with open_workspace(ctx, lang) as workspace:
        found = results_of(workspace, drill, names=names)
        if csv is not None:
            # A spreadsheet takes a file without this mark for another encoding.
            write_text(csv, "\ufeff" + csv_of(found))
            say(_("Written to {file}", file=csv))
        if xlsx is not None:
            write_text(xlsx, workbook_of(found))
            say(_("Written to {file}", file=xlsx))
        if as_json:
            say_json(result_json(found))
        elif csv is None and xlsx is None:
            say(*result_lines(page(), found))
