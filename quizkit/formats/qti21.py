"""QTI 2.1 (https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html): a package of items and a test of them.

Many programs read it, each in part: it says of every question what is right, not only how to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement

from quizkit.formats.item import Item, Loss, Option, WriteOptions, Written
from quizkit.formats.package import Package, looks, read, texts
from quizkit.formats.qti21_item import ONE, SCHEMA, Writer, mark, node, set_to, value, variable, weigh, when
from quizkit.formats.xhtml import fill, gap_mark, line, sound
from quizkit.i18n import translate
from quizkit.kinds.cloze import with_gaps
from quizkit.kinds.truefalse import WORDS
from quizkit.markup import plain

__all__ = ["looks", "read", "write"]

_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_TEST = "imsqti_test_xmlv2p1"


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. A flashcard becomes a long answer that somebody has to mark."""
    package = Package(options.media)
    losses: list[Loss] = []
    name = package.names.name(options.title, "test-")
    groups: dict[str, list[str]] = {}
    resource = package.resource(name, _TEST, f"{name}.xml")
    for item in items:
        own = package.names.name(item.key or "item", "q-")
        writer = Writer(item, package, own, options.lang, losses)
        _BODIES[item.kind](writer)
        package.add(f"{own}.xml", writer.whole())
        if item.tags:
            writer.resource.insert(0, _keywords(item.tags, options.lang))
        groups.setdefault(item.group, []).append(own)
        SubElement(resource, "dependency", {"identifierref": own})
    package.add(f"{name}.xml", _test(name, options, groups))
    manifest = Element("manifest", {"identifier": "manifest", "xmlns": _CONTENT})
    texts(SubElement(manifest, "metadata"), schema="QTIv2.1 Package", schemaversion="1.0.0")
    SubElement(manifest, "organizations")
    manifest.append(package.resources)
    return Written(package.pack(manifest), len(items), tuple(losses))


def _keywords(tags: Sequence[str], lang: str) -> Element:
    keywords = (node("keyword", node("string", text=sound(tag), language=lang)) for tag in tags)
    return node("metadata", node("lom", node("general", *keywords), xmlns=_LOM))


def _test(name: str, options: WriteOptions, groups: Mapping[str, Sequence[str]]) -> Element:
    """The test: a section for each deck. As often as wanted, and with what there is to tell."""
    root = Element("assessmentTest", {**SCHEMA, "identifier": name, "title": line(options.title)})
    zero = node("defaultValue", node("value", text="0"))
    root.append(node("outcomeDeclaration", zero, identifier="SCORE", cardinality="single", baseType="float"))
    part = node("testPart", identifier="part_1", navigationMode="nonlinear", submissionMode="individual")
    part.append(node("itemSessionControl", maxAttempts="0", showFeedback="true"))
    for number, (group, members) in enumerate(groups.items(), 1):
        title = line(group) or line(options.title)
        section = node("assessmentSection", identifier=f"section_{number}", title=title, visible="true")
        section.extend(node("assessmentItemRef", identifier=own, href=f"{own}.xml") for own in members)
        part.append(section)
    root.append(part)
    total = node("sum", node("testVariables", variableIdentifier="SCORE"))
    root.append(node("outcomeProcessing", set_to("SCORE", total)))
    return root


def _label(tag: str, name: str, text: str, **given: str) -> Element:
    """Something to choose."""
    label = node(tag, identifier=name, **given)
    fill(label, text, modern=False)
    return label


def _is_correct() -> Element:
    return node("match", variable(ONE), node("correct", identifier=ONE))


def _choice(writer: Writer) -> None:
    numbered = {f"choice_{number}": option for number, option in enumerate(writer.item.options, 1)}
    _one_of(writer, numbered, shuffle=writer.item.shuffle)


