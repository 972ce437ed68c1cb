"""What can be seen of a deck's quality in its text."""

from __future__ import annotations

import pytest

from quizkit.decks.load import load_text
from quizkit.decks.quality import findings, readability
from quizkit.model import Deck

HEAD = "deck: d\ntitle: T\nnotes:\n"


def deck(*notes: str) -> Deck:
    text = HEAD + "".join(f"  - id: n{number}\n    {note}\n" for number, note in enumerate(notes))
    loaded = load_text(text, "f")
    assert loaded.deck is not None
    assert not [found for found in loaded.diagnostics if found.is_error], text
    return loaded.deck


def typed(ask: str, answer: str = "Seoul", more: str = "") -> str:
    return f"kind: typed\n    ask: {ask!r}\n    answer: {answer!r}{more}"


def choice(*options: str) -> str:
    return f"kind: choice\n    ask: Which?\n    answer: {options[0]!r}\n    options: {list(options)!r}"


def codes(*notes: str) -> list[str]:
    return [found.code for found in findings(deck(*notes))]


@pytest.mark.parametrize(
    "options",
    [
        ("Seoul", "Busan", "1953"),
        ("the Six-Party Talks", "the AUKUS pact", "They never met."),
        ("朝鮮半島の非核化", "インド太平洋の安定", "denuclearisation"),
        ("Kim Jong Un", "Moon Jae-in", "the president of a neighbour"),
        ("a treaty", "a joint statement that was read aloud by all of the leaders"),
    ],
)
def test_the_last_option_is_never_taken_for_the_answer(options: tuple[str, ...]) -> None:
    (found,) = findings(deck(choice(*options)))
    assert found.code == "implausible-distractor"
    assert options[-1] in found.message


@pytest.mark.parametrize(
    "options",
    [
        ("Seoul", "Busan", "Daegu"),
        ("90", "60", "45"),
        ("NATO", "the United Nations", "QUAD"),
        ("東京", "キャンプ・デービッド", "QUAD"),
        ("Kim Jong Un", "the president", "a general"),
    ],
)
def test_options_of_one_sort_are_left_alone(options: tuple[str, ...]) -> None:
    assert codes(choice(*options)) == []


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ("Which of these was not without effect?", "double-negative"),
        ("合意に至らなかったわけではない国は。", "double-negative"),
        ("회담에 참석하지 않은 나라가 아닌 것은?", "double-negative"),
        ("Where did they meet, and who was the host?", "two-questions"),
        ("会談はいつですか。また、会場はどこですか。", "two-questions"),
    ],
)
def test_prompts_that_are_hard_to_follow_are_told(ask: str, code: str) -> None:
    assert codes(typed(ask)) == [code]


@pytest.mark.parametrize(
    "ask", ["Which treaty never came into force?", "「かねない」と書かれていない国は。", "Who met whom?"]
)
def test_plain_prompts_are_left_alone(ask: str) -> None:
    assert codes(typed(ask)) == []


def test_an_answer_that_another_prompt_tells_is_told() -> None:
    first, second = typed("Where did they meet?", "Camp David"), typed("Who was the host at Camp David?", "Biden")
    assert codes(first, second) == ["given-away"]
    assert codes(first + "\n    after: n1", second) == ["given-away"]
    assert codes(first, second + "\n    after: n0") == [], "where the prompt comes, the answer is known"
    assert codes(first, second + "\n    confuses: n0") == []


def test_the_reading_ease_is_flesch_s() -> None:
    """Six words of a syllable each in a sentence: 206.835 - 1.015 × 6 - 84.6 × 1."""
    (found,) = readability(deck(typed("The cat sat on the mat.")))
    assert (found.lang, found.sentences, found.length) == ("en", 1, 6)
    assert found.value == pytest.approx(116.145)
    (longer,) = readability(deck(typed("In May 3.5 million people came. They stayed in the U.S. for a table.")))
    assert longer.sentences == 2


def test_each_language_has_a_measure_of_its_own() -> None:
    """Also where the author doesn't say which it is."""
    found = {
        one.lang: one for one in readability(deck(typed("首脳は会う。"), typed("정상이 언제 만났나?"), typed("Who?")))
    }
    assert found["ja"].value == pytest.approx(3 / 5)
    assert (found["ko"].length, found["ko"].value) == (3, pytest.approx(8 / 3))
    assert found["en"].measure == "Flesch reading ease"
