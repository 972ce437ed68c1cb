"""A drill for the printer: sheets, keys and the grid for marks; or its cards to cut out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from quizkit.drills.variants import Variant
from quizkit.errors import QuizkitError
from quizkit.formats.item import Written
from quizkit.i18n import _
from quizkit.kinds.match import MatchTask
from quizkit.model import Question, Shape, Solution
from quizkit.model.drill import CardItem, Mode, Poll, Program, Student
from quizkit.sheets.drill import LINE_MM, Asked, Form, Key, Paper, Person, Version, handwritten, lettered
from quizkit.sheets.drill_page import make_drill_page, make_drill_pdf
from quizkit.sheets.page import make_page
from quizkit.sheets.pdf import make_pdf
from quizkit.sheets.sheet import Entry, Group, Sheet
from quizkit.workspace.classes import classrooms
from quizkit.workspace.drill_cards import DrillCard, question, right_options
from quizkit.workspace.drill_handout import Handout, asked_on
from quizkit.workspace.drill_pictures import Shelf
from quizkit.workspace.drill_record import DrillRecord, drills
from quizkit.workspace.exporting import write_file

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

CODE = "QUIZKIT:"
"""How what a QR code says begins; then come the drill's id, the variant's letter, and the sheet's number."""
NAMELESS = 0
"""The number of a sheet that is anybody's."""
_OPEN_LINES = 1.3
"""Answers to open questions are as long as the model answer, and somewhat longer."""


def paper_of(
    workspace: Workspace,
    handout: Handout,
    *,
    parts: frozenset[str],
    large: bool = False,
    duplex: bool = False,
    pdf: bool = True,
) -> Paper:
    """A drill's sheets, keys and grid. Raises QuizkitError when its cards have changed since it began."""
    shelf = Shelf(workspace, pdf=pdf)
    versions = tuple(_version(workspace, handout, variant, shelf) for variant in handout.variants)
    people = tuple(_people(workspace, handout))
    title = title_of(workspace, handout.program)
    return Paper(title, handout.lang, versions, people, parts, large, duplex, tuple(shelf.without))


def write_paper(
    workspace: Workspace,
    handout: Handout,
    path: Path,
    parts: frozenset[str],
    *,
    large: bool = False,
    duplex: bool = False,
    force: bool = False,
) -> Paper:
    """Write a drill's sheets, keys and grid to a file, PDF or HTML by its name; returns what was written.

    Raises QuizkitError when that can't be done.
    """
    pdf = path.suffix.lower() != ".html"
    paper = paper_of(workspace, handout, parts=parts, large=large, duplex=duplex, pdf=pdf)
    data = make_drill_pdf(paper) if pdf else make_drill_page(paper)
    write_file(path, Written(data, len(paper.people)), force=force)
    return paper


def write_flashcards(workspace: Workspace, program: Program, path: Path, *, force: bool = False) -> Sheet:
    """Write a program's cards, to be cut out, to a file; returns what was written. Raises QuizkitError on failure."""
    pdf = path.suffix.lower() != ".html"
    sheet = flashcards_of(workspace, program, pdf=pdf)
    data = make_pdf(sheet, "cards") if pdf else make_page(sheet, "cards")
    write_file(path, Written(data, sheet.size), force=force)
    return sheet


def code_of(handout: Handout, variant: Variant, sheet: int) -> str:
    """What the QR code of a sheet says: letters, digits and signs that make the smallest codes."""
    return f"{CODE}{handout.drill.replace('-', '').upper()}/{variant.letter}/{sheet:02}"


def title_of(workspace: Workspace, program: Program) -> str:
    """What stands above a sheet: a drill that is called by its class and its day has the class's own name there."""
    room = next((room for room in classrooms(workspace) if room.id == program.classroom), None)
    if room is None or not program.name.startswith(f"{room.id}-"):
        return program.name
    return f"{room.name} · {program.name.removeprefix(f'{room.id}-')}"


def printed_before(workspace: Workspace, names: Sequence[str]) -> DrillRecord:
    """The drill on paper of that id or name, or the latest for that class; the latest of all when none is named.

    Raises QuizkitError when there is none.
    """
    if names:
        ids = [room.id for room in classrooms(workspace) if names[0] in (room.id, room.name)]
        held = [one for one in drills(workspace) if one.mode is Mode.PAPER and one.program.classroom in ids]
        if held:
            return DrillRecord.find(workspace, held[-1].id)
    return DrillRecord.find(workspace, names[0] if names else None, mode=Mode.PAPER)


def roster(workspace: Workspace, handout: Handout) -> list[Student]:
    """The students who have a sheet, in the order of the sheets; those who have left the class, too."""
    members = {
        student.id: student
        for room in classrooms(workspace)
        if room.id == handout.program.classroom
        for student in room.students
    }
    names = {learner.id: learner.name for learner in workspace.store.learners()}
    return [members.get(who, Student(who, names.get(who, who))) for who in handout.sheets]


