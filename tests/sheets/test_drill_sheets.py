"""A drill on paper: everything is on it, nobody's answer is given away, and nothing asks for anything."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from quizkit.errors import QuizkitError
from quizkit.sheets import pdf
from quizkit.sheets.drill import LINE_MM, Asked, Form, Key, Paper, Person, Version, data_of, handwritten
from quizkit.sheets.drill_page import make_drill_page, make_drill_pdf
from quizkit.sheets.pictures import Picture
from tests.helpers.media import SVG, png
from tests.helpers.tools import tool

HOSTILE = '#panic("x") $ \\ "q" <script>alert(1)</script> */ // @ref c` ]) #{'
CODE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9h-9z"/></svg>'
FORMS = (
    Asked("Which one?", Form.TICK, options=("lukewarm", "boiling", "ice-cold")),
    Asked("In what order?", Form.ORDER, "First to last.", ("pluck", "steam", "roll")),
    Asked("Which goes with which?", Form.PAIR, options=("India", "Japan"), lefts=("Assam", "Uji")),
    Asked("What is it called?", Form.WRITE, entries=("",), millimetres=60),
    Asked("Which three?", Form.WRITE, entries=("1.", "2.", "3."), millimetres=50),
    Asked("Why?", Form.WRITE, entries=("",), millimetres=700),
)
KEY = tuple(map(Key, ("**B**  lukewarm", "**C A B**", "**B A**", "Camellia", "a · b · c", "because")))


def paper(*asked: Asked, people: int = 2, lang: str = "en", **more: object) -> Paper:
    questions = asked or FORMS
    versions = tuple(
        Version(letter, order, KEY[: len(questions)]) for letter, order in (("A", questions), ("B", questions[::-1]))
    )
    students = tuple(Person(f"Student {n}", f"{n:02}", n % 2, CODE) for n in range(people))
    return Paper("Tea today", lang, versions, students, **more)  # type: ignore[arg-type]


def pages(data: bytes, folder: Path) -> list[str]:
    (folder / "x.pdf").write_bytes(data)
    done = subprocess.run(
        [tool("pdftotext"), "-layout", str(folder / "x.pdf"), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


def test_everybody_gets_a_sheet_with_their_name(tmp_path: Path) -> None:
    """Sheets first, each beginning on a page of its own; then the keys, then the grid, for the teacher."""
    *sheets, keys, grid = pages(make_drill_pdf(paper(people=3)), tmp_path)
    for n in range(3):
        mine = [page for page in sheets if f"Student {n}" in page]
        assert "Tea today" in mine[0]
        said = "".join(mine)
        assert f"0{n}" in said
        assert all(one.prompt in said for one in FORMS)
        assert not any(f"Student {other}" in said for other in range(3) if other != n)
        assert "Camellia" not in said
        assert [f"{place}/{len(mine)}" in page for place, page in enumerate(mine, 1)] == [True] * len(mine)
    assert "Camellia" in keys
    assert all(f"Student {n}" in grid for n in range(3))


def test_parts_are_left_out(tmp_path: Path) -> None:
    assert "Camellia" not in "".join(pages(make_drill_pdf(paper(parts=frozenset(["sheets"]))), tmp_path))
    said = "".join(pages(make_drill_pdf(paper(parts=frozenset(["keys", "grid"]))), tmp_path))
    assert "Which one?" not in said
    assert "Camellia" in said


def sizes(data: bytes, folder: Path) -> list[int]:
    """The sizes of all fonts, in points."""
    (folder / "x.pdf").write_bytes(data)
    done = subprocess.run(
        [tool("pdftohtml"), "-xml", "-zoom", "1", "-stdout", str(folder / "x.pdf")],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', done.stdout)]


def test_large_print_is_large_throughout(tmp_path: Path) -> None:
    """Nothing on a sheet is smaller than 18 points."""
    assert min(sizes(make_drill_pdf(paper(parts=frozenset(["sheets"]))), tmp_path)) < 10
    assert min(sizes(make_drill_pdf(paper(parts=frozenset(["sheets"]), large=True)), tmp_path)) == 18


@pytest.mark.parametrize("large", [False, True])
def test_nothing_runs_over_the_edge(tmp_path: Path, large: bool) -> None:
    long = Asked("A long question " * 9, Form.PAIR, options=("Somewhere far away " * 4,) * 9, lefts=("Left " * 20,) * 9)
    (tmp_path / "x.pdf").write_bytes(make_drill_pdf(paper(*FORMS, long, large=large)))
    done = subprocess.run(
        [tool("pdftotext"), "-bbox", str(tmp_path / "x.pdf"), "-"], capture_output=True, text=True, check=True
    )
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', done.stdout)
    assert page
    words = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"', done.stdout)
    assert words
    for left, right, bottom in words:
        assert 20 < float(left) < float(right) < float(page[1]) - 20
        assert float(bottom) < float(page[2]) - 10


def test_no_question_is_broken_over_two_pages(tmp_path: Path) -> None:
    """Unless it is longer than a page: then all of it is there all the same."""
    asked = [Asked(f"Question{n}", Form.TICK, options=[f"first{n}", "b", "c", f"last{n}"]) for n in range(30)]
    made = pages(make_drill_pdf(paper(*asked, people=1, parts=frozenset(["sheets"]))), tmp_path)
    assert len(made) > 2
    for n in range(30):
        (page,) = [page for page in made if re.search(rf"Question{n}\b", page)]
        assert f"first{n}" in page
        assert f"last{n}" in page
    endless = Asked("Long", Form.TICK, options=tuple(f"option{n} {'and so on ' * 30}" for n in range(26)))
    said = "".join(pages(make_drill_pdf(paper(endless, people=1, parts=frozenset(["sheets"]))), tmp_path))
    assert all(f"option{n} " in said for n in range(26))


def test_a_duplex_sheet_begins_on_a_front_page(tmp_path: Path) -> None:
    made = pages(make_drill_pdf(paper(FORMS[0], duplex=True, parts=frozenset(["sheets"]))), tmp_path)
    assert ["Student" in page for page in made] == [True, False, True]


def test_room_is_fitted_to_the_answer() -> None:
    """A short answer gets a short line, a long one several; a character of Japanese takes the room of two letters."""
    assert handwritten(["a"]) < handwritten(["Camellia sinensis"]) < LINE_MM
    assert handwritten(["カメリアシネンシス"]) == handwritten(["x" * 18])
    written = [question for question in data_of(paper())["versions"][0]["questions"] if question["form"] == "write"]
    assert [question["lines"] for question in written] == [1, 1, 5]
    large = data_of(paper(large=True))["versions"][0]["questions"][3]
    assert large["millimetres"] > written[0]["millimetres"]


@pytest.mark.parametrize("lang", ["ja", "ko"])
def test_scripts_are_set_with_their_fonts(tmp_path: Path, lang: str) -> None:
    text = {"ja": "玉露をいれる湯の温度は。", "ko": "옥로를 우리는 물의 온도는?"}[lang]
    data = make_drill_pdf(paper(Asked(text, Form.TICK, options=("温かい", "뜨거운")), lang=lang))
    said = "".join("".join(pages(data, tmp_path)).split())
    assert "".join(text.split()) in said
    assert "\ufffd" not in said
    fonts = subprocess.run([tool("pdffonts"), str(tmp_path / "x.pdf")], capture_output=True, text=True, check=True)
    assert re.search(r"CJK|Nanum|Gothic|Malgun|UnDotum", fonts.stdout)


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SCRIPTS", {"ja": (pdf.SCRIPTS["ja"][0], ("No Such Gothic",))})
    with pytest.raises(QuizkitError, match="No font for the script of ja") as caught:
        make_drill_pdf(paper(Asked("漢字", Form.WRITE, entries=("",), millimetres=50)))
    assert "No Such Gothic" in caught.value.hint


def test_what_an_author_writes_is_text(tmp_path: Path) -> None:
    made = paper(Asked(HOSTILE, Form.TICK, HOSTILE, (HOSTILE, "b")))
    assert '#panic("x")' in "".join(pages(make_drill_pdf(made), tmp_path))
    page = make_drill_page(made).decode()
    assert "<script>" not in page


@pytest.mark.parametrize("large", [False, True])
def test_a_page_holds_the_same_and_asks_for_nothing(large: bool) -> None:
    page = make_drill_page(paper(lang="ja", large=large)).decode()
    assert '<html lang="ja">' in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert all(one.prompt in page for one in FORMS)
    assert page.count("<svg") == 2
    assert page.count('<section class="sheet">') == 2
    assert "Camellia" not in page.partition("teacher")[0].partition("<body")[2]
    assert ('class="large"' in page) is large


def test_a_sheet_without_a_name_has_a_line_for_it(tmp_path: Path) -> None:
    plain = paper(people=0)._replace(people=(Person("", "", 0, ""), Person("", "", 1, "")))
    first, *_rest = pages(make_drill_pdf(plain), tmp_path)
    assert "Name" in first
    assert re.search(r"Variant\s+A", first)


def test_korean_words_stay_whole(tmp_path: Path) -> None:
    """Lines break between words: every word of a line is one of the text's."""
    text = (
        "재단 방식이라면 한국만으로 곧바로 움직일 수 있습니다. 실제로 정부 간의 걸림돌을 치우고, 길을 열었습니다. " * 5
    )
    made = paper(Asked(text.strip(), Form.WRITE, entries=("",), millimetres=60), lang="ko", parts=frozenset(["sheets"]))
    said = [line.split() for line in pages(make_drill_pdf(made), tmp_path)[0].splitlines()]
    lines = [line for line in said if set(line) & set(text.split())]
    assert len(lines) > 3
    assert all(set(line) <= {*text.split(), "1"} for line in lines)


