"""Notes whose ids are gone, and those that may be the same notes under new ids.

Ids carry memories. When one disappears and a note much like it appears, the author may have mended a typo in the id
(the memories should come along, by `was:`), or may have written something new. Only the author knows: this proposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from quizkit.answers import normalise
from quizkit.decks.edit import PROMPT_KEYS
from quizkit.decks.wordings import wordings_of
from quizkit.diagnostics import Diagnostic, warning
from quizkit.model import Note

MEMORY_WITHOUT_NOTE = warning(
    "memory-without-note",
    "A note may have lost its memories",
    "Learners have memories of a note whose id is gone, and this one is much like it. If it is the same note, `was:` "
    "brings its memories along; if it means something else now, leave it: it is learnt from the start.",
)

ENOUGH = 0.7
"""Likeness from which a pair is proposed."""

ID_SHARE = 0.4
"""How much the ids count where the prompts are known on both sides; the prompts count the rest."""

MOST_COMPARED = 200
"""Notes on either side whose texts are compared; beyond that only equal prompts and equal ids are found."""

_DIGITS = re.compile(r"\d+")


class Rename(NamedTuple):
    """A proposal: the note `new` may be what `old` was. `likeness` runs from 0 to 1."""

    old: str
    new: str
    likeness: float


class _Face(NamedTuple):
    """What a note is recognised by."""

    key: str
    prompts: frozenset[str]

    @property
    def id(self) -> str:
        return self.key.partition("/")[2]


def propose_renames(gone: Mapping[str, Any], present: Sequence[Note]) -> list[Rename]:
    """The likeliest pairs of a key that is gone and a note that is there, the likeliest first; each in one pair only.

    `gone` maps former note keys to the notes' plain data, or to None where that isn't known any more. Notes that
    already say what they were (`was`) are left alone.
    """
    former = [_Face(key, frozenset(_plain_prompts(data))) for key, data in gone.items()]
    known = {old for note in present for old in note.was}
    former = [face for face in former if face.key not in known]
    taken_names = set(gone)
    faces = [_Face(note.key, frozenset(_prompts(note))) for note in present if note.key not in taken_names]
    likely = {pair for pair in _pairs(former, faces) if pair.likeness >= ENOUGH}
    pairs = sorted(likely, key=lambda pair: (-pair.likeness, pair.old, pair.new))
    found: list[Rename] = []
    olds: set[str] = set()
    news: set[str] = set()
    for pair in pairs:
        if pair.old not in olds and pair.new not in news:
            found.append(pair)
            olds.add(pair.old)
            news.add(pair.new)
    return found


def lost_memories(remembered: Mapping[str, Any], present: Sequence[Note]) -> list[Diagnostic]:
    """Notes that are likely to be ones learners remember under ids that are gone.

    `remembered` maps the keys of all notes that anybody has a memory of to their plain data, or to None.
    """
    notes = {note.key: note for note in present}
    gone = {key: data for key, data in remembered.items() if key not in notes}
    found = []
    for rename in propose_renames(gone, present):
        note = notes[rename.new]
        old_deck, _, old_id = rename.old.partition("/")
        former = old_id if old_deck == note.deck else rename.old
        message = f"`{rename.old}` is gone, but learners remember it; this note is much like it."
        found.append(Diagnostic(MEMORY_WITHOUT_NOTE, note.span, message, f"The same note? Add `was: {former}`."))
    return found


def _pairs(former: Sequence[_Face], faces: Sequence[_Face]) -> Iterator[Rename]:
    by_name: dict[str, list[_Face]] = {}
    for face in faces:
        for name in (*face.prompts, face.id):
            by_name.setdefault(name, []).append(face)
    for old in former:
        for new in {face.key: face for name in (*old.prompts, old.id) for face in by_name.get(name, ())}.values():
            yield Rename(old.key, new.key, _likeness(old, new))
    for old in former[:MOST_COMPARED]:
        for new in faces[:MOST_COMPARED]:
            yield Rename(old.key, new.key, _likeness(old, new))


def _likeness(old: _Face, new: _Face) -> float:
    ids = _id_ratio(old.id, new.id)
    if not old.prompts or not new.prompts:
        return ids
    if old.prompts & new.prompts:
        return max(ENOUGH, ID_SHARE * ids + 1 - ID_SHARE)
    prompts = max(_ratio(one, other) for one in old.prompts for other in new.prompts)
    return ID_SHARE * ids + (1 - ID_SHARE) * prompts


def _id_ratio(one: str, other: str) -> float:
    """The likeness of two ids. Where the numbers differ they are two of a series, not a slip."""
    ratio = _ratio(one, other)
    return ratio if _DIGITS.findall(one) == _DIGITS.findall(other) else ratio / 2


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Upper bounds first: most pairs have nothing in common.
    return matcher.ratio() if matcher.quick_ratio() >= 1 - ENOUGH else 0.0


def _prompts(note: Note) -> Iterator[str]:
    """The first card's prompt in each wording and language, folded."""
    for card in note.cards()[:1]:
        for text in wordings_of(card.task):
            yield from map(normalise, text.all())


def _plain_prompts(data: Any) -> Iterator[str]:
    """The prompts in a note's plain data, folded."""
    if not isinstance(data, Mapping):
        return
    stack = [data[key] for key in PROMPT_KEYS if key in data]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield normalise(value)
        else:
            stack += value.values() if isinstance(value, Mapping) else value