def _true_false(writer: Writer) -> None:
    item = writer.item
    names = zip(("true", "false"), WORDS, strict=True)
    options = {name: Option(translate(word, writer.lang), (name == "true") is item.true) for name, word in names}
    told = {name: o if o.right else o._replace(feedback=item.correction) for name, o in options.items()}
    _one_of(writer, told, shuffle=False)


def _one_of(writer: Writer, options: Mapping[str, Option], *, shuffle: bool) -> None:
    writer.expect("identifier", [name for name, option in options.items() if option.right])
    writer.ask()
    _choices(writer, options, shuffle=shuffle)
    writer.score_if(_is_correct())
    writer.tell_choices({name: option.feedback for name, option in options.items() if option.feedback}, "single")


def _multi(writer: Writer) -> None:
    options = {f"choice_{number}": option for number, option in enumerate(writer.item.options, 1)}
    right = [name for name, option in options.items() if option.right]
    declared = writer.expect("identifier", right, cardinality="multiple")
    weigh(declared, {name: "1" if option.right else "-1" for name, option in options.items()}, least="0")
    writer.ask()
    _choices(writer, options, shuffle=writer.item.shuffle, most="0")
    writer.score(node("mapResponse", identifier=ONE), len(right))
    writer.tell_choices({name: option.feedback for name, option in options.items() if option.feedback}, "multiple")


def _choices(writer: Writer, options: Mapping[str, Option], *, shuffle: bool, most: str = "1") -> None:
    labels = (_label("simpleChoice", name, option.text) for name, option in options.items())
    given = {"shuffle": "true" if shuffle else "false", "maxChoices": most}
    writer.show(node("choiceInteraction", *labels, responseIdentifier=ONE, **given))


def _order(writer: Writer) -> None:
    texts_ = [member[0] for member in writer.item.members]
    places = mixed(texts_)
    names = {place: f"choice_{number}" for number, place in enumerate(places, 1)}
    writer.expect("identifier", [names[place] for place in range(len(texts_))], cardinality="ordered")
    writer.ask()
    labels = (_label("simpleChoice", names[place], texts_[place]) for place in places)
    writer.show(node("orderInteraction", *labels, responseIdentifier=ONE, shuffle="true"))
    writer.score_if(_is_correct())


def mixed(members: Sequence[str]) -> list[int]:
    """The places of some texts in an order that tells nothing: always the same, and never their own."""
    own = list(range(len(members)))
    drawn = sorted(own, key=lambda place: sha256(members[place].encode(errors="surrogatepass")).digest())
    return drawn if drawn != own else drawn[::-1]


def _match(writer: Writer) -> None:
    item = writer.item
    lefts = {f"left_{number}": left for number, (left, _right) in enumerate(item.pairs, 1)}
    rights = sorted({*(right for _left, right in item.pairs), *item.extra})
    names = {right: f"right_{number}" for number, right in enumerate(rights, 1)}
    pairs = [f"{left} {names[right]}" for left, (_text, right) in zip(lefts, item.pairs, strict=True)]
    weigh(writer.expect("directedPair", pairs, cardinality="multiple"), dict.fromkeys(pairs, "1"))
    writer.ask()
    # A right may belong to several lefts, which 0 allows.
    sets = (
        (_label("simpleAssociableChoice", name, text, matchMax="1") for name, text in lefts.items()),
        (_label("simpleAssociableChoice", name, text, matchMax="0") for text, name in names.items()),
    )
    most = str(len(pairs))
    interaction = node("matchInteraction", responseIdentifier=ONE, shuffle="true", maxAssociations=most)
    interaction.extend(node("simpleMatchSet", *labels) for labels in sets)
    writer.show(interaction)
    writer.score(node("mapResponse", identifier=ONE), len(pairs))


def _typed(writer: Writer) -> None:
    forms = _expect_forms(writer, ONE, writer.item.answers)
    writer.ask()
    writer.show(node("p", _entry(ONE, forms)))
    writer.score(node("mapResponse", identifier=ONE))


def _date(writer: Writer) -> None:
    writer.lose("a date becomes a short answer: other ways to write it aren't understood")
    _typed(writer)


