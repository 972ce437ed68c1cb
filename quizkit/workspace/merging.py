"""A note's values with what a file says anew, in one language; the others stay."""

from __future__ import annotations

from typing import Any

from quizkit.i18n import primary
from quizkit.kinds.fields import is_language


def merged(old: Any, new: Any, lang: str) -> Any:
    """A value with what is new in one language, its other languages kept."""
    if isinstance(old, dict) and isinstance(new, str) and new and lang and all(map(is_language, old)):
        return {**old, next((form for form in old if primary(form) == primary(lang)), lang): new}
    if isinstance(old, list) and isinstance(new, list) and any(isinstance(entry, dict) for entry in old):
        # Options, wherever they stand now: what is said on them (why) comes along.
        known = {_said(entry, lang): entry for entry in old}
        if fresh := [entry for entry in new if _said(entry, lang) not in known]:
            spare = [entry for entry in old if _said(entry, lang) not in {_said(one, lang) for one in new}]
            renewed = dict(zip((_said(entry, lang) for entry in fresh), spare, strict=False))
            known |= {said: merged(entry, said, lang) for said, entry in renewed.items()}
        return [known.get(_said(entry, lang), entry) for entry in new]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [merged(before, after, lang) for before, after in zip(old, new, strict=True)]
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() >= new.keys():
        return {**old, **{key: merged(old[key], value, lang) for key, value in new.items()}}
    if isinstance(old, dict) and "text" in old and isinstance(new, str):
        return {**old, "text": merged(old["text"], new, lang)}
    return new


def _said(entry: Any, lang: str) -> str:
    """The text of an option, member or pair, in one language."""
    text = entry.get("text", entry) if isinstance(entry, dict) else entry
    if isinstance(text, dict):
        return str(text.get(lang, next(iter(text.values()), "")))
    return str(text)
