"""Every command once for real, as people and scripts run it."""

import json
import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from quizkit.cli.app import app


def _commands(command, name=""):
    """Every command of the tree, as 'group:name'."""
    inner = getattr(command, "list_commands", None)
    if inner is None:
        return [name]
    return [
        found
        for word in inner(None)
        for found in _commands(command.get_command(None, word), f"{name}:{word}".strip(":"))
    ]


ALL = _commands(get_command(app))


@pytest.fixture
def studied(bench):
    """A workspace in which one card was right, and one wrong."""
    bench.run("study", "cups", text="Raku\nblue\n")
    bench.at("2026-03-02T10:00+09:00")
    return bench


def _ok(said):
    assert said.err == ""
    assert said.code == 0
    assert "\x1b" not in said.out
    return said


@pytest.mark.parametrize("command", ALL)
def test_help(command):
    """Every command explains itself."""
    said = CliRunner().invoke(app, [*command.split(":"), "--help"])
    assert said.exit_code == 0
    assert re.search(rf"Usage: \S+ {command.replace(':', ' ')}", said.stdout)


def test_help_in_a_pipe(bench):
    """The first page of help names every command, in plain text when it is piped."""
    said = _ok(bench.run("--help"))
    assert {name.partition(":")[0] for name in ALL} <= set(said.out.split())


def test_version(bench):
    """The version, and nothing else."""
    assert re.fullmatch(r"quizkit \d+\.\d+\.\d+\n", _ok(bench.run("--version")).out)


def test_due(studied):
    """What waits, for people by title, for scripts by id."""
    assert "2 cards due now" in _ok(studied.run("due")).out
    found = _ok(studied.run("due", "--json")).json
    assert (found["now"], found["today"], found["new"]) == (2, 2, 19)
    assert found["days"][0] == {"date": "2026-03-02", "due": 2}
    assert {deck["deck"]: deck["now"] for deck in found["decks"]} == {"cups": 2, "tea": 0}
    assert [deck["deck"] for deck in _ok(studied.run("due", "tea", "--json")).json["decks"]] == ["tea"]
    assert "お茶" in _ok(studied.run("due", "--lang", "ja")).out


def test_stats(studied):
    """How it goes."""
    assert "2 (2 today)" in _ok(studied.run("stats")).out
    found = _ok(studied.run("stats", "--json")).json
    assert (found["answers"], found["answers_today"], found["streak"], found["retention"]) == (2, 2, 1, None)
    assert found["ratings"] == {"1": 1, "2": 0, "3": 1, "4": 0}
    assert found["cards"] == {"new": 19, "learning": 2, "young": 0, "mature": 0, "suspended": 0}
    assert found["hardest"] == [], "two answers tell nothing yet"
    for hour in range(11, 14):
        studied.at(f"2026-03-02T{hour}:00+09:00")
        studied.run("quiz", "cups", text="x\nx\n")
    assert "Hardest cards" in studied.run("stats").out
    assert studied.run("stats", "--json").json["hardest"][0]["card"] == "cups/celadon/main"


def test_deck_list(bench):
    """The decks there are."""
    assert "cups" in _ok(bench.run("deck", "list")).out
    found = _ok(bench.run("deck", "list", "--json", "--lang", "ja")).json
    assert {deck["deck"]: (deck["title"], deck["notes"], deck["cards"]) for deck in found["decks"]} == {
        "cups": ("Cups", 2, 2),
        "tea": ("お茶", 14, 19),
    }
    assert found["unreadable"] == []


def test_deck_show(bench):
    """The notes of a deck."""
    assert "gyokuro" in _ok(bench.run("deck", "show", "tea")).out
    found = _ok(bench.run("deck", "show", "tea", "--json")).json
    assert [note["id"] for note in found["notes"]][:2] == ["green-heat", "oxidised"]
    assert found["notes"][0]["cards"] == ["tea/green-heat/main"]


def test_deck_check(bench):
    """What is wrong: warnings leave the exit code alone, errors make it 1."""
    assert "2 decks" in _ok(bench.run("deck", "check")).out
    assert _ok(bench.run("deck", "check", "--json", "--examples")).json["errors"] == 0
    (bench.folder / "decks" / "bad.yaml").write_text("deck: bad\ntitle: Bad\nnotes:\n- id: a\n  kind: tpyed\n")
    said = bench.run("deck", "check", "decks/bad.yaml")
    assert said.code == 1
    assert "typed" in said.out
    said = bench.run("deck", "check", "--json")
    assert said.code == 1
    assert said.json["diagnostics"][0]["file"].endswith("bad.yaml")


def test_deck_ids(bench):
    """Ids are written where they lack, once."""
    file = bench.folder / "decks" / "new.yaml"
    file.write_text("deck: new\ntitle: New\nnotes:\n- kind: typed\n  ask: Which leaf?\n  answer: mint\n")
    assert "1 id written." in _ok(bench.run("deck", "ids", "decks/new.yaml")).out
    assert "- id: leaf\n  kind: typed" in file.read_text()
    assert "0 ids written." in _ok(bench.run("deck", "ids")).out


