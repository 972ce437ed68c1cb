"""Reading GIFT, as Moodle does; what Moodle would misread without a word is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quizkit.formats.essays import essay
from quizkit.formats.guard import glance, read_text
from quizkit.formats.html import from_html
from quizkit.formats.item import Item, Loss, Option, Parcel, ReadOptions, losses_of
from quizkit.markup import escape

_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_HELD = 0xE000
"""Escaped characters are held in the private use area while the rest is taken apart."""
_CHARS = "\\:#={}~n"
_RELEASE = {_HELD + i: "\n" if char == "n" else char for i, char in enumerate(_CHARS)}
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_ANSWERED = re.compile(r"\{\s*(?:[=~#]|TRUE|FALSE|T\s*[}#]|F\s*[}#]|\})")
_TITLE = re.compile(r"^::.*?::", re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_WEIGHT = re.compile(r"\s*%(-?[\d.,]+)%")
_CLOSING = ".,;:!?)]、。，．！？）」』"
"""What stands close behind a gap."""
_TRUTH = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?=#|$)", re.IGNORECASE)
_DIGITS = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_NUMBER = re.compile(rf"\s*({_DIGITS})\s*(?:(:|\.\.)\s*({_DIGITS}))?\s*$", re.ASCII)
_WIDE = re.compile(r"[｛｝＝～]")


class _Block(NamedTuple):
    """A question's text, the line it begins in, and what the comments above it said."""

    text: str
    line: int
    id: str
    tags: tuple[str, ...]


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: a question with its answers between braces."""
    text = _hold(glance(head, name))
    braces = _ANSWERED.search(text)
    return name.lower().endswith(".gift") or ("{{c1::" not in text and braces is not None and "\n- id:" not in text)


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`."""
    items: list[Item] = []
    losses: list[Loss] = []
    title = ""
    for block in (part for whole in _blocks(read_text(path, options.encoding)) for part in _apart(whole, losses)):
        if block.text.startswith("$CATEGORY:"):
            name = block.text.removeprefix("$CATEGORY:").strip()
            if title and name != title:
                losses.append(Loss(f"line {block.line}", f"category {name}: all go into one deck"))
            title = title or name.rsplit("/", 1)[-1]
            continue
        lost: list[str] = []
        found = _question(block, lost)
        losses += losses_of(f"line {block.line}", lost, found)
        if found:
            items.append(found)
    return Parcel(tuple(items), title, tuple(losses))


def _hold(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(_HELD + _CHARS.index(found[1])), text)


def _release(text: str) -> str:
    return text.translate(_RELEASE)


