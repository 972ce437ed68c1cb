"""HTML from other programs as text with marks (`quizkit.markup`), and what is lost on the way."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

from quizkit.markup import escape, plain

_LOOKS_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_EMPTY = re.compile(r"<(p|small|div|span|b|i|em|strong|u|big|center)(?: [^<>]*)?>\s*</\1>", re.IGNORECASE)
_SPACES = re.compile(r" [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*")
"""White space that isn't a single space already."""
_STRONG = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_EMPHASIS = frozenset({"i", "em", "u", "mark", "cite", "dfn"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "blockquote", "tr", "table", "tbody", "thead", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "pre", "hr", "dl", "dt", "dd", "center", "figure", "figcaption", "address"}
)
_SILENT = frozenset(
    {"html", "body", "span", "font", "br", "ul", "ol", "li", "ruby", "rb", "rt", "rp", "a", "img", "td"}
)
_SILENT |= frozenset(
    {"sub", "sup", "code", "tt", "kbd", "samp", "var", "small", "big", "wbr", "audio", "video", "source", "abbr"}
)
_SILENT |= frozenset({"rtc", "q", "time", "label", "nobr", "meta", "head", "title", "colgroup", "col", "tfoot"})
_UNREAD = frozenset({"script", "style", "object", "embed", "iframe", "svg", "math", "form", "noscript", "template"})
_SUB = str.maketrans("0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
_SUP = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")


class Converted(NamedTuple):
    """A text with marks, the files it shows, and what of it was lost (English)."""

    text: str
    media: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def from_html(html: str) -> Converted:
    """HTML as text: emphasis, lists, line breaks and furigana are kept; what can't be is named in `losses`."""
    if "<" in html:
        html = without_empty(html)
    if not (("<" in html or "&" in html) and _LOOKS_HTML.search(html)):
        # Where all can be printed there are no spaces but plain ones.
        spaced = "  " in html or not html.isprintable()
        return Converted(escape((_SPACES.sub(" ", html) if spaced else html).strip()))
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = reader.text()
    if _tight(plain(text)) != _tight("".join(reader.said)):
        # Marks within a word, as in <i>un</i>believable: Markdown has no way to say so.
        text = re.sub(r"\n{3,}", "\n\n", escape("".join(reader.said))).strip()
        reader.losses.append("emphasis within a word is left out")
    return Converted(text, tuple(dict.fromkeys(reader.media)), tuple(dict.fromkeys(reader.losses)))


def without_empty(html: str) -> str:
    """HTML without elements that hold nothing."""
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    return html


def plain_from_html(html: str) -> str:
    """HTML as text without any marks: for what is typed."""
    return " ".join(plain(from_html(html).text).split())


def _tight(text: str) -> str:
    return "".join(text.split())


class _Reader(HTMLParser):
    """Collects text with marks. Styles are counted, so that marks neither nest nor cross."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.said: list[str] = []
        self.media: list[str] = []
        self.losses: list[str] = []
        self._lists: list[list[int | str]] = []
        self._strong = self._emphasis = self._unread = 0
        self._mark = ""
        self._ruby: list[str] | None = None
        self._base: list[str] = []
        self._shift = ""
        self._links: list[tuple[str, int]] = []
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        given = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
            self.losses.append(f"<{tag}> is left out")
            return
        if self._unread:
            return
        if tag in _BLOCKS:
            self._break()
        if tag in ("td", "th"):
            self._write(" | " if self.out and not self.out[-1].endswith("\n") else "")
            self.losses.append("tables become lines")
        if tag in _STRONG:
            self._strong += 1
        elif tag in _EMPHASIS:
            self._emphasis += 1
        elif tag == "br":
            self._newline()
        elif tag in ("ul", "ol"):
            self._break()
            self._lists.append(
                ["ul"] if tag == "ul" else [int(given["start"]) if given.get("start", "").isdecimal() else 1]
            )
        elif tag == "li":
            self._bullet()
        elif tag == "ruby":
            self._base, self._ruby = [], None
        elif tag == "rt":
            self._ruby = []
        elif tag == "rp":
            self._unread += 1
        elif tag in ("sub", "sup"):
            self._shift = tag
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self.out)))
        elif tag in ("img", "audio", "video", "source") and given.get("src"):
            self._medium(given["src"], given.get("alt", ""))
        elif tag not in _SILENT and tag not in _BLOCKS:
            self.losses.append(f"<{tag}> is read as plain text")
        self._pre += tag == "pre"
        if "color" in given.get("style", "") or "color" in given:
            self.losses.append("colours are left out")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser: `<script/>` is no element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "img", "hr", "source", "wbr", "meta", "col"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if tag in _UNREAD or tag == "rp":
            self._unread = max(0, self._unread - 1)
            return
        if self._unread:
            return
        if tag in _STRONG:
            self._strong = max(0, self._strong - 1)
        elif tag in _EMPHASIS:
            self._emphasis = max(0, self._emphasis - 1)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._break()
        elif tag == "rt" or tag == "ruby":
            self._close_ruby()
        elif tag in ("sub", "sup"):
            self._shift = ""
        elif tag == "a" and self._links:
            href, _at = self._links.pop()
            if href.startswith(("http://", "https://")) and href not in "".join(self.out):
                self._write(f" ({href})")
        self._pre = max(0, self._pre - (tag == "pre"))
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._unread:
            return
        text = data if self._pre else _SPACES.sub(" ", data)
        if self._ruby is not None:
            self._ruby.append(text.strip())
            return
        if self._shift:
            table = _SUB if self._shift == "sub" else _SUP
            shifted = text.translate(table)
            if any(ord(char) in range(128) and not char.isspace() for char in shifted):
                self.losses.append(f"<{self._shift}> becomes plain text")
                shifted = text
            text = shifted
        self._write(text)

    def unknown_decl(self, data: str) -> None:
        """See HTMLParser: CDATA in what claims to be HTML is text."""
        self.handle_data(data.removeprefix("CDATA["))

    def _write(self, text: str) -> None:
        if not text:
            return
        at_start = not self.out or self.out[-1].endswith(("\n", " "))
        if not self._pre and at_start:
            text = text.lstrip(" ")
        if not text:
            return
        self._set_mark("**" if self._strong else "*" if self._emphasis else "", text)
        self.out.append(escape(text))
        self.said.append(text)

    def _set_mark(self, wanted: str, text: str) -> None:
        """Close the mark that is open, or open another: marks touch words, so spaces stay outside."""
        if wanted == self._mark or not text.strip():
            return
        self._close_mark()
        if wanted:
            self.out.append(wanted)
            self._mark = wanted

    def _close_mark(self) -> None:
        if not self._mark:
            return
        inner = self.out[-1] if self.out else ""
        if inner == self._mark:
            self.out.pop()
        else:
            space = inner[len(inner.rstrip(" ")) :]
            self.out[-1] = inner.rstrip(" ")
            self.out += [self._mark, space] if space else [self._mark]
        self._mark = ""

    def _newline(self) -> None:
        self._close_mark()
        self.out.append("\n")
        self.said.append("\n")

    def _break(self) -> None:
        """A new line, unless one has just begun."""
        self._close_mark()
        if self.out and not "".join(self.out[-3:]).endswith("\n"):
            self.out.append("\n")
            self.said.append("\n")

    def _bullet(self) -> None:
        self._break()
        kind = self._lists[-1] if self._lists else ["ul"]
        if isinstance(kind[0], int):
            bullet = f"{kind[0]}. "
            kind[0] += 1
        else:
            bullet = "- "
        self.out.append(bullet)
        self.said.append(bullet)

    def _close_ruby(self) -> None:
        """What was written since the last ruby text, with its reading behind it."""
        if self._ruby is None:
            return
        reading = "".join(self._ruby)
        self._ruby = None
        if not reading or not self.out:
            return
        self._close_mark()
        base = self.out.pop()
        kept = "" if all("\u3400" <= char <= "\u9fff" or char == "々" for char in base) else "｜"
        before = "".join(self.out)[-1:]
        if not kept and "\u3400" <= before <= "\u9fff":
            kept = "｜"
        self.out.append(f"{kept}{base}《{reading}》")

    def _medium(self, src: str, alt: str) -> None:
        if re.match(r"(?:https?:)?//|data:", src):
            self.losses.append("pictures from the web are left out")
            self._write(alt)
            return
        self.media.append(unquote(src))
        self._write(alt)

    def text(self) -> str:
        """All that was collected: no more than one empty line in a row, no spaces at line ends."""
        self._close_mark()
        text = "".join(self.out).replace("\xa0", " ")
        text = re.sub(r"[ \t]+\n", "\n", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip()