def flashcards_of(workspace: Workspace, program: Program, *, pdf: bool = True) -> Sheet:
    """The cards of a program, to be cut out. Raises QuizkitError when one doesn't exist, or there are none."""
    entries, shelf = [], Shelf(workspace, pdf=pdf)
    for index, item in enumerate(program.items):
        if isinstance(item, CardItem):
            found = DrillCard(workspace.card(item.card), f"{program.seed}/{index}")
            asked = question(workspace, found, workspace.langs[0])
            chosen = "".join(f"\n{letter}. {text}" for letter, text in lettered(asked.options))
            lefts = "".join(f"\n- {left}" for left in asked.lefts)
            card = found.card
            explain = card.note.explain.pick((asked.lang, *workspace.langs)) if card.note.explain else ""
            entries.append(
                Entry(
                    f"{asked.prompt}{lefts}{chosen}",
                    "\n".join(_solution(workspace, found, asked).lines),
                    explain,
                    pictures=shelf.pictures(card, card.media),
                    back_pictures=shelf.pictures(card, card.answer_media),
                )
            )
    if not entries:
        raise QuizkitError(_("There is nothing to ask."), _("Put cards into the drill."))
    return Sheet(program.name, workspace.langs[0], (Group(program.name, tuple(entries)),), tuple(shelf.without))


def _version(workspace: Workspace, handout: Handout, variant: Variant, shelf: Shelf) -> Version:
    questions, keys = [], []
    for item in variant.order:
        found, asked = asked_on(workspace, handout, variant, item)
        poll = handout.program.items[item]
        pictures = shelf.pictures(found.card, found.card.media) if found else ()
        pictures = shelf.poll_pictures(poll) if isinstance(poll, Poll) else pictures
        questions.append(_on_paper(workspace, found, asked)._replace(pictures=pictures))
        pictures = shelf.pictures(found.card, found.card.answer_media) if found else ()
        keys.append(Key(_key(workspace, found, asked), pictures))
    return Version(variant.letter, tuple(questions), tuple(keys))


def _people(workspace: Workspace, handout: Handout) -> Iterator[Person]:
    """Whose sheets they are; where there is no class, one without a name for each variant."""
    for number, student in enumerate(roster(workspace, handout), 1):
        version = handout.sheets[student.id]
        yield Person(student.name, student.number, version, _svg(code_of(handout, handout.variants[version], number)))
    if not handout.sheets:
        for version, variant in enumerate(handout.variants):
            yield Person("", "", version, _svg(code_of(handout, variant, NAMELESS)))


def _svg(text: str) -> str:
    """A QR code as SVG; '' where the package that draws them isn't installed."""
    if find_spec("segno") is None:
        return ""
    import segno

    return str(segno.make_qr(text, error="m").svg_inline(border=0, omitsize=True))


def _on_paper(workspace: Workspace, found: DrillCard | None, asked: Question) -> Asked:
    said = [text.render(asked.lang or None) for text in (asked.instruction, asked.placeholder) if text]
    said += [_("Hint: {hint}", hint=asked.hint)] if asked.hint else []
    form = {
        Shape.PICK_ONE: Form.TICK,
        Shape.PICK_MANY: Form.TICK,
        Shape.ORDER: Form.ORDER,
        Shape.PAIR: Form.PAIR,
    }.get(asked.shape, Form.WRITE)
    if form in (Form.ORDER, Form.PAIR):
        said.append(_("Write the letters into the boxes."))
    note = " · ".join(said)
    if form is not Form.WRITE:
        return Asked(asked.prompt, form, note, asked.options, asked.lefts)
    lines = _solution(workspace, found, asked).lines
    if asked.shape is Shape.FILL:
        labels = asked.labels or tuple(f"{number}." for number in range(1, asked.entries + 1))
        return Asked(asked.prompt, form, note, entries=labels, millimetres=handwritten(lines))
    if asked.shape is Shape.REVEAL:
        room = round(handwritten(["".join(lines)]) * _OPEN_LINES)
        return Asked(asked.prompt, form, note, entries=("",), millimetres=max(room, 2 * LINE_MM))
    return Asked(asked.prompt, form, note, entries=("",), millimetres=handwritten(lines))


def _key(workspace: Workspace, found: DrillCard | None, asked: Question) -> str:
    """The answer as the one who marks wants it: letters first."""
    if found is None:
        return "—"
    letters = dict(zip(asked.layout, ascii_uppercase, strict=False))
    lines = _solution(workspace, found, asked).lines
    if asked.shape in (Shape.PICK_ONE, Shape.PICK_MANY):
        right = right_options(found, asked)
        texts = displayed_texts(asked, right)
        return f"**{' '.join(letters[index] for index in right)}**  {' · '.join(texts)}"
    if asked.shape is Shape.ORDER:
        return f"**{' '.join(letters[index] for index in sorted(asked.layout))}**"
    if asked.shape is Shape.PAIR and isinstance(found.card.task, MatchTask):
        return f"**{' '.join(letters[index] for index in found.card.task.partner)}**"
    return " · ".join(lines)


def displayed_texts(asked: Question, indices: Iterable[int]) -> list[str]:
    """The texts of options, by the author's indices."""
    texts = dict(zip(asked.layout, asked.options, strict=True))
    return [texts[index] for index in indices]


def _solution(workspace: Workspace, found: DrillCard | None, asked: Question) -> Solution:
    langs = tuple(dict.fromkeys((asked.lang, *workspace.langs))) if asked.lang else workspace.langs
    return found.card.task.solution(langs) if found else Solution(())
