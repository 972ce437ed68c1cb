"""QTI 2.1 in the hands of others: Citolab's converter keeps all of it, its player shows it and marks it rightly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizkit.formats.item import Item, WriteOptions
from quizkit.formats.qti21 import write
from quizkit.formats.xhtml import sound
from tests.helpers.citolab import converted, shown
from tests.helpers.items import deck_items
from tests.helpers.qti import every_kind, members, parse, said, wanted_forms

OF_EACH_KIND = {"en": 4, "ja": 2, "ko": 1}
"""Each takes the players of others a second or so: what is the same in all languages is tried in one."""
INTERACTIONS = {
    "typed": "text-entry",
    "date": "text-entry",
    "number": "text-entry",
    "cloze": "text-entry",
    "list": "text-entry",
    "choice": "choice",
    "multi": "choice",
    "truefalse": "choice",
    "order": "order",
    "match": "match",
    "basic": "extended-text",
    "open": "extended-text",
}
HOSTILE = every_kind("a < b & ]]> \"c\" '漢字《かんじ》'", ("]]>", "*x* &amp;", "<b>三</b>"), "</q> & 'x'")


def chosen(lang: str) -> list[Item]:
    """Some items of each kind, those of a language's decks with the most to them."""
    seen: Counter[str] = Counter()
    items = []
    for item in sorted(deck_items(lang), key=lambda item: -len(repr(item))):
        seen[item.kind] += 1
        if seen[item.kind] <= OF_EACH_KIND[lang]:
            items.append(item)
    assert set(seen) == set(INTERACTIONS)
    return items


def written(items: list[Item], lang: str) -> tuple[bytes, dict[str, str]]:
    """A package, and its items by file in their order."""
    data = write(items, WriteOptions(lang=lang)).data
    files = members(data)
    test = next(xml for xml in files.values() if b"<assessmentTest " in xml)
    return data, {
        path: files[path].decode() for ref in parse(test).iter("assessmentItemRef") if (path := ref.get("href"))
    }


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_others_keep_show_and_mark_every_kind_as_meant(lang: str, tmp_path: Path) -> None:
    items = [*chosen(lang), *HOSTILE]
    package, ours = written(items, lang)
    theirs = converted(package, tmp_path)
    test = parse(next(xml for xml in theirs.values() if "<qti-assessment-test " in xml))
    assert [ref.get("href") for ref in test.iter("qti-assessment-item-ref")] == list(ours)
    for path, xml in ours.items():
        assert gist(theirs[path]) == gist(xml)
    cases = [list(trials(item, xml)) for item, xml in zip(items, ours.values(), strict=True)]
    given = [(theirs[path], [answers for answers, _score in case]) for path, case in zip(ours, cases, strict=True)]
    for item, case, result in zip(items, cases, shown(given, tmp_path), strict=True):
        check_shown(item, result)
        # The player keeps three decimals.
        assert result["scores"] == [pytest.approx(score, abs=0.001) for _answers, score in case], (item, case)


def gist(xml: str) -> list[Any]:
    """What an item asks and takes for right, in the words of either version."""
    found: list[Any] = []
    for element in parse(xml).iter():
        tag = element.tag.removeprefix("qti-").replace("-", "").lower()
        given = {name.replace("-", "").lower(): value for name, value in element.attrib.items()}
        # The converter breaks lines between elements.
        text = "".join("".join(element.itertext()).split())
        if tag.endswith("interaction") or tag in ("responsedeclaration", "mapentry", "itemref"):
            kept = ("identifier", "responseidentifier", "basetype", "cardinality", "mapkey", "mappedvalue")
            found.append((tag, [given.get(name) for name in kept]))
        elif tag in ("simplechoice", "simpleassociablechoice", "value", "basevalue"):
            # The converter sets every outcome to 0 before the marking begins.
            if tag != "basevalue" or given["basetype"] != "integer":
                found.append((tag, given.get("identifier"), text))
        elif tag in ("itembody", "modalfeedback"):
            found.append((tag, text))
    return found


