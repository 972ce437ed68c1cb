"""Org headings as flashcards: org-drill (https://orgmode.org/worg/org-contrib/org-drill.html) and org-fc.

A heading with the tag `drill` or `fc` is a card. Its answer stands under a heading of its own (`Answer`, `Back`), or
the text has gaps, `[like this||hint]`. Without either, the heading asks and the text answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quizkit.decks.media import medium_of
from quizkit.formats.guard import glance, read_text
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, losses_of

_HEADING = re.compile(r"(\*+)[ \t]+(.*?)(?:[ \t]+(:[\w@#%:]+:))?[ \t]*")
_TITLE = re.compile(r"#\+TITLE:[ \t]*(.+)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:(?:PROPERTIES|LOGBOOK|REVIEW_DATA):[ \t]*\n(.*?)\n[ \t]*:END:[ \t]*(?:\n|$)", re.S | re.I)
_PLANNING = re.compile(r"^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):.*\n?", re.MULTILINE)
_ID = re.compile(r"^[ \t]*:ID:[ \t]*(\S+)", re.MULTILINE)
_CARD_TYPE = re.compile(r"^[ \t]*:(?:DRILL_CARD_TYPE|FC_TYPE):[ \t]*(\S+)", re.MULTILINE)
_DRILL_GAP = re.compile(r"(?<!\[)\[([^\[\]\n|]+)(?:\|\|([^\[\]\n]*))?\](?!\])")
_FC_GAP = re.compile(r"\{\{([^{}]+)\}(?:\{([^{}]*)\})?(?:@\d+)?\}")
_EMPHASIS = re.compile(r"(?<![\w*/_])([*/_])(?=\S)([^*/_\n]+?)(?<=\S)\1(?![\w*/_])")
_LINK = re.compile(r"\[\[(?:file:)?([^\[\]]+)\](?:\[([^\[\]]+)\])?\]")
_TAGS = frozenset({"drill", "fc", "card", "flashcard"})
_ANSWERS = frozenset({"answer", "back", "the answer", "答え", "正解", "답", "정답"})
_TWO_SIDED = frozenset({"twosided", "double"})


class _Heading(NamedTuple):
    """A heading, the text below it, and the headings below that."""

    line: int
    level: int
    title: str
    tags: tuple[str, ...]
    body: str
    drawer: str


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: headings with stars, one of them a card."""
    text = glance(head, name)
    return bool(re.search(r"^\*+ .*:(?:drill|fc|card|flashcard):", text, re.MULTILINE | re.IGNORECASE))


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. Tags of a heading go for those below it, as Org has it."""
    text = read_text(path, options.encoding)
    title = found[1].strip() if (found := _TITLE.search(text)) else ""
    headings = list(_headings(text))
    items: list[Item] = []
    losses: list[Loss] = []
    for index, heading in enumerate(headings):
        if not _TAGS & set(heading.tags):
            continue
        below = []
        for other in headings[index + 1 :]:
            if other.level <= heading.level:
                break
            below.append(other)
        lost: list[str] = []
        item = _item(heading, below, lost)
        if item:
            items.append(item)
        losses += losses_of(f"line {heading.line}", lost, item)
    return Parcel(tuple(items), title, tuple(losses))


def _headings(text: str) -> Iterator[_Heading]:
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _HEADING.fullmatch(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        found = _HEADING.fullmatch(lines[start])
        assert found is not None
        body = "\n".join(lines[start + 1 : end]) + "\n"
        drawer = "\n".join(match[1] for match in _DRAWER.finditer(body))
        body = _PLANNING.sub("", _DRAWER.sub("", body))
        tags = tuple(tag.lower() for tag in (found[3] or "").split(":") if tag)
        yield _Heading(start + 1, len(found[1]), found[2], tags, body.strip(), drawer)


def _item(heading: _Heading, below: list[_Heading], lost: list[str]) -> Item | None:
    media, behind = list[str](), list[str]()
    ident = _ID.search(heading.drawer)
    kind = _CARD_TYPE.search(heading.drawer)
    tags = tuple(tag for tag in heading.tags if tag not in _TAGS)
    shared = Item("basic", "", key=ident[1] if ident else "", tags=tags)
    if kind and kind[1] not in _TWO_SIDED | {"normal", "simple", "cloze", "hide1cloze", "show1cloze", "text-input"}:
        lost.append(f"the card type {kind[1]} is read as a plain card")
    title, body = _text(heading.title, media), heading.body
    answer = next((other for other in below if other.title.strip().lower() in _ANSWERS), None)
    if answer is not None:
        front = f"{title}\n{_text(body, media)}".strip() if body else title
        back = _text(answer.body, behind)
    elif gapped := _gapped(_text(body or heading.title, [])):
        _text(body, media)
        prompt = f"{title}\n{gapped}" if body else gapped
        return shared._replace(kind="cloze", prompt=prompt, media=tuple(media))
    else:
        front, back = title, _text("\n".join([body, *(other.body for other in below)]).strip(), behind)
    if not back:
        lost.append("a card without an answer: left out")
        return None
    reverse = bool(kind and kind[1] in _TWO_SIDED)
    item = shared._replace(prompt=front, answers=(back,), reverse=reverse)
    return item._replace(media=tuple(media), answer_media=tuple(behind))


def _gapped(text: str) -> str:
    """A text whose brackets are gaps; '' when it has none."""
    count = 0

    def gap(found: re.Match[str]) -> str:
        nonlocal count
        if "::" in found[0]:
            return found[0]
        count += 1
        hint = f"::{found[2].strip()}" if found[2] else ""
        return f"{{{{c{count}::{found[1].strip()}{hint}}}}}"

    made = _FC_GAP.sub(gap, text) if "{{" in text else _DRILL_GAP.sub(gap, text)
    return made if count else ""


def _text(text: str, media: list[str]) -> str:
    """Org markup as text with marks: bold stays strong, italics and underlines become emphasis."""

    def link(found: re.Match[str]) -> str:
        if medium_of(found[1]):
            media.append(found[1])
            return found[2] or ""
        return f"{found[2]} ({found[1]})" if found[2] else found[1]

    def emphasis(found: re.Match[str]) -> str:
        mark = "**" if found[1] == "*" else "*"
        return f"{mark}{found[2]}{mark}"

    return _EMPHASIS.sub(emphasis, _LINK.sub(link, text)).strip()
