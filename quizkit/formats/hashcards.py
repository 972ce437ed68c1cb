"""Markdown flashcards as hashcards reads them (https://github.com/eudoxia0/hashcards): `Q:`/`A:`, and `C:` with gaps.

Q: What are the possible values of electric charge?
A: Any integer multiple of the fundamental charge.

C: The [order] of a group is [the cardinality of its underlying set].
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from quizkit.formats.flat import flattened
from quizkit.formats.guard import MOST_MEMBER, glance, is_inside, read_bytes, read_text
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions, Written, losses_of
from quizkit.kinds.cloze import numbers_in, with_gaps

_TAG = re.compile(r"([QAC]):[ \t]*(.*)")
_GUARDED = re.compile(r" ( *(?:[QAC]:|---$))")
_GAP = re.compile(r"(?<!\\)(?<!!)\[((?:\\.|[^\[\]\\])+)\](?!\()")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^()\s]+)\)")
_NAME = re.compile(r"\n?<!-- ([a-z0-9][a-z0-9_/-]*)((?: #[^\s<>]+)*) -->[ \t]*$")
_UNDERSCORES = re.compile(r"(?<![\w\\])_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")


class _Card(NamedTuple):
    """A card's texts by their letters, and the line it begins in."""

    line: int
    question: str
    answer: str
    cloze: str


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: a question with its answer, or a text with a gap."""
    text = glance(head, name)
    return bool(re.search(r"^Q:.*\n(?:.*\n)*?A:", text, re.MULTILINE) or re.search(r"^C:.*\n?.*\[", text, re.MULTILINE))


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. Pictures and sounds are looked for beside the file."""
    text = read_text(path, options.encoding)
    losses: list[Loss] = []
    title, text, skipped = _front_matter(text, losses)
    media: dict[str, Callable[[], bytes]] = {}
    items = []
    for card in _cards(text, losses):
        where = f"line {card.line + skipped}"
        lost: list[str] = []
        item = _item(card, lost)
        if item:
            found = [name for name in item.all_media if is_inside(name) and (path.parent / name).is_file()]
            media.update({name: partial(read_bytes, path.parent / name, MOST_MEMBER) for name in found})
            items.append(item)
        losses += losses_of(where, lost, item)
    return Parcel(tuple(items), title, tuple(losses), media)


def _front_matter(text: str, losses: list[Loss]) -> tuple[str, str, int]:
    """The deck's name by the TOML at the top, the rest of the text, and how many lines were taken."""
    if not text.startswith("---\n"):
        return "", text, 0
    head, mark, rest = text[4:].partition("\n---\n")
    if not mark:
        return "", text, 0
    try:
        name = tomllib.loads(head).get("name", "")
    except tomllib.TOMLDecodeError:
        losses.append(Loss("line 1", "the front matter is no TOML: left out"))
        name = ""
    return str(name), rest, head.count("\n") + 3


def _cards(text: str, losses: list[Loss]) -> Iterator[_Card]:
    """The cards of a file: each letter begins a text, which reaches to the next one or to a rule."""
    parts: dict[str, list[str]] = {}
    start, current = 0, ""

    def card() -> Iterator[_Card]:
        said = {letter: "\n".join(lines).strip() for letter, lines in parts.items()}
        if said.get("C") or (said.get("Q") and said.get("A")):
            yield _Card(start, said.get("Q", ""), said.get("A", ""), said.get("C", ""))
        elif said:
            missing = "an answer without a question" if "Q" not in said else "a question without an answer"
            losses.append(Loss(f"line {start}", f"{missing}: left out", True))

    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line)
        if found is None and line.rstrip() != "---":
            if current:
                parts[current].append(line[1:] if _GUARDED.match(line) else line)
            continue
        if found is None or found[1] in ("Q", "C") or "A" in parts or "C" in parts:
            yield from card()
            parts, current = {}, ""
        if found:
            start = start if parts else number
            current = found[1]
            parts[current] = [found[2]]
    yield from card()


