"""Marks as a teacher types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.marking import Mark, Token, letters_of, mark_of, placed, read_mark, tokens
from quizkit.errors import QuizkitError
from quizkit.model import Question, Shape


def asked(shape: Shape, options: int = 0, lefts: int = 0, entries: int = 0) -> Question:
    named = tuple(f"option {n}" for n in range(options))
    layout = tuple(reversed(range(options)))
    return Question("d/n/main", shape, "en", "?", named, tuple("xyz"[:lefts]), entries, layout=layout)


ONE, MANY, ORDER = asked(Shape.PICK_ONE, 4), asked(Shape.PICK_MANY, 4), asked(Shape.ORDER, 3)
PAIR, TYPE, FILL, OPEN = asked(Shape.PAIR, 4, 3), asked(Shape.TYPE), asked(Shape.FILL, entries=2), asked(Shape.REVEAL)


@pytest.mark.parametrize(
    ("question", "typed", "values"),
    [
        (ONE, "b", ("2",)),
        (ONE, "Ｂ", ("2",)),
        (MANY, "ac", ("1", "3")),
        (MANY, "a,c", ("1", "3")),
        (ORDER, "cab", ("3", "1", "2")),
        (PAIR, "d-a", ("4", "", "1")),
        (PAIR, "aab", ("1", "1", "2")),
        (TYPE, "烏龍茶", ("烏龍茶",)),
        (TYPE, '"Camellia sinensis"', ("Camellia sinensis",)),
        (TYPE, "「玉露」", ("玉露",)),
        (TYPE, "=1", ("1",)),
        (TYPE, "1191", ("1191",)),
        (FILL, '"kettle; bowl"', ("kettle", "bowl")),
        (ONE, "-", ()),
        (TYPE, "-", ()),
    ],
)
def test_what_was_answered(question: Question, typed: str, values: tuple[str, ...]) -> None:
    (token,) = tokens(typed, 1)
    mark = read_mark(token, question)
    assert (mark.values, mark.score, mark.later) == (values, None, False)


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("1", 1),
        ("0", 0),
        ("½", 0.5),
        (".5", 0.5),
        ("0.5", 0.5),
        ("2/3", 2 / 3),
        ("x", 0),
        ("✓", 1),
        ("０", 0),
        ("1/2", 0.5),
    ],
)
@pytest.mark.parametrize("question", [ONE, ORDER, TYPE, OPEN])
def test_what_the_teacher_judged(question: Question, typed: str, score: float) -> None:
    (token,) = tokens(typed, 1)
    assert read_mark(token, question) == Mark(read_mark(token, question).text, score=score)


@pytest.mark.parametrize(
    ("question", "typed"),
    [(ONE, "e"), (ONE, "ab"), (MANY, "aa"), (ORDER, "ab"), (PAIR, "ab"), (OPEN, "yes"), (ONE, "2"), (ONE, "3/2")],
)
def test_what_fits_no_answer_is_refused(question: Question, typed: str) -> None:
    (token,) = tokens(typed, 1)
    with pytest.raises(QuizkitError, match="no mark here") as caught:
        read_mark(token, question)
    assert "½" in caught.value.hint


def test_a_question_may_be_left_for_later() -> None:
    assert read_mark(Token("."), ONE).later


def test_a_line_has_a_mark_for_each_question() -> None:
    """Parted by spaces, all in one word, or each with the number of its question."""
    assert [token.text for token in tokens('b  "two words" 1', 3)] == ["b", "two words", "1"]
    assert [token.text for token in tokens("bd1x", 4)] == ["b", "d", "1", "x"]
    assert [token.text for token in tokens("bd1x", 3)] == ["bd1x"]
    assert placed(tokens("3:b 1:x", 4), 4) == {2: Token("b", 3), 0: Token("x", 1)}
    for line in ("b d", "b d a x", ""):
        with pytest.raises(QuizkitError, match=f"{len(line.split())} marks? for 3 questions"):
            placed(tokens(line, 3), 3)
    with pytest.raises(QuizkitError, match="no question 9"):
        placed(tokens("9:b", 3), 3)


@pytest.mark.parametrize(
    ("question", "typed", "values"),
    [
        (ONE, "ab", None),
        (MANY, "ac", ("1", "3")),
        (ORDER, "cab", ("3", "1", "2")),
        (PAIR, "d-a", ("4", "", "1")),
        (TYPE, "tea", ("tea",)),
        (FILL, "a;b", ("a", "b")),
        (OPEN, "1/2", ()),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_named_question_has_the_whole_mark(
    question: Question, typed: str, values: tuple[str, ...] | None, number: int
) -> None:
    """Also where the mark has as many letters as the sheet has questions."""
    questions = len(typed)
    ((place, token),) = placed(tokens(f"{number}:{typed}", questions), questions).items()
    assert (place, token.text) == (number - 1, typed)
    if values is None:
        with pytest.raises(QuizkitError, match="no mark here"):
            read_mark(token, question)
    else:
        assert read_mark(token, question).values == values


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), unique=True, min_size=1))
def test_letters_name_the_authors_options(layout: list[int], picked: list[int]) -> None:
    """Whatever the variant: letters to positions, positions to the author's indices, and back."""
    question = MANY._replace(layout=tuple(layout))
    letters = letters_of(question, picked)
    values = read_mark(Token(letters), question).values
    assert [layout[int(value) - 1] for value in values] == picked


@given(st.text(max_size=20), st.sampled_from([ONE, MANY, ORDER, PAIR, TYPE, FILL, OPEN]))
def test_anything_may_be_typed(line: str, question: Question) -> None:
    """It is read or refused, and what is read fits the question."""
    for token in tokens(line, 3):
        try:
            mark = read_mark(token, question)
        except QuizkitError:
            continue
        assert mark.score is None or 0 <= mark.score <= 1
        if question.options:
            assert all(not value or 1 <= int(value) <= len(question.options) for value in mark.values)


def test_judgements_are_typed_as_they_are_read() -> None:
    for score in (1.0, 0.5, 0.0, 0.75):
        assert read_mark(Token(mark_of(score)), OPEN).score == score
