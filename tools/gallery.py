"""The error gallery: every rule with an example and what is said about it. Made anew by `python -m tools.gallery`.

An example is tests/errors/<rule>.yaml, or a folder of that name; beside it stands <rule>.txt, what `quizkit deck check
--examples` prints. docs/lint.md is made from both. `--check` changes nothing and fails when something would change.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import quizkit.decks
import quizkit.kinds
from quizkit.decks.check import check_paths
from quizkit.diagnostics import RULES
from quizkit.terminal.problems import render_all
from quizkit.terminal.style import Style

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "errors"
PAGE = ROOT / "docs" / "lint.md"

MOST_SHOWN = 900
"""Characters of an example that the page shows."""

MADE_BY_TESTS = {"memory-without-note", "not-a-file", "too-large"}
"""Rules whose examples can't be kept in a repository: tests make them."""


def load_rules() -> None:
    """Import everything that defines a rule."""
    for package in (quizkit.kinds, quizkit.decks):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def example_of(code: str) -> Path:
    """The example of a rule: a file, or a folder with decks/."""
    folder = EXAMPLES / code
    return folder / "decks" if folder.is_dir() else EXAMPLES / f"{code}.yaml"


def said(code: str) -> str:
    """What is said about a rule's example."""
    report = check_paths([example_of(code)], examples=True)
    return "\n".join(render_all(report.diagnostics, report.files, Style(False), 100)).rstrip() + "\n"


def page() -> str:
    """docs/lint.md."""
    lines = [
        "# What can be wrong with a deck",
        "",
        "Everything `quizkit deck check` can say, with an example each. An error is something that can't be as its",
        "author meant it: the check fails until it is mended, and whatever else can be used is used all the same. A",
        "warning is worth mending and harms nobody at once.",
        "",
        "This page is made from the rules and from tests/errors by `python -m tools.gallery`.",
        "",
    ]
    for code, rule in sorted(RULES.items()):
        lines += [f"## {code}", "", f"**{rule.severity.value}: {rule.title}.** {rule.explain}", ""]
        if code in MADE_BY_TESTS:
            continue
        example = example_of(code)
        files = sorted(example.rglob("*.yaml")) if example.is_dir() else [example]
        for file in files:
            name = [f"# decks/{file.relative_to(example).as_posix()}"] if example.is_dir() else []
            lines += ["```yaml", *name, shown(file), "```", ""]
        lines += ["```text", (EXAMPLES / f"{code}.txt").read_text(encoding="utf-8").rstrip(), "```", ""]
    return "\n".join(lines)


def shown(file: Path) -> str:
    """An example as it stands on the page: without what a page can't hold, and not at length."""
    text = file.read_bytes().decode("utf-8", "replace").replace("\x1b", "␛")
    return (text if len(text) < MOST_SHOWN else text[: MOST_SHOWN - 300].rsplit("\n", 1)[0] + "\n# …").rstrip()


def main() -> None:
    """Update, or with --check compare."""
    check = "--check" in sys.argv
    load_rules()
    stale = []
    wanted = [(EXAMPLES / f"{code}.txt", lambda code=code: said(code)) for code in sorted(RULES.keys() - MADE_BY_TESTS)]
    for path, make in [*wanted, (PAGE, page)]:
        content = make()
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(content, encoding="utf-8")
    if check and stale:
        sys.exit(f"out of date: {', '.join(stale)}. Run: python -m tools.gallery")


if __name__ == "__main__":
    main()
