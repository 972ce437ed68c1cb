"""Large digits, to be read from the back of a room."""

from __future__ import annotations

HEIGHT = 5
_SHAPES = {
    "0": "111101101101111",
    "1": "010110010010111",
    "2": "111001111100111",
    "3": "111001111001111",
    "4": "101101111001001",
    "5": "111100111001111",
    "6": "111100111101111",
    "7": "111001001010010",
    "8": "111101111101111",
    "9": "111101111001111",
}


def large(text: str) -> list[str]:
    """Digits and colons, five lines high; other characters are left out."""
    rows = [""] * HEIGHT
    for char in text:
        if char == ":":
            for row in range(HEIGHT):
                rows[row] += "  ██  " if row in (1, 3) else "      "
        elif char in _SHAPES:
            shape = _SHAPES[char]
            for row in range(HEIGHT):
                cells = shape[row * 3 : row * 3 + 3]
                rows[row] += "".join("██" if cell == "1" else "  " for cell in cells) + "  "
    return rows
