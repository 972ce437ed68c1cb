"""Decks and logs to measure with: made from numbers, the same every time."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from quizkit.clock import MS_PER_DAY, Clock
from quizkit.model import Event, EventType, Origin
from quizkit.store import Store

NOTES_A_FILE = 1000
LEARNER = "me"

_TYPED = """\
  - id: n{i}
    kind: typed
    ask:
      en: What is the code word of agreement {i}?
      ja: 合意{i}の合言葉は何ですか。
    answer:
      en: word {i}
      ja: 言葉{i}
    tags: [agreements]
    explain:
      en: Agreement {i} was given its code word at the meeting before it.
      ja: 合意{i}の合言葉は前の会合で決まりました。
"""
_CHOICE = """\
  - id: n{i}
    kind: choice
    ask:
      en: Where was meeting {i} held?
      ja: 会合{i}はどこで開かれましたか。
    answer: Town {i}
    options:
      - Town {i}
      - Town {a}
      - Town {b}
      - Town {c}
    tags: [places]
"""
_NUMBER = """\
  - id: n{i}
    kind: number
    ask:
      en: How many delegates came to meeting {i}?
      ja: 会合{i}の代表は何人でしたか。
    answer: {i}
"""
_BASIC = """\
  - id: n{i}
    kind: basic
    front: Abbreviation {i}
    back:
      en: The long name of institution {i}
      ja: 機関{i}の正式名称
"""
_KINDS = (_TYPED, _CHOICE, _NUMBER, _BASIC)


def write_decks(folder: Path, cards: int) -> None:
    """A workspace with that many cards, one a note, in files of a thousand."""
    decks = folder / "decks"
    decks.mkdir(parents=True)
    for first in range(0, cards, NOTES_A_FILE):
        name = f"deck-{first // NOTES_A_FILE:03}"
        notes = [
            _KINDS[i % len(_KINDS)].format(i=i, a=i + 1, b=i + 2, c=i + 3)
            for i in range(first, min(first + NOTES_A_FILE, cards))
        ]
        (decks / f"{name}.yaml").write_text(
            f"deck: {name}\ntitle: Deck {first // NOTES_A_FILE}\nnotes:\n" + "".join(notes), encoding="utf-8"
        )


def events(store: Store, cards: int, count: int) -> list[Event]:
    """A log of reviews: every card has about the same number, on days that grow apart, one in seven forgotten."""
    dice = random.Random(7)
    each = count // cards
    start = store.clock.now() - 400 * MS_PER_DAY
    first_day = store.clock.calendar.day_of(start)
    made = []
    for i in range(cards):
        deck, card = f"deck-{i // NOTES_A_FILE:03}", f"n{i}"
        day = dice.randrange(60)
        gap = 1
        for _ in range(each):
            rating = 1 if dice.random() < 0.14 else 3
            at = start + day * MS_PER_DAY + dice.randrange(3_600_000)
            made.append(
                store.make(
                    EventType.REVIEW,
                    LEARNER,
                    f"{deck}/{card}/main",
                    at=at,
                    day=first_day + day,
                    rating=rating,
                    score=float(rating > 1),
                    retention=0.9,
                    milliseconds=4000,
                    origin=Origin.STUDY,
                )
            )
            gap = 1 if rating == 1 else min(int(gap * 2.2) + 1, 60)
            day += gap
    return made


Progress = Callable[[int, int], None]


def write_log(path: Path, clock: Clock, cards: int, count: int, progress: Progress) -> int:
    """A progress file with that many events, its memories made by replay; returns how many it holds."""
    from quizkit.store.check import rebuild

    with Store.open(path, clock=clock) as store:
        made = events(store, cards, count)
        store.append_bulk(made)
        rebuild(store, progress=progress)
        return len(made)
