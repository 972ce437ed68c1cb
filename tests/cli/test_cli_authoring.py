"""From a blank page to a deck: new, add, preview."""

from __future__ import annotations

import re

import pytest

from quizkit.decks.starting import TEMPLATES
from tests.helpers.command import Bench
from tests.helpers.media import write_birds
from tests.helpers.terminal import CTRL_C, DOWN, ENTER, Terminal

LEFT, RIGHT = "\x1b[D", "\x1b[C"


@pytest.fixture
def empty(bench: Bench) -> Bench:
    """A user in a folder that holds nothing yet."""
    bench.folder = bench.folder.parent / "elsewhere"
    bench.folder.mkdir()
    return bench


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("languages", [("en",), ("ja", "ko"), ("en", "ja", "ko"), ("fr",), ("zh-Hant", "en")])
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
        (("other", "--language", "English"), "'English' is no language"),
        (("other", "--language", "jp"), "Did you mean ja?"),
    ):
        said = empty.run("deck", "new", *arguments, "--yes")
        assert said.code == 1
        assert message in said.err
    assert (empty.folder / "decks/mine.yaml").read_bytes() == before
    assert [path.name for path in (empty.folder / "decks").iterdir()] == ["mine.yaml"]


def test_a_deck_begins_blank_or_with_a_template(empty: Bench) -> None:
    """Both at once can't be meant; nothing is written."""
    said = empty.run("deck", "new", "mine", "--blank", "--template", "people", "--yes")
    assert (said.code, "--blank, --template" in said.err) == (2, True)
    assert not (empty.folder / "decks").exists()


def test_a_new_deck_goes_where_the_decks_are_said_to_be(empty: Bench) -> None:
    said = empty.run("--decks", "ours", "deck", "new", "mine", "--blank", "--json")
    assert said.json == {"deck": "mine", "files": [str(empty.folder / "ours/mine.yaml")]}
    assert not (empty.folder / "decks").exists()
    said = empty.run("--decks", "ours/mine.yaml", "deck", "new", "other", "--yes")
    assert (said.code, "can't be written" in said.err) == (1, True)


def test_whoever_begins_blank_is_told_how_to_add(empty: Bench) -> None:
    said = empty.run("deck", "new", "mine", "--blank", "--yes")
    assert "quizkit deck add mine" in said.out
    assert empty.run("deck", "add", "mine", "--kind", "typed", "--ask", "Where?", "--answer", "Seoul").code == 0
    assert empty.run("deck", "check", "--json").json["diagnostics"] == []


def test_an_author_is_spoken_to_in_their_language(empty: Bench) -> None:
    assert "学ぶ:" in empty.run("deck", "new", "mine", "--yes", QUIZKIT_LANG="ja").out
    assert "韓国の首都" in (empty.folder / "decks/mine.yaml").read_text("utf-8")


def test_a_source_named_in_another_script_has_an_id_all_the_same(empty: Bench) -> None:
    assert empty.run("deck", "new", "mine", "--source", "日本の外交", "--yes").code == 0
    assert (empty.folder / "decks/sources/mine-source.yaml").exists()
    assert empty.run("deck", "check", "--json").json["diagnostics"] == []


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


@pytest.mark.parametrize(
    ("arguments", "prompts"),
    [(("new", "mine"), ("学習者に見える題名:", ENTER, "文の言語:")), (("add", "mine"), ("ノートの種類",))],
)
def test_whoever_leaves_a_prompt_reads_nothing_in_another_language(
    bench: Bench, arguments: tuple[str, ...], prompts: tuple[str, ...]
) -> None:
    """Of Ctrl-C the library of prompts would say so in English."""
    if arguments[0] == "add":
        (bench.folder / "decks/mine.yaml").write_text(BLANK)
    with Terminal(bench, "deck", *arguments, QUIZKIT_LANG="ja") as terminal:
        for prompt in prompts:
            if prompt == ENTER:
                terminal.send(prompt)
            else:
                terminal.wait_for(prompt)
        terminal.send(CTRL_C)
        terminal.ended()
        assert "ancelled" not in terminal.screen()


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
        (
            ("--kind", "cloze", "--ask", "{{c1::a}}", "--answer", "a"),
            "no key for --answer.\n  Its answers stand in `text`",
        ),
        (("--kind", "typed", "--set", "ask=Where?"), "`answer` is missing"),
        (("--kind", "choice", "--set", "ask=a", "--set", "answer=b"), "options"),
        (("--kind", "typed", "--ask", "Who?", "--answer", "Lee", "--set", "id=a"), "is the id of the note in line 4"),
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


