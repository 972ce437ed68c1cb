"""What happens to a session while its decks, its process or its terminal are pulled from under it."""

import os
import signal
import subprocess

import pytest

from tests.helpers.conversation import Conversation
from tests.helpers.terminal import CTRL_C, CTRL_D, ENTER, Terminal

GO_ON = "Enter goes on"


def _editor(bench, script):
    """An editor that changes the file it is given as a shell script says."""
    path = bench.folder / "editor.sh"
    path.write_text(f'#!/bin/sh\nfor file in "$@"; do :; done\n{script}\n')
    path.chmod(0o755)
    bench.env["EDITOR"] = str(path)


def test_a_deck_vanishes(bench):
    """The card in hand can still be answered; cards that are gone are not asked, and the session ends well."""
    with Conversation(bench, "study") as talk:
        assert talk.hear()["card"] == "cups/raku/main"
        talk.say(values=["Raku"])
        assert talk.hear()["card"] == "cups/celadon/main"
        talk.say(values=["Celadon"])
        assert talk.hear()["card"] == "tea/green-heat/main"
        (bench.folder / "decks" / "tea.yaml").unlink()
        assert bench.run("due", "--json").json["new"] == 0
        assert talk.say(values=["1"])["type"] == "verdict"
        asked = talk.hear()
        assert (asked["type"], asked["card"].split("/")[0]) == ("question", "cups")
        summary, code = talk.end()
        assert (summary["answers"], code) == (3, 0)
    assert bench.run("db", "check").code == 0
    assert bench.run("stats", "--json").json["answers"] == 3
    assert bench.run("card", "history", "tea/green-heat/main", "--json").json[0]["type"] == "review"


def test_a_deck_is_reworded(bench):
    """A note that is edited elsewhere keeps its memory; the next session asks the new wording."""
    deck = bench.folder / "decks" / "cups.yaml"
    with Conversation(bench, "study", "cups") as talk:
        talk.hear()
        deck.write_text(deck.read_text().replace("Which ware", "What kind of ware"))
        assert talk.say(values=["Raku"])["outcome"] == "right"
    bench.at("2026-03-02T10:00+09:00")
    with Conversation(bench, "study", "cups") as talk:
        asked = talk.hear()
        assert (asked["prompt"], asked["stage"]) == ("What kind of ware is shaped by hand?", "learning")


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        (
            'sed -i "s/by hand/without a wheel/" "$file"',
            ["shaped without a wheel", "The note was read again."],
        ),
        ('echo "notes: [" >> "$file"', ["cups.yaml:"]),
        ('rm "$file"', ["The note was read again."]),
    ],
)
def test_editing_in_a_session(bench, script, seen):
    """The note is edited where it is asked: reworded, broken or deleted, the session says so and goes on."""
    _editor(bench, script)
    with Terminal(bench, "study") as terminal:
        terminal.wait_for("shaped by hand", "›")
        terminal.send(":e" + ENTER)
        terminal.wait_for(*seen)
        terminal.wait_until(lambda screen: "›" in screen or "? keys" in screen, "the next prompt")
        terminal.send(CTRL_D)
        terminal.wait_for("Nothing was answered.")
        assert terminal.ended() == 0


def test_no_editor(bench):
    """An editor that can't be started is told, not thrown."""
    bench.env["EDITOR"] = "/no/such/editor"
    with Terminal(bench, "study", "cups") as terminal:
        terminal.wait_for("shaped by hand", "›")
        terminal.send(":e" + ENTER)
        terminal.wait_for("could not be started", "shaped by hand")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


@pytest.mark.parametrize("key", ["b", "x"])
def test_burying_what_was_just_answered(bench, key):
    """Bury and suspend work on a verdict, too: the card leaves the session, and the next one comes."""
    with Terminal(bench, "study", "cups") as terminal:
        terminal.wait_for("shaped by hand", "›")
        terminal.send("Raku" + ENTER)
        terminal.wait_for("Right", GO_ON)
        terminal.send(key)
        terminal.wait_for("jade green", "Buried until tomorrow." if key == "b" else "Suspended.", "›")
        terminal.send("Celadon" + ENTER)
        terminal.wait_for("Saved as good", GO_ON)
        terminal.send("4")
        terminal.wait_for("Saved as easy")
        terminal.send(ENTER)
        terminal.wait_for("2 answers")
        assert terminal.ended() == 0
    assert bench.run("db", "check").code == 0


def test_help_and_passage_in_a_terminal(bench):
    """What is looked up stands under the question, and Enter goes back to it."""
    with Terminal(bench, "study", "tea") as terminal:
        terminal.wait_for("1. lukewarm", "d don't know")
        terminal.send("?")
        terminal.wait_for("undo the last answer", "Enter goes back")
        terminal.send(ENTER)
        terminal.wait_until(lambda screen: "Enter goes back" not in screen and "d don't know" in screen, "the question")
        terminal.send("p")
        terminal.wait_for("Water for fine leaves is never hot.", "Enter goes back")
        terminal.send(ENTER)
        terminal.wait_until(lambda screen: "Enter goes back" not in screen and "d don't know" in screen, "the question")
        terminal.send("f")
        terminal.wait_for("Flagged.", "d don't know")
        terminal.send("q")
        assert terminal.ended() == 0


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
@pytest.mark.parametrize("answers", [1, 3])
def test_kill(bench, answers):
    """What was shown as saved is saved, whatever happens next: the process is killed between two lines."""
    process = subprocess.Popen(
        bench.argv("study", "tea", "--kind", "choice", "--kind", "typed", "--kind", "number", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=bench.folder,
        env=bench.env,
        encoding="utf-8",
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(answers):
            process.stdin.write("x\n" if number else "lukewarm\n")
            process.stdin.flush()
            while not process.stdout.readline().startswith("Saved as"):
                pass
        process.send_signal(signal.SIGKILL)
        process.stdin.close()
    assert process.returncode == -signal.SIGKILL
    assert bench.run("stats", "--json").json["answers"] == answers
    assert bench.run("db", "check").code == 0


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
def test_kill_on_an_almost(bench):
    """An 'almost' that waits for the learner's call is saved already, as hard."""
    with Conversation(bench, "study", "tea", "--kind", "typed") as talk:
        talk.hear()
        assert talk.say(values=["Camelia sinensis"])["saved"] is True
    history = bench.run("card", "history", "tea/plant", "--json").json
    assert [(line["type"], line["rating"]) for line in history] == [("review", 2)]
