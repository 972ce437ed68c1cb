"""Moving in and out: what was understood is said first, nothing is doubled, and nothing is lost without a word."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from zipfile import ZipFile

import pytest

from quizkit.formats import FORMATS
from quizkit.formats.item import Item, Option, PastReview, WriteOptions
from tests.helpers.command import Bench
from tests.helpers.media import png
from tests.helpers.terminal import ENTER, UP, Terminal

ROOT = Path(__file__).parents[2]


def import_(bench: Bench, name: str, *options: str) -> dict[str, object]:
    said = bench.run("import", name, "--json", *options)
    assert said.code == 0, said.err
    (deck,) = said.json["decks"]
    return {**deck, "written": said.json["written"]}


def put(bench: Bench, name: str, text: str | bytes) -> Path:
    path = bench.folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_an_import_says_what_it_understood_and_writes_nothing_unasked(bench: Bench) -> None:
    put(bench, "words.csv", "question,answer\n犬,dog\n,x\n")
    said = bench.run("import", "words.csv", "--dry-run")
    assert said.code == 0
    assert "1 question" in said.out
    assert "? 犬" in said.out
    assert "→ dog" in said.out
    assert "line 3: no question: left out" in said.out
    assert "Nothing was written." in said.out
    assert not (bench.folder / "decks/words.yaml").exists()


def test_questions_that_are_left_out_stand_before_trifles(bench: Bench) -> None:
    """Whoever reads no further than a few lines must know of each question that is missing."""
    rows = "".join(f"Which {n}?,a,beyond {n}\n" for n in range(13))
    put(bench, "w.csv", f"question,answer\n{rows}No answer?\nNone here?\nOne?,a\n" + "Two?,b\n" * 30)
    said = bench.run("import", "w.csv", "--dry-run")
    assert "more reason" in said.out
    listed = said.out.split("What isn't carried as it is:\n")[1]
    assert listed.startswith("  - line 15, line 16: no answer: left out\n")
    losses = bench.run("import", "w.csv", "--dry-run", "--json").json["decks"][0]["losses"]
    assert [loss["where"] for loss in losses if loss["whole"]] == ["line 15", "line 16"]


def test_a_text_without_end_is_shown_in_part(bench: Bench) -> None:
    """Whoever agrees to an import must see more of it than one cell, and soon: a megabyte without a space is wrapped
    and shortened in no time to speak of.
    """
    put(bench, "w.csv", f"question,answer\n{'漢' * 300_000},{'x' * 1_000_000}\nHo?,b\n")
    said = bench.run("import", "w.csv", "--dry-run")
    assert len(said.out.splitlines()) < 30
    assert "? Ho?" in said.out


def test_without_a_terminal_an_import_is_agreed_to_beforehand(bench: Bench) -> None:
    """A script must not take it for done."""
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    for options in ((), ("--json",)):
        said = bench.run("import", "words.csv", *options)
        assert said.code == 1
        assert "Nothing was written" in said.err
        assert "--yes" in said.err
    assert said.json["written"] is False
    assert not (bench.folder / "decks/words.yaml").exists()
    import_(bench, "words.csv", "--yes")
    assert bench.run("import", "words.csv").code == 0, "nothing is left to agree to"


def test_the_same_file_again_changes_nothing_and_a_newer_one_updates(bench: Bench) -> None:
    put(bench, "words.csv", "question,answer,tags\n犬,dog,pets\n猫,cat,\n")
    assert len(import_(bench, "words.csv", "--yes")["added"]) == 2
    before = (bench.folder / "decks/words.yaml").read_bytes()
    again = import_(bench, "words.csv", "--yes")
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 2)
    assert (bench.folder / "decks/words.yaml").read_bytes() == before
    put(bench, "words.csv", "question,answer,tags\n犬,hound,pets\n猫,cat,\n鳥,bird,\n")
    newer = import_(bench, "words.csv", "--yes")
    assert len(newer["added"]) == 1
    assert newer["changed"] == [{"id": "note-1", "keys": ["back", "imported"]}]
    assert bench.run("deck", "check", "decks/words.yaml").out.strip().endswith("0 errors · 0 warnings")


def test_memories_survive_an_update(bench: Bench) -> None:
    """A card that is reworded over there is the same card here."""
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    import_(bench, "words.csv", "--yes")
    first = '{"response": {}}\n{"rating": 3}\n'
    assert bench.run("study", "words", "--json", text=first).code == 0
    put(bench, "words.csv", "question,answer\n犬,hound\n")
    import_(bench, "words.csv", "--yes")
    shown = bench.run("card", "show", "words/note-1", "--json")
    assert "hound" in shown.out


def test_a_row_in_other_words_is_the_same_card(bench: Bench) -> None:
    """No id tells that it is: its answer and its likeness do, in a file most of which is as it was."""
    put(bench, "words.csv", "question,answer\nCapital of France?,Paris\nLargest ocean?,Pacific\n")
    added = import_(bench, "words.csv", "--yes")["added"]
    assert bench.run("study", "words", "--json", text='{"response": {}}\n{"rating": 3}\n' * 2).code == 0
    put(bench, "words.csv", "question,answer\nWhich city is the capital of France?,Paris\nLargest ocean?,Pacific\n")
    shown = bench.run("import", "words.csv", "--dry-run").out
    assert "1 question is the same in other words, and what was learnt of it stays" in shown
    assert "Capital of France? → Which city is the capital of France?" in shown
    found = import_(bench, "words.csv", "--yes")
    assert (found["added"], found["unchanged"], found["gone"]) == ([], 1, 0)
    assert found["changed"] == [{"id": added[0], "keys": ["front", "imported", "origin"]}]  # type: ignore[index]
    again = import_(bench, "words.csv", "--yes")
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 2)
    reviews = bench.run("card", "show", f"words/{added[0]}", "--json").json  # type: ignore[index]
    assert "Which city" in str(reviews)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Largest ocean?,Pacific\nCapital of France?,Paris", "Largest ocean?,Pacific\nWhere is the Louvre?,Paris"),
        ("Largest ocean?,Pacific\nCapital of France?,Paris", "Largest ocean?,Pacific\nCapital of Japan?,Tokyo"),
        ("Largest ocean?,Pacific\nIs 3 a prime?,yes", "Largest ocean?,Pacific\nIs 5 a prime?,yes\nIs 7 a prime?,yes"),
        ("Is 3 a prime?,yes\nIs 4 a prime?,no", "Is 5 a prime?,yes\nIs 6 a prime?,no"),
    ],
    ids=["too little alike", "another answer", "two are as likely", "another file"],
)
def test_what_may_be_another_question_is_one(bench: Bench, before: str, after: str) -> None:
    """Nobody's note is overwritten by a question that only looks like it; how to tell them apart is said."""
    put(bench, "words.csv", f"question,answer\n{before}\n")
    import_(bench, "words.csv", "--yes")
    put(bench, "words.csv", f"question,answer\n{after}\n")
    shown = bench.run("import", "words.csv", "--dry-run").out
    assert "in other words" not in shown
    assert "a column called id" in " ".join(shown.split())
    found = import_(bench, "words.csv", "--yes")
    assert found["changed"] == []
    assert found["gone"] == len(found["added"]) or found["gone"] == 1  # type: ignore[arg-type]


