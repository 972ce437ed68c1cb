"""Entering marks through a pipe: a sheet in each line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.terminal.commands import Command, command_in
from quizkit.terminal.entering import taken_line

if TYPE_CHECKING:
    from quizkit.workspace.drill_entering import Entering


def enter_lines(entering: Entering, source: TextIO | None = None, *, quiet: bool = False) -> int:
    """Take sheets from a pipe: `7: b d a`, or the name, in each line; `:u` takes back. Returns how many lines failed.

    What is wrong is told on standard error.
    """
    failed = 0

    def tell(text: str) -> None:
        if not quiet:
            print(text, flush=True)

    for number, line in enumerate(source or sys.stdin, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        command = command_in(text)
        if command is Command.QUIT:
            break
        if command is Command.UNDO:
            back = entering.undo()
            tell(_("Taken back: {name}", name=back.student.name) if back else _("There is nothing to undo."))
            continue
        who, marks = _parted(text)
        try:
            sheet = entering.find(who.strip())
            readings = entering.read_whole(sheet, marks)
            tell(taken_line(sheet, entering.take(sheet, readings), readings))
        except QuizkitError as error:
            failed += 1
            problem = f"{error.message} {error.hint}".rstrip()
            print(_("Line {n}: {problem}", n=number, problem=problem), file=sys.stderr, flush=True)
    return failed


def _parted(text: str) -> tuple[str, str]:
    """Whose sheet a line is for, and the marks: behind a colon, or behind the first word (a number, a scanned code)."""
    first, _space, rest = text.partition(" ")
    if first.endswith(":"):
        return first[:-1], rest
    if ":" in first:
        who, _colon, mark = first.partition(":")
        # A scanned code has slashes.
        return (first, rest) if "/" in first else (who, f"{mark} {rest}")
    if ": " in text.partition('"')[0]:
        who, _colon, marks = text.partition(":")
        return who, marks
    return first, rest
