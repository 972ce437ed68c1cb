"""Sources: the bibliography of what decks are built from, and the passages that cards cite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quizkit.decks.scan import Found, source_files
from quizkit.diagnostics import Diagnostic, Span, error
from quizkit.kinds.fields import Fields
from quizkit.model import LocalText, Passage, Source
from quizkit.source import parse_yaml, read_source

NOT_A_SOURCE = error(
    "not-a-source", "The file isn't a source", "A source is a mapping with `source`, `author`, `title` and `passages`."
)
DUPLICATE_PASSAGE = error(
    "duplicate-passage", "Two passages have one id", "A citation couldn't say which of the two it means."
)
DUPLICATE_SOURCE = error(
    "duplicate-source-id", "Two sources have one id", "A deck couldn't say which of the two it is built from."
)

HEAD = ("source", "author", "title", "publisher", "published", "url", "about", "passages")


def load_sources(
    folder: Path, read: Callable[[Found], tuple[Source | None, list[Diagnostic]]] | None = None
) -> tuple[dict[str, Source], list[Diagnostic]]:
    """The sources that belong to a folder of decks, by id, and what is wrong with them.

    `read` reads a file otherwise than from the disk.
    """
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    for file in source_files(folder):
        source, problems = (read or load_source)(file)
        diagnostics += problems
        if source is None:
            continue
        if source.id in sources:
            message = f"There is a source `{source.id}` already; this one is left out."
            diagnostics.append(Diagnostic(DUPLICATE_SOURCE, Span(file.name), message, "Give it another id."))
        sources.setdefault(source.id, source)
    return sources, diagnostics


def load_source(file: Found) -> tuple[Source | None, list[Diagnostic]]:
    """The source in a file (None when it can't be used), and what is wrong with it."""
    text, diagnostics = read_source(file.path, file.name)
    return (read_source_text(text, file.name, diagnostics) if text is not None else None), diagnostics


def read_source_text(text: str, file: str, diagnostics: list[Diagnostic]) -> Source | None:
    """A source, or None when it can't be used; what is wrong is added to `diagnostics`."""
    parsed = parse_yaml(text, file)
    diagnostics += parsed.diagnostics
    if parsed.node is None:
        return None
    if not isinstance(parsed.node.value, dict):
        diagnostics.append(
            Diagnostic(NOT_A_SOURCE, parsed.node.span(file), "This is no mapping.", "Begin with `source: name`.")
        )
        return None
    fields = Fields(parsed.node, file, diagnostics)
    fields.unknown(HEAD)
    name = fields.word("source", required=True)
    title = fields.text("title", required=True)
    author = fields.text("author", required=True)
    if not name:
        return None
    return Source(
        id=name,
        title=title or LocalText.plain(name),
        author=author or LocalText.plain("?"),
        publisher=fields.text("publisher"),
        published=fields.word("published"),
        url=fields.word("url"),
        passages=_passages(fields),
    )


def _passages(fields: Fields) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for node in fields.items("passages", required=True):
        inner = fields.inner(node, ("id", "gist"))
        passage, gist = inner.word("id", required=True), inner.text("gist", required=True)
        if passage in passages:
            fields.report(DUPLICATE_PASSAGE, node, f"There is a passage `{passage}` already.", "Give it another id.")
        elif passage and gist:
            passages[passage] = Passage(passage, gist, node.span(fields.file))
    return passages
