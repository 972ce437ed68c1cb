"""Mending deck files: what would be changed in which file, and writing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from quizkit.decks.load import load_text
from quizkit.decks.mend import Mend, mends
from quizkit.decks.places import Places, apply
from quizkit.decks.scan import scan
from quizkit.decks.write import replace_file
from quizkit.diagnostics import Diagnostic
from quizkit.source import decode, read_source

BOM = "\ufeff"

STRUCTURE = frozenset(
    {"tab-indent", "ideographic-space-indent", "full-width-colon", "dash-for-hyphen", "missing-space"}
)
"""What keeps a part of a file from being read: the rest can be seen only when it is mended."""

CAUSED = frozenset({"yaml-syntax", "duplicate-key", "duplicate-note-id"})
"""What a mend that isn't right brings about. Everything else that turns up was there before, and hidden."""

Check = Callable[[str], Sequence[Diagnostic]]


class Fix(NamedTuple):
    """A file as it is and as it would be, and what was mended in it. The texts have their own line ends."""

    path: Path
    before: str
    after: str
    mends: tuple[Mend, ...]

    def diff(self, name: str) -> list[str]:
        """What would change, as a unified diff."""
        lines = unified_diff(
            self.before.splitlines(), self.after.splitlines(), f"a/{name}", f"b/{name}", n=2, lineterm=""
        )
        return list(lines)

    def write(self) -> None:
        """Put the mended text in the file's place. Raises QuizkitError when it can't be written."""
        replace_file(self.path, self.after.encode())


def fixes(path: Path) -> Iterator[Fix]:
    """The files of a folder, or the one file, that have something with one right mend."""
    for file in scan(path):
        try:
            whole = file.path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        mark = BOM if whole.startswith(BOM) else ""
        text, done = mended(whole.removeprefix(BOM), file.name, lambda text, name=file.name: _wrong(text, name))  # type: ignore[misc]
        if done:
            yield Fix(file.path, whole, mark + text, tuple(done))


def mended(text: str, file: str, check: Check) -> tuple[str, list[Mend]]:
    """A text with everything mended that has one right mend, and what was done.

    `check` tells what is wrong with a text. A mend that doesn't do away with what it mends, or that brings something
    else about, is left out.
    """
    done: list[Mend] = []
    diagnostics = check(text)
    while True:
        certain = [mend for mend in mends(text, file, diagnostics) if mend.certain]
        structure = [mend for mend in certain if mend.diagnostic.rule.code in STRUCTURE]
        words = [mend for mend in certain if mend.diagnostic.rule.code not in STRUCTURE]
        good = _good(text, structure, diagnostics, check) or _good(text, words, diagnostics, check)
        if not good:
            return text, done
        text = _applied(text, good)
        diagnostics = check(text)
        done += good


def _good(text: str, candidates: list[Mend], before: Sequence[Diagnostic], check: Check) -> list[Mend]:
    """The mends that make a text better, all together: halved until those that don't are found."""
    good: list[Mend] = []
    groups = [candidates] if candidates else []
    while groups:
        group = groups.pop()
        if _is_better([*good, *group], before, check(_applied(text, [*good, *group]))):
            good += group
        elif len(group) > 1:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return good


def _is_better(done: Sequence[Mend], before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> bool:
    """Whether what was mended is gone, and nothing has come of it."""
    if _caused(after) > _caused(before):
        return False
    if any(mend.diagnostic.rule.code in STRUCTURE for mend in done):
        # Behind such a line there may be another one like it, which comes to light now.
        left = {(found.rule.code, found.span.line) for found in after}
        return all((mend.diagnostic.rule.code, mend.diagnostic.span.line) not in left for mend in done)
    wanted = Counter((mend.diagnostic.rule.code, mend.diagnostic.message) for mend in done)
    had = Counter((found.rule.code, found.message) for found in before)
    has = Counter((found.rule.code, found.message) for found in after)
    return all(has[what] <= had[what] - count for what, count in wanted.items())


def _caused(found: Sequence[Diagnostic]) -> int:
    return sum(one.rule.code in CAUSED for one in found)


def _applied(text: str, mends: Sequence[Mend]) -> str:
    return apply(text, (edit for mend in mends for edit in mend.edits))


def mends_of(diagnostics: Sequence[Diagnostic], files: Mapping[str, Path]) -> dict[Diagnostic, tuple[Mend, Places]]:
    """How those of some diagnostics that can be mended are, and the places in their files."""
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_file.setdefault(diagnostic.span.file, []).append(diagnostic)
    found: dict[Diagnostic, tuple[Mend, Places]] = {}
    for name, here in by_file.items():
        text = read_source(files[name], name)[0] if name in files else None
        if text is not None:
            places = Places(text)
            found |= {mend.diagnostic: (mend, places) for mend in mends(text, name, here)}
    return found


def _wrong(text: str, file: str) -> list[Diagnostic]:
    """What is wrong with the text of one file, taken alone."""
    _text, diagnostics = decode(text.encode(), file)
    return [*diagnostics, *load_text(text, file).diagnostics]
