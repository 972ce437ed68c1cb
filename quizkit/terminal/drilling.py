"""A drill on one screen, seen from the back of a room: what each key does, and how the screen is filled.

No terminal in here: keys go in, lines come out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizkit.columns import harmless
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Outcome, Shape
from quizkit.terminal import draw
from quizkit.terminal import drilling_draw as drawing
from quizkit.terminal.countdown import Countdown, Tally
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.editor import show_all

if TYPE_CHECKING:
    from quizkit.workspace.drill_running import Running, View

MARKS = {"r": Outcome.RIGHT, "a": Outcome.ALMOST, "w": Outcome.WRONG}


class Stage:
    """What stands on the screen. `press` takes a key, `lines` draws."""

    def __init__(self, running: Running, now: Callable[[], int]) -> None:
        self._running = running
        self.countdown = Countdown(now)
        self._tally: Tally | None = None
        self.notice = ""
        self._shown = ""
        self.view = running.view()
        self._restart()

    @property
    def over(self) -> bool:
        """Whether the drill has ended."""
        return self.view.ended

    # Keys

    def press(self, key: str) -> bool:
        """Obey a key ('enter', 'space', 'back', or a character); False when the teacher leaves."""
        self.notice = ""
        if self._shown:
            self._shown = ""
            return True
        if self._tally is not None:
            self._count(key)
            return True
        if key == "q" or (self.over and key in ("enter", "space")):
            return False
        before = self.view
        try:
            self._obey(key)
        except QuizkitError as error:
            self._complain(error)
        self.view = self._running.view()
        if self._turned(before):
            self._restart()
        elif self.view.settled or self.view.said != before.said:
            # Whoever was called has answered.
            self.countdown.stop()
        return True

    def refresh(self) -> None:
        """Look again, after something was done behind the keys."""
        self.view = self._running.view()

    def _turned(self, before: View) -> bool:
        """Whether somebody else, or everybody once more, has the question now."""
        old, new = before, self.view
        return (old.number, old.called, old.round, old.settled, old.ended) != (
            new.number,
            new.called,
            new.round,
            new.settled,
            new.ended,
        ) and not (new.settled and not old.settled)

    def _restart(self) -> None:
        view = self.view
        self.countdown.start(0 if view.settled or view.ended else view.seconds)

    def _obey(self, key: str) -> None:
        running = self._running
        if key in MARKS:
            running.mark(MARKS[key])
        elif key.isdigit() and key.isascii():
            running.picks(int(key))
        else:
            actions: dict[str, Callable[[], object]] = {
                "enter": running.go_on,
                "space": running.go_on,
                "c": running.call_another,
                "x": running.is_away,
                "j": running.is_back,
                "s": running.skip,
                "h": self._begin_count,
                "d": running.discuss,
                "p": self.countdown.pause,
                "+": self.countdown.extend,
                "u": self._undo,
                "o": self._open,
                "b": lambda: self._show("scores"),
                "?": lambda: self._show("help"),
            }
            if action := actions.get(key):
                action()

    def _complain(self, error: QuizkitError) -> None:
        self.notice = f"{error.message} {error.hint}".strip()

    def _show(self, what: str) -> None:
        self._shown = what

    def _undo(self) -> None:
        self.notice = _("Taken back.") if self._running.undo() else _("There is nothing to undo.")

    def _open(self) -> None:
        self.notice = show_all(self.view.media)

    def _begin_count(self) -> None:
        asked = self.view.question
        if asked is None or asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
            raise QuizkitError(_("Nothing can be picked here."))
        self._tally = Tally(asked.options)

    def _count(self, key: str) -> None:
        assert self._tally is not None
        counts = self._tally.press(key)
        if counts is None:
            return
        if counts:
            try:
                self._running.raise_hands(counts)
            except QuizkitError as error:
                # What was typed stays, to be corrected.
                self._complain(error)
                self._tally.at = 0
                return
        self._tally = None
        self.view = self._running.view()
        if self.view.settled:
            self.countdown.stop()

    # Drawing

    def lines(self, page: Page, rows: int) -> list[str]:
        """The whole screen, as many lines as it has rows."""
        head = self._head(page)
        foot = ["", *self._foot(page)]
        room = max(rows - len(head) - len(foot), 1)
        body = self._fitted(page, room)
        above = (room - len(body)) // 2
        body = [""] * above + body + [""] * (room - len(body) - above)
        return [*head, *body, *foot][:rows]

    def plain_lines(self, page: Page) -> list[str]:
        """What there is to read, without the layout of a screen."""
        place = "" if self.over else _("{n} of {all}", n=self.view.number, all=self.view.of)
        head = " · ".join(part for part in (harmless(self.view.title), place) if part)
        return [head, *(line.strip() for line in self._body(page, airy=False) if line.strip())]

    def _fitted(self, page: Page, room: int) -> list[str]:
        """The body with large digits and air where there is room, else closer, at last cut."""
        digits = self._digits(page)
        for airy, clock in ((True, True), (False, True), (True, False), (False, False)):
            if clock and not digits:
                continue
            body = self._body(page, airy=airy)
            if clock:
                body = [*digits, "", *([""] if airy else []), *body]
            if len(body) <= room:
                return body
        return [*body[: room - 1], MARGIN + "…"]

    def _head(self, page: Page) -> list[str]:
        view = self.view
        left = harmless(view.title)
        place = _("{n} of {all}", n=view.number, all=view.of) if view.question or view.slide else ""
        clock = self._clock()
        right = " · ".join(part for part in (place, clock) if part)
        share = (view.of if view.ended else max(view.number - 1, 0)) / max(view.of, 1)
        return [*page.spread(left, right, "dim"), MARGIN + draw.bar(share, page.inner, page.style), ""]

    def _clock(self) -> str:
        left = self.countdown.left()
        if left is None:
            return ""
        if not left:
            return _("time is up")
        seconds = -(-left // 1000)
        text = f"{seconds // 60}:{seconds % 60:02}"
        return _("{time}, paused", time=text) if self.countdown.paused else text

    def _digits(self, page: Page) -> list[str]:
        left = self.countdown.left()
        if left is None or self._tally or self._shown:
            return []
        seconds = -(-left // 1000)
        return drawing.digit_lines(page, seconds)

    def _body(self, page: Page, *, airy: bool) -> list[str]:
        view = self.view
        if self._shown == "help":
            return drawing.help_lines(page)
        if self._shown == "scores" or view.ended:
            return self._scores(page)
        if view.slide:
            return drawing.slide_lines(page, view)
        assert view.question is not None
        if self._tally is not None:
            return drawing.tally_lines(page, view.question.options, self._tally)
        gap = [""] if airy else []
        return [*drawing.whose_lines(page, view), *gap, *drawing.question_lines(page, view, airy=airy)]

    def _scores(self, page: Page) -> list[str]:
        title = _("The drill is over.") if self.over else _("Scores")
        away = [student.name for student in self._running.absent()]
        return drawing.score_lines(page, title, self._running.scores(), self._running.team_scores(), away)

    def score_lines(self, page: Page) -> list[str]:
        """The points so far, without the layout of a screen."""
        return [line.strip() for line in self._scores(page) if line.strip()]

    def _foot(self, page: Page) -> list[str]:
        lines = page.block(self.notice, "warn") if self.notice else []
        if self._shown:
            keys = _("any key goes back")
        elif self._tally is not None:
            keys = _("type the number · Enter goes on · q calls it off")
        elif self.over:
            keys = _("Enter ends · u undo · b scores")
        elif self.view.slide:
            keys = _("Enter goes on · u undo · q leave")
        elif self.view.settled:
            keys = _("Enter next · h hands · u undo · b scores · ? keys")
        elif self.view.called:
            keys = _("r right · a almost · w wrong · c another · x absent · Enter answer · ? keys")
        else:
            keys = _("h hands · c call somebody · Enter answer · u undo · ? keys")
        return [*lines, *page.block(keys, "dim")]
