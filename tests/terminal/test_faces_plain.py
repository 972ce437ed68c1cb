"""A session line by line: what a pipe, or a screen reader, gets."""

import re

import pytest

from tests.helpers.command import Bench
from tests.helpers.decks import tea
from tests.helpers.terminal import ENTER, Terminal


def _number(screen, option):
    return re.search(rf"^(\d+)\. {re.escape(option)}$", screen, re.MULTILINE)[1]


def _answers(bench: Bench) -> int:
    return bench.run("stats", "--json").json["answers"]


def _asked(out: str) -> int:
    return len(re.findall(r"^\[\d+/\d+\]", out, re.MULTILINE))


def test_no_input(bench):
    """Somebody who only looks sees what is due and the first question, and nothing has happened."""
    said = bench.run("study", "tea")
    assert said.code == 0
    assert said.err == ""
    assert said.out.splitlines()[:3] == [
        "10 new · 0 learning · 0 review · about 2 min",
        "[1/10] Tea · new",
        "How hot should the water for gyokuro be?",
    ]
    assert "10 cards are left for today." in said.out
    assert _answers(bench) == 0


def test_nothing_due(bench):
    """With nothing to ask a session ends at once, and says when to come back."""
    bench.run("study", "cups", "--new", "1", text="Raku\n" * 2)
    said = bench.run("study", "cups", "--new", "1")
    assert said.code == 0
    assert _asked(said.out) == 0
    assert "Come back" in said.out


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("kind", "note", "right"),
    [
        ("choice", "green-heat", lambda note: [note["options"][0]["text"]]),
        ("multi", "oxidised", lambda note: [option["text"] for option in note["options"][:2]]),
        ("order", "steps", lambda note: [item["text"] for item in note["items"]]),
        ("match", "homes", lambda note: [pair["right"] for pair in note["pairs"]]),
    ],
)
def test_numbers(bench, lang, kind, note, right):
    """Whatever is picked, ordered or paired is answered with numbers in one line, half-width or full-width."""
    look = bench.run("study", "--kind", kind, "--lang", lang)
    numbers = " ".join(_number(look.out, text) for text in right(tea(lang)[note]))
    wide = numbers.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"} | {ord(" "): "　"})
    said = bench.run("study", "--kind", kind, "--lang", lang, text=f"{wide if lang == 'ja' else numbers}\n")
    assert "✓" in said.out
    assert "✗" not in said.out.split("✓")[0]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("choice", "Lukewarm"),
        ("truefalse", "2"),
        ("list", "bowl; whisk; kettle"),
        ("typed", "camellia  SINENSIS"),
        ("number", "４"),
        ("date", "1191"),
        ("cloze", "two"),
        ("basic", "\n3"),
        ("argument", "\n1, 2\n3"),
        ("open", "\n2\n4"),
    ],
)
def test_one_line_each(bench, kind, line):
    """Every other kind of card: one line to answer, and one more to rate or tick where the learner judges."""
    said = bench.run("study", "tea", "--kind", kind, text=f"{line}\n")
    assert "Saved as" in said.out
    assert "✓ 1 right" in said.out


@pytest.mark.parametrize(
    ("kind", "line", "why"),
    [
        ("choice", "9", "'9' is none of the options."),
        ("choice", "hot", "'hot' is none of the options."),
        ("choice", "1 2", "One option is wanted, not 2."),
        ("multi", "1 1", "An option is named twice."),
        ("order", "1 2 3", "All 4 are to be put in order."),
        ("order", "1 2 3 x", "is none of the options."),
        ("match", "1 2 x", "is none of the options."),
        ("match", ",", "is none of the options."),
        ("match", "1 2 3 4", "There are 3 lines to pair."),
        ("truefalse", "maybe", "is none of the options."),
    ],
)
def test_a_line_that_makes_no_sense(bench, kind, line, why):
    """A slip of the fingers is explained and the question asked again: nothing is saved as a wrong answer."""
    said = bench.run("study", "--kind", kind, text=f"{line}\n")
    assert said.code == 0
    assert why in said.out
    assert _asked(said.out) == 2
    assert "Nothing was answered." in said.out


def test_follow_ups_that_make_no_sense(bench):
    """A rating, a tick or a call is asked for again until it is one."""
    said = bench.run("study", "--kind", "basic", text="\n7\ngood\n1 2\n2\n")
    assert said.out.count("Rate yourself") == 4
    assert "Saved as hard" in said.out
    said = bench.run("study", "--kind", "open", text="\n1 3\nall\n1 2\n\n")
    assert said.out.count("Which of these did you have?") == 3
    assert said.out.count("Answer with numbers from 1 to 2.") == 2
    assert "Saved as" in said.out
    said = bench.run("study", "tea", "--kind", "typed", text="Camelia sinensis\nperhaps\n\nno\n")
    assert said.out.count("Does it count?") == 3
    assert "Saved as again" in said.out


