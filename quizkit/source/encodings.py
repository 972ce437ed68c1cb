"""Which encoding a text is in that isn't UTF-8: told by what its letters would be.

Statistics of languages need long texts; a roster of three names must be read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_RUNS = 2_000
"""Runs of characters beyond ASCII that are looked at."""
_LEAST = 0.4
"""The worth of a letter, in the mean, below which an encoding makes no sense of the bytes."""

_RUN = re.compile("[^\x00-\x7f]+")
_IN_WORDS = re.compile("[A-Za-z][^\x00-\x7f]+[a-z]")
"""What stands within words of Latin letters: letters with accents, and nothing of East Asia."""
_PUNCTUATION = re.compile("[\u3000-\u303f\uff01-\uff5e‥…“”‘’·―※→←↑↓○×△□◇●■◆★☆℃％]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_KANA = re.compile("[\u3040-\u30ff]")
_LEAST_KANA = 0.25
"""The share of kana in a Japanese sentence, at the least."""
_MARKS = re.compile("[’‘“”„–—…«»€£§°·¿¡•]")
_ACCENTS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]")
_DAILY = range(0x889F, 0x9873)
"""The kanji of daily life in Shift_JIS (JIS level 1)."""


class Encoding(NamedTuple):
    """An encoding: what Python calls it, and what people do."""

    codec: str
    label: str


def _shift_jis(run: str) -> float:
    """Readings of names are often in half-width kana; bytes of anything else look like them, but between kanji."""
    if _HALF_WIDTH.fullmatch(run):
        return 0.5 * len(run)
    return sum(-1 if _HALF_WIDTH.match(char) else _japanese(char) for char in run)


def _euc_jp(run: str) -> float:
    """Chinese and Korean, misread, have kanji only."""
    kana = len(_KANA.findall(run)) >= _LEAST_KANA * len(run)
    return sum(_japanese(char) if kana else 0 for char in run)


def _japanese(char: str) -> float:
    if _KANA.match(char):
        return 1.2
    if char == "々" or "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        # Names have many that are rare elsewhere.
        return 1 if char == "々" or int.from_bytes(char.encode("cp932", "ignore"), "big") in _DAILY else 0.6
    return 0.6 if _PUNCTUATION.match(char) else -1


def _korean(run: str) -> float:
    """Beyond the syllables of the standard lie those that nobody writes."""
    return sum(
        (1.1 if len(char.encode("euc_kr", "ignore")) == 2 else -1)
        if "가" <= char <= "힣"
        else -0.6
        if "\u4e00" <= char <= "\u9fff"
        else 0.6
        if _PUNCTUATION.match(char)
        else -1
        for char in run
    )


def _western(run: str) -> float:
    """Letters with accents stand alone among others."""
    alone = {1: 1.0, 2: 0.5}.get(len(run), -1.0)
    return sum(0.8 if _MARKS.match(char) else alone if _ACCENTS.match(char) else -1 for char in run)


_KNOWN: tuple[tuple[Encoding, Callable[[str], float]], ...] = (
    (Encoding("cp932", "Shift_JIS"), _shift_jis),
    (Encoding("euc_jp", "EUC-JP"), _euc_jp),
    (Encoding("cp949", "EUC-KR"), _korean),
    (Encoding("cp1252", "Latin-1 (Windows)"), _western),
)


def likely(data: bytes) -> Encoding | None:
    """The encoding of Japan, Korea or the West that makes sense of the bytes; None when none does."""
    best, found = _LEAST, None
    for encoding, worth in _KNOWN:
        try:
            text = data.decode(encoding.codec)
        except UnicodeDecodeError:
            continue
        runs = _RUN.findall(text)[:_RUNS]
        value = sum(map(worth, runs))
        if worth is not _western:
            value -= 2 * len(_IN_WORDS.findall(text)[:_RUNS])
        value /= max(sum(map(len, runs)), 1)
        if value > best:
            best, found = value, encoding
    return found
