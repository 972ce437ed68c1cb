"""Decks as a whole, through the command line, over the decks that ship."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def quizkit(tmp_path):
    """Runs a command over the shipped decks with a progress file of its own; returns what it printed."""

    def run(*arguments):
        environment = {**os.environ, "QUIZKIT_DB": str(tmp_path / "progress.db"), "QUIZKIT_LANG": "en"}
        command = [sys.executable, "-m", "quizkit", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_every_passage_of_the_essay_is_asked(quizkit):
    """The decks leave no paragraph of the essay out, and every note says which it is from."""
    found = json.loads(quizkit("deck", "coverage", "--json"))
    assert [row["passage"] for row in found["passages"]] == [f"P{n}" for n in range(41)]
    asked = [row["passage"] for row in found["passages"] if row["notes"]]
    assert set(asked) >= {f"P{n}" for n in range(1, 40)}
    assert found["uncited"] == []
    assert "P20" in quizkit("deck", "coverage")


def test_the_argument_map_is_drawn(quizkit, tmp_path):
    """Claims, grounds and rebuttals, in the terminal and as an SVG that parses."""
    views = json.loads(quizkit("deck", "map", "--json"))
    assert len(views) >= 20
    assert all(view["grounds"] for view in views)
    assert views[0]["claim"][:30] in " ".join(quizkit("deck", "map").split())
    assert quizkit("deck", "map", "--svg", str(tmp_path / "map.svg")).startswith("Drawn into ")
    (tmp_path / "map.svg").unlink()
    assert json.loads(quizkit("deck", "map", "--svg", str(tmp_path / "map.svg"), "--json")) == views
    assert ElementTree.parse(tmp_path / "map.svg").getroot().tag.endswith("svg")


def test_a_deck_reads_as_a_study_guide(quizkit):
    """Each card with its answer, each explanation once."""
    entries = json.loads(quizkit("deck", "show", "timeline", "--outline", "--json"))
    assert all(entry["prompt"] and entry["answer"] for entry in entries)
    guide = quizkit("deck", "show", "timeline", "--outline")
    assert " 1. " in guide
    assert "Ijuin Atsushi" in guide
    assert "2024-05-07" in guide.rstrip().splitlines()[-1]


@pytest.mark.parametrize("by", ["passage", "argument", "tag", "kind"])
def test_mastery_by_group(quizkit, by):
    """Before the first answer nothing is known, whatever the cards are grouped by."""
    groups = json.loads(quizkit("stats", "--by", by, "--json"))
    assert groups
    assert {group["share"] for group in groups} == {0.0}
    assert "0%" in quizkit("stats", "--by", by)
