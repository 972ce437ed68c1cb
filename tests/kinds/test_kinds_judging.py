"""Fairness in the corners: what the learner saw is what is judged and spoken of."""

import pytest

from quizkit import i18n
from quizkit.decks.load import load_text
from quizkit.errors import QuizkitError
from quizkit.model import Asking, Outcome, Response, Shape


def _cards(keys):
    loaded = load_text(f"deck: d\ntitle: T\nnotes:\n  - id: n\n    {keys}\n", "d.yaml")
    assert [found for found in loaded.diagnostics if found.is_error] == []
    return {card.variant: card for card in loaded.deck.notes[0].cards()}


CHOICE = (
    "kind: choice\n    ask: QUAD?\n    options: [{en: Delhi, ja: デリー}, {en: Tokyo, ja: 東京}]\n    answer: Tokyo"
)
CLOZE = "kind: cloze\n    text: '{{c1::one}} and {{c1::two}}'"
MATCH = "kind: match\n    ask: Pair.\n    pairs: [{left: a, right: b}, {left: c, right: d}]"
OPEN = "kind: open\n    ask: Why?\n    model: Because.\n    points: [a, b]"
ORDER = "kind: order\n    ask: In order.\n    items: [a, b, c]"


@pytest.fixture
def japanese():
    """The interface in Japanese, and back in English afterwards."""
    i18n.use("ja")
    yield
    i18n.use("en")


def test_a_verdict_speaks_of_the_option_that_was_shown(japanese):
    """A prompt in no language leaves the options in the learner's: the verdict names what was picked."""
    card = _cards(CHOICE)["main"]
    question = card.task.ask(Asking("k", ("ja", "en")))
    assert question.lang == ""
    place = question.options.index("デリー") + 1
    verdict = card.task.check(question, Response((str(place),)))
    assert verdict.reason.args["option"] == "デリー"


def test_feedback_comes_in_the_learners_language(japanese):
    """Also where the question is in none."""
    card = _cards(CHOICE.replace("{en: Delhi, ja: デリー}", "{text: Delhi, why: {en: No., ja: いいえ。}}"))["main"]
    question = card.task.ask(Asking("k", ("ja", "en")))
    assert card.task.check(question, Response((str(question.options.index("Delhi") + 1),))).feedback == "いいえ。"


@pytest.mark.parametrize(
    ("values", "outcome", "score"),
    [
        (("", "two"), Outcome.WRONG, 0.5),
        (("one", ""), Outcome.WRONG, 0.5),
        (("one", "two"), Outcome.RIGHT, 1.0),
        (("one, two",), Outcome.RIGHT, 1.0),
        (("one",), Outcome.WRONG, 0.5),
        (("two", "one"), Outcome.WRONG, 0.0),
        ((" ", ""), Outcome.WRONG, 0.0),
    ],
)
def test_each_gap_is_judged_in_its_place(values, outcome, score):
    """A gap left empty doesn't shift the others; one value may hold all of them."""
    card = _cards(CLOZE)["c1"]
    verdict = card.task.check(card.task.ask(Asking("k")), Response(values))
    assert (verdict.outcome, verdict.score) == (outcome, score)


def test_a_comma_within_an_answer_parts_nothing():
    """Where every gap has a value of its own, or there is one gap only."""
    card = _cards("kind: cloze\n    text: '{{c1::Tokyo, Japan}} and {{c1::Seoul}}'")["c1"]
    question = card.task.ask(Asking("k"))
    assert card.task.check(question, Response(("Tokyo, Japan", "Seoul"))).outcome is Outcome.RIGHT
    card = _cards("kind: cloze\n    text: {en: '{{c1::Tokyo, Japan}}', ja: '{{c1::東京}}と{{c1::日本}}'}")["c1"]
    question = card.task.ask(Asking("k"))
    assert question.shape is Shape.FILL
    assert card.task.check(question, Response(("Tokyo, Japan",))).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("keys", "variant", "values"),
    [
        (CHOICE, "main", ("3",)),
        (CHOICE, "main", ("0",)),
        (CHOICE, "main", ("-1",)),
        (CHOICE, "main", ("²",)),
        (CHOICE, "main", ("Tokyo",)),
        (CHOICE, "main", ("1", "2")),
        (CHOICE, "main", ("1", "1")),
        (CHOICE, "main", ("9" * 5000,)),
        (CLOZE, "c1", ("one", "two", "three")),
        (MATCH, "main", ("1", "2", "1")),
        (MATCH, "main", ("3", "1")),
        (OPEN, "main", ("3",)),
        (OPEN, "main", ("9" * 5000,)),
        (ORDER, "main", ("1", "2")),
        (ORDER, "main", ("1", "2", "2")),
        ("kind: typed\n    ask: a\n    answer: b", "main", ("b", "c")),
        ("kind: truefalse\n    ask: a\n    answer: true", "main", ("1", "2")),
    ],
)
def test_a_response_that_does_not_fit_is_explained(keys, variant, values):
    """Then the face asks again: nothing is counted against the learner."""
    card = _cards(keys)[variant]
    with pytest.raises(QuizkitError) as raised:
        card.task.check(card.task.ask(Asking("k")), Response(values))
    assert len(raised.value.message) < 100


