"""The little that a text may say about its looks: emphasis, lists, line breaks and furigana.

`*emphasis*` and `**strong**` as in Markdown, lines that begin with `- ` or `1. `, and furigana as Aozora Bunko writes
it: `漢字《かんじ》`, with `｜` before the base where it isn't the run of kanji in front. A backslash takes a mark's
meaning away. Whoever writes none of these never meets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as _html
from typing import NamedTuple

MARKS = "\\*《｜"
_MARK = re.compile(rf"[{re.escape(MARKS)}]")
_KANJI = "\u3005\u3006\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"\\(?P<escaped>[{re.escape(MARKS)}])"
    r"|\*\*(?=[^\s*])(?P<strong>(?:[^*\n\\]|\\.|\*(?!\*))+?)(?<=\S)\*\*"
    r"|(?<![A-Za-z0-9*])\*(?=[^\s*])(?P<emphasis>(?:[^*\n\\]|\\.)+?)(?<=\S)\*(?![A-Za-z0-9*])"
    rf"|(?:｜(?P<base>[^\n《》｜]{{1,40}})|(?P<kanji>[{_KANJI}]{{1,40}}))《(?P<ruby>[^\n《》]{{1,40}})》"
)
_ITEM = re.compile(r"(?:(?P<dot>-)|(?P<number>\d{1,3})\.) (?P<text>.*)")


class Span(NamedTuple):
    """A piece of a text and its looks. `ruby` is the reading that stands above it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    ruby: str = ""


def spans(text: str) -> list[Span]:
    """A text in pieces, its marks understood."""
    if not _MARK.search(text):
        return [Span(text)]
    return list(_joined(_spans(text)))


def _spans(text: str, strong: bool = False, emphasis: bool = False) -> Iterator[Span]:
    last = 0
    for found in _TOKEN.finditer(text):
        if found.start() > last:
            yield Span(text[last : found.start()], strong, emphasis)
        last = found.end()
        if found["escaped"]:
            yield Span(found["escaped"], strong, emphasis)
        elif found["strong"]:
            yield from _spans(found["strong"], True, emphasis)
        elif found["emphasis"]:
            yield from _spans(found["emphasis"], strong, True)
        else:
            yield Span(found["base"] or found["kanji"], strong, emphasis, found["ruby"])
    if last < len(text):
        yield Span(text[last:], strong, emphasis)


def _joined(pieces: Iterator[Span]) -> Iterator[Span]:
    """Neighbours of one look as one piece."""
    held: Span | None = None
    for piece in pieces:
        if held and held[1:] == piece[1:] and not held.ruby:
            held = held._replace(text=held.text + piece.text)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def plain(text: str) -> str:
    """A text without its marks; of furigana only the base stays."""
    return "".join(span.text for span in spans(text)) if _MARK.search(text) else text


def readings(text: str) -> str:
    """A text without its marks, the reading in place of each base that has one."""
    return "".join(span.ruby or span.text for span in spans(text))


def escape(text: str) -> str:
    """A text whose characters shall mean themselves, as text with marks."""
    return _MARK.sub(r"\\\g<0>", text) if _MARK.search(text) else text


def to_html(text: str) -> str:
    """A text with marks as HTML: everything else in it is escaped."""
    out: list[str] = []
    open_list = ""
    for number, line in enumerate(text.split("\n")):
        found = _ITEM.fullmatch(line)
        tag = ("ul" if found["dot"] else "ol") if found else ""
        if open_list and tag != open_list:
            out.append(f"</{open_list}>")
        elif number and not tag and not open_list:
            out.append("<br>")
        if found and tag != open_list:
            out.append(f'<ol start="{found["number"]}">' if tag == "ol" and found["number"] != "1" else f"<{tag}>")
        open_list = tag
        out.append(f"<li>{_inline(found['text'])}</li>" if found else _inline(line))
    if open_list:
        out.append(f"</{open_list}>")
    return "".join(out)


def _inline(line: str) -> str:
    return "".join(map(_span_html, spans(line))) if _MARK.search(line) else _html(line)


def _span_html(span: Span) -> str:
    text = _html(span.text)
    if span.ruby:
        text = f"<ruby>{text}<rt>{_html(span.ruby)}</rt></ruby>"
    if span.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if span.strong else text
