"""The `quizkit` command: its tree of commands, loaded as they are used, and the boundary where errors end."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer._click import Command, Context
from typer.core import TyperGroup
from typer.main import get_command

from quizkit.cli.context import Settings
from quizkit.errors import QuizkitError

COMMANDS = {
    "study": "study",
    "quiz": "study",
    "due": "report",
    "stats": "report",
    "deck": "deck",
    "card": "card",
    "learner": "learner",
    "db": "db",
}
"""Each command and the module of quizkit.cli that holds it, as `<command>_app`."""

EXIT_USER, EXIT_BUG = 1, 3


class LazyGroup(TyperGroup):
    """Imports a command's module when the command is asked for, so that no command pays for another."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Every command, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Context | None, cmd_name: str) -> Command | None:
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


def _run() -> None:
    """Run the command that was typed. One without options before it is built alone: the others needn't be known."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS or "_QUIZKIT_COMPLETE" in os.environ:
        app()
    else:
        command = LazyGroup(name="quizkit").get_command(None, name)
        assert command is not None
        command.main(sys.argv[2:], prog_name=f"quizkit {name}")


def main() -> None:
    """Run the command line. A user's mistake ends with a message and code 1, a bug of ours with 3."""
    # A start makes many objects and next to no garbage: looking for it would only take time.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        _run()
    except QuizkitError as error:
        _complain(error)
        sys.exit(EXIT_USER)
    except BrokenPipeError:
        # The reader has gone: what was saved is saved. Keep the interpreter from complaining at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(EXIT_USER)
    except Exception as error:
        if os.environ.get("QUIZKIT_DEBUG"):
            raise
        _confess(error)
        sys.exit(EXIT_BUG)


def _complain(error: QuizkitError) -> None:
    from quizkit.terminal.style import style_for

    style = style_for(sys.stderr)
    print(f"{style('quizkit:', 'bad', 'bold')} {error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)


def _confess(error: Exception) -> None:
    """A bug: say so, keep the traceback where it can be found, and don't show it."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="quizkit-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write(" ".join(sys.argv) + "\n\n" + "".join(traceback.format_exception(error)))
    print(f"quizkit: this is a bug of quizkit's, not yours: {type(error).__name__}: {error}", file=sys.stderr)
    print(f"  Every answer shown as saved is saved. The details are in {report.name}", file=sys.stderr)
