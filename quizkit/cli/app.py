"""The tree of commands. Each is loaded when it is used."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer._click import Command, Context
from typer.core import TyperGroup
from typer.main import get_command

from quizkit.cli.context import Settings

COMMANDS = {
    "study": "study",
    "quiz": "study",
    "due": "report",
    "stats": "report",
    "deck": "deck",
    "card": "card",
    "learner": "learner",
    "class": "classroom",
    "drill": "drill",
    "report": "drill_results",
    "import": "exchange",
    "export": "exchange",
    "lsp": "lsp",
    "db": "db",
}
"""Each command and the module of quizkit.cli that holds it, as `<command>_app`."""


class LazyGroup(TyperGroup):
    """Imports a command's module when the command is asked for, so that no command pays for another."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Every command, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"quizkit.cli.{COMMANDS[cmd_name]}")
        command = get_command(getattr(module, f"{cmd_name}_app"))
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with `quizkit study`. Every command has a --help of its own, with examples.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from quizkit import __version__

        print(f"quizkit {__version__}")
        raise typer.Exit


@app.callback()
def quizkit(
    ctx: typer.Context,
    decks: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The decks to use (a folder, or one file). [env: QUIZKIT_DECKS]"),
    ] = None,
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="The progress file to use. [env: QUIZKIT_DB]")] = None,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Turn a text worth knowing into knowledge that stays."""
    ctx.obj = Settings(decks, db)
