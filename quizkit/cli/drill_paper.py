"""`quizkit drill print` and `enter`: a drill on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json, say_left_out
from quizkit.cli.options import AsJson, Lang, deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.sheets.drill import Paper
    from quizkit.sheets.sheet import Sheet
    from quizkit.workspace.drill_entering import Entering
    from quizkit.workspace.drill_handout import Handout

paper_app = typer.Typer(add_completion=False)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CLASS|DECK]...",
        help="A class, decks, or a class and decks.",
        show_default=False,
        autocompletion=deck_names,
    ),
]
File = Annotated[Path | None, typer.Option(metavar="FILE", help="A drill file, as `drill plan` writes it.")]
Cards = Annotated[
    int | None, typer.Option(min=1, max=200, metavar="N", help="How many cards (10, or all of the file).")
]
Seed = Annotated[str | None, typer.Option(metavar="SEED", help="Shuffle as this seed says, the same every time.")]


@paper_app.command(
    "print",
    epilog="Examples: `quizkit drill print 3B` · `quizkit drill print 3B --file monday.yaml --variants 2` · "
    "`quizkit drill print timeline --flashcards`",
)
def print_(
    ctx: typer.Context,
    names: Names = None,
    file: File = None,
    cards: Cards = None,
    variants: Annotated[
        int, typer.Option(min=1, max=26, metavar="N", help="How many variants, A to D unless said otherwise.")
    ] = 4,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The file to write: .pdf, or .html (named by the drill)."),
    ] = None,
    large_print: Annotated[bool, typer.Option("--large-print", help="18 points and up, with more room.")] = False,
    duplex: Annotated[bool, typer.Option("--duplex", help="Begin each sheet on a front page.")] = False,
    sheets_only: Annotated[bool, typer.Option("--sheets-only", help="Without the pages for the teacher.")] = False,
    keys_only: Annotated[
        bool, typer.Option("--keys-only", help="Only the pages for the teacher, of sheets printed before.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="The same sheets as printed before: name the drill.")] = False,
    flashcards: Annotated[bool, typer.Option("--flashcards", help="The cards to cut out, instead of sheets.")] = False,
    seed: Seed = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Print a drill: a sheet for each student of a class, or one of each variant; keys and a grid for the marks.

    What is marked is entered with `quizkit drill enter`.
    """
    from quizkit.workspace.drill_choosing import chosen
    from quizkit.workspace.drill_handout import hand_out, handout_of, keep
    from quizkit.workspace.drill_paper import printed_before, write_flashcards, write_paper

    named = tuple(names or ())
    if not (named or file or again or keys_only):
        raise QuizkitError(_("What shall be printed?"), _("Name a class or a deck: quizkit drill print CLASS"))
    parts = frozenset(("sheets", "keys", "grid"))
    parts -= {"sheets"} if keys_only else {"keys", "grid"} if sheets_only else frozenset[str]()
    with open_workspace(ctx, lang) as workspace:
        if again or keys_only:
            workspace.refresh()
            handout = handout_of(printed_before(workspace, named))
            target = _target(out, handout.program.name, "keys" if keys_only else "sheets", force=force)
        else:
            what = chosen(workspace, named, file=file, cards=cards, seed=seed)
            say_left_out(workspace.catalog.left_out())
            target = _target(out, what.program.name, "cards" if flashcards else "sheets", force=force)
            if flashcards:
                _say_cards(write_flashcards(workspace, what.program, target, force=force), target, as_json=as_json)
                return
            handout = hand_out(workspace, what.program, what.room, variants)
        done = write_paper(workspace, handout, target, parts, large=large_print, duplex=duplex, force=force)
        if not (again or keys_only):
            # What couldn't be printed was no drill.
            keep(workspace, handout)
    _say_printed(handout, done, target, parts, as_json=as_json)


def _target(out: Path | None, name: str, what: str, *, force: bool) -> Path:
    """The file to write. Raises QuizkitError, before anything is begun, when it can't be had."""
    from quizkit.sheets.pdf import available

    suffix = out.suffix.lower() if out else ".pdf" if available() else ".html"
    if suffix not in (".pdf", ".html"):
        raise QuizkitError(
            _("{file} is neither a PDF nor a page.", file=out), _("Let its name end with .pdf or .html.")
        )
    if suffix == ".pdf" and not available():
        raise QuizkitError(
            _("PDF needs the typesetter typst, which isn't installed."),
            _("Install it: pip install 'quizkit[print]' · or write a page to print: -o {file}", file="drill.html"),
        )
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "drill"
    path = out or Path(f"{safe}-{what}{suffix}")
    if path.exists() and not force:
        raise QuizkitError(_("{path} is there already.", path=path), _("Choose another name, or overwrite it: --force"))
    return path