def test_what_is_in_another_deck_already_is_said(bench: Bench) -> None:
    put(bench, "words.csv", "question,answer\n犬,dog\n猫,cat\n")
    import_(bench, "words.csv", "--yes")
    put(bench, "words.csv", "question,answer\n犬,dog\n猫,cat\n鳥,bird\n")
    shown = " ".join(bench.run("import", "words.csv", "--deck", "new", "--dry-run").out.split())
    assert "2 of these questions are in the deck words already: they would be there twice." in shown
    assert import_(bench, "words.csv", "--deck", "new", "--dry-run")["elsewhere"] == [{"deck": "words", "notes": 2}]
    assert import_(bench, "words.csv", "--dry-run")["elsewhere"] == []


def test_a_row_that_stands_there_twice_is_taken_once(bench: Bench) -> None:
    """Two questions of the same words with different answers are two; by their answers they are known again."""
    put(bench, "words.csv", "question,answer\nSame?,A\nSame?,B\nSame?,A\n")
    found = import_(bench, "words.csv", "--yes")
    assert len(found["added"]) == 2  # type: ignore[arg-type]
    assert found["losses"] == [
        {"where": "Same?", "what": "the same question stands there twice: taken once", "whole": False}
    ]
    assert import_(bench, "words.csv", "--yes")["unchanged"] == 2
    options = "question,wrong,answer\nWhich?,a,b\nWhich?,c,d\n"
    put(bench, "which.csv", options)
    assert len(import_(bench, "which.csv", "--yes")["added"]) == 2  # type: ignore[arg-type]


def edit(bench: Bench, deck: str, before: str, after: str) -> Path:
    """A deck's file with something in it changed by hand."""
    path = bench.folder / "decks" / f"{deck}.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


KINDS_IN_A_TABLE = (
    "id,kind,question,answer\n1,basic,Where is Seoul?,Korea\n2,typed,Capital of Japan?,Tokyo\n"
    "3,truefalse,The sun rises in the west.,false\n"
)


@pytest.mark.parametrize(
    ("beside", "added"),
    [
        ("    back: Korea\n", "    explain: A local explanation\n"),
        ("    answer: Tokyo\n", "    also: [Tōkyō]\n    tags: [cities]\n"),
        ("    answer: false\n", "    correction: It rises in the east.\n"),
    ],
)
def test_what_was_added_here_stays_when_the_file_comes_again(bench: Bench, beside: str, added: str) -> None:
    """The file says nothing under these keys, which isn't to say that nothing should stand there; even where it is a
    newer one.
    """
    put(bench, "w.csv", KINDS_IN_A_TABLE)
    import_(bench, "w.csv", "--yes")
    deck = edit(bench, "w", beside, beside + added)
    before = deck.read_bytes()
    again = import_(bench, "w.csv", "--yes")
    assert (again["changed"], again["unchanged"]) == ([], 3)
    assert deck.read_bytes() == before
    put(bench, "w.csv", KINDS_IN_A_TABLE.replace("?,", " now?,").replace("west.", "north."))
    assert len(import_(bench, "w.csv", "--yes")["changed"]) == 3  # type: ignore[arg-type]
    assert added in deck.read_text("utf-8")


