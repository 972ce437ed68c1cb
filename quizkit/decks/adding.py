"""A note out of what an author enters: the kinds' own keys say what is wanted, and in which form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quizkit.decks.edit import PROMPT_KEYS, free_name, suggest
from quizkit.decks.library import Library, load_all
from quizkit.decks.lint import lint
from quizkit.decks.load import Loaded, load_deck, load_text
from quizkit.decks.notes import id_of
from quizkit.decks.scan import Found
from quizkit.decks.write import appended
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.kinds import KINDS, Key, keys_of
from quizkit.kinds import kind as module
from quizkit.kinds.keys import Form
from quizkit.source import Node, decode

MANY = frozenset({Form.WORDS, Form.TEXTS, Form.OPTIONS, Form.PAIRS, Form.FORMS})
"""What may have several members."""
SEPARATOR = "|"
ALIKE = 0.8
"""How much of an answer and an option must be the same for the one to be a slip of the other."""
_BAR = re.compile(r"(?<!\\)\|")


def entered(
    kind: str, settings: Sequence[str], languages: Sequence[str] = (), ask: str = "", answer: str = ""
) -> dict[str, Any]:
    """A note's plain data from settings such as `ask=Where?`, `ask.ja=どこ`, `options=A | B` and `pairs=a = 1 | b = 2`.

    `ask` and `answer` go to what the kind calls them: `front` and `back`, `text`, `items` and so on. Beside a key in
    another language, one without is in the first of the deck's `languages`. Raises QuizkitError for a kind or key that
    doesn't exist, and for what is given twice.
    """
    if kind not in KINDS:
        what = f"There is no kind {kind!r}." if kind else "Which kind of note is it?"
        raise QuizkitError(what, f"{'' if kind else 'Say --kind typed, or another. '}Kinds: {', '.join(KINDS)}.")
    known = keys_of(kind)
    settings = [*_spoken(kind, ask, answer), *settings]
    given: dict[str, dict[str, Any]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        key, _dot, lang = name.strip().partition(".")
        if not equals or key not in known:
            raise QuizkitError(
                f"{setting!r} sets no key of a {kind} note.", f"Write key=value; keys: {', '.join(known)}."
            )
        if lang in given.setdefault(key, {}):
            several = f"Several stand in one setting: {name.strip()}=a | b." if known[key].form in MANY else "Keep one."
            raise QuizkitError(f"`{name.strip()}` is given twice.", several)
        given[key][lang] = value_of(known[key], value.strip())
    note = {"kind": kind, **{key: _in_languages(key, values, languages) for key, values in given.items()}}
    _look_alike(note)
    return arranged(note)


def _spoken(kind: str, ask: str, answer: str) -> list[str]:
    """The settings that a question and an answer are for a kind ('' for none)."""
    own = [key.name for key in module(kind).KEYS if key.required]
    asks = next(name for name in PROMPT_KEYS if name in own)
    answers = next((name for name in ("answer", *own) if name in own and name != asks), "")
    if answer and not answers:
        raise QuizkitError(
            f"A {kind} note has no key for --answer.",
            f"Its answers stand in `{asks}`; keys: {', '.join(keys_of(kind))}.",
        )
    return [f"{name}={value}" for name, value in ((asks, ask), (answers, answer)) if value]


def lacking(note: Mapping[str, Any]) -> list[str]:
    """The keys that a note of its kind can't do without and that it has not; an id is made for it."""
    return [key.name for key in keys_of(note["kind"]).values() if key.required and key.name not in ("id", *note)]


def _in_languages(key: str, values: Mapping[str, Any], languages: Sequence[str]) -> Any:
    """A key's value from what was given for it by language ('' for none)."""
    if set(values) == {""}:
        return values[""]
    first = languages[0] if languages else ""
    if "" in values and (not first or first in values):
        others = ", ".join(f"{key}.{lang}" for lang in values if lang)
        raise QuizkitError(
            f"`{key}` is given without a language beside {others}.", f"Say which it is in: {key}.{first or 'en'}=…"
        )
    made: Any = None
    for lang, value in sorted(values.items(), key=lambda entry: entry[0] != ""):
        made = _with_language(made, lang or first, value)
    return made


def _with_language(before: Any, lang: str, value: Any) -> Any:
    """A value with one more language; of a list, member by member."""
    if isinstance(value, list):
        old = before if isinstance(before, list) else []
        return [_with_language(old[index] if index < len(old) else None, lang, one) for index, one in enumerate(value)]
    return {**before, lang: value} if isinstance(before, dict) else {lang: value}