def _say_cards(done: Sheet, path: Path, *, as_json: bool) -> None:
    if as_json:
        say_json({"file": str(path), "cards": done.size, "without": done.without})
    else:
        say(ngettext("{n} card written to {file}", "{n} cards written to {file}", done.size, file=path))
        for problem in done.without:
            say(problem)


def _say_printed(handout: Handout, done: Paper, path: Path, parts: frozenset[str], *, as_json: bool) -> None:
    questions = len(done.versions[0].questions)
    sheets = len(done.people) if "sheets" in parts else 0
    if as_json:
        letters = [version.letter for version in done.versions]
        told = {"drill": handout.drill, "name": handout.program.name, "file": str(path), "parts": sorted(parts)}
        say_json({**told, "sheets": sheets, "questions": questions, "variants": letters, "without": done.without})
        return
    if sheets:
        say(ngettext("{n} sheet written to {file}", "{n} sheets written to {file}", sheets, file=path))
    else:
        say(_("The keys of {name} are in {file}", name=handout.program.name, file=path))
    if not done.people[0].code:
        say(_("Without QR codes: they need the package segno (pip install 'quizkit[classroom]')."))
    for problem in done.without:
        say(problem)
    say(_("Enter the marks: quizkit drill enter {id}", id=quote(handout.program.name)))


@paper_app.command(
    epilog="Examples: `quizkit drill enter` · `quizkit drill enter 3b-2026-03-02 --csv marks.csv` · in it: "
    "`7` for the student, then `b d ac 1 - 0`"
)
def enter(
    ctx: typer.Context,
    drill: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The drill's id, the beginning of it, or its name (default: the latest)."),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="A table of marks: student, q1, q2, and so on.")
    ] = None,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The table's encoding (told apart).")] = "",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Enter the marks of a drill on paper: sheet after sheet, in the order of each sheet. Entering again corrects.

    Letters pick options of that sheet's variant; "texts" in quotes are judged; 1, ½ and 0 are what you judged.
    """
    from quizkit.model.drill import Mode
    from quizkit.workspace.drill_entering import Entering
    from quizkit.workspace.drill_marks_table import enter_table
    from quizkit.workspace.drill_record import DrillRecord

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        entering = Entering(workspace, DrillRecord.find(workspace, drill, mode=Mode.PAPER))
        table = None if csv is None else enter_table(entering, csv, encoding)
        failed = _enter_by_hand(entering, as_json=as_json) if table is None else 0
        told: dict[str, Any] = {"drill": entering.record.id, "name": entering.record.program.name}
        told |= {"sheets": table[0], **table[1]._asdict()} if table else {}
        told |= {"undecided": entering.undecided(), "reviews": entering.record.settle()}
    if as_json:
        say_json(told)
    else:
        _say_entered(told)
    if failed:
        raise QuizkitError(ngettext("{n} line wasn't entered.", "{n} lines weren't entered.", failed))


def _enter_by_hand(entering: Entering, *, as_json: bool) -> int:
    """Let the teacher type, or read lines from a pipe; returns how many lines failed."""
    from quizkit.terminal.entering import enter as enter_sheets
    from quizkit.terminal.entering import help_lines
    from quizkit.terminal.entering_lines import enter_lines

    if at_terminal() and not as_json:
        name, drawn = entering.record.program.name, page()
        say(*drawn.block(_("Marks of {name}", name=name), "bold"), *help_lines(drawn), "")
        enter_sheets(entering)
        return 0
    return enter_lines(entering, quiet=as_json)


def _say_entered(told: Mapping[str, Any]) -> None:
    if "sheets" in told:
        parts = [
            ngettext("{n} sheet", "{n} sheets", told["sheets"]),
            ngettext("{n} new", "{n} new", told["new"]),
            ngettext("{n} corrected", "{n} corrected", told["corrected"]),
            _("{n} as before", n=told["same"]),
        ]
        say(" · ".join(parts))
    if told["undecided"]:
        say(
            ngettext(
                "{n} answer is almost right: decide on it in `quizkit drill enter`.",
                "{n} answers are almost right: decide on them in `quizkit drill enter`.",
                told["undecided"],
            )
        )
    say(ngettext("{n} review in the students' logs.", "{n} reviews in the students' logs.", told["reviews"]))
    say(_("What came of it: quizkit drill results {id}", id=quote(told["name"])))
