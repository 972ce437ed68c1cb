"""From a blank page to a deck: new, add, preview."""

from __future__ import annotations

import re

import pytest

from quizkit.decks.starting import TEMPLATES
from tests.helpers.command import Bench
from tests.helpers.terminal import CTRL_C, DOWN, ENTER, Terminal


@pytest.fixture
def empty(bench: Bench) -> Bench:
    """A user in a folder that holds nothing yet."""
    bench.folder = bench.folder.parent / "elsewhere"
    bench.folder.mkdir()
    return bench


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("languages", [("en",), ("ja", "ko"), ("en", "ja", "ko"), ("fr",)])
def test_a_new_deck_is_sound_and_can_be_studied(empty: Bench, template: str, languages: tuple[str, ...]) -> None:
    options = [part for lang in languages for part in ("--language", lang)]
    said = empty.run("deck", "new", "mine", "--template", template, "--yes", *options)
    assert said.code == 0, said.err
    text = (empty.folder / "decks/mine.yaml").read_text("utf-8")
    assert "#" in text
    checked = empty.run("deck", "check", "--json").json
    assert checked["notes"] > 1
    assert checked["diagnostics"] == []
    assert empty.run("study", "mine", "--json", text="").code == 0


def test_a_source_is_made_with_the_deck(empty: Bench) -> None:
    assert empty.run("deck", "new", "mine", "--source", "Our Book", "--yes").code == 0
    assert "cite: P1" in (empty.folder / "decks/mine.yaml").read_text()
    assert (empty.folder / "decks/sources/our-book.yaml").exists()
    assert empty.run("deck", "check", "--json").json["diagnostics"] == []


def test_nothing_is_overwritten_and_bad_names_are_named(empty: Bench) -> None:
    assert empty.run("deck", "new", "mine", "--yes").code == 0
    before = (empty.folder / "decks/mine.yaml").read_bytes()
    for arguments, message in (
        (("mine",), "is there already"),
        (("Not An Id",), "can't be a deck's id"),
        (("other", "--template", "sonnet"), "no template 'sonnet'"),
    ):
        said = empty.run("deck", "new", *arguments, "--yes")
        assert said.code == 1
        assert message in said.err
    assert (empty.folder / "decks/mine.yaml").read_bytes() == before


def test_a_teacher_is_asked_a_few_questions(empty: Bench) -> None:
    with Terminal(empty, "deck", "new", "mine") as terminal:
        terminal.wait_for("Title, as learners see it:")
        terminal.send(" two" + ENTER)
        terminal.wait_for("Languages of its texts:")
        terminal.send(ENTER)
        terminal.wait_for("What is it about?")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("Where does its knowledge come from?")
        terminal.send(ENTER)
        terminal.wait_for("quizkit study mine")
        assert terminal.ended() == 0
    text = (empty.folder / "decks/mine.yaml").read_text()
    assert "title: Mine two" in text
    assert "reverse: true" in text


def test_a_note_is_added_without_questions(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    before = "deck: mine\ntitle: Mine\nnotes:\n- id: a\n  kind: typed\n  ask: b?\n  answer: c\n# the end\n"
    path.write_text(before)
    arguments = ("--set", "ask=Which city?", "--set", "answer=Seoul", "--set", "options=Busan | Daegu")
    said = bench.run("deck", "add", "mine", "--kind", "choice", *arguments, "--json")
    assert said.json["note"] == "city"
    text = path.read_text()
    assert text.startswith(before)
    assert "- id: city\n  kind: choice\n  ask: Which city?\n  answer: Seoul\n  options: [Seoul, Busan, Daegu]" in text
    assert bench.run("deck", "check", "decks/mine.yaml").code == 0
    pairs = bench.run("deck", "add", "mine", "--kind", "match", "--set", "ask=Who?", "--set", "pairs=a = 1 | b = 2")
    assert pairs.code == 0, pairs.err
    local = ("--set", "ask.en=Where?", "--set", "ask.ja=どこ", "--set", "answer=x")
    assert bench.run("deck", "add", "mine", "--kind", "typed", *local).code == 0
    assert "ask:\n    en: Where?\n    ja: どこ" in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--kind", "sonnet"), "no kind 'sonnet'"),
        (("--kind", "typed", "--set", "colour=red"), "sets no key"),
        (("--kind", "typed", "--set", "ask=Where?"), "`answer` is missing"),
        (("--kind", "choice", "--set", "ask=a", "--set", "answer=b"), "options"),
        ((), "Without a terminal"),
    ],
)
def test_a_note_that_is_none_is_refused(bench: Bench, arguments: tuple[str, ...], message: str) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes:\n- id: a\n  kind: typed\n  ask: b?\n  answer: c\n")
    before = path.read_bytes()
    said = bench.run("deck", "add", "mine", *arguments)
    assert said.code == 1
    assert message in said.err
    assert path.read_bytes() == before


