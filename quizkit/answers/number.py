"""Judging a typed number: in digits, numerals or words, with or without its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from quizkit.answers.folding import compatible, normalise
from quizkit.answers.numerals import cardinal, english_scale, leading_english, leading_native, leading_number
from quizkit.answers.text import is_no_answer, no_answer
from quizkit.answers.units import PERCENT, percent_ahead, same_unit
from quizkit.i18n import N_, Message
from quizkit.model import Outcome, Verdict

_LONGEST = 200
"""Characters beyond which a text isn't read as a number."""

_IGNORED_BEFORE = (
    r"(?:(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|more than|at least|no less than|circa|ca\."
    r"|a total of|the|some|number)\s+|(?:no\.|nr\.|#)\s*(?=[0-9])"
    r"|(?:約|およそ|ほぼ|少なくとも|最低でも|最低|優に|計|第)\s*"
    r"|(?:약|대략|거의|적어도|최소한?|총|제)\s*|[~>≧≥≒≈]=?\s*)+"
)
_IGNORED_BEHIND = (
    r"\s*(?:or more|or so|and more|and up|plus|\+|以上|超え?|強|弱|余り?|あまり|程度|ほど|くらい|ぐらい|前後|です|だ"
    r"|이상|초과|정도|쯤|가량|여|입니다|이다|이에요|예요|[.。!])$"
)
_UPPER_BOUND = (
    r"^(?:less than|fewer than|under|below|at most|up to|no more than|<|≦|≤|最大|多くとも|최대|많아야)"
    r"|(?:以下|未満|or less|or fewer|이하|미만)[.。!]?$"
)
_DENIED = (
    r"\b(?:not|isn't|never|except|without|denied)\b"
    r"|(?:では|じゃ)(?:な|あり)|なし$|以外|を除|아니|아님|없[다음]|제외|말고|빼고"
)
_TENTHS = (
    r"([0-9.]+|[〇一二三四五六七八九十]+|[일이삼사오육칠팔구십]+)\s*(?:割|할)"
    r"(?:\s*([0-9]|[一二三四五六七八九]|[일이삼사오육칠팔구])\s*(?:分|푼))?"
    r"(?:\s*([0-9]|[一二三四五六七八九]|[일이삼사오육칠팔구])\s*(?:厘|리))?"
)
_CURRENCIES = "$€£¥₩"
_MINUS = "-−‐–—▲△"


def parse_number(text: str) -> tuple[Decimal, str] | None:
    """The value of a text, and its unit ('%' for every way to say per cent, '' for none). None if it is no number.

    About, over, 約, 以上 and the like are left out of account; so is the ordinal 第. 6割5分 is 65 per cent. Commas
    part thousands, and nothing else.
    """
    text = _bare(text)
    sign = 1
    if text[:1] in _MINUS and text[1:2] not in ("", " "):
        sign, text = -1, text[1:].lstrip()
    text = text.removeprefix("+")
    unit = ""
    if text[:1] and text[0] in _CURRENCIES:
        unit, text = text[0], text[1:].lstrip()
    if found := _tenths(text):
        return sign * found[0], found[1]
    read = leading_number(text)
    if read and text[0] in "0123456789.":
        scale, rest = english_scale(read[1])
        read = read[0] * scale, rest
    read = read or leading_english(cardinal(text)) or leading_native(text)
    if read is None:
        return None
    rest = _without(_IGNORED_BEHIND, read[1].strip())
    rest = re.sub(r"^(?:st|nd|rd|th)\b", "", rest).strip()
    if any(char.isdigit() for char in rest) or rest[:1] in tuple(",./:+*^=-"):
        return None
    return sign * read[0], PERCENT if percent_ahead(rest) else unit or (normalise(rest) if rest else "")


def _bare(text: str) -> str:
    """The text without what may stand about a number and says nothing of its value."""
    if len(text) > 4 * _LONGEST:
        text = text.strip()
    if len(text) > _LONGEST:
        return ""
    text = compatible(text).strip().strip("\"'()「」")
    text = re.sub(rf"^{_IGNORED_BEFORE}", "", text)
    return _without(_IGNORED_BEHIND, text).strip()


def _without(pattern: str, text: str) -> str:
    """The text less what the pattern finds at its end, time and again, unless nothing would remain."""
    while (shorter := re.sub(pattern, "", text)) != text and shorter:
        text = shorter
    return text


def _tenths(text: str) -> tuple[Decimal, str] | None:
    """割, 分, 厘 and 할, 푼, 리 as per cent."""
    found = re.fullmatch(_TENTHS, _without(_IGNORED_BEHIND, text))
    if not found:
        return None
    total = Decimal(0)
    for group, worth in zip(found.groups(), (Decimal(10), Decimal(1), Decimal("0.1")), strict=True):
        if group:
            part = leading_number(group)
            if part is None or part[1]:
                return None
            total += part[0] * worth
    return total, PERCENT


def judge_number(
    given: str, expected: Decimal, *, tolerance: Decimal = Decimal(0), unit: Sequence[str] = ()
) -> Verdict:
    """Judge a typed number: right within the tolerance, wrong otherwise, never almost.

    The unit may be left out; one that says another thing (60% for 60 people) is wrong. Never raises.
    """
    if is_no_answer(given):
        return no_answer()
    if re.search(_UPPER_BOUND, compatible(given[:_LONGEST]).strip()):
        return _wrong(N_("Give the number itself, not a limit it stays below."))
    if re.search(_DENIED, compatible(given[:_LONGEST]).lower()):
        return _wrong(N_("Give the number itself, not what it isn't."))
    read = parse_number(given)
    if read is None:
        return _wrong(N_("That isn't a number I can read."))
    value, given_unit = read
    if given_unit == PERCENT and any(normalise(one) in ("割", "할") for one in unit):
        value, given_unit = value / 10, ""
    low, high = expected - tolerance, expected + tolerance
    if not low <= value <= high:
        return _wrong(N_("That is too high.") if value > high else N_("That is too low."))
    if given_unit and unit and not same_unit(given_unit, unit):
        return _wrong(N_("The number is right, the unit isn't: it is {unit}."), unit=unit[0])
    if value != expected:
        exact = f"{expected:f}"
        return Verdict(Outcome.RIGHT, 1.0, Message(N_("Close enough: it is {exact}."), {"exact": exact}))
    return Verdict(Outcome.RIGHT, 1.0, Message(N_("That's right.")))


def _wrong(text: str, **args: str) -> Verdict:
    return Verdict(Outcome.WRONG, 0.0, Message(text, args))
