"""`quizkit drill host`, `resume` and `replay`: a drill on phones."""

from __future__ import annotations

import asyncio
import json
import signal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Lang, Names, deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _

if TYPE_CHECKING:
    from quizkit.live.hosting import Hosting
    from quizkit.model.drill import Classroom, Program
    from quizkit.workspace import Workspace

live_app = typer.Typer(add_completion=False)

DrillId = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="The drill's id, the beginning of it, or its name (default: the latest)."),
]
Port = Annotated[int | None, typer.Option(min=0, max=65535, metavar="N", help="The port to listen on (8765).")]


@live_app.command(
    epilog="Examples: `quizkit drill host 3B` · `quizkit drill host 3B timeline --cards 15 --speed` · "
    "`quizkit drill host --open --file monday.yaml`"
)
def host(
    ctx: typer.Context,
    classroom: Annotated[
        str, typer.Argument(metavar="[CLASS]", help="The class; none with --open: whoever has the PIN may join.")
    ] = "",
    decks: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DECK]...", help="Decks to take cards from.", autocompletion=deck_names),
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="A drill file, as `drill plan` writes it.")] = None,
    cards: Annotated[
        int | None, typer.Option(min=1, max=200, metavar="N", help="How many cards (10, or all of the file).")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Let in nicknames that aren't on the roster.")] = False,
    calm: Annotated[bool, typer.Option("--calm", help="Show no leaderboard.")] = False,
    speed: Annotated[bool, typer.Option("--speed", help="Quick right answers get up to half as much again.")] = False,
    streaks: Annotated[bool, typer.Option("--streaks", help="Right answers in a row get a little more.")] = False,
    teams: Annotated[str, typer.Option(metavar="A,B", help="Names of teams, parted by commas.")] = "",
    paced: Annotated[bool, typer.Option("--paced", help="Everybody at their own speed, until --minutes are over.")] = (
        False
    ),
    minutes: Annotated[int | None, typer.Option(min=1, max=600, metavar="N", help="Time in all, with --paced.")] = None,
    seconds: Annotated[
        int | None, typer.Option(min=0, max=3600, metavar="N", help="Time for a question; 0 for no limit (30).")
    ] = None,
    port: Port = None,
    address: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on (all of this machine's).")
    ] = "0.0.0.0",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Hold a drill on phones: they join with the PIN on the screen, from any browser on the same network."""
    _require_classroom_packages()
    from quizkit.live.hosting import begin

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        program, room = _chosen(workspace, classroom, tuple(decks or ()), file, cards, open_=open_)
        roster = room.students if room else ()
        program = program._replace(
            calm=calm or program.calm,
            teams=tuple(name.strip() for name in teams.split(",") if name.strip()) or program.teams,
            paced=paced or program.paced,
            minutes=program.minutes if minutes is None else minutes,
            seconds=program.seconds if seconds is None else seconds,
            scoring=program.scoring._replace(
                speed=speed or program.scoring.speed, streaks=streaks or program.scoring.streaks
            ),
        )
        hosting = begin(workspace, program, roster=roster, open_=open_, port=port, host=address)
        _hold(hosting, as_json=as_json)


@live_app.command(epilog="Examples: `quizkit drill resume` · `quizkit drill resume monday`")
def resume(
    ctx: typer.Context, drill: DrillId = None, port: Port = None, lang: Lang = None, as_json: AsJson = False
) -> None:
    """Go on with a drill that was left or broke off: same question, same players, same PIN."""
    _require_classroom_packages()
    from quizkit.live.hosting import resume as resumed
    from quizkit.workspace.classes import classrooms

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        rosters = {room.id: room.students for room in classrooms(workspace)}
        hosting = resumed(workspace, drill, lambda class_id: rosters.get(class_id, ()), port=port)
        _hold(hosting, as_json=as_json)


@live_app.command(epilog="Examples: `quizkit drill replay` · `quizkit drill replay monday --json`")
def replay(
    ctx: typer.Context, drill: DrillId = None, names: Names = False, lang: Lang = None, as_json: AsJson = False
) -> None:
    """Go through a drill's log again: does it lead to the points that were shown? Ends with 1 when it doesn't."""
    from quizkit.live.replaying import replay as replayed
    from quizkit.model.drill import Mode
    from quizkit.workspace.drill_record import DrillRecord

    with open_workspace(ctx, lang) as workspace:
        workspace.refresh()
        found = replayed(workspace, DrillRecord.find(workspace, drill, mode=Mode.LIVE), names=names)
    if as_json:
        say_json(found._asdict() | {"identical": not found.differences})
    else:
        for told in (*(f"✗ {told}" for told in found.differences), *(f"≈ {told}" for told in found.otherwise)):
            say(told)
        if found.otherwise:
            say(_("The cards of these answers have changed since the drill."))
        if not found.differences:
            say(_("✓ {acts} acts, {answers} answers: the same points.", acts=found.acts, answers=found.answers))
    if found.differences:
        raise typer.Exit(1)


def _require_classroom_packages() -> None:
    missing = [name for name in ("starlette", "uvicorn", "websockets", "segno") if find_spec(name) is None]
    if missing:
        raise QuizkitError(
            _("Drills on phones need packages that aren't installed: {names}.", names=", ".join(missing)),
            _("Install them: {command}", command="pip install 'quizkit[classroom]'"),
        )


def _chosen(
    workspace: Workspace, name: str, decks: tuple[str, ...], file: Path | None, cards: int | None, *, open_: bool
) -> tuple[Program, Classroom | None]:
    """What to ask, as the file says or as is best for the class now; and the class, None for whoever comes."""
    from quizkit.workspace.drill_choosing import chosen

    found = chosen(workspace, [word for word in (name, *decks) if word], file=file, cards=cards, reveal=False)
    if found.room is None and not open_:
        raise QuizkitError(
            _("Whose drill is it?"), _("Name a class (quizkit class list), or let anybody in with --open.")
        )
    if found.room is not None and not found.room.students and not open_:
        raise QuizkitError(
            _("Nobody is in class {name} yet.", name=found.room.name),
            _("Add students (quizkit class import), or let anybody in with --open."),
        )
    return found


def _hold(hosting: Hosting, *, as_json: bool) -> None:
    """Serve until the teacher leaves, and say how to go on, or where the results are."""
    from quizkit.live.network import qr_lines
    from quizkit.terminal.hosting import at_terminal as on_screen
    from quizkit.terminal.hosting_lines import in_pipe

    async def show(held: Hosting) -> None:
        if at_terminal() and not as_json:
            code = qr_lines(held.place()["url"], colour=page().style.colour)
            await on_screen(held, page, code)
        else:
            await in_pipe(held, as_json=as_json)

    async def serve() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                asyncio.get_running_loop().add_signal_handler(number, hosting.left.set)
            except NotImplementedError:  # Windows: Ctrl-C ends the loop, and `run` still cleans up.
                break
        await hosting.run(show)

    try:
        asyncio.run(serve())
    except KeyboardInterrupt:
        hosting.record.settle()
    if as_json:
        say(json.dumps({"event": "left", "drill": hosting.record.id, "ended": hosting.ended}))
    elif hosting.ended:
        say(_("Every answer is saved. See: quizkit drill results · quizkit report CLASS"))
    else:
        say(_("Every answer is saved. Go on with: quizkit drill resume {id}", id=hosting.record.id))
