"""What a format carries of some items: they are written and read once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from quizkit.formats import Format
from quizkit.formats.item import Item, ReadOptions, WriteOptions


def carried(format_: Format, items: Sequence[Item], lang: str) -> dict[str, Item]:
    """What a format carries of these items, by key: only what differs from that has been changed over there."""
    if not (items and format_.writes and format_.reads):
        return {item.key: item for item in items}
    back = _there_and_back(format_, items, lang)
    if any(item.key for item in back):
        return {item.key: item for item in back}
    # The format has no place for names: what comes back stands in the order in which it went.
    if len(back) == len(items):
        return {item.key: again for item, again in zip(items, back, strict=True)}
    if len(items) == 1 or not back:
        return {}
    half = len(items) // 2
    return carried(format_, items[:half], lang) | carried(format_, items[half:], lang)


def _there_and_back(format_: Format, items: Sequence[Item], lang: str) -> list[Item]:
    written = format_.module.write(list(items), WriteOptions(lang=lang))
    if not written.items:
        return []
    with TemporaryDirectory(prefix="quizkit-") as folder:
        path = Path(folder) / f"carried{format_.suffixes[0]}"
        path.write_bytes(written.data)
        return list(format_.module.read(path, ReadOptions()).items)
