"""`quizkit drill results` and `quizkit report`: what came of drills."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Lang, Names
from quizkit.i18n import _

results_app = typer.Typer(add_completion=False)

report_app = typer.Typer(add_completion=False)


@results_app.command(
    epilog="Examples: `quizkit drill results` · `quizkit drill results 'Lesson 3' --names` · "
    "`quizkit drill results --xlsx lesson3.xlsx`"
)
def results(
    ctx: typer.Context,
    drill: Annotated[
        str | None,
        typer.Argument(metavar="[DRILL]", help="Its name or id (default: the latest with answers)."),
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
        if xlsx is not None:
            write_text(xlsx, workbook_of(found))
        written = [file for file in (csv, xlsx) if file is not None]
        if as_json:
            say_json(result_json(found))
        elif written:
            say(*(_("Written to {file}", file=file) for file in written))
        else:
            say(*result_lines(page(), found))


class From(StrEnum):
    """Where answers were given."""

    LIVE = "live"
    RUN = "run"
    PAPER = "paper"
    SOLO = "solo"


@report_app.command(
    epilog="Examples: `quizkit report 2B` · `quizkit report 2B --html 2B.html --names` · "
    "`quizkit report 2B --from live --from paper`"
)
def report(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="CLASS", help="The class.")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="As a page, to show or to print.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    names: Names = False,
    from_: Annotated[
        list[From] | None, typer.Option("--from", help="Only answers from there; may be repeated (default: all).")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """What a class has understood, who needs help with what, what to drill next, and which questions are bad."""
    from quizkit.sheets.report_page import make_report_page
    from quizkit.terminal.class_report import report_json, report_lines
    from quizkit.workspace.answered import Source
    from quizkit.workspace.class_report import class_report
    from quizkit.workspace.report_words import report_of

    with open_workspace(ctx, lang) as workspace:
        found = class_report(workspace, name, sources=[Source(one.value) for one in from_ or ()], names=names)
        if open_ and html is None:
            html = Path(f"{found.classroom.id}.html")
        if html is not None:
            write_text(html, make_report_page(report_of(found)))
            if not as_json:
                say(_("Written to {file}", file=html))
        if open_ and html is not None:
            typer.launch(html.absolute().as_uri())
        if as_json:
            say_json(report_json(found))
        elif html is None:
            say(*report_lines(page(), report_of(found)))
