"""A session line by line: for pipes, screen readers and slow lines. No colour, no cursor, no clearing."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Outcome, Question, Rating, Response, Shape
from quizkit.terminal import draw
from quizkit.terminal.commands import Command, command_in, describe
from quizkit.terminal.draw import Page
from quizkit.terminal.recap import recap_lines
from quizkit.terminal.style import Style
from quizkit.terminal.words import interval, rating_word, stage_word

if TYPE_CHECKING:
    from quizkit.workspace import Asked, Result, StudyRun

WIDE = 10_000
"""Columns to 'wrap' at: a screen reader, or the reader of a pipe, wraps for itself."""

OPENS = ":o"
"""What opens pictures and sounds: everything that is no answer begins with a colon."""

_YES, _NO = ("y", "は", "네", "예"), ("n", "い", "아")
_LEAVES_CARD = (Command.UNDO, Command.SKIP, Command.BURY, Command.SUSPEND)


class _Stop(Exception):  # noqa: N818 - a wish, not an error
    """The learner has had enough."""


class _Next(Exception):  # noqa: N818 - a wish, not an error
    """The learner has left the card behind."""


def study(run: StudyRun, source: TextIO | None = None) -> None:
    """Ask and answer line by line until the session or the input ends; then say what came of it."""
    _Lines(run, source or sys.stdin).run()


class _Lines:
    def __init__(self, run: StudyRun, source: TextIO) -> None:
        self._run = run
        self._source = source
        self._page = Page(WIDE, Style(False))

    def run(self) -> None:
        try:
            if (asked := self._run.asked()) is not None:
                self._say(draw.outlook(asked))
            while (asked := self._run.asked()) is not None:
                self._turn(asked)
        except (KeyboardInterrupt, EOFError, _Stop):
            pass
        self._say(*recap_lines(self._page, self._run.recap(), self._run.clock))

    def _say(self, *lines: str) -> None:
        print("\n".join(line.strip() for line in lines if line.strip()), flush=True)

    def _line(self) -> str:
        """The next line of input. Raises EOFError when there is none."""
        line = self._source.readline()
        if not line:
            raise EOFError
        return line.strip()

    def _ask(self, *lines: str) -> str:
        """Say something that wants a line, and read it. Commands are obeyed; the line comes back when it is none."""
        while True:
            self._say(*lines)
            line = self._line()
            command = command_in(line)
            if command is None:
                return line
            self._obey(command)
            if command in _LEAVES_CARD:
                raise _Next

    def _turn(self, asked: Asked) -> None:
        question = asked.question
        place = f"[{asked.number}/{asked.number - 1 + asked.ahead.total()}] {asked.title}"
        try:
            line = self._ask(
                f"{place} · {stage_word(asked.stage)}" if asked.scheduled else place,
                *draw.question(self._page, question, asked.card.media, OPENS),
                *draw.options(self._page, question),
                _how(question),
            )
            result = self._run.respond(_response(question, line))
            self._say(*draw.verdict(self._page, question, result.judged, key=""))
            if not result.saved:
                result = self._rate_oneself(result)
            elif result.judged.verdict.outcome is Outcome.ALMOST:
                result = self._run.call(counts=self._counts())
        except QuizkitError as error:
            self._say(error.message, error.hint)
        except _Next:
            pass
        else:
            self._say(self._saved(result))
            if result.leech:
                text = _(
                    "You have forgotten this card {n} times. Asking again seldom helps: reword it, or split it in two.",
                    n=result.lapses,
                )
                self._say(text)

    def _counts(self) -> bool:
        """The learner's call on an 'almost'."""
        while True:
            answer = unicodedata.normalize("NFKC", self._ask(_("Does it count? y or n"))).lower()
            if answer.startswith(_YES + _NO):
                return answer.startswith(_YES)

    def _rate_oneself(self, result: Result) -> Result:
        if points := result.judged.solution.points:
            ticks = self._numbers(
                len(points),
                _("Which of these did you have? Numbers, parted by spaces:"),
                *(f"{number}. {point}" for number, point in enumerate(points, 1)),
            )
            result = self._run.tick(tuple(ticks))
        suggested = result.rating or Rating.GOOD
        ratings = "  ".join(f"{rating.value} {rating_word(rating)}" for rating in Rating)
        wish = _("Rate yourself: {ratings} (empty: {suggested})", ratings=ratings, suggested=rating_word(suggested))
        while len(numbers := self._numbers(len(Rating), wish)) > 1:
            pass
        return self._run.rate(Rating(int(numbers[0])) if numbers else suggested)

    def _numbers(self, most: int, *lines: str) -> list[str]:
        """Ask for numbers from 1 to `most`, until nothing else is in the line."""
        while True:
            text = unicodedata.normalize("NFKC", self._ask(*lines))
            numbers = _numbers_in(text)
            if numbers is not None and all(1 <= int(number) <= most for number in numbers):
                return list(dict.fromkeys(numbers))
            self._say(_("Answer with numbers from 1 to {n}.", n=most))

    def _saved(self, result: Result) -> str:
        if result.rating is None:
            return _("Saved. The schedule stays as it was.")
        when = interval(result.memory, self._run.clock.now(), self._run.clock.today())
        return _("Saved as {rating}: comes back in {time}.", rating=rating_word(result.rating), time=when)

    def _obey(self, command: Command) -> None:
        match command:
            case Command.QUIT:
                raise _Stop
            case Command.UNDO:
                done = self._run.undo()
                self._say(_("The last answer is undone.") if done else _("There is nothing to undo."))
            case Command.SKIP:
                self._run.skip()
            case Command.BURY:
                self._run.bury()
                self._say(_("Buried until tomorrow."))
            case Command.SUSPEND:
                card = self._run.card_key
                self._run.suspend(card)
                self._say(_("Suspended. `quizkit card resume {card}` brings it back.", card=card))
            case Command.FLAG:
                self._say(_("Flagged.") if self._run.flag() else _("The flag is off."))
            case Command.PASSAGE:
                passages = self._run.passages()
                self._say(
                    *(f"{name}  {gist}" for name, gist in passages),
                    "" if passages else _("This note cites no passage."),
                )
            case Command.OPEN:
                files = [str(file) for file in self._run.media()]
                self._say(*(files or [_("There are no pictures or sounds with this card.")]))
            case Command.EDIT:
                path, line = self._run.location()
                self._say(f"{path}:{line}")
            case Command.HELP:
                self._say(*(f":{wish.value}  {describe(wish)}" for wish in Command))