def check_shown(item: Item, result: dict[str, Any]) -> None:
    """Everything to read and to answer with is there to see, and the explanation afterwards."""
    assert set(result["interactions"]) == {f"qti-{INTERACTIONS[item.kind]}-interaction"}, item
    assert all(size > 0 for size in result["sizes"]), item
    visible = "".join(result["text"].split())
    texts = [*(option.text for option in item.options), *(text for pair in item.pairs for text in pair), *item.extra]
    texts += [member[0] for member in item.members if item.kind == "order"]
    for text in [*texts, "" if item.kind == "cloze" else item.prompt]:
        assert "".join(read_out(text).split()) in visible, item
    if item.explain:
        assert all(read_out(item.explain) in told for told in result["told"]), (item, result["told"])


def read_out(text: str) -> str:
    return said(text, modern=False)


def trials(item: Item, xml: str) -> Iterator[tuple[dict[str, Any], float]]:
    """Answers to an item and what they should bring."""
    names = {
        element.get("identifier", ""): " ".join("".join(element.itertext()).split())
        for element in parse(xml).iter()
        if element.tag in ("simpleChoice", "simpleAssociableChoice")
    }
    idents = {text: name for name, text in names.items()}
    if item.kind == "choice":
        for option in item.options:
            yield {"RESPONSE": idents[read_out(option.text)]}, float(option.right)
    elif item.kind == "truefalse":
        yield {"RESPONSE": "true"}, float(item.true)
        yield {"RESPONSE": "false"}, float(not item.true)
    elif item.kind == "multi":
        right = [idents[read_out(option.text)] for option in item.options if option.right]
        wrong = [idents[read_out(option.text)] for option in item.options if not option.right]
        yield {"RESPONSE": right}, 1
        yield {"RESPONSE": right[1:]}, (len(right) - 1) / len(right)
        yield {"RESPONSE": [*right, wrong[0]]}, (len(right) - 1) / len(right)
        yield {"RESPONSE": wrong}, 0
    elif item.kind == "order":
        right = [idents[read_out(member[0])] for member in item.members]
        yield {"RESPONSE": right}, 1
        yield {"RESPONSE": right[::-1]}, 0
    elif item.kind == "match":
        # A text may stand on both sides.
        rights = {text: name for name, text in names.items() if name.startswith("right")}
        pairs = [f"left_{n} {rights[read_out(right)]}" for n, (_left, right) in enumerate(item.pairs, 1)]
        yield {"RESPONSE": pairs}, 1
        yield {"RESPONSE": pairs[:1]}, 1 / len(pairs)
    elif item.kind in ("typed", "date"):
        for form in item.answers:
            yield {"RESPONSE": sound(form)}, 1
        yield {"RESPONSE": "never so"}, 0
    elif item.kind == "number":
        value, amount = float(item.answers[0]), float(item.tolerance or 0)
        for near in (value, value + amount, value - amount):
            yield {"RESPONSE": f"{near:g}"}, 1
        for far in (value + amount * 1.01 + 0.001, value - amount - 1):
            yield {"RESPONSE": str(far)}, 0
    elif item.kind == "cloze":
        forms = wanted_forms(item)
        for pick in (0, -1):
            yield {f"GAP_{n}": sound(wanted[pick]) for n, wanted in enumerate(forms, 1)}, 1
        yield {f"GAP_{n}": sound(wanted[0]) if n == 1 else "no" for n, wanted in enumerate(forms, 1)}, 1 / len(forms)
    elif item.kind == "list":
        wanted = item.need or len(item.members)
        last = item.members[::-1][:wanted]
        yield {f"MEMBER_{n}": sound(member[-1]) for n, member in enumerate(last, 1)}, 1
        yield {f"MEMBER_{n}": sound(item.members[0][0]) for n in range(1, wanted + 1)}, 1 / wanted
        yield {f"MEMBER_{n}": "no" for n in range(1, wanted + 1)}, 0
    else:
        yield {"RESPONSE": "Because."}, 0