def test_an_id_is_taken_by_a_note_with_a_mistake_too(bench: Bench) -> None:
    """It will be that note's again when it is mended: two would share one memory then."""
    deck = bench.folder / "decks/torn.yaml"
    deck.write_text("deck: torn\ntitle: T\nnotes:\n  - id: x\n    kind: bsic\n    front: A\n    back: B\n", "utf-8")
    before = deck.read_bytes()
    said = bench.run("deck", "add", "torn", "--kind", "basic", "--ask", "C?", "--answer", "D", "--set", "id=x")
    assert said.code == 1
    assert "`x` is the id of the note in line 4 already." in said.err
    assert deck.read_bytes() == before


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
        terminal.send(ENTER)
        terminal.wait_for("Add another?")
        terminal.send("n")
        terminal.wait_for("1 note added.")
    assert re.search(r"- id: river-runs-through-seoul\n    kind: typed\n", path.read_text())
    assert bench.run("deck", "check", "decks/mine.yaml").code == 0


def test_what_was_entered_can_be_changed_before_it_is_kept(bench: Bench) -> None:
    """The lint speaks before anything is written; a slip costs no second typing."""
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes:\n- id: a\n  kind: typed\n  ask: Where?\n  answer: Seoul\n")
    before = path.read_text()
    with Terminal(bench, "deck", "add", "mine", rows=90) as terminal:

        def answer(prompt: str, keys: str) -> None:
            terminal.wait_until(lambda screen: prompt in screen.rpartition("\n")[2], prompt)
            terminal.send(keys + ENTER)

        terminal.wait_for("Kind of note")
        terminal.send(DOWN + ENTER)
        for prompt, keys in (("ask 1", "Where?"), ("ask 2", ""), ("answer 1", "Busan"), ("answer 2", "")):
            answer(prompt, keys)
        for prompt in ("explain", "tags", "Id (memories"):
            answer(prompt, "")
        terminal.wait_for("warning", "asks the same", "Keep it?")
        assert path.read_text() == before
        terminal.send(DOWN + ENTER)
        for prompt, keys in (
            ("ask 1 Where?", "\x7f, this time?"),
            ("ask 2", ""),
            ("answer 1 Busan", ""),
            ("answer 2", ""),
        ):
            answer(prompt, keys)
        for prompt in ("explain", "tags", "Id (memories"):
            answer(prompt, "")
        terminal.wait_until(lambda screen: screen.count("Keep it?") == 2, "a second look")
        terminal.send(ENTER)
        terminal.wait_for("Add another?")
        terminal.send(CTRL_C)
        terminal.wait_for("1 note added.")
    assert path.read_text().startswith(before)
    assert "ask: Where, this time?\n  answer: Busan" in path.read_text()
    assert bench.run("deck", "check", "decks/mine.yaml", "--json").json["diagnostics"] == []


@pytest.mark.parametrize(
    ("kind", "more", "written"),
    [
        ("basic", (), "front: Where?\n    back: Seoul\n"),
        ("typed", (), "ask: Where?\n    answer: Seoul\n"),
        ("open", ("--set", "points=a | b"), "ask: Where?\n    model: Seoul\n"),
        ("argument", (), "claim: Where?\n    grounds: Seoul\n"),
    ],
)
def test_question_and_answer_go_where_the_kind_has_them(
    bench: Bench, kind: str, more: tuple[str, ...], written: str
) -> None:
    """Whoever types --ask and --answer needn't know what a kind calls them."""
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes: []\n")
    said = bench.run("deck", "add", "mine", "--kind", kind, "--ask", "Where?", "--answer", "Seoul", *more)
    assert said.code == 0, said.err
    assert written in path.read_text()


