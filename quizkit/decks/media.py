"""Pictures, sounds and films beside a deck: what each is, and which may be shown to others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _

MOST_BYTES = 20_000_000
"""No phone is asked to fetch more at once, and no sheet of paper needs it."""

TYPES: Mapping[str, str] = {
    **{f".{name}": f"image/{name}" for name in ("png", "jpeg", "gif", "webp", "avif", "bmp")},
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    **{f".{name}": f"audio/{name}" for name in ("ogg", "wav", "flac", "aac")},
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
"""The media types that browsers show, by how a file's name ends."""


class Medium(StrEnum):
    """What can be seen or heard."""

    PICTURE = "picture"
    SOUND = "sound"
    FILM = "film"


_OF_TYPE = {"image": Medium.PICTURE, "audio": Medium.SOUND, "video": Medium.FILM}


class MediaFile(NamedTuple):
    """A file that may be shown. `name` is what the note calls it, `type` its media type."""

    name: str
    path: Path
    type: str
    medium: Medium
    size: int


def media_type(name: str) -> str:
    """The media type of a file of that name; '' for one that browsers don't show."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), "")


def medium_of(name: str) -> Medium | None:
    """What a file of that name is; None when nobody can tell."""
    return _OF_TYPE.get(media_type(name).partition("/")[0])


def media_file(folder: Path, name: str) -> MediaFile:
    """The file of that name in a deck's folder, for others than its owner to see.

    Raises QuizkitError when there is none, it lies elsewhere (a link leads there), it is of a type that isn't shown,
    or it is too large: a deck that was given to somebody must not give their other files away.
    """
    path, home = (folder / name).resolve(), folder.resolve()
    medium = medium_of(name)
    if not path.is_relative_to(home):
        raise QuizkitError(_("{file} isn't in the deck's folder.", file=name), _("Copy it there."))
    if not path.is_file():
        raise QuizkitError(_("{file} isn't there.", file=name), _("Copy it into the deck's folder."))
    if medium is None or medium_of(path.name) is not medium:
        raise QuizkitError(
            _("{file} is no picture, sound or film that can be shown.", file=name), _("Use PNG, JPEG, SVG, MP3 or MP4.")
        )
    if (size := path.stat().st_size) > MOST_BYTES:
        raise QuizkitError(
            _("{file} is too large to be shown ({size} MB).", file=name, size=round(size / 1_000_000)),
            _("Make it smaller than {size} MB.", size=MOST_BYTES // 1_000_000),
        )
    return MediaFile(name, path, media_type(name), medium, size)
