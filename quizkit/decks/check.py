"""Checking a folder of decks, or one file, from end to end."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quizkit.answers import normalise
from quizkit.decks.examples import try_all
from quizkit.decks.identity import lost_memories
from quizkit.decks.library import load_all
from quizkit.decks.lint import lint
from quizkit.diagnostics import Diagnostic, sort_key
from quizkit.errors import QuizkitError

DECKS = "decks"


@dataclass(slots=True)
class CheckReport:
    """What was checked, and what is wrong. `files` maps the names in diagnostics to paths."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    decks: int = 0
    notes: int = 0
    cards: int = 0
    examples: int = 0


def check_paths(
    paths: Iterable[Path], *, examples: bool = False, remembered: Mapping[str, Any] | None = None
) -> CheckReport:
    """Read and lint folders and files; with `examples` also judge what authors listed.

    `remembered` maps the keys of notes that learners have memories of to the notes' plain data, or to None.

    A single file of a decks/ folder is checked with the decks around it, so that what it refers to is known, and only
    what concerns the file is told; those of one folder are read once. Raises QuizkitError when there is nothing of a
    name.
    """
    wanted: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise QuizkitError(f"There is no {path}.", "Name a folder of decks, or a deck file.")
        wanted.setdefault(surroundings(path), []).append(path)
    whole = CheckReport()
    for folder, chosen in wanted.items():
        only = () if folder in chosen else chosen
        _check(whole, folder, only, examples=examples, remembered=remembered or {})
    return whole


def _check(
    report: CheckReport, folder: Path, chosen: Collection[Path], *, examples: bool, remembered: Mapping[str, Any]
) -> None:
    """Add to a report what is wrong with a folder of decks, or with the files chosen among them."""
    library = load_all(folder)
    only = {name for name, at in library.files.items() if not chosen or at in chosen}
    notes = [
        note
        for loaded in library.decks
        if loaded.deck is not None and loaded.deck.path in only
        for note in loaded.deck.notes
    ]
    found = [*lint(library), *lost_memories(remembered, notes)]
    if examples:
        answers: dict[str, dict[str, set[str]]] = {}
        for loaded in library.decks:
            for note in loaded.deck.notes if loaded.deck else ():
                for task in note.body.tasks().values():
                    for form in task.accepted():
                        answers.setdefault(note.deck, {}).setdefault(normalise(form), set()).add(note.key)
        found += try_all(notes, answers)
        report.examples += sum(len(note.examples) for note in notes)
    report.diagnostics += sorted((one for one in found if not chosen or one.span.file in only), key=sort_key)
    report.files |= library.files
    report.decks += len({note.deck for note in notes})
    report.notes += len(notes)
    report.cards += sum(len(note.body.tasks()) for note in notes)


def from_here(report: CheckReport) -> CheckReport:
    """The report with file names as seen from the current folder, so that an editor or a terminal can open them."""
    names = {name: os.path.relpath(path) for name, path in report.files.items()}
    return replace(
        report,
        diagnostics=[
            found._replace(span=found.span._replace(file=names.get(found.span.file, found.span.file)))
            for found in report.diagnostics
        ],
        files={names[name]: path for name, path in report.files.items()},
    )


def surroundings(path: Path) -> Path:
    """The decks/ folder that a file stands in; the path itself when it is a folder, or stands in none."""
    if path.is_dir():
        return path
    return next((folder for folder in path.parents if folder.name == DECKS), path)
