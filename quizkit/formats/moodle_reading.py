"""Reading Moodle XML: every kind of question that has an equal here; the others are named."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.errors import QuizkitError
from quizkit.formats.essays import essay
from quizkit.formats.guard import parse_xml, read_bytes
from quizkit.formats.html import from_html, plain_from_html
from quizkit.formats.item import Item, Loss, Option, Parcel, ReadOptions, losses_of
from quizkit.markup import escape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PLUGIN_FILE = "@@PLUGINFILE@@/"
MOST_BYTES = 256_000_000
"""Pictures stand in the file, in base64."""
_GAP = re.compile(
    r'(?:<span class="c(?P<number>\d{1,3})">)?'
    r"\{\d{0,3}:(?P<type>[A-Z_]{2,20}):(?P<answers>(?:\\.|[^\\}])*)\}(?(number)</span>)"
)
_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
_SHORT = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_NUMERICAL = frozenset({"NUMERICAL", "NM"})
_SEVERAL = frozenset({"MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MRHS"})


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`."""
    return re.search(rb"<quiz[\s>]", head) is not None and b"<question" in head


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`."""
    root = parse_xml(read_bytes(path, MOST_BYTES), str(path))
    if root.tag != "quiz":
        raise QuizkitError(f"{path} is no Moodle XML: it begins with <{root.tag}>.", "Name its format with --from.")
    items: list[Item] = []
    losses: list[Loss] = []
    media: dict[str, Callable[[], bytes]] = {}
    title = ""
    for number, element in enumerate(root.iter("question"), 1):
        kind = element.get("type", "")
        if kind == "category":
            name = " ".join((element.findtext("category/text") or "").split())
            name = name.replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/")
            if title and name != title:
                losses.append(Loss(f"question {number}", f"category {name}: all go into one deck"))
            title = title or name
            continue
        lost: list[str] = []
        reader = _Question(element, lost, media)
        found = reader.item(kind)
        where = reader.key or reader.name or f"question {number}"
        losses += losses_of(where, lost, found)
        if found:
            items.append(found)
    return Parcel(tuple(items), title, tuple(losses), media)


class _Question:
    """One <question>."""

    def __init__(self, element: Element, lost: list[str], media: dict[str, Callable[[], bytes]]) -> None:
        self.element = element
        self.lost = lost
        self.media = media
        self.key = (element.findtext("idnumber") or "").strip()
        self.name = " ".join((element.findtext("name/text") or "").split())
        self.shown: list[str] = []
        self.told: list[str] = []

    def _files(self, element: Element) -> dict[str, str]:
        """The files of an element's text by their names: each text has its own, and many are called the same."""
        found: dict[str, str] = {}
        for file in element.findall("file"):
            name = f"{file.get('path', '/')}{file.get('name', '')}".lstrip("/")
            try:
                data = base64.b64decode(file.text or "", validate=False)
            except (binascii.Error, ValueError):
                self.lost.append(f"the file {name} is damaged: left out")
                continue
            key, number = name, 1
            while key in self.media and self.media[key]() != data:
                number += 1
                key = f"{number}/{name}"
            self.media[key] = partial(bytes, data)
            found[name] = key
        return found

    def _converted(self, element: Element | None, raw: str, *, told: bool = False) -> str:
        """HTML of an element as text. What it shows is with the question, or `told` with the answer."""
        converted = from_html(raw)
        self.lost += converted.losses
        if converted.media and element is not None:
            files = self._files(element)
            names = [name.removeprefix(PLUGIN_FILE) for name in converted.media]
            (self.told if told else self.shown).extend(files.get(name, name) for name in names)
        return converted.text

    def text(self, element: Element | None, *, told: bool = False) -> str:
        """The text of an element, as its format says. What it shows is with the question, or `told` with the answer."""
        if element is None:
            return ""
        raw = element.findtext("text") or ""
        form = element.get("format", "html")
        if form == "plain_text":
            return escape(raw.strip())
        if form == "markdown":
            return raw.strip()
        return self._converted(element, raw, told=told)

    def item(self, kind: str) -> Item | None:
        """The question as an item."""
        make = _KINDS.get(kind)
        if make is None:
            self.lost.append(f"a question of the kind {kind or '?'} has no equal here: left out")
            return None
        prompt = "" if kind == "cloze" else self.text(self.element.find("questiontext"))
        explain = self.text(self.element.find("generalfeedback"), told=True)
        tags = tuple(
            "-".join(tag.split()) for found in self.element.findall("tags/tag") if (tag := found.findtext("text") or "")
        )
        item = make(self, Item("basic", prompt, explain=explain, tags=tags, key=self.key))
        if item is None:
            return None
        if not item.prompt:
            self.lost.append("a question without text: left out")
            return None
        told = tuple(name for name in dict.fromkeys(self.told) if name not in self.shown)
        return item._replace(media=tuple(dict.fromkeys(self.shown)), answer_media=told)

    def answers(self) -> list[tuple[Element, float]]:
        """The answers with the share of the mark that each brings, in percent."""
        found = []
        for answer in self.element.findall("answer"):
            try:
                found.append((answer, float(answer.get("fraction") or 0)))
            except ValueError:
                self.lost.append("an answer whose share is no number: left out")
        return found

    def picks(self, item: Item) -> Item | None:
        """multichoice."""
        answers = self.answers()
        single = (self.element.findtext("single") or "true").strip().lower() in ("true", "1")
        full = [answer for answer, fraction in answers if fraction >= 100]
        if single and len(full) > 1:
            self.lost.append("one of several right options would do: all are wanted now")
            single = False
        elif single and any(0 < fraction < 100 for _answer, fraction in answers):
            self.lost.append("a partly right option counts as wrong")
        options = []
        for answer, fraction in answers:
            right = fraction >= 100 if single else fraction > 0
            feedback = self.text(answer.find("feedback"), told=True)
            if right and feedback:
                self.lost.append("the feedback on a right answer is left out")
            options.append(Option(self.text(answer), right, "" if right else feedback))
        if len(options) < 2 or not any(option.right for option in options):
            self.lost.append("a choice without a right option, or with one option only: left out")
            return None
        shuffle = (self.element.findtext("shuffleanswers") or "true").strip().lower() in ("true", "1")
        return item._replace(kind="choice" if single else "multi", options=tuple(options), shuffle=shuffle)

    def true_false(self, item: Item) -> Item | None:
        """truefalse."""
        told = {(answer.findtext("text") or "").strip().lower(): (answer, share) for answer, share in self.answers()}
        if {"true", "false"} - told.keys():
            self.lost.append("true or false isn't among its answers: left out")
            return None
        true = told["true"][1] > told["false"][1]
        wrong = told["false" if true else "true"][0]
        return item._replace(kind="truefalse", true=true, correction=self.text(wrong.find("feedback"), told=True))

    def typed(self, item: Item) -> Item | None:
        """shortanswer."""
        forms = []
        for answer, fraction in self.answers():
            raw = " ".join((answer.findtext("text") or "").split())
            if fraction < 100:
                self.lost.append(
                    "a partly right answer is left out" if fraction > 0 else "words on wrong answers: left out"
                )
                continue
            if re.search(r"(?<!\\)\*", raw):
                self.lost.append(f"the wildcard in {raw!r} is taken for an asterisk")
            forms.append(raw.replace("\\*", "*"))
        forms = [form for form in dict.fromkeys(forms) if form]
        if not forms:
            self.lost.append("no answer is wholly right: left out")
            return None
        return item._replace(kind="typed", answers=tuple(forms))

    def number(self, item: Item) -> Item | None:
        """numerical."""
        for answer, fraction in self.answers():
            value = (answer.findtext("text") or "").strip().replace(",", ".")
            tolerance = (answer.findtext("tolerance") or "0").strip()
            if fraction >= 100 and re.fullmatch(r"[-+]?[\d.]+(?:[eE][-+]?\d{1,2})?", value):
                if len(self.answers()) > 1:
                    self.lost.append("the first right number is kept")
                unit = (self.element.findtext("units/unit/unit_name") or "").strip()
                return item._replace(
                    kind="number", answers=(value,), unit=unit, tolerance=tolerance.strip("0.") and tolerance
                )
        self.lost.append("no number is wholly right: left out")
        return None

    def match(self, item: Item) -> Item | None:
        """matching."""
        pairs, extra = [], []
        for pair in self.element.findall("subquestion"):
            left, right = self.text(pair), escape(" ".join((pair.findtext("answer/text") or "").split()))
            if left and right:
                pairs.append((left, right))
            elif right:
                extra.append(right)
        if len(pairs) < 2:
            self.lost.append("fewer than two pairs: left out")
            return None
        return item._replace(kind="match", pairs=tuple(pairs), extra=tuple(extra))

    def order(self, item: Item) -> Item | None:
        """ordering."""
        members = [self.text(answer) for answer, _share in sorted(self.answers(), key=lambda pair: pair[1])]
        if len(members) < 2:
            self.lost.append("fewer than two things to order: left out")
            return None
        return item._replace(kind="order", members=tuple((member,) for member in members if member))

    def essay(self, item: Item) -> Item | None:
        """essay: the answer is what the teacher sees."""
        info = self.element.find("graderinfo")
        raw = (info.findtext("text") or "") if info is not None else ""
        parts = [text for part in re.split(r"<hr ?/?>", raw) if (text := self._converted(info, part, told=True))]
        if not parts and item.explain:
            parts, item = [item.explain], item._replace(explain="")
        if not parts:
            self.lost.append("an essay without information for graders: left out, since nothing could be shown")
            return None
        made, rest = essay(item, parts)
        return made._replace(explain="\n".join([*rest, item.explain]).strip())

    def cloze(self, item: Item) -> Item | None:
        """cloze: questions embedded in a text."""
        element = self.element.find("questiontext")
        raw = (element.findtext("text") or "") if element is not None else ""
        gaps: list[tuple[int, list[str], str]] = []

        def held(found: re.Match[str]) -> str:
            forms, hint = self._gap(found["type"], found["answers"])
            if not forms:
                return "…"
            gaps.append((int(found["number"] or len(gaps) + 1), forms, hint))
            return f"\ue000{len(gaps) - 1}\ue001"

        text = self._converted(element, _GAP.sub(held, raw))
        if not gaps:
            self.lost.append("no gap that could be read: left out")
            return None
        also = dict[str, tuple[str, ...]]()
        for index, (number, forms, hint) in enumerate(gaps):
            text = text.replace(f"\ue000{index}\ue001", f"{{{{c{number}::{forms[0]}{'::' + hint if hint else ''}}}}}")
            if forms[1:]:
                also[f"c{number}"] = tuple(dict.fromkeys((*also.get(f"c{number}", ()), *forms[1:])))
        return item._replace(kind="cloze", prompt=text, gaps=also)

    def chosen(self, item: Item) -> Item | None:
        """ddwtos and gapselect: `[[2]]` in the text stands for the second of the words to choose from."""
        words = [
            plain_from_html(choice.findtext("text") or "")
            for name in ("dragbox", "selectoption")
            for choice in self.element.findall(name)
        ]
        count = 0

        def gap(found: re.Match[str]) -> str:
            nonlocal count
            number = int(found[1])
            word = words[number - 1] if 1 <= number <= len(words) else ""
            if not word or any(mark in word for mark in ("{{", "}}", "::")):
                self.lost.append("a gap without a word, or with {{, }} or :: in it: left out")
                return word or "…"
            count += 1
            return f"{{{{c{count}::{word}}}}}"

        text = _PLACE.sub(gap, item.prompt)
        if not count:
            self.lost.append("no gap that could be read: left out")
            return None
        self.lost.append("options within a text: the right one becomes a gap to fill")
        return item._replace(kind="cloze", prompt=text)

    def _gap(self, kind: str, answers: str) -> tuple[list[str], str]:
        """The right forms of an embedded question, and the hint that other answers get."""
        forms, hint, wrong = [], "", 0
        for entry in _hold(answers).split("~"):
            weight = re.match(r"\s*(?:=|%(-?[\d.]+)%)?", entry)
            assert weight is not None
            body, _hash, feedback = entry[weight.end() :].partition("#")
            text = plain_from_html(_release(body)).replace("\\*", "*")
            share = 100.0 if entry.lstrip().startswith("=") else float(weight[1] or 0) if _is_number(weight[1]) else 0.0
            if text == "*" and share < 100:
                hint = plain_from_html(_release(feedback))
            elif text and (share >= 100 or (share > 0 and kind in _SEVERAL)):
                form, _colon, tolerance = text.partition(":") if kind in _NUMERICAL else (text, "", "")
                if tolerance.strip("0. "):
                    self.lost.append(f"a gap has no tolerance: only {form} is right")
                forms.append(form)
            else:
                wrong += 1
        if kind in _SEVERAL and len(forms) > 1:
            self.lost.append("options within a text of which several are right: it becomes a gap where any of them is")
        elif kind not in _SHORT | _NUMERICAL:
            self.lost.append("options within a text: the right one becomes a gap to fill")
        elif wrong:
            self.lost.append("a partly right answer is left out")
        if any(mark in form for form in forms for mark in ("{{", "}}", "::")):
            self.lost.append("an answer with {{, }} or :: in it can't be a gap: left out")
            return [], ""
        return list(dict.fromkeys(forms)), "" if any(mark in hint for mark in ("{{", "}}", "::")) else hint


def _is_number(text: str | None) -> bool:
    return bool(text) and re.fullmatch(r"-?\d+(\.\d+)?", text or "") is not None


_SPECIAL = '}#~/"\\'
_HELD = 0xE100
"""Escaped characters are held in the private use area while the rest is taken apart."""


def _hold(text: str) -> str:
    return re.sub(r'\\([}#~/"\\])', lambda found: chr(_HELD + _SPECIAL.index(found[1])), text)


def _release(text: str) -> str:
    return text.translate({_HELD + index: char for index, char in enumerate(_SPECIAL)})


_KINDS: Mapping[str, Callable[[_Question, Item], Item | None]] = {
    "multichoice": _Question.picks,
    "truefalse": _Question.true_false,
    "shortanswer": _Question.typed,
    "numerical": _Question.number,
    "matching": _Question.match,
    "match": _Question.match,
    "ordering": _Question.order,
    "essay": _Question.essay,
    "cloze": _Question.cloze,
    "multianswer": _Question.cloze,
    "ddwtos": _Question.chosen,
    "gapselect": _Question.chosen,
}
