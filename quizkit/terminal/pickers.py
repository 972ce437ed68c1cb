"""Answering without typing, as small state machines: a key goes in; lines to draw, and at last the values, come out.

Each knows nothing of the terminal, so that every one of them can be tested key by key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from quizkit.i18n import _
from quizkit.model import Question, Shape
from quizkit.terminal.draw import MARGIN, Page

Values = tuple[str, ...]


class Picker(Protocol):
    """One way of answering with keys."""

    def press(self, key: str) -> Values | None:
        """Take a key ('up', 'down', 'space', 'enter', 'back', or a character); the values when it is the last one."""

    def lines(self, page: Page) -> list[str]:
        """What to draw now."""

    def help(self) -> str:
        """The keys, in a line."""


class _Digits:
    """Numbers typed digit by digit, where two options may begin alike (1 and 12)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.typed = ""

    def press(self, key: str) -> int | None:
        """The number, once no other can be meant."""
        digit = unicodedata.normalize("NFKC", key)
        if not (len(digit) == 1 and digit.isascii() and digit.isdigit()):
            return None
        number = int(self.typed + digit)
        if not 1 <= number <= self._most:
            number = int(digit)
            if not 1 <= number <= self._most:
                self.typed = ""
                return None
        self.typed = str(number)
        if number * 10 > self._most:
            return self.take()
        return None

    def take(self) -> int | None:
        """What has been typed so far, as a number; then nothing is."""
        number = int(self.typed) if self.typed else None
        self.typed = ""
        return number


def _row(page: Page, *, here: bool, mark: str, text: str, number: int) -> list[str]:
    first = f"{MARGIN}{page.style('❯', 'accent') if here else ' '} {mark}{number}. "
    indent = MARGIN + " " * (len(mark) + len(str(number)) + 4)
    return page.block(text, *(("accent",) if here else ()), indent=indent, first=first)


class PickOne:
    """One of the options: arrows and Enter, or its number."""

    def __init__(self, question: Question) -> None:
        self._options = question.options
        self._at = 0
        self._digits = _Digits(len(question.options))

    def press(self, key: str) -> Values | None:
        """See `Picker`."""
        match key:
            case "up" | "k":
                self._at = (self._at - 1) % len(self._options)
            case "down" | "j":
                self._at = (self._at + 1) % len(self._options)
            case "enter":
                return (str(self._digits.take() or self._at + 1),)
            case "d":
                return ()
            case _:
                if number := self._digits.press(key):
                    return (str(number),)
                if self._digits.typed:
                    self._at = int(self._digits.typed) - 1
        return None

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        return [
            line
            for i, option in enumerate(self._options)
            for line in _row(page, here=i == self._at, mark="", text=option, number=i + 1)
        ]

    def help(self) -> str:
        """See `Picker`."""
        return _("↑↓ or a number · Enter · d don't know · ? keys")


class PickMany:
    """Some of the options: arrows and Space, or their numbers; Enter when done."""

    def __init__(self, question: Question) -> None:
        self._options = question.options
        self._at = 0
        self._picked: set[int] = set()
        self._digits = _Digits(len(question.options))

    def press(self, key: str) -> Values | None:
        """See `Picker`."""
        match key:
            case "up" | "k":
                self._at = (self._at - 1) % len(self._options)
            case "down" | "j":
                self._at = (self._at + 1) % len(self._options)
            case "space":
                self._picked ^= {self._at}
            case "enter":
                if (number := self._digits.take()) is not None:
                    self._toggle(number)
                    return None
                return tuple(str(i + 1) for i in sorted(self._picked))
            case "d":
                return ()
            case _:
                if number := self._digits.press(key):
                    self._toggle(number)
        return None

    def _toggle(self, number: int) -> None:
        self._at = number - 1
        self._picked ^= {self._at}

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        return [
            line
            for i, option in enumerate(self._options)
            for line in _row(
                page, here=i == self._at, mark="[x] " if i in self._picked else "[ ] ", text=option, number=i + 1
            )
        ]

    def help(self) -> str:
        """See `Picker`."""
        return _("↑↓ and Space, or numbers · Enter when done · d don't know · ? keys")


class Tick(PickMany):
    """The points of a rubric that the learner had: an answer is given already, and nothing is asked."""

    def help(self) -> str:
        """See `Picker`."""
        return _("↑↓ and Space, or numbers · Enter when done")