def test_what_was_taken_away_over_there_goes(bench: Bench) -> None:
    """But only where the file brought it, and it still says so here."""
    rows = "id,question,answer,explain\n1,Where is Seoul?,Korea,{}\n2,Where is Ulm?,Germany,{}\n"
    put(bench, "w.csv", rows.format("In Asia.", "On the Danube."))
    import_(bench, "w.csv", "--yes")
    deck = edit(bench, "w", "On the Danube.", "On the Danube, and on the Iller.")
    put(bench, "w.csv", rows.format("", ""))
    import_(bench, "w.csv", "--yes")
    text = deck.read_text("utf-8")
    assert "In Asia." not in text
    assert "and on the Iller." in text


def test_a_mistake_mended_here_stays_mended(bench: Bench) -> None:
    """The same file says it wrong once more; where it says it in a third way, both are shown first."""
    put(bench, "w.csv", "id,question,answer\n1,Where is Toyko?,Japan\n")
    import_(bench, "w.csv", "--yes")
    deck = edit(bench, "w", "Toyko", "Tokyo")
    assert import_(bench, "w.csv", "--yes")["unchanged"] == 1
    put(bench, "w.csv", "id,question,answer\n1,Where is Toyko?,In Japan\n")
    found = import_(bench, "w.csv", "--yes")
    assert (found["changed"], found["replaced"]) == ([{"id": "toyko", "keys": ["back", "imported"]}], [])
    assert "front: Where is Tokyo?" in deck.read_text("utf-8")
    put(bench, "w.csv", "id,question,answer\n1,Where is Toyko now?,In Japan\n")
    said = bench.run("import", "w.csv", "--yes")
    assert "1 text was changed here and in the file" in said.out
    assert "Where is Tokyo? → Where is Toyko now?" in said.out
    assert import_(bench, "w.csv", "--yes")["unchanged"] == 1


def test_a_deck_with_a_mistake_takes_nothing_in(bench: Bench) -> None:
    """A note that can't be read can't be found again either: it would be there twice, with one id."""
    put(bench, "w.csv", "id,question,answer\n1,Where is Seoul?,Korea\n2,Where is Tokyo?,Japan\n")
    import_(bench, "w.csv", "--yes")
    deck = edit(bench, "w", "kind: basic", "kind: bsic")
    before = deck.read_bytes()
    said = bench.run("import", "w.csv", "--yes")
    assert said.code == 1
    assert "quizkit deck check" in said.err
    assert deck.read_bytes() == before


def test_another_language_added_here_stays(bench: Bench) -> None:
    """An imported deck names no languages: they stand in its notes."""
    put(bench, "w.csv", "id,question,answer\n1,Where is Tokyo?,Japan\n")
    import_(bench, "w.csv", "--yes")
    both = "front:\n      en: Where is Tokyo?\n      ja: 東京はどこ？\n"
    deck = edit(bench, "w", "front: Where is Tokyo?\n", both)
    put(bench, "w.csv", "id,question,answer\n1,Where is Tokyo now?,Japan\n")
    import_(bench, "w.csv", "--yes")
    assert both.replace("Tokyo?", "Tokyo now?") in deck.read_text("utf-8")


def test_what_an_author_added_stays(bench: Bench) -> None:
    """An import knows nothing of explanations, other languages or comments: it leaves them alone."""
    deck = bench.folder / "decks/three.yaml"
    deck.write_text(
        "deck: three\ntitle: Three\nlanguages: [en, ja]\nnotes:\n"
        "  # the first\n  - id: pick\n    kind: choice\n    ask:\n      en: Which city?\n      ja: どの都市\n"
        "    answer: Ulm\n    options:\n      - text:\n          en: Bern\n          ja: ベルン\n        why:\n"
        "          en: He worked there.\n          ja: そこで働いた。\n      - text:\n          en: Ulm\n"
        "          ja: ウルム\n    cite: P1  # page one\n",
        encoding="utf-8",
    )
    assert bench.run("export", "three", "--to", "csv", "-o", "three.csv", "--lang", "en").code == 0
    table = (bench.folder / "three.csv").read_text("utf-8-sig")
    assert "Which city?" in table
    (bench.folder / "three.csv").write_text(table.replace("Which city?", "Which town?"), encoding="utf-8")
    found = import_(bench, "three.csv", "--yes", "--lang", "en")
    assert found["changed"] == [{"id": "pick", "keys": ["ask"]}]
    text = deck.read_text("utf-8")
    assert "en: Which town?\n      ja: どの都市" in text
    assert "# page one" in text
    assert "He worked there." in text


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.reads and form.writes])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_was_exported_comes_back_as_nothing_new(tmp_path: Path, bench: Bench, name: str, lang: str) -> None:
    """All decks that ship go out in every format and come back without a single change."""
    out = str(tmp_path / f"all{FORMATS[name].suffixes[0]}")
    decks = ("--decks", str(ROOT / "decks"))
    said = bench.run(*decks, "export", "--to", name, "-o", out, "--lang", lang, "--json")
    assert said.code == 0, said.err
    assert said.json["items"] > 100
    if name in ("aiken", "kahoot"):
        return  # These have no place for names: what comes back is new.
    back = bench.run(*decks, "import", out, "--from", name, "--dry-run", "--lang", lang, "--json")
    assert back.code == 0, back.err
    assert back.json["written"] is False
    for deck in back.json["decks"]:
        assert (deck["added"], deck["changed"]) == ([], []), deck["deck"]


