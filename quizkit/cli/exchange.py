"""`quizkit import` and `quizkit export`: decks of other programs, and for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Decks, Lang, Learner
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.formats import Format
    from quizkit.formats.item import ReadOptions
    from quizkit.workspace.carrying import Done
    from quizkit.workspace.importing import Plan

import_app = typer.Typer(add_completion=False)
export_app = typer.Typer(add_completion=False)

LOSSES_SHOWN = 10
CARDS_SHOWN = 3


def _columns(given: list[str] | None) -> dict[str, str]:
    columns = {}
    for entry in given or ():
        field, equals, column = entry.partition("=")
        if not equals:
            raise QuizkitError(f"{entry!r} maps nothing.", "Write --column question=Word.")
        columns[field.strip()] = column.strip()
    return columns


@import_app.command(
    "import", epilog="Examples: `quizkit import words.csv` · `quizkit import japanese.apkg --deck words --yes`"
)
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to take in.")],
    format_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="The file's format (told from what it holds).")
    ] = None,
    deck: Annotated[
        str,
        typer.Option(metavar="DECK", help="The deck to put it in (named by what the file says, else by its name)."),
    ] = "",
    column: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=COLUMN", help="Which column of a table holds what.")
    ] = None,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The file's encoding (told apart).")] = "",
    history: Annotated[bool, typer.Option("--history/--no-history", help="Also take what was learnt there.")] = True,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask before writing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would be done, and write nothing.")
    ] = False,
    learner: Learner = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take in decks of other programs: Anki, tables, Moodle, GIFT, Aiken, Kahoot, Markdown.

    Says what it understood before anything is written. Importing a file again brings up to date what it brought.
    """
    from quizkit.formats import format_called, guess
    from quizkit.formats.item import ReadOptions
    from quizkit.terminal.exchange import parcel_lines
    from quizkit.workspace.carrying import carry_out
    from quizkit.workspace.importing import plan_imports

    with open_workspace(ctx, lang, writing=True) as workspace:
        form = format_called(format_) if format_ else guess(file)
        if not form.reads:
            raise QuizkitError(_("{format} can be written, not read.", format=form.title))
        options = ReadOptions(_columns(column), encoding)
        if form.name == "csv" and not column and not yes and _at_terminal(as_json):
            options = options._replace(columns=_asked_columns(file, options))
        parcel = form.module.read(file, options)
        plans = plan_imports(workspace, parcel, form, deck=deck, name=file.stem, lang=(lang or "").split(",")[0])
        idle = all(plan.idle for plan in plans)
        if not as_json:
            say(*parcel_lines(page(), form.title, file, plans, losses=LOSSES_SHOWN, cards=CARDS_SHOWN))
        done: list[Done] = []
        if not idle and not dry_run and (yes or _agreed(as_json)):
            done = [carry_out(workspace, plan, learner=learner, history=history) for plan in plans if not plan.idle]
        if as_json:
            say_json(_as_json(form.name, plans, done))
        elif done and not all(one.nothing for one in done):
            say("", *_done_lines(plans, done))
        elif idle and not any(plan.same for plan in plans):
            raise QuizkitError(_("Nothing in {file} could be taken in.", file=file), _("See above for why."))
        elif idle or done:
            say("", _("Everything is here already."))
        elif dry_run or _at_terminal(as_json):
            say("", _("Nothing was written."))
        if not (idle or done or dry_run or _at_terminal(as_json)):
            raise QuizkitError(
                _("Nothing was written: there is nobody here who could agree to it."),
                _("Say --yes to write it, or --dry-run to only look."),
            )


def _at_terminal(as_json: bool) -> bool:
    return not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _asked_columns(file: Path, options: ReadOptions) -> dict[str, str]:
    """What the columns of a table hold, asked where no header says so and there are more than two."""
    from quizkit.formats.tables import read_table
    from quizkit.terminal.exchange import ask_columns

    table = read_table(file, options)
    if table.named or len(table.fields) < 3:
        return {}
    return ask_columns([row for _line, row in table.rows])


def _agreed(as_json: bool) -> bool:
    """Whether the user wants it written. Without a terminal nobody can be asked: --yes says so."""
    if not _at_terminal(as_json):
        return False
    from quizkit.terminal.prompts import confirm

    return confirm(_("Write this?"))


