"""What came of a drill: per question, per student, per passage and argument, and every response."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from quizkit.drills.answers import Given, fold, picks_of
from quizkit.drills.gain import normalized_gain
from quizkit.drills.missing import missed
from quizkit.errors import QuizkitError
from quizkit.kinds.argument import Argument
from quizkit.markup import plain
from quizkit.model import Shape
from quizkit.model.drill import Act, ActType, CardItem, Mode, Poll
from quizkit.reports.items import LEAST
from quizkit.reports.mastery import By
from quizkit.reports.shares import Share, share
from quizkit.workspace.answered import PICKED
from quizkit.workspace.card_options import card_options
from quizkit.workspace.drill_cards import drill_card, question
from quizkit.workspace.drill_record import DrillRecord, latest_answered
from quizkit.workspace.insight import prompt_of
from quizkit.workspace.people import Called, called_by

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

MOST_TEXTS = 5
"""The most frequent typed answers that are shown of a question."""


class Chosen(NamedTuple):
    """An option, or a typed text: how many gave it in the first round, and whether it is right (None: a poll)."""

    text: str
    n: int
    right: bool | None
    belief: str = ""


class Asked(NamedTuple):
    """A question, or a poll (`card` is ''), of a drill. `number` counts the program's items from 1.

    `share` is of those who answered and of those who could have (see `drills.missing`); `again` is the second vote,
    `gain` the normalized gain between the two; `hands` is a show of hands, by option. `chosen` is empty where nobody
    knows what was picked.
    """

    number: int
    card: str
    prompt: str
    share: Share
    again: Share | None
    gain: float | None
    chosen: tuple[Chosen, ...]
    hands: tuple[Chosen, ...]
    seconds: float | None


class Attended(NamedTuple):
    """A student, and how they did in the first round."""

    student: str
    share: Share


class Grouped(NamedTuple):
    """A passage or an argument, and how its questions went."""

    by: By
    group: str
    share: Share


class Response(NamedTuple):
    """A response as it was given; `score` is '' for a poll, `seconds` 0 where nobody measured."""

    question: int
    card: str
    prompt: str
    round: int
    student: str
    answer: str
    score: float | str
    outcome: str
    seconds: float
    language: str
    at: str


class Results(NamedTuple):
    """All that came of a drill."""

    drill: str
    name: str
    mode: str
    at: str
    questions: tuple[Asked, ...]
    students: tuple[Attended, ...]
    groups: tuple[Grouped, ...]
    responses: tuple[Response, ...]


def results_of(workspace: Workspace, drill: str | None = None, *, names: bool = False) -> Results:
    """What came of a drill: of that id or name, or of the latest that was answered; of the latest where none was.

    Raises QuizkitError when there is none.
    """
    workspace.refresh()
    record = DrillRecord.find(workspace, drill or latest_answered(workspace))
    acts = record.acts()
    call = called_by(workspace, names=names, acts=acts)
    given = [one for one in fold(acts).answers if one.player]
    gone = [one for one in missed(record.drill, acts) if one.player]
    judged = [one for one in (*given, *gone) if one.card and one.score is not None and one.round == 1]
    by_student: dict[str, list[float]] = {}
    for one in judged:
        by_student.setdefault(one.player, []).append(one.score or 0.0)
    students = [Attended(call(player), share(scores)) for player, scores in by_student.items()]
    local = workspace.clock.calendar.local
    return Results(
        drill=record.id,
        name=record.program.name,
        mode=record.mode.value,
        at=local(record.drill.at).isoformat(timespec="minutes"),
        questions=tuple(_questions(workspace, record, given, gone, acts)),
        students=tuple(sorted(students, key=lambda one: one.student)),
        groups=tuple(_groups(workspace, judged)),
        responses=tuple(_responses(workspace, record, given, call)),
    )


def _questions(
    workspace: Workspace, record: DrillRecord, given: Sequence[Given], gone: Sequence[Given], acts: Sequence[Act]
) -> list[Asked]:
    found = []
    hands = _hands(acts)
    for index, item in enumerate(record.program.items):
        if not isinstance(item, CardItem | Poll):
            continue
        card = item.card if isinstance(item, CardItem) else ""
        first, again = ([one for one in given if one.item == index and one.round == r] for r in (1, 2))
        before, after = ({one.player: one.score for one in votes} for votes in (first, again))
        texts, right, beliefs = _texts(workspace, item)
        times = [one.milliseconds / 1000 for one in first if one.milliseconds]
        shown = {
            option: Chosen(text, 0, None if right is None else option in right, beliefs.get(option, ""))
            for option, text in enumerate(texts)
        }
        found.append(
            Asked(
                number=index + 1,
                card=card,
                prompt=_prompt(workspace, item),
                share=_share([*first, *(one for one in gone if one.item == index)]),
                again=_share(again) if again else None,
                gain=normalized_gain(before, after) if again else None,
                chosen=_chosen(first, shown, _placed(workspace, record, index), record.mode),
                hands=tuple(
                    shown[option]._replace(n=n) for option, n in hands.get(index, {}).items() if option in shown
                ),
                seconds=median(times) if len(times) >= LEAST else None,
            )
        )
    return found


def _share(votes: Iterable[Given]) -> Share:
    return share(one.score for one in votes if one.score is not None)


def _texts(
    workspace: Workspace, item: CardItem | Poll
) -> tuple[tuple[str, ...], frozenset[int] | None, Mapping[int, str]]:
    """The options by number, which are right (None: it is a poll), and the beliefs behind the wrong ones."""
    if isinstance(item, Poll):
        return tuple(option.pick(workspace.langs) for option in item.options), None, {}
    options = card_options(workspace, item.card)
    return options.texts, options.keyed.right, options.beliefs


def _prompt(workspace: Workspace, item: CardItem | Poll) -> str:
    return plain(item.ask.pick(workspace.langs) if isinstance(item, Poll) else prompt_of(workspace, item.card))


def _placed(workspace: Workspace, record: DrillRecord, index: int) -> Mapping[int, str]:
    """What an item has to be put in order or paired, by number, as whoever reads the results calls it."""
    item = record.program.items[index]
    try:
        dc = drill_card(workspace, item.card, f"{record.id}/{index}") if isinstance(item, CardItem) else None
    except QuizkitError:
        # It isn't there any more.
        return {}
    if dc is None or dc.card.task.shape not in (Shape.ORDER, Shape.PAIR):
        return {}
    asked = question(workspace, dc, workspace.langs[0])
    return dict(zip(asked.layout, map(plain, asked.options), strict=True))


def _said(given: Given, placed: Mapping[int, str]) -> list[str]:
    """What was given: what was put in places is called as in `placed`; what was left empty isn't there."""
    if placed and given.picked and all(option in placed or option < 0 for option in given.picked):
        return [placed.get(option, "–") for option in given.picked] if max(given.picked) >= 0 else []
    return [value for value in given.values if value.strip()]