@pytest.mark.parametrize(("name", "file"), [("hashcards", "a.md"), ("guide", "a.html")])
def test_an_answer_of_one_point_is_given_once(bench: Bench, name: str, file: str) -> None:
    """Of an argument with one ground the answer and its points are the same words."""
    note = "  - id: x\n    kind: argument\n    claim: Ulm is large.\n    grounds: [only one]\n"
    put(bench, "decks/a.yaml", f"deck: a\ntitle: A\nnotes:\n{note}")
    assert bench.run("export", "a", "--to", name, "-o", file).code == 0
    assert (bench.folder / file).read_text("utf-8").count("only one") == 1


@pytest.mark.parametrize(("name", "suffix"), [("aiken", ".txt"), ("kahoot", ".xlsx")])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_comes_back_without_its_name_is_known_by_what_it_asks(
    bench: Bench, name: str, suffix: str, lang: str
) -> None:
    """Neither Aiken nor Kahoot has a place for names; what is new there is added all the same."""
    deck = put(
        bench,
        "decks/st.yaml",
        "deck: st\ntitle: S\nlanguages: [en, ja]\nnotes:\n  - id: tower\n    kind: choice\n    ask:\n"
        "      en: Which tower?\n      ja: どの塔？\n    answer: Ulm\n    options:\n"
        "      - {en: Ulm, ja: ウルム}\n      - {en: Bern, ja: ベルン}\n"
        "  - id: sun\n    kind: truefalse\n    ask:\n      en: The sun rises.\n      ja: 日は昇る。\n    answer: true\n"
        "    explain:\n      en: In the east.\n      ja: 東から。\n",
    )
    before = deck.read_bytes()
    assert bench.run("export", "st", "--to", name, "-o", f"st{suffix}", "--lang", lang).code == 0
    found = import_(bench, f"st{suffix}", "--yes")
    assert (found["added"], found["changed"], found["unchanged"]) == ([], [], 2)
    assert deck.read_bytes() == before
    if name == "aiken":
        text = (bench.folder / "st.txt").read_text("utf-8")
        put(bench, "st.txt", f"{text}\nNew?\nA. a\nB. b\nANSWER: A\n")
        assert len(import_(bench, "st.txt", "--yes")["added"]) == 1  # type: ignore[arg-type]


def a_workbook() -> bytes:
    """A live quiz as its makers write it: no row has a name."""
    choice = Item("choice", "Where *is* it?", options=(Option("Seoul", True), Option("Busan"), Option("=1")))
    both = Item("multi", "Which?", options=(Option("a", True), Option("b", True), Option("c")))
    return FORMATS["kahoot"].module.write([choice, both, Item("truefalse", "It was July.")], WriteOptions()).data


FOREIGN: dict[str, tuple[str, str | bytes]] = {
    "aiken": (
        "exam.txt",
        "Capital?\nA. Osaka\nB) Tokyo\nC. *Kyoto*\nANSWER: B\n\nBigger?\nA. x < y\nB. _y_\nanswer: A\n",
    ),
    "kahoot": ("quiz.xlsx", a_workbook()),
    "csv": ("words.txt", "犬\tdog\n猫\tcat\nThe {{c1::sun}} rises.\tin the east\n"),
    "gift": (
        "exam.gift",
        "Who? {=Grant#yes ~Lee#no ~Jefferson}\n\nSum {T}\n\nYear {#1939:1}\n\nThe {=sun} rises.\n\n"
        "::named:: Pairs {=cat -> neko =dog -> inu}\n",
    ),
    "moodle": (
        "exam.xml",
        '<quiz><question type="shortanswer"><name><text>n</text></name><questiontext format="html"><text>'
        "<![CDATA[<p>Where?</p>]]></text></questiontext>"
        '<answer fraction="100"><text>Seoul</text></answer></question></quiz>',
    ),
    "hashcards": ("cards.md", "Q: Who was the host?\nA: Biden\n\nC: The [sun] rises.\n"),
    "org": ("cards.org", "* Who was the host? :drill:\n** Answer\nBiden\n"),
}
"""Files of other programs, as they are where nobody has seen quizkit."""


@pytest.mark.parametrize("name", FOREIGN)
def test_the_same_file_again_changes_nothing_in_any_format(bench: Bench, name: str) -> None:
    file, content = FOREIGN[name]
    put(bench, file, content)
    first = import_(bench, file, "--yes", "--deck", "foreign")
    assert first["added"]
    assert first["losses"] == []
    before = (bench.folder / "decks/foreign.yaml").read_bytes()
    again = import_(bench, file, "--yes", "--deck", "foreign")
    assert (again["added"], again["changed"], again["losses"]) == ([], [], [])
    assert again["unchanged"] == len(first["added"])  # type: ignore[arg-type]
    assert (bench.folder / "decks/foreign.yaml").read_bytes() == before
    assert "Everything is here already." in bench.run("import", file, "--deck", "foreign").out


