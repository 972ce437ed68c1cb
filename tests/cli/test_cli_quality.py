"""How well a deck does, from its text and from learners' answers."""

from __future__ import annotations

import json

import pytest

from tests.helpers.command import Bench
from tests.helpers.terminal import Terminal

DECK = """\
deck: one
title: One
notes:
  - id: pick
    kind: choice
    ask: Which city isn't never the capital?
    answer: Seoul
    options: [Seoul, Busan, Daegu, '1953']
  - id: type
    kind: typed
    ask: Where did they meet, and when was it?
    answer: Camp David
"""


@pytest.fixture
def taught(bench: Bench) -> Bench:
    """Twenty learners have picked; nobody took Daegu. Three have nearly typed the answer."""
    (bench.folder / "decks/one.yaml").write_text(DECK)
    for number in range(20):
        name = f"l{number}"
        bench.run("learner", "add", name)
        wanted = "Seoul" if number % 4 else ("Busan", "1953")[number % 8 // 4]
        question = bench.run("study", "one", "--json", "--learner", name, text="").objects[0]
        options = question["options"]
        lines = [json.dumps({"values": [str(options.index(wanted) + 1)]})]
        if number < 3:
            lines.append(json.dumps({"values": ["Camp Davit"]}))
        bench.run("study", "one", "--json", "--learner", name, text="\n".join(lines) + "\n")
    return bench


def test_text_and_answers_are_looked_at(taught: Bench) -> None:
    said = taught.run("deck", "quality", "one", "--json")
    assert said.code == 0, said.err
    (found,) = said.json
    codes = {(one["note"], one["code"]) for one in found["findings"]}
    assert codes >= {
        ("one/pick", "implausible-distractor"),
        ("one/pick", "double-negative"),
        ("one/type", "two-questions"),
    }
    (suspect,) = [one for one in found["suspects"] if one["card"] == "one/pick/main"]
    assert suspect["n"] == 20
    assert suspect["facility"] == 0.75
    assert suspect["unpicked"] == ["Daegu"]
    assert [(one["typed"], one["times"]) for one in found["almost"]] == [("Camp Davit", 3)]
    text = taught.run("deck", "quality", "one").out
    assert "nobody picks “Daegu”" in text
    assert "Flesch reading ease" in text


def test_a_form_that_is_often_almost_right_is_added_with_a_key(taught: Bench) -> None:
    with Terminal(taught, "deck", "quality", "one", rows=60) as terminal:
        terminal.wait_for("Count “Camp Davit” as right")
        terminal.send("y")
        terminal.wait_for("Written into the note.")
        assert terminal.ended() == 0
    assert "also: [Camp Davit]" in (taught.folder / "decks/one.yaml").read_text()
    assert taught.run("deck", "check", "decks/one.yaml").code == 0


def test_a_deck_that_nobody_has_learnt_is_read_all_the_same(bench: Bench) -> None:
    (bench.folder / "decks/one.yaml").write_text(DECK)
    assert "nobody has answered yet" in bench.run("deck", "quality", "one").out
    assert bench.run("deck", "quality", "nothing").code == 1
