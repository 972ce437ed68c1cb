"""A class of four, and a drill file for it, beside the deck 'tea'."""

from __future__ import annotations

from pathlib import Path

ROSTER = "name,number,group\nAoki Mina,1,red\nBaba Ken,2,blue\nChoi Jisoo,3,red\n田中 太郎,4,blue\n"
CARDS = ("green-heat", "oxidised", "steps", "homes", "utensils", "plant", "minutes", "decaf")
ITEMS = "".join(f"  - tea/{name}/main\n" for name in CARDS)
POLL = "  - poll: Tea?\n    options: [yes please, no thanks]\n"
DRILL = f"drill: tasting\nclass: 2b\nitems:\n{ITEMS}  - tea/hosting/main\n{POLL}"


def write_class(folder: Path) -> None:
    """The roster and the drill file."""
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "tasting.yaml").write_text(DRILL, encoding="utf-8")
