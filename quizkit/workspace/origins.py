"""By what an imported question is found again, and known for what it asks."""

from __future__ import annotations

import re
from hashlib import blake2b

from quizkit.formats import Format
from quizkit.formats.item import Item

_NAMELESS = re.compile(r"[0-9a-f]{16}(?:-[0-9a-f]{16})?")
"""The origin of a question that has no name there, behind its format: the fingerprint of its words."""


def origin_of(format_: Format, item: Item) -> str:
    """By what an item's note is found again."""
    return f"{format_.name}:{item.key or _fingerprint(item.prompt)}"


def whole_origin(origin: str, item: Item) -> str:
    """An origin that says all that a question asks and answers."""
    options = (option.text for option in item.options)
    members = (form for member in item.members for form in member)
    sides = (side for pair in item.pairs for side in pair)
    told = "\n".join((item.prompt, *item.answers, *options, *members, *sides))
    return f"{origin}-{_fingerprint(told)}"


def is_nameless(origin: str, format_: Format) -> bool:
    """Whether an origin is that of a question without a name in this format."""
    return _NAMELESS.fullmatch(origin.removeprefix(f"{format_.name}:")) is not None


def asked_of(item: Item) -> str:
    """What an item asks, and what is right: two that say the same here are one question."""
    right = sorted(option.text for option in item.options if option.right)
    members = [" = ".join(member) for member in item.members]
    pairs = sorted(" = ".join(pair) for pair in item.pairs)
    truth = str(item.true) if item.kind == "truefalse" else ""
    told = (item.kind, item.prompt, *item.answers[:1], *right, *members, *pairs, truth)
    return "\n".join(" ".join(text.split()) for text in told)


def _fingerprint(text: str) -> str:
    return blake2b(" ".join(text.split()).encode(), digest_size=8).hexdigest()
