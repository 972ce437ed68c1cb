"""A drill on paper from the command line: printed, marked, entered, corrected, and in everybody's own log."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest

from tests.helpers.classes import CARDS, write_class
from tests.helpers.command import Bench
from tests.helpers.decks import tea
from tests.helpers.media import write_birds
from tests.helpers.tools import tool

QUESTIONS = len(CARDS) + 2


@pytest.fixture
def school(bench: Bench) -> Bench:
    write_class(bench.folder)
    assert bench.run("class", "new", "2B").code == 0
    assert bench.run("class", "import", "2B", "roster.csv", "--yes").code == 0
    return bench


def said(bench: Bench, name: str) -> list[str]:
    done = subprocess.run(
        [tool("pdftotext"), "-layout", str(bench.folder / name), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


def key_of(bench: Bench, name: str, letter: str) -> list[str]:
    """The answers to a variant as the teacher reads them off the key: the first letters, or the text, by number."""
    found = re.findall(r"Variant ([A-Z]).*?<ol>(.*?)</ol>", (bench.folder / name).read_text("utf-8"), re.DOTALL)
    keys = {variant: re.findall(r"<li>(.*?)</li>", items) for variant, items in found}
    marks = []
    for line in keys[letter]:
        letters = re.match(r"<strong>(.*?)</strong>", line)
        text = line.replace(" · ", ";")
        marks.append(letters[1].lower().replace(" ", "") if letters else "a" if line == "—" else f'"{text}"')
    return marks


def test_a_class_gets_its_sheets_and_their_marks(school: Bench) -> None:
    """What the key says is right in every variant, as letters; then each student's own log has the reviews."""
    printed = school.run("drill", "print", "--file", "tasting.yaml", "-o", "tasting.html", "--variants", "3", "--json")
    assert printed.code == 0, printed.err
    told = printed.json
    assert (told["sheets"], told["questions"], told["variants"]) == (4, QUESTIONS, ["A", "B", "C"])
    sheets = (school.folder / "tasting.html").read_text("utf-8")
    lines = []
    for name, letter in re.findall(r"<strong>([^<]+)</strong> &emsp; No\. .*?Variant <strong>(\w)</strong>", sheets):
        marks = key_of(school, "tasting.html", letter)
        lines.append(f"{name}: " + " ".join("1" if "season" in mark else mark for mark in marks))
    assert len(lines) == 4
    done = school.run("drill", "enter", text="\n".join(lines))
    assert done.code == 0, done.err
    assert done.out.count(f"✓ {QUESTIONS - 1} ({QUESTIONS} new)") == 4
    assert f"{4 * (QUESTIONS - 1)} reviews" in done.out
    again = school.run("drill", "enter", text="\n".join(lines))
    assert again.out.count(f"({QUESTIONS} as before)") == 4
    assert "0 reviews" in again.out
    stats = school.run("stats", "--learner", "Aoki Mina", "--json").json
    assert stats["answers"] == QUESTIONS - 1


def test_everything_is_one_pdf(school: Bench) -> None:
    done = school.run("drill", "print", "2B", "--file", "tasting.yaml", "--lang", "ja")
    assert done.code == 0, done.err
    assert "quizkit drill enter tasting" in done.out
    pages = said(school, "tasting-sheets.pdf")
    text = "".join("".join(pages).split())
    assert all("".join(name.split()) in text for name in ("Aoki Mina", "田中 太郎"))
    assert tea("ja")["green-heat"]["ask"] in text
    refused = school.run("drill", "print", "2B", "--file", "tasting.yaml")
    assert refused.code == 1
    assert "--force" in refused.err


