"""What can be wrong between notes, and between decks. Each rule stands beside the check that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quizkit.decks.library import Library
from quizkit.decks.lint import balance, gaps, languages, media, names, order, prompts
from quizkit.decks.lint.entries import Scene
from quizkit.diagnostics import Diagnostic, sort_key

CHECKS: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    names.check_decks,
    names.check_citations,
    names.check_references,
    order.check_cycles,
    media.check_media,
    gaps.check_gaps,
    prompts.check_prompts,
    prompts.check_give_aways,
    languages.check_languages,
    balance.check_options,
    balance.check_statements,
)


def lint(library: Library) -> list[Diagnostic]:
    """Everything wrong with a folder of decks: what reading found, and what can be seen between notes."""
    scene = Scene(library)
    found = list(library.diagnostics)
    for check in CHECKS:
        found += check(scene)
    return sorted(found, key=sort_key)
