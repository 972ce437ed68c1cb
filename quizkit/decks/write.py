"""Writing decks: plain data (texts, lists, mappings) as the YAML an author would have written."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.source import Node, parse_yaml, to_plain

FLOW_WIDTH = 100
"""Columns that a list may take in one line."""

_SIMPLE = re.compile(r"[^\W_](?:[\w ./()+-]*[\w./()+-])?")
_SENTENCE = re.compile(
    r"[^\W_](?:[\w ./()+,;'?!、。？！-]*+:(?=\w))*+(?:[\w ./()+,;'?!、。？！-]*[\w./()+,;'?!、。？！-])?"
)
"""What needs no second look, in a list and elsewhere: it is most of what is written."""
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_PLAIN = re.compile(r"(?![-?:](?:\s|$))[^\s,\[\]{}#&*!|>'\"%@`~?:\-=<][^\r\n\t]*|-\d[\d.]*")
_UNSAFE = re.compile(r": |:$| #|：|\s$")
_FLOW_UNSAFE = re.compile(r"[,\[\]{}?:#\"']")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def render_deck(head: Mapping[str, Any], notes: Sequence[Mapping[str, Any]], *, schema: str = "") -> str:
    """A whole deck file. `schema` is the address of the JSON Schema that editors are told of."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += _mapping({key: value for key, value in head.items() if key != "notes"}, 0)
    lines.append("notes:" if notes else "notes: []")
    return "\n".join(lines) + "\n" + "\n".join(render_note(note) for note in notes)


def render_note(note: Mapping[str, Any], indent: int = 2, gap: int = 2) -> str:
    """One member of `notes:`, its hyphen `indent` columns from the margin and `gap` before its keys."""
    lines = _mapping(note, indent + gap)
    lines[0] = f"{' ' * indent}-{' ' * (gap - 1)}{lines[0].lstrip()}"
    return "\n".join(lines) + "\n"


