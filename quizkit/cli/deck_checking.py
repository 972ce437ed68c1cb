"""`quizkit deck check` and its kin: what is wrong with the decks, and mending it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import ngettext

checking_app = typer.Typer()


@checking_app.command(epilog="Examples: `quizkit deck check` · `quizkit deck check decks/7-timeline.yaml --examples`")
def check(
    ctx: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A folder of decks, or a file (default: the workspace's).")
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples", help="Also judge the responses listed under accepts and refuses.")
    ] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Everything wrong with the decks: what, where, and what to do. Exit code 1 when there are errors."""
    from quizkit.decks.check import check_decks, from_here
    from quizkit.terminal.problems import as_json as problem_json
    from quizkit.terminal.problems import render_all

    folder, remembered = path, {}
    if folder is None:
        with open_workspace(ctx, lang) as workspace:
            folder = workspace.places.decks
            remembered = workspace.remembered_notes()
    report = from_here(check_decks(folder, examples=examples, remembered=remembered))
    errors = sum(problem.is_error for problem in report.diagnostics)
    warnings = len(report.diagnostics) - errors
    if as_json:
        say_json(
            {
                "notes": report.notes,
                "cards": report.cards,
                "examples": report.examples,
                "errors": errors,
                "warnings": warnings,
                "diagnostics": [problem_json(problem) for problem in report.diagnostics],
            }
        )
    else:
        drawn = page()
        say(*render_all(report.diagnostics, report.files, drawn.style, drawn.columns))
        counts = [
            ngettext("{n} deck", "{n} decks", report.decks),
            ngettext("{n} note", "{n} notes", report.notes),
            ngettext("{n} card", "{n} cards", report.cards),
            *([ngettext("{n} example", "{n} examples", report.examples)] if examples else []),
            ngettext("{n} error", "{n} errors", errors),
            ngettext("{n} warning", "{n} warnings", warnings),
        ]
        say(" · ".join(counts))
    if errors:
        raise typer.Exit(1)


@checking_app.command()
def ids(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A deck file (default: all).")] = None,
    lang: Lang = None,
) -> None:
    """Write the ids that notes lack into their files. No other byte is changed."""
    from quizkit.decks.edit import add_ids
    from quizkit.decks.scan import scan

    if path is None:
        with open_workspace(ctx, lang) as workspace:
            path = workspace.places.decks
    elif not path.exists():
        raise QuizkitError(f"There is no {path}.", "Name a folder of decks, or a deck file.")
    total = 0
    for file in scan(path):
        added = add_ids(file.path, file.name)
        total += len(added)
        for name, line in added:
            say(f"{file.path}:{line}: {name}")
    say(ngettext("{n} id written.", "{n} ids written.", total))
