"""What is printed: every answer is on it, in every script, and nothing an author writes becomes a command."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS
from quizkit.formats.item import Item, WriteOptions
from quizkit.sheets import pdf
from quizkit.sheets.drill import Asked, Form, Key, Paper, Person, Version
from quizkit.sheets.drill_page import make_drill_pdf
from quizkit.sheets.page import make_page
from quizkit.sheets.sheet import Entry, Group, Sheet, lines_of
from tests.helpers.items import deck_items
from tests.helpers.tools import tool

HOSTILE = '#panic("x") $ \\ "q" <script>alert(1)</script> */ // @ref *a* `c` ]) #{'


def sheet(*entries: Entry, lang: str = "en") -> Sheet:
    return Sheet("Title", lang, (Group("One", entries),))


def text_of(data: bytes, folder: Path) -> str:
    path = folder / "x.pdf"
    path.write_bytes(data)
    done = subprocess.run([tool("pdftotext"), str(path), "-"], capture_output=True, text=True, timeout=60, check=True)
    return "".join(done.stdout.split())


@pytest.mark.parametrize("template", ["guide", "cards"])
@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_are_set_in_every_script(tmp_path: Path, template: str, lang: str) -> None:
    items = list(deck_items(lang))[:60]
    written = FORMATS[template].module.write(items, WriteOptions(title="All", lang=lang, suffix=".pdf"))
    assert written.items == len(items)
    said = text_of(written.data, tmp_path)
    for item in items:
        if item.kind == "typed":
            assert "".join(item.answers[0].split()) in said
    assert "\ufffd" not in said


@pytest.mark.parametrize("template", ["guide", "cards"])
def test_what_an_author_writes_is_text(tmp_path: Path, template: str) -> None:
    made = sheet(Entry(HOSTILE, HOSTILE, HOSTILE))
    assert '#panic("x")' in text_of(pdf.make_pdf(made, template), tmp_path)
    page = make_page(made, template).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("template", ["guide", "cards"])
def test_a_page_asks_for_nothing(template: str) -> None:
    page = make_page(sheet(Entry("a", "b", "c"), lang="ja"), template).decode()
    assert not re.search(r"https?://|url\(|@import|src=", page)
    assert '<html lang="ja">' in page


def test_backs_are_mirrored(tmp_path: Path) -> None:
    """Turned over on the long edge, each back lies behind its front."""
    items = [Item("basic", f"front{n}", (f"back{n}",)) for n in range(4)]
    data = FORMATS["cards"].module.write(items, WriteOptions(suffix=".pdf")).data
    (tmp_path / "x.pdf").write_bytes(data)
    done = subprocess.run(
        [tool("pdftotext"), "-bbox", str(tmp_path / "x.pdf"), "-"], capture_output=True, text=True, check=True
    )
    at = {word: float(x) for x, word in re.findall(r'xMin="([\d.]+)".*>((?:front|back)\d)<', done.stdout)}
    assert at["front0"] < at["front1"]
    assert at["back0"] > at["back1"]


def test_marks_become_looks() -> None:
    (first, second) = lines_of("- **a**《b》\n外交《がいこう》")
    assert first["bullet"] == "•"
    assert first["spans"][0]["strong"] is True
    assert second["spans"] == [{"text": "外交", "strong": False, "emphasis": False, "ruby": "がいこう"}]


def with_readings(template: str) -> bytes:
    """A question whose prompt has a reading in its second line, and one before an option, as PDF."""
    prompt, options = "会談の場\n山荘《さんそう》とは", ("京都", "｜東京《とうきょう》")
    if template != "drill":
        front = "\n".join([prompt, *(f"{letter}. {text}" for letter, text in zip("AB", options, strict=True))])
        return pdf.make_pdf(sheet(Entry(front, options[0]), lang="ja"), template)
    asked = Asked(prompt, Form.TICK, options=options)
    version = Version("A", (asked,), (Key("**A**  京都"),))
    return make_drill_pdf(Paper("Title", "ja", (version,), (Person("", "", 0, ""),)))


@pytest.mark.parametrize("template", ["guide", "cards", "drill"])
def test_readings_stand_above_their_words(tmp_path: Path, template: str) -> None:
    """Every sheet with furigana comes out; letters of options stand on the line of their text, not of its reading."""
    (tmp_path / "x.pdf").write_bytes(with_readings(template))
    done = subprocess.run(
        [tool("pdftotext"), "-bbox", "-l", "1", str(tmp_path / "x.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    feet = {word: float(foot) for foot, word in re.findall(r'yMax="([\d.]+)">(.*?)<', done.stdout)}
    (above,) = (foot for word, foot in feet.items() if "会談の場" in word)
    (below,) = (foot for word, foot in feet.items() if "山荘とは" in word)
    assert above < feet["さんそう"] < below
    assert feet["とうきょう"] < feet["東京"] == pytest.approx(feet.get("B.", feet.get("B")), abs=1)


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SCRIPTS", {"ja": (pdf.SCRIPTS["ja"][0], ("No Such Gothic",))})
    with pytest.raises(QuizkitError, match="No font for the script of ja"):
        pdf.make_pdf(sheet(Entry("漢字", "b"), lang="ja"), "guide")
    assert pdf.make_pdf(sheet(Entry("latin", "b")), "guide").startswith(b"%PDF")


def test_without_the_typesetter_a_page_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    monkeypatch.setattr("quizkit.formats.printed.available", pdf.available)
    written = FORMATS["guide"].module.write([Item("basic", "a", ("b",))], WriteOptions())
    assert written.suffix == ".html"
    with pytest.raises(QuizkitError, match="typst"):
        FORMATS["guide"].module.write([Item("basic", "a", ("b",))], WriteOptions(suffix=".pdf"))
