"""Notes as items: what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizkit.formats.dates import written
from quizkit.formats.item import Item, Option
from quizkit.kinds.asking import best_langs
from quizkit.kinds.basic import Basic
from quizkit.kinds.choosing import PickTask
from quizkit.kinds.cloze import Cloze
from quizkit.kinds.date import DateTask
from quizkit.kinds.listing import ListTask
from quizkit.kinds.match import MatchTask
from quizkit.kinds.number import NumberTask
from quizkit.kinds.open import Open
from quizkit.kinds.order import OrderTask
from quizkit.kinds.revealing import RevealTask
from quizkit.kinds.truefalse import TrueFalseTask
from quizkit.kinds.typed import TypedTask
from quizkit.model import Asking, LocalText, Note, Task


def items_of(note: Note, lang: str, group: str = "") -> list[Item]:
    """A note as items in one language (or the nearest it has): one, or one for each of an argument's cards.

    `group` is what its deck is called there.
    """
    langs = (lang, "en")
    body = note.body
    prompt, reverse = "", False
    answers: tuple[str, ...] = ()
    if isinstance(body, Basic):
        picked = best_langs(body.fronts[0], langs)
        prompt, answers, reverse = body.fronts[0].pick(picked), (body.back.pick(picked),), body.reverse
    shared = Item(
        "basic",
        prompt,
        answers,
        reverse=reverse,
        explain=note.explain.pick(langs) if note.explain else "",
        tags=note.tags,
        key=note.key,
        group=group,
        media=note.media,
        answer_media=note.answer_media,
    )
    if isinstance(body, Basic):
        return [shared]
    if isinstance(body, Cloze):
        gaps = {f"c{number}": forms for number, forms in body.also.items()}
        return [shared._replace(kind="cloze", prompt=body.text.pick(langs), gaps=gaps)]
    if isinstance(body, Open):
        return [_open(body.wordings, (body.model,), body.points, langs, shared)]
    tasks = body.tasks()
    return [
        item_of_task(task, langs, shared._replace(key=note.key if len(tasks) == 1 else f"{note.key}/{variant}"))
        for variant, task in tasks.items()
    ]


def item_of_task(task: Task, langs: Sequence[str], shared: Item) -> Item:
    """A card's task as an item; what a note says besides comes from `shared`."""
    for type_, convert in _TASKS.items():
        if isinstance(task, type_):
            return convert(task, langs, shared)
    raise TypeError(f"no item is made of {type(task).__name__}")


def _prompt(task: Any, langs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A task's question and the languages to speak in about it."""
    question = task.ask(Asking("", tuple(langs)))
    return question.prompt, best_langs(task.wordings[0], langs)


def _typed(task: TypedTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    first = task.answers[0].pick(picked)
    return shared._replace(kind="typed", prompt=prompt, answers=tuple(dict.fromkeys((first, *task.accepted()))))


def _picked(task: PickTask, langs: Sequence[str], shared: Item) -> Item:
    question = task.ask(Asking("", tuple(langs)))
    picked = best_langs(task.wordings[0], langs)
    options = tuple(
        Option(task.options[i].text.pick(picked), i in task.right, task.options[i].feedback(picked))
        for i in sorted(question.layout)
    )
    kind = "multi" if task.many else "choice"
    return shared._replace(kind=kind, prompt=question.prompt, options=options, shuffle=task.shuffle)


def _true_false(task: TrueFalseTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    correction = task.correction.pick(picked) if task.correction else ""
    return shared._replace(kind="truefalse", prompt=prompt, true=task.true, correction=correction)


def _number(task: NumberTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    return shared._replace(
        kind="number",
        prompt=prompt,
        answers=(digits(task.value),),
        unit=task.unit.pick(picked) if task.unit else "",
        tolerance=digits(task.tolerance) if task.tolerance else "",
    )


def digits(value: Decimal) -> str:
    """A number in plain digits, without an exponent or empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(task: DateTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    return shared._replace(kind="date", prompt=prompt, answers=written(str(task.date), picked[0]))


def _list(task: ListTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    members = tuple(member.forms(picked[0]) for member in task.members)
    need = task.need if task.need < len(members) else 0
    return shared._replace(kind="list", prompt=prompt, members=members, need=need)


def _order(task: OrderTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    return shared._replace(kind="order", prompt=prompt, members=tuple((item.text.pick(picked),) for item in task.items))


def _match(task: MatchTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    rights = [right.pick(picked) for right in task.rights]
    pairs = tuple((left.pick(picked), rights[i]) for left, i in zip(task.lefts, task.partner, strict=True))
    extra = tuple(right for i, right in enumerate(rights) if i not in task.partner)
    return shared._replace(kind="match", prompt=prompt, pairs=pairs, extra=extra)


def _reveal(task: RevealTask, langs: Sequence[str], shared: Item) -> Item:
    prompt, picked = _prompt(task, langs)
    if len(task.lines) == 1 and not task.points:
        return shared._replace(kind="basic", prompt=prompt, answers=(task.lines[0].pick(picked),))
    return _open(task.wordings, task.lines, task.points, langs, shared)._replace(prompt=prompt)


def _open(
    wordings: Sequence[LocalText],
    lines: Sequence[LocalText],
    points: Sequence[LocalText],
    langs: Sequence[str],
    shared: Item,
) -> Item:
    picked = best_langs(wordings[0], langs)
    said = [line.pick(picked) for line in lines]
    model = said[0] if len(said) == 1 else "\n".join(f"- {line}" for line in said)
    return shared._replace(
        kind="open",
        prompt=wordings[0].pick(picked),
        answers=(model,),
        points=tuple(point.pick(picked) for point in points),
    )


_TASKS: Mapping[type, Callable[[Any, Sequence[str], Item], Item]] = {
    TypedTask: _typed,
    PickTask: _picked,
    TrueFalseTask: _true_false,
    NumberTask: _number,
    DateTask: _date,
    ListTask: _list,
    OrderTask: _order,
    MatchTask: _match,
    RevealTask: _reveal,
}
