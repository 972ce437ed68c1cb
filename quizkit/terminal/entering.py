"""Entering marks at the keyboard: whose sheet, then a line of marks that is understood while it is typed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from quizkit.columns import clip, harmless, pad, width
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext
from quizkit.markup import plain
from quizkit.model import Outcome, Question, Shape
from quizkit.terminal.commands import Command, command_in
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.style import page_width, style_for
from quizkit.terminal.words import STYLES, SYMBOLS

if TYPE_CHECKING:
    from quizkit.workspace.drill_entering import Entering, Taken
    from quizkit.workspace.drill_reading import Reading, Sheet

CELL = 25
"""Columns that a mark takes in the preview."""
_LISTED = 8
_ANSWER_ROOM = 40


def enter(entering: Entering) -> None:
    """Take sheet after sheet until the teacher ends it. Ctrl-C drops a line that isn't finished."""
    loop = _Loop(entering)
    try:
        while loop.turn():
            pass
    except (KeyboardInterrupt, EOFError):
        print()


class _Loop:
    def __init__(self, entering: Entering) -> None:
        self._entering = entering

    @property
    def _page(self) -> Page:
        return Page(page_width(), style_for())

    def turn(self) -> bool:
        """One sheet; False when the teacher is done."""
        said = _line(_("Student"), lambda text: student_lines(self._page, self._entering, text))
        command = command_in(said)
        if command is Command.QUIT:
            return False
        if command is not None:
            self._obey(command)
            return True
        try:
            sheet = self._entering.find(said) if said.strip() else self._next()
        except QuizkitError as error:
            self._complain(error)
            return True
        if sheet is None:
            self._say(_("All sheets are entered."), "good")
            return False
        self._marks(sheet)
        return True

    def _next(self) -> Sheet | None:
        """The next sheet that hasn't been entered. Raises QuizkitError where there are only those that are named."""
        if not self._entering.handout.sheets:
            raise QuizkitError(_("Type a name and the letter of the variant: Mina b"))
        return next((sheet for sheet in self._entering.sheets() if not sheet.entered), None)

    def _marks(self, sheet: Sheet) -> None:
        """The marks of a sheet, asked for until they fit, or the teacher turns to another."""
        text = self._entering.line_of(sheet)
        while True:
            label = f"{sheet.student.number} {sheet.student.name} · {sheet.variant.letter}".strip()
            try:
                text = _line(label, lambda typed: mark_lines(self._page, self._entering, sheet, typed), text)
            except KeyboardInterrupt:
                return
            if not text.strip():
                return
            if command := command_in(text):
                self._obey(command)
                return
            try:
                readings = self._entering.read_whole(sheet, text)
                calls = {one.number: self._counts(sheet, one) for one in readings if self._asks(sheet, one)}
                taken = self._entering.take(sheet, readings, calls)
            except QuizkitError as error:
                self._complain(error)
                continue
            self._say(taken_line(sheet, taken, self._entering.read_whole(sheet, text)), "dim")
            return

    def _asks(self, sheet: Sheet, reading: Reading) -> bool:
        """Whether the teacher has to decide on an answer, and hasn't before."""
        return reading.is_pending and not self._entering.decided(sheet, reading)

    def _counts(self, sheet: Sheet, reading: Reading) -> bool:
        from quizkit.terminal.prompts import one_key

        expected = self._entering.expected(sheet, reading)
        text = _("{n}. “{given}” is almost “{expected}”.", n=reading.number, given=reading.shown, expected=expected)
        _write("\n".join(self._page.block(text, "warn")) + "\n")
        while (key := one_key("yn", _("y counts as right · n counts as wrong"), self._page)) == "enter":
            pass
        return key == "y"

    def _obey(self, command: Command) -> None:
        match command:
            case Command.UNDO:
                sheet = self._entering.undo()
                name = sheet.student.name if sheet else ""
                self._say(_("Taken back: {name}", name=name) if sheet else _("There is nothing to undo."), "warn")
            case _:
                _write("\n".join(help_lines(self._page)) + "\n")

    def _say(self, text: str, *names: str) -> None:
        _write("\n".join(self._page.block(harmless(text), *names)) + "\n")

    def _complain(self, error: QuizkitError) -> None:
        self._say(f"{error.message} {error.hint}".strip(), "bad")


def help_lines(page: Page) -> list[str]:
    """How marks are typed."""
    rows = (
        ("b d a c", _("a letter for each question, in the order of the sheet")),
        ("ac · cab · c-b", _("several letters: to pick several, to order, to pair")),
        ('"tea" · =4', _("what was written, for quizkit to judge")),
        ("1 · ½ · 0 · 2/3", _("what you judged")),
        ("-  ·  .", _("left empty · not entered now")),
        ("5:b", _("only question 5: corrects it")),
        (":u  :q", _("takes the last sheet back · ends")),
    )
    room = max(width(keys) for keys, _text in rows)
    return [f"{MARGIN}{page.style(pad(keys, room), 'bold')}  {text}" for keys, text in rows]


