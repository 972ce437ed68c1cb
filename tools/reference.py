"""The help of every command as Markdown, for docs/cli.md."""

from __future__ import annotations

import re

from typer._click import Context
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

WIDTH = 96


def pages() -> str:
    """Every command with its help, in the order `quizkit --help` lists them."""
    from quizkit.cli.app import app

    root = get_command(app)
    assert isinstance(root, TyperGroup)
    found: list[str] = []
    with Context(root, info_name="quizkit", max_content_width=WIDTH, terminal_width=WIDTH) as ctx:
        for name in root.list_commands(ctx):
            found += _pages(root.get_command(ctx, name), ctx, name)
    return "\n" + "\n".join(found)


def _pages(command: object, parent: Context, name: str) -> list[str]:
    assert isinstance(command, TyperCommand | TyperGroup)
    with Context(command, info_name=name, parent=parent, max_content_width=WIDTH, terminal_width=WIDTH) as ctx:
        if isinstance(command, TyperGroup):
            made = [f"## {ctx.command_path}", "", (command.help or "").strip(), ""]
            for inner in command.list_commands(ctx):
                made += _pages(command.get_command(ctx, inner), ctx, inner)
            return made
        return [f"### {ctx.command_path}", "", "```text", _plain_help(command, ctx), "```", ""]


def _plain_help(command: TyperCommand, ctx: Context) -> str:
    """The help without boxes and colours."""
    formatter = ctx.make_formatter()
    command.rich_markup_mode = None
    command.format_usage(ctx, formatter)
    TyperCommand.format_help_text(command, ctx, formatter)
    TyperCommand.format_options(command, ctx, formatter)
    TyperCommand.format_epilog(command, ctx, formatter)
    return re.sub(r"\n{3,}", "\n\n", formatter.getvalue()).strip()
