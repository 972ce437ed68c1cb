"""Moodle XML (https://docs.moodle.org/en/Moodle_XML_format): every kind of question that Moodle itself can hold.

`idnumber` carries the card's key, so that what comes back is known again.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizkit.decks.media import Medium, medium_of
from quizkit.formats.file_names import file_names
from quizkit.formats.item import Item, Loss, WriteOptions, Written
from quizkit.formats.moodle_reading import PLUGIN_FILE, looks, read
from quizkit.formats.weights import share
from quizkit.kinds.cloze import with_gaps
from quizkit.markup import plain, to_html

__all__ = ["looks", "read", "write"]

LONGEST_ID = 100
"""Characters of an idnumber in Moodle's database."""
LONGEST_NAME = 80
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOZE_SPECIAL = re.compile(r'[}#~/"\\]')


class _Writer:
    """Writes one item; collects what it can't say."""

    def __init__(self, item: Item, options: WriteOptions, names: Mapping[str, str], losses: list[Loss]) -> None:
        self.item = item
        self.options = options
        self.names = names
        self.losses = losses
        self.root = Element("question")

    def lose(self, what: str, *, whole: bool = False) -> None:
        """Something that Moodle can't hold, or the `whole` question."""
        self.losses.append(Loss(self.item.key, what, whole))

    def text(self, tag: str, text: str, parent: Element | None = None, *, html: bool = True) -> Element:
        """An element that holds a text."""
        element = SubElement(self.root if parent is None else parent, tag)
        if html:
            element.set("format", "html")
        SubElement(element, "text").text = _sound(text)
        return element

    def value(self, tag: str, value: str) -> None:
        """An element that holds a value."""
        SubElement(self.root, tag).text = _sound(value)

    def begin(self, kind: str, html: str) -> None:
        """What every question has: name, text, feedback, id."""
        item = self.item
        self.root.set("type", kind)
        name = " ".join(plain(_without_gaps(item.prompt)).split())
        self.text("name", name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…", html=False)
        question = self.text("questiontext", html)
        self._files(question, item.media)
        self._files(self.text("generalfeedback", to_html(item.explain)), item.answer_media)
        self.value("defaultgrade", "1.0000000")
        self.value("penalty", "0.3333333")
        self.value("hidden", "0")
        if len(item.key) <= LONGEST_ID:
            self.value("idnumber", item.key)
        else:
            self.lose(f"its id is longer than {LONGEST_ID} characters: left out")

    def _files(self, place: Element, paths: Iterable[str]) -> None:
        """Show files behind a text, and enclose them."""
        for path in paths:
            if path not in self.options.media:
                continue
            name = self.names[path]
            address = _attribute(f"{PLUGIN_FILE}{name}")
            shown = f'<img src="{address}" alt="">'
            if (medium := medium_of(name)) is not Medium.PICTURE:
                tag = "video" if medium is Medium.FILM else "audio"
                shown = f'<{tag} src="{address}"></{tag}>'
            text = place[0]
            text.text = f"{text.text or ''}<p>{shown}</p>"
            file = SubElement(place, "file", {"name": name, "path": "/", "encoding": "base64"})
            file.text = base64.b64encode(self.options.media[path]()).decode()

    def answer(self, text: str, fraction: str, feedback: str = "", *, html: bool = False) -> Element:
        """One answer and the share of the mark it brings."""
        answer = self.text("answer", to_html(text) if html else text)
        answer.set("fraction", fraction)
        answer.set("format", "html" if html else "moodle_auto_format")
        self.text("feedback", to_html(feedback), answer)
        return answer

    def end(self) -> Element:
        """The tags, and that is all."""
        if self.item.tags:
            tags = SubElement(self.root, "tags")
            for tag in self.item.tags:
                SubElement(SubElement(tags, "tag"), "text").text = _sound(tag)
        return self.root


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. A flashcard becomes an essay, whose answer the teacher sees."""
    quiz = Element("quiz")
    losses: list[Loss] = []
    category = SubElement(quiz, "question", {"type": "category"})
    title = " ".join(options.title.split()).replace("/", "//")
    SubElement(SubElement(category, "category"), "text").text = _sound(f"$course$/top/{title}")
    names = file_names(items)
    carried = 0
    for item in items:
        writer = _Writer(item, options, names, losses)
        if _BODIES[item.kind](writer, item):
            quiz.append(writer.end())
            carried += 1
    indent(quiz, "  ")
    return Written(tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n", carried, tuple(losses))


def _sound(text: str) -> str:
    """A text without the characters that XML can't hold."""
    return _FORBIDDEN.sub("", text)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def _without_gaps(text: str) -> str:
    return with_gaps(text, lambda _number, _answer, hint: f"[{hint or '…'}]")


def _choice(writer: _Writer, item: Item) -> bool:
    return _picks(writer, item, "100", "0", single=True)


def _multi(writer: _Writer, item: Item) -> bool:
    rights = sum(option.right for option in item.options)
    weight = share(rights)
    if weight is None:
        writer.lose(f"Moodle has no share for {rights} right options: left out", whole=True)
        return False
    return _picks(writer, item, weight, f"-{weight}", single=False)


def _picks(writer: _Writer, item: Item, right: str, wrong: str, *, single: bool) -> bool:
    writer.begin("multichoice", to_html(item.prompt))
    writer.value("single", "true" if single else "false")
    writer.value("shuffleanswers", "true" if item.shuffle else "false")
    writer.value("answernumbering", "abc")
    for option in item.options:
        writer.answer(option.text, right if option.right else wrong, option.feedback, html=True)
    return True


def _true_false(writer: _Writer, item: Item) -> bool:
    writer.begin("truefalse", to_html(item.prompt))
    for name, true in (("true", True), ("false", False)):
        right = true is item.true
        writer.answer(name, "100" if right else "0", "" if right else item.correction)
    return True


def _typed(writer: _Writer, item: Item) -> bool:
    writer.begin("shortanswer", to_html(item.prompt))
    writer.value("usecase", "0")
    for form in dict.fromkeys(item.answers):
        # An asterisk alone would stand for anything.
        writer.answer(form.replace("*", "\\*"), "100")
    return True


def _date(writer: _Writer, item: Item) -> bool:
    writer.lose("a date becomes a short answer: other ways to write it aren't understood")
    return _typed(writer, item)


def _number(writer: _Writer, item: Item) -> bool:
    writer.begin("numerical", to_html(item.prompt))
    answer = writer.answer(item.answers[0], "100")
    SubElement(answer, "tolerance").text = item.tolerance or "0"
    if item.unit:
        unit = SubElement(SubElement(writer.root, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = _sound(item.unit)
    writer.value("unitgradingtype", "0")
    writer.value("unitpenalty", "0.1000000")
    writer.value("showunits", "0" if item.unit else "3")
    writer.value("unitsleft", "0")
    return True


def _match(writer: _Writer, item: Item) -> bool:
    writer.begin("matching", to_html(item.prompt))
    writer.value("shuffleanswers", "true")
    for left, right in (*item.pairs, *(("", extra) for extra in item.extra)):
        pair = writer.text("subquestion", to_html(left))
        SubElement(SubElement(pair, "answer"), "text").text = _sound(plain(right))
    return True


def _order(writer: _Writer, item: Item) -> bool:
    writer.begin("ordering", to_html(item.prompt))
    for tag, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        writer.value(tag, value)
    for place, member in enumerate(item.members, 1):
        answer = writer.text("answer", to_html(member[0]))
        answer.set("fraction", f"{place}.0000000")
    return True


def _cloze(writer: _Writer, item: Item) -> bool:
    gaps: list[str] = []

    def held(number: int, answer: str, hint: str) -> str:
        forms = dict.fromkeys((answer, *item.gaps.get(f"c{number}", ())))
        said = "~".join("=" + _cloze_text(form).replace("*", "\\*") for form in forms)
        other = f"~%0%*#{_cloze_text(hint)}" if hint else ""
        gaps.append(f'<span class="c{number}">{{1:SHORTANSWER:{said}{other}}}</span>')
        return _held(len(gaps) - 1)

    html = to_html(with_gaps(item.prompt, held))
    # A brace of the text itself would begin a gap where a number and a colon follow.
    html = html.replace("{", "&#123;")
    for number, gap in enumerate(gaps):
        html = html.replace(_held(number), gap)
    writer.begin("cloze", html)
    return True


def _held(number: int) -> str:
    return f"\ue000{number}\ue001"


def _cloze_text(text: str) -> str:
    """A text within a gap: HTML, and Moodle's special characters behind a backslash."""
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _CLOZE_SPECIAL.sub(r"\\\g<0>", html)


def _list(writer: _Writer, item: Item) -> bool:
    writer.lose("Moodle has no lists: becomes an essay, its members for the teacher to see")
    return _essay(writer, item, "\n".join(f"- {member[0]}" for member in item.members))


def _basic(writer: _Writer, item: Item) -> bool:
    writer.lose("becomes an essay, its answer for the teacher to see")
    if item.reverse:
        writer.lose("is asked one way only")
    return _essay(writer, item, item.answers[0] if item.answers else "")


def _open(writer: _Writer, item: Item) -> bool:
    model, points = item.answers[0] if item.answers else "", "\n".join(f"- {point}" for point in item.points)
    return _essay(writer, item, *dict.fromkeys(text for text in (model, points) if text))


def _essay(writer: _Writer, item: Item, *answer: str) -> bool:
    writer.begin("essay", to_html(item.prompt))
    for tag, value in (
        ("responseformat", "editor"),
        ("responserequired", "1"),
        ("responsefieldlines", "10"),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        writer.value(tag, value)
    writer.text("graderinfo", "<hr>".join(to_html(text) for text in answer))
    writer.text("responsetemplate", "")
    return True


_BODIES: Mapping[str, Callable[[_Writer, Item], bool]] = {
    "basic": _basic,
    "typed": _typed,
    "cloze": _cloze,
    "choice": _choice,
    "multi": _multi,
    "truefalse": _true_false,
    "number": _number,
    "date": _date,
    "list": _list,
    "order": _order,
    "match": _match,
    "open": _open,
}
