"""A drill's program as plain data, and back: how it is kept with the drill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizkit.model import LocalText
from quizkit.model.drill import CardItem, Item, Poll, Program, Scoring, Slide


def to_plain(program: Program) -> dict[str, Any]:
    """The program as mappings, lists and scalars."""
    return {
        **program._asdict(),
        "items": [_item_to_plain(item) for item in program.items],
        "teams": list(program.teams),
        "scoring": program.scoring._asdict(),
    }


def from_plain(data: Mapping[str, Any]) -> Program:
    """The program that `to_plain` made the data of."""
    return Program(
        **{
            **data,
            "items": tuple(_item_from_plain(item) for item in data["items"]),
            "teams": tuple(data["teams"]),
            "scoring": Scoring(**data["scoring"]),
        }
    )


def _item_to_plain(item: Item) -> dict[str, Any]:
    if isinstance(item, CardItem):
        return item._asdict()
    if isinstance(item, Slide):
        return {"slide": dict(item.text.forms), "media": list(item.media)}
    return {
        "poll": dict(item.ask.forms),
        "options": [dict(option.forms) for option in item.options],
        "seconds": item.seconds,
        "media": list(item.media),
    }


def _item_from_plain(data: Mapping[str, Any]) -> Item:
    if "card" in data:
        return CardItem(**data)
    # Drills that were held before there were any don't speak of them.
    media = tuple(data.get("media", ()))
    if "slide" in data:
        return Slide(LocalText(data["slide"]), media)
    options = tuple(LocalText(option) for option in data["options"])
    return Poll(LocalText(data["poll"]), options, data["seconds"], media)
