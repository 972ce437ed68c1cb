"""QTI 1.2 (https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html) in the dialect that Canvas writes and
reads: a quiz for each deck, its questions with the types of Canvas in their metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from xml.etree.ElementTree import Element, SubElement

from quizkit.formats.item import Item, Loss, Option, WriteOptions, Written
from quizkit.formats.package import Package, looks, read, texts
from quizkit.formats.qti12_item import ONE, Answered, Writer, equal
from quizkit.formats.xhtml import gap_mark, line, sound
from quizkit.kinds.cloze import with_gaps
from quizkit.markup import escape, plain

__all__ = ["looks", "read", "write"]

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ASSESSMENT = "imsqti_xmlv1p2"
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. A flashcard becomes an essay, its answer told as feedback."""
    package = Package(options.media)
    losses: list[Loss] = []
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for group, members in groups.items():
        _quiz(package, line(group) or line(options.title), members, options.lang, losses)
    manifest = Element("manifest", {"identifier": "manifest", "xmlns": _CONTENT})
    texts(SubElement(manifest, "metadata"), schema="IMS Content", schemaversion="1.1.3")
    SubElement(manifest, "organizations")
    manifest.append(package.resources)
    return Written(package.pack(manifest), len(items), tuple(losses))


def _quiz(package: Package, title: str, items: Sequence[Item], lang: str, losses: list[Loss]) -> None:
    name = package.names.name(title, "quiz-")
    root = Element(
        "questestinterop",
        {"xmlns": _QTI, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{_QTI} {_QTI.replace('v1p2', 'v1p2p1')}.xsd"},
    )
    assessment = SubElement(root, "assessment", {"ident": name, "title": title, "xml:lang": lang})
    section = SubElement(assessment, "section", {"ident": "root_section"})
    resource = package.resource(name, _ASSESSMENT, f"{name}.xml", entry=False)
    for item in items:
        writer = Writer(item, package, resource, losses)
        section.append(writer.whole(_BODIES[item.kind](writer)))
    # Media are found from the folder that this is in, so it is the package's own.
    package.add(f"{name}.xml", root)
    meta = package.names.name(title, "meta-")
    SubElement(resource, "dependency", {"identifierref": meta})
    quiz = Element("quiz", {"identifier": name, "xmlns": _CANVAS})
    texts(quiz, title=title, shuffle_answers="true", quiz_type="assignment", points_possible=str(len(items)))
    package.add(f"{name}/assessment_meta.xml", quiz)
    package.resource(meta, _META, f"{name}/assessment_meta.xml")


def _choice(writer: Writer) -> Answered:
    return _picks(writer, writer.item.options, "multiple_choice_question")


def _true_false(writer: Writer) -> Answered:
    # Canvas knows the type by these English words, and has its own for the reader's language.
    item = writer.item
    options = [
        Option(word, right := true is item.true, "" if right else item.correction)
        for word, true in (("True", True), ("False", False))
    ]
    return _picks(writer, options, "true_false_question")


def _multi(writer: Writer) -> Answered:
    return _picks(writer, writer.item.options, "multiple_answers_question", many=True)


def _picks(writer: Writer, options: Sequence[Option], type_: str, *, many: bool = False) -> Answered:
    if not writer.item.shuffle:
        writer.lose("Canvas shuffles the options of all questions or of none: shuffled too")
    writer.ask()
    numbered = {writer.number(): option for option in options}
    writer.choices({number: option.text for number, option in numbered.items()}, many=many)
    for number, option in numbered.items():
        if option.feedback:
            equal(writer.condition(goes_on=True), number)
            writer.tell(f"{number}_fb", option.feedback)
    demands = writer.condition()
    if many:
        demands = SubElement(demands, "and")
    for number, option in numbered.items():
        if option.right:
            equal(demands, number)
        elif many:
            equal(SubElement(demands, "not"), number)
    writer.mark()
    return Answered(type_)


def _typed(writer: Writer) -> Answered:
    writer.ask()
    writer.entry()
    demands = writer.condition()
    for form in dict.fromkeys(map(sound, writer.item.answers)):
        equal(demands, form)
    writer.mark()
    return Answered("short_answer_question")


def _date(writer: Writer) -> Answered:
    writer.lose("a date becomes a short answer: other ways to write it aren't understood")
    return _typed(writer)


def _number(writer: Writer) -> Answered:
    item = writer.item
    writer.ask(f"{item.prompt} ({escape(item.unit)})" if item.unit else None)
    writer.entry(fibtype="Decimal")
    either = SubElement(writer.condition(), "or")
    equal(either, item.answers[0])
    if item.tolerance:
        exact, amount = Decimal(item.answers[0]), Decimal(item.tolerance)
        within = SubElement(either, "and")
        for tag, bound in (("vargte", exact - amount), ("varlte", exact + amount)):
            SubElement(within, tag, {"respident": ONE}).text = f"{bound:f}"
    writer.mark()
    return Answered("numerical_question")


def _match(writer: Writer) -> Answered:
    return _pairs(writer, writer.item.pairs, writer.item.extra)


def _order(writer: Writer) -> Answered:
    writer.lose("Canvas has no ordering: becomes a matching of places")
    return _pairs(writer, [(str(place), member[0]) for place, member in enumerate(writer.item.members, 1)])


def _pairs(writer: Writer, pairs: Sequence[tuple[str, str]], extra: Sequence[str] = ()) -> Answered:
    """Lefts, each with all rights to choose from: by the alphabet, so that their order tells nothing."""
    writer.ask()
    partners = [sound(plain(right)) for _left, right in pairs]
    numbers = {right: writer.number() for right in sorted({*partners, *(sound(plain(right)) for right in extra)})}
    labels = {number: right for right, number in numbers.items()}
    idents = [f"response_{writer.number()}" for _pair in pairs]
    for ident, (left, _right) in zip(idents, pairs, strict=True):
        # Canvas shows these in a list that drops down, which holds no marks.
        writer.choices(labels, ident, left, marked=False)
    for ident, right, score in zip(idents, partners, shares(len(pairs)), strict=True):
        equal(writer.condition(goes_on=True), numbers[right], ident)
        writer.mark(score, "Add")
    return Answered("matching_question")


def shares(parts: int) -> list[str]:
    """A hundred in equal parts of two decimals; what is left over goes to the last."""
    part = (Decimal(100) / parts).quantize(Decimal("0.01"), ROUND_DOWN)
    return [str(part)] * (parts - 1) + [str(Decimal(100) - part * (parts - 1))]


def _cloze(writer: Writer) -> Answered:
    forms: list[tuple[str, ...]] = []
    hints: list[str] = []

    def held(number: int, answer: str, hint: str) -> str:
        forms.append((answer, *writer.item.gaps.get(f"c{number}", ())))
        hints.append(f" ({hint})" if hint else "")
        return gap_mark(len(forms) - 1)

    return _blanks(writer, with_gaps(sound(writer.item.prompt), held), forms, hints)


def _list(writer: Writer) -> Answered:
    writer.lose("a list becomes blanks: naming one member twice isn't noticed")
    item = writer.item
    wanted = range(item.need or len(item.members))
    text = "\n".join([sound(item.prompt), *map(gap_mark, wanted)])
    forms = tuple(form for member in item.members for form in member)
    return _blanks(writer, text, [forms for _blank in wanted], ["" for _blank in wanted])


def _blanks(writer: Writer, text: str, forms: Sequence[Sequence[str]], hints: Sequence[str]) -> Answered:
    """A text with blanks, each with the forms that are right in it and a hint behind it."""
    name = "gap"
    while f"[{name}" in text or any(f"[{name}" in hint for hint in hints):
        name += "x"
    names = [f"{name}{number}" for number in range(1, len(forms) + 1)]
    writer.ask(text, {number: f"[{name}]{hint}" for number, (name, hint) in enumerate(zip(names, hints, strict=True))})
    for name, right, score in zip(names, forms, shares(len(forms)), strict=True):
        labels = {writer.number(): form for form in dict.fromkeys(map(sound, right))}
        writer.choices(labels, f"response_{name}", name, marked=False)
        demands = writer.condition(goes_on=True)
        either = SubElement(demands, "or") if len(labels) > 1 else demands
        for number in labels:
            equal(either, number, f"response_{name}")
        writer.mark(score, "Add")
    return Answered("fill_in_multiple_blanks_question")


def _basic(writer: Writer) -> Answered:
    if writer.item.reverse:
        writer.lose("is asked one way only")
    return _essay(writer)


def _essay(writer: Writer) -> Answered:
    item = writer.item
    writer.lose("becomes an essay, its answer told as feedback")
    writer.ask()
    writer.entry()
    SubElement(writer.condition(), "other")
    points = "\n".join(f"- {point}" for point in item.points)
    return Answered("essay_question", tuple(dict.fromkeys((*item.answers[:1], points))))


_BODIES: Mapping[str, Callable[[Writer], Answered]] = {
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
