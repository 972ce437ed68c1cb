"""What whoever writes a deck waits for: from an edit to what is wrong, as the editor hears it."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.material import KINDS, write_decks
from benchmarks.measure import Sample
from tests.helpers.command import Bench
from tests.helpers.editor import Editor

EDITS = 40
PATIENCE = 300
NAME = "decks/long.yaml"


def editing(folder: Path, notes: int = 2_000) -> list[tuple[str, ...]]:
    """Slips made and mended in the middle of a long deck, with a workspace of other decks around it."""
    home = folder / "editing"
    write_decks(home, 1_000)
    text = "deck: long\ntitle: Long\nnotes:\n" + "".join(
        KINDS[n % len(KINDS)][0].format(i=f"x{n}", a=f"x{n + 1}", b=f"x{n + 2}", c=f"x{n + 3}") for n in range(notes)
    )
    (home / NAME).write_text(text, encoding="utf-8")
    middle = f"ask: What is the code word of agreement x{notes // 2 // len(KINDS) * len(KINDS)}?"
    slips = {
        "edit to diagnostics, {n} notes": ("k" + middle[1:], middle),
        "a line put in or taken out": (f"{middle}\n    no: x", middle),
        "a quote opened or closed": (middle.replace("ask: ", 'ask: "'), middle),
    }
    rows = []
    with Editor(Bench(home, home), patience=PATIENCE) as editor:
        editor.begin()
        editor.open(NAME)
        for what, (wrong, right) in slips.items():
            taken = []
            for _ in range(EDITS // 2):
                for old, new in ((right, wrong), (wrong, right)):
                    began = time.perf_counter()
                    editor.replace(NAME, old, new)
                    editor.wait(NAME)
                    taken.append(time.perf_counter() - began)
            sample = Sample(tuple(taken))
            told = f"{sample.median * 1000:.0f} ms"
            how = f"over the wire, median of {EDITS}; {sample.percentile(0.95) * 1000:.0f} ms at the 95th percentile"
            rows.append((what.format(n=f"{notes:,}"), told, "100 ms", how))
    return rows