def test_what_names_nothing_is_brought_up_to_date_all_the_same(bench: Bench) -> None:
    """Aiken has no place for names, nor for all kinds of note: what comes back is told by its question."""
    put(bench, "exam.txt", "Capital?\nA. Osaka\nB. Tokyo\nANSWER: A\n\nThird?\nA. a\nB. b\nANSWER: A\n")
    first = import_(bench, "exam.txt", "--yes")
    deck = bench.folder / "decks/exam.yaml"
    third = next(id_ for id_ in first["added"] if "third" in id_)  # type: ignore[attr-defined]
    text = deck.read_text("utf-8").split(f"  - id: {third}")
    kept = f"  - id: {third}\n    kind: typed\n    ask: Third?\n    answer: a\n"
    origin = next(line for line in text[1].split("\n") if "origin:" in line)
    deck.write_text(f"{text[0]}{kept}{origin}\n", encoding="utf-8")
    put(bench, "exam.txt", "Capital?\nA. Osaka\nB. Tokyo\nANSWER: B\n\nThird?\nA. a\nB. b\nANSWER: A\n")
    found = import_(bench, "exam.txt", "--yes")
    assert found["changed"] == [{"id": "capital", "keys": ["answer", "imported"]}]
    (loss,) = found["losses"]  # type: ignore[misc]
    assert loss["what"] == "is a typed note here, which Aiken can't hold: left as it is"


def test_pictures_come_along_and_missing_ones_are_named(bench: Bench) -> None:
    put(bench, "decks/map.png", b"\x89PNG")
    put(
        bench,
        "decks/maps.yaml",
        "deck: maps\ntitle: Maps\nnotes:\n  - id: a\n    kind: typed\n    ask: Where?\n    answer: Seoul\n"
        "    media: [map.png, gone.png]\n",
    )
    said = bench.run("export", "maps", "--to", "gift", "--json")
    assert {"where": "maps/a", "what": "the file gone.png isn't there", "whole": False} in said.json["losses"]


def anki_text(*rows: tuple[str, str, str]) -> str:
    """Anki's text export of cards: deck, front and back."""
    return "#separator:tab\n#html:false\n#deck column:1\n" + "".join("\t".join(row) + "\n" for row in rows)


def imported(bench: Bench, name: str, text: str) -> list[tuple[str, int, int]]:
    """Import a file: each deck with how many notes were added and how many were there as they are."""
    put(bench, name, text)
    said = bench.run("import", name, "--json", "--yes")
    assert said.code == 0, said.err
    return [(deck["deck"], len(deck["added"]), deck["unchanged"]) for deck in said.json["decks"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JLPT 語彙 N5", "JLPT 文法 N5"),
        ("語彙", "文法"),
        ("Genki Vocabulary for Japanese Class Chapter 1", "Genki Vocabulary for Japanese Class Chapter 2"),
        ("Programming in C", "Programming in C#"),
    ],
)
def test_decks_that_differ_in_what_no_id_says_stay_apart(bench: Bench, one: str, other: str) -> None:
    """Each comes into a deck of its own, and finds it again: in any order, and when it comes alone."""
    rows = [(one, "犬", "dog"), (one, "猫", "cat"), (other, "鳥", "bird")]
    (first, *counted), (second, *_counts) = imported(bench, "all.txt", anki_text(*rows))
    assert counted == [2, 0]
    assert first != second
    listed = bench.run("deck", "list", "--json").json["decks"]
    assert {(deck["deck"], deck["title"], deck["notes"]) for deck in listed} >= {(first, one, 2), (second, other, 1)}
    assert imported(bench, "all.txt", anki_text(*rows[::-1])) == [(second, 0, 1), (first, 0, 2)]
    assert imported(bench, "all.txt", anki_text(*rows[:2])) == [(first, 0, 2)]
    assert imported(bench, "all.txt", anki_text(rows[2], (other, "魚", "fish"))) == [(second, 1, 1)]


def test_decks_of_one_id_become_one_deck(bench: Bench) -> None:
    """Titles that differ in capitals and marks only: nothing of either is lost."""
    rows = [("Unit 1: Food", "犬", "dog"), ("unit 1 – food", "猫", "cat")]
    assert imported(bench, "all.txt", anki_text(*rows)) == [("unit-1-food", 2, 0)]
    assert imported(bench, "all.txt", anki_text(*rows[::-1])) == [("unit-1-food", 0, 2)]


