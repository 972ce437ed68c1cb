"""What changed between two states of decks, and what becomes of the memories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.helpers.command import Bench

OLD = """\
deck: one
title: One
notes:
  - id: meeting
    kind: typed
    ask: Where did they meet?
    answer: Seoul
  - id: date
    kind: date
    ask: When did they meet?
    answer: 2023
  - id: gone
    kind: typed
    ask: Who was the host?
    answer: Biden
  - id: both
    kind: basic
    front: QUAD
    back: Four countries
    reverse: true
"""
NEW = (
    OLD.replace("id: meeting", "id: venue\n    was: [meeting]")
    .replace("answer: 2023", "answer: 2024")
    .replace("id: gone", "id: host")
    .replace("    reverse: true\n", "")
)


@pytest.fixture
def learnt(bench: Bench) -> Bench:
    (bench.folder / "decks/one.yaml").write_text(OLD)
    answers = '{"values": ["Seoul"]}\n{"values": ["2023"]}\n{"values": ["Biden"]}\n'
    assert bench.run("study", "one", "--json", text=answers).code == 0
    return bench


def found(said: object) -> dict[str, dict[str, object]]:
    return {change["note"]: change for change in said}  # type: ignore[attr-defined]


def test_each_change_says_what_becomes_of_memories(learnt: Bench) -> None:
    old = learnt.folder / "old.yaml"
    old.write_text(OLD)
    (learnt.folder / "decks/one.yaml").write_text(NEW)
    changes = found(learnt.run("deck", "diff", "old.yaml", "decks/one.yaml", "--json").json)
    assert changes["one/venue"]["what"] == "renamed"
    assert changes["one/venue"]["memories_kept"] == 1
    assert (changes["one/date"]["what"], changes["one/date"]["keys"]) == ("reworded", ["answer"])
    assert changes["one/host"]["what"] == "added"
    assert (changes["one/host"]["guess"], changes["one/host"]["line"]) == ("one/gone", "was: gone")
    assert (changes["one/gone"]["what"], changes["one/gone"]["memories_asleep"]) == ("removed", 1)
    assert changes["one/both"]["lost"] == ["reverse"]
    text = learnt.run("deck", "diff", "old.yaml", "decks/one.yaml").out
    assert "→ one/meeting → one/venue: renamed" in text
    assert "Add `was: gone`" in text
    assert "1 added · 1 removed · 2 reworded · 1 renamed" in text


def test_a_file_alone_is_compared_with_the_deck_it_holds(learnt: Bench) -> None:
    """The other decks of the workspace are none of its business."""
    (learnt.folder / "old.yaml").write_text(OLD)
    assert learnt.run("deck", "diff", "old.yaml").out.strip() == "Nothing changed."
    (learnt.folder / "decks/one.yaml").write_text(NEW)
    said = learnt.run("deck", "diff", "old.yaml", "--json").json
    assert set(found(said)) == {"one/venue", "one/date", "one/host", "one/gone", "one/both"}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_revisions_of_git_are_compared(learnt: Bench) -> None:
    git(learnt.folder, "init", "-q")
    git(learnt.folder, "add", "decks")
    git(learnt.folder, "commit", "-qm", "before")
    assert learnt.run("deck", "diff", "HEAD").out.strip() == "Nothing changed."
    (learnt.folder / "decks/one.yaml").write_text(NEW)
    whole = found(learnt.run("deck", "diff", "HEAD", "--json").json)
    single = found(learnt.run("deck", "diff", "HEAD:decks/one.yaml", "decks/one.yaml", "--json").json)
    assert set(whole) == set(single) == {"one/venue", "one/date", "one/host", "one/gone", "one/both"}
    git(learnt.folder, "commit", "-qam", "after")
    assert set(found(learnt.run("deck", "diff", "HEAD~1", "HEAD", "--json").json)) == set(whole)


@pytest.mark.parametrize("name", ["nowhere.yaml", "no-such-branch", "HEAD~99:decks"])
def test_what_isnt_there_is_said(bench: Bench, name: str) -> None:
    git(bench.folder, "init", "-q")
    said = bench.run("deck", "diff", name)
    assert said.code == 1
    assert "no revision that git knows" in said.err


@pytest.mark.parametrize("path", ["decks/nope.yaml", "nowhere", "README.md"])
def test_a_path_that_a_revision_has_not_is_said(learnt: Bench, path: str) -> None:
    """A slip in it isn't the same as nothing changed, on either side."""
    (learnt.folder / "README.md").write_text("Mine")
    git(learnt.folder, "init", "-q")
    git(learnt.folder, "add", ".")
    git(learnt.folder, "commit", "-qm", "before")
    for arguments in ((f"HEAD:{path}",), ("decks/one.yaml", f"HEAD:{path}")):
        said = learnt.run("deck", "diff", *arguments)
        assert (said.code, said.out) == (1, "")
        assert f"There is no deck {path} in HEAD." in said.err
