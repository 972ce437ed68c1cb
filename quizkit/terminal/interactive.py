"""The study session in a terminal: a card at a time, drawn on a cleared screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Outcome, Rating, Response, Shape
from quizkit.terminal import draw
from quizkit.terminal.commands import Command, describe
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.recap import recap_lines
from quizkit.terminal.style import page_width, style_for
from quizkit.terminal.words import interval, rating_word

if TYPE_CHECKING:
    from quizkit.workspace import Asked, Result, StudyRun

TYPED = (Shape.TYPE, Shape.FILL)
"""Where letters are answers, commands begin with a colon."""
CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def study(run: StudyRun) -> None:
    """Ask until nothing is left or the learner has had enough; then say what came of it."""
    loop = _Loop(run)
    try:
        loop.ask_all()
    except (KeyboardInterrupt, EOFError):
        print()
    loop.finish()


class _Loop:
    def __init__(self, run: StudyRun) -> None:
        self._run = run
        self._notice = run.left_out()
        self._warm = False

    @property
    def _page(self) -> Page:
        return Page(page_width(), style_for())

    def ask_all(self) -> None:
        while (asked := self._run.asked()) is not None:
            self._show(asked)
            # The question is on screen: what it takes to answer, and then to judge, is loaded while the learner reads.
            from quizkit.terminal import prompts

            self._warm_up()
            got = prompts.ask(asked.question, self._page)
            if isinstance(got, Command):
                if got is Command.QUIT:
                    return
                self._obey(got, asked.card.key)
            elif not self._answer(got, asked):
                return

    def _warm_up(self) -> None:
        if self._warm:
            return
        from threading import Thread

        Thread(target=self._run.warm_up, daemon=True).start()
        self._warm = True

    def _show(self, asked: Asked) -> None:
        page = self._page
        lines = draw.header(page, asked)
        if self._notice:
            lines += [*page.block(self._notice, "warn"), ""]
            self._notice = ""
        lines += draw.question(page, asked.question, asked.card.media, ":o" if asked.question.shape in TYPED else "o")
        _write((CLEAR if page.style.colour or sys.stdout.isatty() else "") + "\n".join(lines) + "\n")

    def _answer(self, response: Response, asked: Asked) -> bool:
        """Judge and show; False when the learner wants to stop."""
        try:
            result = self._run.respond(response)
        except QuizkitError as error:
            self._notice = f"{error.message} {error.hint}"
            return True
        page = self._page
        if asked.question.shape is not Shape.REVEAL:
            _write("\n")
        if result.saved:
            return self._after_verdict(result)
        _write("\n".join(draw.verdict(page, asked.question, result.judged)) + "\n\n")
        return self._rate_oneself(result)

    def _rate_oneself(self, result: Result) -> bool:
        """Reveal and rate: the learner says how well it went, seeing when each rating brings the card back."""
        from quizkit.terminal import prompts

        suggested: Rating | None = None
        if points := result.judged.solution.points:
            _write("\n".join(self._page.block(_("Which of these did you have?"), "bold")) + "\n")
            result = self._run.tick(prompts.tick(points, self._page))
            suggested = result.rating
        suggested = suggested or Rating.GOOD
        while True:
            _write(f"\n{self._ratings(suggested)}\n")
            key = prompts.one_key("1234uefopq?", _("1–4 rate yourself · u undo · p passage · ? keys"), self._page)
            if key == "q":
                return False
            if key == "u":
                self._undo()
                return True
            if key.isdigit() or key == "enter":
                break
            self._look_here(Command(key))
        rating = Rating(int(key)) if key.isdigit() else suggested
        rated = self._run.rate(rating)
        self._mind_leech(rated)
        return True

    def _ratings(self, suggested: Rating | None) -> str:
        page = self._page
        previews = self._run.previews()
        words = []
        for rating in Rating:
            word = f"{rating.value} {rating_word(rating)}"
            if rating in previews:
                word += f" ({interval(previews[rating], self._run.clock.now(), self._run.clock.today())})"
            words.append(page.style(word, "bold") if rating is suggested else word)
        return "\n".join(page.block("   ".join(words))) if not page.style.colour else MARGIN + "   ".join(words)

    def _after_verdict(self, result: Result) -> bool:
        """The verdict, what it was saved as, and a key to go on or to change that."""
        from quizkit.terminal import prompts

        page = self._page
        _write("\n".join(draw.verdict(page, result.question, result.judged)) + "\n")
        while True:
            page = self._page
            _write("\n" + "\n".join(page.block(self._saved_as(result), "dim")) + "\n")
            pending = result.judged.verdict.outcome is Outcome.ALMOST
            key = prompts.one_key("1234uepfobxq?" + ("yn" if pending else ""), self._footer(result, pending), page)
            if key == "q":
                return False
            if key == "u":
                self._undo()
                return True
            if key in ("y", "n"):
                result = self._run.call(counts=key == "y")
                break
            if key.isdigit():
                if result.rating is not None:
                    result = self._run.rate(Rating(int(key)))
                    continue
                break
            if key == "enter":
                break
            if key in (Command.BURY, Command.SUSPEND):
                self._obey(Command(key), self._run.card_key)
                return True
            self._look_here(Command(key))
        self._mind_leech(result)
        return True

    def _footer(self, result: Result, pending: bool) -> str:
        if pending:
            return _("Your call: y counts as right · n counts as wrong · Enter leaves it · ? keys")
        if result.rating is None:
            return _("Enter goes on · u undo · p passage · ? keys")
        return _("Enter goes on · 1–4 change the rating · u undo · p passage · ? keys")

    def _saved_as(self, result: Result) -> str:
        if result.rating is None:
            return _("Saved. The schedule stays as it was.")
        when = interval(result.memory, self._run.clock.now(), self._run.clock.today())
        return _("Saved as {rating}: comes back in {time}.", rating=rating_word(result.rating), time=when)

    def _mind_leech(self, result: Result) -> None:
        if not result.leech:
            return
        from quizkit.terminal import prompts

        page = self._page
        text = _(
            "You have forgotten this card {n} times. Asking again seldom helps: reword it, or split it in two.",
            n=result.lapses,
        )
        _write("\n" + "\n".join(page.block(text, "warn")) + "\n")
        choice = prompts.menu(
            _("What shall become of it?"),
            {"keep": _("keep asking"), "suspend": _("suspend it"), "edit": _("edit the note")},
        )
        if choice == "suspend":
            self._run.suspend(result.card.key)
        elif choice == "edit":
            self._edit(result.card.key)

    def _obey(self, command: Command, card: str) -> None:
        match command:
            case Command.UNDO:
                self._undo()
            case Command.SKIP:
                self._run.skip()
            case Command.BURY:
                self._run.bury(card)
                self._notice = _("Buried until tomorrow.")
            case Command.SUSPEND:
                self._run.suspend(card)
                self._notice = _("Suspended. `quizkit card resume {card}` brings it back.", card=card)
            case _:
                self._look(command)

    def _look(self, command: Command) -> None:
        """The commands that leave the card where it is."""
        from quizkit.terminal import prompts

        page = self._page
        match command:
            case Command.EDIT:
                self._edit(self._run.card_key)
            case Command.FLAG:
                flagged = self._run.flag()
                self._notice = _("Flagged.") if flagged else _("The flag is off.")
            case Command.OPEN:
                from quizkit.terminal.editor import show_all

                self._notice = show_all(self._run.media())
            case Command.PASSAGE:
                _write("\n" + "\n".join(self._passages()) + "\n")
                prompts.one_key("", _("Enter goes back"), page)
            case Command.HELP:
                lines = [f"{MARGIN}{wish.value}  {describe(wish)}" for wish in Command]
                lines += page.block(_("Where letters are typed, put a colon in front: :u"), "dim")
                _write("\n" + "\n".join(lines) + "\n")
                prompts.one_key("", _("Enter goes back"), page)
            case _:
                return

    def _look_here(self, command: Command) -> None:
        """The same below a verdict, where what is to be said about it is said at once."""
        self._look(command)
        if self._notice:
            _write("\n" + "\n".join(self._page.block(self._notice, "warn")) + "\n")
            self._notice = ""

    def _passages(self) -> list[str]:
        page = self._page
        passages = self._run.passages()
        if not passages:
            return page.block(_("This note cites no passage."))
        return [
            line
            for name, gist in passages
            for line in page.block(gist, first=f"{MARGIN}{name}  ", indent=MARGIN + "     ")
        ]

    def _edit(self, card: str) -> None:
        from quizkit.terminal.editor import edit

        try:
            path, line = self._run.location(card)
            edit(path, line)
            problems = self._run.reload()
        except QuizkitError as error:
            self._notice = f"{error.message} {error.hint}"
            return
        self._notice = problems or _("The note was read again.")

    def _undo(self) -> None:
        self._notice = _("The last answer is undone.") if self._run.undo() else _("There is nothing to undo.")

    def finish(self) -> None:
        """The summary."""
        page = self._page
        _write("\n" + "\n".join(recap_lines(page, self._run.recap(), self._run.clock)) + "\n")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
