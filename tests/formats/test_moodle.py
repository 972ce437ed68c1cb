"""Moodle XML: sound XML of the structure that Moodle reads, and what comes back is what went out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.item import Item, Option, Parcel, ReadOptions, WriteOptions
from quizkit.formats.moodle import read, write
from quizkit.formats.weights import MOODLE_SHARES
from quizkit.markup import escape
from tests.helpers.items import deck_items

HARD = [
    "]]>",
    "<b>x</b>",
    "&amp;",
    "{1:SA:=x}",
    "a~b",
    "a#b",
    "}",
    "\\",
    '"',
    "/",
    "*x*",
    "x\x0by",
    "CDATA[",
    "漢字",
    "{{",
    "::",
]
CHARS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=6)
TEXT = st.lists(st.sampled_from(HARD) | CHARS, min_size=1, max_size=4).map(" ".join)
XML_TEXT = TEXT.map(lambda text: text.replace("\x0b", ""))
GAP = XML_TEXT.filter(lambda text: not any(mark in text for mark in ("{{", "}}", "::", "}")))


def from_(data: bytes | str, folder: Path) -> Parcel:
    path = folder / "x.xml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, ReadOptions())


CHOSEN = """<quiz><question type="{kind}"><name><text>n</text></name>
<questiontext format="html"><text><![CDATA[<p>[[2]] met [[1]] at [[3]], [[9]] and [[4]].</p>]]></text></questiontext>
{words}</question></quiz>"""


@pytest.mark.parametrize(("kind", "name"), [("ddwtos", "dragbox"), ("gapselect", "selectoption")])
def test_words_to_drop_or_select_become_gaps(tmp_path: Path, kind: str, name: str) -> None:
    words = ("Kishida", "Biden", "Camp &amp; David", "a::b")
    data = "".join(f"<{name}><text>{word}</text><group>1</group></{name}>" for word in words)
    parcel = from_(CHOSEN.format(kind=kind, words=data), tmp_path)
    assert [(item.kind, item.prompt) for item in parcel.items] == [
        ("cloze", "{{c1::Biden}} met {{c2::Kishida}} at {{c3::Camp & David}}, … and a::b.")
    ]
    assert [loss.what for loss in parcel.losses] == [
        "a gap without a word, or with {{, }} or :: in it: left out",
        "options within a text: the right one becomes a gap to fill",
    ]


def test_the_tolerance_of_an_embedded_number_is_said(tmp_path: Path) -> None:
    text = "Five is {1:NUMERICAL:=5:0.1} and six {1:NM:=6:0}."
    xml = '<quiz><question type="cloze"><name><text>n</text></name><questiontext format="html"><text>'
    parcel = from_(f"{xml}{text}</text></questiontext></question></quiz>", tmp_path)
    assert parcel.items[0].prompt == "Five is {{c1::5}} and six {{c2::6}}."
    assert [loss.what for loss in parcel.losses] == ["a gap has no tolerance: only 5 is right"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moodle")


def every_kind(text: str, forms: list[str], gap: str) -> list[Item]:
    prompt = escape(text)
    first, second, third = (escape(form) for form in forms)
    shared = {"explain": prompt, "tags": ("a", "b")}
    return [
        Item("typed", prompt, tuple(forms), key="d/a", **shared),
        Item("choice", prompt, options=(Option(first, True), Option(second, feedback=third)), key="d/b", shuffle=False),
        Item("multi", prompt, options=(Option(first, True), Option(second, True), Option(third)), key="d/c", **shared),
        Item("truefalse", prompt, true=False, correction=first, key="d/d"),
        Item("number", prompt, ("-2.5",), unit="%", tolerance="0.5", key="d/e"),
        Item("match", prompt, pairs=((first, second), (second, third)), extra=(first,), key="d/f"),
        Item("order", prompt, members=((first,), (second,), (third,)), key="d/g"),
        Item(
            "cloze", f"{prompt} {{{{c2::{gap}::{gap}}}}} {prompt} {{{{c1::{gap}}}}}", gaps={"c1": ("other",)}, key="d/h"
        ),
        Item("basic", prompt, (first,), key="d/i"),
        Item("open", prompt, (first,), points=(second, third), key="d/j"),
    ]


@given(XML_TEXT, st.lists(XML_TEXT, min_size=3, max_size=3, unique=True), GAP)
def test_what_comes_back_is_what_went_out(folder: Path, text: str, forms: list[str], gap: str) -> None:
    items = every_kind(text, forms, gap)
    assert list(from_(write(items, WriteOptions()).data, folder).items) == items


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    (item,) = from_(write([Item("typed", "a\x0bb\x00", ("x",), key="d/a")], WriteOptions()).data, tmp_path).items
    assert item.prompt == "ab"


STRUCTURE = {
    "multichoice": {"single", "shuffleanswers", "answernumbering", "answer"},
    "truefalse": {"answer"},
    "shortanswer": {"usecase", "answer"},
    "numerical": {"answer", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"},
    "matching": {"shuffleanswers", "subquestion"},
    "ordering": {"layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle", "answer"},
    "essay": {
        "responseformat",
        "responserequired",
        "responsefieldlines",
        "attachments",
        "graderinfo",
        "responsetemplate",
    },
    "cloze": set(),
}
"""What Moodle's own export holds for each type of question."""


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_have_the_structure_that_moodle_reads(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    written = write(items, WriteOptions(title="All/one"))
    quiz = fromstring(written.data)
    first, *questions = quiz
    assert first.findtext("category/text") == "$course$/top/All//one"
    assert len(questions) == len(items) == written.items
    for question in questions:
        _check(question)
    assert len({question.findtext("idnumber") for question in questions}) == len(questions)
    path = tmp_path / "all.xml"
    path.write_bytes(written.data)
    assert guess(path) is FORMATS["moodle"]
    back = read(path, ReadOptions())
    assert back.title == "All/one"
    assert [item.key for item in back.items] == [item.key for item in items]


def _check(question: Element) -> None:
    kind = question.get("type", "")
    tags = {child.tag for child in question}
    assert {"name", "questiontext", "generalfeedback", "defaultgrade", "idnumber"} | STRUCTURE[kind] <= tags
    assert question.findtext("name/text")
    assert question.findtext("questiontext/text")
    if kind in ("multichoice", "truefalse", "shortanswer", "numerical"):
        fractions = [answer.get("fraction", "") for answer in question.findall("answer")]
        assert {fraction.lstrip("-") for fraction in fractions} <= set(MOODLE_SHARES)
        assert sum(float(fraction) for fraction in fractions if float(fraction) > 0) >= 99.9
    if kind == "cloze":
        assert "{1:SHORTANSWER:=" in (question.findtext("questiontext/text") or "")


def test_pictures_come_along(tmp_path: Path) -> None:
    item = Item("typed", "Where?", ("Seoul",), key="d/a", media=("map.png",), answer_media=("seoul.png", "say.mp3"))
    written = write([item], WriteOptions(media={name: lambda: b"\x89PNG" for name in item.all_media}))
    parcel = from_(written.data, tmp_path)
    assert parcel.items == (item,)
    assert {name: take() for name, take in parcel.media.items()} == dict.fromkeys(item.all_media, b"\x89PNG")


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Default for Japan</text></category></question>
<question type="multichoice"><name><text>Q1</text></name>
 <questiontext format="html"><text><![CDATA[<p>Which <b>two</b>?</p>]]></text></questiontext>
 <single>false</single><shuffleanswers>true</shuffleanswers>
 <answer fraction="50" format="html"><text>A</text><feedback><text></text></feedback></answer>
 <answer fraction="50" format="html"><text>B</text><feedback><text>yes</text></feedback></answer>
 <answer fraction="-100" format="html"><text>C</text><feedback><text>no</text></feedback></answer></question>
<question type="cloze"><name><text>Q2</text></name><questiontext format="html">
 <text><![CDATA[<p>The capital is {1:SHORTANSWER:=Tokyo~%100%Tōkyō~%0%*#Not so.}, since {2:NM:=1868:0}.</p>]]></text>
 </questiontext></question>
<question type="calculated"><name><text>Q3</text></name><questiontext><text>{x}+1</text></questiontext></question>
<question type="matching"><name><text>Q4</text></name><questiontext format="html"><text>Pair</text></questiontext>
 <subquestion format="html"><text>a</text><answer><text>1</text></answer></subquestion>
 <subquestion format="html"><text>b</text><answer><text>2</text></answer></subquestion>
 <subquestion format="html"><text></text><answer><text>3</text></answer></subquestion></question>
</quiz>"""


def test_what_moodle_writes_is_read(tmp_path: Path) -> None:
    parcel = from_(MOODLE, tmp_path)
    multi, cloze, match = parcel.items
    assert parcel.title == "Default for Japan"
    assert multi.prompt == "Which **two**?"
    assert [option.right for option in multi.options] == [True, True, False]
    assert multi.options[2].feedback == "no"
    assert cloze.prompt == "The capital is {{c1::Tokyo::Not so.}}, since {{c2::1868}}."
    assert cloze.gaps == {"c1": ("Tōkyō",)}
    assert match.pairs == (("a", "1"), ("b", "2"))
    assert match.extra == ("3",)
    said = {(loss.where, loss.what) for loss in parcel.losses}
    assert ("Q3", "a question of the kind calculated has no equal here: left out") in said
    assert ("Q1", "the feedback on a right answer is left out") in said


@pytest.mark.parametrize(
    ("written", "prompt", "also", "lost"),
    [
        ("{:MCS:wrong~=right}", "{{c1::right}}", {}, "the right one becomes a gap to fill"),
        ("{:SA:=right}", "{{c1::right}}", {}, ""),
        ("{1:MULTIRESPONSE:=a~=b~c}", "{{c1::a}}", {"c1": ("b",)}, "it becomes a gap where any of them is"),
        ("{1:MRS:%50%a~%50%b~%-100%c}", "{{c1::a}}", {"c1": ("b",)}, "it becomes a gap where any of them is"),
    ],
)
def test_a_gap_is_read_as_moodle_reads_it(
    tmp_path: Path, written: str, prompt: str, also: dict[str, tuple[str, ...]], lost: str
) -> None:
    """A weight may be missing; a gap that isn't read would show its answer. Several right ones can't all be wanted."""
    text = f"<questiontext format='html'><text>Is {written} it?</text></questiontext>"
    parcel = from_(f"<quiz><question type='cloze'><name><text>n</text></name>{text}</question></quiz>", tmp_path)
    (item,) = parcel.items
    assert (item.prompt, item.gaps) == (f"Is {prompt} it?", also)
    assert [loss.what.rpartition(": ")[2] for loss in parcel.losses] == ([lost] if lost else [])


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "document type"),
        ('<!DOCTYPE q SYSTEM "http://example.org/x.dtd"><quiz/>', "document type"),
        ("<quiz><question", "no sound XML"),
        ("<other/>", "no Moodle XML"),
        ("", "no sound XML"),
    ],
)
def test_hostile_or_broken_xml_is_refused(tmp_path: Path, xml: str, message: str) -> None:
    with pytest.raises(QuizkitError, match=message):
        from_(xml, tmp_path)


@given(st.text(st.sampled_from('<>/quizestonp ="&;{}1:SA~#[]!-'), max_size=60))
def test_anything_is_read_or_refused(folder: Path, text: str) -> None:
    with suppress(QuizkitError):
        from_(
            f"<quiz><question type='cloze'><questiontext><text>{text}</text></questiontext></question></quiz>", folder
        )
