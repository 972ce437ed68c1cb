"""`quizkit deck`: the decks there are, what is in them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json, write_text
from quizkit.cli.deck_authoring import authoring_app
from quizkit.cli.deck_checking import checking_app
from quizkit.cli.options import AsJson, Decks, Lang, Learner
from quizkit.i18n import _, ngettext

deck_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The decks: what is in them, and what is wrong with them."
)
deck_app.add_typer(authoring_app)
deck_app.add_typer(checking_app)


@deck_app.command("list")
def list_(ctx: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """The decks, with their notes and cards."""
    from quizkit.terminal.charts import table

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        rows = workspace.catalog.index.decks()
        faulty = workspace.catalog.faulty()
        broken = [row for row in faulty if row.error]
        mistakes = {row.path: row.mistakes for row in faulty}
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
                            "mistakes": mistakes.get(row.path, 0),
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
        for row in faulty:
            if not row.error:
                told = ngettext("{file} has {n} mistake", "{file} has {n} mistakes", row.mistakes, file=row.path)
                say(f"{told}: quizkit deck check")


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
                source = workspace.catalog.sources.get(workspace.catalog.deck_row(deck).source)
                cited = page().block(source.cited(workspace.langs), "dim") if source else []
                say(*outline_lines(page(), workspace.deck_title(deck), entries), *cited)
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
        say(*drawn.block(source.cited(workspace.langs), "bold"), "", *coverage_lines(drawn, found))


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
        if as_json:
            say_json([view._asdict() for view in views])
        elif svg is not None:
            say(_("Drawn into {file}", file=svg))
        else:
            say(*map_lines(page(), views))
