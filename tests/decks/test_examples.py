"""Responses that authors say must be right or wrong: each is judged as a learner's would be."""

import pytest


def _told(folder, notes):
    folder.deck(notes)
    return [(p.rule.code, p.message) for p in folder.problems(examples=True)]


TYPED = (
    "- id: a\n  kind: typed\n  ask: Where did the leaders meet?\n  answer: {en: Camp David, ja: キャンプ・デービッド}\n"
)


def test_examples_that_come_out_as_said_are_silent(folder):
    """In any language, in any writing that the judge folds."""
    right, wrong = "[camp david, ｃａｍｐ　ｄａｖｉｄ, キャンプデービッド]", "[Camp Daniel Boone, Washington]"
    notes = f"{TYPED}  accepts: {right}\n  refuses: {wrong}\n"
    assert _told(folder, notes) == []


def test_examples_are_tried_only_when_asked_for(folder):
    """Judging thousands takes its time."""
    folder.deck(f"{TYPED}  accepts: [London]\n")
    assert folder.codes() == []
    assert folder.codes(examples=True) == ["example-refused"]


def test_a_refused_example_is_told_with_the_reason_and_its_place(folder):
    """The author sees why, at the very entry."""
    folder.deck(f"{TYPED}  accepts:\n    en: [camp david, London]\n")
    (problem,) = folder.problems(examples=True)
    assert problem.message.startswith("“London” is judged wrong: ")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (9, 24, 30)


@pytest.mark.parametrize(("key", "code"), [("accepts", "example-refused"), ("refuses", "example-accepted")])
def test_almost_is_neither_right_nor_wrong(folder, key, code):
    """A near miss is the learner's to claim: it fails as an example of either."""
    ((found, message),) = _told(folder, f"{TYPED}  {key}: [Camp Davit]\n")
    assert found == code
    assert "almost, which is neither right nor wrong" in message


def test_another_notes_answer_is_no_typo(folder):
    """A look-alike that is an answer elsewhere in the deck is wrong, also as an example."""
    other = "- id: b\n  kind: typed\n  ask: What else?\n  answer: Camp Davit\n"
    assert _told(folder, f"{TYPED}  refuses: [Camp Davit]\n{other}") == []


def test_examples_of_a_cloze_name_their_gap(folder):
    """One of several gaps has to be named; the only one needn't."""
    two = "- id: a\n  kind: cloze\n  text: 'The {{c1::red}} and the {{c2::black}}.'\n"
    assert _told(folder, f"{two}  accepts: {{c1: [Red], c2: [black]}}\n  refuses: {{c1: [black]}}\n") == []
    assert [code for code, _message in _told(folder, f"{two}  accepts: [red]\n")] == ["example-impossible"]
    assert [code for code, _message in _told(folder, f"{two}  accepts: {{c3: [red]}}\n")] == ["example-impossible"]
    assert _told(folder, "- id: a\n  kind: cloze\n  text: 'The {{c1::red}} one.'\n  accepts: [red]\n") == []


def test_an_example_of_several_gaps_is_tried_in_every_language(folder):
    """A filling that is right in Japanese is right, and one that is right anywhere can't be wrong."""
    text = "  text:\n    en: '{{c1::red}} and {{c1::black}}'\n    ja: '{{c1::赤}}と{{c1::黒}}'\n"
    note = f"- id: a\n  kind: cloze\n{text}"
    assert _told(folder, f"{note}  accepts: ['red, black', '赤、黒']\n") == []
    assert [code for code, _message in _told(folder, f"{note}  refuses: ['赤、黒']\n")] == ["example-accepted"]


def test_lists_numbers_and_dates_are_judged_by_their_kind(folder):
    """One line for a list, any way to write a number or a date."""
    notes = (
        "- id: a\n  kind: list\n  ask: Which two?\n  answer: [Japan, Korea]\n"
        "  accepts: ['korea, japan']\n  refuses: [Japan, 'Japan, China']\n"
        "- id: b\n  kind: number\n  ask: How many?\n  answer: 90\n  unit: '%'\n"
        "  accepts: [90%, ９０]\n  refuses: ['60']\n"
        "- id: c\n  kind: date\n  ask: When?\n  answer: 2023-08\n"
        "  accepts: [2023年8月, August 2023]\n  refuses: [2024-08]\n"
    )
    assert _told(folder, notes) == []


def test_an_example_of_what_is_not_typed_is_impossible(folder):
    """There is nothing to judge a text by."""
    notes = "- id: a\n  kind: basic\n  front: x\n  back: y\n  accepts: [y]\n"
    assert [code for code, _message in _told(folder, notes)] == ["example-impossible"]
