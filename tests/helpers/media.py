"""A small deck with pictures and a sound, made on the spot: a question's, and an answer's that would tell too early."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from pathlib import Path

BIRDS = """\
deck: birds
title: Birds
languages: [en]
notes:
  - id: wing
    kind: choice
    ask: Whose wing is this?
    options: [The robin's, The wren's, The heron's]
    answer: The robin's
    explain: Its breast is red, its wing is brown.
    media: media/wing.png
    answer_media: [media/erithacus.svg, media/song.wav]
  - id: storks
    kind: typed
    ask: Where do storks spend the winter?
    answer: Africa
    media: [media/east.png, media/west.png]
    answer_media: media/kilimanjaro.png
  - id: nest
    kind: basic
    front: Who builds the smallest nest?
    back: the hummingbird
    reverse: true
    media: media/nest.png
    answer_media: media/colibri.png
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="120" height="80">'
    '<ellipse cx="60" cy="40" rx="40" ry="28" fill="#6b4a2f"/><circle cx="72" cy="44" r="16" fill="#c8502d"/></svg>'
)


def png(width: int = 64, height: int = 48, colour: tuple[int, int, int] = (90, 140, 90)) -> bytes:
    """A picture of one colour with a frame."""
    edge, inner = b"\x20\x20\x20", bytes(colour)
    rows = [edge * width if row in (0, height - 1) else edge + inner * (width - 2) + edge for row in range(height)]

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def wav() -> bytes:
    """A tenth of a second of silence."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 800)
    return held.getvalue()


def write_birds(decks: Path) -> None:
    """Write the deck and its files into a folder of decks."""
    folder = decks / "media"
    folder.mkdir()
    (decks / "birds.yaml").write_text(BIRDS, "utf-8")
    (folder / "erithacus.svg").write_text(SVG, "utf-8")
    (folder / "song.wav").write_bytes(wav())
    sizes = {"wing": (640, 200), "east": (300, 300), "west": (200, 400), "kilimanjaro": (400, 300)}
    for name in ("wing", "east", "west", "kilimanjaro", "nest", "colibri"):
        (folder / f"{name}.png").write_bytes(png(*sizes.get(name, (320, 240))))