def _how(question: Question) -> str:
    """What one line of answer looks like."""
    return {
        Shape.PICK_ONE: _("Answer: a number (empty: I don't know)"),
        Shape.PICK_MANY: _("Answer: numbers, parted by spaces (empty: I don't know)"),
        Shape.ORDER: _("Answer: the numbers in the right order (empty: I don't know)"),
        Shape.PAIR: _("Answer: a number for each letter in turn, 0 for none (empty: I don't know)"),
        Shape.FILL: _("Answer: the entries, parted by semicolons (empty: I don't know)"),
        Shape.TYPE: _("Answer (empty: I don't know)"),
        Shape.REVEAL: _("Press Enter to see the answer"),
    }[question.shape]


def _response(question: Question, line: str) -> Response:
    """One line of input as a response."""
    if not line:
        return Response()
    match question.shape:
        case Shape.TYPE | Shape.FILL:
            return Response((line,))
        case Shape.REVEAL:
            return Response()
        case Shape.PAIR:
            numbers = _numbers_in(unicodedata.normalize("NFKC", line))
            return Response((line,) if numbers is None else tuple("" if int(n) == 0 else n for n in numbers))
        case _:
            return Response(_picks(question, line))


def _picks(question: Question, line: str) -> tuple[str, ...]:
    """Option numbers; where numbers can't be meant, the option with that very text."""
    text = unicodedata.normalize("NFKC", line)
    if numbers := _numbers_in(text):
        return tuple(numbers)
    for position, option in enumerate(question.options, 1):
        if unicodedata.normalize("NFKC", option).casefold().strip() == text.casefold().strip():
            return (str(position),)
    return (line,)


def _numbers_in(text: str) -> list[str] | None:
    """The numbers of a line; None where there is something else in it."""
    numbers = re.findall(r"\d+", text)
    only = not re.sub(r"[\d\s,;、。.]+", "", text)
    return numbers if only and (numbers or not text.strip()) else None