def test_things_in_order_and_pairs_are_answers_too(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes: []\n")
    for kind, answer in (("order", "A | B"), ("match", "a = 1 | b = 2")):
        said = bench.run("deck", "add", "mine", "--kind", kind, "--ask", f"Which {kind}?", "--answer", answer)
        assert said.code == 0, said.err
    assert bench.run("deck", "add", "mine", "--kind", "cloze", "--ask", "By {{c1::Lee}}.").code == 0
    assert bench.run("deck", "check", "decks/mine.yaml", "--json").json["notes"] == 3


def test_what_is_not_given_is_asked_for_at_a_terminal(bench: Bench) -> None:
    """The kind and whatever else is said already is left out; further notes are of that kind, too."""
    path = bench.folder / "decks/mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nnotes: []\n")
    options = ("--kind", "basic", "--ask", "Where?", "--set", "id=where", "--set", "tags=places")
    with Terminal(bench, "deck", "add", "mine", *options, rows=70) as terminal:

        def answer(prompt: str, keys: str) -> None:
            terminal.wait_until(lambda screen: prompt in screen.rpartition("\n")[2], prompt)
            terminal.send(keys + ENTER)

        answer("? back", "Seoul")
        assert "front" not in terminal.screen()
        answer("? explain", "")
        terminal.wait_for("→ Seoul", "Keep it?")
        assert "memories hang on it" not in terminal.screen()
        terminal.send(ENTER)
        terminal.wait_for("Add another?")
        terminal.send("y")
        answer("? front 1", "When?")
        terminal.send(CTRL_C)
        terminal.wait_for("1 note added.")
    assert path.read_text().endswith(
        "notes:\n  - id: where\n    kind: basic\n    front: Where?\n    back: Seoul\n    tags: places\n"
    )


def test_nothing_is_asked_for_where_all_is_given(bench: Bench) -> None:
    """Also at a terminal, and never by a program that wants JSON."""
    (bench.folder / "decks/mine.yaml").write_text("deck: mine\ntitle: Mine\nnotes: []\n")
    given = ("deck", "add", "mine", "--kind", "typed", "--ask", "Where?")
    with Terminal(bench, *given, "--answer", "Seoul") as terminal:
        terminal.wait_for("Added where to decks/mine.yaml.")
        assert terminal.ended() == 0
    with Terminal(bench, *given, "--json") as terminal:
        terminal.wait_for("`answer` is missing")
        assert terminal.ended() == 1


def test_the_decks_that_ship_are_never_added_to(empty: Bench) -> None:
    said = empty.run("deck", "add", "timeline", "--kind", "typed", "--ask", "Where?", "--answer", "Seoul")
    assert (said.code, "no deck timeline" in said.err) == (1, True)


BLANK = "deck: mine\ntitle: Mine\nlanguages: [en, ja]\nnotes: []\n"


def test_a_text_without_a_language_is_in_the_first_one(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text(BLANK)
    both = ("--ask", "Where?", "--set", "ask.ja=どこ", "--set", "answer.ja=ソウル", "--set", "answer=Seoul")
    assert bench.run("deck", "add", "mine", "--kind", "typed", *both).code == 0
    text = path.read_text("utf-8")
    assert "ask:\n      en: Where?\n      ja: どこ\n    answer:\n      en: Seoul\n      ja: ソウル\n" in text
    options = ("--set", "options=A | B", "--set", "options.ja=あ | い", "--set", "answer=A")
    assert bench.run("deck", "add", "mine", "--kind", "choice", "--ask", "Which?", *options).code == 0
    assert bench.run("deck", "check", "decks/mine.yaml").code == 0


def test_a_bar_in_a_text_is_written_with_a_backslash(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text(BLANK)
    asked = ("--ask", r"What does \| mean? | And why \|?", "--answer", "or")
    assert bench.run("deck", "add", "mine", "--kind", "typed", *asked).code == 0
    assert "ask: ['What does | mean?', 'And why |?']" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--kind", "typed", "--ask", "a", "--set", "ask=b", "--answer", "x"), "`ask` is given twice."),
        (("--kind", "typed", "--ask", "a", "--set", "ask.en=b", "--answer", "x"), "without a language beside ask.en"),
        (("--ask", "a", "--answer", "x"), "Say --kind typed, or another."),
        (("--kind", "choice", "--ask", "a", "--answer", "Pars", "--set", "options=Paris | Rome"), "'Paris' is."),
    ],
)
def test_what_was_entered_and_would_be_lost_is_said(bench: Bench, arguments: tuple[str, ...], message: str) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text(BLANK)
    said = bench.run("deck", "add", "mine", *arguments)
    assert (said.code, message in said.err, path.read_text()) == (1, True, BLANK)


