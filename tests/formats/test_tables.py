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


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Vokabel,Bedeutung,Beispiel", "Vokabel"),
        ("단어장,풀이,예", "단어장"),
        ("Vokabel,Bedeutung,Beispiel", " vokabel "),
    ],
)
def test_the_first_row_is_a_header_where_a_column_is_called_as_it_says(
    tmp_path: Path, header: str, column: str
) -> None:
    """None of these names is known by itself."""
    data = f"{header}\n犬,dog,woof\n猫,cat,\n"
    parcel = from_(data, tmp_path, columns={"question": column, "answer": "2"})
    assert parcel.items == TWO
    assert [loss.what for loss in parcel.losses] == [f"column “{header.rpartition(',')[2]}” isn't known: left out"]


def test_a_column_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(QuizkitError) as caught:
        from_("Vokabel,Bedeutung\n犬,dog\n", tmp_path, columns={"question": "Wort"})
    assert caught.value.hint == "Columns: Vokabel, Bedeutung; or 1 to 2."


def test_anki_says_where_the_note_type_the_deck_and_the_tags_stand(tmp_path: Path) -> None:
    """As Anki 2.1.54 and later write it: a note's own fields fill the columns that are left."""
    data = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        "g1\tBasic\tJapan::Words\tfront <i>x</i>\tback\tt1 t2\n"
        "g2\tCloze\tJapan::Gaps\ta {{c1::gap::hint}} b\textra\t\n"
        "g3\tBasic (and reversed card)\tJapan::Words\t犬\tdog\t\n"
        "g4\tBasic (type in the answer)\tJapan::Words\t猫\tcat\t\n"
    )
    parcel = from_(data, tmp_path, "x.txt")
    assert parcel.losses == ()
    assert parcel.items == (
        Item("basic", "front *x*", ("back",), tags=("t1", "t2"), key="g1", group="Words"),
        Item("cloze", "a {{c1::gap::hint}} b", explain="extra", key="g2", group="Gaps"),
        Item("basic", "犬", ("dog",), key="g3", group="Words", reverse=True),
        Item("typed", "猫", ("cat",), key="g4", group="Words"),
    )


def test_anki_names_columns_and_what_all_rows_share(tmp_path: Path) -> None:
    head = "#separator:Semicolon\n#html:false\n#columns:Text;Back Extra;Tags\n#deck:Words\n"
    data = f"{head}a {{{{c1::犬}}}};a pet;x y\nb {{{{c1::猫}}}};;\n"
    parcel = from_(data, tmp_path, "x.txt")
    assert parcel.title == "Words"
    assert (parcel.items[0].explain, parcel.items[0].tags) == ("a pet", ("x", "y"))
    data = "#separator:tab\n#tags:x y\n犬\tdog\n猫\tcat\n"
    assert from_(data, tmp_path, "x.txt").items == tuple(item._replace(tags=("x", "y")) for item in TWO)


def test_options_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    data = 'question,answer,wrong 1,wrong 2,tags\nWhere?,Ulm,Bern,Bonn | am Rhein,"a, b"\n'
    options = (Option("Ulm", True), Option("Bern"), Option("Bonn | am Rhein"))
    assert from_(data, tmp_path).items[0].options == options


@pytest.mark.parametrize(
    ("header", "answer", "right"),
    [
        ("問題,選択肢1,選択肢2,選択肢3,正解", "2", ["大阪"]),
        ("問題,選択肢１,選択肢２,選択肢３,正解", "大阪", ["大阪"]),
        ("question,option a,option b,option c,answer", "b", ["大阪"]),
        ("question,option1,option2,option3,answer", '"A, C"', ["東京", "京都"]),
        ("question,wrong 1,wrong 2,wrong 3,answer", "2", ["2"]),
    ],
)
def test_the_right_option_is_named_by_its_words_its_number_or_its_letter(
    tmp_path: Path, header: str, answer: str, right: list[str]
) -> None:
    parcel = from_(f"{header}\nどこ,東京,大阪,京都,{answer}\n", tmp_path)
    (item,) = parcel.items
    assert parcel.losses == ()
    assert [option.text for option in item.options if option.right] == right
    assert item.kind == ("multi" if right[1:] else "choice")
    assert {"東京", "大阪", "京都"} <= {option.text for option in item.options}


def test_an_answer_that_is_none_of_the_options_is_said(tmp_path: Path) -> None:
    parcel = from_("question,option1,option2,answer\nWhere?,Rome,Bonn,Pris\n", tmp_path)
    assert [loss.what for loss in parcel.losses] == ["the answer 'Pris' is none of the options: it becomes one"]


def test_a_sign_that_cuts_a_text_off_is_said_with_its_row(tmp_path: Path) -> None:
    """One row has a semicolon in its answer and no quotes around it."""
    parcel = from_("Front;Back\nHund;dog; or hound\nKatze;cat\n", tmp_path)
    (loss,) = parcel.losses
    assert loss.where == "line 2"
    assert loss.what.startswith("“or hound” stands behind the last column: left out")
    assert from_("Hund;dog\nHahn;cock; rooster\nKatze;cat\n", tmp_path).losses[0].where == "line 2"


def test_empty_columns_are_nothing_to_speak_of(tmp_path: Path) -> None:
    assert from_("question,answer,,colour\n犬,dog,,\n猫,cat,,\n", tmp_path).losses == ()


def test_what_stands_beside_a_cloze_is_told_after_the_answer(tmp_path: Path) -> None:
    (item,) = from_("term,definition,note\nThe {{c2::sun}} rises.,in the east,always\n", tmp_path).items
    assert (item.kind, item.explain) == ("cloze", "in the east\nalways")


def test_a_cloze_is_known_by_its_gaps(tmp_path: Path) -> None:
    (item,) = from_("The {{c1::sun}} rises.\t\n", tmp_path, "x.txt").items
    assert item.kind == "cloze"


def test_a_header_tells_the_separator(tmp_path: Path) -> None:
    """Also where no two rows are of one length: a comma too many, a cell too few."""
    parcel = from_("Question,Answer,Tags\nHi?,a,b,c\nHo?\n", tmp_path)
    (item,) = parcel.items
    assert (item.prompt, item.answers, item.tags) == ("Hi?", ("a",), ("b",))
    assert [(loss.where, loss.what) for loss in parcel.losses if loss.whole] == [("line 3", "no answer: left out")]


@pytest.mark.parametrize(
    ("table", "prompt"),
    [
        ('"What does a<b and c>d mean?",order', "What does a<b and c>d mean?"),
        ("#separator:comma\n#html:false\nWhat does <b>x</b> say?,bold", "What does <b>x</b> say?"),
        ("#separator:comma\n#html:false\nR&amp;D?,x", "R&amp;D?"),
        ("What is a <p>?,a paragraph", "What is a <p>?"),
        ('What <span style="x">is</span> <B>this</B>?,a', "What is **this**?"),
        ("One<br/>two?,a", "One\ntwo?"),
    ],
)
def test_a_sign_is_no_html(tmp_path: Path, table: str, prompt: str) -> None:
    """A lesson on HTML or mathematics must not lose its signs; a table that says it holds none, none."""
    (item,) = from_(f"{table}\n", tmp_path).items
    assert item.prompt == prompt


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
