"""Nothing that gives an answer away reaches a phone or the projector before the reveal: every frame is looked at."""

from __future__ import annotations

import json
from typing import Any

from quizkit.model import LocalText
from quizkit.model.drill import CardItem, Poll, Scoring, Slide
from tests.helpers.live import Client, Frame, Live, hold, right

NAMES = ("green-heat", "oxidised", "steps", "homes", "utensils", "plant", "minutes", "import", "decaf", "oolong")
CARDS = [CardItem(f"tea/{name}/main") for name in NAMES]
POLL = Poll(LocalText.plain("Tea?"), (LocalText.plain("Yes"), LocalText.plain("No")))

SECRET_WORDS = {
    "tea/green-heat/main": ("Low heat keeps", "draws out", "甘みが残", "never hot"),
    "tea/utensils/main": ("whisk", "茶筅"),
    "tea/plant/main": ("Camellia", "カメリア", "one plant"),
    "tea/decaf/main": ("as much as green", "緑茶と同じ"),
    "tea/oolong/main": ("Oolong", "烏龍"),
}
"""What stands in the answers or explanations only."""

ROOM = {
    "title", "lang", "phase", "paused", "locked", "calm", "open", "paced", "items", "item", "question", "slide",
    "seconds", "answered", "asked", "players", "connected", "reveal", "counts", "board", "teams", "team_names",
    "scoring", "advice", "left_ms", "ends_at_left_ms",
}  # fmt: skip
QUESTION = {
    "shape", "prompt", "media", "options", "lefts", "entries", "labels", "hint", "placeholder", "instruction", "lang",
}  # fmt: skip
ME = {"player", "name", "team", "points", "rank", "streak", "lang", "answer", "mine"}
PLACE = {"item", "question", "slide", "reveal", "done"}
UNREVEALED_ANSWER = {"item", "round", "values", "saved"}
TELLING = {
    "right",
    "solution",
    "explain",
    "score",
    "outcome",
    "reason",
    "feedback",
    "belief",
    "won",
    "layout",
    "picked",
}


def keys(value: Any) -> set[str]:
    """Every name of a field, however deep."""
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys(part)}
    return {key for part in value for key in keys(part)} if isinstance(value, list) else set()


def check_frame(frame: Frame, role: str, revealed: set[str], asked: dict[int, str]) -> None:
    """What may be in a frame, by name; and that no text tells what hasn't been revealed."""
    text = json.dumps(frame, ensure_ascii=False)
    if frame["type"] == "state":
        room, me = frame["room"], frame.get("me", {})
        assert set(room) == ROOM | ({"join"} if role == "screen" else set())
        assert set(frame) == {"type", "rev", "room"} | ({"me"} if role == "play" else set())
        if room["phase"] == "revealed":
            revealed.add(asked[room["item"]["index"]])
        else:
            assert room["reveal"] is None
            own = keys(me.get("reveal")) | keys(me.get("answer")) if me.get("reveal") else set()
            assert not (keys(frame) - own) & TELLING
            if me and me["answer"] and not me.get("reveal"):
                assert set(me["answer"]) == UNREVEALED_ANSWER
        if room["question"]:
            assert set(room["question"]) == QUESTION
        if room["counts"] is not None:
            assert room["item"]["kind"] == "poll"
        if me:
            assert set(me) == ME | (PLACE if room["phase"] == "paced" else set())
            if me.get("reveal"):
                revealed.add(asked[me["item"]["index"]])
    else:
        assert set(frame) <= {"type", "token", "player", "drill", "item", "round", "code", "text"}
    for card, words in SECRET_WORDS.items():
        if card not in revealed:
            assert not [word for word in words if word in text], frame
    assert "tea/" not in text, "a card's name would lead to its deck"


async def answer(phone: Client, state: Frame, item: int, round_: int) -> None:
    question = state["room"]["question"] or state["me"]["question"]
    ids = [option["id"] for option in question["options"]]
    count = {"pick-one": 1, "pair": len(question["lefts"])}.get(question["shape"], len(ids))
    values = ids[:count] if ids else ["black"] * max(question["entries"], 1)
    await phone.send(type="answer", item=item, round=round_, values=values)
    await phone.until("ack")


