"""Kinds of note, one module each. `KINDS` is the one list; a kind is imported when a note of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from quizkit.kinds.fields import Fields
from quizkit.kinds.keys import COMMON_KEYS, Key
from quizkit.model import Body

KINDS: Mapping[str, str] = {
    "basic": "quizkit.kinds.basic",
    "typed": "quizkit.kinds.typed",
    "cloze": "quizkit.kinds.cloze",
    "choice": "quizkit.kinds.choice",
    "multi": "quizkit.kinds.multi",
    "truefalse": "quizkit.kinds.truefalse",
    "number": "quizkit.kinds.number",
    "date": "quizkit.kinds.date",
    "list": "quizkit.kinds.listing",
    "order": "quizkit.kinds.order",
    "match": "quizkit.kinds.match",
    "argument": "quizkit.kinds.argument",
    "open": "quizkit.kinds.open",
}


class KindModule(Protocol):
    """What the module of a kind holds. Its docstring says what the kind is for."""

    KEYS: tuple[Key, ...]
    """The keys of its own that a note of this kind may have."""

    def parse(self, fields: Fields) -> Body | None:
        """What the author wrote, or None when it can't be used; what is wrong is reported to `fields`."""


@cache
def kind(name: str) -> KindModule:
    """The module of a kind. Raises KeyError when there is none of that name."""
    return cast("KindModule", import_module(KINDS[name]))


@cache
def keys_of(name: str) -> Mapping[str, Key]:
    """Every key that a note of this kind may have. A kind's own keys win over the common ones."""
    return {key.name: key for key in (*COMMON_KEYS, *kind(name).KEYS)}


@cache
def all_keys() -> tuple[str, ...]:
    """The name of every key that a note may have, whatever its kind."""
    return tuple(dict.fromkeys(key for name in KINDS for key in keys_of(name)))


__all__ = ["COMMON_KEYS", "KINDS", "Fields", "Key", "KindModule", "all_keys", "keys_of", "kind"]