def test_decks_that_end_in_one_name_stay_apart(bench: Bench) -> None:
    """In Anki decks stand within decks: the Week 1 of English isn't that of French. One alone keeps its short name."""
    one, other, third = (
        Item("basic", f"Where is {deck}?", ("a",), key=f"guid-{number}", group=deck)
        for number, deck in enumerate(("English::Week 1", "French::Week 1", "French::Week 2"))
    )
    package = FORMATS["anki"].module.write([one, other, third], WriteOptions()).data
    put(bench, "a.apkg", package)
    said = bench.run("import", "a.apkg", "--yes", "--json")
    assert [deck["deck"] for deck in said.json["decks"]] == ["english-week-1", "french-week-1", "week-2"]
    rows = [("English::Week 3", "a", "b"), ("French::Week 3", "c", "d"), ("French::Week 4", "e", "f")]
    assert imported(bench, "b.txt", anki_text(*rows)) == [
        ("english-week-3", 1, 0),
        ("french-week-3", 1, 0),
        ("week-4", 1, 0),
    ]


def test_a_note_that_moved_over_there_stays_where_it_is_here(bench: Bench) -> None:
    """In its new deck it would be a second note of one origin, and its reviews would count once more."""
    one, other = (
        Item("basic", f"Where is {name}?", ("Asia",), key=f"guid-{name}", group=deck)
        for name, deck in (("Seoul", "Alpha"), ("Tokyo", "Beta"))
    )
    reviews = [PastReview(one.key, "main", 1_690_000_000_000, 3, 900, 1)]

    def package(*items: Item) -> None:
        put(bench, "a.apkg", FORMATS["anki"].module.write(list(items), WriteOptions(reviews=reviews)).data)

    package(one, other)
    assert "1 review taken over" in bench.run("import", "a.apkg", "--yes").out
    package(one._replace(group="Beta", prompt="Where is Seoul now?"), other)
    said = bench.run("import", "a.apkg", "--yes", "--json")
    assert said.code == 0, said.err
    assert [(deck["deck"], deck["added"], len(deck["changed"])) for deck in said.json["decks"]] == [
        ("alpha", [], 1),
        ("beta", [], 0),
    ]
    assert "review" not in bench.run("import", "a.apkg", "--yes").out.split("Everything")[1]
    (note,) = (bench.folder / "decks/alpha.yaml").read_text("utf-8").split("  - id: ")[1:]
    events = bench.run("card", "history", f"alpha/{note.split()[0]}/main", "--json").json
    assert sum(event["type"] == "review" for event in events) == 1


def test_files_that_differ_in_what_no_id_says_stay_apart(bench: Bench) -> None:
    """A table has no title: its file's name is one."""
    first = imported(bench, "N5 語彙.csv", "question,answer\n犬,dog\n")
    second = imported(bench, "N5 文法.csv", "question,answer\n猫,cat\n")
    assert first[0][0] != second[0][0]
    assert imported(bench, "N5 語彙.csv", "question,answer\n犬,dog\n") == [(first[0][0], 0, 1)]
    assert imported(bench, "unit.1.csv", "question,answer\n犬,dog\n") == [("unit-1", 1, 0)]


def test_a_deck_that_came_in_the_meantime_stays(bench: Bench) -> None:
    """Between the plan and the word to carry it out another program may have written there."""
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    with Terminal(bench, "import", "words.csv", rows=60) as terminal:
        terminal.wait_for("Write this?")
        put(bench, "decks/words.yaml", "mine")
        terminal.send("y")
        terminal.wait_for("words.yaml is there already.")
        assert terminal.ended() == 1
    assert (bench.folder / "decks/words.yaml").read_text() == "mine"


RED, GREEN, BLUE = (png(colour=colour) for colour in ((200, 0, 0), (0, 200, 0), (0, 0, 200)))


def pictures(bench: Bench, deck: str) -> list[bytes]:
    """What the questions of a deck show."""
    return [
        (bench.folder / "decks" / name).read_bytes()
        for card in bench.run("deck", "preview", deck, "--json").json
        for name in card["media"]
    ]


def test_pictures_of_one_name_stay_apart(bench: Bench) -> None:
    """Moodle calls what is pasted image.png, in every file and every question."""
    one = (
        f"<quiz>{moodle('A robin?', 'yes', RED)}{moodle('A wren?', 'no', GREEN)}{moodle('A heron?', 'no', RED)}</quiz>"
    )
    other = f"<quiz>{moodle('A stork?', 'yes', BLUE)}</quiz>"
    for name, text in (("one.xml", one), ("other.xml", other)):
        put(bench, name, text)
        import_(bench, name, "--yes")
    assert pictures(bench, "one") == [RED, GREEN, RED]
    assert pictures(bench, "other") == [BLUE]
    assert len(list((bench.folder / "decks/media").iterdir())) == 3
    before = {path: path.read_bytes() for path in (bench.folder / "decks").rglob("*.*")}
    for name in ("other.xml", "one.xml"):
        again = import_(bench, name, "--yes")
        assert (again["added"], again["changed"], again["media"]) == ([], [], [])
    assert {path: path.read_bytes() for path in (bench.folder / "decks").rglob("*.*")} == before


