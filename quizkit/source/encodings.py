"""Which encoding a text is in that isn't UTF-8: told by what its letters would be.

Statistics of languages need long texts; a roster of three names must be read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_LETTERS = 4_000
"""Letters beyond ASCII that are looked at."""
_LEAST = 0.4
"""The worth of a letter, in the mean, below which an encoding makes no sense of the bytes."""

_KANA = 0.25
"""The share of kana in Japanese, at the least."""

_PUNCTUATION = re.compile("[\u3000-\u303f\uff01-\uff5e‥…“”‘’·―※→←↑↓○×△□◇●■◆★☆℃％]")
_WESTERN = re.compile("[’‘“”„‚–—…«»€£§°·¿¡•]")
_LEVEL_ONE = range(0x889F, 0x9873)
"""The kanji of JIS level 1 in Shift_JIS: those of daily life."""


class Encoding(NamedTuple):
    """An encoding: what Python calls it, and what people do."""

    codec: str
    label: str


def _japanese(char: str) -> float:
    if "\u3040" <= char <= "\u30ff":
        return 1.2
    if char == "々" or "\u4e00" <= char <= "\u9fff":
        raw = char.encode("cp932", "ignore")
        return 1 if char == "々" or int.from_bytes(raw, "big") in _LEVEL_ONE else -0.2
    # Readings of names are often in half-width kana, and bytes of anything else look like them.
    return 0.5 if "\uff66" <= char <= "\uff9f" else 0.6 if _PUNCTUATION.match(char) else -1


def _korean(char: str) -> float:
    if "가" <= char <= "힣":
        # Beyond the syllables of the standard lie those that nobody writes.
        return 1.1 if len(char.encode("euc_kr", "ignore")) == 2 else -1
    return -0.6 if "\u4e00" <= char <= "\u9fff" else 0.6 if _PUNCTUATION.match(char) else -1


def _worth(text: str, worth: Callable[[str], float]) -> float:
    beyond = re.findall("[^\x00-\x7f]", text)[:_LETTERS]
    return sum(map(worth, beyond)) / max(len(beyond), 1)


def _has_kana(text: str) -> bool:
    """Whether there are as many kana as in a Japanese sentence: Chinese and Korean, misread, have kanji only."""
    return _worth(text, lambda char: "\u3040" <= char <= "\u30ff") >= _KANA


def _western(text: str) -> float:
    """Letters with accents stand alone among others."""
    runs = re.findall("[^\x00-\x7f]+", text)[:_LETTERS]
    total = sum(0.8 if _WESTERN.match(char) else _accent(char, len(run)) for run in runs for char in run)
    return total / max(sum(map(len, runs)), 1)


def _accent(char: str, run: int) -> float:
    return -1 if not char.isalpha() or run > 2 else 1 if run == 1 else 0.5


_KNOWN: tuple[tuple[Encoding, Callable[[str], float]], ...] = (
    (Encoding("cp932", "Shift_JIS"), lambda text: _worth(text, _japanese)),
    (Encoding("euc_jp", "EUC-JP"), lambda text: _worth(text, _japanese) if _has_kana(text) else 0),
    (Encoding("cp949", "EUC-KR"), lambda text: _worth(text, _korean)),
    (Encoding("cp1252", "Latin-1 (Windows)"), _western),
)


def likely(data: bytes) -> Encoding | None:
    """The encoding of Japan, Korea or the West that makes sense of the bytes; None when none does."""
    best, found = _LEAST, None
    for encoding, worth in _KNOWN:
        try:
            value = worth(data.decode(encoding.codec))
        except UnicodeDecodeError:
            continue
        if value > best:
            best, found = value, encoding
    return found