def test_commands(bench):
    """Everything a learner can do besides answering, each on its own line, and its trace in the log."""
    wishes = [":?", ":p", ":f", ":f", ":f", ":e", ":s", ":b", ":x", "1 2 3", ":u", "：ｑ"]
    said = bench.run("study", "tea", text="\n".join(wishes) + "\n")
    assert said.code == 0
    for told in (
        ":u  undo the last answer",
        "K1  Water for fine leaves is never hot.",
        "Flagged.",
        "The flag is off.",
        "decks/tea.yaml:",
        "Buried until tomorrow.",
        "Suspended. `quizkit card resume tea/steps/main` brings it back.",
        "The last answer is undone.",
    ):
        assert told in said.out
    assert bench.run("card", "show", "tea/green-heat", "--json").json["flagged"] is True
    assert bench.run("card", "show", "tea/oxidised", "--json").json["buried_until"] == "2026-03-03"
    assert bench.run("card", "show", "tea/steps", "--json").json["suspended"] is True
    assert _answers(bench) == 0


def test_commands_where_a_rating_is_awaited(bench):
    """':q' is no rating: the card is left unsaved, or as it was saved; ':u' takes an 'almost' back."""
    said = bench.run("study", "--kind", "basic", text="\n:q\n")
    assert "Nothing was answered." in said.out
    said = bench.run("study", "--kind", "basic", text="\n:p\n:b\n")
    assert "This note cites no passage." in said.out
    assert "Buried until tomorrow." in said.out
    assert _answers(bench) == 0
    said = bench.run("study", "tea", "--kind", "typed", text="Camelia sinensis\n:u\nCamellia sinensis\n:q\n")
    assert "The last answer is undone." in said.out
    assert "1 right" in said.out
    assert _answers(bench) == 1


def test_undo_with_nothing_to_undo(bench):
    """Undo goes back to the session's beginning, and says so."""
    assert "There is nothing to undo." in bench.run("study", "tea", text=":u\n:undo\n").out


def test_dont_know(bench):
    """An empty line says that one doesn't know: it is a wrong answer, and the right one is shown."""
    said = bench.run("study", "tea", "--kind", "typed", text="\n")
    assert "→ Camellia sinensis" in said.out
    assert "Saved as again" in said.out


def test_a_quiz_tells_no_schedule(bench):
    """A test counts questions, and has a score instead of a time to come back."""
    said = bench.run("quiz", "cups", "--order", "deck", text="Raku\ngreen\n")
    assert "[1/2] Cups\n" in said.out
    assert "Saved. The schedule stays as it was." in said.out
    assert "Score: 1 of 2 (50%)" in said.out


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_pipe_gets_no_codes(bench, env):
    """Nothing but text goes into a pipe, whatever the environment says."""
    said = bench.run("study", "tea", text="1\n:?\n", **env)
    assert "\x1b" not in said.out
    assert "\r" not in said.out


def test_plain_in_a_terminal(bench):
    """--plain asks line by line in a terminal too: for screen readers, with nothing drawn twice."""
    with Terminal(bench, "study", "cups", "--plain", columns=40) as terminal:
        terminal.wait_for("Answer (empty: I don't know)")
        terminal.send("Raku\n:q\n")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.raw


def test_no_color(bench):
    """NO_COLOR keeps the drawn session free of colours, and it still works."""
    with Terminal(bench, "study", "tea", NO_COLOR="1") as terminal:
        terminal.wait_for("1. lukewarm", "d don't know")
        terminal.send("d")
        terminal.wait_for("✗ Wrong", "Enter goes on")
        terminal.send("q")
        assert terminal.ended() == 0
        coloured = re.findall(rb"\x1b\[[0-9;]*m", terminal.raw)
        assert {code for code in coloured if code not in (b"\x1b[m", b"\x1b[0m")} == set()


def test_colour_by_default(bench):
    """In a terminal that knows colours the verdict has one."""
    with Terminal(bench, "study", "tea") as terminal:
        terminal.wait_for("1. lukewarm", "d don't know")
        terminal.send("d" + ENTER)
        terminal.wait_for("✗ Wrong")
        assert b"\x1b[31;1m" in terminal.raw
