"""What is wrong with a note is told at its place; what can't be asked fairly isn't asked at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.load import load_text
from quizkit.kinds import KINDS, Fields, keys_of, kind
from quizkit.kinds.cloze import gaps, numbers_in
from quizkit.source import from_plain

NOTHING_TO_ASK = {
    "basic": [
        ("back: b", "missing-key"),
        ("front: []\n    back: b", "empty-text"),
        ("front: a\n    back:", "empty-text"),
        ("front: a\n    back: [b]", "wrong-type"),
    ],
    "typed": [
        ("ask: a", "missing-key"),
        ("ask: a\n    answer: []", "empty-text"),
        ("ask: a\n    answer: ''", "empty-text"),
        ("ask: []\n    answer: b", "empty-text"),
        ("ask: {EU: a union}\n    answer: b", "unknown-language"),
        ("ask: {jp: 首都}\n    answer: b", "unknown-language"),
    ],
    "cloze": [
        ("text: no gap", "cloze-no-gap"),
        ("text: '{{c1::a'", "cloze-unclosed"),
        ("text: '{{c1::a}} {{C2::b}}'", "cloze-unclosed"),
        ("text: '{{c1::a}} {{c2:b}}'", "cloze-unclosed"),
        ("text: '{{c1::a}} {{2::b}}'", "cloze-unclosed"),
        ("text: '{{c1::a}} ｛｛c2：：b｝｝'", "cloze-unclosed"),
        ("text: '{{c1::a {{c2::b}} }}'", "cloze-unclosed"),
        ("text: '{{c1::}}'", "empty-text"),
        ("text: '{{c1:: }}'", "empty-text"),
        ("text: '{{c1::::hint}}'", "empty-text"),
        ("text: {en: '{{c1::a}}', ja: '{{c2::い}}'}", "cloze-numbers-differ"),
    ],
    "choice": [
        ("ask: a\n    options: [b, c]", "missing-key"),
        ("ask: a\n    answer: b", "missing-key"),
        ("ask: a\n    answer: b\n    options: b", "wrong-type"),
        ("ask: a\n    answer: b\n    options: []", "empty-text"),
        ("ask: a\n    answer: b\n    options: [b]", "too-few-options"),
        ("ask: a\n    answer: b\n    options: [b, c, B ]", "equal-options"),
        ("ask: a\n    answer: b\n    options: [b, {en: b, ja: 七}]", "equal-options"),
        ("ask: a\n    answer: b\n    options: [{en: b, ja: 八}, {en: c, ja: 八}]", "equal-options"),
        ("ask: a\n    answer: d\n    options: [b, c]", "answer-not-an-option"),
        (
            "ask: a\n    answer: {en: b, ja: 四}\n    options: [{en: b, ja: 二}, {en: d, ja: 四}]",
            "answer-not-an-option",
        ),
        ("ask: a\n    answer: b\n    options: [b, {why: no text}]", "missing-key"),
        (f"ask: a\n    answer: '1'\n    options: {list(map(str, range(27)))}", "too-many-options"),
    ],
    "multi": [
        ("ask: a\n    options: [b, c]", "missing-key"),
        ("ask: a\n    answer: []\n    options: [b, c]", "empty-text"),
        ("ask: a\n    answer: [b, d]\n    options: [b, c]", "answer-not-an-option"),
    ],
    "truefalse": [
        ("ask: a", "missing-key"),
        ("ask: a\n    answer: perhaps", "not-boolean"),
        ("ask: a\n    answer: false\n    correction:", "empty-text"),
    ],
    "number": [
        ("ask: a\n    answer: many", "not-a-number"),
        ("ask: a\n    answer: 1_000", "not-a-number"),
        ("ask: a\n    answer: inf", "not-a-number"),
        ("ask: a\n    answer: 90\n    tolerance: -1", "bad-tolerance"),
        ("ask: a\n    answer: 90\n    tolerance: some", "not-a-number"),
    ],
    "date": [
        ("ask: a\n    answer: August", "not-a-date"),
        ("ask: a\n    answer: 2023-13", "not-a-date"),
        ("ask: a\n    answer: 2023-02-30", "not-a-date"),
    ],
    "list": [
        ("ask: a\n    answer: b", "wrong-type"),
        ("ask: a\n    answer: [b, B]", "equal-items"),
        ("ask: a\n    answer: [b, {text: c, also: [b]}]", "equal-items"),
        ("ask: a\n    answer: [b, {also: [c]}]", "missing-key"),
        ("ask: a\n    answer: [b, c]\n    need: 3", "need-too-large"),
        ("ask: a\n    answer: [b, c]\n    need: 0", "need-too-large"),
        ("ask: a\n    answer: [b, c]\n    need: 1.5", "need-too-large"),
        (f"ask: a\n    answer: {list(map(str, range(101)))}", "too-many-options"),
    ],
    "order": [
        ("ask: a\n    items: [b]", "order-too-short"),
        ("ask: a\n    items: [b, b]", "equal-options"),
        ("ask: a\n    items: [{en: b, ja: 一}, {en: b, ja: 二}]", "equal-options"),
        ("ask: a\n    items: [b, {when: '2023'}]", "missing-key"),
        (f"ask: a\n    items: {list(map(str, range(27)))}", "too-many-options"),
    ],
    "match": [
        ("ask: a\n    pairs: [{left: b, right: c}]", "too-few-options"),
        ("ask: a\n    pairs: [{left: b, right: c}, {left: d}]", "missing-key"),
        ("ask: a\n    pairs: [{left: b, right: c}, {left: b, right: d}]", "equal-pairs"),
        ("ask: a\n    pairs: [{left: {en: b, ja: 一}, right: c}, {left: {en: b, ja: 二}, right: d}]", "equal-pairs"),
        (
            "ask: a\n    pairs: [{left: b, right: c}, {left: d, right: e}]\n    extra: ["
            + ", ".join(map(str, range(25)))
            + "]",
            "too-many-options",
        ),
    ],
    "argument": [
        ("grounds: [a]", "missing-key"),
        ("claim: a", "argument-without-grounds"),
        ("claim: a\n    grounds: []", "argument-without-grounds"),
        ("claim: a\n    grounds: [b]\n    who: Kim\n    not_who: [Lee, kim]", "equal-options"),
        ("claim: a\n    grounds: [b]\n    not_grounds: [b]", "equal-options"),
        (f"claim: a\n    grounds: {list(map(str, range(27)))}", "too-many-options"),
    ],
    "open": [
        ("ask: a\n    model: b", "missing-key"),
        ("ask: a\n    model: b\n    points: []", "empty-text"),
        ("ask: a\n    model: b\n    points: c", "wrong-type"),
        (f"ask: a\n    model: b\n    points: {list(map(str, range(27)))}", "too-many-options"),
    ],
}

ASKED_ALL_THE_SAME = [
    ("typed", "ask: a\n    answer: b\n    anser: c", "unknown-key"),
    ("typed", 'ask: "\\e[2Ja"\n    answer: b', "hidden-character"),
    ("typed", 'ask: a\n    answer: "b\\u200b"', "hidden-character"),
    ("typed", "ask:\n      en：Who\n      ja：誰\n    answer: b", "full-width-colon"),
    ("choice", "ask: a\n    answer: b\n    options: [b, text：c]", "full-width-colon"),
    ("basic", "front: a\n    back: b\n    reverse: maybe", "not-boolean"),
    ("cloze", "text: '{{c1::a}} {{c2::b}}'\n    also: [c]", "cloze-unknown-gap"),
    ("cloze", f"text: '{{{{c1::a}}}}'\n    also:\n      ? c{'9' * 5000}\n      : [b]", "cloze-unknown-gap"),
    ("argument", "claim: a\n    grounds: [b]\n    not_who: [c]", "missing-key"),
]


def _load(name, keys):
    return load_text(f"deck: d\ntitle: T\nnotes:\n  - id: n\n    kind: {name}\n    {keys}\n", "d.yaml")


@pytest.mark.parametrize(
    ("name", "keys", "code"), [(n, *case) for n, cases in NOTHING_TO_ASK.items() for case in cases]
)
def test_a_note_that_cannot_be_asked_says_why(name, keys, code):
    """No note vanishes without a word, and none is asked that nobody could answer."""
    loaded = _load(name, keys)
    assert loaded.deck.notes == ()
    assert code in [found.rule.code for found in loaded.diagnostics]
    assert all(found.span.line >= 4 for found in loaded.diagnostics)


@pytest.mark.parametrize(("name", "keys", "code"), ASKED_ALL_THE_SAME)
def test_a_slip_costs_no_card(name, keys, code):
    """What can be asked all the same is asked, and the slip is told."""
    loaded = _load(name, keys)
    assert [note.id for note in loaded.deck.notes] == ["n"]
    assert [found.rule.code for found in loaded.diagnostics] == [code]


@pytest.mark.parametrize("text", ["'ja：これは文です'", '"en：x"', "日本：首都は", "https：x", "注意：これ"])
def test_a_text_with_a_wide_colon_is_a_text(text):
    """Quotes say that it is meant, and most words before a full-width colon are no keys."""
    assert _load("typed", f"ask: {text}\n    answer: b").diagnostics == []


def test_a_message_never_quotes_a_book():
    """An answer of a hundred thousand letters is told in a line, at once."""
    loaded = _load("choice", f"ask: a\n    options: [{'ab' * 50_000}, {'ac' * 50_000}]\n    answer: {'ad' * 50_000}")
    assert [found.rule.code for found in loaded.diagnostics] == ["answer-not-an-option"]
    assert len(loaded.diagnostics[0].message) <= 300


def test_the_nearest_key_is_proposed():
    """A slip of the keyboard is seldom far from what was meant."""
    (found,) = _load("typed", "ask: a\n    answer: b\n    expain: c").diagnostics
    assert found.fix == "Did you mean `explain`?"
    assert found.span[1:5] == (8, 5, 8, 11)


def test_a_country_is_no_language():
    """jp, kr and cn are the commonest wrong tags: the right one is named."""
    fixes = [
        found.fix
        for tag in ("jp", "KR", "cn")
        for found in _load("typed", f"ask: {{{tag}: a}}\n    answer: b").diagnostics
    ]
    assert fixes == ["Did you mean `ja`?", "Did you mean `ko`?", "Did you mean `zh`?"]


def test_missing_languages_are_told_where_the_deck_names_them():
    """Only of texts that are in some language: a name such as QUAD is in none."""
    note = "  - id: n\n    kind: typed\n    ask: {en: a}\n    answer: QUAD\n"
    found = load_text(f"deck: d\ntitle: T\nlanguages: [en, ja]\nnotes:\n{note}", "d.yaml").diagnostics
    assert [(one.rule.code, one.span.line, one.is_error) for one in found] == [("missing-language", 7, False)]


VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["", "true", "2", "5%", "2023-08", "author", "{{c1::a}}", "{{c1::}}", "：", "en：a"]),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["en", "ja", "c1", "text", "why", "also", "left", "right", "when"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_no_kind_keeps_silent_about_what_it_leaves_out(name, data):
    """Whatever stands behind the keys of a kind: there is something to ask, or an error that says why not."""
    keys = data.draw(st.lists(st.sampled_from([key.name for key in kind(name).KEYS]), unique=True, max_size=8))
    node = from_plain({key: data.draw(VALUES) for key in keys})
    diagnostics = []
    body = kind(name).parse(Fields(node, "f", diagnostics, ("en",)))
    if body is None:
        assert any(found.is_error for found in diagnostics)
    else:
        assert body.tasks()


def test_every_key_is_documented_and_known_once():
    """Docs, schema and the unknown-key check are made from these."""
    for name in KINDS:
        own = [key.name for key in kind(name).KEYS]
        assert len(own) == len(set(own))
        assert all(key.doc.endswith(".") for key in keys_of(name).values())
    assert keys_of("argument")["claim"].required
    assert not keys_of("typed")["claim"].required


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}:"), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(st.integers(0, 999), PLAIN, st.one_of(st.just(""), PLAIN)), min_size=1, max_size=5), PLAIN)
def test_gaps_are_found_as_they_were_written(written, between):
    """Numbers, answers and hints come back in order, whatever stands between the gaps."""
    marks = [f"{{{{c{n}::{answer}{'::' + hint if hint else ''}}}}}" for n, answer, hint in written]
    text = between.join(marks)
    assert numbers_in(text) == tuple(sorted({n for n, _answer, _hint in written}))
    for number in numbers_in(text):
        wanted = [(answer.strip(), hint.strip()) for n, answer, hint in written if n == number]
        assert gaps(text, number) == wanted


@given(st.text(st.sampled_from("{}c1:: a｛：")))
def test_braces_of_any_sort_are_gaps_or_told(text):
    """Half-written gaps never end up in front of a learner."""
    diagnostics = []
    body = kind("cloze").parse(Fields(from_plain({"text": text}), "f", diagnostics))
    if body is not None:
        assert all(task.accepted() and all(task.accepted()) for task in body.tasks().values())
