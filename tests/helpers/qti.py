"""QTI packages looked at closely: does everything in them refer to something that is there?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

from hypothesis import strategies as st

from quizkit.formats.item import Item, Option
from quizkit.formats.xhtml import fill, sound
from quizkit.kinds.cloze import with_gaps
from quizkit.markup import escape

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
"""What XML takes as a name without a colon, of ASCII."""
TYPES = {
    "multiple_choice_question",
    "multiple_answers_question",
    "true_false_question",
    "short_answer_question",
    "fill_in_multiple_blanks_question",
    "matching_question",
    "numerical_question",
    "essay_question",
}
ITEM_12 = ("itemmetadata", "presentation", "resprocessing", "itemfeedback")
ITEM_21 = ("responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback")
DEMANDED = {
    "assessmentItem": "identifier title adaptive timeDependent xml:lang",
    "assessmentTest": "identifier title",
    "testPart": "identifier navigationMode submissionMode",
    "assessmentSection": "identifier title visible",
    "assessmentItemRef": "identifier href",
    "responseDeclaration": "identifier cardinality baseType",
    "outcomeDeclaration": "identifier cardinality baseType",
    "choiceInteraction": "responseIdentifier shuffle maxChoices",
    "orderInteraction": "responseIdentifier shuffle",
    "matchInteraction": "responseIdentifier shuffle maxAssociations",
    "textEntryInteraction": "responseIdentifier expectedLength",
    "extendedTextInteraction": "responseIdentifier",
    "simpleChoice": "identifier",
    "simpleAssociableChoice": "identifier matchMax",
    "mapping": "defaultValue",
    "mapEntry": "mapKey mappedValue",
    "modalFeedback": "outcomeIdentifier identifier showHide",
    "setOutcomeValue": "identifier",
    "baseValue": "baseType",
    "stringMatch": "caseSensitive",
    "equal": "toleranceMode",
    "rubricBlock": "view",
    "img": "src alt",
    "object": "data type",
}
"""The attributes that the schema demands, and those without which our items would be less."""
INLINE = {"em", "strong", "br", "span", "img", "object", "a", "textEntryInteraction"}
LISTS = {"ul", "ol"}
HOLDS = {
    "itemBody": {"div", "p", "rubricBlock", "choiceInteraction", "orderInteraction", "matchInteraction"}
    | {"extendedTextInteraction"},
    "div": INLINE | LISTS | {"div", "p"},
    "li": INLINE,
    "p": INLINE,
    "em": INLINE,
    "strong": INLINE,
    "ul": {"li"},
    "ol": {"li"},
    "rubricBlock": {"div"},
    "modalFeedback": {"div"},
    "choiceInteraction": {"simpleChoice"},
    "orderInteraction": {"simpleChoice"},
    "matchInteraction": {"simpleMatchSet"},
    "simpleMatchSet": {"simpleAssociableChoice"},
    "simpleChoice": INLINE | LISTS | {"div"},
    "simpleAssociableChoice": INLINE | LISTS | {"div"},
    "correctResponse": {"value"},
    "mapping": {"mapEntry"},
    "textEntryInteraction": set(),
    "extendedTextInteraction": set(),
    "br": set(),
    "img": set(),
}
"""What the schema allows within what, as far as we use it."""
NO_TEXT = {"itemBody", "ul", "ol", "choiceInteraction", "orderInteraction", "matchInteraction", "simpleMatchSet"}


def members(data: bytes) -> dict[str, bytes]:
    """A package's files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def parse(data: bytes | str) -> Element:
    """XML without its namespaces, the language as `xml:lang`."""
    root = fromstring(data)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in [key for key in element.attrib if key.startswith("{")]:
            space, _brace, name = key[1:].rpartition("}")
            element.attrib[f"xml:{name}" if space.endswith("namespace") else name] = element.attrib.pop(key)
    return root


def faults(data: bytes) -> list[str]:
    """All that is wrong with a package."""
    files = members(data)
    manifest = parse(files["imsmanifest.xml"])
    found = list(_manifest(manifest, files))
    for resource in manifest.iter("resource"):
        name, kind = resource.get("identifier", ""), resource.get("type", "")
        root = parse(files[_href(resource)]) if kind.startswith("imsqti") else Element("none")
        check = {"assessmentItem": _item_21, "assessmentTest": _test_21, "questestinterop": _quiz_12}.get(root.tag)
        if check:
            found += [f"{name}: {fault}" for fault in check(root, name, files)]
    return found


