"""`quizkit drill plan` and `list`: choosing what to drill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json, say_left_out
from quizkit.cli.options import AsJson, Decks, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _

if TYPE_CHECKING:
    from quizkit.model.drill import Program
    from quizkit.workspace import Workspace

plan_app = typer.Typer(add_completion=False)


@plan_app.command(
    epilog="Examples: `quizkit drill plan 2B` · `quizkit drill plan 2B timeline -n 15 --exam -o drills/exam.yaml`"
)
def plan(
    ctx: typer.Context,
    classroom: Annotated[str, typer.Argument(metavar="CLASS", help="The class's name, or id.")],
    decks: Decks = None,
    count: Annotated[int, typer.Option("--cards", "-n", min=1, max=200, metavar="N", help="How many cards.")] = 10,
    exam: Annotated[
        bool, typer.Option("--exam", help="Instead of what is needed most: balanced by tag and difficulty.")
    ] = False,
    open_questions: Annotated[
        bool, typer.Option("--open-questions", help="Also cards that only a person can judge (aloud, on paper).")
    ] = False,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to (drills/NAME.yaml in the workspace).")
    ] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call the drill (the class and the day).")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask; overwrite.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Pick what a class should be asked: what it is about to forget, what is new, and a bit of everything."""
    from quizkit.workspace.classes import classroom as class_of
    from quizkit.workspace.drill_file import prompts_of, write_program
    from quizkit.workspace.drill_planning import plan as planned
    from quizkit.workspace.drill_planning import program_of

    with open_workspace(ctx, lang) as workspace:
        room = class_of(workspace, classroom)
        picks = planned(workspace, room, tuple(decks or ()), count, exam=exam, reveal=open_questions)
        say_left_out(workspace.catalog.left_out())
        program = program_of(workspace, room, picks, name)
        path = _place(workspace, program.name, target, named=bool(name), overwrite=yes)
        if not name and target is None:
            program = program._replace(name=path.stem)
        prompts = prompts_of(workspace, program)
        if not as_json:
            _show(program, prompts, count)
        if at_terminal() and not (yes or as_json):
            program = _changed(workspace, program, prompts, reveal=open_questions)
        write_program(path, program, prompts)
        if as_json:
            told = [{**one._asdict(), "adds": list(one.adds), "prompt": prompts.get(one.card, "")} for one in picks]
            say_json({"drill": program.name, "class": room.id, "file": str(path), "items": told})
        else:
            _say_how(program, path)


def _place(workspace: Workspace, name: str, target: Path | None, *, named: bool, overwrite: bool) -> Path:
    """Where to write a drill: known before the teacher chooses, so that nothing that is chosen is lost.

    Raises QuizkitError when the file is there already; where neither it nor the drill was named, another name is found.
    """
    from quizkit.store.copies import free_path
    from quizkit.workspace.drill_file import file_name

    path = target or workspace.places.progress.parent / "drills" / f"{file_name(name)}.yaml"
    if overwrite or not path.exists():
        return path
    if named or target:
        raise QuizkitError(
            _("{path} is there already.", path=path), _("Choose another name with -o, or overwrite it: --yes")
        )
    return free_path(path)


def _show(program: Program, prompts: dict[str, str], count: int) -> None:
    """What would be asked, and why there isn't more of it."""
    from quizkit.terminal.planning import plan_lines

    say(*plan_lines(page(), program, prompts))
    if len(program.items) < count:
        say(
            "",
            *page().block(
                _(
                    "There is no more to pick: of each note one card is taken, none that gives another away or is"
                    " easily confused with it, and nothing that builds on what the class hasn't met."
                )
            ),
        )


def _changed(workspace: Workspace, program: Program, prompts: dict[str, str], *, reveal: bool) -> Program:
    """The program as the teacher wants it."""
    from quizkit.model import Shape
    from quizkit.terminal.planning import change_plan
    from quizkit.workspace.insight import find_cards

    def find(word: str) -> list[tuple[str, str]]:
        found = find_cards(workspace, word)
        rows = workspace.catalog.index.card_rows(key for key, _prompt in found)
        return [pair for pair in found if pair[0] in rows and (reveal or rows[pair[0]].shape != Shape.REVEAL)]

    items = change_plan(page(), program.items, prompts, find)
    if items is None:
        raise typer.Exit
    return program._replace(items=items)


def _say_how(program: Program, path: Path) -> None:
    """Where the drill is, and how to run it."""
    from shlex import quote

    say(
        "",
        _("Written to {file}", file=path),
        _("Run it: quizkit drill host {name} --file {file}", name=quote(program.classroom), file=quote(str(path))),
    )


@plan_app.command("list")
def list_(
    ctx: typer.Context,
    classroom: Annotated[str | None, typer.Argument(metavar="[CLASS]", help="Only this class's.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """The drills that were held, the latest first."""
    from quizkit.terminal.planning import drill_lines
    from quizkit.workspace.classes import classroom as class_of
    from quizkit.workspace.drill_record import drills

    with open_workspace(ctx, lang) as workspace:
        room = class_of(workspace, classroom) if classroom else None
        held = drills(workspace, classroom=room.id if room else None)
        if as_json:
            say_json(
                [
                    {
                        "id": drill.id,
                        "mode": drill.mode.value,
                        "at": drill.at,
                        "class": drill.program.classroom,
                        "name": drill.program.name,
                        "items": len(drill.program.items),
                        "settled": drill.settled,
                    }
                    for drill in held
                ]
            )
        elif held:
            say(*drill_lines(page(), held, workspace.clock.calendar))
        else:
            say(_("No drill has been held here yet."))