def test_the_same_sheets_again_and_their_keys(school: Bench) -> None:
    """Printing again changes nothing; keys without sheets are those of the sheets that were printed."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "one.html").code == 0
    assert school.run("drill", "print", "--again", "tasting", "-o", "two.html").code == 0
    assert (school.folder / "one.html").read_bytes() == (school.folder / "two.html").read_bytes()
    assert school.run("drill", "print", "2B", "--keys-only", "-o", "keys.html").code == 0
    assert key_of(school, "keys.html", "D") == key_of(school, "one.html", "D")
    assert "Aoki Mina" in (school.folder / "keys.html").read_text("utf-8")
    assert school.run("drill", "print", "2B", "--again", "--sheets-only", "-o", "sheets.html").code == 0
    assert "lukewarm</li>" not in (school.folder / "sheets.html").read_text("utf-8")


def test_what_couldnt_be_printed_is_no_drill(school: Bench) -> None:
    """Neither listed nor taken for the one whose marks are entered."""
    (school.folder / "decks" / "media").mkdir()
    (school.folder / "decks" / "media" / "torn.png").write_bytes(b"no picture")
    (school.folder / "torn.yaml").write_text(
        "drill: torn\nclass: 2b\nitems:\n  - poll: Which?\n    options: [a, b]\n    media: [media/torn.png]\n", "utf-8"
    )
    refused = school.run("drill", "print", "--file", "torn.yaml", "-o", "x.pdf")
    assert (refused.code, "torn.png can't be printed" in refused.err) == (1, True)
    refused = school.run("drill", "print", "--file", "tasting.yaml", "-o", "nowhere/x.html")
    assert (refused.code, "There is no folder nowhere." in refused.err) == (1, True)
    assert school.run("drill", "list", "--json").json == []


def test_a_drill_that_was_only_printed_has_no_results_yet(school: Bench) -> None:
    """Results are those of the latest that somebody answered; marks are entered for the latest that was printed."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.html").code == 0
    assert school.run("drill", "results", "--json").json["name"] == "tasting"
    assert school.run("drill", "enter", text="1: 1:-\n").code == 0
    (school.folder / "next.yaml").write_text("drill: next\nclass: 2b\nitems:\n  - tea/green-heat/main\n", "utf-8")
    assert school.run("drill", "print", "--file", "next.yaml", "-o", "y.html").code == 0
    assert school.run("drill", "results", "--json").json["name"] == "tasting"
    assert school.run("drill", "enter", "--json", text="").json["name"] == "next"


def test_a_seed_gives_the_same_sheets(school: Bench) -> None:
    """But for the code of the drill."""
    pages = []
    for name in ("one.html", "two.html"):
        assert school.run("drill", "print", "--file", "tasting.yaml", "--seed", "x", "-o", name).code == 0
        pages.append(re.sub(r"<svg.*?</svg>", "", (school.folder / name).read_text("utf-8"), flags=re.DOTALL))
    assert pages[0] == pages[1]


def test_a_deck_is_printed_for_anybody(school: Bench) -> None:
    """One sheet for each variant; marks are entered by name and letter, and nobody's log has guests."""
    done = school.run("drill", "print", "cups", "--variants", "2", "-o", "cups.html", "--json")
    assert done.json["sheets"] == 2
    entered = school.run("drill", "enter", "--json", text='Zoe a: "Raku" x\nYun b: x x\nZoe a: 1 1\n')
    assert entered.code == 0, entered.err
    assert entered.json["reviews"] == 0
    refused = school.run("drill", "enter", text="Zoe: 1 1 1\nNobody: 1 1")
    assert refused.code == 1
    assert "Mina b" in refused.err


def test_a_correction_is_of_the_day_of_the_drill(school: Bench) -> None:
    """A week later the mark is another, and what was studied at home meanwhile is still the second attempt."""
    assert school.run("drill", "print", "2B", "cups", "-o", "cups.html", "--variants", "1").code == 0
    assert school.run("drill", "enter", text="Aoki Mina: 0 0").code == 0
    school.at("2026-03-05T09:00+09:00")
    assert school.run("study", "cups", "--learner", "Aoki Mina", text="x\nx\n").code == 0
    school.at("2026-03-09T09:00+09:00")
    corrected = school.run("drill", "enter", "--json", text="Aoki Mina: 1 1")
    assert corrected.json["reviews"] == 2, corrected.err
    found = school.run("report", "2B", "--from", "paper", "--json").json
    assert found["periods"] == [["2026-03-02", "2026-03-02"]]
    assert [one["sources"] for one in school.run("report", "2B", "--json").json["questions"]] == [{"paper": 1}] * 2
    assert school.run("db", "check").code == 0


def test_cards_to_cut_out(school: Bench) -> None:
    done = school.run("drill", "print", "tea", "--cards", "3", "--flashcards", "-o", "cut.pdf")
    assert done.out == "3 cards written to cut.pdf\n"
    assert len(said(school, "cut.pdf")) == 2
    assert school.run("drill", "enter").code == 1


