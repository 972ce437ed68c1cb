"""A class that was drilled, without a room: answers put straight into the record of a drill, as all modes do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from quizkit.model import Response, Shape
from quizkit.model.drill import ActType, CardItem, Mode, Program
from quizkit.workspace import Workspace
from quizkit.workspace.drill_cards import drill_card, judge, picked, question
from quizkit.workspace.drill_record import DrillRecord

Answering = Callable[[str, str, int, "Any"], Sequence[str] | None]
"""What a player gives: player, card, round, question → values, or None where they miss it."""


def hold(
    workspace: Workspace,
    name: str,
    classroom: str,
    cards: Sequence[str],
    players: Sequence[str],
    answering: Answering,
    *,
    mode: Mode = Mode.LIVE,
    rounds: Sequence[int] = (1,),
    lang: str = "en",
) -> DrillRecord:
    """A drill in which each player answers each card in turn."""
    program = Program(name, tuple(CardItem(card) for card in cards), classroom)
    record = DrillRecord.begin(workspace, program, mode)
    acts: list[tuple[ActType, str, int, dict[str, Any]]] = []
    at = workspace.clock.now()
    for index, key in enumerate(cards):
        dc = drill_card(workspace, key, f"{record.id}/{index}")
        asked = question(workspace, dc, lang)
        for turn in rounds:
            for player in players:
                values = answering(player, key, turn, asked)
                if values is None:
                    continue
                at += 100
                response = Response(tuple(values))
                verdict = judge(workspace, dc, asked, response).verdict
                shown = [asked.options[int(v) - 1] for v in values] if _positions(asked.shape) else list(values)
                data = {
                    "item": index,
                    "round": turn,
                    "card": key,
                    "values": shown,
                    "picked": picked(asked, response),
                    "score": verdict.score,
                    "outcome": verdict.outcome.value,
                    "ms": 5000,
                    "lang": lang,
                    "shape": asked.shape.value,
                    "event": record.new_event_id(),
                }
                acts.append((ActType.ANSWER, player, at, data))
    record.log_many(acts)
    return record


def _positions(shape: Shape) -> bool:
    return shape in (Shape.PICK_ONE, Shape.PICK_MANY, Shape.ORDER)


def option(asked: Any, author: int) -> str:
    """The position of the option that the author counts so."""
    return str(asked.layout.index(author) + 1)
