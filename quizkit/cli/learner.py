"""`quizkit learner`: who learns here."""

from __future__ import annotations

from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, say, say_json
from quizkit.cli.options import AsJson, Lang
from quizkit.i18n import _

learner_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Who learns here. Each learner has a memory of their own."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The learner's name, or id.")]


@learner_app.command("list")
def list_(ctx: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """The learners; the one in use is marked."""
    with open_workspace(ctx, lang) as workspace:
        current = workspace.store.current_learner()
        learners = workspace.store.learners()
        if as_json:
            say_json([{"id": who.id, "name": who.name, "in_use": who.id == current} for who in learners])
            return
        for who in learners:
            mark = "*" if who.id == current else " "
            say(f"{mark} {who.name}" + (f" ({who.id})" if who.id != who.name else ""))


@learner_app.command(epilog="Example: `quizkit learner add Mina --use`")
def add(
    ctx: typer.Context,
    name: Name,
    use_now: Annotated[bool, typer.Option("--use", help="Use this learner from now on.")] = False,
    lang: Lang = None,
) -> None:
    """Welcome another learner."""
    with open_workspace(ctx, lang) as workspace:
        learner = workspace.store.add_learner(name)
        if use_now:
            workspace.store.use_learner(learner)
            say(_("Welcome, {name}. From now on `quizkit study` is yours.", name=name))
        else:
            say(_("Welcome, {name}. Study with: quizkit study --learner {id}", name=name, id=learner))


@learner_app.command()
def use(ctx: typer.Context, name: Name, lang: Lang = None) -> None:
    """Make this the learner of every command that names none."""
    with open_workspace(ctx, lang) as workspace:
        learner = workspace.store.use_learner(name)
        say(_("Now in use: {id}", id=learner))


@learner_app.command()
def rename(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")],
    lang: Lang = None,
) -> None:
    """Give a learner another name. The id, and all progress, stay."""
    with open_workspace(ctx, lang) as workspace:
        workspace.store.rename_learner(name, new_name)
        say(_("{name} is now called {new}.", name=name, new=new_name))
