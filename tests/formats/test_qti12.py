"""QTI 1.2 for Canvas: whatever it refers to is there, and every right answer brings the whole mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS
from quizkit.formats.item import Item, Option, ReadOptions, WriteOptions
from quizkit.formats.qti12 import looks, read, shares, write
from quizkit.formats.xhtml import sound
from quizkit.markup import plain
from tests.helpers.items import deck_items
from tests.helpers.qti import (
    FORMS,
    GAP,
    TEXT,
    every_kind,
    faults,
    fields_12,
    labels_12,
    mark_12,
    members,
    parse,
    said,
    text_12,
    wanted_forms,
)


def items_12(data: bytes) -> list[Element]:
    return [
        item
        for name, xml in members(data).items()
        if name.endswith(".xml") and b"<questestinterop" in xml
        for item in parse(xml).iter("item")
    ]


@given(TEXT, FORMS, GAP)
def test_hostile_texts_make_sound_packages(text: str, forms: tuple[str, str, str], gap: str) -> None:
    written = write(every_kind(text, forms, gap), WriteOptions(title=text))
    assert faults(written.data) == []
    assert written.items == 12


@given(TEXT, FORMS, GAP)
def test_every_right_answer_counts_whatever_it_is(text: str, forms: tuple[str, str, str], gap: str) -> None:
    items = every_kind(text, forms, gap)
    for item, element in zip(items, items_12(write(items, WriteOptions()).data), strict=True):
        check_marks(item, element)


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_are_marked_rightly(lang: str) -> None:
    items = [item._replace(group=item.key.split("/")[0]) for item in deck_items(lang)]
    written = write(items, WriteOptions(title="All", lang=lang))
    assert faults(written.data) == []
    assert written.items == len(items)
    by_title = {item.get("ident"): item for item in items_12(written.data)}
    assert len(by_title) == len(items)
    quizzes = [
        parse(xml) for name, xml in members(written.data).items() if name.startswith("quiz-") and "/" not in name
    ]
    assert len(quizzes) == len({item.group for item in items})
    assert {quiz[0].get("xml:lang") for quiz in quizzes} == {lang}
    for item in items:
        check_marks(item, by_title["q-" + item.key.replace("/", ".")])


def check_marks(item: Item, element: Element) -> None:
    """Right answers bring 100, wrong ones nothing, and parts their share."""
    for answers, score in trials(item, element):
        assert mark_12(element, answers) == pytest.approx(score, abs=0.01), (item, answers)


def trials(item: Item, element: Element) -> Iterator[tuple[dict[str, set[str]], float]]:
    responses = {r.get("ident", ""): r for r in element.iter() if r.tag in ("response_lid", "response_str")}
    type_ = fields_12(element)["question_type"]
    if item.kind in ("choice", "truefalse", "multi"):
        labels = list(labels_12(responses["response1"]).items())
        right = (
            ["True" if item.true else "False"]
            if item.kind == "truefalse"
            else [said(option.text) for option in item.options if option.right]
        )
        picked = [ident for ident, text in labels if " ".join(text.split()) in right]
        yield {"response1": set(picked)}, 100
        yield {"response1": {ident for ident, _text in labels} - set(picked)}, 0
        yield {"response1": set()}, 0
        if item.kind == "multi":
            yield {"response1": {ident for ident, _text in labels}}, 0
    elif item.kind in ("typed", "date"):
        assert type_ == "short_answer_question"
        for form in item.answers:
            yield {"response1": {sound(form).upper()}}, 100
        yield {"response1": {"never so"}}, 0
    elif item.kind == "number":
        value, amount = float(item.answers[0]), float(item.tolerance or 0)
        for near in (value, value + amount, value - amount):
            yield {"response1": {str(near)}}, 100
        yield {"response1": {str(value + amount * 1.01 + 0.001)}}, 0
    elif item.kind in ("match", "order"):
        pairs = item.pairs or tuple((str(n), member[0]) for n, member in enumerate(item.members, 1))
        answers = {
            ident: {number for number, text in labels_12(response).items() if text == sound(plain(right))}
            for (ident, response), (_left, right) in zip(responses.items(), pairs, strict=True)
        }
        assert [text_12(response).split() for response in responses.values()] == [
            said(left).split() for left, _ in pairs
        ]
        assert all(len(chosen) == 1 for chosen in answers.values())
        yield answers, 100
        first = next(iter(answers))
        yield {first: answers[first]}, 100 / len(answers)
        if item.extra and said(item.extra[0]) not in [said(right) for _left, right in item.pairs]:
            labels = labels_12(responses[first])
            yield {first: {number for number, text in labels.items() if text == sound(plain(item.extra[0]))}}, 0
    elif item.kind in ("cloze", "list"):
        forms = wanted_forms(item)
        assert len(responses) == len(forms)
        for response, wanted in zip(responses.values(), forms, strict=True):
            assert list(labels_12(response).values()) == list(dict.fromkeys(map(sound, wanted)))
        for pick in (0, -1):
            yield {ident: {list(labels_12(r))[pick]} for ident, r in responses.items()}, 100
        ident, response = next(iter(responses.items()))
        yield {ident: {next(iter(labels_12(response)))}}, 100 / len(responses)
    else:
        assert type_ == "essay_question"
        told = " ".join("".join(text_12(e) for e in element.iter("flow_mat")).split())
        assert all("".join(said(line).split()) in "".join(told.split()) for line in (*item.answers, *item.points))


@given(st.integers(1, 60))
def test_shares_make_a_hundred(parts: int) -> None:
    assert round(sum(float(share) for share in shares(parts)), 6) == 100
    assert len(shares(parts)) == parts


def test_what_canvas_cannot_say_is_said() -> None:
    items = every_kind("Why?", ("one", "two", "three"), "gap")
    losses = write(items, WriteOptions()).losses
    assert [(loss.where, loss.what.partition(":")[0]) for loss in losses] == [
        ("d/b", "Canvas shuffles the options of all questions or of none"),
        ("d/g", "Canvas has no ordering"),
        ("d/i", "is asked one way only"),
        ("d/i", "becomes an essay, its answer told as feedback"),
        ("d/j", "becomes an essay, its answer told as feedback"),
        ("d/Why?", "a list becomes blanks"),
        ("d/l", "a date becomes a short answer"),
    ]


def test_media_come_along_where_canvas_finds_them() -> None:
    media = {"map 1.png": lambda: b"\x89PNG", "a/say.mp3": lambda: b"ID3", "b/say.mp3": lambda: b"other"}
    items = [
        Item("typed", "Where?", ("Seoul",), key=f"d/{n}", media=(name, "gone.png")) for n, name in enumerate(media)
    ]
    data = write(items, WriteOptions(media=media)).data
    assert faults(data) == []
    files = members(data)
    assert files["media/map_20_1.png"] == b"\x89PNG"
    assert files["media/say.mp3"] == b"ID3"
    assert files["media/say_2.mp3"] == b"other"
    manifest = parse(files["imsmanifest.xml"])
    web = [resource for resource in manifest.iter("resource") if resource.get("type") == "webcontent"]
    assert len(web) == 3
    # Canvas takes a file for one of its own where a resource begins with it.
    assert all("href" not in resource.attrib for resource in web)
    html = [next(item.iter("mattext")).text or "" for item in items_12(data)]
    assert 'src="media/map_20_1.png"' in html[0]
    assert 'src="media/say_2.mp3"' in html[2]


def test_marks_become_html_and_plain_texts_stay_plain() -> None:
    options = (Option("*yes*", True), Option("no"), Option("a < b"))
    item = Item("choice", "1. 漢字《かんじ》\n2. x", options=options, key="d/a")
    (element,) = items_12(write([item], WriteOptions()).data)
    prompt, *labels = list(element.iter("mattext"))
    ruby = "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>"
    assert prompt.text == f"<div><ol><li>{ruby}</li><li>x</li></ol></div>"
    assert [label.text for label in labels] == ["<div><em>yes</em></div>", "no", "<div>a &lt; b</div>"]


def test_the_same_items_make_the_same_package() -> None:
    items = every_kind("Why?", ("one", "two", "three"), "gap")
    assert write(items, WriteOptions(now=1)).data == write(items, WriteOptions(now=2)).data


def test_it_is_written_only() -> None:
    assert not FORMATS["qti12"].reads
    assert not looks(b"PK\x03\x04", "x.zip")
    with pytest.raises(QuizkitError, match="written but not read"):
        read(Path("x.zip"), ReadOptions())
