"""A note out of what an author enters: the kinds' own keys say what is wanted, and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizkit.decks.edit import suggest
from quizkit.decks.notes import read_note
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.kinds import KINDS, Fields, Key, keys_of
from quizkit.kinds.keys import Form
from quizkit.model import Note
from quizkit.source import from_plain

MANY = frozenset({Form.WORDS, Form.TEXTS, Form.OPTIONS, Form.PAIRS, Form.FORMS})
"""What may have several members."""
SEPARATOR = "|"


def entered(kind: str, settings: Sequence[str]) -> dict[str, Any]:
    """A note's plain data from settings such as `ask=Where?`, `ask.ja=どこ`, `options=A | B` and `pairs=a = 1 | b = 2`.

    Raises QuizkitError for a kind or key that doesn't exist.
    """
    if kind not in KINDS:
        raise QuizkitError(f"There is no kind {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    known = keys_of(kind)
    note: dict[str, Any] = {"kind": kind}
    for setting in settings:
        name, equals, value = setting.partition("=")
        key, _dot, lang = name.strip().partition(".")
        if not equals or key not in known:
            raise QuizkitError(
                f"{setting!r} sets no key of a {kind} note.", f"Write key=value; keys: {', '.join(known)}."
            )
        found = value_of(known[key], value.strip())
        note[key] = _with_language(note.get(key), lang, found) if lang else found
    return arranged(note)


def _with_language(before: Any, lang: str, value: Any) -> Any:
    """A value with one more language; of a list, member by member."""
    if isinstance(value, list):
        old = before if isinstance(before, list) else []
        return [_with_language(old[index] if index < len(old) else None, lang, one) for index, one in enumerate(value)]
    return {**before, lang: value} if isinstance(before, dict) else {lang: value}


def value_of(key: Key, text: str) -> Any:
    """What was entered for a key, as its form wants it: members are parted by `|`, the sides of a pair by `=`."""
    if key.form not in MANY or (key.form in (Form.TEXTS, Form.WORDS) and SEPARATOR not in text):
        return text
    members = [part.strip() for part in text.split(SEPARATOR) if part.strip()]
    if key.form is Form.PAIRS:
        sides = [member.partition("=") for member in members]
        return [{"left": left.strip(), "right": right.strip()} for left, _equals, right in sides]
    return members


def arranged(note: Mapping[str, Any]) -> dict[str, Any]:
    """A note in the order authors write it, its answer among its options."""
    kind = note["kind"]
    order = [key.name for key in keys_of(kind).values()]
    own = [name for name in order if name in note and name not in ("id", "kind")]
    # What a kind asks for comes before what all kinds share.
    shared = [key for key in ("explain", "cite", "claim", "as_of", "tags", "after", "confuses") if key in own]
    made = {name: note[name] for name in ("id", "kind", *(n for n in own if n not in shared), *shared) if name in note}
    options, answer = made.get("options"), made.get("answer")
    if isinstance(options, list) and answer is not None:
        right = answer if isinstance(answer, list) else [answer]
        texts = [option["text"] if isinstance(option, dict) and "text" in option else option for option in options]
        made["options"] = [*(one for one in right if one not in texts), *options]
    return made


def named(note: Mapping[str, Any], taken: Sequence[str]) -> dict[str, Any]:
    """A note with an id: its own, or one made of its words, different from those taken."""
    if note.get("id"):
        return dict(note)
    base = suggest(from_plain(dict(note))) or f"note-{len(taken) + 1}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return {"id": name, **{key: value for key, value in note.items() if key != "id"}}


def tried(note: Mapping[str, Any], deck: str, languages: Sequence[str] = ()) -> tuple[Note | None, list[Diagnostic]]:
    """A note made of its plain data, and what is wrong with it."""
    diagnostics: list[Diagnostic] = []
    made = read_note(Fields(from_plain(dict(note)), deck, diagnostics, languages, deck))
    return made, diagnostics