def scalar(text: str, indent: int = 0, *, flow: bool = False) -> str:
    """A text as YAML that reads as that very text: plain where that is safe, else quoted.

    Several lines become a literal block, `indent` columns deep.
    """
    if (_SIMPLE if flow else _SENTENCE).fullmatch(text):
        return text
    if not text:
        return "''"
    if _UNPRINTABLE.search(text) or (flow and "\n" in text):
        return _quoted(text)
    if "\n" in text:
        first = text.lstrip("\n")
        if text != text.strip() or "\t" in first[:1] or any(line.strip() == "" and line for line in text.split("\n")):
            return _quoted(text)
        return "|-\n" + "\n".join(f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
    if _PLAIN.fullmatch(text) and not _UNSAFE.search(text) and not (flow and _FLOW_UNSAFE.search(text)):
        return text
    return "'" + text.replace("'", "''") + "'"


def _quoted(text: str) -> str:
    return '"' + re.sub(r'[\\"\n\t\r]|' + _UNPRINTABLE.pattern, lambda found: _escaped(found[0]), text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=256)
def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else scalar(key, flow=True)


def _mapping(data: Mapping[str, Any], indent: int) -> list[str]:
    margin = " " * indent
    lines = []
    for key, value in data.items():
        if not isinstance(value, str):
            lines += _entry(f"{margin}{_key(key)}:", value, indent)
        elif "\n" in (text := scalar(value, indent + 2)):
            lines += f"{margin}{_key(key)}: {text}".split("\n")
        else:
            lines.append(f"{margin}{_key(key)}: {text}")
    return lines or [f"{margin}{{}}"]


def _entry(lead: str, value: Mapping[str, Any] | Sequence[Any], indent: int) -> list[str]:
    if isinstance(value, Mapping):
        return [lead, *_mapping(value, indent + 2)] if value else [f"{lead} {{}}"]
    if all(isinstance(item, str) and "\n" not in item for item in value):
        in_one_line = f"{lead} [{', '.join([scalar(item, flow=True) for item in value])}]"
        if len(in_one_line) <= FLOW_WIDTH:
            return [in_one_line]
    return [lead, *_items(value, indent + 2)]


def _items(values: Sequence[Any], indent: int) -> list[str]:
    lines = []
    for value in values:
        if isinstance(value, str):
            lines += f"{' ' * indent}- {scalar(value, indent + 2)}".split("\n")
            continue
        inner = _mapping(value, indent + 2) if isinstance(value, Mapping) else _items(value, indent + 2)
        inner = inner or [f"{' ' * indent}  []"]
        lines += [f"{' ' * indent}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def appended(data: bytes, notes: Sequence[Mapping[str, Any]], file: str) -> bytes:
    """A deck's bytes with notes behind its last one, in the file's own indentation and line ends.

    Every byte that was there stays. Raises QuizkitError when the notes can't be put in without changing what the file
    says, as in a deck whose notes are written in flow style.
    """
    if not notes:
        return data
    whole = data.decode("utf-8")
    text = whole.removeprefix("\ufeff")
    bom = whole[: len(whole) - len(text)]
    end = "\r\n" if "\r\n" in text else "\n"
    root = _read(text, file)
    if root is None or not isinstance(root.value, dict):
        raise _impossible(file)
    if not _notes(root):
        text = _opened(text, root)
    offset, indent, gap, apart = _place(text, root)
    blank = end if apart else ""
    rendered = blank.join(render_note(note, indent, gap).replace("\n", end) for note in notes)
    before, behind = text[:offset], text[offset:]
    lead = "" if not before or before.endswith(("\n", "\r")) else end
    if not _notes(root):
        lead += f"notes:{end}" if "notes" not in root.value else ""
    elif apart and not before.endswith(end * 2):
        lead += end
    result = f"{before}{lead}{rendered}{behind}"
    wanted = {**to_plain(root), "notes": [*map(to_plain, _notes(root)), *(dict(note) for note in notes)]}
    after = _read(result, file)
    if after is None or to_plain(after) != wanted:
        raise _impossible(file)
    return (bom + result).encode("utf-8")


def changed(data: bytes, changes: Mapping[str, Mapping[str, Any]], file: str) -> bytes:
    """A deck's bytes with other values under some keys of some notes (by id); '' takes a key away.

    Only the lines of those keys change. Raises QuizkitError when that can't be done without changing the rest.
    """
    whole = data.decode("utf-8")
    text = whole.removeprefix("\ufeff")
    end = "\r\n" if "\r\n" in text else "\n"
    root = _read(text, file)
    if root is None:
        raise _impossible(file)
    lines = text.splitlines(keepends=True)
    wanted = to_plain(root)
    notes = _notes(root)
    for index in range(len(notes) - 1, -1, -1):
        note, plain = notes[index], wanted["notes"][index]
        values = changes.get(plain.get("id", ""), {}) if isinstance(plain, dict) else {}
        if not values:
            continue
        stop = notes[index + 1].line - 1 if index + 1 < len(notes) else _end_of_notes(root, lines)
        _change_note(lines, note, values, stop, end)
        plain.update(values)
        for key in [key for key, value in plain.items() if value == ""]:
            del plain[key]
    result = "".join(lines)
    after = _read(result, file)
    if after is None or to_plain(after) != wanted:
        raise _impossible(file)
    return (whole[: len(whole) - len(text)] + result).encode("utf-8")


def _read(text: str, file: str) -> Node | None:
    """The tree of a file, as it is with its last line ended: a block of text says more or less by that."""
    return parse_yaml(text if text.endswith(("\n", "\r")) else f"{text}\n", file).node


def _change_note(lines: list[str], note: Node, values: Mapping[str, Any], stop: int, end: str) -> None:
    """Replace the lines of a note's keys; a new key goes behind the last. `stop` is the line that ends the note."""
    column = note.column - 1
    at = sorted((line, key) for key, (line, _column) in note.key_at.items())
    ends = {key: (at[i + 1][0] - 1 if i + 1 < len(at) else stop) for i, (_line, key) in enumerate(at)}
    first = {key: line - 1 for line, key in at}
    last_key = at[-1][1]
    for key in sorted(values, key=lambda key: -first.get(key, stop)):
        rendered = [] if values[key] == "" else _mapping({key: values[key]}, column)
        if key not in first:
            begin = finish = _trimmed(lines, first[last_key], ends[last_key])
        else:
            begin, finish = first[key], _trimmed(lines, first[key], ends[key])
        fresh = [f"{line}{end}" for text in rendered for line in text.split("\n")]
        if fresh and begin == note.line - 1:
            fresh[0] = lines[begin][:column] + fresh[0][column:]
        if begin == finish and begin and not lines[begin - 1].endswith(("\n", "\r")):
            lines[begin - 1] += end
        lines[begin:finish] = fresh


def _trimmed(lines: Sequence[str], begin: int, stop: int) -> int:
    """The end of a key's lines, without the empty lines and comments behind them."""
    while stop > begin + 1 and (not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#")):
        stop -= 1
    return stop


def _end_of_notes(root: Node, lines: Sequence[str]) -> int:
    last = _notes(root)[-1]
    later = [line for key, (line, _column) in root.key_at.items() if key != "notes" and line > last.line]
    return min(later) - 1 if later else len(lines)


def _notes(root: Node) -> list[Node]:
    notes = root.value.get("notes") if isinstance(root.value, dict) else None
    return notes.value if notes is not None and isinstance(notes.value, list) else []


def _opened(text: str, root: Node) -> str:
    """The text with an empty list of notes taken away, so that notes can stand below the key."""
    at = root.key_at.get("notes")
    if at is None:
        return text
    lines = text.splitlines(keepends=True)
    lines[at[0] - 1] = re.sub(r"^(notes *:)[ \t]*\[[ \t]*\]", r"\1", lines[at[0] - 1])
    return "".join(lines)


def _place(text: str, root: Node) -> tuple[int, int, int, bool]:
    """Where notes go: the offset, the columns before and behind the hyphen, and whether blank lines part the notes."""
    assert isinstance(root.value, dict)
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    notes = _notes(root)
    if not notes:
        at = root.key_at.get("notes")
        return (starts[at[0]] if at else len(text)), 2, 2, False
    last = notes[-1]
    stop = _end_of_notes(root, lines)
    while stop < len(lines) and stop > last.line and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    hyphen = lines[last.line - 1].rfind("-", 0, last.column - 1)
    apart = len(notes) > 1 and not lines[last.line - 2].strip()
    return starts[stop], max(hyphen, 0), last.column - 1 - max(hyphen, 0), apart


def _impossible(file: str) -> QuizkitError:
    return QuizkitError(
        f"{file}: notes can't be added without changing the rest.",
        "Write its notes in block style, each beginning with a hyphen, and mend what `quizkit deck check` says.",
    )


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in a file's place in one step: whoever reads it sees the old or the new. Folders are made.

    Raises QuizkitError when it can't be written.
    """
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        if target.exists():
            fresh.chmod(target.stat().st_mode)
        fresh.replace(target)
    except FileExistsError:
        raise QuizkitError(
            _("{file} can't be written: {folder} is a file.", file=path, folder=path.parent),
            _("Move that file elsewhere."),
        ) from None
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise QuizkitError(
            _("{file} can't be written: {reason}", file=path, reason=problem.strerror or problem)
        ) from None