def test_marks_come_from_a_table(school: Bench) -> None:
    """Entering a table again corrects; what is wrong is named by line and column, and then nothing is taken."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.html", "--variants", "1").code == 0
    head = ["student", *(f"q{n}" for n in range(1, QUESTIONS + 1))]
    keys = [mark.strip('"') for mark in key_of(school, "x.html", "A")]
    keys[8] = "½"

    def table(*rows: list[str]) -> None:
        with open(school.folder / "marks.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])

    table(["1", *keys], ["Baba Ken", *("x" for _ in keys[1:]), "b"], ["choi", *("" for _ in keys)])
    done = school.run("drill", "enter", "--csv", "marks.csv", "--json")
    assert done.code == 0, done.err
    assert (done.json["sheets"], done.json["new"], done.json["reviews"]) == (3, 20, 18)
    assert school.run("drill", "enter", "--csv", "marks.csv", "--json").json["same"] == 20
    keys[0] = "z"
    table(["1", *keys], ["Nobody", *keys])
    refused = school.run("drill", "enter", "--csv", "marks.csv")
    assert refused.code == 1
    assert "marks.csv:2: q1: 'z' is no mark here." in refused.err
    assert "marks.csv:3: student: Nobody here is called Nobody." in refused.err
    assert "Nothing was entered." in refused.err
    keys[0] = "-"
    table(["1", *keys])
    done = school.run("drill", "enter", "--csv", "marks.csv", "--json")
    assert (done.json["corrected"], done.json["same"]) == (1, QUESTIONS - 1)


def test_a_scanned_code_says_whose_sheet_it_is(school: Bench) -> None:
    """A scanner is a keyboard: what the code says stands for the student."""
    told = school.run("drill", "print", "--file", "tasting.yaml", "--seed", "s", "-o", "x.html", "--json").json
    code = f"QUIZKIT:{told['drill'].replace('-', '').upper()}"
    page = (school.folder / "x.html").read_text("utf-8")
    (variant,) = re.findall(r"Baba Ken</strong>.*?Variant <strong>(\w)</strong>", page)
    done = school.run("drill", "enter", text=f"{code}/{variant}/02 1:x\n{code}/{variant}/09 1:x\n")
    assert f"Baba Ken · {variant}: ✗ 1 (1 new)" in done.out
    assert "Line 2: Nobody here is called" in done.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["print"], "What shall be printed?"),
        (["print", "teaa"], "teaa is neither a class nor a deck.\n  Did you mean tea?"),
        (["print", "2B", "-o", "x.docx"], "x.docx is neither a PDF nor a page."),
        (["enter"], "No drill has been held here yet."),
        (["print", "empty"], "Nobody is in empty yet."),
        (["enter", "--csv", "none.csv"], "No drill"),
    ],
)
def test_mistakes_are_named(school: Bench, args: list[str], message: str) -> None:
    assert school.run("class", "new", "empty").code == 0
    done = school.run("drill", *args)
    assert done.code == 1
    assert message in done.err
    assert "Traceback" not in done.err


def test_marks_that_fit_nothing_are_refused(school: Bench) -> None:
    """Nothing of a line with a mistake is taken in."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.html", "--variants", "1").code == 0
    done = school.run("drill", "enter", text="1: a b\n1: 1:z\n9: 1:a\n# a remark\n1: 1:a\n:u\n:u\n")
    assert done.code == 1
    assert "Line 1: 2 marks for 10 questions." in done.err
    assert "Line 2: Question 1: 'z' is no mark here." in done.err
    assert "Line 3: Nobody here is called 9." in done.err
    assert done.out.count("Taken back: Aoki Mina") == 1
    assert "There is nothing to undo." in done.out
    assert "0 reviews" in done.out


def test_the_cards_may_have_changed_meanwhile(school: Bench, tmp_path: Path) -> None:
    """Letters mean what was printed: where the options are others now, only judgements are taken."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.html", "--variants", "1").code == 0
    deck = school.folder / "decks" / "tea.yaml"
    text = deck.read_text("utf-8")
    third = "      - text:\n          en: ice-cold\n          ja: 氷水\n"
    assert third in text
    deck.write_text(text.replace(third, ""), "utf-8")
    refused = school.run("drill", "enter", text="1: 1:b\n")
    assert "has other options now" in refused.err
    assert school.run("drill", "enter", text="1: 1:½\n").code == 0


def test_a_poll_has_nothing_to_judge(school: Bench) -> None:
    """A letter is counted, nothing is said by an empty answer, and a judgement is refused."""
    (school.folder / "poll.yaml").write_text(
        "drill: poll\nclass: 2b\nitems:\n  - poll: Tea?\n    options: [a, b]\n", "utf-8"
    )
    assert school.run("drill", "print", "--file", "poll.yaml", "-o", "x.html").code == 0
    done = school.run("drill", "enter", text="1: b\n2: -\n3: 1\n")
    assert "Line 3: Question 1: Nothing is right or wrong in a poll. Type a letter from a to b" in done.err
    assert "(1 new)" in done.out
    assert "0 reviews" in done.out


def test_without_the_typesetter_a_page_is_written(school: Bench, tmp_path: Path) -> None:
    """And PDF says how to get it."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util\nfind = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name in ('typst', 'segno') else find(name, *more)\n"
    )
    path = f"{hidden}:{school.env['PYTHONPATH']}"
    done = school.run("drill", "print", "--file", "tasting.yaml", PYTHONPATH=path)
    assert done.code == 0, done.err
    assert "tasting-sheets.html" in done.out
    assert "pip install 'quizkit[classroom]'" in done.out
    refused = school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.pdf", PYTHONPATH=path)
    assert refused.code == 1
    assert "quizkit[print]" in refused.err


