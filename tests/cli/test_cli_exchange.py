"""Moving in and out: what was understood is said first, nothing is doubled, and nothing is lost without a word."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from quizkit.formats import FORMATS
from quizkit.formats.item import Item, Option, WriteOptions
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
    assert newer["changed"] == [{"id": "note-1", "keys": ["back"]}]
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
    assert found["changed"] == [{"id": added[0], "keys": ["front", "origin"]}]  # type: ignore[index]
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
    assert found["losses"] == [{"where": "Same?", "what": "the same question stands there twice: taken once"}]
    assert import_(bench, "words.csv", "--yes")["unchanged"] == 2
    options = "question,wrong,answer\nWhich?,a,b\nWhich?,c,d\n"
    put(bench, "which.csv", options)
    assert len(import_(bench, "which.csv", "--yes")["added"]) == 2  # type: ignore[arg-type]


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
    assert found["changed"] == [{"id": "capital", "keys": ["answer"]}]
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
    assert {"where": "maps/a", "what": "the file gone.png isn't there"} in said.json["losses"]


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