def _href(resource: Element) -> str:
    file = resource.find("file")
    assert file is not None
    return file.get("href", "")


def _once(names: list[str], what: str) -> Iterator[str]:
    if len({name.lower() for name in names}) < len(names):
        yield f"{what} twice among {names}"
    for name in names:
        if not NAME.fullmatch(name):
            yield f"{what} {name!r} is no name"


def _manifest(manifest: Element, files: dict[str, bytes]) -> Iterator[str]:
    resources = list(manifest.iter("resource"))
    names = [resource.get("identifier", "") for resource in resources]
    yield from _once(names, "resource")
    hrefs = [file.get("href", "") for file in manifest.iter("file")]
    if sorted(hrefs) != sorted(set(files) - {"imsmanifest.xml"}):
        yield f"files {sorted(hrefs)} are named, {sorted(files)} are there"
    for resource in resources:
        if not resource.get("type") or resource.get("href", _href(resource)) != _href(resource):
            yield f"resource {resource.attrib} begins elsewhere"
        for dependency in resource.iter("dependency"):
            if dependency.get("identifierref") not in names:
                yield f"dependency {dependency.attrib} is not there"
    if any("\\" in name or name.startswith("/") or ".." in name for name in files):
        yield "a file is outside"


def _order(root: Element, tags: tuple[str, ...]) -> Iterator[str]:
    places = [tags.index(child.tag) if child.tag in tags else -1 for child in root]
    if -1 in places or places != sorted(places):
        yield f"children in the order {[child.tag for child in root]}"


def _media(root: Element, files: dict[str, bytes]) -> Iterator[str]:
    for element in root.iter():
        if element.tag in ("img", "audio", "object", "a"):
            path = element.get("src") or element.get("data") or element.get("href")
            if path not in files:
                yield f"{path} is not there"


# 2.1


def _test_21(root: Element, name: str, files: dict[str, bytes]) -> Iterator[str]:
    yield from _attributes(root)
    references = list(root.iter("assessmentItemRef"))
    yield from _once([reference.get("identifier", "") for reference in references], "item")
    items = {path for path, data in files.items() if path.endswith(".xml") and b"<assessmentItem " in data}
    if {reference.get("href") for reference in references} != items:
        yield "the test has other items than the package"
    yield from _once([section.get("identifier", "") for section in root.iter("assessmentSection")], "section")


def _attributes(root: Element) -> Iterator[str]:
    for element in root.iter():
        for attribute in DEMANDED.get(element.tag, "").split():
            if attribute not in element.attrib:
                yield f"<{element.tag}> without {attribute}"


def _item_21(root: Element, name: str, files: dict[str, bytes]) -> Iterator[str]:
    yield from _order(root, ITEM_21)
    yield from _attributes(root)
    yield from _media(root, files)
    if root.get("identifier") != name:
        yield "is called otherwise in the manifest"
    for element in root.iter():
        if element.tag in HOLDS and (others := {child.tag for child in element} - HOLDS[element.tag]):
            yield f"<{element.tag}> holds {others}"
        said = [element.text, *(child.tail for child in element)]
        if element.tag in NO_TEXT and any(text and text.strip() for text in said):
            yield f"<{element.tag}> holds text"
    declared = {e.get("identifier", ""): e for e in root.iter("responseDeclaration")}
    outcomes = [e.get("identifier", "") for e in root.iter("outcomeDeclaration")]
    yield from _once([*declared, *outcomes], "variable")
    interactions = [e for e in root.iter() if e.tag.endswith("Interaction")]
    if sorted(e.get("responseIdentifier", "") for e in interactions) != sorted(declared):
        yield "answers and interactions don't belong together"
    for interaction in interactions:
        yield from _right_21(interaction, declared[interaction.get("responseIdentifier", "")])
    for element in root.iter():
        known = {"variable": [*declared, *outcomes], "correct": declared, "mapResponse": declared}
        known |= {"setOutcomeValue": outcomes}
        if element.tag in known and element.get("identifier") not in known[element.tag]:
            yield f"{element.tag} of {element.attrib}"
        if element.tag == "modalFeedback":
            values = {value.text for value in root.iter("baseValue")} | {
                choice.get("identifier") for choice in root.iter("simpleChoice")
            }
            if element.get("outcomeIdentifier") not in outcomes or element.get("identifier") not in values:
                yield f"feedback {element.attrib} is never told"


