"""Judging a typed number: in digits, numerals or words, with or without its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from quizkit.answers.folding import compatible, normalise
from quizkit.answers.numerals import cardinal, english_scale, leading_english, leading_native, leading_number
from quizkit.answers.text import is_no_answer, no_answer
from quizkit.answers.units import PERCENT, in_unit, percent_ahead, same_unit
from quizkit.i18n import N_, Message
from quizkit.model import Outcome, Verdict

_LONGEST = 200
"""Characters beyond which a text isn't read as a number."""

_IGNORED_BEFORE = (
    r"(?:(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|above|more than|at least|no less than"
    r"|circa|ca\.|a total of|the|some|another|number|year)\s+|(?:no\.|nr\.|#)\s*(?=[0-9])"
    r"|(?:約|およそ|ほぼ|少なくとも|最低でも|最低|優に|計|第|序列|ナンバー|通算|累計|満)\s*"
    r"|(?:약|대략|거의|적어도|최소한?|총|제|서열|넘버|통산|누적)\s*|[~>≧≥≒≈]=?\s*"
    r"|만\s*(?=[0-9]{1,3}\s*(?:년|세|살|개월|달|주|일))|만\s+(?=[가-힣]{1,4}\s*(?:년|세|살|개월|달)$)"
    r"|(?:毎年|年に?|[一1]年に|매년|해마다|연간?|[일1]\s*년에)\s*(?=.{1,6}(?:回|度|번|회|차례)))+"
)
"""What may stand before a number and says nothing of its value: about, at least, rank, in full years, a year."""
_IGNORED_BEHIND = (
    r"\s*(?:or more|or so|and more|and up|plus|\+|later"
    r"|以上|超え?|強|弱|余り?|あまり|程度|ほど|くらい|ぐらい|前後|後|です|だ"
    r"|이상|초과|정도|쯤|가량|여|입니다|이다|이에요|예요|뒤|후|[.。!])$"
)
_A_TIME = r"(?:an?|per|every|each)\s+(?:year|month|week|day|hour)$"
"""How often: what is counted are the times."""
_ORDINAL_BEHIND = r"^(?:(?:st|nd|rd|th)\b|番目|번째|째)|^-(?=(?:rank|year|month|week|day|hour|nation|country)[a-z]*$)"
_TIME_WORDS = "year|month|week|day|hour|century|年|月|か月|日|時間|世紀|년|달|개월|일|시간|세기"
_ONE_OF = rf"^(?P<half>half an?\s+|半|반\s*)?(?(half)|an?\s+)(?={_TIME_WORDS})"
"""A week, half a year."""
_DAY_WORDS = {
    word: day
    for first, words in (
        (1, "하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘"),
        (2, "ふつか みっか よっか いつか むいか なのか ようか ここのか とおか"),
    )
    for day, word in enumerate(words.split(), first)
}
"""Numbers of days that are words of their own."""
_COUNTED_DAYS = r"(?<=[일이삼사오육칠팔구십백천])\s*일(?:간|\s*동안)?$"
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
_TENTHS_EN = r"([1-9]|one|two|three|four|five|six|seven|eight|nine)[ -]tenths?"
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
    text = re.sub(_ONE_OF, lambda found: "0.5 " if found["half"] else "1 ", text)
    if day := next((word for word in _DAY_WORDS if text.startswith(word)), ""):
        text = f"{_DAY_WORDS[day]}日{text[len(day) :]}"
    read = leading_number(text)
    if read and text[0] in "0123456789.":
        scale, rest = english_scale(read[1])
        read = read[0] * scale, rest
    read = read or leading_english(cardinal(text)) or leading_native(text)
    if read is None:
        return None
    rest = re.sub(_ORDINAL_BEHIND, "", _without(_IGNORED_BEHIND, read[1].strip()))
    rest = re.sub(_A_TIME, "", rest).strip()
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
    """割, 分, 厘 and 할, 푼, 리 as per cent, and tenths."""
    found = re.fullmatch(_TENTHS, _without(_IGNORED_BEHIND, text)) or re.fullmatch(_TENTHS_EN, text)
    if not found:
        return None
    total = Decimal(0)
    for group, worth in zip(found.groups(), (Decimal(10), Decimal(1), Decimal("0.1")), strict=False):
        if group:
            part = leading_number(group) or leading_english(group)
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
    verdicts = [_judged(*read, expected, tolerance, unit) for read in _readings(given, unit)]
    if not verdicts:
        return _wrong(N_("That isn't a number I can read."))
    return max(verdicts, key=lambda verdict: verdict.score)


def _readings(given: str, unit: Sequence[str]) -> Iterator[tuple[Decimal, str]]:
    """What a text may say: 칠일 is 71 digit by digit, and seven days where days are asked for."""
    if read := parse_number(given):
        yield read
    counted = re.search(_COUNTED_DAYS, _bare(given)) if same_unit("일", unit) else None
    if counted and (days := parse_number(counted.string[: counted.start()])):
        yield days[0], "일"


def _judged(value: Decimal, given_unit: str, expected: Decimal, tolerance: Decimal, unit: Sequence[str]) -> Verdict:
    value, given_unit = in_unit(value, given_unit, unit)
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
