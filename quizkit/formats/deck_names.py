"""What the decks of another program are called here, where decks stand within decks: `English::Week 1`."""

from __future__ import annotations

from collections.abc import Iterable

_WITHIN = "::"


def short_names(names: Iterable[str]) -> dict[str, str]:
    """A name for each deck: its last part, or the whole path where several end in the same."""
    sharing: dict[str, set[str]] = {}
    for name in names:
        sharing.setdefault(_last(name).casefold(), set()).add(name)
    return {
        name: _last(name) if len(same) == 1 else " – ".join(name.split(_WITHIN))
        for same in sharing.values()
        for name in same
    }


def _last(name: str) -> str:
    return name.rsplit(_WITHIN, 1)[-1]
