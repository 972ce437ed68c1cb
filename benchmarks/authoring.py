"""What authors wait for: checking, moving in and moving out."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.material import CARDS_EACH_ROUND, KINDS, write_decks
from benchmarks.measure import Sample, in_turn, ratio
from quizkit.clock import Calendar, Clock
from quizkit.decks.library import load_all
from quizkit.decks.lint import lint
from quizkit.formats import FORMATS
from quizkit.formats.item import Item, ReadOptions, WriteOptions
from quizkit.workspace import Selection, Workspace, find_places
from quizkit.workspace.carrying import carry_out
from quizkit.workspace.exporting import export
from quizkit.workspace.importing import plan_imports

RUNS = 3


def checking(folder: Path, notes: int = 10_000) -> list[tuple[str, ...]]:
    """Reading decks in full, and reading them with every rule of the lint."""
    write_decks(folder / "check", notes * CARDS_EACH_ROUND // len(KINDS))
    decks = folder / "check" / "decks"
    assert abs(sum(len(loaded.deck.notes) for loaded in load_all(decks).decks if loaded.deck) - notes) < notes / 100

    def rate(work: Callable[[], object]) -> float:
        best = min(_seconds(work) for _ in range(RUNS))
        return notes / best

    read = rate(lambda: load_all(decks))
    checked = rate(lambda: lint(load_all(decks)))
    how = f"{notes:,} notes in one process, best of {RUNS}"
    return [
        ("reading decks", f"{read:,.0f} notes/s", "20,000", how),
        ("reading with all lint rules", f"{checked:,.0f} notes/s", "5,000", how),
    ]


def _nothing() -> None:
    """No progress is shown."""


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def moving(folder: Path, notes: int = 10_000) -> list[tuple[str, ...]]:
    """Taking in a package of Anki's and writing one, beside Anki's own backend doing the same."""
    from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest

    package = folder / "in.apkg"
    items = [
        Item("basic", f"What is number {n} in the list of things?", (f"Answer {n}",), key=f"d/n{n}", tags=("a",))
        for n in range(notes)
    ]
    package.write_bytes(FORMATS["anki"].module.write(items, WriteOptions(title="Things", now=1)).data)
    count = 0

    def fresh(name: str) -> Path:
        nonlocal count
        count += 1
        home = folder / f"{name}-{count}"
        home.mkdir()
        return home

    def we_import() -> float:
        home = fresh("ours")
        (home / "decks").mkdir()
        began = time.perf_counter()
        with _workspace(home) as workspace:
            parcel = FORMATS["anki"].module.read(package, ReadOptions())
            for plan in plan_imports(workspace, parcel, FORMATS["anki"], name="in"):
                carry_out(workspace, plan)
        return time.perf_counter() - began

    def they_import() -> float:
        home = fresh("theirs")
        began = time.perf_counter()
        collection = Collection(str(home / "collection.anki2"))
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
        collection.close()
        return time.perf_counter() - began

    ours, theirs = in_turn(RUNS, we_import, they_import, tick=_nothing)
    rows = [_versus("taking in an Anki package", ours, theirs, notes)]

    home, other = folder / "ours-1", folder / "theirs-2"

    def we_export() -> float:
        shutil.rmtree(home / ".quizkit", ignore_errors=True)
        began = time.perf_counter()
        with _workspace(home) as workspace:
            (home / "out.apkg").write_bytes(export(workspace, FORMATS["anki"], Selection()).data)
        return time.perf_counter() - began

    def they_export() -> float:
        began = time.perf_counter()
        collection = Collection(str(other / "collection.anki2"))
        options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=True)
        collection.export_anki_package(out_path=str(other / "out.apkg"), options=options, limit=None)
        collection.close()
        return time.perf_counter() - began

    ours, theirs = in_turn(RUNS, we_export, they_export, tick=_nothing)
    return [*rows, _versus("writing an Anki package", ours, theirs, notes)]


def _versus(what: str, ours: Sample, theirs: Sample, notes: int) -> tuple[str, ...]:
    told = f"{ratio(ours, theirs).median:.2f} × the anki package"
    return (what, f"{told} ({ours.median:.2f} s)", "1.0 ×", f"{notes:,} notes, in turn, median of {RUNS} pairs")


def _workspace(home: Path) -> Workspace:
    places = find_places(home, decks=home / "decks", progress=home / "progress.db")
    return Workspace(places, Clock(Calendar(), 0))
