"""Prompts in a real terminal. Importing this loads prompt_toolkit: do so after the question is on screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys as Key
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import Style as PromptStyle

from quizkit.i18n import _
from quizkit.model import Question, Response, Shape
from quizkit.terminal.commands import Command, command_in
from quizkit.terminal.draw import MARGIN, Page
from quizkit.terminal.pickers import Keys, Picker, Tick, picker_for
from quizkit.terminal.style import page_width

_NAMES = {
    Key.Up: "up",
    Key.Down: "down",
    Key.Left: "left",
    Key.Right: "right",
    Key.ControlP: "up",
    Key.ControlN: "down",
    Key.Enter: "enter",
    Key.ControlJ: "enter",
    Key.Backspace: "back",
    Key.Delete: "back",
    " ": "space",
    "　": "space",
}
_COMMANDS = {command.value for command in Command}
_PLAIN = PromptStyle.from_dict({"question": "", "qmark": "ansicyan", "answer": ""})


def ask(question: Question, page: Page) -> Response | Command:
    """Let the learner answer.

    Raises KeyboardInterrupt or EOFError when they press Ctrl-C or Ctrl-D.
    """
    picker = picker_for(question)
    if picker is not None:
        values = _run(picker, page)
        return values if isinstance(values, Command) else Response(values)
    if question.shape is Shape.FILL:
        return _fill(question)
    line = _line(MARGIN)
    if command := command_in(line):
        return command
    return Response((line,) if line.strip() else ())


def one_key(keys: Iterable[str], line: str, page: Page) -> str:
    """The one of `keys` that was pressed; 'enter' for Enter or Space."""
    values = _run(Keys(keys, line), page, commands=False)
    assert not isinstance(values, Command)
    return values[0]


def tick(points: tuple[str, ...], page: Page) -> tuple[str, ...]:
    """The positions of the rubric's points that the learner had."""
    question = Question(card="", shape=Shape.PICK_MANY, lang="", prompt="", options=points)
    values = _run(Tick(question), page, commands=False)
    assert not isinstance(values, Command)
    return values


def _fill(question: Question) -> Response | Command:
    entries: list[str] = []
    for number in range(question.entries):
        label = question.labels[number] if question.labels else f"{number + 1}/{question.entries}"
        line = _line(f"{MARGIN}{label}")
        if command := command_in(line):
            return command
        if not line.strip() and not question.labels:
            break
        entries.append(line)
    return Response(tuple(entries) if any(entry.strip() for entry in entries) else ())


def _line(before: str) -> str:
    answer = questionary.text("", qmark=f"{before} ›", style=_PLAIN).unsafe_ask()
    return str(answer)


def _run(picker: Picker, page: Page, *, commands: bool = True) -> tuple[str, ...] | Command:
    """Draw the picker, feed it keys, and leave its last state on screen."""
    bindings = KeyBindings()
    done = False

    def drawn() -> ANSI:
        # The window may have been resized since the question was drawn.
        now = page._replace(columns=page_width())
        lines = picker.lines(now)
        if not done:
            lines = [*lines, *([""] if lines else []), *now.block(picker.help(), "dim")]
        return ANSI("\n".join(lines))

    def finish(event: KeyPressEvent, result: tuple[str, ...] | Command) -> None:
        nonlocal done
        done = True
        event.app.exit(result=result)

    @bindings.add(Key.Any)
    @bindings.add(Key.Up)
    @bindings.add(Key.Down)
    @bindings.add(Key.Left)
    @bindings.add(Key.Right)
    @bindings.add(Key.ControlP)
    @bindings.add(Key.ControlN)
    @bindings.add(Key.Enter)
    @bindings.add(Key.ControlJ)
    @bindings.add(Key.Backspace)
    @bindings.add(Key.Delete)
    def _pressed(event: KeyPressEvent) -> None:
        key = event.key_sequence[0].key
        # An input method may send full-width letters, and Caps Lock capitals.
        name = _NAMES.get(key) or normalize("NFKC", event.data).lower()
        if commands and name in _COMMANDS:
            finish(event, Command(name))
        elif (values := picker.press(name)) is not None:
            finish(event, values)

    @bindings.add(Key.ControlC)
    def _interrupted(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @bindings.add(Key.ControlD)
    def _ended(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    window = Window(FormattedTextControl(drawn, show_cursor=False), dont_extend_height=True, always_hide_cursor=True)
    app: Application[tuple[str, ...] | Command] = Application(
        layout=Layout(window), key_bindings=bindings, mouse_support=False
    )
    app.ttimeoutlen = 0.05
    return app.run()


def answered(question: questionary.Question) -> Any:
    """What a prompt was answered; None when left with Ctrl-C, of which questionary would say so in English."""
    try:
        return question.unsafe_ask()
    except KeyboardInterrupt:
        return None


def confirm(text: str) -> bool:
    """Yes or no; no when left with Ctrl-C."""
    return bool(answered(questionary.confirm(text, default=False, instruction=_("(y/N) "))))


def menu(text: str, choices: dict[str, str]) -> str:
    """One of the choices, by its key; '' when left with Ctrl-C."""
    items = [questionary.Choice(title, value=key) for key, title in choices.items()]
    return str(answered(questionary.select(text, items, instruction=" ")) or "")