def _blocks(text: str) -> list[_Block]:
    """The questions: what stands between empty lines, without its comments."""
    blocks: list[_Block] = []
    lines: list[str] = []
    start, ident, tags = 0, "", []
    for number, line in enumerate([*_hold(text).split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            if found := re.search(r"\[id:([^\]]+)\]", stripped):
                ident = found[1].strip()
            tags += [tag.strip() for tag in re.findall(r"\[tag:([^\]]+)\]", stripped)]
            continue
        alone = stripped.startswith("$CATEGORY:")
        if stripped and not alone:
            start = start or number
            lines.append(line)
            continue
        if lines:
            blocks.append(_Block("\n".join(lines).strip(), start, _release(ident), tuple(map(_release, tags))))
            lines, start, ident, tags = [], 0, "", []
        if alone:
            blocks.append(_Block(_release(stripped), number, "", ()))
    return blocks


def _apart(block: _Block, losses: list[Loss]) -> Iterator[_Block]:
    """A block's questions: Moodle wants an empty line between them, and would make one of two where it is missing."""
    begin = 0
    for cut in [*_cuts(block.text), len(block.text)]:
        line = block.line + block.text.count("\n", 0, begin)
        if begin:
            losses.append(Loss(f"line {line}", "no empty line above this question: told apart from the one before"))
        yield block._replace(text=block.text[begin:cut].strip(), line=line)
        begin = cut


def _cuts(text: str) -> Iterator[int]:
    """Where another question begins: at a title, or below the line where one's answers end if others follow."""
    titles = [found.start() for found in _TITLE.finditer(text)]
    answers = _ANSWERED.search(text)
    while answers:
        stop = _closing(text, answers.start())
        following = _ANSWERED.search(text, stop) if stop else None
        below = text.find("\n", stop) + 1 if following else 0
        title = bisect_right(titles, answers.start())
        cuts = [below] if following and 0 < below <= following.start() else []
        cuts += titles[title : title + 1]
        if not cuts:
            return
        yield min(cuts)
        answers = _ANSWERED.search(text, min(cuts))


def _closing(text: str, start: int) -> int:
    """The place behind the brace that closes the one at `start`; 0 where none does."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return 0


def _question(block: _Block, lost: list[str]) -> Item | None:
    text = block.text
    name = ""
    if text.startswith("::"):
        name, _colons, text = text[2:].partition("::")
        name = " ".join(_release(name).split())
    wanted = _FORMAT.match(text)
    form = wanted[1] if wanted else "moodle"
    text = text[wanted.end() :] if wanted else text
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        lost.append(_without_answers(text))
        return None
    if (closing := _closing(text, start)) and "{" in text[closing:end]:
        lost.append("answers in two places, where GIFT has one gap: make a question of each; left out")
        return None
    reader = _Reader(form, lost)
    prompt = reader.text(text[:start], whole=True)
    behind = reader.text(text[end + 1 :], whole=True)
    answers, _marks, general = text[start + 1 : end].partition("####")
    item = reader.answered(answers.strip(), prompt, behind, general)
    if item is None:
        return None
    if not item.prompt:
        lost.append("a question without text: left out")
        return None
    media = tuple(dict.fromkeys(reader.media))
    return item._replace(key=block.id or name, tags=block.tags, media=media)


def _without_answers(text: str) -> str:
    if _WIDE.search(text):
        return (
            "its braces or signs are full-width, so it has no answers: type { = ~ } with the ASCII keyboard; left out"
        )
    if "{" in text or "}" in text:
        return "a brace without its partner (an empty line within a question ends it): left out"
    return "a text without answers: a description, not a question; left out"


class _Reader:
    """Reads the pieces of one question, whose texts are in one format."""

    def __init__(self, form: str, lost: list[str]) -> None:
        self.form = form
        self.lost = lost
        self.media: list[str] = []

    def text(self, piece: str, *, whole: bool = False) -> str:
        """A piece as text with marks. It may name its own format, unless it is `whole`."""
        form = self.form
        if not whole and (found := _FORMAT.match(piece)):
            form, piece = found[1], piece[found.end() :]
        raw = _release(piece).strip()
        if form == "plain":
            return escape(raw)
        if form == "markdown":
            return raw
        converted = from_html(raw)
        self.lost += converted.losses
        self.media += converted.media
        return converted.text

    def typed(self, piece: str) -> str:
        """A piece as a plain text. An asterisk without a backslash is a wildcard to Moodle."""
        raw = " ".join(_release(piece).split())
        if re.search(r"(?<!\\)\*", raw):
            self.lost.append(f"the wildcard in {raw!r} is taken for an asterisk")
        return raw.replace("\\*", "*")

    def answered(self, answers: str, prompt: str, behind: str, general: str) -> Item | None:
        """The question that these answers make."""
        gap = " _____" if behind[:1] in _CLOSING else " _____ "
        item = Item("open", f"{prompt}{gap}{behind}" if behind else prompt)
        if not answers:
            return self._essay(item, general)
        item = item._replace(explain=self.text(general))
        if answers.startswith("#"):
            return self._number(item, answers[1:])
        if truth := _TRUTH.match(answers):
            return self._true_false(item, truth, answers)
        if "~" in answers:
            return self._picked(item, answers)
        if "->" in answers and answers.startswith("="):
            return self._match(item, answers)
        return self._typed(item, answers, prompt, behind)

    def _essay(self, item: Item, general: str) -> Item | None:
        """Its general feedback holds the answer, a rubric as a list, and behind a line the explanation."""
        parts = [self.text(part) for part in re.split(r"<hr ?/?>", general)]
        parts = [part for part in parts if part]
        if not parts:
            self.lost.append("an essay without an answer in its feedback: left out, since nothing could be shown")
            return None
        made, rest = essay(item, parts)
        return made._replace(explain="\n".join(rest))

    def _number(self, item: Item, answers: str) -> Item | None:
        entries = [entry for entry in re.split(r"(?=[=~])", answers.strip()) if entry.strip(" =~")]
        for entry in entries or [answers]:
            body, _hash, _feedback = entry.lstrip("=~ ").partition("#")
            weight = _WEIGHT.match(body)
            found = _NUMBER.match(body[weight.end() :] if weight else body)
            if entry.startswith("~") or (weight and float(weight[1].replace(",", ".")) < 100):
                self.lost.append("a partly right number is left out")
                continue
            if not found:
                self.lost.append(f"{_release(body).strip()!r} is no number: left out")
                return None
            if len(entries) > 1 and entry != entries[0]:
                self.lost.append("the first right number is kept")
            return _range(item, found)
        return None

    def _true_false(self, item: Item, truth: re.Match[str], answers: str) -> Item:
        feedback = [self.text(part) for part in answers[truth.end() :].split("#")[1:]]
        if len(feedback) > 1 and feedback[1]:
            self.lost.append("the feedback on a right answer is left out")
        true = truth[1].upper().startswith("T")
        return item._replace(kind="truefalse", true=true, correction=feedback[0] if feedback else "")

    def _picked(self, item: Item, answers: str) -> Item | None:
        options: list[Option] = []
        fractions: list[float] = []
        for entry in re.split(r"(?=[=~])", answers):
            if not entry.strip():
                continue
            body = entry.lstrip()[1:]
            weight = _WEIGHT.match(body)
            fraction = float(weight[1].replace(",", ".")) if weight else 100.0 if entry.lstrip()[0] == "=" else 0.0
            text, _hash, feedback = (body[weight.end() :] if weight else body).partition("#")
            options.append(Option(self.text(text), fraction > 0, self.text(feedback)))
            fractions.append(fraction)
        right = [fraction for fraction in fractions if fraction > 0]
        if not right or len(options) < 2:
            self.lost.append("a choice without a right option, or with one option only: left out")
            return None
        full = [fraction for fraction in fractions if fraction >= 100]
        if len(full) == 1 and len(right) > 1:
            self.lost.append("a partly right option counts as wrong")
            options = [o._replace(right=f >= 100) for o, f in zip(options, fractions, strict=True)]
        many = len([option for option in options if option.right]) > 1 or not full
        if len(full) > 1:
            self.lost.append("one of several right options would do: all are wanted now")
        # Of one right option all feedback is on the wrong ones; ours has no word on the right one.
        options = [option._replace(feedback="") if option.right else option for option in options]
        return item._replace(kind="multi" if many else "choice", options=tuple(options))

    def _match(self, item: Item, answers: str) -> Item | None:
        pairs: list[tuple[str, str]] = []
        extra: list[str] = []
        for entry in answers.split("=")[1:]:
            left, arrow, right = entry.partition("->")
            partner = escape(" ".join(_release(right).split()))
            if not arrow or not partner:
                what = f"{_release(left).strip()!r} has nothing to the right of its arrow" if arrow else ""
                self.lost.append(f"{what or 'a pair without an arrow'}: left out")
            elif left.strip():
                pairs.append((self.text(left), partner))
            else:
                extra.append(partner)
        if len(pairs) < 2:
            self.lost.append("fewer than two pairs: left out")
            return None
        return item._replace(kind="match", pairs=tuple(pairs), extra=tuple(extra))

    def _typed(self, item: Item, answers: str, prompt: str, behind: str) -> Item | None:
        forms = []
        for entry in re.split(r"=", answers):
            if not entry.strip():
                continue
            weight = _WEIGHT.match(entry)
            if weight and float(weight[1].replace(",", ".")) < 100:
                self.lost.append("a partly right answer is left out")
                continue
            form, _hash, feedback = (entry[weight.end() :] if weight else entry).partition("#")
            if feedback.strip():
                self.lost.append("the feedback on a right answer is left out")
            forms.append(self.typed(form))
        forms = [form for form in dict.fromkeys(forms) if form]
        if not forms:
            self.lost.append("no answer is wholly right: left out")
            return None
        if not behind:
            return item._replace(kind="typed", answers=tuple(forms))
        if any(mark in forms[0] for mark in ("{{", "}}", "::")):
            return item._replace(kind="typed", answers=tuple(forms))
        gaps = {"c1": tuple(forms[1:])} if forms[1:] else {}
        text = f"{prompt} {{{{c1::{forms[0]}}}}}{_glued(behind)}".strip()
        return item._replace(kind="cloze", prompt=text, gaps=gaps)


def _glued(behind: str) -> str:
    """What follows a gap: a word apart, a sign of punctuation close to it."""
    return f" {behind}" if behind[0].isalnum() or behind[0] in "([“*" else behind


def _range(item: Item, found: re.Match[str]) -> Item | None:
    from decimal import Decimal, InvalidOperation

    from quizkit.formats.from_notes import digits

    try:
        first = Decimal(found[1])
        second = Decimal(found[3]) if found[3] else Decimal(0)
    except InvalidOperation:
        return None
    if found[2] == "..":
        middle, second = (first + second) / 2, abs(second - first) / 2
        first = middle
    tolerance = digits(abs(second)) if second else ""
    return item._replace(kind="number", answers=(digits(first),), tolerance=tolerance)
