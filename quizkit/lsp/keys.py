"""The keys that may be written at a place of a deck or a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from quizkit.decks.load import HEAD
from quizkit.decks.sources import HEAD as SOURCE_HEAD
from quizkit.kinds import COMMON_KEYS, Key, keys_of, kind
from quizkit.kinds.choosing import OPTION_KEYS
from quizkit.kinds.keys import Form
from quizkit.kinds.listing import MEMBER_KEYS
from quizkit.kinds.order import ITEM_KEYS
from quizkit.lsp.cursor import ITEM
from quizkit.lsp.suggestion import Spot, Suggestion

LANGUAGES = {
    "en": "English",
    "ja": "Japanese",
    "ko": "Korean",
    "zh": "Chinese",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
    "vi": "Vietnamese",
}
"""What is offered where nothing else tells which languages the author writes."""

PARTS = {
    "text": "The text.",
    "why": "Why it is wrong: shown to whoever picks it.",
    "misconception": "The belief behind it.",
    "also": "Further forms that are right when typed.",
    "when": "Told with the answer.",
    "left": "The left side.",
    "right": "The right side.",
    "by": "`author`, or the name of whoever says so.",
    "type": "What sort of statement it is: quotation, judgement, prediction or report.",
}
"""The keys of mappings inside a note."""

SOURCE_KEYS = {
    "source": "The source's id, as decks name it.",
    "author": "Who wrote it.",
    "title": "What it is called.",
    "publisher": "Who published it.",
    "published": "When it was published.",
    "url": "Where it can be read.",
    "about": "What it is about.",
    "passages": "Its passages: an id, and the gist in our own words.",
}
PASSAGE_KEYS = {"id": "The passage's id, as notes cite it.", "gist": "What it says, in our own words."}

_TEXT_FORMS = frozenset((Form.TEXT, Form.TEXTS))
_LISTS = frozenset((Form.OPTIONS, Form.PAIRS))
_SPOKEN = frozenset(("title", "about", "author", "publisher", "gist", "text", "why", "misconception", "when", "by"))


class Offer(NamedTuple):
    """A key: what it is for, and whether what belongs to it stands below it rather than behind."""

    name: str
    detail: str
    doc: str
    below: bool = False


def keys_at(spot: Spot) -> Iterator[Suggestion]:
    """The keys that the mapping around the cursor may have and has not."""
    for offer in known_keys(spot, spot.cursor.path):
        if offer.name in spot.cursor.siblings:
            continue
        behind = "" if spot.cursor.on_key else ":" if offer.below else ": "
        yield Suggestion(offer.name, "key", offer.detail, offer.doc, offer.name + behind)


def known_keys(spot: Spot, path: tuple[str, ...]) -> Iterator[Offer]:
    """The keys that a mapping at a path may have."""
    if not path:
        docs = SOURCE_KEYS if spot.is_source else HEAD
        assert not spot.is_source or set(SOURCE_HEAD) == set(SOURCE_KEYS)
        for name, doc in docs.items():
            yield Offer(name, "source" if spot.is_source else "deck", doc, name in ("notes", "passages"))
    elif path == ("passages", ITEM) and spot.is_source:
        yield from (Offer(name, "passage", doc) for name, doc in PASSAGE_KEYS.items())
    elif path == ("notes", ITEM):
        yield from _note_keys(spot)
    elif path[:2] == ("notes", ITEM):
        yield from _inner_keys(spot, path[2:])
    elif path[-1] in _SPOKEN:
        yield from languages(spot)


def _note_keys(spot: Spot) -> Iterator[Offer]:
    """Id, kind, the kind's own keys, the rest: in the order of the docs."""
    known: list[Key] = list(COMMON_KEYS)
    if spot.has_kind:
        own = kind(spot.kind).KEYS
        names = {key.name for key in own}
        known = [*COMMON_KEYS[:2], *own, *(key for key in COMMON_KEYS[2:] if key.name not in names)]
    for key in known:
        detail = f"{key.form.value}, required" if key.required else key.form.value
        below = key.form in _LISTS or (key.form in _TEXT_FORMS and len(spot.languages) > 1)
        yield Offer(key.name, detail, key.doc, below)


def _inner_keys(spot: Spot, path: tuple[str, ...]) -> Iterator[Offer]:
    """The keys of a mapping inside a note."""
    known = keys_of(spot.kind) if spot.has_kind else {key.name: key for key in COMMON_KEYS}
    form = known[path[0]].form if path[0] in known else None
    below = len(spot.languages) > 1
    if form is Form.OPTIONS and path[1:] == (ITEM,):
        own = {"list": MEMBER_KEYS, "order": ITEM_KEYS}.get(spot.kind, OPTION_KEYS)
        yield from (Offer(name, path[0], PARTS[name], below and name != "also") for name in own)
    elif form is Form.PAIRS and path[1:] == (ITEM,):
        yield from (Offer(name, "pair", PARTS[name], below) for name in ("left", "right"))
        return
    elif form is Form.CLAIM and len(path) == 1:
        yield from (Offer(name, "claim", PARTS[name]) for name in ("by", "type"))
    elif form is Form.FORMS and len(path) == 1 and spot.kind == "cloze":
        yield from (Offer(f"c{number}", "gap", "") for number in range(1, 10))
    if form not in (Form.WORD, Form.WORDS, Form.FLAG, Form.NUMBER):
        yield from languages(spot)


def languages(spot: Spot, *, all_known: bool = False) -> Iterator[Offer]:
    """The deck's languages; where it doesn't say, or with `all_known`, those of other decks and common ones."""
    tags = spot.languages
    if not tags or all_known:
        others = Counter(
            tag for loaded in spot.view.library.decks if loaded.deck is not None for tag in loaded.deck.languages
        )
        tags = tuple(dict.fromkeys([*(tag for tag, _count in others.most_common()), *LANGUAGES]))
    yield from (Offer(tag, "language", LANGUAGES.get(tag, "")) for tag in tags)


def doc_of(spot: Spot, name: str) -> str:
    """What the key under the cursor is for; '' for none that is known."""
    return next((offer.doc for offer in known_keys(spot, spot.cursor.path) if offer.name == name), "")
