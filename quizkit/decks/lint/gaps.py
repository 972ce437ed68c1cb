"""Texts with gaps that can be filled without knowing anything."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.decks.lint.entries import Scene
from quizkit.diagnostics import Diagnostic, warning
from quizkit.kinds.cloze import Cloze, given_away
from quizkit.model import Note

GIVES_AWAY = warning(
    "cloze-gives-itself-away", "The text gives its gap away", "The answer of a gap stands elsewhere in the same text."
)


def check_gaps(scene: Scene) -> Iterator[Diagnostic]:
    """Answers of gaps that stand elsewhere in their text, in each language."""
    for entry in scene.entries:
        for lang, number, answer in scene.library.once(entry.note.body, _given_away, entry.note):
            where = f" ({lang})" if lang else ""
            yield Diagnostic(
                GIVES_AWAY,
                entry.at("text"),
                f"“{answer}” (c{number}) stands in the text{where} outside its gap.",
                "Reword, or give both the same number.",
            )


def _given_away(note: Note) -> Iterator[tuple[str, int, str]]:
    """Language, number and answer of each gap that gives itself away."""
    if isinstance(note.body, Cloze):
        for lang, form in note.body.text.forms.items():
            for number, answer in given_away(form):
                yield lang, number, answer
