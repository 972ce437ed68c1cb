"""Pictures on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from typing import NamedTuple

from quizkit.decks.media import Medium, media_type, medium_of
from quizkit.i18n import _

SET: Mapping[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
"""The types that the typesetter knows, and how names of their files end."""


class Picture(NamedTuple):
    """A picture. `name` is what the note calls it."""

    name: str
    data: bytes

    @property
    def file(self) -> str:
        """Its path while the typesetter is at work: the same for the same picture."""
        return f"/{sha256(self.data).hexdigest()[:32]}.{SET[media_type(self.name)]}"

    @property
    def uri(self) -> str:
        """The picture itself as an address."""
        return f"data:{media_type(self.name)};base64,{b64encode(self.data).decode()}"


def is_printed(name: str, *, pdf: bool) -> bool:
    """Whether a file of that name comes out in print: a picture, and for PDF one that the typesetter knows."""
    return media_type(name) in SET if pdf else medium_of(name) is Medium.PICTURE


def images(pictures: Iterable[Picture]) -> str:
    """Pictures for a page; '' where there are none."""
    shown = "".join(f'<img src="{one.uri}" alt="{escape(_("Picture"))}">' for one in pictures)
    return f'<div class="media">{shown}</div>' if shown else ""
