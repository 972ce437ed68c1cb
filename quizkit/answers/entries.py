"""One line of text into the entries of a list."""

from __future__ import annotations

import re
from unicodedata import normalize

LONGEST_LINE = 10_000
"""Characters. Nobody lists that much; somebody may paste it."""

_BLANKS = r"[^\S\n\r\t\u3000]{2,}"
_STRONG = r"[、，；;\n\r\t|｜]|,(?!\d{3}(?!\d))|(?<!\d)[/／](?!\d)|(?<=\d)[/／](?!\d)|(?<!\d)[/／](?=\d)"
_AND = r"(?i)\s+(?:and|&|plus)\s+|\s+(?:및|그리고)\s+|(?:、)?(?:及び|および|並びに|ならびに)"
_TO = r"(?<=[㐀-鿿ァ-ヶーA-Za-z0-9])と(?=[㐀-鿿ァ-ヶA-Za-z0-9])"
_DOT = r"[・･·•]"
_LEAD = r"(?i)^(?:(?:and|or|&|plus)\s+|[-*•‣·・]\s*|\(?\d{1,2}[.)]\s+|[①-⑳]\s*|(?:と|及び|および|그리고|및)\s*(?=\S))"
_JAPANESE = r"[ぁ-ゟァ-ヿ㐀-鿿々]+"


def split_entries(text: str) -> list[str]:
    """The entries of a line, without bullets and the final 'and'.

    Commas, semicolons, slashes and line breaks part entries; a comma within a number doesn't. 'and', 及び, 및 part
    the last two. Only a line without any of these is parted at ・, at と, or at the spaces of a line in Japanese.
    What stands behind `LONGEST_LINE` isn't read.
    """
    text = re.sub(_BLANKS, " ", normalize("NFC", text.strip()[:LONGEST_LINE]))
    pieces = re.split(_STRONG, text)
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    if len(pieces) > 1:
        # "Japan, the US and India": the last one holds two.
        pieces[-1:] = re.split(_AND, re.sub(_LEAD, "", pieces[-1]))
    elif pieces:
        pieces = _weakly(pieces[0])
    return [entry for piece in pieces if (entry := re.sub(_LEAD, "", piece.strip()).strip())]


def _weakly(text: str) -> list[str]:
    for separator in (_AND, _DOT, _TO):
        pieces = [piece for piece in re.split(separator, text) if piece.strip()]
        if len(pieces) > 1:
            return pieces
    words = text.split()
    return words if len(words) > 1 and all(re.fullmatch(_JAPANESE, word) for word in words) else [text]
