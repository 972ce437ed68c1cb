"""How well a deck does, from its text and from learners' answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from quizkit.clock import Calendar, Clock
from quizkit.model import Response, Shape
from quizkit.workspace import Selection, Workspace, find_places
from quizkit.workspace.sessions import start_study
from tests.helpers.command import Bench
from tests.helpers.drilled import hold
from tests.helpers.terminal import Terminal

NOW = 1_772_400_000_000
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
    kind: typed  # keep this
    ask: Where did they meet, and when was it?
    answer: Camp David
  - id: year
    kind: date
    ask: When did they meet at Camp David?
    answer: 2023
"""


def teach(bench: Bench, number: int, pick: str, typed: str) -> None:
    """A learner more, with their first answers."""
    with Workspace(find_places(bench.folder), Clock(Calendar(), NOW)) as workspace:
        learner = workspace.store.add_learner(f"l{number}")
        run = start_study(workspace, Selection(("one",)), learner=learner)
        while (asked := run.asked()) and asked.number <= 3:
            question = asked.question
            if question.shape is Shape.PICK_ONE:
                run.respond(Response((str(question.options.index(pick) + 1),)), 4000)
            else:
                run.respond(Response((typed if asked.card.note.id == "type" else "2023",)), 4000)


@pytest.fixture
def taught(bench: Bench) -> Bench:
    """Twenty learners have picked; nobody took Daegu. Three have nearly typed the answer."""
    (bench.folder / "decks/one.yaml").write_text(DECK)
    for number in range(20):
        pick = "Seoul" if number % 4 else ("Busan", "1953")[number % 8 // 4]
        teach(bench, number, pick, "Camp Davit" if number < 3 else "Camp David")
    return bench


def test_text_and_answers_are_looked_at(taught: Bench) -> None:
    said = taught.run("deck", "quality", "one", "--json")
    assert said.code == 0, said.err
    (found,) = said.json
    assert {(one["note"], one["code"]) for one in found["findings"]} == {
        ("one/pick", "implausible-distractor"),
        ("one/pick", "double-negative"),
        ("one/type", "two-questions"),
        ("one/type", "given-away"),
    }
    (suspect,) = [one for one in found["suspects"] if one["card"] == "one/pick/main"]
    assert (suspect["n"], suspect["facility"], suspect["seconds"]) == (20, 0.75, 4.0)
    assert suspect["unpicked"] == ["Daegu"]
    assert [(one["typed"], one["times"]) for one in found["almost"]] == [("Camp Davit", 3)]
    text = taught.run("deck", "quality", "one").out
    assert "nobody picks “Daegu”" in " ".join(text.split())
    assert "Flesch reading ease" in text


def test_a_form_that_is_often_almost_right_is_added_with_a_key(taught: Bench) -> None:
    with Terminal(taught, "deck", "quality", "one", rows=60) as terminal:
        terminal.wait_for("Count “Camp Davit” as right")
        terminal.send("y")
        terminal.wait_for("Written into the note.")
        assert terminal.ended() == 0
    path = taught.folder / "decks/one.yaml"
    assert path.read_text() == DECK.replace("answer: Camp David\n", "answer: Camp David\n    also: [Camp Davit]\n")
    assert taught.run("deck", "check", "decks/one.yaml").code == 0
    assert taught.run("deck", "quality", "one", "--json").json[0]["almost"] == [], (
        "it is right now: no need to ask again"
    )


def test_options_written_anew_are_not_called_unpicked(taught: Bench) -> None:
    """What the log says was picked has other words now: nothing is known of the new ones."""
    path = taught.folder / "decks/one.yaml"
    path.write_text(DECK.replace("Seoul", "Soul").replace("Busan", "Pusan").replace("Daegu", "Taegu"))
    (found,) = taught.run("deck", "quality", "one", "--json").json
    assert [one["unpicked"] for one in found["suspects"] if one["card"] == "one/pick/main"] in ([], [[]])


def test_a_deck_that_nobody_has_learnt_is_read_all_the_same(bench: Bench) -> None:
    (bench.folder / "decks/one.yaml").write_text(DECK)
    assert "nobody has answered yet" in bench.run("deck", "quality", "one").out
    assert bench.run("deck", "quality", "nothing").code == 1


def test_a_class_that_guesses_is_told_so_whatever_there_is_to_pick(bench: Bench) -> None:
    """Guessing yields half of what two options are worth, a fifth where two of four are to be picked."""
    guessed = [f"tea/{note}/main" for note in ("decaf", "green-heat", "oxidised")]
    players = [f"guest-{number}" for number in range(60)]
    dice = random.Random(5)
    turns = {card: dice.sample(range(60), 60) for card in (*guessed, "tea/plant/main")}

    def answering(player: str, card: str, turn: int, asked: Any) -> Sequence[str] | None:
        """Each option, or each set of some of them, as often as any other."""
        number = turns[card][players.index(player)]
        positions = range(1, len(asked.options) + 1)
        if asked.shape is Shape.TYPE:
            return ("Camellia sinensis" if number % 3 else "tea",)
        if asked.shape is Shape.PICK_MANY:
            chosen = number % (2 ** len(positions) - 1) + 1
            return [str(place) for place in positions if chosen >> (place - 1) & 1]
        return (str(number % len(positions) + 1),)

    with Workspace(find_places(bench.folder), Clock(Calendar(), NOW)) as workspace:
        workspace.refresh()
        hold(workspace, "drill", "", list(turns), players, answering)
    (found,) = bench.run("deck", "quality", "tea", "--json").json
    said = {one["card"]: one["said"] for one in found["suspects"]}
    words = "no more get it right than by guessing: is it taught, and is it clear?"
    assert sorted(card for card, sentences in said.items() if words in sentences) == guessed
