"""Items as notes: what comes in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizkit.formats.item import Item


def note_of(item: Item, **first: str) -> dict[str, Any]:
    """An item as a note's plain data, behind what comes `first`, such as an id. What the item lacks, the note lacks:
    checking is for `decks`.
    """
    note: dict[str, Any] = {**first, "kind": item.kind}
    note.update(_BODIES[item.kind](item))
    if item.explain:
        note["explain"] = item.explain
    if item.tags:
        note["tags"] = list(dict.fromkeys(["-".join(tag.split()) for tag in item.tags if tag.strip()]))
    if item.media:
        note["media"] = list(item.media)
    if item.answer_media:
        note["answer_media"] = list(item.answer_media)
    return note


def _forms(forms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(form for form in forms if form.strip()))


def _basic_body(item: Item) -> dict[str, Any]:
    body = {"front": item.prompt, "back": _first(item)}
    return {**body, "reverse": "true"} if item.reverse else body


def _first(item: Item) -> str:
    return item.answers[0] if item.answers else ""


def _typed_body(item: Item) -> dict[str, Any]:
    forms = _forms(item.answers)
    also = {"also": forms[1:]} if forms[1:] else {}
    return {"ask": item.prompt, "answer": forms[0] if forms else "", **also}


def _cloze_body(item: Item) -> dict[str, Any]:
    also = {gap: list(forms) for gap, forms in item.gaps.items() if forms}
    return {"text": item.prompt, **({"also": also} if also else {})}


def _choice_body(item: Item) -> dict[str, Any]:
    right = [option.text for option in item.options if option.right]
    options = [{"text": o.text, "why": o.feedback} if o.feedback and not o.right else o.text for o in item.options]
    answer: Any = right if item.kind == "multi" else right[0] if right else ""
    fixed = {} if item.shuffle else {"shuffle": "false"}
    return {"ask": item.prompt, "answer": answer, "options": options, **fixed}


def _true_false_body(item: Item) -> dict[str, Any]:
    correction = {"correction": item.correction} if item.correction else {}
    return {"ask": item.prompt, "answer": "true" if item.true else "false", **correction}


def _number_body(item: Item) -> dict[str, Any]:
    more = {key: value for key, value in (("unit", item.unit), ("tolerance", item.tolerance)) if value}
    return {"ask": item.prompt, "answer": _first(item), **more}


def _date_body(item: Item) -> dict[str, Any]:
    return {"ask": item.prompt, "answer": _first(item)}


def _list_body(item: Item) -> dict[str, Any]:
    members = [
        {"text": forms[0], "also": list(forms[1:])} if forms[1:] else forms[0] for forms in map(_forms, item.members)
    ]
    return {"ask": item.prompt, "answer": members, **({"need": str(item.need)} if item.need else {})}


def _order_body(item: Item) -> dict[str, Any]:
    return {"ask": item.prompt, "items": [member[0] for member in item.members]}


def _match_body(item: Item) -> dict[str, Any]:
    pairs = [{"left": left, "right": right} for left, right in item.pairs]
    return {"ask": item.prompt, "pairs": pairs, **({"extra": list(item.extra)} if item.extra else {})}


def _open_body(item: Item) -> dict[str, Any]:
    points = item.points or tuple(
        re.sub(r"^(?:[-*•]|\d+[.)]) ", "", line) for line in _first(item).split("\n") if line.strip()
    )
    return {"ask": item.prompt, "model": _first(item), "points": list(points)}


_BODIES: Mapping[str, Callable[[Item], dict[str, Any]]] = {
    "basic": _basic_body,
    "typed": _typed_body,
    "cloze": _cloze_body,
    "choice": _choice_body,
    "multi": _choice_body,
    "truefalse": _true_false_body,
    "number": _number_body,
    "date": _date_body,
    "list": _list_body,
    "order": _order_body,
    "match": _match_body,
    "open": _open_body,
}
