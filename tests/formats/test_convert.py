"""Every kind of note goes out as items, and comes back as the note it was."""

from __future__ import annotations

import pytest

from quizkit.decks.load import load_text
from quizkit.decks.write import render_deck
from quizkit.formats.from_notes import items_of
from quizkit.formats.item import Item
from quizkit.formats.to_notes import note_of
from quizkit.kinds import KINDS

NOTES = {
    "basic": "front: QUAD\n    back: Four countries\n    reverse: true",
    "typed": "ask: Where?\n    answer: Camp David\n    also: [the retreat, キャンプデービッド]",
    "cloze": "text: The {{c1::Indo-Pacific}} and {{c2::beyond::where}}.\n    also: {c1: [Indopacific]}",
    "choice": "ask: Which?\n    answer: B\n    options:\n      - text: A\n        why: Not A.\n      - B\n      - C",
    "multi": "ask: Which?\n    answer: [A, C]\n    options: [A, B, C]\n    shuffle: false",
    "truefalse": "ask: It was July.\n    answer: false\n    correction: It was August.",
    "number": "ask: How many?\n    answer: 90\n    unit: '%'\n    tolerance: 2.5",
    "date": "ask: When?\n    answer: 2023-08",
    "list": (
        "ask: Who?\n    need: 2\n    answer:\n"
        "      - text: Australia\n        also: [Oz]\n      - Britain\n      - America"
    ),
    "order": "ask: First to last?\n    items: [one, two, three]",
    "match": (
        "ask: Who?\n    extra: ['3']\n    pairs:\n"
        "      - left: a\n        right: '1'\n      - left: b\n        right: '2'"
    ),
    "argument": (
        "claim: It is a turning point.\n    who: The author\n    not_who: [Nobody]\n    grounds: [One, Two]\n"
        "    warrant: W\n"
        "    rebuttal: [But]\n    not_grounds: [Weather]"
    ),
    "open": "ask: Why?\n    model: Because.\n    points: [First, Second]",
}
SHARED = "\n    explain: More.\n    tags: [a, b]\n    media: map.png\n"


def items(kind: str, lang: str = "en") -> list[Item]:
    loaded = load_text(f"deck: d\ntitle: T\nnotes:\n  - id: n\n    kind: {kind}\n    {NOTES[kind]}{SHARED}", "f")
    assert loaded.deck, loaded.diagnostics
    assert not loaded.diagnostics
    return items_of(loaded.deck.notes[0], lang)


def test_every_kind_is_tried() -> None:
    assert set(NOTES) == set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "argument"])
def test_a_note_comes_back_as_it_was(kind: str) -> None:
    (item,) = items(kind)
    assert item.kind == kind
    assert item.key == "d/n"
    again = load_text(render_deck({"deck": "d", "title": "T"}, [{"id": "n", **note_of(item)}]), "f")
    assert not again.diagnostics
    assert again.deck
    assert items_of(again.deck.notes[0], "en") == [item]
    assert (item.explain, item.tags, item.media) == ("More.", ("a", "b"), ("map.png",))


def test_an_argument_becomes_a_question_for_each_card() -> None:
    found = {item.key: item for item in items("argument")}
    assert list(found) == [f"d/n/{name}" for name in ("grounds", "warrant", "rebuttal", "who", "not-ground")]
    assert found["d/n/grounds"].kind == "open"
    assert found["d/n/grounds"].points == ("One", "Two")
    assert found["d/n/who"].kind == "choice"
    assert [option.text for option in found["d/n/who"].options if option.right] == ["The author"]
    assert [option.text for option in found["d/n/not-ground"].options if option.right] == ["Weather"]


def test_an_item_is_in_one_language() -> None:
    text = (
        "deck: d\ntitle: T\nnotes:\n  - id: n\n    kind: typed\n    ask: {en: Who, ja: 誰}\n"
        "    answer: {en: Kishida, ja: 岸田}\n"
    )
    loaded = load_text(text, "f")
    assert loaded.deck
    (item,) = items_of(loaded.deck.notes[0], "ja")
    assert (item.prompt, item.answers) == ("誰", ("岸田", "Kishida"))
