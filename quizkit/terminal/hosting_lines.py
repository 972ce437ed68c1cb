"""A live drill line by line, for pipes and programs: what happens goes out, actions come in."""

from __future__ import annotations

import asyncio
import json
import sys
import threading

from quizkit.i18n import _, current, ngettext
from quizkit.terminal.hosting import Data, Drill, phase_word

LONGEST_NUMBER = 6
"""Digits of a number that is taken for one."""


async def in_pipe(drill: Drill, *, as_json: bool) -> None:
    """Say line by line what happens; take actions (next, reveal, pause, ...; `quit` leaves) a line each."""
    place, lang = drill.place(), current()
    if as_json:
        print(json.dumps(place, ensure_ascii=False), flush=True)
    else:
        print(_("Join: {url}   PIN: {pin}", url=place["url"], pin=place["pin"]))
        print(_("Projector: {url}", url=place["screen"]))
        print(_("Your own page: {url}", url=place["host"]))
        for problem in place["problems"]:
            print(f"! {problem}")
        sys.stdout.flush()
    reading = asyncio.ensure_future(_take_lines(drill, lang, as_json))
    told: object = None
    try:
        while not reading.done() or not reading.result():
            look = drill.look(lang)
            now = (look["phase"], look["paused"], (look["item"] or {}).get("index"), look["players"], look["answered"])
            if now != told:
                told = now
                print(told_json("state", look) if as_json else _told_plainly(look), flush=True)
            drill.changed.clear()
            changed = asyncio.ensure_future(drill.changed.wait())
            waits = {changed} if reading.done() else {changed, reading}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            changed.cancel()
    finally:
        reading.cancel()


def _told_plainly(look: Data) -> str:
    told = phase_word(look)
    if look["item"] is not None:
        told += f" · {_('Question {n} of {all}', n=look['item']['index'] + 1, all=look['item']['of'])}"
        told += f" · {_('{answered} of {all} have answered', answered=look['answered'], all=look['asked'])}"
        return told
    return f"{told} · {ngettext('{n} has joined', '{n} have joined', look['players'])}"


async def _take_lines(drill: Drill, lang: str, as_json: bool) -> bool:
    """Take actions from standard input; True when the drill shall be left, False when there is nobody to say so."""
    queue: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        # A thread that dies with the program: a pipe can't be waited for everywhere in another way.
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await queue.get():
        words = line.split()
        if words[:1] == ["quit"]:
            return True
        if not words:
            continue
        data: Data = {}
        if words[0] == "extend" and words[1:] and words[1].isdecimal() and len(words[1]) <= LONGEST_NUMBER:
            data["seconds"] = int(words[1])
        if why := drill.press(words[0], lang, **data):
            print(json.dumps({"event": "refused", "text": why}, ensure_ascii=False) if as_json else why, flush=True)
    return False


def told_json(event: str, look: Data) -> str:
    """What a program that reads along is told: who is in, what is asked, how many have answered. One line."""
    item = look["item"] or {}
    return json.dumps(
        {
            "event": event,
            "phase": look["phase"],
            "paused": look["paused"],
            "item": item.get("index"),
            "round": item.get("round"),
            "players": look["players"],
            "connected": look["connected"],
            "answered": look["answered"],
        },
        ensure_ascii=False,
    )
