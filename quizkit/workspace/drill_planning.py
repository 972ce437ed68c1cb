"""Planning a drill: what a class should be asked next, out of its decks and its students' memories."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any

from quizkit.clock import date_of
from quizkit.drills.picking import Candidate, Pick, pick, thirds
from quizkit.errors import QuizkitError
from quizkit.i18n import LANGUAGES, _, ngettext
from quizkit.memory.fsrs import recall
from quizkit.model import Asking, Scheduled, Shape
from quizkit.model.drill import CardItem, Classroom, Program

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

SHORTEST_TELLING = 3
"""Characters that an answer must have to be given away by standing in another question."""
UNMET = "unmet"
"""Stands for the difficulty of a card that nobody has met."""


def plan(
    workspace: Workspace,
    room: Classroom | None,
    decks: Sequence[str] = (),
    count: int = 10,
    *,
    exam: bool = False,
    reveal: bool = False,
    without: Iterable[str] = (),
) -> list[Pick]:
    """The cards a class should be asked (anybody, where there is no class), in the order of their worth.

    `reveal` lets in cards that nobody can judge but their learner; `without` are notes to leave alone. Raises
    QuizkitError when a deck doesn't exist, or there is nothing to ask.
    """
    workspace.refresh()
    for deck in decks:
        workspace.catalog.deck_row(deck)
    if not decks:
        workspace.catalog.require_decks()
    barred = set(without)
    candidates, known = _candidates(workspace, room, decks, reveal=reveal)
    found = pick(
        [one for one in candidates if one.note not in barred],
        count,
        known=known,
        clash=_Clashes(workspace).between,
        exam=exam,
    )
    if not found:
        raise QuizkitError(_("There is nothing to ask."), _("Name a deck whose answers can be judged."))
    return found


def program_of(workspace: Workspace, room: Classroom | None, picks: Sequence[Pick], name: str = "") -> Program:
    """The picks as a program, each with its reason. What builds on something comes after it."""
    today = workspace.clock.today()
    class_id = room.id if room else ""
    items = tuple(CardItem(one.card, why=why(one)) for one in picks)
    return Program(
        name or default_name(workspace, room), items, class_id, seed=f"{class_id}/{today}/{workspace.clock.now()}"
    )


def default_name(workspace: Workspace, room: Classroom | None) -> str:
    """A name for today's drill."""
    day = date_of(workspace.clock.today()).isoformat()
    return f"{room.id}-{day}" if room else day


def why(one: Pick) -> str:
    """Why a card was taken, in a phrase."""
    reasons = []
    if one.students and one.new_to == one.students:
        reasons.append(_("new to all"))
    elif one.new_to:
        reasons.append(ngettext("new to {n} of {all}", "new to {n} of {all}", one.new_to, all=one.students))
    if one.weak:
        said = ngettext(
            "{n} of {all} is about to forget it", "{n} of {all} are about to forget it", one.weak, all=one.students
        )
        reasons.append(said)
    if one.adds:
        reasons.append(_("the first of {groups}", groups=", ".join(_short(group) for group in one.adds)))
    return " · ".join(reasons) or _("for breadth")


def _short(group: str) -> str:
    return group.rpartition("/")[2]


def _candidates(
    workspace: Workspace, room: Classroom | None, decks: Sequence[str], *, reveal: bool
) -> tuple[list[Candidate], dict[str, float]]:
    """The cards that may be asked, and the share of the class that has met each note."""
    index, today = workspace.catalog.index, workspace.clock.today()
    in_order = [row.id for row in sorted(index.decks(), key=lambda row: row.path)]
    rows = [row for deck in decks or in_order for row in index.cards(deck)]
    rows = [row for row in rows if reveal or row.shape != Shape.REVEAL]
    notes = {note.key: note for deck in {row.deck for row in rows} for note in index.notes(deck)}
    data: dict[str, Mapping[str, Any]] = {key: json.loads(note.data) for key, note in notes.items()}
    memories = [workspace.store.strengths(student.id) for student in room.students] if room else []
    met: defaultdict[str, set[int]] = defaultdict(set)
    for student, strengths in enumerate(memories):
        for card in strengths:
            met[card.rpartition("/")[0]].add(student)
    difficulties = _difficulties(workspace, room)
    hard = thirds({row.key: difficulties[row.key] for row in rows if row.key in difficulties})
    confusable: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in index.confusions().items():
        for look_alike in other.split():
            confusable[one].add(look_alike)
    candidates = []
    for row in rows:
        note, fields = notes[row.note], data[row.note]
        cited = fields.get("cite", [])
        passages = [str(cited)] if isinstance(cited, str) else [str(name) for name in cited]
        arguments = [row.note] if note.kind == "argument" else []
        tags = row.tags.split()
        candidates.append(
            Candidate(
                card=row.key,
                note=row.note,
                recalls=tuple(
                    recall(found[0], today - found[1]) if (found := strengths.get(row.key)) else None
                    for strengths in memories
                ),
                groups=(*passages, *arguments),
                strata=(*(f"#{tag}" for tag in tags), hard.get(row.key, UNMET)),
                after=tuple(note.after.split()),
                confuses=frozenset(confusable[row.note]),
            )
        )
    students = max(len(memories), 1)
    return candidates, {key: len(met[key]) / students for key in notes} if memories else {}


def _difficulties(workspace: Workspace, room: Classroom | None) -> dict[str, float]:
    """The mean difficulty, in FSRS's terms, of each card to those who have met it."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for student in room.students if room else ():
        for card, state in workspace.store.all_states(student.id):
            if isinstance(state.memory, Scheduled):
                found[card].append(state.memory.difficulty)
    return {card: fmean(values) for card, values in found.items()}


class _Clashes:
    """Whether the answer of one card can be read off the question of another, in any language a phone may choose."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._texts: dict[str, tuple[str, tuple[str, ...]]] = {}

    def between(self, one: str, other: str) -> bool:
        """Whether either gives the other's answer away."""
        (asked, answers), (asked_there, answers_there) = self._of(one), self._of(other)
        return any(answer in asked_there for answer in answers) or any(answer in asked for answer in answers_there)

    def _of(self, key: str) -> tuple[str, tuple[str, ...]]:
        """A card's question, and its answers as they would be typed or picked."""
        if key not in self._texts:
            card = self._workspace.find_card(key)
            if card is None:
                return "", ()
            langs = [(lang, *self._workspace.langs) for lang in dict.fromkeys((*self._workspace.langs, *LANGUAGES))]
            asked = "\n".join(card.task.ask(Asking(key, lang)).prompt for lang in langs).casefold()
            told = card.task.accepted() or [line for lang in langs for line in card.task.solution(lang).lines[:1]]
            answers = tuple(text for line in told if len(text := line.casefold().strip()) >= SHORTEST_TELLING)
            self._texts[key] = asked, answers
        return self._texts[key]