def _look_alike(note: Mapping[str, Any]) -> None:
    """An answer that is none of the options, and nearly one of them: a slip. Raises QuizkitError."""
    from difflib import get_close_matches

    answer, options = note.get("answer"), note.get("options")
    if not (isinstance(answer, str) and isinstance(options, list)) or answer in options:
        return
    if close := get_close_matches(answer, [one for one in options if isinstance(one, str)], 1, ALIKE):
        raise QuizkitError(
            f"The answer {answer!r} is none of the options; {close[0]!r} is.",
            f"Write answer={close[0]}, or put {answer} among the options as well.",
        )


def value_of(key: Key, text: str) -> Any:
    """What was entered for a key, as its form wants it: members are parted by `|`, the sides of a pair by `=`.

    A bar that belongs to a text has a backslash before it.
    """
    if key.form not in MANY:
        return text
    members = [part.strip().replace(f"\\{SEPARATOR}", SEPARATOR) for part in _BAR.split(text)]
    if key.form in (Form.TEXTS, Form.WORDS) and len(members) == 1:
        return members[0]
    members = [member for member in members if member]
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
    kinds = {key.name for key in module(kind).KEYS}
    behind = ("explain", "cite", "claim", "as_of", "tags", "after", "confuses")
    shared = [key for key in behind if key in own and key not in kinds]
    made = {name: note[name] for name in ("id", "kind", *(n for n in own if n not in shared), *shared) if name in note}
    options, answer = made.get("options"), made.get("answer")
    if isinstance(options, list) and answer is not None:
        right = answer if isinstance(answer, list) else [answer]
        texts = [option["text"] if isinstance(option, dict) and "text" in option else option for option in options]
        # An answer in one language is the option that says so in it.
        texts += [form for text in texts if isinstance(text, dict) for form in text.values()]
        made["options"] = [*(one for one in right if one not in texts), *options]
    return made


def members_in(root: Node | None) -> list[Node]:
    """What stands under a deck's `notes`, also what can't be used."""
    notes = root.value.get("notes") if root is not None and isinstance(root.value, dict) else None
    return notes.value if notes is not None and isinstance(notes.value, list) else []


def ids_in(root: Node | None) -> list[str]:
    """The ids in a deck's tree, also of notes that can't be used."""
    found = [id_of(member) for member in members_in(root)]
    return [node.value for node in found if node is not None and isinstance(node.value, str)]


def named(note: Mapping[str, Any], taken: Sequence[str]) -> dict[str, Any]:
    """A note with an id: its own, or one made of its words, different from those taken."""
    if note.get("id"):
        return dict(note)
    name = free_name(suggest(note) or f"note-{len(taken) + 1}", taken)
    return {"id": name, **{key: value for key, value in note.items() if key != "id"}}


class Draft(NamedTuple):
    """A deck as it would be with one more note, and what would be wrong then that isn't now."""

    loaded: Loaded
    problems: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Whether the note can be kept: nothing but warnings."""
        return not any(problem.is_error for problem in self.problems)


class Drafts:
    """A deck file that notes are to be added to, with the decks around it, which are read once."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path.resolve()
        self._folder = folder
        self._around: dict[Path, Loaded] = {}
        self._known = Library().known
        self._before: tuple[bytes, frozenset[Diagnostic]] | None = None

    def draft(self, note: Mapping[str, Any]) -> Draft:
        """The deck with this note behind its last one; the file stays as it is. Raises QuizkitError as `appended`."""
        data = self._path.read_bytes()
        if self._before is None or self._before[0] != data:
            self._before = (data, frozenset(self._checked(data)[1]))
        loaded, found = self._checked(appended(data, [note], self._path.name))
        return Draft(loaded, tuple(problem for problem in found if problem not in self._before[1]))

    def _checked(self, data: bytes) -> tuple[Loaded, list[Diagnostic]]:
        """The deck that these bytes make, and all that is wrong in its folder with it in the file's place."""
        own = Loaded()

        def read(file: Found) -> Loaded:
            nonlocal own
            if file.path.resolve() == self._path:
                text, problems = decode(data, file.name)
                own = load_text(text, file.name) if text is not None else Loaded()
                own.diagnostics[:0] = problems
                return own
            if file.path not in self._around:
                self._around[file.path] = load_deck(file.path, file.name)
            return self._around[file.path]

        library = load_all(self._folder, deck=read)
        library.known = self._known
        return own, lint(library)
