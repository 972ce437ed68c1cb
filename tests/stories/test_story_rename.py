"""A note gets another id: its memory comes along, once the author says so, and not before."""

import json

from quizkit.clock import Calendar, Clock
from quizkit.model import Response, Scheduled
from quizkit.workspace import Selection, Workspace, find_places, start_study

NOW = 1_767_571_200_000
DECK = """\
deck: towns
title: Towns
notes:
  - id: {id}
{was}    kind: typed
    ask: {ask}
    answer: Tokyo
"""


def _write(tmp_path, note_id, ask="What is the capital of Japan?", was=""):
    folder = tmp_path / "decks"
    folder.mkdir(exist_ok=True)
    (folder / "towns.yaml").write_text(DECK.format(id=note_id, ask=ask, was=was), encoding="utf-8")
    return Workspace(find_places(tmp_path), Clock(Calendar(), NOW))


def _learn(workspace):
    run = start_study(workspace, Selection())
    assert run.asked() is not None
    run.respond(Response(("Tokyo",)), 1000)


def test_a_reworded_note_keeps_its_memory(tmp_path):
    """The id carries the memory, not the words."""
    with _write(tmp_path, "capital") as workspace:
        _learn(workspace)
    with _write(tmp_path, "capital", ask="Which town is the capital of Japan?") as workspace:
        workspace.refresh()
        assert isinstance(workspace.store.state("me", "towns/capital/main").memory, Scheduled)


def test_a_renamed_note_is_proposed_and_then_followed(tmp_path):
    """Without `was` the check proposes it; with `was` the memory hangs on the new id, and the log still says so."""
    with _write(tmp_path, "capitol") as workspace:
        _learn(workspace)
    with _write(tmp_path, "capital") as workspace:
        from quizkit.decks.check import check_paths

        report = check_paths([tmp_path / "decks"], remembered=workspace.remembered_notes())
        (problem,) = report.diagnostics
        assert problem.rule.code == "memory-without-note"
        assert problem.fix == "The same note? Add `was: capitol`."
        assert not isinstance(workspace.store.state("me", "towns/capital/main").memory, Scheduled)
    with _write(tmp_path, "capital", was="    was: capitol\n") as workspace:
        workspace.refresh()
        workspace.refresh()
        assert isinstance(workspace.store.state("me", "towns/capital/main").memory, Scheduled)
        renames = [event for event in workspace.store.events() if event.type == "rename"]
        assert [(event.target, event.card) for event in renames] == [("towns/capitol/main", "towns/capital/main")]
        assert json.loads(next(iter(workspace.store.events("me"))).response) == ["Tokyo"]


def test_the_statistics_follow_a_renamed_note(bench):
    """What was answered under both ids are answers to one card, also where only its deck is asked for."""
    cups = bench.folder / "decks/cups.yaml"
    assert bench.run("study", "cups", text="x\nx\n").code == 0
    text = cups.read_text(encoding="utf-8")
    cups.write_text(text.replace("- id: celadon\n", "- id: green-ware\n    was: celadon\n"), encoding="utf-8")
    for hour in (12, 13):
        bench.at(f"2026-03-02T{hour}:00+09:00")
        assert bench.run("quiz", "cups", text="x\nx\n").code == 0
    for chosen in ((), ("cups",)):
        found = bench.run("stats", *chosen, "--json").json
        assert found["answers"] == 6
        assert {card["card"]: card["answers"] for card in found["hardest"]} == {
            "cups/green-ware/main": 3,
            "cups/raku/main": 3,
        }
