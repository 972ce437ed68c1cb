"""The decks as the author has them: what is open in the editor, and around it what is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from quizkit.decks.check import DECKS
from quizkit.decks.identity import lost_memories
from quizkit.decks.library import Library, load_all
from quizkit.decks.lint import lint
from quizkit.decks.load import Loaded, load_deck
from quizkit.decks.scan import SOURCES, SUFFIXES, Found
from quizkit.decks.sources import load_source, read_source_text
from quizkit.diagnostics import Diagnostic
from quizkit.lsp.reading import DeckReader
from quizkit.lsp.text import Range, Text, Units
from quizkit.model import Deck, Note, Source
from quizkit.source import Node, decode, parse_yaml

T = TypeVar("T")


class Paper(NamedTuple):
    """A file of decks as it is now: its path and its text."""

    path: Path
    name: str
    text: Text


class Place(NamedTuple):
    """A note as it stands in a deck; `note` is None where a mistake keeps it from being used."""

    deck: Deck
    key: str
    node: Node
    note: Note | None = None


class View(NamedTuple):
    """A folder of decks as it is now. `names` gives the name of each path in diagnostics.

    `roots` are the trees of the decks by file, also of those that can't be used; `remembered` are the keys of notes
    that learners have memories of.
    """

    library: Library
    diagnostics: Mapping[str, list[Diagnostic]]
    names: Mapping[Path, str]
    roots: Mapping[str, Node]
    remembered: Collection[str] = ()

    def loaded(self, name: str) -> Loaded | None:
        """The deck of this file."""
        return next((one for one in self.library.decks if one.deck is not None and one.deck.path == name), None)

    def notes(self) -> Iterator[tuple[Loaded, Note, Node]]:
        """Every note that can be used, with its deck and its node."""
        for loaded in self.library.decks:
            for note in loaded.deck.notes if loaded.deck else ():
                yield loaded, note, loaded.nodes[note.key]

    def places(self) -> Iterator[Place]:
        """Every note that has an id, whether it can be used or not."""
        for loaded, note, node in self.notes():
            assert loaded.deck is not None
            yield Place(loaded.deck, note.key, node, note)
        for loaded in self.library.decks:
            for key, node in loaded.unusable.items():
                if loaded.deck is not None and key not in loaded.nodes:
                    yield Place(loaded.deck, key, node)

    def note(self, key: str) -> tuple[Loaded, Note, Node] | None:
        """The note with this key."""
        for loaded in self.library.decks:
            if loaded.deck is not None and key in loaded.nodes:
                note = next(note for note in loaded.deck.notes if note.key == key)
                return loaded, note, loaded.nodes[key]
        return None


Remembered = Callable[[Path], Mapping[str, Any]]


class Desk:
    """Everything that is open, and the folders it stands in."""

    def __init__(self, units: Units | None = None, remembered: Remembered | None = None) -> None:
        self.units = units or Units()
        self.open: dict[Path, Text] = {}
        self._versions: dict[Path, int] = {}
        self._folders: dict[Path, _Folder] = {}
        self._remembered = remembered
        self._count = 0

    def put(self, path: Path, text: str) -> None:
        """A file was opened with this text."""
        self.open[path] = Text(text, self.units)
        self._changed(path)

    def change(self, path: Path, where: Range | None, text: str) -> None:
        """A stretch of an open file was replaced; None is all of it."""
        if path not in self.open:
            self.open[path] = Text("", self.units)
        self.open[path].replace(where, text)
        self._changed(path)

    def close(self, path: Path) -> None:
        """A file was closed: what is on the disk counts again."""
        self.open.pop(path, None)
        self._versions.pop(path, None)

    def _changed(self, path: Path) -> None:
        self._count += 1
        self._versions[path] = self._count

    def is_ours(self, path: Path) -> bool:
        """Whether a file is a deck or a source: it stands in a decks/ folder, or looks like a deck."""
        if not path.name.endswith(SUFFIXES):
            return False
        if _decks_folder(path) is not None:
            return True
        text = self.open.get(path)
        return text is not None and any(line.startswith(("deck:", "notes:")) for line in text.lines)

    def view(self, path: Path) -> View:
        """The folder that a file stands in, as it is now."""
        root = _decks_folder(path) or path
        if root not in self._folders:
            self._folders[root] = _Folder(root, self._remembered)
        return self._folders[root].view(self.open, self._versions)

    def paper(self, path: Path) -> Paper:
        """A file as it is now; one that can't be read is empty."""
        name = self.view(path).names.get(path, path.name)
        text = self.open.get(path)
        if text is None:
            try:
                text = Text(path.read_bytes().decode("utf-8", "replace"), self.units)
            except OSError:
                text = Text("", self.units)
        return Paper(path, name, text)

    def root(self, path: Path) -> Node | None:
        """The tree of a deck or a source, as far as it can be read."""
        view = self.view(path)
        name = view.names.get(path, "")
        return view.roots.get(name) or parse_yaml(self.paper(path).text.plain, name).node

    def forget_memories(self) -> None:
        """Learners may have studied in the meantime."""
        for folder in self._folders.values():
            folder.forget_memories()


