"""The gallery of imports: what is said about files of other programs that hold mistakes.

An example is a file in tests/imports; beside it stands what `quizkit import --dry-run` says about it. The page
docs/import-problems.md is made from both by `python -m tools.imports`. `--check` changes nothing and fails when
something would change.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from quizkit.clock import Calendar, Clock
from quizkit.errors import QuizkitError
from quizkit.formats import guess
from quizkit.formats.item import ReadOptions
from quizkit.terminal.draw import Page
from quizkit.terminal.exchange import parcel_lines
from quizkit.terminal.style import Style
from quizkit.workspace import Workspace, find_places
from quizkit.workspace.importing import plan_imports

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "imports"
PAGE = ROOT / "docs" / "import-problems.md"
COLUMNS = 100


def examples() -> list[Path]:
    """The files with mistakes, by name."""
    return sorted(path for path in EXAMPLES.iterdir() if not path.name.endswith(".said.txt"))


def golden(example: Path) -> Path:
    """Where it stands what is said about an example."""
    return example.with_name(f"{example.name}.said.txt")


def said(example: Path) -> str:
    """What an import says about an example, before anything is written."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "decks").mkdir()
        file = Path(folder) / example.name
        file.write_bytes(example.read_bytes())
        places = find_places(Path(folder), decks=Path(folder) / "decks", progress=Path(folder) / "progress.db")
        try:
            form = guess(file)
            parcel = form.module.read(file, ReadOptions())
            with Workspace(places, Clock(Calendar(), 0)) as workspace:
                plans = plan_imports(workspace, parcel, form, name=file.stem)
            lines = parcel_lines(Page(COLUMNS, Style(False)), form.title, file, plans, losses=10, cards=3)
        except QuizkitError as error:
            lines = [f"quizkit: {error.message}", f"  {error.hint}"]
        return "\n".join(lines).replace(f"{folder}/", "").rstrip() + "\n"


def page() -> str:
    """docs/import-problems.md."""
    lines = [
        "# What can be wrong with a file of another program",
        "",
        "What `quizkit import` says about each sort of mistake, before anything is written. What can be used is taken",
        "in all the same; nothing is left out without a word.",
        "",
        "This page is made from tests/imports by `python -m tools.imports`.",
        "",
    ]
    for example in examples():
        text = example.read_text(encoding="utf-8").rstrip()
        lines += [f"## {example.stem.replace('-', ' ')}", ""]
        lines += ["```text", text, "```", ""] if text else []
        lines += ["```text", golden(example).read_text(encoding="utf-8").rstrip(), "```", ""]
    return "\n".join(lines)


def main() -> None:
    """Update, or with --check compare."""
    check = "--check" in sys.argv
    stale = []
    wanted = [(golden(example), lambda example=example: said(example)) for example in examples()]
    for path, make in [*wanted, (PAGE, page)]:
        content = make()
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(content, encoding="utf-8")
    if check and stale:
        sys.exit(f"out of date: {', '.join(stale)}. Run: python -m tools.imports")


if __name__ == "__main__":
    main()