@pytest.mark.parametrize("digits", ["1", "１", " 1 ", "١", "01"])
def test_digits_of_any_script_name_an_option(digits):
    """A Japanese keyboard types full-width digits."""
    card = _cards(OPEN)["main"]
    assert card.task.check(card.task.ask(Asking("k")), Response((digits,))).score == 0.5
    card = _cards(CHOICE)["main"]
    question = card.task.ask(Asking("k"))
    right = question.options[0] == "Tokyo"
    assert (card.task.check(question, Response((digits,))).outcome is Outcome.RIGHT) == right


@pytest.mark.parametrize("none", ["", "0", " 0 "])
def test_a_line_may_be_left_without_a_partner(none):
    """The others count."""
    card = _cards(MATCH)["main"]
    question = card.task.ask(Asking("k"))
    verdict = card.task.check(question, Response((none, str(question.options.index("d") + 1))))
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0.5)
    assert card.task.check(question, Response((none, none))).score == 0


def test_statements_that_are_no_grounds_take_turns():
    """Each is shown among the grounds, never two at once; whichever it is, it is the right pick."""
    card = _cards("kind: argument\n    claim: x\n    grounds: [a, b]\n    not_grounds: [c, d, e]")["not-ground"]
    seen = []
    for turn in range(6):
        question = card.task.ask(Asking("k", turn=turn))
        (odd,) = set(question.options) - {"a", "b"}
        assert card.task.check(question, Response((str(question.options.index(odd) + 1),))).outcome is Outcome.RIGHT
        assert card.task.check(question, Response((str(question.options.index("a") + 1),))).outcome is Outcome.WRONG
        seen.append(odd)
    assert seen == ["c", "d", "e"] * 2


def test_options_keep_their_order_where_the_author_wants_it():
    """'None of these' belongs last."""
    card = _cards(CHOICE + "\n    shuffle: false")["main"]
    assert {card.task.ask(Asking("k", seed=str(seed))).options for seed in range(20)} == {("Delhi", "Tokyo")}


def test_the_right_option_stands_in_every_place():
    """Over many cards no place gives the answer away."""
    card = _cards(CHOICE.replace("]\n", ", c, d]\n"))["main"]
    places = [card.task.ask(Asking(f"k{n}", seed="s")).options.index("Tokyo") for n in range(400)]
    assert all(60 < places.count(place) < 140 for place in range(4))


def test_a_rubric_counts_each_point_once():
    """The share that was there is the score; the learner's rating decides."""
    card = _cards(OPEN)["main"]
    verdict = card.task.check(card.task.ask(Asking("k")), Response(("1", "1")))
    assert (verdict.outcome, verdict.score) == (Outcome.SELF, 0.5)


def test_solutions_speak_also_without_languages():
    """Nobody's preference is a preference for what there is."""
    for keys in (CHOICE, CLOZE, MATCH, OPEN, ORDER, "kind: truefalse\n    ask: a\n    answer: true"):
        for card in _cards(keys).values():
            assert card.task.solution(()).lines


def test_an_order_shows_when():
    """Dates come with the answer, not with the question."""
    card = _cards("kind: order\n    ask: a\n    items: [{text: b, when: '1999'}, c]")["main"]
    assert card.task.solution(("en",)).lines == ("1. b (1999)", "2. c")
    assert "1999" not in str(card.task.ask(Asking("k")))


SEA = "ask: {en: Which sea?, ko: 어느 바다?}\n    answer: {en: East China Sea, ko: 동중국해}\n    also: [동지나해]"
GAP = "kind: cloze\n    text: {en: 'the {{c1::East China Sea}}', ko: '{{c1::동중국해}}'}\n    also: [동지나해]"


@pytest.mark.parametrize(
    ("keys", "variant"), [(f"kind: typed\n    {SEA}", "main"), (GAP, "c1")], ids=["typed", "cloze"]
)
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("동중국해", "That's right."),
        ("동지나해", "That's right: it is another way to say 동중국해."),
        ("East China Sea", "That's right: the same answer in another script."),
    ],
)
def test_the_answer_is_the_one_in_the_learners_language(keys, variant, typed, reason):
    """What is shown as the answer is what a response is compared with, whichever language the author wrote first."""
    card = _cards(keys)[variant]
    question = card.task.ask(Asking("k", ("ko", "en")))
    assert card.task.check(question, Response((typed,))).reason.render() == reason


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        (("日米韓",), Outcome.RIGHT),
        (("韓米日",), Outcome.RIGHT),
        (("日米",), Outcome.WRONG),
        (("日中韓",), Outcome.WRONG),
    ],
)
def test_members_of_one_letter_may_be_written_as_one_word(values, outcome):
    """日米韓 names three countries."""
    members = "[{text: 日本, also: [日]}, {text: 米国, also: [米]}, {text: 韓国, also: [韓]}]"
    card = _cards(f"kind: list\n    ask: Which three?\n    answer: {members}")["main"]
    assert card.task.check(card.task.ask(Asking("k", ("ja",))), Response(values)).outcome is outcome