def test_whoever_is_forgotten_is_in_no_drill(school: Bench) -> None:
    """Neither who had which sheet, nor what was written on it, nor who was there; the others' marks stay."""
    assert school.run("drill", "print", "--file", "tasting.yaml", "-o", "x.html", "--variants", "1").code == 0
    lines = '1: 6:"Camelia by Aoki Mina" 1:a\n2: 6:"Camelia" 1:a\n'
    assert school.run("drill", "enter", text=lines).code == 0
    school.run("drill", "run", "2B", "--cards", "3", "--teams", "groups", text="w\nc\nx\nc\nq\n")
    assert school.run("class", "forget", "Aoki Mina", "--yes").code == 0
    for path in school.folder.glob("progress.db*"):
        held = path.read_bytes()
        assert b"aoki-mina" not in held
        assert b"Aoki" not in held
    assert school.run("drill", "results", "tasting", "--json").code == 0
    again = school.run("drill", "enter", "tasting", text=lines)
    assert "Baba Ken · A:" in again.out
    assert "2 as before" in again.out
    assert "Line 1: Nobody here is called 1." in again.err
    resumed = school.run("drill", "run", "--resume", text="c\nr\nq\n")
    assert resumed.code == 0, resumed.err
    assert "Aoki" not in resumed.out


def test_pictures_are_on_the_sheets_and_what_isnt_is_said(school: Bench) -> None:
    """A question's pictures on the sheets, an answer's on the pages for the teacher; a sound is named as missing."""
    write_birds(school.folder / "decks")
    (school.folder / "decks" / "media" / "west.png").unlink()
    (school.folder / "birds.yaml").write_text(
        "drill: birds\nitems:\n  - birds/wing/main\n  - birds/storks/main\n"
        "  - poll: Which?\n    options: [a, b]\n    media: [media/nest.png]\n",
        "utf-8",
    )
    printed = school.run("drill", "print", "2B", "--file", "birds.yaml", "-o", "birds.html", "--variants", "1")
    assert printed.code == 0, printed.err
    told = printed.out.splitlines()
    assert "birds/wing/main: media/song.wav isn't printed." in told
    assert "birds/storks/main: media/west.png isn't there. Copy it into the deck's folder." in told
    assert len([line for line in told if line.startswith("birds/")]) == 2, "each once, in however many variants it is"
    sheets, _teacher, keys = (school.folder / "birds.html").read_text("utf-8").partition('<section class="teacher">')
    assert sheets.count("data:image/png") == 3 * 4
    assert "data:image/svg" not in sheets
    assert (keys.count("data:image/svg+xml"), keys.count("data:image/png")) == (1, 1)
    assert school.run("drill", "print", "2B", "--again", "-o", "birds.pdf", "--json").json["without"] == [
        line for line in told if line.startswith("birds/")
    ]


def test_cards_to_cut_out_have_their_pictures(school: Bench) -> None:
    write_birds(school.folder / "decks")
    done = school.run("drill", "print", "birds", "--flashcards", "-o", "cards.html")
    assert done.code == 0, done.err
    page = (school.folder / "cards.html").read_text("utf-8")
    fronts = re.findall(r'<div class="side">(.*?)</div><div class="side back">', page)
    assert sorted(front.count("<img") for front in fronts) == [1, 1, 2]
    assert "media/song.wav isn't printed." in done.out
    assert school.run("drill", "print", "birds", "--flashcards", "-o", "cards.pdf").code == 0
    images = subprocess.run(
        [tool("pdfimages"), "-list", str(school.folder / "cards.pdf")], capture_output=True, text=True, check=True
    )
    assert {line.split()[0] for line in images.stdout.splitlines()[2:]} == {"1", "2"}, "in front and behind"


@pytest.mark.parametrize("format_", ["guide", "cards"])
def test_a_printed_deck_has_its_pictures(school: Bench, format_: str) -> None:
    write_birds(school.folder / "decks")
    done = school.run("export", "birds", "--to", format_, "-o", "birds.pdf")
    assert done.code == 0, done.err
    assert "media/song.wav isn't printed" in done.out + done.err
    assert "wing.png" not in done.out + done.err
    done = school.run("export", "birds", "--to", format_, "-o", "birds.html")
    assert (school.folder / "birds.html").read_text("utf-8").count("data:image/") == 7, done.err
