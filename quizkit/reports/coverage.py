"""Which passages of a source are asked, how often, and whether more than recall is asked of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizkit.model import Note

REASONING_KINDS = frozenset(("argument", "open"))
REASONING_TAG = "reasoning"


class PassageCoverage(NamedTuple):
    """A passage, the notes and cards that cite it, and how many of the notes ask for reasoning."""

    passage: str
    notes: int
    cards: int
    reasoning: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def only_recall(self) -> bool:
        """Whether it is asked, but never reasoned with."""
        return self.notes > 0 and self.reasoning == 0


class Coverage(NamedTuple):
    """All passages in the source's order, and the notes that cite none."""

    passages: tuple[PassageCoverage, ...]
    uncited: tuple[str, ...]


def is_reasoning(note: Note) -> bool:
    """Whether a note asks for more than recall: an argument, an open question, or one its author tagged so."""
    return note.kind in REASONING_KINDS or REASONING_TAG in note.tags


def coverage(notes: Iterable[Note], passages: Sequence[str]) -> Coverage:
    """How the passages of a source are covered by notes."""
    count: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    reasoning: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {passage: Counter() for passage in passages}
    uncited = []
    for note in notes:
        if not note.cite:
            uncited.append(note.key)
        for passage in dict.fromkeys(note.cite):
            count[passage] += 1
            cards[passage] += len(note.body.tasks())
            reasoning[passage] += is_reasoning(note)
            if passage in kinds:
                kinds[passage][note.kind] += 1
    rows = tuple(PassageCoverage(p, count[p], cards[p], reasoning[p], tuple(kinds[p].most_common())) for p in passages)
    return Coverage(rows, tuple(uncited))
