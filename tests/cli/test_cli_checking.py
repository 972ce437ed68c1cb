"""`quizkit deck check` for people, for other programs, and with a pencil in hand."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft4Validator

from quizkit.terminal.watching import changes
from tests.helpers.command import Bench
from tests.helpers.node import node_module
from tests.helpers.terminal import CTRL_C, DOWN, ENTER, Terminal

ROOT = Path(__file__).parents[2]
SLIP = (
    "deck: slip\ntitle: Slip\nnotes:\n  - id: a\n    kind: typed\n    ask: 100%, or: not?\n    anwser: Seoul  # its\n"
)


def slip(bench: Bench, text: str = SLIP) -> Path:
    path = bench.folder / "decks/slip.yaml"
    path.write_text(text.replace("100%, or: not?", "'100%, or: not?'"), encoding="utf-8")
    return path


def test_a_mend_is_shown_and_nothing_is_written_unasked(bench: Bench) -> None:
    path = slip(bench)
    before = path.read_bytes()
    said = bench.run("deck", "check", "decks/slip.yaml", "--fix")
    assert said.code == 1
    assert "-    anwser: Seoul  # its" in said.out
    assert "+    answer: Seoul  # its" in said.out
    assert "--fix --yes" in said.out
    assert path.read_bytes() == before


def test_a_mend_is_written_when_agreed_to(bench: Bench) -> None:
    path = slip(bench)
    said = bench.run("deck", "check", "decks/slip.yaml", "--fix", "--yes")
    assert said.code == 0
    assert "1 thing mended." in said.out
    assert "answer: Seoul  # its" in path.read_text()
    path = slip(bench)
    with Terminal(bench, "deck", "check", "decks/slip.yaml", "--fix") as terminal:
        terminal.wait_for("Mend this 1 thing?")
        terminal.send("y")
        terminal.wait_for("1 thing mended.")
        assert terminal.ended() == 0
    assert "answer: Seoul  # its" in path.read_text()


def test_github_is_told_in_its_own_words(bench: Bench) -> None:
    slip(bench)
    said = bench.run("deck", "check", "decks/slip.yaml", "--format", "github")
    lines = said.out.splitlines()
    assert lines[0].startswith("::error file=decks/slip.yaml,line=4,col=")
    assert any("title=unknown-key::There is no key `anwser`. Did you mean `answer`?" in line for line in lines)
    assert all(line.count("::") >= 2 for line in lines)


def test_sarif_has_rules_and_places(bench: Bench) -> None:
    slip(bench)
    report = json.loads(bench.run("deck", "check", "decks/slip.yaml", "--format", "sarif").out)
    (run,) = report["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "decks/slip.yaml"
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    assert report["version"] == "2.1.0"
    (fixed,) = [result for result in run["results"] if "fixes" in result]
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 11},
            "insertedContent": {"text": "answer"},
        }
    ]


def test_sarif_is_what_its_standard_says(bench: Bench) -> None:
    """The JSON Schema of SARIF 2.1.0 finds no fault, with mends and without."""
    path = node_module("@microsoft/jest-sarif") / "lib/schemas/sarif-2.1.0-rtm.5.json"
    standard = Draft4Validator(json.loads(path.read_text("utf-8")))
    slip(bench)
    for options in ((), ("--examples",)):
        report = json.loads(bench.run("deck", "check", *options, "--format", "sarif").out)
        assert report["runs"][0]["results"]
        assert [error.message for error in standard.iter_errors(report)] == []


def test_addresses_in_sarif_hold_no_spaces(bench: Bench) -> None:
    (bench.folder / "decks/two words.yaml").write_text(SLIP)
    report = json.loads(bench.run("deck", "check", "decks/two words.yaml", "--format", "sarif").out)
    (first, *_rest) = report["runs"][0]["results"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "decks/two%20words.yaml"


def test_what_was_mended_never_mingles_with_a_report(bench: Bench) -> None:
    slip(bench)
    said = bench.run("deck", "check", "decks/slip.yaml", "--fix", "--yes", "--json")
    assert said.json["errors"] == 0
    assert "+    answer: Seoul" in said.err


def test_several_files_are_checked_at_once(bench: Bench) -> None:
    """As pre-commit calls it: with the files that are to be committed."""
    slip(bench)
    names = sorted(str(path.relative_to(bench.folder)) for path in (bench.folder / "decks").glob("*.yaml"))
    said = bench.run("deck", "check", *names, "--json")
    assert said.code == 1
    assert {p["file"] for p in said.json["diagnostics"] if p["severity"] == "error"} == {"decks/slip.yaml"}
    assert said.json["notes"] > 1


def test_the_hook_for_pre_commit_runs(bench: Bench) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    path = slip(bench)
    for hook in hooks:
        assert re.match(hook["files"], "school/decks/a.yaml")
        command, *arguments = hook["entry"].split()
        assert command == "quizkit"
        argv = bench.argv(*arguments, "decks/slip.yaml")
        done = subprocess.run(argv, cwd=bench.folder, env=bench.env, capture_output=True, text=True, check=False)
        assert done.returncode == ("--fix" not in arguments), done.stderr
    assert "answer: Seoul" in path.read_text()


def test_watching_tells_anew_after_each_save(bench: Bench) -> None:
    path = slip(bench)
    with Terminal(bench, "deck", "check", "decks/slip.yaml", "--watch") as terminal:
        terminal.wait_for("no key `anwser`", "Ctrl-C ends")
        path.write_text(path.read_text().replace("anwser", "answer"))
        terminal.wait_for("0 errors")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


def test_a_look_is_taken_only_when_something_changed() -> None:
    looks = iter([{"a": (1, 1)}, {"a": (1, 1)}, {"a": (2, 2)}, {}, {}, {"a": (2, 2)}])
    seen = islice(changes([], look=lambda paths: next(looks), pause=lambda seconds: None), 4)
    assert list(seen) == [{"a": (1, 1)}, {"a": (2, 2)}, {}, {"a": (2, 2)}]


def test_watching_waits_for_a_file_that_is_gone(bench: Bench) -> None:
    """Some editors, and every `git switch`, take a file away for a while."""
    path = slip(bench)
    text = path.read_text()
    with Terminal(bench, "deck", "check", "decks/slip.yaml", "--watch") as terminal:
        terminal.wait_for("no key `anwser`", "Ctrl-C ends")
        path.unlink()
        terminal.wait_for("decks/slip.yaml is gone. Watching for it to come back; Ctrl-C ends.")
        path.write_text(text.replace("anwser", "answer"))
        terminal.wait_for("0 errors")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0


@pytest.fixture
def orphan(bench: Bench) -> Path:
    """A deck in which a typo in an id was mended: learners remember the note under the old one."""
    deck = (
        "deck: one\ntitle: One\nnotes:\n  - id: {id}\n    kind: typed\n    ask: Where was it held?\n    answer: Seoul\n"
    )
    path = bench.folder / "decks/one.yaml"
    path.write_text(deck.format(id="metting"))
    bench.run("study", "one", "--json", text='{"values": ["Seoul"]}\n')
    path.write_text(deck.format(id="meeting"))
    return path


def test_a_memory_that_should_go_is_forgotten(bench: Bench, orphan: Path) -> None:
    before = orphan.read_bytes()
    with Terminal(bench, "deck", "check") as terminal:
        terminal.wait_for("What shall become of the memory?")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("0 errors")
    assert orphan.read_bytes() == before
    assert bench.run("card", "show", "one/meeting", "--json").json["memory"] is None
    assert "memory-without-note" not in bench.run("deck", "check").out


def test_a_memory_without_a_note_finds_its_heir(bench: Bench, orphan: Path) -> None:
    with Terminal(bench, "deck", "check") as terminal:
        terminal.wait_for("What shall become of the memory?")
        terminal.send(ENTER)
        terminal.wait_for("0 errors")
    assert "was: [metting]" in orphan.read_text()
    assert bench.run("card", "show", "one/meeting", "--json").json["memory"]["reps"] == 1
