"""Texts with marks as XHTML elements, for formats that are XML throughout."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from quizkit.markup import to_html

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GAP = re.compile("\x01([0-9]+)\x02")


def sound(text: str) -> str:
    """A text without the characters that XML can't hold, its lines ended as XML ends them."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """A text that is sound and in one line, as names and titles are."""
    return " ".join(sound(text).split())


def gap_mark(number: int) -> str:
    """What stands in a text, once it is sound, for the element that `fill` shall put there."""
    return f"\x01{number}\x02"


def fill(parent: Element, text: str, gap: Callable[[int], Element | str] | None = None, *, modern: bool = True) -> None:
    """Put a text with marks into an element. Without `gap` the text is made sound first.

    `modern` has furigana above its base and lists that begin with any number; XHTML 1.0 knows neither, so there the
    reading follows in brackets and the numbers are written out.
    """
    builder = _Builder(parent, gap, modern)
    builder.feed(to_html(text if gap else sound(text)))
    builder.close()


def write_text(parent: Element, text: str) -> None:
    """Add characters at an element's end."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class _Builder(HTMLParser):
    """Makes elements of what `markup.to_html` writes."""

    def __init__(self, parent: Element, gap: Callable[[int], Element | str] | None, modern: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [parent]
        self._gap = gap
        self._modern = modern
        self._number: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        if tag == "br":
            SubElement(self._open[-1], tag)
        elif self._modern:
            self._begin(tag, {name: value or "" for name, value in attrs})
        elif tag == "rt":
            write_text(self._open[-1], "（")
        elif tag == "ol" and attrs:
            self._number = int(attrs[0][1] or 1)
            self._begin("div", {})
        elif tag == "li" and self._number is not None:
            self._begin("div", {})
            write_text(self._open[-1], f"{self._number}. ")
            self._number += 1
        elif tag != "ruby":
            self._begin(tag, {})

    def _begin(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "rt":
            SubElement(self._open[-1], "rp").text = "（"
        self._open.append(SubElement(self._open[-1], tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if not self._modern and tag == "rt":
            write_text(self._open[-1], "）")
        elif self._modern or tag != "ruby":
            self._open.pop()
            if tag == "rt":
                SubElement(self._open[-1], "rp").text = "）"
        if tag == "ol":
            self._number = None

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._gap is None:
            write_text(self._open[-1], data)
            return
        for place, piece in enumerate(_GAP.split(data)):
            made = self._gap(int(piece)) if place % 2 else piece
            if isinstance(made, str):
                write_text(self._open[-1], made)
            else:
                self._open[-1].append(made)
