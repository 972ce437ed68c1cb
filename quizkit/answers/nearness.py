"""How near a wrong text is to an accepted one: a slip, or something else that merely looks like it."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple
from unicodedata import normalize

from quizkit.answers.contrasts import contrast, opposed
from quizkit.answers.distance import Edit, Slip, edits
from quizkit.answers.folding import GAP, MINUS, POINT, words
from quizkit.answers.numerals import valued
from quizkit.answers.titles import BEFORE
from quizkit.i18n import N_, Message

MOST_SLIPS = 3
"""More slips than this are never a near miss, however long the text."""

LONGEST_COMPARED = 2000
"""Longer texts are right or wrong, never nearly right."""

_LONG_PHRASE = 3
"""A phrase of this many words that count may lack one, or have one too many."""

_SMALL = """
a an and as at by for from in into of on or the to with
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_WEIGHTY = """
no not non never without north south east west northern southern eastern western anti former vice ex
"""
_WEIGHTY_WORDS = frozenset(_WEIGHTY.split())
_NUMBERS = rf"{MINUS}?[0-9]+(?:[{POINT}{GAP}][0-9]+)*"


class Near(NamedTuple):
    """Whether it is a near miss, by how many slips, and what is to say about it."""

    is_almost: bool
    slips: int
    reason: Message


def nearness(given: str, norm: str, form: str, form_norm: str) -> Near | None:
    """How near a text is to an accepted form (both also normalised). None: not near enough for a word about it."""
    if len(form) > LONGEST_COMPARED or len(given) > LONGEST_COMPARED:
        return None
    if found := _numbers_differ(given, form):
        return found if found.reason.text else None
    if _unvoiced(norm) == _unvoiced(form_norm):
        pair = next((g, w) for g, w in zip(norm, form_norm, strict=True) if g != w)
        return _voicing(given, *pair)
    if other := contrast(norm, form_norm):
        return _contrary(other.given, other.wanted)
    slips = edits(_units(norm), _units(form_norm), MOST_SLIPS)
    if slips and (near := _by_slips(given, norm, form, form_norm, slips)):
        return near
    return _by_words(words(given), words(form))


def _wrong(text: str, **args: str) -> Near:
    return Near(False, 0, Message(text, args))


def _numbers_differ(given: str, form: str) -> Near | None:
    """The end of the matter where the numbers differ. Its reason is empty where the rest differs too."""
    found, wanted = valued(given), valued(form)
    if re.findall(_NUMBERS, found) == re.findall(_NUMBERS, wanted):
        return None
    bare, bare_wanted = re.sub(_NUMBERS, "", found), re.sub(_NUMBERS, "", wanted)
    if edits(bare, bare_wanted, 1) is None or not bare_wanted:
        return _wrong("")
    if not re.search(_NUMBERS, found):
        return _wrong(N_("The number is missing."))
    return _wrong(N_("The number isn't right."))


def _unvoiced(text: str) -> str:
    """The text without voicing marks. Nothing else changes: は, ば and ぱ become one, é keeps its accent."""
    if text.isascii():
        return text
    return normalize("NFC", normalize("NFD", text).replace("\u3099", "").replace("\u309a", ""))


def _voicing(given: str, sound: str, wanted: str) -> Near:
    if chr(ord(sound) + 0x60) in normalize("NFKC", given):
        sound, wanted = chr(ord(sound) + 0x60), chr(ord(wanted) + 0x60)
    return _wrong(N_("{given} and {wanted} are different sounds: voicing marks count."), given=sound, wanted=wanted)


def _contrary(given: str, wanted: str) -> Near:
    if not wanted:
        return _wrong(N_("With “{word}” it means something else."), word=given)
    if not given:
        return _wrong(N_("Without “{word}” it means something else."), word=wanted)
    return _wrong(N_("“{given}” isn't “{wanted}”."), given=given, wanted=wanted)


def _units(text: str) -> str:
    """What a slip of the fingers changes: letters, and of Hangul the letters within a syllable."""
    return "".join(normalize("NFD", char) if "가" <= char <= "힣" else char for char in text)


def _kind(char: str) -> str:
    """The kind of writing a unit belongs to."""
    if char.isdigit():
        return "digit"
    if "ぁ" <= char <= "ゟ":
        return "kana"
    if "ᄀ" <= char <= "ᇿ":
        return "hangul"
    if "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or char >= "\U00020000" or char == "々":
        return "kanji"
    return "letter" if char.isalpha() else "other"


def _by_length(letters: int) -> int:
    """How many letters may be wrong in a word of an alphabet."""
    if letters < 4:
        return 0
    return 1 if letters < 8 else 2 if letters < 14 else MOST_SLIPS


def _by_slips(given: str, norm: str, form: str, form_norm: str, slips: list[Edit]) -> Near | None:
    for slip in slips:
        if slip.slip is Slip.CHANGED and slip.given != slip.wanted and _unvoiced(slip.given) == _unvoiced(slip.wanted):
            return _voicing(given, slip.given, slip.wanted)
    changed = _changed_chars(norm, form_norm)
    for char, wanted in changed:
        if opposed(char, wanted):
            return _contrary(char, wanted)
    if _allowed(norm, form, form_norm, slips):
        return Near(True, len(slips), _slip_reason(slips))
    if len(changed) == 1 and not changed[0][1].isascii():
        return _wrong(
            N_("“{given}” isn't “{wanted}”: one character makes it another word."),
            given=changed[0][0],
            wanted=changed[0][1],
        )
    if len(slips) == 1:
        return _wrong(N_("In so short a word every letter counts."))
    return None


