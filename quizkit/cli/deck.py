"""`quizkit deck`: the decks there are, what is in them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Decks, Lang, Learner
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

deck_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The decks: what is in them, and what is wrong with them."
)


@deck_app.command("list")
def list_(ctx: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """The decks, with their notes and cards."""
    from quizkit.terminal.charts import table

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        rows = workspace.catalog.index.decks()
        broken = [row for row in workspace.catalog.index.files().values() if row.error]
        if as_json:
            say_json(
                {
                    "decks": [
                        {
                            "deck": row.id,
                            "title": workspace.deck_title(row.id),
                            "file": row.path,
                            "notes": row.notes,
                            "cards": row.cards,
                            "retention": row.retention,
                        }
                        for row in rows
                    ],
                    "unreadable": [{"file": row.path, "error": row.error} for row in broken],
                }
            )
            return
        lines = [
            (row.id, workspace.deck_title(row.id), str(row.notes), str(row.cards))
            for row in sorted(rows, key=lambda row: row.path)
        ]
        if not rows:
            say(_("There are no decks in {folder}.", folder=workspace.places.decks))
        else:
            say(*table(page(), (_("deck"), _("title"), _("notes"), _("cards")), lines, right=(2, 3)))
        for row in broken:
            say(_("{file} can't be read: {error}", file=row.path, error=row.error))


@deck_app.command()
def show(
    ctx: typer.Context,
    deck: Annotated[str, typer.Argument(metavar="DECK", help="The deck's id.")],
    outline: Annotated[bool, typer.Option("--outline", help="As a study guide, with answers.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """A deck's notes: kind, id and question; or the whole deck as a study guide."""
    from quizkit.terminal.charts import table
    from quizkit.terminal.overview import outline_lines
    from quizkit.workspace.insight import deck_notes, outline_of

    with open_workspace(ctx, lang) as workspace:
        if outline:
            entries = outline_of(workspace, deck)
            if as_json:
                say_json([entry._asdict() for entry in entries])
            else:
                say(*outline_lines(page(), workspace.deck_title(deck), entries))
            return
        notes = deck_notes(workspace, deck)
        if as_json:
            say_json(
                {
                    "deck": deck,
                    "title": workspace.deck_title(deck),
                    "notes": [
                        {
                            "id": note.id,
                            "kind": note.kind,
                            "line": note.span.line,
                            "prompt": prompt,
                            "cards": [card.key for card in note.cards()],
                            "cite": list(note.cite),
                            "tags": list(note.tags),
                        }
                        for note, prompt in notes
                    ],
                }
            )
            return
        drawn = page()
        say(*drawn.block(workspace.deck_title(deck), "bold"), "")
        rows = [(note.kind, note.id, prompt, " ".join(note.cite)) for note, prompt in notes]
        say(*table(drawn, (_("kind"), _("note"), _("question"), _("cites")), rows))


@deck_app.command(epilog="Examples: `quizkit deck check` · `quizkit deck check decks/7-timeline.yaml --examples`")
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


@deck_app.command()
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


@deck_app.command(epilog="Examples: `quizkit deck coverage` · `quizkit deck coverage timeline --json`")
def coverage(ctx: typer.Context, decks: Decks = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Which passages of the source are asked, how often, and where only recall is."""
    from quizkit.terminal.overview import coverage_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.overview import coverage_of

    with open_workspace(ctx, lang) as workspace:
        source, found = coverage_of(workspace, Selection(tuple(decks or ())))
        if as_json:
            say_json(
                {
                    "source": source.id,
                    "passages": [{**row._asdict(), "kinds": dict(row.kinds)} for row in found.passages],
                    "only_recall": [row.passage for row in found.passages if row.only_recall],
                    "uncited": list(found.uncited),
                }
            )
            return
        drawn = page()
        say(*drawn.block(source.title.pick(workspace.langs), "bold"), "", *coverage_lines(drawn, found))


@deck_app.command("map", epilog="Examples: `quizkit deck map` · `quizkit deck map arguments --svg map.svg`")
def map_(
    ctx: typer.Context,
    decks: Decks = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it into an SVG file.")] = None,
    learner: Learner = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """The arguments: claims, grounds and rebuttals, and how well each is known."""
    from quizkit.terminal.overview import map_lines, map_svg
    from quizkit.workspace import Selection
    from quizkit.workspace.overview import arguments_of

    with open_workspace(ctx, lang) as workspace:
        views = arguments_of(workspace, Selection(tuple(decks or ())), learner)
        if svg is not None:
            write_text(svg, map_svg(_("The arguments"), views))
            say(_("Drawn into {file}", file=svg))
        elif as_json:
            say_json([view._asdict() for view in views])
        else:
            say(*map_lines(page(), views))
