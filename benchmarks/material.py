"""Decks and logs to measure with: made from numbers, the same every time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from quizkit.clock import MS_PER_DAY, Clock
from quizkit.model import Event, EventType, Origin
from quizkit.store import Store

CARDS_A_FILE = 1200
LEARNER = "me"

_TYPED = """\
  - id: n{i}
    kind: typed
    ask: What is the code word of agreement {i}?
    answer: word {i}
"""
_BASIC = """\
  - id: n{i}
    kind: basic
    front: Abbreviation {i}
    back: The long name of institution {i}
    reverse: true
"""
_CLOZE = """\
  - id: n{i}
    kind: cloze
    text: Meeting {i} was held in {{{{c1::Town {i}}}}} and chaired by {{{{c2::Minister {i}}}}}.
"""
_CHOICE = """\
  - id: n{i}
    kind: choice
    ask: Where was meeting {i} held?
    answer: Town {i}
    options: [Town {i}, Town {a}, Town {b}, Town {c}]
"""
KINDS = ((_TYPED, ("main",)), (_BASIC, ("main", "reverse")), (_CLOZE, ("c1", "c2")), (_CHOICE, ("main",)))
CARDS_EACH_ROUND = sum(len(variants) for _text, variants in KINDS)


def decks(cards: int) -> Iterator[tuple[str, str, list[str]]]:
    """That many cards: id and text of each deck, and the keys of its cards."""
    number = 0
    for first in range(0, cards, CARDS_A_FILE):
        deck = f"deck-{first // CARDS_A_FILE:03}"
        text, keys = f"deck: {deck}\ntitle: Deck {first // CARDS_A_FILE}\nnotes:\n", []
        while len(keys) < min(CARDS_A_FILE, cards - first):
            kind, variants = KINDS[number % len(KINDS)]
            text += kind.format(i=number, a=number + 1, b=number + 2, c=number + 3)
            keys += [f"{deck}/n{number}/{variant}" for variant in variants]
            number += 1
        yield deck, text, keys


def write_decks(folder: Path, cards: int) -> None:
    """A workspace with about that many cards."""
    place = folder / "decks"
    place.mkdir(parents=True)
    for deck, text, _keys in decks(cards):
        (place / f"{deck}.yaml").write_text(text, encoding="utf-8")


def events(store: Store, cards: int, count: int) -> list[Event]:
    """A log of reviews: every card has about the same number, on days that grow apart, one in seven forgotten."""
    dice = random.Random(7)
    keys = [key for _deck, _text, deck_keys in decks(cards) for key in deck_keys]
    each = count // len(keys)
    start = store.clock.now() - 400 * MS_PER_DAY
    first_day = store.clock.calendar.day_of(start)
    made = []
    for key in keys:
        day = dice.randrange(60)
        gap = 1
        for _ in range(each):
            rating = 1 if dice.random() < 0.14 else 3
            at = start + day * MS_PER_DAY + dice.randrange(3_600_000)
            made.append(
                store.make(
                    EventType.REVIEW,
                    LEARNER,
                    key,
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
