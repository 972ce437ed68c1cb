"""What came of a drill, as a teacher asks for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest

from quizkit.clock import Calendar, Clock
from quizkit.model.drill import ActType, CardItem, Mode, Program
from quizkit.workspace import Workspace, find_places
from quizkit.workspace.classes import classroom
from quizkit.workspace.drill_record import DrillRecord
from tests.helpers.classes import begin_class
from tests.helpers.command import Bench
from tests.helpers.drilled import hold, option

NOW = 1_772_400_000_000
DECK = """\
deck: one
title: One
notes:
  - id: pick
    kind: choice
    ask: Which city is the capital?
    answer: Seoul
    options:
      - Seoul
      - {text: Busan, misconception: The largest port is the capital}
      - Daegu
    cite: P1
  - id: type
    kind: typed
    ask: Where did they meet?
    answer: Camp David
    cite: [P1, P2]
"""


@pytest.fixture
def drilled(bench: Bench) -> Bench:
    """Eight students and a guest; half pick Busan at first, all Seoul after talking; one types a formula."""
    (bench.folder / "decks/one.yaml").write_text(DECK)
    with Workspace(find_places(bench.folder), Clock(Calendar(), NOW)) as workspace:
        players = begin_class(workspace, "2B", [f"=Student {number}" for number in range(8)])

        def answering(player: str, card: str, turn: int, asked: Any) -> Sequence[str] | None:
            place = players.index(player) if player in players else 8
            if card == "one/type/main":
                return None if turn == 2 or place == 7 else ("=1+1",) if place == 0 else ("Camp David",)
            return (option(asked, 0 if turn == 2 or place % 2 else 1),)

        workspace.refresh()
        cards = ["one/pick/main", "one/type/main"]
        record = hold(workspace, "Lesson 1", "2b", cards, [*players, "guest-abc"], answering, rounds=(1, 2))
        record.log(ActType.JOIN, "guest-abc", name="Minji")
        record.log(ActType.HANDS, item=0, card=cards[0], counts={"0": 20, "1": 3}, round=1)
        record.settle()
    return bench


def test_results_of_the_latest_drill(drilled: Bench) -> None:
    said = drilled.run("drill", "results", "--json")
    assert said.code == 0, said.err
    found = said.json
    assert (found["name"], found["mode"], len(found["students"])) == ("Lesson 1", "live", 9)
    first, second = found["questions"]
    assert (first["n"], first["score"]) == (9, pytest.approx(4 / 9))
    assert (first["again"]["score"], first["gain"]) == (1.0, 1.0)
    assert [(one["text"], one["n"], one["right"]) for one in first["chosen"]] == [
        ("Seoul", 4, True),
        ("Busan", 5, False),
        ("Daegu", 0, False),
    ]
    assert first["chosen"][1]["belief"] == "The largest port is the capital"
    assert [(one["text"], one["n"]) for one in first["hands"]] == [("Seoul", 20), ("Busan", 3)]
    assert [(one["text"], one["n"]) for one in second["chosen"]] == [("Camp David", 7), ("=1+1", 1)]
    groups = {(one["by"], one["group"]): one["n"] for one in found["groups"]}
    assert groups == {("passage", "P1"): 17, ("passage", "P2"): 8}
    assert len(found["responses"]) == 9 + 9 + 8


def test_students_are_pseudonyms_unless_names_are_asked_for(drilled: Bench) -> None:
    plain = drilled.run("drill", "results", "Lesson 1")
    assert "Student 3" not in plain.out
    assert "Minji" not in plain.out
    assert "guest-abc" in plain.out
    assert plain.out.count("S-") == 8
    named = drilled.run("drill", "results", "--names").out
    assert "=Student 3" in named
    assert "Minji" in named
    assert "✗ Busan" in named
    assert "5 × “The largest port is the capital”" in named


def test_a_guest_is_called_as_the_host_has_renamed_them(drilled: Bench) -> None:
    """The last name counts, not what somebody typed at the door; a student keeps the name of the roster."""
    with Workspace(find_places(drilled.folder), Clock(Calendar(), NOW)) as workspace:
        student = classroom(workspace, "2B").students[0]
        renamed = [("guest-abc", "Pest"), ("guest-abc", "Kim Minji"), (student.id, "Nobody")]
        DrillRecord.find(workspace).log_many(
            [(ActType.RENAME, "", NOW, {"player": player, "name": name}) for player, name in renamed]
        )
    told = drilled.run("drill", "results", "--names", "--json").json["students"]
    names = [one["student"] for one in told]
    assert "Kim Minji" in names
    assert student.name in names
    assert not {"Minji", "Pest", "Nobody"}.intersection(names)


def test_tables_hold_every_response_and_no_formula(drilled: Bench) -> None:
    from openpyxl import load_workbook

    said = drilled.run("drill", "results", "--names", "--csv", "r.csv", "--xlsx", "r.xlsx")
    assert said.code == 0, said.err
    rows = list(csv.DictReader(io.StringIO((drilled.folder / "r.csv").read_text("utf-8-sig"))))
    assert len(rows) == 26
    assert {row["student"] for row in rows} >= {"'=Student 0", "Minji"}
    assert {row["answer"] for row in rows} == {"Seoul", "Busan", "Camp David", "'=1+1"}
    book = load_workbook(drilled.folder / "r.xlsx")
    assert book.sheetnames == ["questions", "students", "passages", "responses"]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")))
    assert book["questions"]["D2"].value == 9


def test_json_stands_alone_where_files_are_written_too(drilled: Bench) -> None:
    """Who asks for both pipes the figures into a program, which reads nothing but JSON."""
    said = drilled.run("drill", "results", "--csv", "r.csv", "--xlsx", "r.xlsx", "--json")
    assert said.json["name"] == "Lesson 1"
    assert (drilled.folder / "r.csv").exists()
    assert (drilled.folder / "r.xlsx").exists()
    told = drilled.run("drill", "results", "--csv", "r.csv", "--xlsx", "r.xlsx").out
    assert told == "Written to r.csv\nWritten to r.xlsx\n"


def test_the_usual_time_is_between_the_middle_two(drilled: Bench) -> None:
    """Of six times, half of the class took no more and half no less: the same figure as in the report on the class."""
    with Workspace(find_places(drilled.folder), Clock(Calendar(), NOW)) as workspace:
        workspace.refresh()
        program = Program("Timed", (CardItem("one/type/main"),), "2b")
        record = DrillRecord.begin(workspace, program, Mode.LIVE)
        for number, seconds in enumerate((1, 2, 3, 10, 11, 12)):
            record.log(
                ActType.ANSWER,
                f"guest-{number}",
                item=0,
                card="one/type/main",
                score=1.0,
                ms=seconds * 1000,
            )
    (question,) = drilled.run("drill", "results", "Timed", "--json").json["questions"]
    assert question["seconds"] == 6.5


def test_what_is_put_in_places_is_read_in_one_language(bench: Bench) -> None:
    """One order given in English and in Korean is one answer; an entry of a list that was left empty isn't shown."""
    (bench.folder / "decks/two.yaml").write_text(
        "deck: two\ntitle: Two\nlanguages: [en, ko]\nnotes:\n"
        "  - id: row\n    kind: order\n    ask: {en: In order?, ko: 순서는?}\n"
        "    items: [{en: first, ko: 처음}, {en: second, ko: 둘째}, {en: third, ko: 셋째}]\n"
        "  - id: both\n    kind: list\n    ask: {en: Which two?, ko: 어느 둘?}\n"
        "    answers: [{en: Tokyo, ko: 도쿄}, {en: Seoul, ko: 서울}]\n",
        "utf-8",
    )
    with Workspace(find_places(bench.folder), Clock(Calendar(), NOW)) as workspace:
        players = begin_class(workspace, "2B", ["Bo", "민지"])
        workspace.refresh()
        program = Program("Two", (CardItem("two/row/main"), CardItem("two/both/main")), "2b")
        record = DrillRecord.begin(workspace, program, Mode.LIVE)
        orders = (["second", "first", "third"], ["둘째", "처음", "셋째"])
        for player, lang, texts in zip(players, ("en", "ko"), orders, strict=True):
            given: dict[str, Any] = {"round": 1, "score": 0.0, "outcome": "wrong", "ms": 1, "lang": lang}
            row = {"item": 0, "card": "two/row/main", "shape": "order", "values": texts, "picked": [1, 0, 2]}
            both = {"item": 1, "card": "two/both/main", "shape": "fields", "values": ["Oslo", "", ""], "picked": []}
            for number, more in enumerate((row, both)):
                record.log(ActType.ANSWER, player, **given, **more, event=f"{player} {number}")
    row_told, both_told = json.loads(bench.run("drill", "results", "--json").out)["questions"]
    assert [(one["text"], one["n"]) for one in row_told["chosen"]] == [("second / first / third", 2)]
    assert [(one["text"], one["n"]) for one in both_told["chosen"]] == [("Oslo", 2)]


def test_there_may_be_no_drill(bench: Bench) -> None:
    said = bench.run("drill", "results")
    assert said.code == 1
    assert "No drill has been held" in said.err
    drilled = bench.run("drill", "results", "--csv", "nowhere/r.csv")
    assert drilled.code == 1


def test_deck_quality_takes_drill_answers_and_says_so(drilled: Bench) -> None:
    (found,) = drilled.run("deck", "quality", "one", "--json").json
    assert (found["answers"], found["sources"]) == (17, {"live": 17})
    assert "17 first answers: 17 live" in " ".join(drilled.run("deck", "quality", "one").out.split())
