"""What may stand behind a key of a deck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from quizkit.kinds import KINDS, keys_of, kind
from quizkit.kinds.keys import Form
from quizkit.lsp.cursor import ITEM
from quizkit.lsp.keys import languages
from quizkit.lsp.showing import in_one_line, prompt_of
from quizkit.lsp.suggestion import Spot, Suggestion
from quizkit.model import ClaimType
from quizkit.source import Node

_CLAIM_TYPES = {
    ClaimType.QUOTATION: "Somebody's own words.",
    ClaimType.JUDGEMENT: "What somebody thinks of it: the default.",
    ClaimType.PREDICTION: "What somebody expects.",
    ClaimType.REPORT: "What others are said to think.",
}


def values_at(spot: Spot, key: str, path: tuple[str, ...]) -> Iterator[Suggestion]:
    """What may stand behind a key of the mapping at a path."""
    if spot.is_source:
        return
    if not path:
        yield from _of_head(spot, key)
    elif path == ("notes", ITEM):
        if key in _OF_NOTE:
            yield from _OF_NOTE[key](spot)
        elif spot.has_kind and key in keys_of(spot.kind):
            yield from _of_kind(spot, key)
    elif path == ("notes", ITEM, "claim") and key == "type":
        yield from (Suggestion(type_.value, "value", "claim", doc) for type_, doc in _CLAIM_TYPES.items())
    elif path == ("notes", ITEM, "claim") and key == "by":
        yield from _holders(spot)


def _of_head(spot: Spot, key: str) -> Iterator[Suggestion]:
    if key == "deck":
        yield Suggestion(spot.stem, "value", "the file's name")
    elif key == "source":
        for name, source in spot.view.library.sources.items():
            yield Suggestion(name, "source", in_one_line(source.title.all()[0]))
    elif key == "languages":
        for offer in languages(spot, all_known=True):
            if offer.name not in spot.cursor.members:
                yield Suggestion(offer.name, "value", offer.doc)


def _of_kind(spot: Spot, key: str) -> Iterator[Suggestion]:
    """Values of the kind's own keys: true or false, the options to repeat, who holds a claim."""
    if keys_of(spot.kind)[key].form is Form.FLAG:
        yield from (Suggestion(word) for word in ("true", "false"))
    elif key == "who":
        yield from _holders(spot)
    elif key == "answer":
        for text in _options(spot):
            if text not in spot.cursor.members:
                yield Suggestion(text, "value", "option")


def _options(spot: Spot) -> Iterator[str]:
    """The texts of the options of the note around the cursor, which may lack all else."""
    root = spot.view.roots.get(spot.file)
    notes = root.value.get("notes") if root is not None and isinstance(root.value, dict) else None
    for note in notes.value if notes is not None and isinstance(notes.value, list) else ():
        name = note.value.get("id") if isinstance(note.value, dict) else None
        if name is None or name.value != spot.note:
            continue
        options = note.value.get("options")  # type: ignore[union-attr]
        for option in options.value if options is not None and isinstance(options.value, list) else ():
            if text := _text(option):
                yield text


def _text(node: Node) -> str:
    """The text of an option, in the first of its languages."""
    while not isinstance(node.value, str):
        inner = node.value.get("text") if isinstance(node.value, dict) else None
        if inner is None:
            inner = next(iter(node.value.values() if isinstance(node.value, dict) else node.value), None)
        if inner is None:
            return ""
        node = inner
    return node.value


def _kinds(_spot: Spot) -> Iterator[Suggestion]:
    for name in KINDS:
        yield Suggestion(name, "kind", "kind", (kind(name).__doc__ or "").strip())


def _ids(spot: Spot) -> Iterator[Suggestion]:
    """Notes of this deck by their ids, then those of others with their decks."""
    own: list[Suggestion] = []
    others: list[Suggestion] = []
    for loaded, note, _node in spot.view.notes():
        mine = loaded.deck is not None and loaded.deck.path == spot.file
        name = note.id if mine else note.key
        if name not in spot.cursor.members and not (mine and name == spot.note):
            made = Suggestion(name, "note", note.kind, in_one_line(prompt_of(note)))
            (own if mine else others).append(made)
    yield from own
    yield from others


def _former(spot: Spot) -> Iterator[Suggestion]:
    """Ids that are gone: those that learners remember or notes still speak of; then all there are."""
    present = {note.key for _loaded, note, _node in spot.view.notes()}
    spoken = [key for _loaded, note, _node in spot.view.notes() for key in (*note.after, *note.confuses)]
    here = spot.loaded.deck.id if spot.loaded and spot.loaded.deck else ""
    for key in dict.fromkeys([*spot.view.remembered, *spoken]):
        if key not in present:
            deck, _slash, name = key.partition("/")
            yield Suggestion(name if deck == here else key, "note", "gone")
    yield from _ids(spot)


def _passages(spot: Spot) -> Iterator[Suggestion]:
    loaded = spot.loaded
    source = spot.view.library.sources.get(loaded.deck.source) if loaded and loaded.deck else None
    for passage in source.passages.values() if source else ():
        if passage.id not in spot.cursor.members:
            gists = passage.gist.all()
            yield Suggestion(passage.id, "passage", in_one_line(gists[0]), "\n\n".join(gists))


def _tags(spot: Spot) -> Iterator[Suggestion]:
    counts = Counter(tag for _loaded, note, _node in spot.view.notes() for tag in note.tags)
    for tag, count in counts.most_common():
        if tag not in spot.cursor.members:
            yield Suggestion(tag, "value", "1 note" if count == 1 else f"{count} notes")


def _holders(spot: Spot) -> Iterator[Suggestion]:
    """Whose claims there are already, the most frequent first."""
    yield Suggestion("author", "value", "the author of the source")
    names = Counter(
        text
        for _loaded, note, _node in spot.view.notes()
        if note.claim is not None and note.claim.by is not None
        for text in note.claim.by.all()
    )
    for name, _count in names.most_common():
        yield Suggestion(name, "value", "named elsewhere")


_OF_NOTE: Mapping[str, Callable[[Spot], Iterable[Suggestion]]] = {
    "kind": _kinds,
    "after": _ids,
    "confuses": _ids,
    "was": _former,
    "cite": _passages,
    "tags": _tags,
}
