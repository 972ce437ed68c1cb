"""Aiken: one line a question, and what doesn't fit is said."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.aiken import read, write
from quizkit.formats.item import Item, Option, Parcel, ReadOptions, WriteOptions
from tests.helpers.items import deck_items


def from_(text: str, folder: Path) -> Parcel:
    path = folder / "x.txt"
    path.write_text(text, encoding="utf-8")
    return read(path, ReadOptions())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("aiken")


def choice(prompt: str, *texts: str) -> Item:
    return Item("choice", prompt, options=tuple(Option(text, i == 0) for i, text in enumerate(texts)))


def test_published_example_is_read(tmp_path: Path) -> None:
    text = (
        "Is it this one?\nA. Maybe this answer\nB. Maybe this answer\nC. Maybe this answer\nANSWER: D\n\n"
        "What is the correct answer?\nA) Is it this one?\nB) Is it this answer?\nANSWER: B\n"
    )
    parcel = from_(text, tmp_path)
    options = (Option("Is it this one?"), Option("Is it this answer?", True))
    assert parcel.items == (Item("choice", "What is the correct answer?", options=options),)
    assert [loss.where for loss in parcel.losses] == ["line 5"]


def test_a_question_with_one_option_is_named(tmp_path: Path) -> None:
    parcel = from_("Sure?\nA. yes\nANSWER: A\n\nSure?\nA. yes\nB. no\nANSWER: C\n", tmp_path)
    assert [loss.what for loss in parcel.losses] == [
        "a question with only one option: left out",
        "C is none of its options: left out",
    ]


def test_a_question_that_begins_like_an_option_stays_a_question(tmp_path: Path) -> None:
    written = write([choice("A. Einstein was born in", "Ulm", "Bern")], WriteOptions())
    assert any("quotes" in loss.what for loss in written.losses)
    (item,) = from_(written.data.decode(), tmp_path).items
    assert item.prompt == "“A. Einstein was born in”"
    assert len(item.options) == 2


def test_lines_are_joined_and_said() -> None:
    written = write([choice("One\ntwo", "a", "b")], WriteOptions())
    assert written.data.startswith(b"One two\nA. a\n")
    assert any("joined" in loss.what for loss in written.losses)


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_out_and_come_back(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    written = write(items, WriteOptions())
    path = tmp_path / "all.txt"
    path.write_bytes(written.data)
    assert guess(path) is FORMATS["aiken"]
    carried = [item for item in items if item.kind in ("choice", "truefalse")]
    back = read(path, ReadOptions()).items
    assert written.items == len(carried) == len(back)
    for item, again in zip(carried, back, strict=True):
        if item.kind == "choice":
            assert [option.right for option in again.options] == [option.right for option in item.options]
        else:
            assert again.options[0].right is item.true
    left_out = {loss.where for loss in written.losses if "no " in loss.what}
    assert left_out == {item.key for item in items if item.kind not in ("choice", "truefalse")}


@given(st.text(st.sampled_from("AB. )\nANSWER: あ"), max_size=60))
def test_anything_is_read_or_refused(folder: Path, text: str) -> None:
    with suppress(QuizkitError):
        from_(text, folder)
