"""`quizkit deck check` and its kin: what is wrong with the decks, and mending it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json
from quizkit.cli.deck_comparing import comparing_app
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.decks.check import CheckReport

checking_app = typer.Typer()
checking_app.add_typer(comparing_app)

CLEAR = "\x1b[2J\x1b[3J\x1b[H"


class Form(StrEnum):
    """How diagnostics are told."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


@checking_app.command(
    epilog="Examples: `quizkit deck check` · `quizkit deck check decks/7-timeline.yaml --examples` · "
    "`quizkit deck check --fix` · `quizkit deck check --watch`"
)
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Folders of decks, or files (default: the workspace's)."),
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples", help="Also judge the responses listed under accepts and refuses.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has one right mend; shows the change and asks first.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: don't ask.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file is saved; Ctrl-C ends.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How to tell what is wrong.")] = Form.TEXT,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Everything wrong with the decks: what, where, and what to do. Exit code 1 when there are errors."""
    form = Form.JSON if as_json else form
    if watch:
        _watch(ctx, paths, lang, examples=examples)
        return
    if fix:
        # What other programs read stands alone on standard output.
        with redirect_stdout(sys.stdout if form is Form.TEXT else sys.stderr):
            _fix(ctx, paths, lang, yes=yes)
    report = _checked(ctx, paths, lang, examples=examples)
    if form is Form.TEXT and not fix and at_terminal() and _adopt(ctx, report, lang):
        report = _checked(ctx, paths, lang, examples=examples)
    _tell(report, form, examples=examples)
    if any(problem.is_error for problem in report.diagnostics):
        raise typer.Exit(1)


def _checked(ctx: typer.Context, paths: list[Path] | None, lang: str | None, *, examples: bool) -> CheckReport:
    """What is wrong with these paths, or with the workspace's decks; files are named as seen from here."""
    from quizkit.decks.check import check_paths, from_here

    remembered: Mapping[str, Any] = {}
    if not paths:
        with open_workspace(ctx, lang) as workspace:
            paths = [workspace.places.decks]
            remembered = workspace.remembered_notes()
    return from_here(check_paths(paths, examples=examples, remembered=remembered))


def _tell(report: CheckReport, form: Form, *, examples: bool) -> None:
    from quizkit.terminal.problems import as_json as problem_json
    from quizkit.terminal.problems import render_all

    errors = sum(problem.is_error for problem in report.diagnostics)
    warnings = len(report.diagnostics) - errors
    if form is Form.JSON:
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
    elif form is Form.SARIF:
        from quizkit import __version__
        from quizkit.decks.fixing import mends_of
        from quizkit.terminal.machine import sarif

        say_json(sarif(report.diagnostics, __version__, mends_of(report.diagnostics, report.files)))
    elif form is Form.GITHUB:
        from quizkit.terminal.machine import github

        for problem in report.diagnostics:
            say(github(problem))
    else:
        drawn = page()
        if report.diagnostics:
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


def _fix(ctx: typer.Context, paths: list[Path] | None, lang: str | None, *, yes: bool) -> None:
    """Show what would be mended, and mend it when that is agreed to."""
    from quizkit.decks.fixing import fixes

    if not paths:
        with open_workspace(ctx, lang) as workspace:
            paths = [workspace.places.decks]
    _require(paths)
    found = [one for path in paths for one in fixes(path)]
    style = page().style
    for one in found:
        for line in one.diff(os.path.relpath(one.path)):
            tone = {"+": ("good",), "-": ("bad",), "@": ("accent",)}.get(line[:1], ())
            say(style(line, *tone))
    if not found:
        say(_("Nothing has one right mend."), "")
        return
    count = sum(len(one.mends) for one in found)
    if not yes and not (at_terminal() and _wanted(count)):
        say("", _("Nothing was written. To write it: --fix --yes"), "")
        return
    for one in found:
        one.write()
    say(ngettext("{n} thing mended.", "{n} things mended.", count), "")


def _wanted(count: int) -> bool:
    from quizkit.terminal.prompts import confirm

    return confirm(ngettext("Mend this {n} thing?", "Mend these {n} things?", count))


def _require(paths: list[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise QuizkitError(f"There is no {path}.", "Name a folder of decks, or a deck file.")


def _adopt(ctx: typer.Context, report: CheckReport, lang: str | None) -> bool:
    """Ask what becomes of memories whose note is gone and whose likely heir is known; whether anything was written."""
    from quizkit.decks.adopt import proposed_line
    from quizkit.terminal.prompts import menu

    written = False
    for problem in report.diagnostics:
        path = report.files.get(problem.span.file)
        offer = proposed_line(problem)
        if path is None or offer is None:
            continue
        say(f"{problem.span}: {problem.message}")
        choice = menu(
            _("What shall become of the memory?"),
            {
                "keep": _("it is the same note: keep the memory ({line})", line=f"was: {offer.old}"),
                "reset": _("it means something else now: forget the memory, learn it from the start"),
                "leave": _("leave it as it is"),
            },
        )
        if choice == "keep":
            offer.write(path)
        elif choice == "reset":
            _forget(ctx, offer.key, lang)
        written |= choice in ("keep", "reset")
    return written


def _forget(ctx: typer.Context, note: str, lang: str | None) -> None:
    from quizkit.workspace.forgetting import forget_note

    with open_workspace(ctx, lang) as workspace:
        count = forget_note(workspace, note)
    say(ngettext("{n} memory reset.", "{n} memories reset.", count))


def _watch(ctx: typer.Context, paths: list[Path] | None, lang: str | None, *, examples: bool) -> None:
    """Check again whenever a file is saved."""
    from quizkit.terminal.watching import changes

    if not paths:
        with open_workspace(ctx, lang) as workspace:
            paths = [workspace.places.decks]
    _require(paths)
    try:
        for _seen in changes(paths):
            say(CLEAR if sys.stdout.isatty() else "")
            if gone := [path for path in paths if not path.exists()]:
                say(*(_("{path} is gone. Watching for it to come back; Ctrl-C ends.", path=path) for path in gone))
            else:
                _tell(_checked(ctx, paths, lang, examples=examples), Form.TEXT, examples=examples)
                say(_("Watching {paths}. Ctrl-C ends.", paths=", ".join(map(str, paths))))
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("")


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
    else:
        _require([path])
    total = 0
    for file in scan(path):
        added = add_ids(file.path, file.name)
        total += len(added)
        for name, line in added:
            say(f"{file.path}:{line}: {name}")
    say(ngettext("{n} id written.", "{n} ids written.", total))
