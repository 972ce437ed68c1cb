"""Write docs/deck.schema.json, which editors check decks with: `python -m tools.schema`.

`--check` changes nothing and fails when something would change.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from quizkit.decks.schema import schema

PAGE = Path(__file__).parent.parent / "docs" / "deck.schema.json"


def page() -> str:
    """The file as it should be."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Update, or with --check compare."""
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return
    if "--check" in sys.argv:
        sys.exit(f"out of date: {PAGE.name}. Run: python -m tools.schema")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