def _decks_folder(path: Path) -> Path | None:
    return next((folder for folder in path.parents if folder.name == DECKS), None)


class _Folder:
    """A folder of decks (or one file alone), and all that was read of it."""

    def __init__(self, root: Path, remembered: Remembered | None) -> None:
        self._root = root
        self._remembered = remembered
        self._memories: Mapping[str, Any] | None = None
        self._readers: dict[Path, DeckReader] = {}
        self._known: dict[tuple[type, Path], tuple[object, object]] = {}
        self._checked_once = Library().known
        self._last: tuple[object, View] | None = None

    def forget_memories(self) -> None:
        self._memories = self._last = None

    def view(self, texts: Mapping[Path, Text], versions: Mapping[Path, int]) -> View:
        """The folder with these texts in place of what is on the disk."""
        stamps: list[object] = []
        roots: dict[str, Node] = {}

        def once(kind: type, file: Found, read: Callable[[], T]) -> T:
            """What was read of a file, as long as it stays what it was."""
            stamp = versions.get(file.path) or (file.size, file.mtime_ns)
            stamps.append((file.name, stamp))
            known = self._known.get((kind, file.path))
            if known is None or known[0] != stamp:
                known = self._known[kind, file.path] = (stamp, read())
            return known[1]  # type: ignore[return-value]

        def deck(file: Found) -> Loaded:
            loaded = once(Loaded, file, lambda: self._deck(file, texts.get(file.path)))
            if loaded.root is not None:
                roots[file.name] = loaded.root
            return loaded

        def source(file: Found) -> tuple[Source | None, list[Diagnostic]]:
            found = once(Source, file, lambda: _source(file, texts.get(file.path)))
            return found[0], list(found[1])

        library = load_all(self._root, list(self._unsaved(texts)), deck, source)
        if self._memories is None:
            self._memories = self._remembered(self._root) if self._remembered else {}
        if self._last is not None and self._last[0] == stamps:
            return self._last[1]
        view = self._checked(library, roots)
        self._last = (stamps, view)
        return view

    def _checked(self, library: Library, roots: Mapping[str, Node]) -> View:
        library.known = self._checked_once
        found = lint(library)
        notes = [note for loaded in library.decks for note in (loaded.deck.notes if loaded.deck else ())]
        if self._memories:
            found += lost_memories(self._memories, notes)
        here = {id(note.body) for note in notes}
        here |= {id(node) for loaded in library.decks for node in loaded.nodes.values()}
        self._checked_once = {key: kept for key, kept in library.known.items() if key[1] in here}
        by_file: dict[str, list[Diagnostic]] = {}
        for diagnostic in found:
            by_file.setdefault(diagnostic.span.file, []).append(diagnostic)
        names = {path: name for name, path in library.files.items()}
        return View(library, by_file, names, roots, self._memories or ())

    def _deck(self, file: Found, text: Text | None) -> Loaded:
        if text is None:
            self._readers.pop(file.path, None)
            return load_deck(file.path, file.name)
        reader = self._readers.setdefault(file.path, DeckReader(file.name))
        return reader.read(text.lines)

    def _unsaved(self, texts: Mapping[Path, Text]) -> Iterator[Found]:
        """Open decks of this folder that aren't on the disk yet."""
        for path in texts:
            if path.exists() or not path.name.endswith(SUFFIXES):
                continue
            if path == self._root:
                yield Found(path, path.name, -1, 0)
            elif self._root in path.parents:
                inner = path.relative_to(self._root)
                if inner.parts[0] != SOURCES and not any(part.startswith(".") for part in inner.parts):
                    yield Found(path, f"{self._root.name}/{inner.as_posix()}", -1, 0)


def _source(file: Found, text: Text | None) -> tuple[Source | None, list[Diagnostic]]:
    if text is None:
        return load_source(file)
    plain, diagnostics = decode(str(text).encode("utf-8"), file.name)
    return (read_source_text(plain, file.name, diagnostics) if plain is not None else None), diagnostics