def test_a_deck_that_goes_elsewhere_or_speaks_another_language_is_told_of(bench: Bench) -> None:
    below = bench.folder / "below"
    below.mkdir()
    said = bench.run("deck", "new", "words", "--language", "fr", "--yes", cwd=below)
    assert f"This folder is in the workspace {bench.folder}" in said.out
    assert "The examples are in English: there are none in fr yet." in said.out
    assert (bench.folder / "decks/words.yaml").exists()
    said = bench.run("deck", "new", "more", "--language", "ja-JP", "--yes")
    assert "workspace" not in said.out
    assert "English" not in said.out
    assert "ソウル" in (bench.folder / "decks/more.yaml").read_text("utf-8")


def test_what_a_new_note_does_to_others_is_told(bench: Bench) -> None:
    (bench.folder / "decks/mine.yaml").write_text(
        "deck: mine\ntitle: Mine\nnotes:\n- id: a\n  kind: typed\n  ask: Where?\n  answer: Seoul\n"
    )
    arguments = ("deck", "add", "mine", "--kind", "typed", "--ask", "Where?", "--answer", "Busan")
    problems = bench.run(*arguments, "--json").json["problems"]
    assert [problem["code"] for problem in problems] == ["same-prompt"]
    said = bench.run("deck", "add", "mine", "--kind", "typed", "--ask", "When?", "--answer", "Then")
    assert "asks the same" not in said.out


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
        terminal.send(RIGHT)
        terminal.wait_for("Who", "2/2")
        terminal.send(LEFT)
        terminal.wait_for("どこ", "1/2")
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
    assert page.count("→ Answer</summary>") == 3
    said = bench.run("deck", "preview", "mine", "wher")
    assert (said.code, "Did you mean where?" in said.err) == (1, True)


def test_notes_without_cards_are_told_of(bench: Bench) -> None:
    """A note with an error isn't just missing."""
    (bench.folder / "decks/mine.yaml").write_text(LOCAL.replace("kind: typed", "kind: tpyed"), encoding="utf-8")
    assert "There is no kind `tpyed`" in bench.run("deck", "preview", "mine").out
    assert bench.run("deck", "preview", "mine", "--html", "page.html").code == 0
    assert "There is no kind `tpyed`" in (bench.folder / "page.html").read_text("utf-8")
    (bench.folder / "decks/none.yaml").write_text("deck: none\ntitle: None\nnotes: []\n")
    said = bench.run("deck", "preview", "decks/none.yaml")
    assert (said.code, "This deck has no notes." in said.out) == (0, True)


def test_a_preview_is_drawn_anew_after_each_save(bench: Bench) -> None:
    path = bench.folder / "decks/mine.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine", "where", "--watch") as terminal:
        terminal.wait_for("Where", "Ctrl-C ends")
        path.write_text(LOCAL.replace("en: Where", "en: Which place").replace("kind: typed", "kind: tpyed"), "utf-8")
        terminal.wait_for("Which place", "There is no kind `tpyed`")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


