"""The neutral form: a question as any program knows it, in one language, as texts.

What comes in is read into items, and items become notes; what goes out is made from notes into items, and those are
written. Texts may hold the marks of `quizkit.markup`, except what is typed: answers, members and gap forms are plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

KINDS = (
    "basic",
    "typed",
    "cloze",
    "choice",
    "multi",
    "truefalse",
    "number",
    "date",
    "list",
    "order",
    "match",
    "open",
)
"""The kinds of item: the kinds of note, but that an argument is already made into questions."""


class Option(NamedTuple):
    """Something to pick. `feedback` is told to whoever picks it."""

    text: str
    right: bool = False
    feedback: str = ""


class Item(NamedTuple):
    """A question. Which fields are used depends on the kind:

    - basic: `answers[0]` is the back, `reverse` asks the other way round too.
    - typed: `answers` are right, the first is shown. `number`: `answers[0]` in digits, `unit`, `tolerance` (an amount).
      `date`: `answers[0]` as 2023, 2023-08 or 2023-08-18; the others are ways to write it.
    - cloze: `prompt` holds the gaps, `{{c1::answer::hint}}`; `gaps` further right forms by gap name (`c1`).
    - choice, multi: `options`, `shuffle`. truefalse: `true`, and `correction`.
    - list: `members`, each the forms of one, and `need` (0: all). order: `members`, first to last, of one form each.
    - match: `pairs`, and `extra` right sides that belong to nobody.
    - open: `answers[0]` is the model answer, `points` the rubric.

    `key` says who it is: `deck/note` or `deck/note/variant` for ours, else what the other program calls it, '' where
    it has no name. `group` is the deck it is in there. `media` are files that are there with the question,
    `answer_media` those that are there only with the answer: paths, or names, by which their content is found.
    """

    kind: str
    prompt: str
    answers: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    true: bool = True
    correction: str = ""
    members: tuple[tuple[str, ...], ...] = ()
    need: int = 0
    pairs: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    gaps: Mapping[str, tuple[str, ...]] = {}
    unit: str = ""
    tolerance: str = ""
    reverse: bool = False
    shuffle: bool = True
    explain: str = ""
    tags: tuple[str, ...] = ()
    key: str = ""
    group: str = ""
    media: tuple[str, ...] = ()
    answer_media: tuple[str, ...] = ()

    @property
    def all_media(self) -> tuple[str, ...]:
        """Every file that it names, once."""
        return tuple(dict.fromkeys((*self.media, *self.answer_media)))


class Loss(NamedTuple):
    """Something that a format can't carry, or that wasn't understood: where, and what becomes of it. English.

    `whole` says that the question isn't carried at all.
    """

    where: str
    what: str
    whole: bool = False


def losses_of(where: str, lost: Iterable[str], carried: object) -> list[Loss]:
    """What was lost of one question; one that isn't `carried` fell with the last of it."""
    losses = [Loss(where, what) for what in dict.fromkeys(lost)]
    return losses if carried or not losses else [*losses[:-1], losses[-1]._replace(whole=True)]


class PastReview(NamedTuple):
    """A review that another program has seen. `key` is the item's, `variant` the card's of the note it becomes.

    `at` in milliseconds since the epoch; `rating` 1 to 4; `interval` in days, 0 for learning steps.
    """

    key: str
    variant: str
    at: int
    rating: int
    milliseconds: int = 0
    interval: int = 0


class PastMemory(NamedTuple):
    """What another program's FSRS knows of a card at the moment `at` (ms); `due` is the date it is due, as ISO."""

    key: str
    variant: str
    at: int
    stability: float
    difficulty: float
    due: str = ""
    lapses: int = 0
    reps: int = 0
    suspended: bool = False


class Parcel(NamedTuple):
    """What a file holds. `media` maps names to what reads them."""

    items: tuple[Item, ...]
    title: str = ""
    losses: tuple[Loss, ...] = ()
    media: Mapping[str, Callable[[], bytes]] = {}
    reviews: Sequence[PastReview] = ()
    memories: Sequence[PastMemory] = ()


class ReadOptions(NamedTuple):
    """How to read. `columns` maps our fields to a table's columns; `encoding` '' is to be told apart."""

    columns: Mapping[str, str] = {}
    encoding: str = ""
    separator: str = ""


class WriteOptions(NamedTuple):
    """How to write. `suffix` is what the file's name ends with, where it has one already; `media` maps names to what
    reads them; `now` is in milliseconds since the epoch.
    """

    title: str = "quizkit"
    lang: str = "en"
    suffix: str = ""
    now: int = 0
    media: Mapping[str, Callable[[], bytes]] = {}
    reviews: Sequence[PastReview] = ()
    memories: Sequence[PastMemory] = ()


class Written(NamedTuple):
    """A file's content, how many items it carries, what it couldn't, and the suffix that fits it ('' for the usual)."""

    data: bytes
    items: int
    losses: tuple[Loss, ...] = ()
    suffix: str = ""