def test_card_find_show_history(studied):
    """A card is found by a piece of its text, laid open, and its past told."""
    assert "tea/plant/main" in _ok(studied.run("card", "find", "学名")).out
    assert _ok(studied.run("card", "find", "--json", "celadon")).json == [
        {"card": "cups/celadon/main", "prompt": "Which glaze is jade green?"}
    ]
    assert _ok(studied.run("card", "find", "no such words")).out == "Nothing found.\n"
    assert "→ Raku" in _ok(studied.run("card", "show", "cups/raku")).out
    shown = _ok(studied.run("card", "show", "cups/raku", "--json")).json
    assert (shown["answer"], shown["memory"]["phase"]) == (["Raku"], "learning")
    assert "never reviewed" in _ok(studied.run("card", "show", "tea/plant")).out
    assert "review" in _ok(studied.run("card", "history", "cups/raku")).out
    history = _ok(studied.run("card", "history", "cups/raku", "--json")).json
    assert [(line["type"], line["rating"], json.loads(line["response"])) for line in history] == [
        ("review", 3, ["Raku"])
    ]


def test_card_states(studied):
    """Suspend, resume, bury and reset, one card or several; all or none."""

    def shown(card):
        return studied.run("card", "show", card, "--json").json

    _ok(studied.run("card", "suspend", "cups/raku", "tea/plant"))
    assert (shown("cups/raku")["suspended"], shown("tea/plant")["suspended"]) == (True, True)
    assert studied.run("due", "--json").json["now"] == 1
    studied.at("2026-03-02T10:01+09:00")
    _ok(studied.run("card", "resume", "cups/raku"))
    assert shown("cups/raku")["suspended"] is False
    _ok(studied.run("card", "bury", "cups/celadon"))
    assert shown("cups/celadon")["buried_until"] == "2026-03-03"
    assert studied.run("due", "--json").json["now"] == 1
    studied.at("2026-03-02T10:02+09:00")
    _ok(studied.run("card", "reset", "cups/raku"))
    assert shown("cups/raku")["memory"] is None
    assert [line["type"] for line in studied.run("card", "history", "cups/raku", "--json").json][-1] == "reset"
    assert studied.run("card", "suspend", "cups/raku", "cups/nothing").code == 1
    assert shown("cups/raku")["suspended"] is False
    assert studied.run("db", "check").code == 0


def test_learners(studied):
    """Each learner has a memory of their own, and the one in use can be changed and changed back."""
    assert _ok(studied.run("learner", "list")).out == "* me\n"
    assert "mina" in _ok(studied.run("learner", "add", "Mina")).out
    assert _ok(studied.run("learner", "list", "--json")).json == [
        {"id": "me", "name": "me", "in_use": True},
        {"id": "mina", "name": "Mina", "in_use": False},
    ]
    assert studied.run("stats", "--json", "--learner", "Mina").json["answers"] == 0
    _ok(studied.run("learner", "use", "Mina"))
    assert studied.run("stats", "--json").json["answers"] == 0
    _ok(studied.run("study", "cups", "--limit", "1", text="Raku\n"))
    assert studied.run("stats", "--json").json["answers"] > 0
    studied.at("2026-03-02T10:01+09:00")
    _ok(studied.run("learner", "rename", "Mina", "ミナ"))
    assert "* ミナ (mina)" in _ok(studied.run("learner", "list")).out
    _ok(studied.run("learner", "use", "me"))
    assert studied.run("stats", "--json").json["answers"] == 2


def test_the_first_learner_is_listed_beside_the_second(bench):
    """Whoever is in use is on the list, also before they have answered anything."""
    bench.run("learner", "add", "Mina")
    assert bench.run("learner", "list").out == "* me\n  Mina (mina)\n"
    assert bench.run("learner", "use", "me").code == 0


def test_db_check_and_rebuild(studied):
    """The memories are what the log says, before and after they are made anew."""
    assert "sound" in _ok(studied.run("db", "check")).out
    before = studied.run("card", "show", "cups/raku", "--json").json
    _ok(studied.run("db", "rebuild"))
    assert _ok(studied.run("db", "check", "--json")).json["ok"] is True
    assert studied.run("card", "show", "cups/raku", "--json").json == before


def test_db_backup_and_restore(studied):
    """A copy brings back what was; what was there before is kept."""
    made = _ok(studied.run("db", "backup")).out.removeprefix("Copied to ").strip()
    _ok(studied.run("db", "backup", "copy.db"))
    studied.run("study", "tea", "--kind", "choice", text="lukewarm\n")
    assert studied.run("stats", "--json").json["answers"] == 3
    assert "is kept in" in _ok(studied.run("db", "restore", made)).out
    assert studied.run("stats", "--json").json["answers"] == 2


def test_db_merge(studied):
    """Two machines' answers come together; a second time nothing is added."""
    _ok(studied.run("--db", "other.db", "study", "tea", "--kind", "choice", text="lukewarm\n"))
    assert _ok(studied.run("db", "merge", "other.db", "--json")).json["added"] == 1
    assert "0 events taken over" in _ok(studied.run("db", "merge", "other.db")).out
    assert studied.run("stats", "--json").json["answers"] == 3
    assert studied.run("db", "check").code == 0


def test_db_export(studied):
    """The log, an event a line, on the screen or in a file."""
    events = _ok(studied.run("db", "export")).objects
    assert [(event["type"], event["card"]) for event in events] == [
        ("review", "cups/raku/main"),
        ("review", "cups/celadon/main"),
    ]
    assert "2 events written to log.jsonl" in _ok(studied.run("db", "export", "log.jsonl")).out
    assert len((studied.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()) == 2