def test_no_frame_of_a_whole_drill_tells_too_early(tmp_path):
    items = [*CARDS[:5], POLL, Slide(LocalText.plain("Listen.")), *CARDS[5:]]
    asked = {index: item.card for index, item in enumerate(items) if isinstance(item, CardItem)}
    clients: list[Client] = []

    async def story(live: Live) -> None:
        host, screen = await live.host(), await live.screen()
        phones = [await live.join("Zoe", "en"), await live.join("Yui", "ja")]
        clients.extend([screen, *phones])
        assert live.hosting.record.id not in json.dumps([frame for client in clients for frame in client.frames])
        await host.send(type="act", action="start")
        for index, item in enumerate(items):
            if isinstance(item, Slide):
                await phones[0].phase("slide", index)
                await host.send(type="act", action="next")
                continue
            rounds = (1, 2) if index == 0 else (1,)
            for round_ in rounds:
                for phone in phones:
                    state = await phone.until(
                        "state",
                        lambda frame, at=(index, round_): (
                            frame["room"]["phase"] == "open"
                            and (frame["room"]["item"]["index"], frame["room"]["item"]["round"]) == at
                        ),
                    )
                    points = state["me"]["points"]
                    await answer(phone, state, index, round_)
                    seen = await phone.until("state", lambda frame: frame["me"]["answer"])
                    assert seen["me"]["points"] == points
                if round_ < len(rounds):
                    await host.send(type="act", action="discuss")
                    await phones[0].phase("discuss")
                    await host.send(type="act", action="revote")
            await host.send(type="act", action="close")
            await phones[0].phase("closed", index)
            if isinstance(item, CardItem):
                await host.send(type="act", action="reveal")
                await phones[0].phase("revealed", index)
            await host.send(type="act", action="next")
        for client in clients:
            await client.phase("ended")

    hold(tmp_path, items, story, scoring=Scoring(True, True), seconds=60)
    for client in clients:
        role = "screen" if client is clients[0] else "play"
        revealed: set[str] = set()
        assert sum(frame["type"] == "state" for frame in client.frames) > len(items)
        for frame in client.frames:
            check_frame(frame, role, revealed, asked)
        assert len(revealed) == len(CARDS)


def test_at_ones_own_speed_only_ones_own_answers_are_told(tmp_path):
    asked = {index: card.card for index, card in enumerate(CARDS)}
    clients: list[Client] = []

    async def story(live: Live) -> None:
        host, screen = await live.host(), await live.screen()
        quick, slow = await live.join("Zoe"), await live.join("Yui", "ja")
        clients.extend([screen, quick, slow])
        await host.send(type="act", action="start")
        for index in range(len(CARDS)):
            here = await quick.until("state", lambda f, at=index: (f["me"].get("item") or {}).get("index") == at)
            await answer(quick, here, index, 1)
            await quick.until("state", lambda frame: frame["me"].get("reveal"))
            await quick.send(type="next")
        await quick.until("state", lambda frame: frame["me"].get("done"))
        await slow.pong()

    hold(tmp_path, CARDS, story, paced=True, minutes=5)
    for client, met in zip(clients, (0, len(CARDS), 0), strict=True):
        revealed: set[str] = set()
        for frame in client.frames:
            check_frame(frame, "screen" if client is clients[0] else "play", revealed, asked)
        assert len(revealed) == met


def test_options_are_called_and_placed_anew_in_each_drill(tmp_path):
    seen: list[list[tuple[str, str]]] = []

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        state = await phone.phase("open")
        seen.append([(option["id"], option["text"]) for option in state["room"]["question"]["options"]])
        assert right(state, "lukewarm")

    for _drill in range(6):
        hold(tmp_path, [CARDS[0]], story)
    ids = [id_ for options in seen for id_, _text in options]
    assert len(set(ids)) == len(ids)
    assert len({tuple(text for _id, text in options) for options in seen}) > 1
