"""Names that people give themselves: plain text, short, and not to anybody's hurt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from quizkit.columns import level
from quizkit.drills.players import BLANK, folded, likeness

LONGEST = 24

OWN_WORDS = "nickname-words.txt"
"""The teacher's own list, beside the progress file."""

_SHIPPED = Path(__file__).with_name("nickname-words.txt")
_DISGUISES = str.maketrans("013457@$!|", "oieastasii")
_ACCENTS = re.compile("[\u0300-\u036f]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DIGITS = re.compile(r"\d+")


def clean(name: object) -> str:
    """A name as plain text in one line, without control characters, cut to LONGEST; '' when nothing is left."""
    if not isinstance(name, str):
        return ""
    kept = []
    for char in level(unicodedata.normalize("NFC", BLANK.sub(" ", name[: LONGEST * 8]))):
        # Zero-width joiners belong to scripts and emoji; other format characters turn text about.
        if unicodedata.category(char)[0] == "C" and char not in "\u200c\u200d":
            kept.append(" " if char.isspace() else "")
        else:
            kept.append(char)
    text = " ".join("".join(kept).split())[:LONGEST].strip()
    return text if any(char.isalnum() for char in text) else ""


class NameFilter:
    """Refuses names that hold a word of the lists.

    A line is a word that must not stand in a name by itself; `*word*` must not stand anywhere in it, with spaces and
    digits in disguise or without. Accents and stretched letters hide nothing. `#` begins a comment, and `!word` takes a
    word of the shipped list off.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own

    @cached_property
    def _words(self) -> tuple[frozenset[str], tuple[str, ...]]:
        whole: set[str] = set()
        inside: set[str] = set()
        for line in (*_lines(_SHIPPED), *(_lines(self._own) if self._own else ())):
            word = folded(line)
            if word.startswith("!"):
                bare = word[1:].strip("*").strip()
                whole.discard(bare)
                inside.discard(bare)
            elif word.startswith("*") and word.endswith("*") and len(word) > 2:
                inside.add(_joined(word.strip("*")))
            else:
                whole.add(word)
        return frozenset(whole), tuple(sorted(inside))

    def refuses(self, name: str) -> bool:
        """Whether a name holds a word that is not to be read on the wall."""
        whole, inside = self._words
        forms = {form for text in (folded(name), likeness(name)) for form in (text, _bare(text))}
        # A number by itself is no word in disguise; letters with gaps between them are one.
        undisguised = {
            " ".join(word.translate(_DISGUISES) if any(map(str.isalpha, word)) else word for word in form.split())
            for form in forms
        }
        digitless = {_DIGITS.sub("", form) for form in forms}
        for text in forms | undisguised | digitless:
            words = "".join(char if char.isalnum() else " " for char in text).split()
            if whole.intersection(words) or "".join(words) in whole:
                return True
        joined = {_joined(text) for form in forms | digitless for text in (form, form.translate(_DISGUISES))}
        return any(word in text for text in joined for word in inside)


def _bare(text: str) -> str:
    """The text without accents, and without letters that are stretched; marks that make another sound stay."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return _STRETCHED.sub(r"\1", unicodedata.normalize("NFC", bare))


def _joined(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _lines(path: Path) -> Iterable[str]:
    """The lines of a list that say something. A list that can't be read is none."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return []
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]
