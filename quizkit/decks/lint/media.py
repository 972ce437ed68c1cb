"""Pictures and sounds that notes name."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.decks.lint.entries import Scene
from quizkit.decks.media import medium_of
from quizkit.diagnostics import Diagnostic, warning
from quizkit.source import Node

MEDIA_MISSING = warning(
    "media-missing",
    "A picture or sound isn't there",
    "`media` names files beside the deck. A learner is told of this one, and finds nothing.",
)
MEDIA_UNKNOWN = warning(
    "media-unknown",
    "Not a picture, sound or film that can be shown",
    "Browsers, and so the phones of a class, show PNG, JPEG, WebP, AVIF, GIF, BMP and SVG, play MP3, M4A, AAC, Ogg, "
    "Opus, FLAC and WAV, MP4 and WebM. Nothing else is opened, printed or put on a page.",
)


def check_media(scene: Scene) -> Iterator[Diagnostic]:
    """Files that notes name and that aren't beside their deck, or can't be shown."""
    for loaded, deck in scene.decks():
        path = scene.library.files.get(deck.path)
        if path is None:
            continue
        for note in deck.notes:
            names = {*note.media, *note.answer_media}
            if not names:
                continue
            for node in _named(loaded.nodes[note.key]):
                if not isinstance(node.value, str) or node.value not in names:
                    continue
                if medium_of(node.value) is None:
                    message = f"{node.value} is no picture, sound or film that can be shown."
                    yield Diagnostic(MEDIA_UNKNOWN, node.span(deck.path), message, "Save it as PNG, JPEG, MP3 or MP4.")
                elif not (path.parent / node.value).is_file():
                    message = f"There is no {node.value} beside {deck.path}."
                    yield Diagnostic(
                        MEDIA_MISSING, node.span(deck.path), message, "Copy the file there, or mend the name."
                    )


def _named(note: Node) -> list[Node]:
    """What stands under `media` and `answer_media`."""
    keys = note.value if isinstance(note.value, dict) else {}
    found = [keys[key] for key in ("media", "answer_media") if key in keys]
    return [one for node in found for one in (node.value if isinstance(node.value, list) else [node])]
