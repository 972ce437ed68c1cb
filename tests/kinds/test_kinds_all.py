"""What holds for every kind of note, whatever it asks. A new kind joins by an entry in NOTES."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.load import load_text
from quizkit.errors import QuizkitError
from quizkit.kinds import KINDS, keys_of
from quizkit.model import Asking, Outcome, Response, Shape

NOTES = {
    "basic": """
    front: {en: QUAD, ja: クアッド}
    back: {en: four democracies, ja: 四つの民主主義国}
    reverse: true
""",
    "typed": """
    ask: {en: Who hosted, ja: 主催者は}
    answer: {en: Joe Biden, ja: バイデン}
""",
    "cloze": """
    text:
      en: The {{c1::Spirit}} and the {{c2::Principles::paper}} were {{c1::signed}}.
      ja: "{{c1::精神}}と{{c2::原則}}が{{c1::署名}}された。"
""",
    "choice": """
    ask: {en: Where, ja: どこで}
    answer: 成都
    options:
      - {en: Manila, ja: マニラ}
      - text: {en: Chengdu, ja: 成都}
      - text: {en: Busan, ja: 釜山}
        why: {en: That was in another year., ja: 別の年です。}
""",
    "multi": """
    ask: {en: Which two, ja: どの二つ}
    answer: [Japan, Korea]
    options: [Japan, Korea, China, Russia]
""",
    "truefalse": """
    ask: {en: It was in July., ja: 7月だった。}
    answer: false
    correction: {en: It was in August., ja: 8月でした。}
""",
    "number": """
    ask: {en: How many, ja: いくつ}
    answer: 90
    unit: "%"
""",
    "date": """
    ask: {en: When, ja: いつ}
    answer: 2023-08
""",
    "list": """
    ask: {en: Who, ja: 誰}
    answer: [Japan, Korea, {text: {en: the United States, ja: 米国}, also: [USA]}]
""",
    "order": """
    ask: {en: In order, ja: 順に}
    items: [first, second, {text: third, when: "2024"}, fourth]
""",
    "match": """
    ask: {en: Pair, ja: 組み合わせ}
    pairs:
      - {left: Kishida, right: Japan}
      - {left: Yoon, right: Korea}
      - {left: Hayashi, right: Japan}
    extra: [China]
""",
    "argument": """
    claim: {en: It should be institutionalised., ja: 制度化すべきだ。}
    who: author
    not_who: [a ministry, a newspaper]
    grounds: [Leaders change., Habits last.]
    warrant: What is written outlives who wrote it.
    rebuttal: [Treaties are broken too.]
    not_grounds: [{text: It is popular., why: Nobody says so.}]
""",
    "open": """
    ask: {en: Explain, ja: 説明せよ}
    model: Because leaders change.
    points: [leaders change, elections]
""",
}


def _note(kind):
    loaded = load_text(f"deck: d\ntitle: D\nnotes:\n  - id: n\n    kind: {kind}{NOTES[kind]}", "d.yaml")
    assert loaded.diagnostics == []
    return loaded.deck.notes[0]


CARDS = [card for kind in NOTES for card in _note(kind).cards()]
BY_KEY = pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.note.kind}-{card.variant}")


def _right(card, question):
    """The right response, found through what is shown after an answer."""
    solution = card.task.solution((question.lang,))
    match question.shape:
        case Shape.REVEAL:
            return Response(tuple(str(n + 1) for n in range(len(solution.points))))
        case Shape.TYPE:
            return Response((solution.lines[0],))
        case Shape.FILL:
            return Response(solution.lines)
        case Shape.ORDER:
            places = sorted(range(len(question.layout)), key=lambda shown: question.layout[shown])
            return Response(tuple(str(place + 1) for place in places))
        case Shape.PAIR:
            partners = [line.split(" — ")[1] for line in solution.lines]
            return Response(tuple(str(question.options.index(partner) + 1) for partner in partners))
        case Shape.PICK_ONE | Shape.PICK_MANY:
            picks = [str(question.options.index(line) + 1) for line in solution.lines if line in question.options]
            return Response(tuple(picks))


def test_every_kind_is_tried():
    """KINDS is the one list: whatever stands in it is tested here."""
    assert set(NOTES) == set(KINDS)
    for kind in KINDS:
        assert keys_of(kind)["id"].required


@BY_KEY
@given(seed=st.text(max_size=4), lang=st.sampled_from(["en", "ja", "ko"]), turn=st.integers(0, 5))
def test_the_right_response_is_judged_right(card, seed, lang, turn):
    """Whatever the shuffle, the language and the wording: the answer shown is an answer accepted."""
    question = card.task.ask(Asking(card.key, (lang, "en"), seed, turn))
    verdict = card.task.check(question, _right(card, question))
    if question.shape is Shape.REVEAL:
        assert verdict.outcome is Outcome.SELF
        assert verdict.score == (1.0 if card.task.solution(("en",)).points else 0.0)
    else:
        assert (verdict.outcome, verdict.score) == (Outcome.RIGHT, 1.0)


@BY_KEY
@given(seed=st.text(max_size=4))
def test_the_layout_is_a_shuffle(card, seed):
    """Each option is shown once; the same seed shows it in the same place."""
    question = card.task.ask(Asking(card.key, ("en",), seed))
    assert sorted(question.layout) == list(range(len(question.options)))
    assert question == card.task.ask(Asking(card.key, ("en",), seed))
    assert question.shape is card.task.shape
    if question.shape is Shape.ORDER:
        assert question.layout != tuple(range(len(question.layout)))


@BY_KEY
@given(values=st.lists(st.text(max_size=6), max_size=5))
def test_no_response_raises_anything_but_an_explanation(card, values):
    """A response that doesn't fit is explained; every other one gets a score from 0 to 1."""
    question = card.task.ask(Asking(card.key, ("en",)))
    try:
        verdict = card.task.check(question, Response(tuple(values)))
    except QuizkitError as problem:
        explained = problem.message
    else:
        explained = "judged"
        assert 0 <= verdict.score <= 1
        assert (verdict.score == 1) == (verdict.outcome is Outcome.RIGHT) or question.shape is Shape.REVEAL
    assert explained