def _right_21(interaction: Element, declared: Element) -> Iterator[str]:
    sets = interaction.findall("simpleMatchSet") or [interaction]
    ids = [[choice.get("identifier", "") for choice in set_ if choice.get("identifier")] for set_ in sets]
    yield from _once([name for set_ in ids for name in set_], "choice")
    kind = declared.get("baseType")
    values = [value.text or "" for value in declared.iter("value")]
    for value in [*values, *(entry.get("mapKey", "") for entry in declared.iter("mapEntry"))]:
        if kind == "identifier" and value not in ids[0]:
            yield f"{value!r} is no choice"
        if kind == "directedPair" and not (
            len(pair := value.split(" ")) == 2 and pair[0] in ids[0] and pair[1] in ids[1]
        ):
            yield f"{value!r} is no pair"
    if declared.get("cardinality") == "single" and len(values) != 1:
        yield f"{len(values)} right answers where one is wanted"
    if declared.get("cardinality") == "ordered" and sorted(values) != sorted(ids[0]):
        yield "the right order lacks something"
    if kind == "string" and interaction.tag == "textEntryInteraction" and declared.find("mapping") is not None:
        keys = [entry.get("mapKey", "") for entry in declared.iter("mapEntry")]
        if keys[0] != values[0]:
            yield "the right answer brings nothing"


# 1.2


def _quiz_12(root: Element, name: str, files: dict[str, bytes]) -> Iterator[str]:
    (assessment,) = root
    meta = parse(files[f"{name}/assessment_meta.xml"])
    if assessment.get("ident") != name or meta.get("identifier") != name:
        yield "is called otherwise in the manifest"
    if meta.findtext("title") != assessment.get("title"):
        yield "has two titles"
    items = list(assessment.iter("item"))
    yield from _once([item.get("ident", "") for item in items], "item")
    for item in items:
        yield from (f"{item.get('ident')}: {fault}" for fault in _item_12(item, files))


def fields_12(item: Element) -> dict[str, str]:
    """What the metadata of an item say."""
    return {
        field.findtext("fieldlabel", ""): field.findtext("fieldentry", "") for field in item.iter("qtimetadatafield")
    }


def labels_12(response: Element) -> dict[str, str]:
    """What there is to choose, by ident."""
    return {label.get("ident", ""): text_12(label) for label in response.iter("response_label")}


def text_12(element: Element) -> str:
    """What an element's material says."""
    mattext = element.find("material/mattext")
    if mattext is None:
        return ""
    plain = mattext.get("texttype") == "text/plain"
    return mattext.text or "" if plain else "".join(fromstring(mattext.text or "").itertext())


def _item_12(item: Element, files: dict[str, bytes]) -> Iterator[str]:
    yield from _order(item, ITEM_12)
    type_ = fields_12(item).get("question_type")
    if type_ not in TYPES:
        yield f"type {type_}"
    for mattext in item.iter("mattext"):
        if mattext.get("texttype") == "text/html":
            yield from _media(fromstring(mattext.text or ""), files)
    responses = {r.get("ident", ""): r for r in item.iter() if r.tag in ("response_lid", "response_str")}
    yield from _once(list(responses), "response")
    for response in responses.values():
        numbers = [label.get("ident", "") for label in response.iter("response_label")]
        if len(set(numbers)) < len(numbers) or not numbers:
            yield f"labels {numbers}"
    for demand in (e for e in item.iter() if e.get("respident")):
        response = responses.get(demand.get("respident", ""))
        if response is None:
            yield f"demands something of {demand.get('respident')}"
        elif response.tag == "response_lid" and demand.text not in labels_12(response):
            yield f"demands {demand.text}, which can't be chosen"
    told = [feedback.get("ident") for feedback in item.iter("itemfeedback")]
    if sorted(told, key=str) != sorted((e.get("linkrefid") for e in item.iter("displayfeedback")), key=str):
        yield f"feedback {told}"
    if {setvar.get("varname") for setvar in item.iter("setvar")} - {
        decvar.get("varname") for decvar in item.iter("decvar")
    }:
        yield "an outcome isn't declared"
    if type_ == "fill_in_multiple_blanks_question":
        presentation = item.find("presentation")
        prompt = text_12(item if presentation is None else presentation)
        for ident, response in responses.items():
            name = ident.removeprefix("response_")
            if prompt.count(f"[{name}]") != 1 or text_12(response) != name:
                yield f"blank {name} stands {prompt.count(f'[{name}]')} times in {prompt!r}"
    if type_ == "matching_question" and len({tuple(labels_12(r).items()) for r in responses.values()}) != 1:
        yield "lefts have different rights"