def test_a_picture_that_is_another_one_now_is_taken_in(bench: Bench) -> None:
    """The note shows it beside what its author added. Another deck keeps the old one; one that is lost comes again."""
    for name in ("one.xml", "other.xml"):
        put(bench, name, f"<quiz>{moodle('A robin?', 'yes', RED)}</quiz>")
        import_(bench, name, "--yes")
    deck = bench.folder / "decks/one.yaml"
    deck.write_text(deck.read_text("utf-8").replace("[media/image.png]", "[media/image.png, mine.png]"), "utf-8")
    put(bench, "decks/mine.png", BLUE)
    put(bench, "one.xml", f"<quiz>{moodle('A robin?', 'yes', GREEN)}</quiz>")
    found = import_(bench, "one.xml", "--yes")
    assert (found["added"], found["changed"]) == ([], [{"id": "robin", "keys": ["media"]}])
    assert pictures(bench, "one") == [GREEN, BLUE]
    assert pictures(bench, "other") == [RED]
    (bench.folder / "decks/media/image.png").unlink()
    assert import_(bench, "other.xml", "--yes")["media"] == ["media/image.png"]
    assert pictures(bench, "other") == [RED]


def test_a_picture_that_is_missing_is_told_with_what_is_shown_instead(bench: Bench) -> None:
    """A table names pictures that its author puts there; else the one that is there may be of another question."""
    put(bench, "birds.csv", "question,answer,media\nA robin?,yes,image.png\n")
    (loss,) = import_(bench, "birds.csv", "--yes")["losses"]  # type: ignore[misc]
    assert loss == {
        "where": "image.png",
        "what": "this file isn't there: the note names it, and nothing is shown",
        "whole": False,
    }
    (bench.folder / "decks/media").mkdir()
    put(bench, "decks/media/image.png", RED)
    (loss,) = import_(bench, "birds.csv", "--dry-run")["losses"]  # type: ignore[misc]
    assert loss["what"].endswith("the one of that name that is here already is shown")


def two_decks_of_pictures(bench: Bench) -> None:
    """A deck a folder, each with its own p.png; in the second another one in a folder within."""
    for number, (names, colours) in enumerate(((["p.png"], [RED]), (["p.png", "in/P.png"], [GREEN, BLUE])), 1):
        folder = bench.folder / f"decks/s{number}"
        (folder / "in").mkdir(parents=True)
        notes = "".join(
            f"  - id: n{i}\n    kind: typed\n    ask: Bird {number} {i}?\n    answer: yes\n    media: {name}\n"
            for i, name in enumerate(names)
        )
        (folder / f"birds{number}.yaml").write_text(f"deck: birds{number}\ntitle: Birds\nnotes:\n{notes}", "utf-8")
        for name, picture in zip(names, colours, strict=True):
            (folder / name).write_bytes(picture)


@pytest.mark.parametrize("name", ["anki", "moodle"])
def test_pictures_of_one_name_go_out_with_their_questions(bench: Bench, tmp_path: Path, name: str) -> None:
    two_decks_of_pictures(bench)
    out = f"birds{FORMATS[name].suffixes[0]}"
    said = bench.run("export", "birds1", "birds2", "--to", name, "-o", out, "--json")
    assert said.json["losses"] == []
    back = import_(bench, out, "--dry-run", "--deck", "back")
    assert len(back["media"]) == 3  # type: ignore[arg-type]
    import_(bench, out, "--yes", "--deck", "back")
    assert pictures(bench, "back") == [RED, GREEN, BLUE]
    again = bench.run("import", out, "--json", "--yes").json["decks"]
    assert [(deck["deck"], deck["added"], deck["changed"], deck["media"]) for deck in again] == [
        ("birds1", [], [], []),
        ("birds2", [], [], []),
    ]


@pytest.mark.parametrize("name", ["qti12", "qti21"])
def test_pictures_of_one_name_are_packed_with_their_questions(bench: Bench, name: str) -> None:
    """In the order of the questions, for nobody reads these back."""
    two_decks_of_pictures(bench)
    assert bench.run("export", "birds1", "birds2", "--to", name, "-o", "birds.zip").code == 0
    with ZipFile(bench.folder / "birds.zip") as archive:
        files = [archive.read(file).decode() for file in sorted(archive.namelist()) if file.endswith(".xml")]
        text = "".join(text for text in files if "Bird 1 0?" in text or "Bird 2 " in text)
        assert [archive.read(path) for path in re.findall(r"""src=(?:"|&quot;)([^"&]+)""", text)] == [RED, GREEN, BLUE]


def moodle(question: str, answer: str, picture: bytes, name: str = "image.png") -> str:
    """A question with a picture, as Moodle exports it."""
    return (
        f'<question type="shortanswer"><questiontext format="html"><text><![CDATA[<p>{question}'
        f'<img src="@@PLUGINFILE@@/{name}"></p>]]></text><file name="{name}" path="/" encoding="base64">'
        f"{b64encode(picture).decode()}</file></questiontext>"
        f'<answer fraction="100"><text>{answer}</text></answer></question>'
    )