class Arrange:
    """All options in order: Space picks a line up and puts it down, arrows carry it; or type the numbers in order."""

    def __init__(self, question: Question) -> None:
        self._options = question.options
        self._order = list(range(len(question.options)))
        self._at = 0
        self._held = False
        self._placed = 0
        self._digits = _Digits(len(question.options))

    def press(self, key: str) -> Values | None:
        """See `Picker`."""
        match key:
            case "up" | "k":
                self._move(-1)
            case "down" | "j":
                self._move(1)
            case "space":
                self._held = not self._held
            case "back":
                self._placed = max(0, self._placed - 1)
            case "enter":
                if (number := self._digits.take()) is not None:
                    self._place(number)
                    return None
                return tuple(str(i + 1) for i in self._order)
            case "d":
                return ()
            case _:
                if number := self._digits.press(key):
                    self._place(number)
        return None

    def _move(self, step: int) -> None:
        to = self._at + step
        if not 0 <= to < len(self._order):
            return
        if self._held:
            self._order[self._at], self._order[to] = self._order[to], self._order[self._at]
        self._at = to

    def _place(self, number: int) -> None:
        """Typed numbers fill the order from the top; one that already stands there is moved down again."""
        option = number - 1
        where = self._order.index(option)
        if where < self._placed:
            return
        self._order.insert(self._placed, self._order.pop(where))
        self._placed += 1
        self._at = min(self._placed, len(self._order) - 1)

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        drawn: list[str] = []
        for place, option in enumerate(self._order):
            mark = "= " if place < self._placed else ("↕ " if self._held and place == self._at else "  ")
            drawn += _row(page, here=place == self._at, mark=mark, text=self._options[option], number=option + 1)
        return drawn

    def help(self) -> str:
        """See `Picker`."""
        return _("Space lifts a line, ↑↓ move it · or type the numbers in order · Enter when done · ? keys")


class Pairs:
    """A partner for each left side: its number, line by line."""

    def __init__(self, question: Question) -> None:
        self._lefts = question.lefts
        self._options = question.options
        self._chosen: list[int] = [0] * len(question.lefts)
        self._at = 0
        self._digits = _Digits(len(question.options))

    def press(self, key: str) -> Values | None:
        """See `Picker`."""
        match key:
            case "up" | "k":
                self._at = (self._at - 1) % len(self._lefts)
            case "down" | "j":
                self._at = (self._at + 1) % len(self._lefts)
            case "back":
                self._chosen[self._at] = 0
            case "enter":
                if (number := self._digits.take()) is not None:
                    self._choose(number)
                    return None
                return tuple(str(n) if n else "" for n in self._chosen) if any(self._chosen) else ()
            case "d":
                return ()
            case _:
                if number := self._digits.press(key):
                    self._choose(number)
        return None

    def _choose(self, number: int) -> None:
        self._chosen[self._at] = number
        self._at = min(self._at + 1, len(self._lefts) - 1)

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        drawn: list[str] = []
        for i, left in enumerate(self._lefts):
            chosen = self._chosen[i]
            here = i == self._at
            partner = f"{left} → {chosen}. {self._options[chosen - 1]}" if chosen else f"{left} → "
            first = f"{MARGIN}{page.style('❯', 'accent') if here else ' '} "
            drawn += page.block(partner, *(("accent",) if here else ()), indent=MARGIN + "    ", first=first)
        drawn.append("")
        for number, option in enumerate(self._options, 1):
            drawn += page.block(option, indent=MARGIN + "     ", first=f"{MARGIN} {number:>2}. ")
        return drawn

    def help(self) -> str:
        """See `Picker`."""
        return _("a number gives the line its partner · ↑↓ · Enter when done · d don't know · ? keys")


class Reveal:
    """Nothing to answer: think, then look."""

    def press(self, key: str) -> Values | None:
        """See `Picker`."""
        return () if key in ("space", "enter") else None

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        return []

    def help(self) -> str:
        """See `Picker`."""
        return _("Space shows the answer · ? keys")


class Keys:
    """One key of a few."""

    def __init__(self, keys: Iterable[str], line: str) -> None:
        self._keys = tuple(keys)
        self._line = line

    def press(self, key: str) -> Values | None:
        """See `Picker`; 'enter' and 'space' always count, and come out as 'enter'."""
        plain = unicodedata.normalize("NFKC", key).lower()
        if plain in ("enter", "space"):
            return ("enter",)
        return (plain,) if plain in self._keys else None

    def lines(self, page: Page) -> list[str]:
        """See `Picker`."""
        return []

    def help(self) -> str:
        """See `Picker`."""
        return self._line


def picker_for(question: Question) -> Picker | None:
    """The picker for a question's shape; None where the answer is typed."""
    match question.shape:
        case Shape.PICK_ONE:
            return PickOne(question)
        case Shape.PICK_MANY:
            return PickMany(question)
        case Shape.ORDER:
            return Arrange(question)
        case Shape.PAIR:
            return Pairs(question)
        case Shape.REVEAL:
            return Reveal()
        case Shape.TYPE | Shape.FILL:
            return None