def mark_12(item: Element, answers: dict[str, set[str]]) -> float:
    """What answers bring, by the rules of QTI 1.2: idents of what was chosen, or what was typed, by response."""
    score = 0.0
    for rule in item.iter("respcondition"):
        demands = rule.find("conditionvar")
        assert demands is not None
        # Several demands at the top are alternatives, as Canvas writes them.
        if any(_holds(demand, answers) for demand in demands):
            for setvar in rule.iter("setvar"):
                score = float(setvar.text or 0) + (score if setvar.get("action") == "Add" else 0)
            if rule.get("continue") == "No":
                break
    return score


def _holds(demand: Element, answers: dict[str, set[str]]) -> bool:
    given = answers.get(demand.get("respident", ""), set())
    if demand.tag == "varequal":
        return any(_same(demand.text or "", answer) for answer in given)
    if demand.tag in ("vargte", "varlte"):
        bound = float(demand.text or 0)
        return any(float(a) >= bound if demand.tag == "vargte" else float(a) <= bound for a in given)
    parts = [_holds(part, answers) for part in demand]
    return {"and": all(parts), "or": any(parts), "not": not all(parts), "other": True}[demand.tag]


def _same(right: str, given: str) -> bool:
    try:
        return float(right) == float(given)
    except ValueError:
        return right.casefold() == given.casefold()


# Items

HARD = [
    "]]>", "<b>x</b>", "&amp;", "[gap1]", "[gap", "\x01", "\x00", "\x0b", '"', "'", "*x*", "- x", "3. y",
    "漢字《かんじ》", "\ue000", "\r", "\n", "a  b", "𠮷", "\ufffe", "\\", "/",
]  # fmt: skip
CHARS = st.text(max_size=6)
TEXT = st.lists(st.sampled_from(HARD) | CHARS, min_size=1, max_size=4).map(" ".join)
FORMS = st.tuples(TEXT, TEXT, TEXT).filter(lambda forms: len({said(escape(form)).casefold() for form in forms}) == 3)
GAP = TEXT.filter(lambda text: not any(mark in text for mark in ("{{", "}}", "::")) and sound(text).strip())


def said(text: str, *, modern: bool = True) -> str:
    """What is left to read of a text with marks, in one line."""
    element = Element("div")
    fill(element, text, modern=modern)
    return " ".join("".join(element.itertext()).split())


def every_kind(text: str, forms: tuple[str, str, str], gap: str, key: str = "d") -> list[Item]:
    """An item of each kind, made of these texts; the gap's must be fit for a gap."""
    prompt = escape(text)
    first, second, third = (escape(form) for form in forms)
    shared = {"explain": prompt, "tags": ("a", text)}
    cloze = f"{prompt} {{{{c2::{gap}::{gap}}}}} {prompt} **{{{{c1::{gap}}}}}**"
    wrong = Option(second, feedback=third)
    return [
        Item("typed", prompt, forms, key=f"{key}/a", **shared),
        Item("choice", prompt, options=(Option(first, True), wrong), key=f"{key}/b", shuffle=False),
        Item("multi", prompt, options=(Option(first, True), Option(third, True), wrong), key=f"{key}/c", **shared),
        Item("truefalse", prompt, true=False, correction=first, key=f"{key}/d"),
        Item("number", prompt, ("-2.5",), unit=text, tolerance="0.5", key=f"{key}/e"),
        Item("match", prompt, pairs=((first, second), (second, third), (third, third)), extra=(first,), key=f"{key}/f"),
        Item("order", prompt, members=((first,), (second,), (third,)), key=f"{key}/g", **shared),
        Item("cloze", cloze, gaps={"c1": ("other", *forms)}, key=f"{key}/h"),
        Item("basic", prompt, (first,), key=f"{key}/i", reverse=True, **shared),
        Item("open", prompt, (first,), points=(second, third), key=f"{key}/j"),
        Item("list", prompt, members=((forms[0], gap), (forms[1],), (forms[2],)), need=2, key=f"{key}/{text}"),
        Item("date", prompt, ("2023-08", "August 2023"), key=f"{key}/l", **shared),
    ]


def wanted_forms(item: Item) -> list[list[str]]:
    """What may stand in each blank of a cloze or list."""
    if item.kind == "list":
        return [[form for member in item.members for form in member]] * (item.need or len(item.members))
    forms: list[list[str]] = []

    def held(number: int, answer: str, hint: str) -> str:
        forms.append([answer, *item.gaps.get(f"c{number}", ())])
        return ""

    with_gaps(sound(item.prompt), held)
    return forms