@pytest.mark.parametrize("questions", [11, 260])
def test_keys_stand_in_columns_of_one_height(tmp_path: Path, questions: int) -> None:
    """None alone in a column: half of them on either side, as long as they fit on a page; all of them in any case."""
    asked = tuple(Asked(f"Question{n}", Form.WRITE, entries=("",)) for n in range(questions))
    keys = tuple(Key(f"key{n}.") for n in range(questions))
    versions = tuple(Version(letter, asked, keys) for letter in "ABCD"[: 4 if questions < 100 else 1])
    made = paper(parts=frozenset(["keys", "grid"]))._replace(versions=versions, people=())
    first, *more = pages(make_drill_pdf(made), tmp_path)
    if questions < 100:
        assert len(re.findall(r"^ *1 +key0\. +7 +key6\.$", first, re.MULTILINE)) == 4
        assert len(more) == 1
    else:
        assert all(f"key{n}." in "".join([first, *more]) for n in range(questions))


def images(data: bytes, folder: Path) -> list[tuple[int, int]]:
    """The page of each picture in a PDF, and how wide it is in millimetres."""
    (folder / "x.pdf").write_bytes(data)
    done = subprocess.run(
        [tool("pdfimages"), "-list", str(folder / "x.pdf")], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    return [(int(row[0]), round(int(row[3]) / float(row[12]) * 25.4)) for row in rows]


def test_pictures_stand_below_their_question_and_beside_its_key(tmp_path: Path) -> None:
    """Never larger than there is room: a broad one as wide as the text, a tall one no taller than 60 mm."""
    broad, tall, told = (
        Picture("wing.png", png(4000, 400)),
        Picture("tall.png", png(300, 900)),
        Picture("x.png", png(900, 900)),
    )
    asked = (
        Asked("Whose wing?", Form.TICK, options=("wren", "robin"), pictures=(broad,)),
        Asked("Which?", Form.WRITE, entries=("",), millimetres=60, pictures=(tall, Picture("r.svg", SVG.encode()))),
    )
    made = paper(*asked, people=1)
    keys = (Key("**B**", (told,)), Key("a tree"))
    made = made._replace(versions=tuple(version._replace(key=keys) for version in made.versions))
    found = images(make_drill_pdf(made), tmp_path)
    (sheet, wide), (same, narrow), *keyed = found
    assert sheet == same == 1
    assert 140 < wide <= 170
    assert narrow == 20
    assert [(page > 1, wide) for page, wide in keyed] == [(True, 25), (True, 25)]
    page = make_drill_page(made).decode()
    assert page.count("data:image/png;base64,") == 4
    assert page.count("data:image/svg+xml;base64,") == 1
    assert "img-src data:" in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)


@pytest.mark.parametrize(("name", "data"), [("wing.png", b"no picture"), ("w.svg", b"<svg><image href='/etc/hosts'/>")])
def test_a_picture_that_cant_be_read_is_named(name: str, data: bytes) -> None:
    asked = [
        Asked("A?", Form.WRITE, entries=("",), pictures=(Picture("fine.png", png()),)),
        Asked("B?", Form.WRITE, entries=("",), pictures=(Picture(name, data),)),
    ]
    with pytest.raises(QuizkitError, match=f"{name} can't be printed") as caught:
        make_drill_pdf(paper(*asked))
    assert "PNG" in caught.value.hint
