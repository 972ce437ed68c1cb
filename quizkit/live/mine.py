"""The page that a student takes home: what they missed, to go through again, in one file that needs nothing else."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from quizkit.clock import date_of
from quizkit.drills.answers import ROSTERLESS
from quizkit.drills.players import Answer
from quizkit.drills.points import is_right
from quizkit.live.desk import Desk
from quizkit.live.entry import speaks
from quizkit.live.material import PICKS, PLACED
from quizkit.live.media import PATH, Media
from quizkit.markup import plain

TEMPLATE = Path(__file__).with_name("static") / "mine.html"
WORDS = Path(__file__).with_name("static") / "words.json"

MOST_HELD = 4_000_000
"""Bytes of pictures and sounds that a page holds itself. What is beyond is fetched, as long as the drill is there."""

Data = dict[str, Any]


def page(desk: Desk, title: str, player: str, lang: str = "") -> str:
    """A player's own page, in their language unless another is named."""
    lang = speaks(lang or desk.room.players[player].lang)
    return filled(TEMPLATE.read_text(encoding="utf-8"), data(desk, title, player, lang))


def filled(template: str, told: Data) -> str:
    """The template with what it tells. What stands in a script can't end it."""
    held = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    # One place after the other would let what is put in stand for a place.
    pieces = {"{{lang}}": escape(told["lang"]), "{{title}}": escape(told["title"]), "{{data}}": held}
    out: list[str] = []
    rest = template
    while True:
        place, name = min(((rest.find(name), name) for name in pieces if name in rest), default=(-1, ""))
        if place < 0:
            return "".join([*out, rest])
        out += [rest[:place], pieces[name]]
        rest = rest[place + len(name) :]


def data(desk: Desk, title: str, player: str, lang: str) -> Data:
    """What a player was asked and didn't get right."""
    room, material = desk.room, desk.material
    who = room.players[player]
    questions = [index for index in range(len(material.items)) if material.kind(index) == "question"]
    asked = [index for index in questions if room.was_asked(player, index)]
    media = _Holder(material.media)
    missed = [index for index in asked if not _got(room.last_answer(player, index))]
    return {
        "lang": lang,
        "title": title,
        "name": who.name,
        "date": _day(desk).isoformat(),
        "cards": [_card(desk, player, index, lang, media) for index in missed],
        "asked": len(asked),
        "missed": len(missed),
        "kept": not player.startswith(ROSTERLESS),
        "words": _words(lang),
    }


def _got(answer: Answer | None) -> bool:
    return answer is not None and answer.score is not None and is_right(answer.score)


class _Holder:
    """Puts pictures and sounds into the page, so that it still has them at home."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._left = MOST_HELD

    def held(self, shown: Iterable[Data]) -> list[Data]:
        """What is shown, each with the file itself as its source as far as there is room."""
        return [one | {"src": self._source(one["src"])} for one in shown]

    def _source(self, address: str) -> str:
        file = self._media.file(address.removeprefix(PATH))
        if file is None or file.size > self._left:
            return address
        try:
            data = file.path.read_bytes()
        except OSError:
            return address
        self._left -= len(data)
        return f"data:{file.type};base64,{b64encode(data).decode()}"


def _card(desk: Desk, player: str, index: int, lang: str, media: _Holder) -> Data:
    material = desk.material
    asked = material.asked(index, lang) or {}
    told = material.solution(index, lang)
    answer = desk.room.last_answer(player, index)
    verdict = material.verdict(index, answer, lang) if answer else {}
    shape = material.question(index, lang).shape
    picks, placed = shape in PICKS, shape in PLACED
    return {
        "prompt": asked["prompt"],
        "asked": media.held(asked["media"]),
        "told": media.held(told["media"]),
        "shape": asked["shape"],
        "options": [{"id": option["id"], "text": option["text"]} for option in asked["options"]],
        "lefts": asked["lefts"],
        "entries": asked["entries"],
        "labels": asked["labels"],
        "yours": [plain(value) if placed else value for value in answer.values] if answer else [],
        "right": told["right"] if picks else [],
        "solution": told["solution"],
        "explain": told["explain"],
        "belief": verdict.get("belief", ""),
        "cite": told["cite"],
    }


def _day(desk: Desk) -> date:
    return date_of(desk.clock.calendar.day_of(desk.room.now))


def _words(lang: str) -> Data:
    """The interface's words in that language, where they are kept by language."""
    try:
        words = json.loads(WORDS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    found = words.get(lang) if isinstance(words, dict) else None
    return found if isinstance(found, dict) else {}