def test_a_file_where_the_folder_for_pictures_should_be_is_named(bench: Bench) -> None:
    """A user can move it away; it is no bug of quizkit's."""
    put(bench, "one.xml", f"<quiz>{moodle('Which bird?', 'a robin', png())}</quiz>")
    put(bench, "decks/media", "mine")
    said = bench.run("import", "one.xml", "--yes")
    assert said.code == 1
    assert f"{bench.folder / 'decks/media'} is a file" in said.err
    assert (bench.folder / "decks/media").read_text() == "mine"
    put(bench, "folder", "mine")
    said = bench.run("--decks", str(bench.folder / "folder/decks"), "deck", "new", "mine", "--blank")
    assert said.code == 1
    assert "can't be written" in said.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "nowhere.csv"), "nowhere.csv can't be read"),
        (("import", "empty.csv"), "is empty"),
        (("import", "strange.bin"), "no format that quizkit knows"),
        (("import", "words.csv", "--from", "klingon"), "no format 'klingon'"),
        (("import", "words.csv", "--column", "question"), "maps nothing"),
        (("import", "words.csv", "--deck", "Not An Id"), "can't be a deck's id"),
        (("export", "--to", "klingon"), "no format 'klingon'"),
        (("export", "nodeck", "--to", "gift"), "no deck nodeck"),
        (("export",), "Which format?"),
        (("export", "--to", "gift", "-o", "taken.gift"), "is there already"),
        (("export", "--to", "gift", "-o", "no/folder/x.gift"), "no folder"),
        (("export", "--to", "gift", "--tag", "nothing-has-this"), "nothing to export"),
    ],
)
def test_mistakes_end_with_a_word_on_what_to_do(bench: Bench, arguments: tuple[str, ...], message: str) -> None:
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    put(bench, "empty.csv", "")
    put(bench, "taken.gift", "mine")
    put(bench, "strange.bin", bytes(range(256)) * 8)
    said = bench.run(*arguments)
    assert said.code == 1
    assert message in said.err
    assert "Traceback" not in said.err
    assert (bench.folder / "taken.gift").read_text() == "mine"


def test_a_table_without_a_header_is_asked_about(bench: Bench) -> None:
    """Whoever sits at a terminal says what the columns hold, sees what was understood, and agrees to it."""
    put(bench, "words.tsv", "1\t犬\tdog\tanimal\n2\t猫\tcat\tanimal\n")
    with Terminal(bench, "import", "words.tsv", rows=60) as terminal:
        terminal.wait_for("Column 1 (“1”) holds")
        terminal.send(UP + ENTER)
        terminal.wait_for("Column 2 (“犬”) holds")
        terminal.send(ENTER)
        terminal.wait_for("Column 3 (“dog”) holds")
        terminal.send(ENTER)
        terminal.wait_for("Column 4 (“animal”) holds")
        terminal.send(UP + UP + ENTER)
        terminal.wait_for("Write this?")
        terminal.send("y")
        terminal.wait_for("2 notes added")
    deck = (bench.folder / "decks/words.yaml").read_text("utf-8")
    assert "front: 犬\n    back: dog\n    tags: [animal]" in deck


def test_outside_any_workspace_one_begins_here(bench: Bench, tmp_path: Path) -> None:
    """The decks that come with the package are nobody's to write to."""
    bench.folder = tmp_path / "nowhere"
    bench.folder.mkdir()
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    found = import_(bench, "words.csv", "--yes")
    assert found["file"] == str(bench.folder / "decks/words.yaml")
    assert bench.run("deck", "list", "--json").json["decks"][0]["deck"] == "words"
    assert import_(bench, "words.csv", "--yes")["unchanged"] == 1


def test_a_progress_file_in_the_home_folder_is_meant_outside_a_workspace_too(bench: Bench, tmp_path: Path) -> None:
    """A `~` that no shell has put in full, as in a service's settings, must not become a folder of that name."""
    bench.folder = tmp_path / "nowhere"
    bench.folder.mkdir()
    home = Path(bench.env["HOME"])
    put(bench, "words.csv", "question,answer\n犬,dog\n")
    assert bench.run("import", "words.csv", "--yes", QUIZKIT_DB="~/learnt/mine.db").code == 0
    assert not (bench.folder / "~").exists()
    assert (home / "learnt/.quizkit").is_dir()


def test_the_language_of_a_file_is_told_apart(bench: Bench) -> None:
    """Whoever exports in Korean and imports without a word on it must not find Korean in place of English."""
    deck = bench.folder / "decks/two.yaml"
    deck.write_text(
        "deck: two\ntitle: Two\nlanguages: [en, ko]\nnotes:\n"
        "  - id: a\n    kind: basic\n    front:\n      en: dog\n      ko: 개\n    back:\n      en: an animal\n"
        "      ko: 동물\n  - id: b\n    kind: basic\n    front:\n      en: cat\n      ko: 고양이\n    back:\n"
        "      en: a pet\n      ko: 반려동물\n",
        encoding="utf-8",
    )
    before = deck.read_text("utf-8")
    assert bench.run("export", "two", "--to", "csv", "-o", "two.csv", "--lang", "ko").code == 0
    assert import_(bench, "two.csv", "--yes")["unchanged"] == 2
    table = (bench.folder / "two.csv").read_text("utf-8-sig")
    (bench.folder / "two.csv").write_text(table.replace("반려동물", "집짐승"), encoding="utf-8")
    assert import_(bench, "two.csv", "--yes")["changed"] == [{"id": "b", "keys": ["back"]}]
    assert deck.read_text("utf-8") == before.replace("반려동물", "집짐승")
