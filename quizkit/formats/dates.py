"""Dates for programs that compare answers letter by letter: the ways people write them."""

from __future__ import annotations

from calendar import month_name


def written(iso: str) -> tuple[str, ...]:
    """The common forms of a year, month or day (2023, 2023-08, 2023-08-18), the ISO form first."""
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
