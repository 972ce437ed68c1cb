"""Anki's card templates (https://docs.ankiweb.net/templates/fields.html), filled with a note's fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_TAG = re.compile(r"\{\{([#^/]?)\s*([^{}]*?)\s*\}\}")
_FURIGANA = re.compile(r" ?([^ \[\]<>]+?)\[(?!sound:)(.+?)\]")
_SEEN = re.compile(r"(?:<(?!img)[^<>]*>|&nbsp;|\s)*+.", re.DOTALL)
_DEPTH = 50


class Filled(NamedTuple):
    """A template with its fields in place. `typed` is the field whose text is to be typed, '' for none."""

    html: str
    typed: str
    shown: tuple[str, ...]


class _Piece(NamedTuple):
    """A piece of a template: text, then a tag: what it does ('#', '^', '/', 'type', 'tts' or '' for showing a field),
    the field's name, and the filters in front of it.
    """

    text: str
    does: str
    name: str
    filters: tuple[str, ...]


@lru_cache(maxsize=256)
def _taken_apart(template: str) -> tuple[tuple[_Piece, ...], str]:
    """A template's pieces, and the text behind the last."""
    template = re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL)
    pieces = []
    last = 0
    for found in _TAG.finditer(template):
        *filters, name = (part.strip() for part in found[2].split(":"))
        does = found[1]
        if does:
            name = ":".join((*filters, name))
        elif "type" in filters:
            does = "type"
        elif any(word.startswith("tts ") for word in (*filters, name)):
            does = "tts"
        pieces.append(_Piece(template[last : found.start()], does, name, tuple(filters)))
        last = found.end()
    return tuple(pieces), template[last:]


def fill(template: str, fields: Mapping[str, str], hidden: Sequence[str] = ()) -> Filled:
    """Fill a template: sections that depend on a field, fields, and what stands in front of a field's name.

    A section that nothing ends reaches to the end. The `hidden` fields are taken for empty ones.
    """
    pieces, rest = _taken_apart(template)
    out: list[str] = []
    shown: list[str] = []
    typed = ""
    # Whether what stands here is shown: one truth for each section that is open.
    sections: list[bool] = []
    here = True
    for text, does, name, filters in pieces:
        if text and here:
            out.append(text)
        if not does:
            if here and name in fields:
                shown.append(name)
                if name not in hidden:
                    out.append(_filtered(fields[name], filters) if filters else fields[name])
        elif does in ("#", "^") and len(sections) < _DEPTH:
            sections.append((name not in hidden and _is_true(fields, name)) is (does == "#"))
            here = all(sections)
        elif does == "/" and sections:
            sections.pop()
            here = all(sections)
        elif does == "type" and here and name in fields:
            typed = name
    if here:
        out.append(rest)
    return Filled("".join(out), typed, tuple(shown))


def holds(html: str) -> bool:
    """Whether there is anything to see in it: a picture counts, white space and empty elements don't."""
    return _SEEN.match(html) is not None


def _is_true(fields: Mapping[str, str], name: str) -> bool:
    if name in fields:
        return holds(fields[name])
    return name not in ("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag")


def _filtered(text: str, filters: Sequence[str]) -> str:
    for word in reversed(filters):
        text = _FILTERS.get(word, _same)(text)
    return text


def _same(text: str) -> str:
    return text


def _furigana(text: str) -> str:
    return _FURIGANA.sub(r"<ruby>\1<rt>\2</rt></ruby>", text.replace("&nbsp;", " "))


def _kanji(text: str) -> str:
    return _FURIGANA.sub(r"\1", text.replace("&nbsp;", " "))


def _kana(text: str) -> str:
    return _FURIGANA.sub(r"\2", text.replace("&nbsp;", " "))


_FILTERS: Mapping[str, Callable[[str], str]] = {"furigana": _furigana, "kanji": _kanji, "kana": _kana}


def used(template: str, fields: Sequence[str]) -> tuple[str, ...]:
    """The fields that a template names, in its order."""
    names = [part.split(":")[-1].strip() for mark, part in _TAG.findall(template) if not mark]
    return tuple(dict.fromkeys(name for name in names if name in fields))
