"""Holding a drill: on a whole screen with keys, or line by line through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO
from unicodedata import normalize

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.terminal.draw import Page
from quizkit.terminal.drilling import Stage
from quizkit.terminal.drilling_draw import hands_line, help_lines
from quizkit.terminal.style import Style, style_for

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from prompt_toolkit.key_binding import KeyPressEvent

    from quizkit.workspace.drill_running import Running

WIDE = 10_000
WORDS = {
    "right": "r",
    "almost": "a",
    "wrong": "w",
    "call": "c",
    "absent": "x",
    "back": "j",
    "skip": "s",
    "discuss": "d",
    "undo": "u",
    "scores": "b",
    "help": "?",
    "open": "o",
    "next": "enter",
    "answer": "enter",
    "": "enter",
}
"""What may be written out on a line, and the key it stands for."""


def hold(running: Running, now: Callable[[], int]) -> None:
    """Hold a drill on the whole screen, until it is over or the teacher leaves. `now`: a stopwatch in milliseconds."""
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import ANSI
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys as Key
    from prompt_toolkit.layout import Layout, Window
    from prompt_toolkit.layout.controls import FormattedTextControl

    stage, style = Stage(running, now), style_for()
    names = {
        Key.Enter: "enter",
        Key.ControlJ: "enter",
        Key.Right: "enter",
        Key.Down: "down",
        Key.Up: "up",
        Key.Backspace: "back",
        Key.Delete: "back",
        " ": "space",
        "　": "space",
    }
    bindings = KeyBindings()
    waiting: list[TimerHandle] = []

    def drawn() -> ANSI:
        size = get_terminal_size()
        return ANSI("\n".join(stage.lines(Page(max(size.columns, 20), style), max(size.lines, 8))))

    def wait() -> None:
        """Draw again when the clock shows another number: one timer, and nothing between."""
        for timer in waiting:
            timer.cancel()
        waiting.clear()
        pause = stage.countdown.until_change()
        if pause is not None and app.loop is not None:
            waiting.append(app.loop.call_later(pause, tick))

    def tick() -> None:
        app.invalidate()
        wait()

    @bindings.add(Key.Any)
    @bindings.add(Key.Up)
    @bindings.add(Key.Down)
    @bindings.add(Key.Right)
    @bindings.add(Key.Enter)
    @bindings.add(Key.ControlJ)
    @bindings.add(Key.Backspace)
    @bindings.add(Key.Delete)
    def _pressed(event: KeyPressEvent) -> None:
        # An input method may send full-width letters, and Caps Lock capitals.
        key = names.get(event.key_sequence[0].key) or normalize("NFKC", event.data).lower()
        if not stage.press(key):
            event.app.exit()
        wait()

    @bindings.add(Key.ControlC)
    @bindings.add(Key.ControlD)
    def _left(event: KeyPressEvent) -> None:
        event.app.exit()

    window = Window(FormattedTextControl(drawn, show_cursor=False), always_hide_cursor=True, wrap_lines=False)
    app: Application[None] = Application(
        layout=Layout(window), key_bindings=bindings, full_screen=True, mouse_support=False
    )
    app.ttimeoutlen = 0.05
    app.run(pre_run=wait)


def hold_lines(running: Running, source: TextIO | None = None) -> None:
    """Hold a drill line by line: `right`, `wrong`, `call`, `hands 12 3 9 4`, `2` for the second option, and so on."""
    stage, page, told = Stage(running, lambda: 0), Page(WIDE, Style(False)), list[str]()
    while True:
        lines = stage.plain_lines(page)
        if lines != told:
            print("\n".join(lines), flush=True)
            told = lines
        if stage.over:
            return
        line = (source or sys.stdin).readline()
        if not line or not _obey(stage, running, page, normalize("NFKC", line).lower().split()):
            return


def _obey(stage: Stage, running: Running, page: Page, words: list[str]) -> bool:
    """Do what a line says; False when the teacher leaves."""
    word = words[0] if words else ""
    if word in ("q", "quit"):
        return False
    if word in ("?", "help"):
        print("\n".join(row.strip() for row in help_lines(page)), flush=True)
    elif word in ("b", "scores"):
        print("\n".join(stage.score_lines(page)), flush=True)
    elif word in ("h", "hands"):
        try:
            running.raise_hands([int(number) for number in words[1:] if number.isdecimal()])
            stage.refresh()
            print(hands_line(stage.view), flush=True)
        except QuizkitError as error:
            print(f"{error.message} {error.hint}".strip(), flush=True)
    else:
        stage.press(WORDS.get(word, word))
        if stage.notice:
            print(stage.notice, flush=True)
    return True


def left_line(running: Running) -> str:
    """What to do when the teacher has left a drill that isn't over."""
    return "" if running.view().ended else _("Go on with it: quizkit drill run --resume")
