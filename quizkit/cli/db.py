"""`quizkit db`: looking after the progress file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, say, say_json
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

db_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Look after the progress file: check it, keep copies, bring two machines together.",
)


@db_app.command()
def check(ctx: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """Prove that the file is sound and that its memories are what the log says. Exit code 1 when they aren't."""
    from quizkit.store.check import check as check_store
    from quizkit.terminal.progress import progress_bar

    with open_workspace(ctx, lang) as workspace:
        with progress_bar(_("Replaying")) as shown:
            problems = check_store(workspace.store, shown)
        if as_json:
            say_json({"file": str(workspace.places.progress), "ok": not problems, "problems": list(problems)})
        elif problems:
            say(*problems, _("The log is the truth: `quizkit db rebuild` makes the memories anew from it."))
        else:
            say(_("{file} is sound: every memory is what the log says.", file=workspace.places.progress))
    if problems:
        raise typer.Exit(1)


@db_app.command()
def rebuild(ctx: typer.Context, lang: Lang = None) -> None:
    """Make the memories anew from the log."""
    from quizkit.store.check import rebuild as rebuild_store
    from quizkit.terminal.progress import progress_bar

    with open_workspace(ctx, lang) as workspace:
        with progress_bar(_("Replaying")) as shown:
            rebuild_store(workspace.store, progress=shown)
        say(_("Every memory has been made anew from the log."))


@db_app.command()
def backup(
    ctx: typer.Context,
    target: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to (default: beside the file).")
    ] = None,
    lang: Lang = None,
) -> None:
    """Make a copy, also while somebody studies."""
    from quizkit.store.backup import backup as copy
    from quizkit.store.copies import spare_path

    with open_workspace(ctx, lang) as workspace:
        made = target or spare_path(workspace.places.progress, workspace.clock)
        copy(workspace.store, made)
        say(_("Copied to {file}", file=made))


@db_app.command()
def restore(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="The copy to go back to.")],
    lang: Lang = None,
) -> None:
    """Go back to a copy. The present file is kept beside it."""
    from quizkit.store.backup import restore as put_back

    workspace = open_workspace(ctx, lang)
    kept = put_back(workspace.places.progress, source, clock=workspace.clock)
    say(_("{file} is back to {source}.", file=workspace.places.progress, source=source))
    if kept:
        say(_("What was there before is kept in {file}", file=kept))


@db_app.command(epilog="Examples: `quizkit db merge ~/laptop/progress.db` · `quizkit db merge mina.db --learner Mina`")
def merge(
    ctx: typer.Context,
    other: Annotated[Path, typer.Argument(metavar="OTHER.db", help="The progress file of another machine.")],
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who its user is here: a student's own file joins their log.")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take over all answers of another progress file. In whatever order files are merged, the result is the same."""
    from quizkit.store.merge import merge as unite

    with open_workspace(ctx, lang) as workspace:
        who = workspace.store.learner_id(learner) if learner else ""
        report = unite(workspace.store, other, learner=who)
        if as_json:
            say_json(report._asdict())
            return
        say(
            ngettext("{n} event taken over", "{n} events taken over", report.added)
            + " · "
            + ngettext("{n} was here already", "{n} were here already", report.known)
            + " · "
            + ngettext("{n} card brought up to date", "{n} cards brought up to date", report.cards)
        )
        if report.drills:
            say(ngettext("{n} drill taken over", "{n} drills taken over", report.drills))
        if report.forgotten:
            say(
                ngettext(
                    "{n} learner was erased in the other file, and is erased here now.",
                    "{n} learners were erased in the other file, and are erased here now.",
                    report.forgotten,
                )
            )


@db_app.command(epilog="Example: `quizkit db export > progress.jsonl`")
def export(
    ctx: typer.Context,
    target: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to (default: the screen).")] = None,
    lang: Lang = None,
) -> None:
    """Write the whole log as JSON, an event a line."""
    from quizkit.store.backup import export_events

    with open_workspace(ctx, lang) as workspace:
        if target is None:
            export_events(workspace.store, sys.stdout)
            return
        try:
            with target.open("w", encoding="utf-8") as out:
                count = export_events(workspace.store, out)
        except OSError as error:
            raise QuizkitError(_("{path} can't be used: {reason}.", path=target, reason=error.strerror)) from None
        say(ngettext("{n} event written to {file}", "{n} events written to {file}", count, file=target))
