"""A question of QTI 1.2 as Canvas writes it: what is shown, how it is marked, what is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from quizkit.formats.item import Item, Loss
from quizkit.formats.package import Package, texts, title_of
from quizkit.formats.xhtml import fill, sound

ONE = "response1"
"""The answer of a question that has only one."""
FIRST_NUMBER = 1001
"""Canvas knows options by their numbers: they begin here, in each question."""


class Answered(NamedTuple):
    """The type that Canvas gives to a question, and what is told after it besides its explanation."""

    type: str
    told: tuple[str, ...] = ()


class Writer:
    """Writes one item; collects what it can't say."""

    def __init__(self, item: Item, package: Package, resource: Element, losses: list[Loss]) -> None:
        self.item = item
        self._losses = losses
        self._package = package
        self._resource = resource
        self._presentation = Element("presentation")
        self._processing = Element("resprocessing")
        outcomes = SubElement(self._processing, "outcomes")
        range_ = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
        SubElement(outcomes, "decvar", range_)
        self._feedback: list[Element] = []
        self._number = FIRST_NUMBER

    def lose(self, what: str) -> None:
        """Something that Canvas can't hold."""
        self._losses.append(Loss(self.item.key, what))

    def whole(self, answered: Answered) -> Element:
        """The item, once its question and its marking are written."""
        item = self.item
        ident = self._package.names.name(item.key or "item", "q-")
        element = Element("item", {"ident": ident, "title": title_of(item)})
        fields = SubElement(SubElement(element, "itemmetadata"), "qtimetadata")
        given = {"question_type": answered.type, "points_possible": "1", "qmd_keywords": ", ".join(item.tags)}
        for label, entry in given.items():
            if entry:
                texts(SubElement(fields, "qtimetadatafield"), fieldlabel=label, fieldentry=entry)
        self._explain([text for text in (*answered.told, item.explain) if text])
        element.append(self._presentation)
        element.append(self._processing)
        element.extend(self._feedback)
        return element

    def number(self) -> str:
        """Another option's number."""
        self._number += 1
        return str(self._number - 1)

    def ask(self, text: str | None = None, blanks: Mapping[int, str] | None = None) -> None:
        """The question, with what is to be seen or heard; `blanks` stand for the gaps in a text that is sound."""
        html = Element("div")
        fill(html, self.item.prompt if text is None else text, blanks.__getitem__ if blanks else None)
        self._show(html, self.item.media)
        _html(self._presentation, html)

    def _show(self, html: Element, names: Iterable[str]) -> None:
        """Pictures to be seen, sounds to be heard."""
        for name in names:
            medium = self._package.medium(name, self._resource)
            if medium is None:
                continue
            place = SubElement(html, "p")
            if medium.type.startswith("image/"):
                SubElement(place, "img", {"src": medium.path, "alt": ""})
            elif medium.type.startswith("audio/"):
                SubElement(place, "audio", {"src": medium.path, "controls": "controls"}).text = sound(medium.name)
            else:
                SubElement(place, "a", {"href": medium.path}).text = sound(medium.name)

    def choices(
        self, labels: Mapping[str, str], ident: str = ONE, left: str = "", *, many: bool = False, marked: bool = True
    ) -> None:
        """Something to choose: texts by number, and what they are for. They are `marked`, or else plain."""
        given = {"ident": ident, "rcardinality": "Multiple" if many else "Single"}
        response = SubElement(self._presentation, "response_lid", given)
        if left:
            _text(response, left)
        render = SubElement(response, "render_choice")
        for number, text in labels.items():
            label = SubElement(render, "response_label", {"ident": number})
            if marked:
                _text(label, text)
            else:
                _plain(label, text)

    def entry(self, **given: str) -> None:
        """Somewhere to type."""
        response = SubElement(self._presentation, "response_str", {"ident": ONE, "rcardinality": "Single"})
        SubElement(SubElement(response, "render_fib", given), "response_label", {"ident": "answer1"})

    def condition(self, *, goes_on: bool = False) -> Element:
        """What a rule of marking demands: fill it. The rule's consequences follow it."""
        rule = SubElement(self._processing, "respcondition", {"continue": "Yes" if goes_on else "No"})
        return SubElement(rule, "conditionvar")

    def mark(self, score: str = "100", action: str = "Set") -> None:
        """The consequence of the last rule: a mark."""
        SubElement(self._processing[-1], "setvar", {"action": action, "varname": "SCORE"}).text = score

    def tell(self, ident: str, *parts: str, media: Iterable[str] = ()) -> None:
        """The consequence of the last rule: a feedback, with what is to be seen or heard."""
        SubElement(self._processing[-1], "displayfeedback", {"feedbacktype": "Response", "linkrefid": ident})
        html = Element("div")
        for part in parts:
            fill(SubElement(html, "div"), part)
        self._show(html, media)
        feedback = Element("itemfeedback", {"ident": ident})
        _html(SubElement(feedback, "flow_mat"), html)
        self._feedback.append(feedback)

    def _explain(self, parts: Sequence[str]) -> None:
        """What is told whatever was answered: the rule for it comes before all others."""
        if parts or self.item.answer_media:
            SubElement(self.condition(goes_on=True), "other")
            self.tell("general_fb", *parts, media=self.item.answer_media)
            rule = self._processing[-1]
            self._processing.remove(rule)
            self._processing.insert(1, rule)


def _text(parent: Element, text: str) -> None:
    """A text with marks: as HTML only where it has some, as Canvas would take apart what needs none."""
    html = Element("div")
    fill(html, text)
    if len(html) or set(html.text or "") & set("<>&"):
        _html(parent, html)
    else:
        _plain(parent, html.text or "")


def _html(parent: Element, html: Element) -> None:
    text = tostring(html, encoding="unicode")
    SubElement(SubElement(parent, "material"), "mattext", {"texttype": "text/html"}).text = text


def _plain(parent: Element, text: str) -> None:
    SubElement(SubElement(parent, "material"), "mattext", {"texttype": "text/plain"}).text = text


def equal(parent: Element, value: str, ident: str = ONE) -> None:
    """Demand that this was chosen or typed."""
    SubElement(parent, "varequal", {"respident": ident}).text = value
