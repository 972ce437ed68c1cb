"""Mending what has one right mend: edits at places, never a file made anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from quizkit.decks.edit import insertions
from quizkit.decks.load import HEAD
from quizkit.decks.places import Edit, Places
from quizkit.diagnostics import Diagnostic
from quizkit.kinds import all_keys
from quizkit.source import parse_yaml
from quizkit.source.comments import scalars

_OFFERED = re.compile(r"^(?:Did you mean|Write) `([^`]+)`[?.]$")
_HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_INDENT = re.compile("[ \t\u3000\xa0]*")
_ITEM = re.compile("- +")
TAB_STOPS = (2, 4, 8)
"""How wide editors show a tab, the likeliest first."""
LOOKED_BACK = 40
"""Lines above one whose indents tell what its own may be."""
LIKE_ENOUGH = 0.75
"""How like a misspelt key must be to the known one for the mend to be certain."""


class Mend(NamedTuple):
    """How to mend one thing. `certain`: there is no other right way, so that it may be done without asking."""

    diagnostic: Diagnostic
    title: str
    edits: tuple[Edit, ...]
    certain: bool


def mends(text: str, file: str, diagnostics: Sequence[Diagnostic]) -> list[Mend]:
    """What can be mended of the things that are wrong with a text, in their order."""
    places = Places(text)
    found = []
    for diagnostic in diagnostics:
        make = _MENDS.get(diagnostic.rule.code)
        if diagnostic.span.file == file and make is not None and (mend := make(places, diagnostic)) is not None:
            found.append(mend)
    return found


def _replace(places: Places, diagnostic: Diagnostic, old: str, new: str, *, certain: bool) -> Mend | None:
    """Put another word in the place of one that stands at the diagnostic."""
    start = places.offset(diagnostic.span.line, diagnostic.span.column)
    # A quoted word begins behind its quote.
    start += places.text[start : start + 1] in ("'", '"')
    if places.text[start : start + len(old)] != old:
        return None
    return Mend(diagnostic, f"Write {new}", (Edit(start, start + len(old), new),), certain)


def _offered(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """The word that the diagnostic offers instead of the one it names first."""
    offer = _OFFERED.match(diagnostic.fix)
    named = re.search(r"`([^`]+)`", diagnostic.message)
    if offer is None or named is None:
        return None
    old, new = named[1], offer[1]
    code = diagnostic.rule.code
    certain = code in _ALWAYS_RIGHT or (_is_plain(old) if code in _SLUGS else _alike(old, new))
    if code in ("unknown-key", "unknown-deck-key") and _has_sibling(places, diagnostic, new):
        certain = False
    return _replace(places, diagnostic, old, new, certain=certain)


def _tags(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """One word instead of several; a list instead of a text, with the quotes, which would make one word of it."""
    offer, span = _OFFERED.match(diagnostic.fix), diagnostic.span
    if offer is None or not offer[1].startswith("["):
        return _offered(places, diagnostic)
    start, end = places.offset(span.line, span.column), places.offset(span.end_line, span.end_column)
    return Mend(diagnostic, f"Write {offer[1]}", (Edit(start, end, offer[1]),), True)


_ALWAYS_RIGHT = frozenset({"bad-tag", "unknown-language"})
_SLUGS = frozenset({"bad-id", "bad-deck-id"})


def _is_plain(name: str) -> bool:
    """Whether a name loses no letter as an id: 首脳会談 would lose them all."""
    return any(map(str.isalnum, name)) and all(char.isascii() for char in name if char.isalnum())


def _alike(old: str, new: str) -> bool:
    """Whether a word is plainly a slip for another: nearly all letters in their order, or all of them in another."""
    from difflib import SequenceMatcher

    return sorted(old) == sorted(new) or SequenceMatcher(None, old.lower(), new.lower()).ratio() >= LIKE_ENOUGH


def _has_sibling(places: Places, diagnostic: Diagnostic, key: str) -> bool:
    """Whether the mapping has the key already: then the slip may have been another one's."""
    span = diagnostic.span
    column, hyphen = " " * (span.column - 1), " " * (span.column - 3) + "- "
    here = re.compile(rf"{re.escape(key)} *:")
    for step in (-1, 1):
        number = span.line
        # A hyphen in front of its first key begins a mapping, and the next one.
        while step > 0 or not _begins(places, number, hyphen):
            number += step
            if not 0 < number <= len(places.starts):
                break
            start, end = places.line(number)
            line = places.text[start:end]
            if line.strip() and not line.startswith(column) and not (step < 0 and line.startswith(hyphen)):
                break
            if here.match(line, len(column)):
                return True
    return False


def _begins(places: Places, number: int, hyphen: str) -> bool:
    return places.text.startswith(hyphen, places.offset(number, 1))


