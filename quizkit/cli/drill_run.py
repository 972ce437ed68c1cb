"""`quizkit drill run`: a drill for a room without devices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, say, say_left_out
from quizkit.cli.options import Lang, deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.workspace import Workspace
    from quizkit.workspace.drill_running import Running

run_app = typer.Typer(add_completion=False)


@run_app.command(
    epilog="Examples: `quizkit drill run 3B` · `quizkit drill run 3B timeline --seconds 60 --teams red,blue` · "
    "`quizkit drill run --resume`"
)
def run(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CLASS] [DECK]...",
            help="The class, and decks to take cards from; with --resume the drill (the latest).",
            show_default=False,
            autocompletion=deck_names,
        ),
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="A drill file, as `drill plan` writes it.")] = None,
    cards: Annotated[
        int | None, typer.Option(min=1, max=200, metavar="N", help="How many cards (10, or all of the file).")
    ] = None,
    seconds: Annotated[
        int | None, typer.Option(min=0, max=3600, metavar="N", help="Time for a question; 0 for no limit (30).")
    ] = None,
    teams: Annotated[
        str, typer.Option(metavar="A,B", help="Teams: their names, how many, or `groups` for those of the roster.")
    ] = "",
    seed: Annotated[
        str | None, typer.Option(metavar="SEED", help="Call as this seed says, the same every time.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a drill that was left or broke off.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for pipes and screen readers.")] = False,
    lang: Lang = None,
) -> None:
    """Drill a class aloud, on one screen: calls on students at random and fairly; the teacher marks with a key.

    Every mark is kept at once. `?` shows the keys: right, almost, wrong, another student, raised hands, undo.
    """
    from quizkit.workspace.drill_beginning import begin_run, resume_run
    from quizkit.workspace.drill_choosing import chosen

    named = tuple(names or ())
    if not (resume or named or file):
        raise QuizkitError(_("Which class?"), _("Name a class or a deck: quizkit drill run CLASS"))
    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        if resume:
            running = resume_run(workspace, named[0] if named else None)
        else:
            what = chosen(workspace, named, file=file, cards=cards, seed=seed)
            program = what.program if seconds is None else what.program._replace(seconds=seconds)
            running = begin_run(workspace, program, what.room, teams)
        say_left_out(workspace.catalog.left_out())
        _hold(workspace, running, plain=plain)


def _hold(workspace: Workspace, running: Running, *, plain: bool) -> None:
    """Hold the drill with the face that suits; whatever happens, what was marked becomes reviews."""
    from quizkit.terminal.drilling_screen import hold, hold_lines, left_line

    try:
        if plain or not at_terminal():
            hold_lines(running)
        else:
            hold(running, workspace.clock.stopwatch)
    finally:
        reviews = running.record.settle()
    say(ngettext("{n} review in the students' logs.", "{n} reviews in the students' logs.", reviews))
    say(left_line(running) or _("What came of it: quizkit drill results {id}", id=running.record.id[:13]))
