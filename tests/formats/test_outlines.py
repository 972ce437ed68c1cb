"""Markdown and Org flashcards: the published examples, and anything else without a fall."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess, hashcards, org
from quizkit.formats.item import Item, Parcel, ReadOptions, WriteOptions
from tests.helpers.items import deck_items


def from_(text: str, folder: Path, name: str = "x.md") -> Parcel:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return FORMATS["org" if name.endswith("org") else "hashcards"].module.read(path, ReadOptions())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outlines")


PUBLISHED = """Q: How many neurons are there in the human brain?
A: ~80 billion.

C: An [agonist] is a ligand that binds to a receptor and [activates it].

Q: List the elements of the Platinum group.
A:

- ruthenium
- rhodium

C:
Better is the sight of the eyes than the wandering of the
desire.

— [Ecclesiastes] [6]:[9]
"""


def test_the_published_examples_are_read(tmp_path: Path) -> None:
    parcel = from_(PUBLISHED, tmp_path)
    assert [(item.kind, item.prompt, item.answers) for item in parcel.items] == [
        ("basic", "How many neurons are there in the human brain?", ("~80 billion.",)),
        ("cloze", "An {{c1::agonist}} is a ligand that binds to a receptor and {{c2::activates it}}.", ()),
        ("basic", "List the elements of the Platinum group.", ("- ruthenium\n- rhodium",)),
        (
            "cloze",
            "Better is the sight of the eyes than the wandering of the\ndesire.\n\n"
            "— {{c1::Ecclesiastes}} {{c2::6}}:{{c3::9}}",
            (),
        ),
    ]
    assert parcel.losses == ()
    assert guess(tmp_path / "x.md") is FORMATS["hashcards"]


def test_front_matter_pictures_formulas_and_rules(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    for name in ("siren", "painter"):
        (tmp_path / f"art/{name}.png").write_bytes(b"x")
    text = (
        '---\nname = "Art"\n---\n\nQ: Whose is this?\n\n![](art/siren.png)\n\n'
        "A: _The Siren_, by Waterhouse.\n![](art/painter.png)\n---\n"
        "C: $n$ is [the amount] \\[mol\\].\n---\nloose text\n"
    )
    parcel = from_(text, tmp_path)
    siren, amount = parcel.items
    assert parcel.title == "Art"
    assert (siren.answers, siren.media) == (("*The Siren*, by Waterhouse.",), ("art/siren.png",))
    assert siren.answer_media == ("art/painter.png",)
    written = hashcards.write([siren], WriteOptions(title="Art")).data.decode()
    assert from_(written, tmp_path).items[0].answer_media == siren.answer_media
    assert parcel.media["art/siren.png"]() == b"x"
    assert amount.prompt == "$n$ is {{c1::the amount}} [mol]."
    assert [loss.what for loss in parcel.losses] == ["formulas are shown as they are written"]


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("Q: one\n\nQ: two\nA: 2\n", "a question without an answer: left out", 1),
        ("A: lost\n", "an answer without a question: left out", 1),
        ("Q: one\nA: 1\n\nC: no gap\n", "a text without a gap: left out", 4),
    ],
)
def test_half_a_card_is_named(tmp_path: Path, text: str, what: str, line: int) -> None:
    assert [(loss.what, loss.where) for loss in from_(text, tmp_path).losses] == [(what, f"line {line}")]


LINES = st.sampled_from(["a", "Q: x", "A: y", "C: z", "---", "[b]", "*c*", " Q: d", "漢字", "", "1. e", "<!-- f -->"])
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)


@given(TEXTS, TEXTS)
def test_no_text_turns_into_another_card(folder: Path, front: str, back: str) -> None:
    item = Item("basic", front, (back,), key="d/a", tags=("x", "y"))
    (again,) = from_(hashcards.write([item], WriteOptions()).data.decode(), folder).items
    assert again == item


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_out_and_come_back(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    written = hashcards.write(items, WriteOptions(title="All"))
    back = from_(written.data.decode(), tmp_path)
    assert [item.key for item in back.items] == [item.key for item in items]
    again = {item.key: item for item in back.items}
    for item in items:
        if item.kind == "basic":
            assert again[item.key] == item._replace(explain="", reverse=False)


ORG = """#+TITLE: Spanish

* Word :drill:
:PROPERTIES:
:ID: one
:DRILL_CARD_TYPE: twosided
:END:
What is *casa*?
** Answer
house
* Fact :drill:biology:
The capital city of Estonia is [Tallinn||city], in [the north].
* Founded in :drill:
SCHEDULED: <2024-01-01>
1868
* Not a card
text
* Input :fc:
:PROPERTIES:
:FC_TYPE: normal
:END:
The /question/
** Back
The answer, [[file:map.png]]
* Empty :drill:
"""


def test_org_headings_are_read(tmp_path: Path) -> None:
    parcel = from_(ORG, tmp_path, "x.org")
    word, fact, founded, entered = parcel.items
    assert (word.prompt, word.answers, word.reverse, word.key) == ("Word\nWhat is **casa**?", ("house",), True, "one")
    assert fact.prompt == "Fact\nThe capital city of Estonia is {{c1::Tallinn::city}}, in {{c2::the north}}."
    assert fact.tags == ("biology",)
    assert (founded.prompt, founded.answers) == ("Founded in", ("1868",))
    assert (entered.prompt, entered.answers, entered.answer_media) == (
        "Input\nThe *question*",
        ("The answer,",),
        ("map.png",),
    )
    assert [(loss.where, loss.what) for loss in parcel.losses] == [("line 25", "a card without an answer: left out")]
    assert guess(tmp_path / "x.org") is FORMATS["org"]
    assert org.looks(b"* a :drill:\n", "x") is True


@given(st.text(st.sampled_from("*QAC: \n[]|:drilfc{}-<>!()#_/"), max_size=60))
def test_anything_is_read_or_refused(folder: Path, text: str) -> None:
    for name in ("any.md", "any.org"):
        with suppress(QuizkitError):
            from_(text, folder, name)
