"""Languages that some texts of a deck have and others lack, where the deck doesn't say which it wants."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.decks.lint.entries import Scene, deck_span
from quizkit.diagnostics import Diagnostic, warning
from quizkit.kinds.fields import is_language
from quizkit.source import Node

MIXED = warning(
    "deck-language-missing",
    "Some texts lack a language that others have",
    "A learner of that language would see another one here and there. A deck that says its `languages` is told which "
    "text lacks which.",
)

ANSWER_FORMS = frozenset(("also", "accepts", "refuses"))
"""Keys under which a language may be missing: not every answer has further forms in every language."""


def check_languages(scene: Scene) -> Iterator[Diagnostic]:
    """Decks without `languages` whose texts in several languages disagree about which."""
    for loaded, deck in scene.decks():
        if deck.languages:
            continue
        texts = [text for node in loaded.nodes.values() for text in scene.library.once(node, _texts, node)]
        known = list(dict.fromkeys(lang for text in texts for lang in text.key_at))
        lacking = [(lang, text.line) for text in texts for lang in known if lang not in text.key_at]
        if lacking:
            lang, line = lacking[0]
            count = sum(other == lang for other, _line in lacking)
            message = f"{count} of {len(texts)} texts have no {lang}, the first in line {line}."
            fix = f"Add `languages: [{', '.join(known)}]`, and see which."
            yield Diagnostic(MIXED, deck_span(loaded, "deck"), message, fix)


def _texts(node: Node) -> Iterator[Node]:
    """The mappings from language to text inside a note."""
    stack = [node]
    while stack:
        value = stack.pop().value
        if isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, dict):
            for key, inner in reversed(value.items()):
                if key in ANSWER_FORMS:
                    continue
                if isinstance(inner.value, dict) and inner.value and all(map(is_language, inner.value)):
                    yield inner
                else:
                    stack.append(inner)
