"""An author's week: a new deck, mistakes and mends, study, rewording and renaming. No memory is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.helpers.command import Bench


def memory(bench: Bench, card: str) -> dict[str, Any] | None:
    said = bench.run("card", "show", card, "--json")
    assert said.code == 0, said.err
    found: dict[str, Any] | None = said.json["memory"]
    return found


def study(bench: Bench, deck: str, *values: str) -> None:
    lines = "".join(json.dumps({"values": [value]}) + "\n" for value in values)
    said = bench.run("study", deck, "--json", text=lines)
    assert said.code == 0, said.err


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_a_deck_lives_through_its_authors_week(bench: Bench) -> None:
    bench.folder = bench.folder.parent / "week"
    bench.folder.mkdir()

    # Monday: a new deck, a slip of the keyboard, and its mend.
    assert bench.run("deck", "new", "book", "--language", "en", "--yes").code == 0
    path = bench.folder / "decks/book.yaml"
    edit(path, ("answer: Seoul", "anwser: 'Seoul '"), ("tags: [places]", "tags: [two words]"))
    assert bench.run("deck", "check").code == 1
    fixed = bench.run("deck", "check", "--fix", "--yes")
    assert fixed.code == 0, fixed.out
    assert "answer: 'Seoul'" in path.read_text()
    assert "tags: [two-words]" in path.read_text()
    assert "# A question whose answer is typed." in path.read_text(), "comments stay"
    added = bench.run("deck", "add", "book", "--kind", "typed", "--set", "ask=Who wrote it?", "--set", "answer=Mina")
    assert added.code == 0, added.err

    # Tuesday: it is studied.
    study(bench, "book", "Seoul", "2", "Korea Strait", "Japan", "Mina")
    before = {card: memory(bench, card) for card in ("book/capital", "book/largest", "book/wrote")}
    assert all(before.values())

    # Wednesday: everything is reworded, one note is renamed, and one moves to a deck of its own.
    edit(
        path,
        ("What is the capital of South Korea?", "Which city is South Korea's capital?"),
        ("  - id: largest\n", "  - id: largest-island\n    was: [largest]\n"),
    )
    text = path.read_text("utf-8")
    start = text.index("  - id: wrote\n")
    path.write_text(text[:start], encoding="utf-8")
    moved = "deck: people\ntitle: People\nnotes:\n" + text[start:].replace(
        "- id: wrote\n", "- id: author\n    was: [book/wrote]\n"
    )
    (bench.folder / "decks/people.yaml").write_text(moved, encoding="utf-8")
    assert bench.run("deck", "check").code == 0
    after = {card: memory(bench, card) for card in ("book/capital", "book/largest-island", "people/author")}
    assert list(after.values()) == list(before.values())

    # Thursday: the whole deck goes to a spreadsheet, is reworded there, and comes back.
    assert bench.run("export", "book", "--to", "csv", "-o", "book.csv").code == 0
    edit(bench.folder / "book.csv", ("Which city is South Korea's capital?", "Name South Korea's capital."))
    assert bench.run("import", "book.csv", "--yes").code == 0
    assert "ask: Name South Korea's capital." in path.read_text("utf-8").replace("'Name", "Name").replace("''", "'")
    assert memory(bench, "book/capital") == before["book/capital"]

    # Friday: a typo in an id is only found by its likeness, and adopted with the line that is offered.
    edit(path, ("- id: capital\n", "- id: captial\n"))
    told = bench.run("deck", "check", "--json").json["diagnostics"]
    (lost,) = [one for one in told if one["code"] == "memory-without-note"]
    assert "`was: capital`" in lost["fix"]
    edit(path, ("- id: captial\n", "- id: captial\n    was: [capital]\n"))
    assert memory(bench, "book/captial") == before["book/capital"]
    assert bench.run("db", "check").code == 0