def _hidden(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Delete the characters nobody can see, where they stand as themselves."""
    span = diagnostic.span
    start = places.offset(span.line, span.column)
    end = places.offset(span.end_line or span.line, span.end_column or span.column)
    edits = tuple(Edit(found.start(), found.end(), "") for found in _HIDDEN.finditer(places.text, start, end))
    return Mend(diagnostic, "Delete the hidden character", edits, True) if edits else None


def _indent(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Indent a line with plain spaces, and put one where a wide one stands behind a hyphen or a key."""
    start, end = places.line(diagnostic.span.line)
    line = places.text[start:end]
    old = _INDENT.match(line)
    assert old is not None
    rest = re.sub("^((?:- +)?[\\w-]+ *:|-)[\u3000\xa0]", r"\1 ", line[old.end() :])
    spaces = old[0].replace("\u3000", "  ").replace("\xa0", " ")
    widths = [len(spaces.replace("\t", " " * stop)) for stop in TAB_STOPS]
    usual = _usual_columns(places, diagnostic.span.line, item=rest.startswith("-"))
    new = " " * next((width for width in widths if width in usual), widths[0])
    edit = Edit(start, end, new + rest)
    return Mend(diagnostic, "Indent with spaces", (edit,), True) if new + rest != line else None


def _usual_columns(places: Places, line: int, *, item: bool) -> set[int]:
    """The columns at which the lines above let a line begin: an item of a list, or a key."""
    found: set[int] = set()
    opens = True
    for number in range(line - 1, max(line - LOOKED_BACK, 0), -1):
        start, end = places.line(number)
        text = places.text[start:end]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        column = len(text) - len(text.lstrip(" "))
        hyphen = _ITEM.match(text, column)
        key = hyphen.end() if hyphen else column
        if hyphen and item:
            found.add(column)
        elif not item:
            found.add(key)
        if opens and text.rstrip().endswith(":"):
            found |= {key, key + 2} if item else {key + 2}
        opens = False
    return found


def _wide_colon(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """A plain colon and a space."""
    start = places.offset(diagnostic.span.line, diagnostic.span.column)
    at = places.text.find("：", start, places.line(diagnostic.span.line)[1])
    if at < 0:
        return None
    end = at + 1
    while places.text[end : end + 1] in (" ", "\u3000"):
        end += 1
    return Mend(diagnostic, "Type a plain colon", (Edit(at, end, ": "),), True)


def _hyphen(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """A plain hyphen and a space."""
    start = places.offset(diagnostic.span.line, diagnostic.span.column)
    end = start + 1
    while places.text[end : end + 1] in (" ", "\u3000", "\xa0"):
        end += 1
    return Mend(diagnostic, "Type a plain hyphen", (Edit(start, end, "- "),), True)


def _space(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """A space behind a hyphen, or behind the colon of a key."""
    at = places.offset(diagnostic.span.line, diagnostic.span.column) + 1
    key = re.search("`([^`]+)`", diagnostic.message)
    certain = key is None or key[1] in all_keys() or key[1] in HEAD
    return Mend(diagnostic, "Type a space", (Edit(at, at, " "),), certain)


def _composed(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Compose the characters of a line (Unicode NFC)."""
    start, end = places.line(diagnostic.span.line)
    line = places.text[start:end]
    edit = Edit(start, end, normalize("NFC", line))
    return Mend(diagnostic, "Compose the characters", (edit,), True) if edit.text != line else None


def _spaces(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Take the spaces out that stand between the quotes and the text."""
    span = diagnostic.span
    start = places.offset(span.line, span.column)
    end = places.offset(span.end_line, span.end_column)
    quoted = places.text[start:end]
    found = re.fullmatch(r"(['\"])[ \t\u3000]*(.*?)[ \t\u3000]*\1", quoted)
    if found is None:
        return None
    edit = Edit(start, end, f"{found[1]}{found[2]}{found[1]}")
    return Mend(diagnostic, "Take the spaces out", (edit,), True) if edit.text != quoted else None


def _in_quotes(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Put a text in quotes together with the comment that cuts it off."""
    span = diagnostic.span
    root = parse_yaml(places.text, span.file).node
    cut = next(
        (
            node
            for node in (scalars(root) if root else ())
            if (node.end_line, node.end_column) == (span.line, span.column - 1)
        ),
        None,
    )
    if cut is None:
        return None
    start = places.offset(cut.line, cut.column) if cut.value else places.offset(span.line, span.column)
    end = places.offset(span.end_line, span.end_column)
    quoted = "'" + places.text[start:end].replace("'", "''") + "'"
    return Mend(diagnostic, "Put the text in quotes", (Edit(start, end, quoted),), False)


def _missing_id(places: Places, diagnostic: Diagnostic) -> Mend | None:
    """Write an id made from the note's words."""
    root = parse_yaml(places.text, diagnostic.span.file).node
    for insertion in insertions(places.text, root):
        if places.place(insertion.offset)[0] == diagnostic.span.line:
            edit = Edit(insertion.offset, insertion.offset, insertion.text)
            return Mend(diagnostic, f"Call it {insertion.id}", (edit,), True)
    return None


_MENDS: Mapping[str, Callable[[Places, Diagnostic], Mend | None]] = {
    "comment-in-text": _in_quotes,
    "missing-id": _missing_id,
    "unknown-key": _offered,
    "unknown-deck-key": _offered,
    "unknown-kind": _offered,
    "unknown-language": _offered,
    "bad-id": _offered,
    "bad-deck-id": _offered,
    "bad-tag": _tags,
    "hidden-character": _hidden,
    "tab-indent": _indent,
    "ideographic-space-indent": _indent,
    "full-width-colon": _wide_colon,
    "dash-for-hyphen": _hyphen,
    "missing-space": _space,
    "not-composed": _composed,
    "spaces-around": _spaces,
}
"""How each thing is mended, by the rule's code."""
