"""GIFT: no text turns into another question, and what comes back is what went out."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.gift import read, write
from quizkit.formats.item import Item, Option, ReadOptions, WriteOptions
from tests.helpers.items import deck_items
from tests.helpers.node import node_module

HARD = [
    "x=1", "1~2人", "A->B", "｛＝答え｝", "{=y}", "a#b", "c:d", "50%", "%50%x", "// no comment", "back\\slash", "a\\=b",
    "[html]", "::t::", "$CATEGORY: x", "*any*", "<b>", "&amp;", "“q”", "####x", "T", "->",
]  # fmt: skip
CHARS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=6)
TEXT = st.lists(st.sampled_from(HARD) | CHARS, min_size=1, max_size=4).map(" ".join)
NAME = st.from_regex(r"[a-z]{1,6}/[a-z]{1,6}", fullmatch=True)
FORM = TEXT.filter(lambda text: "->" not in text and not text.endswith("\\"))
OPTIONS = st.lists(TEXT, min_size=2, max_size=5, unique=True)
EXPLAIN = st.just("") | TEXT


def from_(data: bytes, folder: Path) -> Any:
    path = folder / "x.gift"
    path.write_bytes(data)
    return read(path, ReadOptions())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gift")


def _choice(prompt: str, texts: list[str], rights: int, feedback: str, explain: str, key: str) -> Item:
    options = tuple(Option(text, i < rights, "" if i < rights else feedback) for i, text in enumerate(texts))
    return Item("choice" if rights == 1 else "multi", prompt, options=options, explain=explain, key=key)


def _typed(prompt: str, forms: list[str], explain: str, key: str) -> Item:
    return Item("typed", prompt, tuple(dict.fromkeys(forms)), explain=explain, key=key, tags=("a", "b"))


def _true_false(prompt: str, true: bool, correction: str, explain: str, key: str) -> Item:
    return Item("truefalse", prompt, true=true, correction=correction, explain=explain, key=key)


def _number(prompt: str, value: int, tolerance: str, key: str) -> Item:
    return Item("number", prompt, (str(value),), tolerance=tolerance, key=key)


TOLERANCE = st.sampled_from(["", "2", "0.5"])
ITEMS = st.one_of(
    st.builds(_typed, TEXT, st.lists(FORM, min_size=1, max_size=3), EXPLAIN, NAME),
    st.builds(_choice, TEXT, OPTIONS, st.just(1), EXPLAIN, EXPLAIN, NAME),
    st.builds(_choice, TEXT, OPTIONS.filter(lambda texts: len(texts) > 2), st.just(2), EXPLAIN, EXPLAIN, NAME),
    st.builds(_true_false, TEXT, st.booleans(), EXPLAIN, EXPLAIN, NAME),
    st.builds(_number, TEXT, st.integers(-999, 999), TOLERANCE, NAME),
)


@given(st.lists(ITEMS, min_size=1, max_size=4))
def test_what_comes_back_is_what_went_out(folder: Path, items: list[Item]) -> None:
    from quizkit.markup import escape

    marked = [_escaped(item, escape) for item in items]
    parcel = from_(write(marked, WriteOptions()).data, folder)
    assert list(parcel.items) == marked


def _escaped(item: Item, escape: Any) -> Item:
    return item._replace(
        prompt=escape(item.prompt),
        options=tuple(Option(escape(o.text), o.right, escape(o.feedback)) for o in item.options),
        correction=escape(item.correction),
        explain=escape(item.explain),
    )


KINDS = [
    Item("cloze", "The {{c1::Indo-Pacific}} and beyond.", gaps={"c1": ("IP",)}, key="d/a"),
    Item("match", "Who?", pairs=(("Kishida", "Japan"), ("Yoon", "ROK")), extra=("France",), key="d/b"),
    Item("open", "Why?", ("Because.",), points=("one", "two"), explain="More.", key="d/c"),
    Item("basic", "QUAD", ("Four countries",), key="d/d"),
    Item("typed", "A *strong* **mark**\n- one\n- two", ("yes",), key="d/e"),
]


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.kind)
def test_other_kinds_come_back_too(tmp_path: Path, item: Item) -> None:
    assert from_(write([item], WriteOptions()).data, tmp_path).items == (item,)


@pytest.mark.parametrize(
    ("gift", "wanted"),
    [
        ("Who?{=Grant =Sherman}", Item("typed", "Who?", ("Grant", "Sherman"))),
        ("::T::Grant is {~buried =entombed ~living} in a tomb.", "choice"),
        ("When was he born?{#1822:5}", Item("number", "When was he born?", ("1822",), tolerance="5")),
        ("Pi?{#3.141..3.142}", Item("number", "Pi?", ("3.1415",), tolerance="0.0005")),
        ("{#=1822:0 =%50%1822:2} ", None),
        ("Sun{T}", Item("truefalse", "Sun", true=True)),
        ("Sun{FALSE#It rises.#Good.}", Item("truefalse", "Sun", true=False, correction="It rises.")),
        (
            "Two?{~%50%A ~%50%B ~%-100%C}",
            Item("multi", "Two?", options=(Option("A", True), Option("B", True), Option("C"))),
        ),
        ("{=Paris} is the capital.", Item("cloze", "{{c1::Paris}} is the capital.")),
        ("Pair{=a -> 1 =b -> 2 =c -> 3}", Item("match", "Pair", pairs=(("a", "1"), ("b", "2"), ("c", "3")))),
        ("[markdown]A *b*{=x}", Item("typed", "A *b*", ("x",))),
        ("Deep\\n{=a\\=b}", Item("typed", "Deep", ("a=b",))),
        ("Write{}", None),
        ("Only text", None),
        ("全角｛＝答え ～誤り｝", None),
        ("Broken{=a\n\n~b}", None),
    ],
)
def test_published_forms_are_read(tmp_path: Path, gift: str, wanted: Item | str | None) -> None:
    """The forms of Moodle's own documentation; what isn't a question is said."""
    parcel = from_(gift.encode(), tmp_path)
    if wanted is None:
        assert parcel.items == ()
        assert parcel.losses
    elif isinstance(wanted, str):
        assert parcel.items[0].kind == wanted
    else:
        assert parcel.items == (wanted,)


def test_questions_without_an_empty_line_between_them_are_told_apart(tmp_path: Path) -> None:
    """Moodle would take them for one; nobody means that."""
    gift = (
        "When? {#1939:1}\nRange? {#1..5}\n\n"
        "Match {=cat -> neko =dog -> inu}\n::Why:: Say why. {####Because.}\nThe {=Sun} is\nhot.\n\n"
        "First {\n=a\n~b\n}\nSecond\n{=c ~d}\n\n"
        "::Open:: One {=a ~b\n::Two:: Two {=a ~b}\n\n"
        "A set {=\\{x\\} =\\{y\\}}\n"
    )
    parcel = from_(gift.encode(), tmp_path)
    assert [item.prompt for item in parcel.items] == [
        *("When?", "Range?", "Match", "Say why.", "The {{c1::Sun}} is hot.", "First", "Second", "Two", "A set"),
    ]
    told = "no empty line above this question: told apart from the one before"
    assert [loss.where for loss in parcel.losses if loss.what == told] == [
        *("line 2", "line 5", "line 6", "line 13", "line 17")
    ]
    (cut,) = [loss for loss in parcel.losses if loss.what != told]
    assert (cut.where, cut.what.partition(" (")[0]) == ("line 16", "a brace without its partner")


def test_a_pair_with_an_empty_side_is_named(tmp_path: Path) -> None:
    (loss,) = from_(b"Pair {=cat -> neko =dog -> inu =bird -> }", tmp_path).losses
    assert loss.what == "'bird' has nothing to the right of its arrow: left out"


def test_full_width_signs_are_named(tmp_path: Path) -> None:
    (loss,) = from_("全角｛＝答え ～誤り｝".encode(), tmp_path).losses
    assert "full-width" in loss.what
    assert loss.where == "line 1"


@given(st.text(st.sampled_from("{}=~#:\\ntTF%0.->/ \n[html]あ｛"), max_size=60))
def test_anything_is_read_or_refused(folder: Path, text: str) -> None:
    with suppress(QuizkitError):
        from_(text.encode(), folder)


TYPES = {
    "typed": "Short",
    "cloze": "Short",
    "choice": "MC",
    "multi": "MC",
    "truefalse": "TF",
    "number": "Numerical",
    "match": "Matching",
    "open": "Essay",
    "basic": "Essay",
}


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_out_and_the_program_that_reads_gift_reads_the_same(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    written = write(items, WriteOptions(title="All"))
    assert written.items == len(items)
    (tmp_path / "all.gift").write_bytes(written.data)
    assert guess(tmp_path / "all.gift") is FORMATS["gift"]
    ours = read(tmp_path / "all.gift", ReadOptions()).items
    theirs = _pegjs(tmp_path / "all.gift")
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert TYPES[mine.kind] == other["type"], other
        if mine.kind in ("typed", "cloze"):
            answers = [choice["text"]["text"] for choice in other["choices"]]
            first = mine.answers or (mine.prompt.partition("{{c1::")[2].partition("}}")[0], *mine.gaps.get("c1", ()))
            assert answers == [form.replace("*", "\\*") for form in first]
        elif mine.kind in ("choice", "multi"):
            rights = [bool(c["isCorrect"]) or (c["weight"] or 0) > 0 for c in other["choices"]]
            assert rights == [option.right for option in mine.options]
        elif mine.kind == "truefalse":
            assert other["isTrue"] is mine.true
        elif mine.kind == "match":
            assert len(other["matchPairs"]) == len(mine.pairs) + len(mine.extra)


def _pegjs(path: Path) -> list[dict[str, Any]]:
    module = node_module("gift-pegjs")
    script = (
        f"const p=require({json.dumps(str(module))});const fs=require('fs');"
        f"console.log(JSON.stringify(p.parse(fs.readFileSync({json.dumps(str(path))},'utf8'))))"
    )
    node = shutil.which("node")
    assert node
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [question for question in json.loads(done.stdout) if question["type"] != "Category"]