def student_lines(page: Page, entering: Entering, typed: str) -> list[str]:
    """Who may be meant by what has been typed."""
    if command_in(typed):
        return []
    sheets = entering.sheets()
    done = sum(bool(sheet.entered) for sheet in sheets)
    foot = ngettext("{done} of {n} sheet entered", "{done} of {n} sheets entered", len(sheets), done=done)
    if not typed.strip():
        following = next((one for one in sheets if not one.entered), None)
        name = f"{following.student.number} {following.student.name}".strip() if following else ""
        turn = _("Enter takes {name}", name=name) if following else ""
        parts = (turn, foot, _(":? help"), _(":q ends"))
        return page.block(" · ".join(part for part in parts if part), "dim")
    found = entering.matching(typed)
    lines = [MARGIN + clip(_sheet_line(one, entering.questions), page.inner) for one in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(MARGIN + page.style(_("and {n} more", n=len(found) - _LISTED), "dim"))
    return lines or page.block(foot, "dim")


def _sheet_line(sheet: Sheet, questions: int) -> str:
    mark = "✓" if sheet.entered >= questions else "…" if sheet.entered else " "
    return f"{mark} {sheet.student.number:>4}  {harmless(sheet.student.name)} · {sheet.variant.letter}"


def mark_lines(page: Page, entering: Entering, sheet: Sheet, typed: str) -> list[str]:
    """Each mark as it is understood so far, and how many there are."""
    if command_in(typed):
        return []
    if not typed.strip():
        cells = [
            f"{number:>3} {pad(_form(entering.question_at(sheet, number)), CELL - 5)} "
            for number in range(1, entering.questions + 1)
        ]
        return [*_rows(page, cells), *page.block(_(":? help"), "dim")]
    readings = entering.read(sheet, typed)
    lines = _rows(page, [_cell(page, reading) for reading in readings])
    wrong = next((reading for reading in readings if reading.problem), None)
    if wrong:
        text = _("Question {n}: {problem}", n=wrong.number, problem=wrong.problem)
        lines += page.block(f"{text} {wrong.hint}".strip(), "bad")
    marks, all_ = entering.count(typed), entering.questions
    count = ngettext("{n} mark for {all} questions.", "{n} marks for {all} questions.", marks, all=all_)
    lines += page.block(count, "good" if marks == all_ else "bad" if marks > all_ else "dim")
    if typed[-1].isspace() and len(readings) < entering.questions:
        following = len(readings) + 1
        asked = " ".join(plain(entering.question_at(sheet, following).prompt).split())
        lines.append(MARGIN + page.style(clip(harmless(f"{following}. {asked}"), page.inner), "dim"))
    return lines


def _rows(page: Page, cells: Sequence[str]) -> list[str]:
    across = max(1, page.inner // CELL)
    return [MARGIN + "".join(cells[start : start + across]).rstrip() for start in range(0, len(cells), across)]


def _form(asked: Question) -> str:
    """What a mark for a question looks like."""
    letters = ascii_lowercase[: len(asked.options)]
    match asked.shape:
        case Shape.PICK_ONE:
            return f"a–{letters[-1]}"
        case Shape.PICK_MANY:
            return f"a–{letters[-1]}+"
        case Shape.ORDER:
            return letters
        case Shape.PAIR:
            return letters[: len(asked.lefts)]
        case Shape.TYPE | Shape.FILL:
            return '"…" · 1 ½ 0'
        case _:
            return "1 ½ 0"


def _cell(page: Page, reading: Reading) -> str:
    symbol = "!" if reading.problem else SYMBOLS[reading.outcome] if reading.outcome else "·"
    tone = "bad" if reading.problem else STYLES[reading.outcome] if reading.outcome else "dim"
    said = harmless(plain(reading.shown)) if reading.picked or reading.mark.score is not None else ""
    text = clip(f"{reading.mark.text} {said}".strip(), CELL - 7)
    return f"{reading.number:>3} {page.style(symbol, tone)} {pad(text, CELL - 7)} "


def taken_line(sheet: Sheet, taken: Taken, readings: Sequence[Reading]) -> str:
    """What was entered, in a line."""
    counts = {outcome: sum(one.outcome is outcome for one in readings) for outcome in Outcome}
    tally = "  ".join(f"{SYMBOLS[outcome]} {n}" for outcome, n in counts.items() if n)
    parts = [ngettext("{n} new", "{n} new", taken.new)] if taken.new or not any(taken) else []
    parts += [ngettext("{n} corrected", "{n} corrected", taken.corrected)] if taken.corrected else []
    parts += [_("{n} as before", n=taken.same)] if taken.same else []
    return f"{sheet.student.name} · {sheet.variant.letter}: {tally} ({', '.join(parts)})"


def _line(label: str, below: Callable[[str], list[str]], before: str = "") -> str:
    """A line that is typed, with something drawn below it after every key."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.application import get_app
    from prompt_toolkit.formatted_text import ANSI
    from prompt_toolkit.styles import Style

    looks = Style.from_dict({"bottom-toolbar": "noreverse"})
    shown = f"{MARGIN}{clip(harmless(label), _ANSWER_ROOM)} › "
    session: PromptSession[str] = PromptSession(style=looks)
    session.app.ttimeoutlen = 0.05
    return session.prompt(
        shown, default=before, bottom_toolbar=lambda: ANSI("\n".join(below(get_app().current_buffer.text)))
    )


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
