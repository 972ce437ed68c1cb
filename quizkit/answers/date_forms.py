"""Dates of a year, a month or a day, and the many ways to write them."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from quizkit.answers.folding import compatible
from quizkit.answers.numerals import HANGUL_NUMERALS, KANJI_NUMERALS, east_asian

_ISO = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_LONGEST = 80


class PartialDate(NamedTuple):
    """A year, a month of a year, or a day of a month."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """An author's date: 2023, 2023-08 or 2023-08-18, and nothing else. None if it is no date of the calendar."""
        found = re.fullmatch(_ISO, text)
        if not found:
            return None
        made = cls(*(None if part is None else int(part) for part in found.groups()))  # type: ignore[arg-type]
        return made if is_possible(made.year, made.month, made.day) else None

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has such a date. What isn't given is taken for the best case."""
    try:
        date(2024 if year is None else year, month or 1, 1 if day is None else day)
    except (ValueError, OverflowError):
        return False
    return month != 0


class Reading(NamedTuple):
    """One way to understand a typed date. `short_year`: two digits stood for the year; `era`: it was counted in one."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    short_year: bool = False
    era: str = ""


_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_MONTH_WORDS = """
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct
november/nov december/dec
"""
_MONTHS = {name: month for month, names in enumerate(_MONTH_WORDS.split(), start=1) for name in names.split("/")}
_SMALL_WORDS = """
of the in on by ad ce monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat
sunday sun
"""
_NOISE = frozenset(_SMALL_WORDS.split())
_N = rf"([0-9]+|[{KANJI_NUMERALS}]+|[{HANGUL_NUMERALS}유시]+|元)"
_CHARACTERS = (
    rf"(?:西暦|紀元|서기)?(明治|大正|昭和|平成|令和|[mtshr](?=[0-9元]))?(?:{_N}[年년])?(?:{_N}[月월])?(?:{_N}[日일号])?"
)
_ERA_SHORT = (
    r"(明治|大正|昭和|平成|令和|[mtshr])[.\s]*([0-9]{1,2}|元)年?"
    r"(?:\s*[-./]\s*([0-9]{1,2})(?:\s*[-./]\s*([0-9]{1,2}))?)?"
)
_AROUND = r"^(?:約|およそ|약|around|about|circa|ca\.?)\s*|(?:頃|ごろ|ころ|쯤|경|です|だ|に|에|입니다|[.。、,!])+$"
_WEEKDAY = r"\s*[(（]?\s*[月火水木金土日월화수목금토일]\s*(?:曜日?|요일)\s*[)）]?|\s*\([月火水木金土日월화수목금토일]\)"


def readings(text: str) -> list[Reading]:
    """Every way to understand a typed date; none if it is no date. Impossible dates are no readings."""
    if len(text) > 4 * _LONGEST:
        text = text.strip()
    if len(text) > _LONGEST:
        return []
    text = compatible(text).strip()
    text = re.sub("[‐‑–—−ー]", "-", text)
    if re.search(r"(?<![0-9])0[0-9]{3}(?![0-9])", text):
        # 0023 is no short way to say 2023.
        return []
    # 2023年(令和5年)8月 says the year twice.
    text = re.sub(r"(?<=.)\([^()]*\)", "", text)
    text = re.sub(_AROUND, "", re.sub(_WEEKDAY, "", text)).strip()
    found = _in_characters(text) or _in_era(text) or _in_figures(text) or _in_english(text)
    return [one for one in found if one[:3] != (None, None, None) and is_possible(*one[:3])]


def _value(numeral: str) -> int | None:
    if numeral == "元":
        return 1
    value = east_asian(numeral)
    return int(value) if value is not None and value == value.to_integral_value() and value < 10**6 else None


def _month_value(numeral: str) -> int | None:
    # The sixth and the tenth month drop a sound in Korean: 유월, 시월.
    return {"유": 6, "시": 10}.get(numeral) or _value(numeral)


def _in_characters(text: str) -> list[Reading]:
    """2023年8月18日, 令和5年8月, 二〇二三年八月, 2023년 8월, 23年8月, 8月18日."""
    found = re.fullmatch(_CHARACTERS, re.sub(r"[\s,、']", "", text))
    if not found or not any(found.groups()[1:]):
        return []
    era, year_text, month_text, day_text = found.groups()
    year = None if year_text is None else _value(year_text)
    month = None if month_text is None else _month_value(month_text)
    day = None if day_text is None else _value(day_text)
    if (year is None, month is None, day is None) != (year_text is None, month_text is None, day_text is None):
        return []
    if era:
        return [] if year is None else [_of_era(era, year, month, day)]
    if year_text == "元" or (year is not None and year < 1):
        return []
    return [_of_year(year, month, day)]


def _of_year(year: int | None, month: int | None, day: int | None) -> Reading:
    """A reading whose year may have two digits: then it is of this century."""
    short = year is not None and year < 100
    return Reading(year + 2000 if short and year is not None else year, month, day, short)


def _of_era(era: str, year: int, month: int | None, day: int | None) -> Reading:
    name = _ERA_LETTERS.get(era, era)
    return Reading(_ERAS[name] + year, month, day, era=f"{name}{'元' if year == 1 else year}年")


def _in_era(text: str) -> list[Reading]:
    """R5, R5.8, 令和5/8/18, 昭和64.1."""
    found = re.fullmatch(_ERA_SHORT, text)
    if not found:
        return []
    era, year_text, month, day = found.groups()
    year = _value(year_text)
    return [] if not year else [_of_era(era, year, _int(month), _int(day))]


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)


def _in_figures(text: str) -> list[Reading]:
    """2023, 2023-08-18, 2023/8, 8/2023, 2023.8., 20230818; days and months in either order where both may be meant."""
    if re.fullmatch(r"[0-9]{8}|[0-9]{6}", text):
        return [Reading(int(text[:4]), int(text[4:6]), _int(text[6:] or None))]
    if not re.fullmatch(r"'?[0-9]+(?:\s*[-./ ]\s*[0-9]+){0,2}\.?", text):
        return []
    parts = re.findall("[0-9]+", text)
    sizes = ["y" if len(part) == 4 else "n" if len(part) <= 2 else "?" for part in parts]
    numbers = [int(part) for part in parts]
    match "".join(sizes):
        case "y":
            return [Reading(numbers[0])]
        case "yn" | "ynn":
            return [Reading(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None)]
        case "ny":
            return [Reading(numbers[1], numbers[0])]
        case "nny":
            a, b, year = numbers
            return [Reading(year, a, b), Reading(year, b, a)]
        case "n":
            return [_of_year(numbers[0], None, None)] if text.startswith("'") else []
        case "nn":
            a, b = numbers
            return [_of_year(a, b, None), Reading(None, a, b), Reading(None, b, a), _of_year(b, a, None)]
        case "nnn":
            a, b, c = numbers
            return [_of_year(a, b, c), _of_year(c, a, b), _of_year(c, b, a)]
    return []


def _in_english(text: str) -> list[Reading]:
    """August 2023, Aug. 18, 2023, the 18th of August '23, 2023 August."""
    tokens = re.findall(r"'?[0-9]+(?:st|nd|rd|th)?|[a-z]+|[^\s,.\-/]", text)
    months = [_MONTHS[token] for token in tokens if token in _MONTHS]
    numbers = [token for token in tokens if token.lstrip("'")[:1].isdigit()]
    others = [token for token in tokens if token not in _MONTHS and token not in numbers and token not in _NOISE]
    if len(months) != 1 or len(numbers) > 2 or others:
        return []
    years = [int(token.lstrip("'")) for token in numbers if re.fullmatch(r"[0-9]{4}|'[0-9]{2}", token)]
    days = [int(re.sub("[a-z]", "", token)) for token in numbers if re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)?", token)]
    if len(years) + len(days) != len(numbers) or len(years) > 1:
        return []
    month = months[0]
    if len(days) == 2:
        return [_of_year(days[1], month, days[0]), _of_year(days[0], month, days[1])]
    year, day = (years[0] if years else None), (days[0] if days else None)
    found = [_of_year(year, month, day)]
    if year is None and day is not None and numbers[0].isdigit():
        # 'August 23' may be a day, or a year said short.
        found.append(_of_year(day, month, None))
    return found
