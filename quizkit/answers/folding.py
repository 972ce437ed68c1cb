"""One form for all the ways to write the same answer.

What folds: compatibility forms (NFKC), case, katakana and hiragana, the long vowel mark, spaces, punctuation, accents
on Latin letters, old and new kanji, titles and articles. What never folds: voicing marks (は is not ば) and anything
that would make two numbers one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from unicodedata import category, is_normalized, normalize

from quizkit.answers.lookalikes import KANJI
from quizkit.answers.titles import (
    FIRST_WORDS,
    LAST_CHARS,
    without_titles_about,
    without_titles_before,
    without_titles_behind,
)

POINT = "⋅"
"""What a decimal point becomes, so that 1.5 never equals 15. A mathematical symbol that NFKC leaves alone."""

GAP = "∶"
"""What any other mark between two digits becomes, so that 9/11 never equals 911."""

MINUS = "∸"
"""What a minus before a number at the very beginning becomes; elsewhere a dash is only a dash."""

KEPT_FORMS = 4096
"""How many texts are remembered with what they fold to: every answer is compared with all the accepted forms."""
_MOST_WORDS = 100
_LONGEST_NAME = 500
"""What is longer, in words or characters, is no name with titles about it."""

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\W_ー]+(?=[0-9])")
_THOUSANDS = r"(?<![0-9])([0-9]{1,3})((?:,[0-9]{3})+)(?![0-9])"
_COUNTED = r"([0-9〇一二三四五六七八九十百千万数何両])\s*[ケヶヵ]\s*(?=[国月所条年村町校店社点])"
_JOINED = r"([一-鿿々])\s*[ケヶ]\s*(?=[一-鿿])"
_KEPT = frozenset("%#@+")
_DASHES = "-−‐–—"
_SILENT = frozenset("'’‘`´^~.ー" + _DASHES)
_UN = re.compile(r"(?<![a-z])un(?=\s*[가-힣])")
"""The United Nations in a Korean text, which writes them either way."""
_KOREAS = re.compile(r"(?<![a-z'’])([ns])[. ]{0,2}(?=korea)")
"""N. Korea and S. Korea."""
_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_V_SOUNDS = (("ゔぁ", "ば"), ("ゔぃ", "び"), ("ゔぇ", "べ"), ("ゔぉ", "ぼ"), ("ゔゅ", "びゅ"), ("ゔ", "ぶ"))


def _folded_char(char: str) -> str | None:
    """What a character of a compatible, casefolded text becomes: None where it doesn't count, ' ' where words part."""
    code = ord(char)
    if "ァ" <= char <= "ヴ" or char in "ヽヾ":
        return chr(code - 0x60)
    if char in "ヵヶゕゖ":
        return "か"
    if char in _SILENT or 0x0300 <= code <= 0x036F or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return None
    if char in _KEPT:
        return char
    if char == "&":
        return "and"
    if char == "|":
        return " "
    kind = category(char)
    if kind in ("Cf", "Pd"):
        return None
    if kind[0] in "ZP" or kind == "Cc":
        return " "
    if kind == "Ll" and code > 0x7F:
        base = normalize("NFD", char)[0]
        return base if base.isascii() else _LETTERS.get(char, char)
    return KANJI.get(char, char)


def _remembered(fold: Callable[[str], str]) -> Callable[[str], str]:
    """The function, which remembers what texts fold to that are short enough for an answer."""
    kept = lru_cache(maxsize=KEPT_FORMS)(fold)

    @wraps(fold)
    def folded(text: str) -> str:
        return kept(text) if len(text) <= _LONGEST_NAME else fold(text)

    return folded


class _Folds(dict[int, str | None]):
    """A table for str.translate that works a character out when it first meets it."""

    def __missing__(self, code: int) -> str | None:
        folded = self[code] = _folded_char(chr(code))
        return folded


_FOLDS = _Folds()


def compatible(text: str) -> str:
    """The text in Unicode's compatible form, without case."""
    if text.isascii():
        return text.lower()
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    folded = text.casefold()
    if folded != text and not is_normalized("NFKC", folded):
        folded = normalize("NFKC", normalize("NFKC", folded).casefold())
    return folded


def _digits_apart(text: str) -> str:
    """The text with thousands separators gone and what else stands between digits kept."""
    text = re.sub(_THOUSANDS, lambda found: found[0].replace(",", ""), text)
    return _BETWEEN_DIGITS.sub(lambda found: POINT if found[0] in (".", POINT) else GAP, text)


@_remembered
def _line(text: str) -> str:
    """The folded text, with spaces where words part."""
    text = compatible(text)
    if "ケ" in text or "ヶ" in text or "ヵ" in text:
        text = re.sub(_JOINED, r"\1が", re.sub(_COUNTED, r"\1か", text))
    if _BETWEEN_DIGITS.search(text):
        text = _digits_apart(text)
    if text[:1] in _DASHES and text[1:2].isdigit():
        text = MINUS + text[1:]
    if "un" in text:
        text = _UN.sub("유엔", text)
    if "korea" in text:
        text = _KOREAS.sub(lambda found: "north " if found[1] == "n" else "south ", text)
    line = text.translate(_FOLDS)
    if "ゔ" in line:
        for old, new in _V_SOUNDS:
            line = line.replace(old, new)
    return line


def words(text: str) -> list[str]:
    """The words of the folded text, without English titles and articles."""
    found = _line(text).split()
    if 1 < len(found) <= _MOST_WORDS and (found[0] in FIRST_WORDS or "the" in found):
        return without_titles_before(found)
    return found


@_remembered
def plain(text: str) -> str:
    """The text in one form, titles and articles included (see `normalise`)."""
    return _settled("".join(_line(text).split()), text, plain)


@_remembered
def normalise(text: str) -> str:
    """The text in the one form in which answers are compared: no spaces, no marks, no titles, no case.

    '' only for a text without anything to see; it equals no answer. Doing it twice changes nothing.
    """
    parts = words(text)
    if 1 < len(parts) <= _MOST_WORDS and parts[-1][-1] in LAST_CHARS:
        parts = without_titles_about(parts)
    found = "".join(parts)
    if found and found[-1] in LAST_CHARS and len(found) <= _LONGEST_NAME:
        found = without_titles_behind(found)
    return _settled(found, text, normalise)


def _settled(found: str, text: str, again: Callable[[str], str]) -> str:
    if not found:
        # Only marks: they are the answer, then.
        return "".join(compatible(text).split())
    if found.isascii() or is_normalized("NFKC", found):
        return found
    # Marks that stood between a letter and its accent are gone now.
    return again(found)