def _chosen(
    votes: Sequence[Given], shown: Mapping[int, Chosen], placed: Mapping[int, str], mode: Mode
) -> tuple[Chosen, ...]:
    """How often each option was picked, or the most frequent of the texts that were typed or put in places.

    Nothing where a teacher judged all answers, and nobody wrote down what was picked.
    """
    if shown:
        known = [picked for one in votes if (picked := picks_of(one, mode)) is not None]
        if votes and not known:
            return ()
        picks = Counter(option for picked in known for option in picked)
        return tuple(chosen._replace(text=plain(chosen.text), n=picks[option]) for option, chosen in shown.items())
    typed: Counter[tuple[str, bool]] = Counter()
    for one in votes:
        if said := _said(one, placed):
            typed[" / ".join(said), (one.score or 0) >= 1] += 1
    return tuple(Chosen(text, n, right) for (text, right), n in typed.most_common(MOST_TEXTS))


def _hands(acts: Iterable[Act]) -> dict[int, dict[int, int]]:
    """Shows of hands by item and option: the last of each item that wasn't taken back."""
    undone = {int(act.data["number"]) for act in acts if act.type is ActType.UNDO}
    return {
        int(act.data["item"]): {int(option): int(n) for option, n in act.data["counts"].items()}
        for act in acts
        if act.type is ActType.HANDS and act.number not in undone and int(act.data.get("round", 1)) == 1
    }


def _groups(workspace: Workspace, judged: Iterable[Given]) -> list[Grouped]:
    scores: dict[tuple[By, str], list[float]] = {}
    for one in judged:
        for by, group in groups_of(workspace, one.card):
            if by in (By.PASSAGE, By.ARGUMENT):
                scores.setdefault((by, group), []).append(one.score or 0.0)
    order = list(By)
    ranked = sorted(scores.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return [Grouped(by, group, share(found)) for (by, group), found in ranked]


def groups_of(workspace: Workspace, key: str) -> list[tuple[By, str]]:
    """The passages, the argument and the tags a card belongs to; none of a card that is gone."""
    card = workspace.find_card(key)
    if card is None:
        return []
    note = card.note
    found = [*((By.PASSAGE, name) for name in note.cite), *((By.TAG, name) for name in note.tags)]
    return [*found, (By.ARGUMENT, note.key)] if isinstance(note.body, Argument) else found


def _responses(workspace: Workspace, record: DrillRecord, given: Iterable[Given], call: Called) -> list[Response]:
    items = record.program.items
    prompts = {i: _prompt(workspace, item) for i, item in enumerate(items) if isinstance(item, CardItem | Poll)}
    placed = {i: _placed(workspace, record, i) for i in prompts}
    found = []
    for one in given:
        said = _said(one, placed.get(one.item, {}))
        if one.shape in PICKED and one.picked and isinstance(items[one.item], CardItem | Poll):
            texts, _right, _beliefs = _texts(workspace, items[one.item])  # type: ignore[arg-type]
            said = [plain(texts[option]) for option in one.picked if option < len(texts)] or said
        found.append(
            Response(
                question=one.item + 1,
                card=one.card,
                prompt=prompts.get(one.item, ""),
                round=one.round,
                student=call(one.player),
                answer=" | ".join(said),
                score="" if one.score is None else one.score,
                outcome=one.outcome,
                seconds=round(one.milliseconds / 1000, 1),
                language=one.lang,
                at=workspace.clock.calendar.local(one.at).isoformat(timespec="seconds"),
            )
        )
    return sorted(found, key=lambda one: (one.question, one.round, one.student))
