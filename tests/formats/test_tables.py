"""Tables: whatever a spreadsheet or another program writes is told apart, and nothing becomes a formula."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.cells import joined, neutral, parted, protected
from quizkit.formats.item import Item, Option, Parcel, ReadOptions, WriteOptions
from quizkit.formats.tables import read, write
from tests.helpers.items import deck_items


def from_(data: str | bytes, folder: Path, name: str = "x.csv", **options: object) -> Parcel:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


TWO = (Item("basic", "犬", ("dog",)), Item("basic", "猫", ("cat",)))


@pytest.mark.parametrize(
    "data",
    [
        "question,answer\n犬,dog\n猫,cat\n",
        "犬\tdog\n猫\tcat",
        "sep=;\n犬;dog\n猫;cat\n",
        "Front;Back\r\n犬;dog\r\n猫;cat\r\n",
        '\ufeff"問題","答え"\n"犬","dog"\n"猫","cat"\n',
        "질문|정답\n犬|dog\n猫|cat",
        "question,answer,\n\n犬,dog,\n猫,cat,\n\n",
        "#separator:tab\n#html:true\n犬\tdog\n猫\tcat\n",
        "#separator:tab\n#html:false\n#guid column:1\n#tags column:4\nx\t犬\tdog\t\ny\t猫\tcat\t\n",
    ],
)
def test_the_layout_is_told_apart(tmp_path: Path, data: str) -> None:
    assert tuple(item._replace(key="") for item in from_(data, tmp_path).items) == TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "shift_jis", "euc-jp"])
def test_the_encoding_is_told_apart(tmp_path: Path, encoding: str) -> None:
    """Excel in Japan writes Shift JIS, and Unicode text as UTF-16."""
    rows = "".join(f"{kana}について、正しい説明はどれですか。\t答えは{kana}です\n" for kana in "ひらがなとカタカナ漢字")
    parcel = from_(rows.encode(encoding), tmp_path, "x.txt")
    assert parcel.items[0].prompt == "ひについて、正しい説明はどれですか。"


def test_an_encoding_that_is_named_wins(tmp_path: Path) -> None:
    assert from_("질문,정답\n개,dog".encode("euc-kr"), tmp_path, encoding="euc-kr").items[0].prompt == "개"
    with pytest.raises(QuizkitError, match="no encoding"):
        from_("a,b", tmp_path, encoding="klingon")


def test_columns_are_mapped_by_name_or_number(tmp_path: Path) -> None:
    data = "Lesson,Word,Gloss\n1,犬,dog\n2,猫,cat\n"
    assert from_(data, tmp_path, columns={"question": "Word", "answer": "3", "tags": "lesson"}).items == (
        TWO[0]._replace(tags=("1",)),
        TWO[1]._replace(tags=("2",)),
    )
    with pytest.raises(QuizkitError, match="no column 'Nope'"):
        from_(data, tmp_path, columns={"question": "Nope"})


def test_options_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    data = 'question,answer,wrong 1,wrong 2,tags\nWhere?,Ulm,Bern,Bonn,"a, b"\n'
    assert from_(data, tmp_path).items[0].options[0] == Option("Ulm", True)


def test_a_cloze_is_known_by_its_gaps(tmp_path: Path) -> None:
    (item,) = from_("The {{c1::sun}} rises.\t\n", tmp_path, "x.txt").items
    assert item.kind == "cloze"


def test_html_of_anki_becomes_text(tmp_path: Path) -> None:
    (item,) = from_('#separator:tab\n#html:true\na<br><b>b</b> &amp; c\t"x ""y"""\n', tmp_path).items
    assert (item.prompt, item.answers) == ("a\n**b** & c", ('x "y"',))


def test_lines_without_a_question_are_named(tmp_path: Path) -> None:
    parcel = from_("question,answer\n犬,dog\n,lost\n猫,cat\n", tmp_path)
    assert parcel.items == TWO
    assert [loss.where for loss in parcel.losses] == ["line 3"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-5", "@SUM(A1)", "\t=x", "'=1", "'", "a=b", "''+1"])
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    kept = protected(cell)
    assert kept[0] not in "=+-@\t\r"
    assert neutral(kept) == cell


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool)))
def test_texts_in_one_cell_come_apart_again(texts: list[str]) -> None:
    assert parted(joined(texts)) == texts


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_out_and_come_back(tmp_path: Path, lang: str) -> None:
    items = list(deck_items(lang))
    written = write(items, WriteOptions())
    path = tmp_path / "all.csv"
    path.write_bytes(written.data)
    assert guess(path) is FORMATS["csv"]
    back = read(path, ReadOptions()).items
    assert len(back) == len(items)
    for item, again in zip(items, back, strict=True):
        simple = item._replace(gaps={}, need=0, shuffle=True)
        if item.kind in ("choice", "multi"):
            ordered = sorted(item.options, key=lambda option: not option.right)
            simple = simple._replace(options=tuple(option._replace(feedback="") for option in ordered))
        if item.kind == "date":
            simple, again = simple._replace(answers=item.answers[:1]), again._replace(answers=again.answers[:1])
        assert again == simple


@given(st.text(st.sampled_from("a,;\t|\"\n#=':あ{c1}<b>"), max_size=60))
def test_anything_is_read_or_refused(folder: Path, text: str) -> None:
    with suppress(QuizkitError):
        from_(text, folder)
