"""Cards as a drill asks them: one layout for everybody in any language, judged and explained alike in all modes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.asking import partners
from quizkit.kinds.asking import picked as picked_options
from quizkit.kinds.choosing import PickTask
from quizkit.model import Asking, Card, Judged, Question, Response, Shape

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

NO_PARTNER = -1
"""The index of a line's partner where none was given."""

REBUTTING = ("argument", "truefalse")
"""The kinds whose cards rebut a belief, in order of preference."""


class DrillCard(NamedTuple):
    """A card and the seed that lays out its options: the same for everybody in a drill."""

    card: Card
    seed: str


class Belief(NamedTuple):
    """A wrong option with a name for the belief behind it. `option` is the author's index of it.

    `rebuttal` is the question of the card that rebuts it, '' where there is none.
    """

    option: int
    misconception: str
    why: str
    rebuttal: str


def drill_card(workspace: Workspace, key: str, seed: str) -> DrillCard:
    """The card of that key, to be laid out by that seed.

    Raises QuizkitError when there is none, or it is one that only its learner can judge.
    """
    card = workspace.card(key)
    if not answerable(card):
        raise QuizkitError(
            _("{card} has no answer that can be judged: the learner looks and rates.", card=card.key),
            _("Take another card of the note."),
        )
    return DrillCard(card, seed)


def answerable(card: Card) -> bool:
    """Whether a response to it can be judged by anybody else than its learner."""
    return card.task.shape is not Shape.REVEAL


def question(workspace: Workspace, dc: DrillCard, lang: str) -> Question:
    """The card as asked in a language, or in the nearest that it has; the layout is the same in all."""
    return dc.card.task.ask(Asking(dc.card.key, _langs(workspace, lang), dc.seed, 0))


def judge(workspace: Workspace, dc: DrillCard, question: Question, response: Response) -> Judged:
    """The judgement of a response to that question, with all that the note says.

    Raises QuizkitError when the response doesn't fit the question.
    """
    verdict = dc.card.task.check(question, response, workspace.rivals(dc.card.note))
    return workspace.judged(dc.card, question, verdict)


def picked(question: Question, response: Response) -> list[int]:
    """The author's indices of what a response names, NO_PARTNER for a line without one; none where texts are wanted.

    Raises QuizkitError when it names something else.
    """
    match question.shape:
        case Shape.PICK_ONE | Shape.PICK_MANY | Shape.ORDER:
            return picked_options(question, response)
        case Shape.PAIR:
            found = partners(question, response)
            return [NO_PARTNER if index is None else index for index in found] if response.values else []
        case _:
            return []


def right_options(dc: DrillCard, question: Question) -> list[int]:
    """The author's indices of the options that are right, where one or some are to be picked."""
    if question.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return []
    task = dc.card.task
    if isinstance(task, PickTask):
        return [index for index in question.layout if index in task.right]
    # Whatever else offers options: an option is right when picking it alone is.
    positions = enumerate(question.layout, 1)
    return [index for at, index in positions if task.check(question, Response((str(at),))).score >= 1]


def beliefs(workspace: Workspace, dc: DrillCard, question: Question, lang: str) -> list[Belief]:
    """The beliefs behind the wrong options that the author has named, each with the card that rebuts it.

    That card is another of the same source that cites a passage this one cites: an argument, or else a statement to
    be called true or false.
    """
    task = dc.card.task
    if not isinstance(task, PickTask):
        return []
    langs = (question.lang or lang, *_langs(workspace, lang))
    found = [
        (index, option)
        for index, option in enumerate(task.options)
        if index in question.layout and index not in task.right and option.misconception
    ]
    rebuttal = _rebuttal(workspace, dc.card, lang) if found else ""
    return [
        Belief(
            index,
            option.misconception.pick(langs) if option.misconception else "",
            option.why.pick(langs) if option.why else "",
            rebuttal,
        )
        for index, option in found
    ]


def _rebuttal(workspace: Workspace, card: Card, lang: str) -> str:
    """The question of the card that rebuts what is believed against this one."""
    note, cited = card.note, set(card.note.cite)
    if not cited:
        return ""
    index = workspace.catalog.index
    source = workspace.catalog.deck_row(note.deck).source
    decks = [row.id for row in index.decks() if row.id == note.deck or (source and row.source == source)]
    decks.sort(key=lambda deck: deck != note.deck)
    rows = [row for deck in decks for row in index.notes(deck) if row.kind in REBUTTING and row.key != note.key]
    rows.sort(key=lambda row: REBUTTING.index(row.kind))
    for row in rows:
        if cited & set(_cited(json.loads(row.data))) and (found := workspace.catalog.note(row.key)):
            first = found.cards()[0]
            return first.task.ask(Asking(first.key, _langs(workspace, lang), "", 0)).prompt
    return ""


def _cited(data: Any) -> list[str]:
    """What a note cites, of its plain data: one passage, or a list of them."""
    cite = data.get("cite") if isinstance(data, dict) else None
    return [str(name) for name in cite] if isinstance(cite, list) else [str(cite)] if cite else []


def _langs(workspace: Workspace, lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((lang, *workspace.langs, "en")))
