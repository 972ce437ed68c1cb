"""QTI 2.1: whatever it refers to is there, and its XML is what the schema allows."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS
from quizkit.formats.item import Item, Option, ReadOptions, WriteOptions
from quizkit.formats.qti21 import looks, mixed, read, write
from quizkit.formats.xhtml import sound
from tests.helpers.items import deck_items
from tests.helpers.qti import FORMS, GAP, TEXT, every_kind, faults, members, parse, said, wanted_forms


def items_21(data: bytes) -> dict[str, Element]:
    """The items in the order of the test."""
    files = members(data)
    (test,) = [parse(xml) for xml in files.values() if b"<assessmentTest " in xml]
    names = [reference.get("href", "") for reference in test.iter("assessmentItemRef")]
    return {name.removesuffix(".xml"): parse(files[name]) for name in names}


@given(TEXT, FORMS, GAP)
def test_hostile_texts_make_sound_packages(text: str, forms: tuple[str, str, str], gap: str) -> None:
    items = every_kind(text, forms, gap, key=text)
    written = write(items, WriteOptions(title=text))
    assert faults(written.data) == []
    assert written.items == 12
    for item, element in zip(items, items_21(written.data).values(), strict=True):
        check_content(item, element)


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_are_sound(lang: str) -> None:
    items = [item._replace(group=item.key.split("/")[0]) for item in deck_items(lang)]
    written = write(items, WriteOptions(title="All", lang=lang))
    assert faults(written.data) == []
    elements = items_21(written.data)
    assert list(elements) == ["q-" + item.key.replace("/", ".") for item in items]
    for item, element in zip(items, elements.values(), strict=True):
        assert element.get("xml:lang") == lang
        check_content(item, element)


def check_content(item: Item, element: Element) -> None:
    """Nothing of an item is lost: its texts, its right answers, its explanation."""
    right = {
        declared.get("identifier", ""): [value.text or "" for value in declared.iter("value")]
        for declared in element.iter("responseDeclaration")
    }
    body = element.find("itemBody")
    assert body is not None
    chosen = {choice.get("identifier", ""): text_of(choice) for choice in element.iter() if "Choice" in choice.tag}
    if item.kind in ("choice", "multi"):
        assert list(chosen.values()) == [read_out(option.text) for option in item.options]
        assert [chosen[name] for name in right["RESPONSE"]] == [read_out(o.text) for o in item.options if o.right]
    elif item.kind == "order":
        assert [chosen[name] for name in right["RESPONSE"]] == [read_out(member[0]) for member in item.members]
    elif item.kind == "match":
        pairs = [pair.split(" ") for pair in right["RESPONSE"]]
        assert [(chosen[a], chosen[b]) for a, b in pairs] == [(read_out(a), read_out(b)) for a, b in item.pairs]
        assert {read_out(extra) for extra in item.extra} <= set(chosen.values())
    elif item.kind in ("typed", "date", "cloze"):
        forms = wanted_forms(item) if item.kind == "cloze" else [item.answers]
        for declared, wanted in zip(element.iter("responseDeclaration"), forms, strict=True):
            keys = [entry.get("mapKey") for entry in declared.iter("mapEntry")]
            assert keys == list(dict.fromkeys(map(sound, wanted)))
    elif item.kind == "truefalse":
        assert right == {"RESPONSE": ["true" if item.true else "false"]}
    elif item.kind == "list":
        said_forms = {value.text or "" for value in element.iter("baseValue") if value.get("baseType") == "string"}
        assert said_forms == {sound(form) for member in item.members for form in member}
        assert len(right) == (item.need or len(item.members))
    elif item.kind in ("basic", "open"):
        rubric = text_of(element.find(".//rubricBlock"))
        assert all(squeezed(read_out(part)) in squeezed(rubric) for part in (*item.answers, *item.points))
    if item.kind != "cloze":
        assert squeezed(text_of(body)).find(squeezed(read_out(item.prompt))) >= 0
    told = squeezed("".join(text_of(feedback) for feedback in element.iter("modalFeedback")))
    assert squeezed(read_out(item.explain)) in told
    assert all(squeezed(read_out(option.feedback)) in told for option in item.options)


def text_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_out(text: str) -> str:
    return said(text, modern=False)


@given(FORMS)
def test_an_order_does_not_give_itself_away(forms: tuple[str, str, str]) -> None:
    assert sorted(mixed(forms)) == [0, 1, 2]
    assert mixed(forms) == mixed(forms) != [0, 1, 2]


def test_readings_and_odd_numbers_are_written_out() -> None:
    """XHTML 1.0, which QTI 2.1 takes, has neither ruby nor lists that begin with 3."""
    item = Item("typed", "漢字《かんじ》\n3. *x*\n4. y\n1. z\n- a\nb\nc", ("x",), key="d/a")
    element = items_21(write([item], WriteOptions()).data)["q-d.a"]
    assert text_of(element.find("itemBody/div")) == "漢字（かんじ）3. x4. y5. zabc"
    assert [child.tag for child in element.findall("itemBody/div/*")] == ["div", "ul", "br"]


def test_names_are_stable_and_each_only_once() -> None:
    keys = ["a/b", "a/b", "A/b", "a.b", "9/é", "", "", "x" * 300, "x" * 301, "../../etc", "a b"]
    items = [Item("typed", "?", ("x",), key=key) for key in keys]
    data = write(items, WriteOptions()).data
    assert faults(data) == []
    names = list(items_21(data))
    assert names[:7] == ["q-a.b", "q-a.b_2", "q-A.b_3", "q-a_2e_b", "q-9_2f__e9_", "q-item", "q-item_2"]
    assert all(len(name) <= 82 for name in names)


def test_media_come_along() -> None:
    media = {"map.png": lambda: b"\x89PNG", "say.mp3": lambda: b"ID3", "notes.pdf": lambda: b"%PDF"}
    item = Item("typed", "Where?", ("Seoul",), key="d/a", media=(*media, "gone.png"), answer_media=("map.png",))
    data = write([item, item._replace(key="d/b")], WriteOptions(media=media)).data
    assert faults(data) == []
    files = members(data)
    assert {name: files[f"media/{name}"] for name in media} == {name: take() for name, take in media.items()}
    manifest = parse(files["imsmanifest.xml"])
    uses = {
        r.get("identifier"): [d.get("identifierref") for d in r.iter("dependency")] for r in manifest.iter("resource")
    }
    assert uses["q-d.a"] == uses["q-d.b"] == ["media-map", "media-say", "media-notes"]
    body = items_21(data)["q-d.a"].find("itemBody")
    assert body is not None
    assert [element.tag for element in body.findall("p/*")] == ["img", "object", "a", "textEntryInteraction"]
    assert [image.get("src") for image in items_21(data)["q-d.a"].iterfind("modalFeedback/div/p/img")] == [
        "media/map.png"
    ]


def test_tags_are_keywords_of_the_resource() -> None:
    item = Item("typed", "?", ("x",), key="d/a", tags=("history", "朝鮮"))
    manifest = parse(members(write([item], WriteOptions(lang="ja")).data)["imsmanifest.xml"])
    words = manifest.findall(".//resource/metadata/lom/general/keyword/string")
    assert [(word.text, word.get("language")) for word in words] == [("history", "ja"), ("朝鮮", "ja")]


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["True", "False"]), ("ja", ["正しい", "誤り"]), ("ko", ["참", "거짓"])]
)
def test_true_and_false_are_in_the_language_of_the_deck(lang: str, words: list[str]) -> None:
    element = items_21(write([Item("truefalse", "x")], WriteOptions(lang=lang)).data)["q-item"]
    assert [text_of(choice) for choice in element.iter("simpleChoice")] == words


def test_what_it_cannot_say_is_said() -> None:
    losses = write(every_kind("Why?", ("one", "two", "three"), "gap"), WriteOptions()).losses
    assert [(loss.where, loss.what) for loss in losses] == [
        ("d/i", "is asked one way only"),
        ("d/i", "becomes a long answer, to be marked by hand"),
        ("d/j", "becomes a long answer, to be marked by hand"),
        ("d/l", "a date becomes a short answer: other ways to write it aren't understood"),
    ]


def test_options_keep_their_order_only_where_it_matters() -> None:
    options = (Option("a", True), Option("b"))
    items = [Item("choice", "?", options=options, shuffle=shuffle, key=str(shuffle)) for shuffle in (True, False)]
    found = items_21(write(items, WriteOptions()).data).values()
    assert [e.find("itemBody/choiceInteraction").get("shuffle") for e in found] == ["true", "false"]  # type: ignore[union-attr]


def test_the_same_items_make_the_same_package() -> None:
    items = every_kind("Why?", ("one", "two", "three"), "gap")
    assert write(items, WriteOptions(now=1)).data == write(items, WriteOptions(now=2)).data


def test_it_is_written_only() -> None:
    assert not FORMATS["qti21"].reads
    assert not looks(b"PK\x03\x04", "x.zip")
    with pytest.raises(QuizkitError, match="written but not read"):
        read(Path("x.zip"), ReadOptions())