def _expect_forms(writer: Writer, name: str, forms: Sequence[str]) -> list[str]:
    """Declare an answer that is typed; returns the forms it may have."""
    sounds = list(dict.fromkeys(map(sound, forms)))
    weigh(writer.expect("string", sounds[:1], name), dict.fromkeys(sounds, "1"), folds=True)
    return sounds


def _entry(name: str, forms: Sequence[str], hint: str = "") -> Element:
    """Somewhere to type, as wide as the longest of these."""
    entry = node("textEntryInteraction", responseIdentifier=name, expectedLength=str(max(map(len, forms), default=1)))
    if hint:
        entry.set("placeholderText", hint)
    return entry


def _number(writer: Writer) -> None:
    item = writer.item
    writer.expect("float", item.answers[:1])
    writer.ask()
    entry = _entry(ONE, item.answers[:1])
    entry.tail = sound(f" {item.unit}") if item.unit else None
    writer.show(node("p", entry))
    if not item.tolerance:
        writer.score_if(node("equal", variable(ONE), value("float", item.answers[0]), toleranceMode="exact"))
        return
    # Fewer programs know an `equal` with a tolerance than these.
    middle, amount = Decimal(item.answers[0]), Decimal(item.tolerance)
    bounds = (("gte", middle - amount), ("lte", middle + amount))
    within = (node(tag, variable(ONE), value("float", f"{bound:f}")) for tag, bound in bounds)
    writer.score_if(node("and", *within))


def _cloze(writer: Writer) -> None:
    item = writer.item
    entries: list[Element] = []

    def held(number: int, answer: str, hint: str) -> str:
        name = f"GAP_{len(entries) + 1}"
        forms = _expect_forms(writer, name, (answer, *item.gaps.get(f"c{number}", ())))
        entries.append(_entry(name, forms, hint))
        return gap_mark(len(entries) - 1)

    text = with_gaps(sound(item.prompt), held)
    writer.ask(entries.__getitem__, text)
    marks = [node("mapResponse", identifier=entry.get("responseIdentifier", "")) for entry in entries]
    writer.score(node("sum", *marks), len(marks))


def _list(writer: Writer) -> None:
    """An entry for each member that is wanted. A member counts once, in whichever it stands."""
    item = writer.item
    wanted = item.need or len(item.members)
    names = [f"MEMBER_{number}" for number in range(1, wanted + 1)]
    every = [form for member in item.members for form in member]
    writer.ask()
    for name, member in zip(names, item.members, strict=False):
        writer.expect("string", member[:1], name)
        writer.show(node("p", _entry(name, every)))
    writer.rule(mark("0"))
    for member in item.members:
        forms = dict.fromkeys(map(sound, member))
        found = (
            node("stringMatch", variable(name), value("string", form), caseSensitive="false")
            for name in names
            for form in forms
        )
        writer.rule(when(node("or", *found), set_to("SCORE", node("sum", variable("SCORE"), value("float", "1")))))
    if wanted > 1:
        writer.score(variable("SCORE"), wanted)


def _basic(writer: Writer) -> None:
    if writer.item.reverse:
        writer.lose("is asked one way only")
    _essay(writer)


def _essay(writer: Writer) -> None:
    """A long answer. The right one is shown to whoever marks it, and afterwards to whoever wrote it."""
    item = writer.item
    writer.lose("becomes a long answer, to be marked by hand")
    points = "\n".join(f"- {point}" for point in item.points)
    parts = [text for text in dict.fromkeys((*item.answers[:1], points)) if text]
    writer.expect("string", [plain(answer) for answer in item.answers[:1]])
    writer.rubric(*parts)
    writer.ask()
    writer.show(node("extendedTextInteraction", responseIdentifier=ONE, expectedLines="5"))
    writer.tell_always("ANSWER", *parts)


_BODIES: Mapping[str, Callable[[Writer], None]] = {
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
    "open": _essay,
}
