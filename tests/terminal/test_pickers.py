"""Answering with keys."""

import pytest

from quizkit.columns import width
from quizkit.model import Question, Shape
from quizkit.terminal.draw import Page
from quizkit.terminal.pickers import Arrange, Pairs, PickMany, PickOne, picker_for
from quizkit.terminal.style import Style


def _question(n=4, lefts=0, shape=Shape.PICK_ONE):
    return Question(
        card="d/n/main",
        shape=shape,
        lang="en",
        prompt="?",
        options=tuple(f"option {i}" for i in range(1, n + 1)),
        lefts=tuple(f"left {i}" for i in range(1, lefts + 1)),
    )


def _press(picker, keys):
    values = None
    for key in keys.split():
        assert values is None, "the picker was done before its last key"
        values = picker.press(key)
    return values


@pytest.mark.parametrize(
    ("keys", "values"),
    [("3", ("3",)), ("down down enter", ("3",)), ("up enter", ("4",)), ("３", ("3",)), ("9 2", ("2",)), ("d", ())],
)
def test_pick_one(keys, values):
    """A number answers at once, full-width or not; arrows go round; d says that one doesn't know."""
    assert _press(PickOne(_question()), keys) == values


def test_pick_one_waits_where_two_numbers_begin_alike():
    """With twelve options a 1 may become 12: Enter or a second digit decides."""
    assert _press(PickOne(_question(12)), "1 2") == ("12",)
    assert _press(PickOne(_question(12)), "1 enter") == ("1",)
    assert _press(PickOne(_question(12)), "5") == ("5",)


@pytest.mark.parametrize(
    ("keys", "values"),
    [("1 3 enter", ("1", "3")), ("1 1 enter", ()), ("space down space enter", ("1", "2")), ("d", ())],
)
def test_pick_many(keys, values):
    """Numbers and Space toggle; Enter is done."""
    assert _press(PickMany(_question()), keys) == values


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ("enter", ("1", "2", "3", "4")),
        ("3 1 4 2 enter", ("3", "1", "4", "2")),
        ("space down down space enter", ("2", "3", "1", "4")),
        ("3 3 1 enter", ("3", "1", "2", "4")),
        ("4 back 2 enter", ("2", "4", "1", "3")),
    ],
)
def test_arrange(keys, values):
    """Lines are carried with arrows, or the order is typed number by number."""
    assert _press(Arrange(_question()), keys) == values


@pytest.mark.parametrize(
    ("keys", "values"),
    [("2 1 enter", ("2", "1")), ("2 enter", ("2", "")), ("2 1 up back enter", ("", "1")), ("enter", ())],
)
def test_pairs(keys, values):
    """Each number goes to the line in turn; Backspace takes it away."""
    assert _press(Pairs(_question(3, lefts=2)), keys) == values


@pytest.mark.parametrize("shape", [Shape.PICK_ONE, Shape.PICK_MANY, Shape.ORDER, Shape.PAIR])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_the_screen(shape, columns):
    """Long Japanese options wrap under themselves at every width."""
    question = Question(
        card="d/n/main",
        shape=shape,
        lang="ja",
        prompt="?",
        options=("日米韓の三カ国が毎年の会合を続けることを文書で約束したから" * 3, "短い"),
        lefts=("岸田文雄" * 20, "尹錫悦"),
    )
    picker = picker_for(question)
    assert picker is not None
    for line in picker.lines(Page(columns, Style(False))):
        assert width(line) <= columns
