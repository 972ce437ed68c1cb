"""What is told of what stands under the cursor, in Markdown."""

from __future__ import annotations

from quizkit.kinds import KINDS, kind
from quizkit.lsp.keys import doc_of
from quizkit.lsp.naming import NOTE, PASSAGE, SOURCE, name_at, passage_of, place_around
from quizkit.lsp.showing import markdown, show_note, show_passage
from quizkit.lsp.suggestion import Spot


def hover(spot: Spot) -> str:
    """What a key is for, what a name names, or the cards of the note that the cursor stands in; '' for nothing."""
    cursor = spot.cursor
    if cursor.on_key:
        doc = doc_of(spot, cursor.key)
        return f"`{cursor.key}`: {doc}" if doc else ""
    name = name_at(spot)
    if name is not None:
        if name.sort == PASSAGE:
            found = passage_of(spot.view, name.key)
            return show_passage(*found) if found else ""
        if name.sort == SOURCE:
            source = spot.view.library.sources.get(name.key)
            return "\n\n".join(markdown(source.cited((lang,))) for lang in source.title.forms) if source else ""
        if name.sort == NOTE:
            return _note(spot, name.key)
    if cursor.key == "kind" and cursor.word in KINDS:
        return f"`{cursor.word}`: {(kind(cursor.word).__doc__ or '').strip()}"
    around = place_around(spot) if cursor.word else None
    return show_note(around.note) if around and around.note else ""


def _note(spot: Spot, key: str) -> str:
    found = spot.view.note(key)
    return show_note(found[1]) if found else ""
