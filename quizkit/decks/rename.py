"""Giving a note another id: its memories come along, and all notes that speak of it go on doing so.

The note gets the old id under `was`, and every `after` and `confuses` that names it is changed. Nothing else in the
files is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizkit.decks.notes import ID
from quizkit.decks.places import Edit, Places, apply
from quizkit.errors import QuizkitError
from quizkit.source import Node, parse_yaml, to_plain

REFERENCES = ("after", "confuses")


def rename_note(texts: Mapping[str, str], old: str, new: str) -> dict[str, list[Edit]]:
    """What to change in which file so that a note has another id.

    `texts` are all decks of a workspace by file, without byte order marks; `old` is the note's key (deck/note), `new`
    its id to be. Raises QuizkitError when there is no such note, the id can't be used or is taken, or a file that
    speaks of the note can't be read or changed.
    """
    deck, _slash, old_id = old.partition("/")
    if not ID.match(new):
        raise QuizkitError(f"`{new}` can't be an id.", "An id holds lower-case letters, digits and hyphens.")
    if new == old_id:
        return {}
    roots = {file: _root(file, text, old_id) for file, text in texts.items()}
    _check_ids(roots, deck, old_id, new)
    changed = {}
    for file, text in texts.items():
        root = roots[file]
        if root is None:
            continue
        edits = sorted(_edits(Places(text), root, deck, old_id, new))
        if edits:
            _check(file, apply(text, edits), root, deck, old_id, new)
            changed[file] = edits
    return changed


def _root(file: str, text: str, old_id: str) -> Node | None:
    """A deck's tree; None of one that doesn't speak of the id at all."""
    if not re.search(rf"(?<![\w-]){re.escape(old_id)}(?![\w-])", text):
        return None
    parsed = parse_yaml(text, file)
    wrong = next((found for found in parsed.diagnostics if found.is_error), None)
    if wrong is not None:
        raise QuizkitError(f"{wrong.span}: {wrong.message}", "Mend this first: the file may speak of the note.")
    return parsed.node


def _check_ids(roots: Mapping[str, Node | None], deck: str, old_id: str, new: str) -> None:
    """Raise where there is no note with the old id, or already one with the new."""
    ids = [_word(note, "id") for root in roots.values() if _deck(root) == deck for note in _notes(root)]
    if old_id not in ids:
        raise QuizkitError(f"There is no note `{deck}/{old_id}`.")
    if new in ids:
        raise QuizkitError(f"`{new}` is the id of another note of `{deck}`.", "Choose another id.")


def _edits(places: Places, root: Node, deck: str, old_id: str, new: str) -> Iterator[Edit]:
    here = _deck(root) == deck
    for note in _notes(root):
        if here and _word(note, "id") == old_id:
            assert isinstance(note.value, dict)
            yield _replaced(places, note.value["id"], new)
            yield from _former(places, note, deck, old_id, new)
        for key in REFERENCES:
            for word in _listed(note, key):
                if word.value == f"{deck}/{old_id}":
                    yield _replaced(places, word, f"{deck}/{new}")
                elif here and word.value == old_id:
                    yield _replaced(places, word, new)


def _replaced(places: Places, node: Node, text: str) -> Edit:
    """The edit that puts another word in a scalar's place, within its quotes."""
    quotes = int(node.quoted)
    start = places.offset(node.line, node.column) + quotes
    return Edit(start, places.offset(node.end_line, node.end_column) - quotes, text)


def _former(places: Places, note: Node, deck: str, old_id: str, new: str) -> Iterator[Edit]:
    """The edits that add the old id to `was`, and take the new one out where the note had it before."""
    assert isinstance(note.value, dict)
    listed = _listed(note, "was")
    again = next((word for word in listed if word.value in (new, f"{deck}/{new}")), None)
    if again is not None:
        # The note goes back to a name it had: that one's place is taken by the one it gives up.
        yield _replaced(places, again, old_id)
        return
    was = note.value.get("was")
    node = note.value["id"]
    end = places.offset(node.end_line, node.end_column)
    if was is None:
        if places.text[places.offset(note.line, note.column)] == "{":
            yield Edit(end, end, f", was: {old_id}")
        else:
            line_start, line_end = places.line(node.end_line)
            behind = places.text[line_end : line_end + 2]
            ending = "\r\n" if behind == "\r\n" else "\n"
            indent = " " * (note.key_at["id"][1] - 1)
            yield Edit(max(line_end, line_start), line_end, f"{ending}{indent}was: {old_id}")
    elif isinstance(was.value, str):
        start, stop = places.offset(was.line, was.column), places.offset(was.end_line, was.end_column)
        yield Edit(start, start, "[")
        yield Edit(stop, stop, f", {old_id}]")
    elif listed:
        last = listed[-1]
        stop = places.offset(last.end_line, last.end_column)
        if places.text[places.offset(was.line, was.column)] == "[":
            yield Edit(stop, stop, f", {old_id}")
        else:
            begin, line_end = places.line(last.end_line)
            lead = places.text[begin : places.offset(last.line, last.column)]
            ending = "\r\n" if places.text[line_end : line_end + 2] == "\r\n" else "\n"
            yield Edit(line_end, line_end, f"{ending}{lead}{old_id}")
    else:
        start = places.offset(was.line, was.column)
        yield Edit(start + 1, start + 1, old_id)


def _check(file: str, text: str, before: Node, deck: str, old_id: str, new: str) -> None:
    """Raise where the edits would say anything else than they should: layouts nobody thought of."""
    after = parse_yaml(text, file).node
    wanted = to_plain(before)
    for note in wanted.get("notes", ()):
        if isinstance(note, dict):
            _expect(note, wanted.get("deck") == deck, deck, old_id, new)
    if after is None or to_plain(after) != wanted:
        raise QuizkitError(
            f"{file}: the id can't be changed without changing the rest.",
            "Write the note in block style, a key a line.",
        )


def _expect(note: dict[str, Any], here: bool, deck: str, old_id: str, new: str) -> None:
    """Change a note's plain data as the edits should."""
    names = {f"{deck}/{old_id}": f"{deck}/{new}", **({old_id: new} if here else {})}
    for key in REFERENCES:
        value = note.get(key)
        if isinstance(value, str):
            note[key] = names.get(value, value)
        elif isinstance(value, list):
            note[key] = [names.get(word, word) if isinstance(word, str) else word for word in value]
    if not here or note.get("id") != old_id:
        return
    note["id"] = new
    was = note.get("was", [])
    former = [was] if isinstance(was, str) else was
    if any(word in (new, f"{deck}/{new}") for word in former):
        former = [old_id if word in (new, f"{deck}/{new}") else word for word in former]
        note["was"] = former[0] if isinstance(was, str) else former
    else:
        note["was"] = [*former, old_id] if former or "was" in note else old_id


def _deck(root: Node | None) -> str:
    return _word(root, "deck") if root is not None else ""


def _notes(root: Node | None) -> list[Node]:
    notes = root.value.get("notes") if root is not None and isinstance(root.value, dict) else None
    return [note for note in notes.value if note.is_map] if notes is not None and isinstance(notes.value, list) else []


def _word(node: Node, key: str) -> str:
    found = node.value.get(key) if isinstance(node.value, dict) else None
    return found.value if found is not None and isinstance(found.value, str) else ""


def _listed(note: Node, key: str) -> list[Node]:
    """The texts behind a key: one, or the members of a list."""
    node = note.value.get(key) if isinstance(note.value, dict) else None
    if node is None:
        return []
    return [one for one in (node.value if isinstance(node.value, list) else [node]) if one.is_text]
