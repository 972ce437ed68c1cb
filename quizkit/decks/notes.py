"""One note of a deck: what every kind shares, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from quizkit.diagnostics import Span, error, warning
from quizkit.kinds import KINDS, Fields, all_keys, keys_of, kind
from quizkit.kinds.fields import nearest
from quizkit.model import Claim, ClaimType, Example, LocalText, Note
from quizkit.source.node import Node

MISSING_ID = error(
    "missing-id",
    "A note without an id",
    "A note's memories hang on its id. `quizkit deck ids` writes the missing ones.",
)
BAD_ID = error("bad-id", "The note's id can't be used", "An id holds lower-case letters, digits and hyphens.")
UNKNOWN_KIND = error("unknown-kind", "There is no such kind of note", "docs/deck-format.md lists the kinds.")
BAD_REFERENCE = error(
    "bad-reference",
    "This can't be the id of a note",
    "`after`, `confuses` and `was` name notes: by their id, or as `deck/id` where they are in another deck.",
)
BAD_TAG = warning(
    "bad-tag",
    "A tag of several words, or several tags in one text",
    "Tags are single words, so that cards can be chosen by them on a command line. Spaces become hyphens; several "
    "tags are a list: `[asia, rivers]`.",
)
BAD_AS_OF = error("bad-as-of", "`as_of` is no date", "Write 2024, 2024-05 or 2024-05-07.")
BAD_MEDIA = error(
    "bad-media",
    "A picture or sound that can't come along",
    "`media` names files in the deck's folder, or in a folder within it, with `/` between: `media/map.png`.",
)
BAD_CLAIM = error(
    "bad-claim",
    "The claim can't be understood",
    "`claim` is `author`, a name, or a mapping with `by` and `type` (quotation, judgement, prediction, report).",
)
CLAIM_BY_MISSING = error(
    "claim-by-missing",
    "The claim doesn't say whose it is",
    "A `claim` with a `type` needs `by`: `author`, or the name of whoever says so.",
)

ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*$")
_REFERENCE = re.compile(r"(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)?[a-z0-9]+(?:[-_][a-z0-9]+)*$")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", re.ASCII)
_GAP = re.compile(r"c\d+$", re.ASCII)
_COMMA = re.compile("[,，、]")
_PARTED = re.compile(r"[,，、\s]")


def slug(text: str) -> str:
    """A text as an id."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "some-name"


def as_id(text: str) -> str:
    """What is written as an id, as one that can be used."""
    return text if ID.match(text) else slug(text)


def read_note(fields: Fields) -> Note | None:
    """A note, or None when it can't be used; what is wrong is reported."""
    name = fields.word("kind")
    note_id = _id(fields)
    if "kind" not in fields:
        fields.missing("kind")
        # It may be there under a misspelt name.
        fields.unknown(all_keys(), only_slips=True)
        return None
    if name not in KINDS:
        if name:
            _unknown_kind(fields, name)
        return None
    fields.unknown(keys_of(name))
    module = kind(name)
    body = module.parse(fields)
    if body is None or not note_id:
        # What is wrong with the shared keys is said all the same.
        _shared(fields, name)
        return None
    span = Span(fields.file, fields.node.line, fields.node.column)
    return Note(fields.deck, note_id, name, body, span, **_shared(fields, name))


def _shared(fields: Fields, name: str) -> dict[str, Any]:
    """What a note says under the keys that all kinds share. Most notes have few of them: the others cost nothing."""
    found: dict[str, Any] = {}
    for key in fields.node.value:
        assert isinstance(key, str)
        if key in _SHARED and not (key == "claim" and _owns_claim(name)):
            found[key] = _SHARED[key](fields)
    if "accepts" in fields or "refuses" in fields:
        found["examples"] = _examples(fields)
    return found


def id_of(note: Node) -> Node | None:
    """A note's id as it is written, be it under a misspelt key; None when there is none."""
    keys: Mapping[str, Node] = note.value if isinstance(note.value, dict) else {}
    if "id" in keys:
        return keys["id"]
    slips = (key for key in keys if key not in all_keys() and nearest(key, all_keys()) == "id")
    return next((keys[key] for key in slips), None)


def _id(fields: Fields) -> str:
    if "id" not in fields:
        if id_of(fields.node) is None:
            fields.report(MISSING_ID, None, "This note has no id.", "Run `quizkit deck ids`, or write one.")
        return ""
    found = fields.word("id")
    if found and not ID.match(found):
        fields.report(BAD_ID, fields.get("id"), f"`{found}` can't be an id.", f"Write `{slug(found)}`.")
        return ""
    return found


def _unknown_kind(fields: Fields, name: str) -> None:
    near = nearest(name, KINDS, 0.5)
    fix = f"Did you mean `{near}`?" if near else f"Kinds: {', '.join(KINDS)}."
    fields.report(UNKNOWN_KIND, fields.get("kind"), f"There is no kind `{name}`.", fix)


