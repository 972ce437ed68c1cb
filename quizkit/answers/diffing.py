"""What a typed text lacks and has too much against the nearest accepted one, in the learner's own characters."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from quizkit.answers.folding import plain
from quizkit.model import Diff, Mark

SIMILAR = 0.5
"""A wrong answer that shares more than this with an accepted one is shown beside it."""

_LARGEST = 250_000
"""Cells of the comparison table beyond which texts aren't compared."""

_FAR_LONGER = 8
"""A text so many times as long as the other shares too little with it, marks and spaces included."""


class Likeness(NamedTuple):
    """How much two texts share, from 0 to 1, and the pieces of the comparison."""

    share: float
    diff: tuple[Diff, ...]


NOTHING_ALIKE = Likeness(0.0, ())


class _Grapheme(NamedTuple):
    """What a reader sees as one character. `key` is what counts of it: '' for spaces and marks."""

    text: str
    key: str


def graphemes(text: str) -> list[str]:
    """The text in NFC, parted where a reader sees one character end."""
    parted: list[str] = []
    for char in normalize("NFC", text):
        if parted and not char.isascii() and category(char) in ("Mn", "Mc", "Me", "Cf"):
            parted[-1] += char
        else:
            parted.append(char)
    return parted


def _keyed(text: str) -> list[_Grapheme]:
    return [_grapheme(one) for one in graphemes(text)]


@lru_cache(maxsize=4096)
def _grapheme(text: str) -> _Grapheme:
    # The long vowel mark is no mistake by itself, but beside one it is worth showing.
    key = text if text in "ーｰ" else plain(text)
    counts = key and (key in "%#@" or category(key[0])[0] not in "PZC")
    return _Grapheme(text, key if counts else "")


def compare(given: str, wanted: str) -> Likeness:
    """The given text against a wanted one. SAME and EXTRA pieces together are the given text in NFC."""
    if max(len(given), len(wanted)) > _FAR_LONGER * min(len(given), len(wanted)):
        return NOTHING_ALIKE
    g, w = _keyed(given), _keyed(wanted)
    g_keys = [one.key for one in g if one.key]
    w_keys = [one.key for one in w if one.key]
    total = len(g_keys) + len(w_keys)
    if not g_keys or not w_keys or len(g_keys) * len(w_keys) > _LARGEST:
        return NOTHING_ALIKE
    if 2 * sum((Counter(g_keys) & Counter(w_keys)).values()) / total <= SIMILAR:
        return NOTHING_ALIKE
    pairs = _aligned(g_keys, w_keys)
    return Likeness(2 * len(pairs) / total, _pieces(g, w, pairs))


def _aligned(g: list[str], w: list[str]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of positions."""
    start = 0
    while start < min(len(g), len(w)) and g[start] == w[start]:
        start += 1
    rows, columns = len(g) - start, len(w) - start
    # longest[i][j]: the length of the longest common subsequence of what follows i and j.
    longest = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below, char = longest[i], longest[i + 1], g[start + i]
        for j in range(columns - 1, -1, -1):
            row[j] = below[j + 1] + 1 if char == w[start + j] else max(below[j], row[j + 1])
    pairs = [(index, index) for index in range(start)]
    i = j = 0
    while i < rows and j < columns:
        if g[start + i] == w[start + j]:
            pairs.append((start + i, start + j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _pieces(g: list[_Grapheme], w: list[_Grapheme], pairs: list[tuple[int, int]]) -> tuple[Diff, ...]:
    """The comparison in reading order; at one place what is extra comes before what is missing."""
    g_at = [index for index, one in enumerate(g) if one.key]
    w_at = [index for index, one in enumerate(w) if one.key]
    pieces: list[tuple[Mark, str]] = []
    i = j = 0
    for pair in [*pairs, None]:
        g_next, w_next = (g_at[pair[0]], w_at[pair[1]]) if pair else (len(g), len(w))
        pieces.extend((Mark.EXTRA if one.key else Mark.SAME, one.text) for one in g[i:g_next])
        missing = w[j:w_next]
        if any(one.key for one in missing):
            # Spaces and marks between missing characters belong to them; those at either end don't.
            silent = [one.key == "" for one in missing]
            head = silent.index(False)
            tail = silent[::-1].index(False)
            text = "".join(one.text for one in missing[head : len(missing) - tail])
            pieces.append((Mark.MISSING, text))
        if pair:
            pieces.append((Mark.SAME, g[g_next].text))
        i, j = g_next + 1, w_next + 1
    return _merged(pieces)


def _merged(pieces: list[tuple[Mark, str]]) -> tuple[Diff, ...]:
    merged: list[tuple[Mark, str]] = []
    for mark, text in pieces:
        if merged and merged[-1][0] is mark:
            merged[-1] = (mark, merged[-1][1] + text)
        else:
            merged.append((mark, text))
    return tuple(Diff(mark, text) for mark, text in merged)
