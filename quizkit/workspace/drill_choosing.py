"""What a drill asks, and of whom, out of what was typed: a class, decks, or a drill file."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model.drill import Classroom, Program
from quizkit.workspace.classes import classroom, classrooms
from quizkit.workspace.drill_file import read_program
from quizkit.workspace.drill_planning import plan, program_of

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

CARDS = 10
"""How many cards a drill has, unless told otherwise."""


class Chosen(NamedTuple):
    """A program, and the class it is for."""

    program: Program
    room: Classroom | None


def chosen(
    workspace: Workspace,
    names: Sequence[str],
    *,
    file: Path | None = None,
    cards: int | None = None,
    seed: str | None = None,
    reveal: bool = True,
) -> Chosen:
    """The program for a class (the first name, where it is one's), of the decks named, or in a drill file.

    With `reveal`, cards that only a person can judge are among them. Raises QuizkitError when a name is neither a class
    nor a deck, or there is nothing to ask.
    """
    workspace.refresh()
    room, decks = _parted(workspace, names)
    if file is None:
        picks = plan(workspace, room, decks, CARDS if cards is None else cards, reveal=reveal)
        title = workspace.deck_title(decks[0]) if len(decks) == 1 and room is None else ""
        program = program_of(workspace, room, picks, title)
    else:
        program = read_program(file)
        program = program if cards is None else program._replace(items=program.items[:cards])
        if room is None and program.classroom:
            room = classroom(workspace, program.classroom)
        program = program._replace(classroom=room.id if room else "")
    return Chosen(program if seed is None else program._replace(seed=seed), room)


def _parted(workspace: Workspace, names: Sequence[str]) -> tuple[Classroom | None, tuple[str, ...]]:
    """The class, if the first name is one's, and the decks."""
    if not names:
        return None, ()
    rooms = classrooms(workspace)
    room = next((room for room in rooms if names[0] in (room.id, room.name)), None)
    decks = tuple(names[1:] if room else names)
    index = workspace.catalog.index
    if room is None and index.deck(names[0]) is None:
        known = [*(room.name for room in rooms), *(row.id for row in index.decks())]
        near = get_close_matches(names[0], known, 1)
        raise QuizkitError(
            _("{name} is neither a class nor a deck.", name=names[0]),
            _("Did you mean {name}?", name=near[0])
            if near
            else _("Classes: quizkit class list · decks: quizkit deck list"),
        )
    for deck in decks:
        workspace.catalog.deck_row(deck)
    return room, decks
