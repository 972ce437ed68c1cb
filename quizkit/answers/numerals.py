"""Numbers written in words: kanji and Sino-Korean numerals, native Korean ones, English.

All texts are in compatible form without case (see `folding.compatible`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from quizkit.answers.folding import KEPT_FORMS, words

_DIGITS = {
    **{str(n): n for n in range(10)},
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壱壹弐貳参參", (1, 1, 2, 2, 3, 3), strict=True)),
    **dict(zip("영공일이삼사오육륙칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True)),
}
_SMALL = dict(zip("十百千拾십백천", (10, 100, 1000, 10, 10, 100, 1000), strict=True))
_BIG = {unit: 10**power for units, power in (("万萬만", 4), ("億억", 8), ("兆조", 12), ("京경", 16)) for unit in units}

KANJI_NUMERALS = "〇零一二三四五六七八九壱壹弐貳参參十百千拾万萬億兆京"
HANGUL_NUMERALS = "영공일이삼사오육륙칠팔구십백천만억조경"
_ARABIC = r"(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_ONE_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_ONE_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), start=2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SMALL_WORD = "|".join((*_ONES, *_TENS))
_ENGLISH_WORD = rf"[ -]*(?:and +(?={_SMALL_WORD}))?(?P<word>[a-z]+)"
_SCALE_AHEAD = r" +(?:hundred|thousand|million|billion|trillion)\b"
_MORE_AHEAD = rf"[ -]*(?:and +)?(?:{_SMALL_WORD}|hundred|thousand|million|billion|trillion|half|third|tenth)"
"""What would make a number in words another number than the one read so far."""

_NATIVE_ONE_WORDS = "하나/한 둘/두 셋/세 넷/네 다섯 여섯 일곱 여덟 아홉"
_NATIVE_TEN_WORDS = "열 스물/스무 서른 마흔 쉰 예순 일흔 여든 아흔"
_NATIVE_ONES = {
    form: value for value, forms in enumerate(_NATIVE_ONE_WORDS.split(), start=1) for form in forms.split("/")
}
_NATIVE_TENS = {
    form: 10 * value for value, forms in enumerate(_NATIVE_TEN_WORDS.split(), start=1) for form in forms.split("/")
}
_NATIVE_BEGINS = ("일곱", "일흔")
"""Native numerals that begin as a Sino-Korean one does: 일 is 1, 일곱 is 7."""
_NATIVE_ALONE = {form: value for form, value in _NATIVE_ONES.items() if form not in ("한", "두", "세", "네")}
"""Those that are never the beginning of a unit: 100세 is an age, 백일곱 is 107."""


def east_asian(text: str) -> Decimal | None:
    """The value of digits and numerals: 六十, 六〇, 1億2千万, 3.5만, 이천이십삼. None if they don't make a number.

    Commas and spaces must be gone.
    """
    total = section = Decimal(0)
    run: Decimal | None = None
    run_length, small, big = 0, 10**4, 10**20
    for token in re.findall(r"[0-9]*\.?[0-9]+|.", text):
        if token in _SMALL:
            unit = _SMALL[token]
            if unit >= small or (run is not None and run_length > 1):
                return None
            section += (Decimal(1) if run is None else run) * unit
            run, small = None, unit
        elif token in _BIG:
            unit = _BIG[token]
            section += run or 0
            if unit >= big or (not section and (total or run is not None)):
                return None
            total += (section or 1) * unit
            section, run, small, big = Decimal(0), None, 10**4, unit
        elif token in _DIGITS and len(token) == 1 and run is not None:
            run, run_length = run * 10 + _DIGITS[token], run_length + 1
        elif token in _DIGITS:
            run, run_length = Decimal(_DIGITS[token]), 1
        elif token[-1] in "0123456789" and run is None:
            run, run_length = Decimal(token), 1
        else:
            return None
    if run is not None and section + total and run >= min(small, big):
        return None
    return total + section + (run or 0)


def leading_number(text: str) -> tuple[Decimal, str] | None:
    """The number at the beginning of a text, in digits, numerals or both, and what follows it."""
    end = _numeral_end(text)
    if end and text[end - 1 : end + 1] in _NATIVE_BEGINS:
        end -= 1
    while end:
        value = east_asian(re.sub(r"[\s,]", "", text[:end]))
        if value is not None:
            more = leading_native(text[end:], _NATIVE_ALONE) if value and not value % 100 else None
            return (value + more[0], more[1]) if more else (value, text[end:])
        # The last numeral may already belong to the unit: 삼천만 원, 백이십일 is 120 days.
        end = end - 1 if not text[end - 1].isascii() else 0
    return None


_NUMERAL = rf"\s*(?:{_ARABIC}|[{KANJI_NUMERALS}{HANGUL_NUMERALS}])"


def _numeral_end(text: str) -> int:
    """Where digits and numerals end. A space may stand behind a scale (1억 2천만)."""
    end = 0
    while found := re.compile(_NUMERAL).match(text, end):
        if found[0][0].isspace() and (end == 0 or text[end - 1] not in _BIG):
            break
        first = found[0].strip()[0]
        # Behind digits only a scale goes on with the number: in 2일 and 3二 a word begins.
        if end and text[end - 1].isascii() and first not in _SMALL and first not in _BIG:
            break
        end = found.end()
    return end


def leading_native(text: str, ones: Mapping[str, int] = _NATIVE_ONES) -> tuple[Decimal, str] | None:
    """A native Korean numeral from 1 to 99 at the beginning of a text (스물세 명), and what follows it."""
    value, rest = 0, text
    for table in (_NATIVE_TENS, ones):
        for word in sorted(table, key=len, reverse=True):
            if rest.startswith(word):
                value, rest = value + table[word], rest[len(word) :].lstrip()
                break
    return (Decimal(value), rest) if value else None


def leading_english(text: str) -> tuple[Decimal, str] | None:
    """A number in English words at the beginning of a text ('one hundred and five'), and what follows it."""
    total = section = last = used = 0
    scale = 10**15
    for match in re.compile(_ENGLISH_WORD).finditer(text):
        word = match["word"]
        if match.start() != used:
            break
        if word == "a" and not used and re.compile(_SCALE_AHEAD).match(text, match.end()):
            section = last = 1
        elif word in _ONES and (last == 0 or (last >= 20 and 0 < _ONES[word] < 10)):
            section += _ONES[word]
            last = _ONES[word] or 1
        elif word in _TENS and last == 0:
            section += _TENS[word]
            last = _TENS[word]
        elif word == "hundred" and 0 < section < 100:
            section, last = section * 100, 0
        elif word in _SCALES and section and _SCALES[word] < scale:
            scale = _SCALES[word]
            total, section, last = total + section * scale, 0, 0
        else:
            break
        used = match.end()
    if not used or re.compile(_MORE_AHEAD).match(text, used):
        return None
    return Decimal(total + section), text[used:]


_ORDINAL_WORDS = """
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth
"""
_ORDINALS = {
    **dict(zip(_ORDINAL_WORDS.split(), _ONES, strict=True)),
    **{f"{word[:-1]}ieth": word for word in _TENS},
    "once": "one",
    "twice": "two",
    "thrice": "three",
}
_ORDINAL = re.compile(rf"((?:(?:{'|'.join(_TENS)})[ -]+)?)({'|'.join(_ORDINALS)})\b")


def cardinal(text: str) -> str:
    """A text that begins with an ordinal in English words, with the number instead: 'seventy-fifth' is seventy-five."""
    found = _ORDINAL.match(text)
    return f"{found[1]}{_ORDINALS[found[2]]}{text[found.end() :]}" if found else text


def english_scale(text: str) -> tuple[int, str]:
    """The scale at the beginning of what follows a number in digits (1.5 million), and what follows it; 1 if none."""
    found = re.match(r"\s*(hundred|thousand|million|billion|trillion)\b", text)
    return ({"hundred": 100, **_SCALES}[found[1]], text[found.end() :]) if found else (1, text)


_KANJI_RUN = rf"[0-9]*[{KANJI_NUMERALS}][0-9{KANJI_NUMERALS}]*"
_ANY_RUN = rf"[0-9{KANJI_NUMERALS}{HANGUL_NUMERALS}]+"
_NUMBER_WORDS = {word: str(value) for word, value in {**_ONES, **_TENS}.items()}


@lru_cache(maxsize=KEPT_FORMS)
def valued(text: str, *, hangul: bool = False) -> str:
    """The folded text with numerals and number words as digits: 三カ国 is 3か国, 'three noes' 3noes.

    Hangul numerals are syllables of any word, so that they count only where asked for.
    """
    joined = "".join(_NUMBER_WORDS.get(word, word) for word in words(text))
    return re.sub(_ANY_RUN if hangul else _KANJI_RUN, _in_digits, joined)


def _in_digits(run: re.Match[str]) -> str:
    value = east_asian(run[0]) if len(run[0]) <= 40 else None
    return run[0] if value is None else f"{value:f}"