def _keys(fields: Fields, key: str) -> tuple[str, ...]:
    """Note keys; an id without a deck is one of this deck."""
    keys = []
    for node in fields.nodes(key):
        word = fields.plain(node, key)
        if _REFERENCE.match(word):
            keys.append(word if "/" in word else f"{fields.deck}/{word}")
        elif word:
            fields.report(BAD_REFERENCE, node, f"`{word}` can't be the id of a note.", "Write `note` or `deck/note`.")
    return tuple(keys)


def _tags(fields: Fields) -> tuple[str, ...]:
    tags = fields.words("tags")
    if not any(map(_PARTED.search, tags)):
        return tags
    for node in fields.nodes("tags"):
        if isinstance(node.value, str) and _PARTED.search(text := node.value.strip()):
            _report_tag(fields, node, text)
    return tuple(tag for text in tags for tag in _tags_in(text))


def _tags_in(text: str) -> list[str]:
    """The tags that a text means: parted by commas, the words of each joined."""
    return ["-".join(part.split()) for part in _COMMA.split(text) if part.strip()]


def _report_tag(fields: Fields, node: Node, text: str) -> None:
    """Report a text that is no single word."""
    from quizkit.decks.write import scalar

    meant = _tags_in(text)
    if not _COMMA.search(text):
        fields.report(BAD_TAG, node, f"`{text}` is several words.", f"Write `{meant[0]}`.")
    elif node is fields.get("tags"):
        listed = ", ".join(scalar(tag, flow=True) for tag in meant)
        fields.report(BAD_TAG, node, f"`{text}` is several tags.", f"Write `[{listed}]`.")
    else:
        fields.report(BAD_TAG, node, f"`{text}` is several tags.", "Make each of them a member of the list.")


def _owns_claim(name: str) -> bool:
    """Whether `claim` is a key of the kind's own."""
    return any(key.name == "claim" for key in kind(name).KEYS)


def _claim(fields: Fields) -> Claim | None:
    node = fields.get("claim")
    assert node is not None
    if not (isinstance(node.value, dict) and not {"by", "type"}.isdisjoint(node.value)):
        return _held(fields, node, ClaimType.JUDGEMENT)
    inner = fields.inner(node, ("by", "type"))
    name = inner.word("type") or ClaimType.JUDGEMENT.value
    if name not in list(ClaimType):
        fields.report(BAD_CLAIM, inner.get("type"), f"`{name}` is no type of claim.", f"Write {', '.join(ClaimType)}.")
        return None
    by = inner.get("by")
    if by is None:
        fields.report(CLAIM_BY_MISSING, node, "The claim doesn't say whose it is.", "Add `by: author` or a name.")
        return None
    return _held(inner, by, ClaimType(name))


def _held(fields: Fields, by: Node, type_: ClaimType) -> Claim | None:
    """A claim of somebody's, or of the author of the source."""
    if by.value == "author":
        return Claim(None, type_)
    text: LocalText | None = fields.local(by, "claim")
    return Claim(text, type_) if text else None


def _as_of(fields: Fields) -> str:
    text = fields.word("as_of")
    if text and not _is_date(text):
        fields.report(BAD_AS_OF, fields.get("as_of"), f"`{text}` is no date.", "Write 2024-05-07.")
        return ""
    return text


def _media(fields: Fields, key: str) -> tuple[str, ...]:
    """Names of files beside the deck: what lies elsewhere wouldn't come along with it."""
    names = []
    for node in fields.nodes(key):
        name = fields.plain(node, key)
        if name.startswith(("/", "~")) or "\\" in name or ":" in name or ".." in name.split("/"):
            message = f"`{name}` isn't beside the deck."
            fields.report(BAD_MEDIA, node, message, "Copy the file into the deck's folder and write its name.")
        elif name:
            names.append(name)
    return tuple(names)


def _is_date(text: str) -> bool:
    """Whether it is a year, a month or a day that the calendar has."""
    found = _DATE.match(text)
    if found is None:
        return False
    from datetime import date

    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _examples(fields: Fields) -> tuple[Example, ...]:
    """`accepts` and `refuses`: a group is a gap of a cloze (c1), else a language."""
    found = []
    for key, accepted in (("accepts", True), ("refuses", False)):
        for group, text, node in fields.forms(key):
            gap = _GAP.match(group) is not None
            found.append(Example(text, "" if gap else group, accepted, group if gap else "", node.span(fields.file)))
    return tuple(found)


_SHARED: Mapping[str, Callable[[Fields], Any]] = {
    "explain": lambda fields: fields.text("explain"),
    "cite": lambda fields: fields.words("cite"),
    "claim": _claim,
    "as_of": _as_of,
    "tags": _tags,
    "after": lambda fields: _keys(fields, "after"),
    "confuses": lambda fields: _keys(fields, "confuses"),
    "was": lambda fields: _keys(fields, "was"),
    "media": lambda fields: _media(fields, "media"),
    "answer_media": lambda fields: _media(fields, "answer_media"),
    "origin": lambda fields: fields.word("origin"),
    "imported": lambda fields: fields.word("imported"),
}
"""How each shared key is read; a note's field is called as the key."""