def _changed_chars(norm: str, form_norm: str) -> list[tuple[str, str]]:
    """The characters that stand in each other's place; none if they only changed places."""
    if len(norm) != len(form_norm) or Counter(norm) == Counter(form_norm):
        return []
    return [(g, w) for g, w in zip(norm, form_norm, strict=True) if g != w]


def _allowed(norm: str, form: str, form_norm: str, slips: list[Edit]) -> bool:
    """Whether the slips are few enough for the length of what they are in.

    Letters: one from 4 on, two from 8, three from 14, in the whole and in each word: Kim Jong Il is no slip of Kim
    Jong Un. Kana: one from 3 characters on. Kanji: one from 4, since three make a name and each carries meaning.
    Both: two from 10. Hangul: like letters, counted by jamo, but none in 2 syllables, where nearly every change makes
    another word, and only one in 3: a whole syllable of a name is somebody else.
    """
    units, longer = _units(form_norm), max(_units(form_norm), _units(norm), key=len)
    counts = Counter(_kind(char) for char in longer)
    kinds = Counter(_kind((slip.wanted or slip.given)[0]) for slip in slips)
    if any(_kind(char) == "digit" for slip in slips for char in slip.given + slip.wanted) or kinds["other"]:
        return False
    characters = counts["kana"] + counts["kanji"]
    if kinds["kana"] + kinds["kanji"] > (2 if characters >= 10 else 1 if characters >= 3 else 0):
        return False
    if kinds["kanji"] and characters < 4:
        return False
    if kinds["hangul"] > _by_syllables(form_norm, counts["hangul"]):
        return False
    return kinds["letter"] <= _by_length(counts["letter"]) and (
        not kinds["letter"] or _few_in_each_word(words(form), units, slips)
    )


def _by_syllables(text: str, jamo: int) -> int:
    syllables = sum("가" <= char <= "힣" for char in text)
    return 0 if syllables < 3 else 1 if syllables == 3 else _by_length(jamo)


def _few_in_each_word(parts: list[str], units: str, slips: list[Edit]) -> bool:
    if len(parts) < 2 or "".join(parts) != units:
        return True
    start = 0
    for part in parts:
        end = start + len(part)
        inside = [
            slip for slip in slips if start <= slip.place < end or (slip.place == end == len(units) and end > start)
        ]
        grown = len(part) + sum(slip.slip is Slip.EXTRA for slip in inside)
        if len(inside) > _by_length(grown):
            return False
        start = end
    return True


_REASONS = {
    ("letter", Slip.CHANGED): N_("One letter differs: check the spelling."),
    ("letter", Slip.MISSING): N_("One letter is missing: check the spelling."),
    ("letter", Slip.EXTRA): N_("One letter is too many: check the spelling."),
    ("letter", Slip.SWAPPED): N_("Two letters are swapped: check the spelling."),
    ("character", Slip.CHANGED): N_("One character differs: check the writing."),
    ("character", Slip.MISSING): N_("One character is missing: check the writing."),
    ("character", Slip.EXTRA): N_("One character is too many: check the writing."),
    ("character", Slip.SWAPPED): N_("Two characters are swapped: check the writing."),
}


def _slip_reason(slips: list[Edit]) -> Message:
    first = slips[0]
    kind = "character" if _kind((first.wanted or first.given)[0]) in ("kana", "kanji") else "letter"
    if len(slips) == 1:
        return Message(_REASONS[kind, first.slip])
    if kind == "letter":
        return Message(N_("{n} letters differ: check the spelling."), {"n": len(slips)})
    return Message(N_("{n} characters differ: check the writing."), {"n": len(slips)})


def _by_words(given: list[str], wanted: list[str]) -> Near | None:
    """A near miss by a word of a longer phrase, or by the order of the words."""
    extra, missing = Counter(given) - Counter(wanted), Counter(wanted) - Counter(given)
    if len(wanted) > 1 and not extra and not missing:
        return Near(True, 1, Message(N_("The words are right, their order isn't.")))
    common = (Counter(given) & Counter(wanted)).keys()
    if [word for word in given if word in common] != [word for word in wanted if word in common]:
        return None
    if not extra and missing and _SMALL_WORDS.issuperset(missing):
        return Near(True, 1, Message(N_("Only a small word is missing: {word}."), {"word": min(missing)}))
    if not missing and extra and _SMALL_WORDS.issuperset(extra):
        return Near(True, 1, Message(N_("Only a small word is too many: {word}."), {"word": min(extra)}))
    content = [word for word in wanted if word not in _SMALL_WORDS]
    lost = [word for word in missing.elements() if word not in _SMALL_WORDS]
    added = [word for word in extra.elements() if word not in _SMALL_WORDS]
    if len(content) < _LONG_PHRASE or len(lost) + len(added) != 1:
        return None
    word = (lost or added)[0]
    if word in _WEIGHTY_WORDS or word in BEFORE:
        return _contrary("", word) if lost else _contrary(word, "")
    if lost:
        return Near(True, 2, Message(N_("A word is missing: {word}."), {"word": word}))
    return Near(True, 2, Message(N_("A word is too many: {word}."), {"word": word}))
