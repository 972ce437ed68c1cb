"""Aiken: multiple choice in plain lines, as Moodle reads it (https://docs.moodle.org/en/Aiken_format).

What is the capital of Japan?
A. Kyoto
B. Tokyo
ANSWER: B
"""

from __future__ import annotations

import re
from pathlib import Path
from string import ascii_uppercase

from quizkit.formats.guard import glance, read_text
from quizkit.formats.item import Item, Loss, Option, Parcel, ReadOptions, WriteOptions, Written
from quizkit.markup import escape, plain

_OPTION = re.compile(r"([A-Z])[.)] ?(.*)")
_ANSWER = re.compile(r"ANSWER: *([A-Z])", re.IGNORECASE)


def looks(head: bytes, name: str) -> bool:
    """See `FormatModule`: a line with an answer, and options above it."""
    lines = [line.strip() for line in glance(head, name).split("\n")]
    answers = [i for i, line in enumerate(lines) if _ANSWER.fullmatch(line)]
    return any(i >= 3 and _OPTION.fullmatch(lines[i - 1]) for i in answers)


def read(path: Path, options: ReadOptions) -> Parcel:
    """See `FormatModule`. Empty lines mean nothing; what doesn't fit is said with its line."""
    items: list[Item] = []
    losses: list[Loss] = []
    stem = ""
    stem_line = 0
    choices: dict[str, str] = {}
    for number, raw in enumerate(read_text(path, options.encoding).split("\n"), 1):
        line = raw.strip()
        if not line:
            continue
        if answer := _ANSWER.fullmatch(line):
            letter = answer[1].upper()
            if not stem or len(choices) < 2 or letter not in choices:
                what = f"{letter} is none of its options" if stem else "an answer without a question"
                what = "a question with only one option" if stem and len(choices) == 1 else what
                losses.append(Loss(f"line {number}", f"{what}: left out", True))
            else:
                made = tuple(Option(escape(text), name == letter) for name, text in choices.items())
                items.append(Item("choice", escape(stem), options=made))
            stem, choices = "", {}
        elif stem and (option := _OPTION.fullmatch(line)):
            if option[1] in choices:
                losses.append(Loss(f"line {number}", f"a second option {option[1]}: the first is kept"))
            choices.setdefault(option[1], option[2].strip())
        else:
            if stem:
                losses.append(Loss(f"line {stem_line}", "a question without options or an answer: left out", True))
            stem, stem_line, choices = line, number, {}
    if stem:
        losses.append(Loss(f"line {stem_line}", "a question without an answer: left out", True))
    return Parcel(tuple(items), losses=tuple(losses))


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. One right option in one line each; everything else can't be said in Aiken."""
    blocks: list[str] = []
    losses: list[Loss] = []
    for item in items:
        made = _choices(item)
        if made is None:
            losses.append(Loss(item.key, f"Aiken has no {item.kind} questions: left out", True))
            continue
        stem, choices = _line(item.prompt), made
        if _OPTION.fullmatch(stem) or _ANSWER.fullmatch(stem):
            # A question that begins as an option does would be read as one.
            stem = f"“{stem}”"
            losses.append(Loss(item.key, "begins like an option: put in quotes"))
        if "\n" in item.prompt:
            losses.append(Loss(item.key, "Aiken has one line for a question: its lines are joined"))
        if item.explain or any(option.feedback for option in choices):
            losses.append(Loss(item.key, "explanations can't be said in Aiken"))
        if item.all_media:
            losses.append(Loss(item.key, "pictures and sounds can't be said in Aiken"))
        lines = [f"{letter}. {_line(option.text)}" for letter, option in zip(ascii_uppercase, choices, strict=False)]
        right = next(letter for letter, option in zip(ascii_uppercase, choices, strict=False) if option.right)
        blocks.append("\n".join([stem, *lines, f"ANSWER: {right}"]))
    return Written(("\n\n".join(blocks) + "\n").encode() if blocks else b"", len(blocks), tuple(losses))


def _choices(item: Item) -> tuple[Option, ...] | None:
    if item.kind == "choice":
        return item.options
    if item.kind == "truefalse":
        return Option("True", item.true), Option("False", not item.true)
    return None


def _line(text: str) -> str:
    return " ".join(plain(text).split())
