"""Anki's card templates (https://docs.ankiweb.net/templates/fields.html), filled with a note's fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

_TAG = re.compile(r"\{\{([#^/]?)\s*([^{}]*?)\s*\}\}")
_FURIGANA = re.compile(r" ?([^ \[\]<>]+?)\[(?!sound:)(.+?)\]")
_DEPTH = 50


class Filled(NamedTuple):
    """A template with its fields in place. `typed` is the field whose text is to be typed, '' for none."""

    html: str
    typed: str
    shown: tuple[str, ...]


def fill(template: str, fields: Mapping[str, str]) -> Filled:
    """Fill a template: sections that depend on a field, fields, and what stands in front of a field's name."""
    filler = _Filler(fields)
    html = filler.fill(re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL))
    return Filled(html, filler.typed, tuple(dict.fromkeys(filler.shown)))


class _Filler:
    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.typed = ""
        self.shown: list[str] = []

    def fill(self, template: str) -> str:
        """The template filled; a section that nothing ends reaches to the end."""
        out: list[str] = []
        # Whether what stands here is shown: one truth for each section that is open.
        open_sections: list[bool] = []
        last = 0
        for found in _TAG.finditer(template):
            if all(open_sections):
                out.append(template[last : found.start()])
            last = found.end()
            mark, name = found[1], found[2]
            if mark in ("#", "^") and len(open_sections) < _DEPTH:
                open_sections.append(self._holds(name) is (mark == "#"))
            elif mark == "/" and open_sections:
                open_sections.pop()
            elif not mark and all(open_sections):
                out.append(self._field(name))
        if all(open_sections):
            out.append(template[last:])
        return "".join(out)

    def _holds(self, name: str) -> bool:
        if name in self.fields:
            return bool(re.sub(r"<(?!img)[^<>]*>|&nbsp;|\s", "", self.fields[name]))
        return name not in ("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag")

    def _field(self, tag: str) -> str:
        *filters, name = (part.strip() for part in tag.split(":"))
        if name not in self.fields:
            return ""
        if "type" in filters:
            self.typed = name
            return ""
        if any(word.startswith("tts ") for word in filters):
            return ""
        self.shown.append(name)
        text = self.fields[name]
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
