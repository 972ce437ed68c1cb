"""To Anki and back: what was learnt here goes along, what was learnt there comes back, and nothing is doubled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from tests.helpers.command import Bench

DECK = """\
deck: words
title: Words
notes:
  - id: dog
    kind: basic
    front: 犬
    back: dog
    reverse: true
  - id: cat
    kind: typed
    ask: 猫
    answer: cat
    explain: It purrs.
"""


@pytest.fixture
def anki(tmp_path: Path) -> Any:
    (tmp_path / "anki").mkdir()
    collection = Collection(str(tmp_path / "anki/collection.anki2"))
    collection.set_config("fsrs", True)
    yield collection
    collection.close()


def states(bench: Bench) -> dict[str, dict[str, Any]]:
    found = {}
    for card in ("words/dog/main", "words/dog/reverse", "words/cat/main"):
        found[card] = bench.run("card", "show", card, "--json").json["memory"]
    return found


def reviews(bench: Bench, card: str) -> int:
    return sum(event["type"] == "review" for event in bench.run("card", "history", card, "--json").json)


def take(collection: Collection, path: Path) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


@pytest.mark.parametrize("suffix", [".apkg", ".colpkg"])
def test_a_round_trip_loses_and_doubles_nothing(bench: Bench, anki: Collection, tmp_path: Path, suffix: str) -> None:
    deck = bench.folder / "decks/words.yaml"
    deck.write_text(DECK, encoding="utf-8")
    lines = [{"values": []}, {"rating": 4}, {"values": ["cat"]}, {"rating": 4}]
    said = bench.run("study", "words", "--json", text="".join(json.dumps(line) + "\n" for line in lines))
    assert said.code == 0, said.err
    before, learnt = states(bench), reviews(bench, "words/cat/main")
    assert before["words/dog/main"]
    assert before["words/cat/main"]
    assert bench.run("export", "words", "--to", "anki", "-o", "out.apkg", "--with-history").code == 0

    take(anki, bench.folder / "out.apkg")
    assert anki.note_count() == 2
    back = tmp_path / f"back{suffix}"
    give(anki, back)
    again = bench.run("import", str(back), "--yes", "--json")
    assert again.code == 0, again.err
    assert [(one["added"], one["changed"]) for one in again.json["decks"]] == [([], [])]
    assert states(bench) == before, "nothing happened there, so nothing changes here"

    cat = anki.get_card(anki.find_cards("note:*typed*")[0])
    cat.start_timer()
    now = anki._backend.get_scheduling_states(cat.id)
    anki.sched.answer_card(anki.sched.build_answer(card=cat, states=now, rating=2))
    back.unlink()
    give(anki, back)
    for _twice in range(2):
        assert bench.run("import", str(back), "--yes").code == 0
        after = states(bench)
        assert reviews(bench, "words/cat/main") == learnt + 1
        assert after["words/dog/main"] == before["words/dog/main"]
        assert after["words/cat/main"]["reps"] >= learnt + 1
    assert deck.read_text("utf-8") == DECK
    assert bench.run("db", "check").code == 0


def give(collection: Collection, path: Path) -> None:
    if path.suffix == ".colpkg":
        collection.export_collection_package(str(path), include_media=True, legacy=False)
        collection.reopen()
        return
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False, with_media=True, legacy=False)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
