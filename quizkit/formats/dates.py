"""Dates for programs that compare answers letter by letter: the ways people write them."""

from __future__ import annotations

from calendar import month_name


def written(iso: str, lang: str = "en") -> tuple[str, ...]:
    """How a year, month or day (2023, 2023-08, 2023-08-18) is written: in ISO form, as in `lang`, then otherwise."""
    first, *others = _forms(iso)
    sign = {"ja": "年", "ko": "년"}.get(lang.partition("-")[0], "")
    return (first, *sorted(others, key=lambda form: not sign or sign not in form))


def _forms(iso: str) -> tuple[str, ...]:
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    if not month:
        return (iso, f"{year}年", f"{year}년")
    name = month_name[month]
    if not day:
        return (iso, f"{name} {year}", f"{year}年{month}月", f"{year}년 {month}월")
    return (
        iso,
        f"{day} {name} {year}",
        f"{name} {day}, {year}",
        f"{year}年{month}月{day}日",
        f"{year}년 {month}월 {day}일",
    )
