"""Marks in a text become looks, and pictures are named where they can't be shown."""

from __future__ import annotations

import json

from quizkit.columns import width
from quizkit.terminal.draw import Page
from quizkit.terminal.style import Style
from tests.helpers.command import Bench


def test_emphasis_is_underlined_and_readings_stand_in_brackets() -> None:
    (line,) = Page(60, Style(True)).block("a *b* 外交《がいこう》", "bold")
    assert line == "  \x1b[1ma \x1b[0m\x1b[1;4mb\x1b[0m\x1b[1m 外交(がいこう)\x1b[0m"


def test_without_colour_emphasis_is_not_lost() -> None:
    assert Page(60, Style(False)).block(r"a *b* **c** \*d\*") == ["  a *b* **c** *d*"]


def test_a_long_text_with_marks_keeps_within_its_columns() -> None:
    lines = Page(24, Style(False)).block("これは*とても大事な*ことですから、よく覚えておいてください。2 * 3 * 4")
    assert len(lines) > 2
    assert all(width(line) <= 22 for line in lines)


def test_pictures_are_counted_and_can_be_found(bench: Bench) -> None:
    (bench.folder / "decks/media").mkdir()
    (bench.folder / "decks/media/map.png").write_bytes(b"x")
    (bench.folder / "decks/maps.yaml").write_text(
        "deck: maps\ntitle: Maps\nnotes:\n  - id: a\n    kind: typed\n    ask: Where?\n    answer: Seoul\n"
        "    media: media/map.png\n"
    )
    said = bench.run("study", "maps", "--plain", text=":o\n:q\n")
    asked, _opened, found = said.out.partition("1 picture or sound with it (:o opens)")
    assert "map.png" not in asked, "its name might be the answer"
    assert str(bench.folder / "decks/media/map.png") in found
    assert "With it: media/map.png" in bench.run("deck", "preview", "maps").out
    question = json.loads(bench.run("study", "maps", "--json", text="").out.splitlines()[0])
    assert question["media"] == ["media/map.png"]


def test_what_gives_the_answer_away_waits_for_it(bench: Bench) -> None:
    """A picture of the answer is named only after the response; the other way round it is the question."""
    (bench.folder / "decks/seen.yaml").write_text(
        "deck: seen\ntitle: Seen\nnotes:\n  - id: dog\n    kind: basic\n    front: 犬\n    back: dog\n"
        "    reverse: true\n    media: inu.mp3\n    answer_media: [dog.png]\n",
        encoding="utf-8",
    )
    said = bench.run("quiz", "seen", "--plain", text=":o\n\n:o\n3\n").out
    before, _question, after = said.partition("1 picture or sound with it (:o opens)")
    asked, _answer, told = after.partition("With it: dog.png")
    assert "dog.png" not in before + asked
    assert str(bench.folder / "decks/inu.mp3") in asked
    assert str(bench.folder / "decks/dog.png") in told
    shown = [(card["media"], card["answer_media"]) for card in bench.run("deck", "preview", "seen", "--json").json]
    assert shown == [(["inu.mp3"], ["dog.png"]), (["dog.png"], ["inu.mp3"])]
    question, verdict, *_rest = bench.run("quiz", "seen", "--json", text='{"values": []}\n').objects
    assert (question["media"], verdict["media"]) == (["inu.mp3"], ["dog.png"])
    missing = bench.run("deck", "check", "decks/seen.yaml")
    assert "There is no dog.png beside decks/seen.yaml." in " ".join(missing.out.split())
