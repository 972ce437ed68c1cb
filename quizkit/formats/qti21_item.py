"""A question of QTI 2.1: what is shown, what is right, how it is marked, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from quizkit.formats.item import Item, Loss
from quizkit.formats.package import Package, title_of
from quizkit.formats.xhtml import fill, sound

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = {
    "xmlns": QTI,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
}
ONE = "RESPONSE"
"""The answer of a question that has only one."""


def node(tag: str, *children: Element, text: str | None = None, **given: str) -> Element:
    """An element with its attributes and what it holds."""
    element = Element(tag, given)
    element.text = text
    element.extend(children)
    return element


def value(type_: str, text: str) -> Element:
    """A value in an expression."""
    return node("baseValue", text=text, baseType=type_)


def variable(name: str) -> Element:
    """What was answered, or what came of it."""
    return node("variable", identifier=name)


def set_to(name: str, expression: Element) -> Element:
    """A rule that gives an outcome its value."""
    return node("setOutcomeValue", expression, identifier=name)


def mark(score: str) -> Element:
    """A rule that gives a mark."""
    return set_to("SCORE", value("float", score))


def when(demand: Element, *rules: Element, otherwise: Sequence[Element] = ()) -> Element:
    """Rules that hold where something is so, and those that hold otherwise."""
    branches = [node("responseIf", demand, *rules)]
    if otherwise:
        branches.append(node("responseElse", *otherwise))
    return node("responseCondition", *branches)


class Writer:
    """Writes one item; collects what it can't say."""

    def __init__(self, item: Item, package: Package, name: str, lang: str, losses: list[Loss]) -> None:
        self.item = item
        self.lang = lang
        self.resource = package.resource(name, "imsqti_item_xmlv2p1", f"{name}.xml")
        self._package = package
        self._name = name
        self._losses = losses
        self._responses: list[Element] = []
        self._outcomes = [_outcome("SCORE", "float", "0"), _outcome("MAXSCORE", "float", "1")]
        self._body = Element("itemBody")
        self._rules: list[Element] = []
        self._feedback: list[Element] = []

    def lose(self, what: str) -> None:
        """Something that the format can't hold."""
        self._losses.append(Loss(self.item.key, what))

    def whole(self) -> Element:
        """The item, once all else is written."""
        item = self.item
        given = {**SCHEMA, "identifier": self._name, "title": title_of(item), "xml:lang": self.lang}
        if item.explain or item.answer_media:
            self.tell_always("EXPLANATION", *([item.explain] if item.explain else []))
            if item.answer_media:
                self._show(SubElement(self._feedback[-1], "div"), item.answer_media)
        root = Element("assessmentItem", {**given, "adaptive": "false", "timeDependent": "false"})
        root.extend(self._responses)
        root.extend(self._outcomes)
        root.append(self._body)
        root.append(node("responseProcessing", *self._rules))
        root.extend(self._feedback)
        return root

    def expect(self, type_: str, right: Sequence[str], name: str = ONE, cardinality: str = "single") -> Element:
        """Declare an answer and what is right; returns the declaration, for `weigh`."""
        declared = node("responseDeclaration", identifier=name, cardinality=cardinality, baseType=type_)
        if right:
            declared.append(node("correctResponse", *(node("value", text=sound(text)) for text in right)))
        self._responses.append(declared)
        return declared

    def ask(self, gap: Callable[[int], Element | str] | None = None, text: str = "") -> None:
        """The question, with what is to be seen or heard; `gap` makes what stands in the gaps of a text."""
        fill(SubElement(self._body, "div"), text or self.item.prompt, gap, modern=False)
        self._show(self._body, self.item.media)

    def _show(self, parent: Element, names: Iterable[str]) -> None:
        """Pictures to be seen, sounds to be heard."""
        for name in names:
            medium = self._package.medium(name, self.resource)
            if medium is None:
                continue
            place = SubElement(parent, "p")
            if medium.type.startswith("image/"):
                SubElement(place, "img", {"src": medium.path, "alt": ""})
            elif medium.type:
                SubElement(place, "object", {"data": medium.path, "type": medium.type}).text = sound(medium.name)
            else:
                SubElement(place, "a", {"href": medium.path}).text = sound(medium.name)

    def show(self, interaction: Element) -> None:
        """Something to answer with, behind the question."""
        self._body.append(interaction)

    def rule(self, *rules: Element) -> None:
        """How to mark, one thing after the other."""
        self._rules += rules

    def score(self, expression: Element, parts: int = 1) -> None:
        """The mark: what an expression gives, as a share of these parts."""
        whole = node("divide", expression, value("float", str(parts))) if parts > 1 else expression
        self.rule(set_to("SCORE", whole))

    def score_if(self, demand: Element) -> None:
        """The whole mark where something is so, else none."""
        self.rule(when(demand, mark("1"), otherwise=[mark("0")]))

    def tell_choices(self, told: Mapping[str, str], cardinality: str) -> None:
        """What is told to whoever chooses one of these."""
        if told:
            self._outcomes.append(node("outcomeDeclaration", **_named("FEEDBACK", "identifier", cardinality)))
            self.rule(set_to("FEEDBACK", variable(ONE)))
            for name, text in told.items():
                self._tell("FEEDBACK", name, text)

    def tell_always(self, outcome: str, *parts: str) -> None:
        """What is told whatever was answered."""
        self._outcomes.append(node("outcomeDeclaration", **_named(outcome, "identifier", "single")))
        self.rule(set_to(outcome, value("identifier", outcome.lower())))
        self._tell(outcome, outcome.lower(), *parts)

    def _tell(self, outcome: str, name: str, *parts: str) -> None:
        feedback = node("modalFeedback", outcomeIdentifier=outcome, identifier=name, showHide="show")
        for part in parts:
            fill(SubElement(feedback, "div"), part, modern=False)
        self._feedback.append(feedback)

    def rubric(self, *parts: str) -> None:
        """What only whoever marks it shall see."""
        rubric = SubElement(self._body, "rubricBlock", {"view": "scorer"})
        for part in parts:
            fill(SubElement(rubric, "div"), part, modern=False)


def weigh(declared: Element, weights: Mapping[str, str], *, folds: bool = False, least: str = "") -> None:
    """What each answer brings. `folds`: capitals don't matter. `least`: what all of it brings at least."""
    mapping = SubElement(declared, "mapping", {**({"lowerBound": least} if least else {}), "defaultValue": "0"})
    for key, weight in weights.items():
        given = {"mapKey": key, "mappedValue": weight}
        SubElement(mapping, "mapEntry", {**given, "caseSensitive": "false"} if folds else given)


def _named(name: str, type_: str, cardinality: str) -> dict[str, str]:
    return {"identifier": name, "cardinality": cardinality, "baseType": type_}


def _outcome(name: str, type_: str, default: str) -> Element:
    default_value = node("defaultValue", node("value", text=default))
    return node("outcomeDeclaration", default_value, **_named(name, type_, "single"))
