"""Any item as the two sides of a card: for formats that know no other questions, and for paper."""

from __future__ import annotations

from string import ascii_uppercase
from typing import NamedTuple

from quizkit.formats.item import Item
from quizkit.kinds.cloze import with_gaps


class Flat(NamedTuple):
    """Two sides, as texts with marks."""

    front: str
    back: str


def flattened(item: Item) -> Flat:
    """An item's two sides: all there is to choose from in front, the answer in full behind."""
    return Flat(f"{front_of(item)}{choices_of(item)}", back_of(item))


def front_of(item: Item) -> str:
    """What is asked, without what there is to choose from."""
    if item.kind == "cloze":
        return with_gaps(item.prompt, lambda _number, _answer, hint: f"[{hint or '…'}]")
    return item.prompt


def choices_of(item: Item) -> str:
    """What there is to choose from, in an order that gives nothing away; begins with a new line."""
    if item.kind in ("choice", "multi"):
        return "".join(
            f"\n{letter}. {option.text}" for letter, option in zip(ascii_uppercase, item.options, strict=False)
        )
    if item.kind == "order":
        members = sorted(member[0] for member in item.members)
        return "".join(f"\n{letter}. {text}" for letter, text in zip(ascii_uppercase, members, strict=False))
    if item.kind == "match":
        lefts = "".join(f"\n- {left}" for left, _right in item.pairs)
        rights = sorted({right for _left, right in item.pairs} | set(item.extra))
        listed = "".join(f"\n{letter}. {text}" for letter, text in zip(ascii_uppercase, rights, strict=False))
        return f"{lefts}\n{listed}"
    if item.kind == "number" and item.unit:
        return f" ({item.unit})"
    return ""


def back_of(item: Item) -> str:
    """The answer in full."""
    if item.kind in ("choice", "multi"):
        named = zip(ascii_uppercase, item.options, strict=False)
        return "\n".join(f"{letter}. {option.text}" for letter, option in named if option.right)
    if item.kind == "truefalse":
        return "○" if item.true else "\n".join(text for text in ("×", item.correction) if text)
    if item.kind == "number":
        tolerance = f" ± {item.tolerance}" if item.tolerance else ""
        return f"{item.answers[0]} {item.unit}".strip() + tolerance
    if item.kind == "list":
        return "\n".join(f"- {member[0]}" for member in item.members)
    if item.kind == "order":
        return "\n".join(f"{place}. {member[0]}" for place, member in enumerate(item.members, 1))
    if item.kind == "match":
        return "\n".join(f"- {left} — {right}" for left, right in item.pairs)
    if item.kind == "cloze":
        return with_gaps(item.prompt, lambda _number, answer, _hint: f"**{answer}**")
    if item.kind == "date":
        # As people write it: ISO stands first.
        return item.answers[1] if len(item.answers) > 1 else item.answers[0]
    if item.kind == "typed":
        return item.answers[0]
    points = "\n".join(f"- {point}" for point in item.points)
    # The one point of an answer is often the answer itself.
    said = item.answers if item.points == item.answers else (*item.answers, points)
    return "\n".join(dict.fromkeys(text for text in said if text))
