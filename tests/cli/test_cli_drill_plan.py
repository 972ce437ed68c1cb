"""Planning a drill, and drill files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizkit.errors import QuizkitError
from quizkit.model import LocalText
from quizkit.model.drill import CardItem, Poll, Program, Scoring, Slide
from quizkit.workspace.drill_file import read_program, write_program
from tests.helpers.command import Bench

FULL = Program(
    "monday: first",
    (
        CardItem("tea/green-heat/main", 20),
        Poll(
            LocalText({"en": "Tea?", "ja": "お茶?"}),
            (LocalText.plain("yes"), LocalText({"en": "no", "ja": "いいえ"})),
            15,
            ("media/cup.png",),
        ),
        Slide(LocalText.plain("Two lines:\nread them."), ("media/a, b.png", "song.mp3")),
        CardItem("tea/oxidised/main"),
    ),
    "2b",
    0,
    True,
    25,
    True,
    ("red", "青"),
    Scoring(speed=True, streaks=True),
    "s/1",
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Every setting, every sort of item, in a file that says what it asks."""
    path = tmp_path / "drills" / "monday.yaml"
    write_program(path, FULL, {"tea/green-heat/main": "How hot?"})
    assert "# How hot?" in path.read_text("utf-8")
    assert read_program(path) == FULL


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("drill: x\nitem:\n  - card: a/b/main\n", ["x.yaml:2:1: There is no key `item`", "`items` is missing"]),
        ("items:\n  - card: a/b\n    secnds: 3\n", ["x.yaml:3:5: There is no key `secnds`", "Did you mean `seconds`?"]),
        ("items:\n  - poll: Tea?\n    options: [yes]\n", ["x.yaml:3:5: A poll wants two options"]),
        (
            "items:\n  - card: a/b/main\n    media: x.png\n",
            ["x.yaml:3:5: A card brings its own pictures and sounds", "in its note"],
        ),
        ("seconds: -1\nitems: [a/b/main]\n", ["x.yaml:1:1: `seconds` is a whole number from 0 to 3600"]),
        ("scoring: [fast]\nitems: [a/b/main]\n", ["`fast` is no way of scoring", "speed, streaks"]),
        ("- a\n", ["x.yaml:1:1: This is no mapping"]),
        ("items: [[a]]\n", ["An item is a card, a poll or a slide"]),
    ],
)
def test_what_is_wrong_with_a_drill_file_is_said_with_its_place(
    tmp_path: Path, text: str, complaints: list[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(QuizkitError) as caught:
        read_program(path)
    told = f"{caught.value.message} {caught.value.hint}"
    for complaint in complaints:
        assert complaint in told


def test_a_file_by_hand_may_be_short(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("items: [tea/green-heat/main, tea/oxidised/main]\n", "utf-8")
    assert read_program(path) == Program("short", (CardItem("tea/green-heat/main"), CardItem("tea/oxidised/main")))


def test_a_plan_says_why_and_is_kept(bench: Bench) -> None:
    """What a student has forgotten comes before what is known; the file is where it says, and isn't overwritten."""
    bench.run("class", "new", "2B")
    bench.run("class", "add", "2B", "Mina")
    bench.run("class", "add", "2B", "Yun")
    told = bench.run("drill", "plan", "2B", "tea", "-n", "3", "--name", "monday")
    assert told.code == 0
    assert "new to all" in told.out
    assert "quizkit drill host 2b --file" in told.out
    program = read_program(bench.folder / "drills" / "monday.yaml")
    assert (program.classroom, len(program.items)) == ("2b", 3)
    assert bench.run("drill", "plan", "2B", "--name", "monday").code == 1
    told_json = json.loads(bench.run("drill", "plan", "2B", "tea", "--json", "--name", "monday", "--yes").out)
    assert told_json["file"] == str(bench.folder / "drills" / "monday.yaml")
    assert {item["new_to"] for item in told_json["items"]} == {2}
    assert len({item["card"].rpartition("/")[0] for item in told_json["items"]}) == len(told_json["items"])


@pytest.mark.parametrize(("lang", "said"), [("ja", "K1 の最初の1枚"), ("ko", "K1의 첫 카드")])
def test_the_first_card_of_a_passage_is_called_so(bench: Bench, lang: str, said: str) -> None:
    """In the words of each language, in the plan as in the report's."""
    (bench.folder / "decks/one.yaml").write_text(
        "deck: one\ntitle: One\nsource: kettle\nnotes:\n"
        "  - id: q\n    kind: typed\n    ask: What?\n    answer: this\n    cite: K1\n"
    )
    bench.run("class", "new", "2B")
    planned = bench.run("drill", "plan", "2B", "one", "--yes", "--lang", lang)
    assert said in planned.out, planned.err
    bench.run("class", "add", "2B", "Mina")
    bench.run("drill", "run", "2B", "tea", "--cards", "1", text="r\n\n")
    assert said in bench.run("report", "2B", "--lang", lang).out


def test_two_plans_of_a_day_are_two_files(bench: Bench) -> None:
    """A name that nobody gave gives way; what is called like a path is no path."""
    bench.run("class", "new", "2B")
    names = [bench.run("drill", "plan", "2B", "tea", "-n", "2", "--json").json["drill"] for _ in range(2)]
    assert names == ["2b-2026-03-02", "2b-2026-03-02-2"]
    for name in names:
        assert read_program(bench.folder / "drills" / f"{name}.yaml").name == name
    bench.run("drill", "plan", "2B", "tea", "-n", "2", "--name", "../a/b: c")
    assert read_program(bench.folder / "drills" / "-a-b- c.yaml").name == "../a/b: c"


LOUVRE = """\
deck: museums
title: {en: Museums, ja: 美術館}
languages: [en, ja]
notes:
  - id: capital
    kind: typed
    ask: {en: What is the capital of France?, ja: フランスの首都は。}
    answer: {en: Paris, ja: パリの町}
  - id: louvre
    kind: typed
    ask: {en: Which museum has a pyramid of glass?, ja: パリの町でガラスのピラミッドがある美術館は。}
    answer: {en: the Louvre, ja: ルーブル美術館}
  - id: prado
    kind: typed
    ask: {en: Which museum in Madrid has Goyas?, ja: マドリードでゴヤのある美術館は。}
    answer: {en: the Prado, ja: プラド美術館}
"""


def test_an_answer_is_given_away_in_no_language(bench: Bench) -> None:
    """The teacher reads English; a phone may show Japanese, where one question holds the other's answer."""
    (bench.folder / "decks" / "museums.yaml").write_text(LOUVRE, encoding="utf-8")
    bench.run("class", "new", "2B")
    told = bench.run("drill", "plan", "2B", "museums", "--json").json
    assert [item["card"] for item in told["items"]] == ["museums/capital/main", "museums/prado/main"]


def test_when_there_is_no_more_to_pick_it_is_said(bench: Bench) -> None:
    bench.run("class", "new", "2B")
    assert "no more to pick" in bench.run("drill", "plan", "2B", "tea", "-n", "100").out
    assert "no more to pick" not in bench.run("drill", "plan", "2B", "tea", "-n", "2").out


def test_no_deck_no_class(bench: Bench) -> None:
    assert "There is no class 9Z" in bench.run("drill", "plan", "9Z").err
    bench.run("class", "new", "2B")
    assert "Did you mean tea?" in bench.run("drill", "plan", "2B", "te").err
    assert "No drill has been held" in bench.run("drill", "list").out
