"""What the acts of a drill say, without a person who was erased: an anonymous player did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from hashlib import blake2b
from typing import Any

from quizkit.model.drill import ActType

ANONYMOUS = "forgotten-"
"""How the id of a player begins who has been erased."""

_OUR_WORDS = frozenset(("card", "code", "lang", "outcome", "shape", "team", "type", "variant"))
"""What an act says in words of ours: they stay, whatever a person is called."""


def fingerprint(learner: str) -> str:
    """What tells a learner's id from others without saying it."""
    return blake2b(learner.encode(), digest_size=16, person=b"quizkit").hexdigest()


def anonymous(learner: str) -> str:
    """What an erased player is called in the logs of drills."""
    return ANONYMOUS + fingerprint(learner)[:12]


def of_nobody(type_: str, data: Mapping[str, Any], learner: str, names: Set[str]) -> dict[str, Any]:
    """What an act of the player's own says, without the person of these names (the id among them)."""
    instead = anonymous(learner)
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("name", "number", "token", "group"):
            kept[key] = instead if key == "name" else ""
        elif isinstance(value, str) and value in names and key not in _OUR_WORDS:
            kept[key] = instead
        else:
            kept[key] = value
    if type_ == ActType.ANSWER:
        kept["event"] = ""
        if not data.get("picked"):
            kept["values"] = []
            kept.pop("mark", None)
    return kept


def of_somebody(data: Mapping[str, Any], learner: str) -> dict[str, Any]:
    """What an act of the host says about the person, however deep: who was there, who had which sheet, who was renamed.

    A team may be called as the person is: it stays what it is called.
    """
    instead = anonymous(learner)

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [instead if one == learner else renamed(one) for one in value]
        if isinstance(value, dict):
            return {instead if key == learner else key: renamed(one) for key, one in value.items()}
        return value

    told: dict[str, Any] = renamed(data)
    if told.get("player") == learner:
        told["player"] = instead
        if "name" in told:
            told["name"] = instead
    return told


def without(gone: Set[str], type_: str, player: str, data: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """An act's player and data without anybody whose fingerprint is among those of who is gone."""
    if player and fingerprint(player) in gone:
        player, data = anonymous(player), of_nobody(type_, data, player, {player})
    elif type_ != ActType.ANSWER:
        for learner in {word for word in _words(data) if fingerprint(word) in gone}:
            data = of_somebody(data, learner)
    return player, data


def _words(value: Any) -> Iterator[str]:
    """Every text in plain data, the keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield key
            yield from _words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _words(one)