def test_notes_are_added_at_prompts_with_a_look_first(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes: []\n")
    with Terminal(bench, "deck", "add", "mine", rows=70) as terminal:
        terminal.wait_for("Kind of note")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("ask 1")
        terminal.send("Which river runs through Seoul?" + ENTER)
        terminal.wait_for("ask 2")
        terminal.send(ENTER)
        terminal.wait_for("answer 1")
        terminal.send("Han" + ENTER)
        terminal.wait_for("answer 2")
        terminal.send(ENTER)
        terminal.wait_for("explain")
        terminal.send(ENTER)
        terminal.wait_for("tags (a, b")
        terminal.send("rivers" + ENTER)
        terminal.wait_for("Id (memories hang on it):", "river-runs-through-seoul")
        terminal.send(ENTER)
        terminal.wait_for("→ Han", "Keep it?")
        terminal.send("y")
        terminal.wait_for("Add another?")
        terminal.send("n")
        terminal.wait_for("1 note added.")
    assert re.search(r"- id: river-runs-through-seoul\n    kind: typed\n", path.read_text())
    assert bench.run("deck", "check", "decks/mine.yaml").code == 0


LOCAL = """\
deck: mine
title: Mine
languages: [en, ja]
notes:
  - id: where
    kind: choice
    ask: {en: Where, ja: どこ}
    answer: Seoul
    options: [Seoul, Busan]
    explain: {en: In 2008., ja: 2008年}
  - id: odd
    kind: typed
    ask: {en: Who}
    answer: Lee
"""


def test_cards_are_browsed_with_keys(bench: Bench) -> None:
    (bench.folder / "decks/mine.yaml").write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine") as terminal:
        terminal.wait_for("Where", "1/2 · en")
        assert "In 2008." not in terminal.screen()
        terminal.send(ENTER)
        terminal.wait_for("→ Seoul", "In 2008.")
        terminal.send("l")
        terminal.wait_for("どこ", "2008年")
        terminal.send("n")
        terminal.wait_for("Who", "2/2")
        terminal.send(ENTER)
        terminal.wait_for("`ask` has no ja")
        terminal.send("q")
        assert terminal.ended() == 0


def test_cards_are_listed_without_a_terminal_and_as_a_page(bench: Bench) -> None:
    (bench.folder / "decks/mine.yaml").write_text(LOCAL.replace("Where", "<b>Where"), encoding="utf-8")
    assert "→ Seoul" in bench.run("deck", "preview", "mine", "where").out
    found = bench.run("deck", "preview", "decks/mine.yaml", "--json", "--lang", "ja").json
    assert [card["prompt"] for card in found] == ["どこ", "Who"]
    assert bench.run("deck", "preview", "mine", "--html", "page.html").code == 0
    page = (bench.folder / "page.html").read_text("utf-8")
    assert "&lt;b&gt;Where" in page
    assert "どこ" in page
    assert "<details>" in page
    assert not re.search(r"https?://|<script", page)
    said = bench.run("deck", "preview", "mine", "wher")
    assert (said.code, "Did you mean where?" in said.err) == (1, True)


def test_a_preview_is_drawn_anew_after_each_save(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine", "where", "--watch") as terminal:
        terminal.wait_for("Where", "Ctrl-C ends")
        path.write_text(LOCAL.replace("en: Where", "en: Which place").replace("kind: typed", "kind: tpyed"), "utf-8")
        terminal.wait_for("Which place", "There is no kind `tpyed`")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


def test_the_schema_is_the_one_in_the_docs(bench: Bench) -> None:
    found = bench.run("deck", "schema").json
    assert found["title"] == "A quizkit deck"
    assert "note-choice" in found["$defs"]