def test_after_a_save_only_what_changed_is_shown(bench: Bench) -> None:
    """In a long deck the card being written would be far above the screen."""
    path = bench.folder / "decks/mine.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine", "--watch") as terminal:
        terminal.wait_for("Where", "Who", "Ctrl-C ends")
        path.write_text(LOCAL.replace("en: Who", "en: Whose idea"), "utf-8")
        assert "Where" not in terminal.wait_for("Whose idea", "Ctrl-C ends")
        path.write_text("deck: [", "utf-8")
        terminal.wait_for("error[yaml-syntax]", "Ctrl-C ends")


def test_a_preview_waits_for_a_file_that_is_gone(bench: Bench) -> None:
    """When it is back, all of its cards are shown: the screen has none of them any more."""
    path = bench.folder / "decks/mine.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine", "--watch") as terminal:
        terminal.wait_for("Where", "Who", "Ctrl-C ends")
        path.unlink()
        assert "Where" not in terminal.wait_for("decks/mine.yaml is gone. Watching for it to come back; Ctrl-C ends.")
        path.write_text(LOCAL, encoding="utf-8")
        terminal.wait_for("Where", "Who")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


def test_a_preview_overwrites_nothing_but_previews(bench: Bench) -> None:
    """Least of all the deck; another page only when that is said."""
    deck, other = bench.folder / "decks/mine.yaml", bench.folder / "other.html"
    deck.write_text(LOCAL, encoding="utf-8")
    other.write_text("<!doctype html>\n<p>Mine</p>", encoding="utf-8")
    for name in ("decks/mine.yaml", "other.html", "decks"):
        said = bench.run("deck", "preview", "mine", "--html", name)
        assert (said.code, said.out) == (1, "")
        assert f"{name} is there already." in said.err
        assert "--force" in said.err
    assert deck.read_text("utf-8") == LOCAL
    assert "Mine" in other.read_text("utf-8")
    assert bench.run("deck", "preview", "mine", "--html", "other.html", "--force").code == 0
    deck.write_text(LOCAL.replace("Where", "Which place"), encoding="utf-8")
    assert bench.run("deck", "preview", "mine", "--html", "other.html").code == 0
    assert "Which place" in other.read_text("utf-8")


def test_a_page_is_written_anew_after_each_save(bench: Bench) -> None:
    """What is wrong is told at the terminal meanwhile, and a deck that can't be read leaves the page as it is."""
    path, html = bench.folder / "decks/mine.yaml", bench.folder / "mine.html"
    path.write_text(LOCAL, encoding="utf-8")
    with Terminal(bench, "deck", "preview", "mine", "--watch", "--html", "mine.html") as terminal:
        terminal.wait_for("Written: mine.html", "`ask` has no ja", "Ctrl-C ends")
        assert "Where" in html.read_text("utf-8")
        path.write_text(LOCAL.replace("en: Where", "en: Which place").replace("kind: typed", "kind: tpyed"), "utf-8")
        terminal.wait_for("There is no kind `tpyed`", "Ctrl-C ends")
        assert "Which place" in html.read_text("utf-8")
        path.write_text("deck: [", "utf-8")
        terminal.wait_for("error[yaml-syntax]", "Ctrl-C ends")
        assert "Which place" in html.read_text("utf-8")


def test_the_schema_is_the_one_in_the_docs(bench: Bench) -> None:
    found = bench.run("deck", "schema").json
    assert found["title"] == "A quizkit deck"
    assert "note-choice" in found["$defs"]


def test_a_preview_shows_pictures_and_plays_sounds(bench: Bench) -> None:
    """As the page of a class will: from the file itself, those of the answer folded away with it."""
    write_birds(bench.folder / "decks")
    (bench.folder / "decks" / "media" / "west.png").unlink()
    assert bench.run("deck", "preview", "birds", "--html", "birds.html").code == 0
    page = (bench.folder / "birds.html").read_text("utf-8")
    cards = page.split("<article")[1:]
    asked, _, answered = cards[0].partition("<details>")
    assert asked.count("data:image/png;base64,") == 1
    assert answered.count("data:image/svg+xml;base64,") == answered.count("data:audio/wav;base64,") == 1
    assert "media/west.png</p>" in cards[1]
    assert cards[1].partition("<details>")[0].count("<img") == 1
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