def _done_lines(plans: list[Plan], done: list[Done]) -> list[str]:
    busy = [plan for plan in plans if not plan.idle]
    written = [str(plan.path) for plan, one in zip(busy, done, strict=True) if one.added or one.changed]
    lines = [_("Written to {path}:", path=", ".join(written))] if written else []
    lines.append(
        ", ".join(
            [
                ngettext("{n} note added", "{n} notes added", sum(one.added for one in done)),
                ngettext("{n} changed", "{n} changed", sum(one.changed for one in done)),
                ngettext("{n} unchanged", "{n} unchanged", sum(plan.same for plan in plans)),
            ]
        )
    )
    if media := sum(one.media for one in done):
        lines.append(ngettext("{n} picture or sound copied", "{n} pictures and sounds copied", media))
    if reviews := sum(one.reviews for one in done):
        lines.append(ngettext("{n} review taken over", "{n} reviews taken over", reviews))
    if memories := sum(one.memories for one in done):
        lines.append(
            ngettext("what is known of {n} card taken over", "what is known of {n} cards taken over", memories)
        )
    decks = " ".join(plan.deck for plan in plans)
    return [*lines, _("Look at it: quizkit deck preview {deck} · study it: quizkit study {deck}", deck=decks)]


def _as_json(name: str, plans: list[Plan], done: list[Done]) -> dict[str, object]:
    return {
        "format": name,
        "written": bool(done),
        "decks": [
            {
                "deck": plan.deck,
                "file": str(plan.path),
                "added": [note["id"] for note in plan.added],
                "changed": [{"id": change.id, "keys": list(change.values)} for change in plan.changes],
                "reworded": [
                    {"id": change.id, "before": change.before, "after": change.after}
                    for change in plan.changes
                    if change.after
                ],
                "replaced": [{"id": change.id, **one._asdict()} for change in plan.changes for one in change.replaced],
                "unchanged": plan.same,
                "gone": plan.gone,
                "elsewhere": [one._asdict() for one in plan.elsewhere],
                "reviews": len(plan.parcel.reviews),
                "media": list(plan.media.values()),
                "losses": [loss._asdict() for loss in plan.losses],
            }
            for plan in plans
        ],
    }


@export_app.command(
    "export", epilog="Examples: `quizkit export timeline --to anki` · `quizkit export --to gift -o exam.gift --lang ja`"
)
def export(
    ctx: typer.Context,
    decks: Decks = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="The format to write.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write (named by the deck).")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="Only notes with this tag.")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only notes of this kind.")] = None,
    with_history: Annotated[
        bool, typer.Option("--with-history", help="Also what was learnt, where the format can hold it.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    learner: Learner = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write decks for other programs: Anki, tables, Moodle, GIFT, Aiken, QTI, Kahoot, Markdown; or to print.

    Says what the format can't carry.
    """
    from quizkit.formats import FORMATS, format_called
    from quizkit.terminal.exchange import loss_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.exporting import export as make
    from quizkit.workspace.exporting import write_file

    writable = ", ".join(name for name, form in FORMATS.items() if form.writes)
    form = _by_suffix(out) if out and not to else None
    if not to and form is None:
        raise QuizkitError(_("Which format?"), _("Name it: --to {formats}", formats=writable))
    form = form or format_called(to)
    if not form.writes:
        raise QuizkitError(_("{format} can be read, not written.", format=form.title), writable)
    with open_workspace(ctx, lang) as workspace:
        chosen = Selection(tuple(decks or ()), tuple(tag or ()), tuple(kind or ()))
        suffix = out.suffix.lower() if out else ""
        written = make(workspace, form, chosen, suffix=suffix, learner=learner, history=with_history)
        if not written.items:
            say(*loss_lines(page(), written.losses, LOSSES_SHOWN))
            raise QuizkitError(_("{format} can carry none of these notes.", format=form.title))
        path = out or Path(
            f"{decks[0] if decks and len(decks) == 1 else 'quizkit'}{written.suffix or form.suffixes[0]}"
        )
        write_file(path, written, force=force)
    if as_json:
        losses = [loss._asdict() for loss in written.losses]
        say_json({"format": form.name, "file": str(path), "items": written.items, "losses": losses})
        return
    say(*loss_lines(page(), written.losses, LOSSES_SHOWN))
    say(ngettext("{n} question written to {file}", "{n} questions written to {file}", written.items, file=path))


def _by_suffix(out: Path) -> Format | None:
    """The format whose files end so, where only one does."""
    from quizkit.formats import FORMATS

    found = [form for form in FORMATS.values() if form.writes and out.suffix.lower() in form.suffixes]
    return found[0] if len(found) == 1 else None
