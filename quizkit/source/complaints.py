"""What YAML complains of, in plain words, with the usual causes looked for."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quizkit.diagnostics import Diagnostic, Rule, Span
from quizkit.source.rules import DASH, FLOW_QUESTION, NO_SPACE, SYNTAX, TAB, WIDE_COLON, WIDE_SPACE, too_deep

DASHES = "‐‑‒–—―−－ー"
"""What phones, word processors and input methods make of a hyphen."""

_WIDE_COLON = re.compile(r"\s*(?:- +)?[\w-]+ *(：)")
_WIDE_INDENT = re.compile(r" *([\u3000\xa0])[ \u3000\xa0]*\S")
_DASH = re.compile(rf"\s*([{DASHES}])[ \u3000\xa0]+\S")
_TIGHT_HYPHEN = re.compile(r"\s*(-)[a-z_]+ *:(?:\s|$)")
_TIGHT_COLON = re.compile(r"\s*(?:- +)?([a-z_]+)(:)(?=[^\s:/])")
_WIDE_GAP = re.compile(r"\s*(?:-|(?:- +)?[\w-]+ *:)([\u3000\xa0])")

_NEVER_CLOSED = (
    "found unexpected end of stream",
    "found unexpected document indicator",
    "did not find expected ',' or '}'",
    "did not find expected ',' or ']'",
)
"""Complaints about quotes and braces: the line where one begins says more than the line where nothing fits."""

_PLAIN_WORDS = {
    "mapping values are not allowed in this context": "a colon with a space after it stands inside a plain text"
    " (put the text in quotes)",
    "did not find expected key": "the indent doesn't fit, or a quote or bracket is not closed",
    "did not find expected '-' indicator": "the indent doesn't fit the list",
    "could not find expected ':'": "a key without a colon, or a text that runs on at the wrong indent",
    "found unexpected end of stream": "this quote is never closed",
    "found unexpected document indicator": "this quote is never closed",
    "found character that cannot start any token": "a text can't begin with this character (put it in quotes)",
    "did not find expected <document start>": "this line begins further left than what it belongs to",
    "did not find expected ',' or '}'": "a brace is not closed, or a comma is missing",
    "did not find expected ',' or ']'": "a bracket is not closed, or a comma is missing",
}


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them, each with its end."""
    return re.split("(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n)", text)


def in_plain_words(problem: Any, text: str, file: str, above: int) -> Diagnostic:
    """A YAMLError as a diagnostic. The text begins below `above` lines of its file."""
    said = str(getattr(problem, "problem", None) or "its bytes make no sense")
    mark, begin = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    if mark is None or (begin is not None and begin.line < mark.line and said in _NEVER_CLOSED):
        mark = begin
    at, column = (mark.line, mark.column + 1) if mark else (0, 1)
    lines = lines_of(text)

    def made(rule: Rule, back: int, column: int, message: str, fix: str) -> Diagnostic:
        return Diagnostic(rule, Span(file, above + back + 1, column), message, fix)

    if said == "exceeded maximum nesting depth":
        # PyYAML has a limit of its own since 6.0.4, and looks far ahead for the ends of brackets.
        return too_deep(Span(file, above + at + 1, column))
    if at < len(lines) and lines[at][column - 1 : column] == "?":
        fix = "Write each language on a line of its own below the key, or put the text in quotes."
        return made(FLOW_QUESTION, at, column, "YAML stops at the `?` inside these braces.", fix)
    # YAML often notices a mistake only on the next line that holds something.
    before = next((i for i in range(min(at, len(lines)) - 1, -1, -1) if lines[i].strip()), at)
    for back in dict.fromkeys((at, before)):
        line = lines[back] if back < len(lines) else ""
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if back == at and "\t" in indent:
            message = "This line is indented with a tab."
            return made(TAB, back, indent.index("\t") + 1, message, "Use two spaces for each level.")
        if slip := slip_in(line):
            return made(slip.rule, back, slip.column, slip.message, slip.fix)
    fix = "Look at this line and the one above: quotes, colons and indents."
    return made(SYNTAX, at, column, f"YAML can't be read on here: {_PLAIN_WORDS.get(said, said)}.", fix)


class Slip(NamedTuple):
    """A character that only looks like one of YAML's own, or a space that is missing."""

    rule: Rule
    column: int
    message: str
    fix: str


def slip_in(line: str) -> Slip | None:
    """What in a line's indent, or beside its hyphen or key, keeps it from being read as it is meant."""
    if found := _WIDE_INDENT.match(line):
        message = f"{space_name(found[1])} stands in this line's indent."
        return Slip(WIDE_SPACE, found.start(1) + 1, message, "Use plain spaces.")
    if found := _WIDE_GAP.match(line):
        message = f"{space_name(found[1])} stands where a plain space belongs."
        return Slip(WIDE_SPACE, found.start(1) + 1, message, "Type a plain space.")
    if found := _WIDE_COLON.match(line):
        message = "A full-width colon `：` stands where `: ` belongs."
        return Slip(WIDE_COLON, found.start(1) + 1, message, "Type a plain colon and a space.")
    if found := _DASH.match(line):
        message = f"A dash `{found[1]}` stands where a hyphen belongs."
        return Slip(DASH, found.start(1) + 1, message, "Type a plain hyphen: `-`.")
    if found := _TIGHT_HYPHEN.match(line):
        return Slip(NO_SPACE, found.start(1) + 1, "There is no space behind this hyphen.", "Type one.")
    if found := _TIGHT_COLON.match(line):
        return Slip(NO_SPACE, found.start(2) + 1, f"There is no space behind the colon of `{found[1]}`.", "Type one.")
    return None


def space_name(space: str) -> str:
    """What a space that isn't a plain one is called."""
    return "A full-width space" if space == "\u3000" else "A no-break space"