@BY_KEY
def test_no_response_means_not_knowing(card):
    """'I don't know' is wrong without further ado; where only the learner can judge, it is nothing yet."""
    question = card.task.ask(Asking(card.key, ("en",)))
    verdict = card.task.check(question, Response())
    wanted = Outcome.SELF if question.shape is Shape.REVEAL else Outcome.WRONG
    assert (verdict.outcome, verdict.score) == (wanted, 0.0)


@BY_KEY
def test_a_question_keeps_to_one_language(card):
    """What a Japanese learner reads is Japanese as far as the author wrote it, and says so."""
    question = card.task.ask(Asking(card.key, ("ja", "en")))
    assert question.lang in ("ja", "")
    assert "{{" not in question.prompt


def test_a_distractor_tells_why_it_is_wrong():
    """Whoever picks an option with a `why` is shown it."""
    card = _note("choice").cards()[0]
    question = card.task.ask(Asking(card.key, ("en",)))
    verdict = card.task.check(question, Response((str(question.options.index("Busan") + 1),)))
    assert verdict.outcome is Outcome.WRONG
    assert verdict.feedback == "That was in another year."


def test_several_gaps_of_one_number_are_filled_one_by_one():
    """Half of the gaps is half of the points, and no more."""
    card = _note("cloze").cards()[0]
    question = card.task.ask(Asking(card.key, ("en",)))
    assert question.prompt == "The […] and the Principles were […]."
    verdict = card.task.check(question, Response(("Spirit", "nonsense")))
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0.5)
    assert [part.outcome for part in verdict.parts] == [Outcome.RIGHT, Outcome.WRONG]


def test_a_hint_stands_in_the_gap():
    """`{{c2::answer::hint}}` shows its hint where the answer was."""
    card = _note("cloze").cards()[1]
    assert "[paper]" in card.task.ask(Asking(card.key, ("en",))).prompt


def test_wordings_take_turns():
    """A list of wordings is one card: nobody learns the sentence instead of the fact."""
    text = "deck: d\ntitle: D\nnotes:\n  - id: n\n    kind: typed\n    ask: [First?, Second?]\n    answer: x\n"
    card = load_text(text, "d").deck.notes[0].cards()[0]
    prompts = [card.task.ask(Asking(card.key, ("en",), turn=turn)).prompt for turn in range(3)]
    assert prompts == ["First?", "Second?", "First?"]


def test_equal_right_sides_are_one_option():
    """Two left sides with one partner share its option, so that no right pick can be judged wrong."""
    card = _note("match").cards()[0]
    question = card.task.ask(Asking(card.key, ("en",)))
    assert sorted(question.options) == ["China", "Japan", "Korea"]


def test_an_argument_becomes_its_cards():
    """Only the parts that are there are asked."""
    assert [card.variant for card in _note("argument").cards()] == [
        "grounds",
        "warrant",
        "rebuttal",
        "who",
        "not-ground",
    ]
    text = "deck: d\ntitle: D\nnotes:\n  - id: n\n    kind: argument\n    claim: So.\n    grounds: [Because.]\n"
    assert [card.variant for card in load_text(text, "d").deck.notes[0].cards()] == ["grounds"]


def test_a_kind_may_change_and_keep_the_memory():
    """A note's only card is called main, whatever its kind: its key doesn't change with the kind."""
    single = [kind for kind in KINDS if len(_note(kind).cards()) == 1]
    assert single == ["typed", "choice", "multi", "truefalse", "number", "date", "list", "order", "match", "open"]
    assert {_note(kind).cards()[0].key for kind in single} == {"d/n/main"}


def test_a_line_may_hold_several_entries_of_a_list():
    """However a learner spreads the members over the lines, naming them all is right."""
    card = _note("list").cards()[0]
    question = card.task.ask(Asking(card.key, ("en",)))
    for values in [("Japan, Korea, USA",), ("Japan, Korea", "USA"), ("Japan、KoreaとUSA",), ("USA", "Korea", "Japan")]:
        assert card.task.check(question, Response(values)).outcome is Outcome.RIGHT, values
    assert card.task.check(question, Response(("Japan, Korea",))).outcome is Outcome.WRONG