def _item(card: _Card, lost: list[str]) -> Item | None:
    body = card.cloze or card.answer
    key, tags = "", tuple[str, ...]()
    if named := _NAME.search(body):
        key, tags = named[1], tuple(tag.lstrip("#") for tag in named[2].split())
        body = body[: named.start()].rstrip()
    media, behind = list[str](), list[str]()
    if re.search(r"\$[^$\n]+\$", f"{card.question} {body}"):
        lost.append("formulas are shown as they are written")
    if not card.cloze:
        question, answer = _text(card.question, media), _text(body, behind)
        if not question and media:
            question = "🖼"
        shared = Item("basic", question, (answer or "🖼",), key=key, tags=tags)
        return shared._replace(media=tuple(media), answer_media=tuple(behind))
    text = _text(body, media)
    count = 0

    def gap(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{{{c{count}::{found[1]}}}}}"

    prompt = _GAP.sub(gap, text)
    prompt = prompt.replace("\\[", "[").replace("\\]", "]")
    if not count:
        lost.append("a text without a gap: left out")
        return None
    if any(mark in found for found in _GAP.findall(text) for mark in ("{{", "}}", "::")):
        lost.append("an answer with {{, }} or :: in it can't be a gap: left out")
        return None
    return Item("cloze", prompt, key=key, tags=tags, media=tuple(media))


def _text(text: str, media: list[str]) -> str:
    """Markdown as text with marks: pictures are named apart, underscores become asterisks."""

    def picture(found: re.Match[str]) -> str:
        media.append(found[2].removeprefix("@/"))
        return found[1]

    return _UNDERSCORES.sub(r"*\1*", _IMAGE.sub(picture, text)).strip()


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. Every kind that hashcards lacks becomes a question whose answer is turned over."""
    losses: list[Loss] = []
    title = options.title.replace("\\", "\\\\").replace('"', '\\"')
    blocks = [f'---\nname = "{" ".join(title.split())}"\n---']
    for item in items:
        lost: list[str] = []
        card = _cloze(item, lost) if item.kind == "cloze" else _basic(item, lost)
        tags = "".join(f" #{tag}" for tag in item.tags)
        name = f"\n<!-- {item.key}{tags} -->" if re.fullmatch(r"[a-z0-9][a-z0-9_/-]*", item.key) else ""
        blocks.append(card + name)
        losses += [Loss(item.key, what) for what in lost]
    return Written(("\n\n".join(blocks) + "\n").encode(), len(items), tuple(losses))


def _guarded(text: str) -> str:
    """A text none of whose lines begins another card."""
    return re.sub(r"^(?= *(?:[QAC]:|---$))", " ", text, flags=re.MULTILINE)


def _basic(item: Item, lost: list[str]) -> str:
    if item.kind != "basic":
        lost.append(f"there are no {item.kind} cards: becomes a question to turn over")
    if item.reverse:
        lost.append("is asked one way only")
    if item.explain:
        lost.append("explanations can't be said")
    flat = flattened(item)
    asked, answered = f"Q: {_guarded(flat.front).lstrip(' ')}", f"A: {_guarded(flat.back).lstrip(' ')}"
    return f"{asked}{_pictures(item.media)}\n{answered}{_pictures(item.answer_media)}"


def _cloze(item: Item, lost: list[str]) -> str:
    if len(numbers_in(item.prompt)) < item.prompt.count("{{c"):
        lost.append("gaps of one number become gaps of their own")
    if item.explain:
        lost.append("explanations can't be said")
    if any(item.gaps.values()) or ("::" in item.prompt.replace("{{c", "", 1) and re.search(r"::[^}]*::", item.prompt)):
        lost.append("hints and further forms can't be said")
    held = with_gaps(item.prompt, lambda _number, answer, _hint: f"\ue000{answer}\ue001")
    text = held.replace("[", "［").replace("]", "］")
    if text != held:
        lost.append("square brackets become full-width ones")
    text = text.replace("\ue000", "[").replace("\ue001", "]")
    if item.answer_media:
        lost.append("pictures for the answer are left out: a gap has one text")
    return f"C: {_guarded(text).lstrip(' ')}{_pictures(item.media)}"


def _pictures(names: Iterable[str]) -> str:
    return "".join(f"\n![]({name})" for name in names)
