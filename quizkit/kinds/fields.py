"""Reading a note's fields: each reader takes what the author wrote, or reports what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from quizkit.diagnostics import Diagnostic, Rule, Span, error, warning
from quizkit.model import NO_LANGUAGE, LocalText
from quizkit.source.node import Node
from quizkit.source.rules import WIDE_COLON

if TYPE_CHECKING:
    from decimal import Decimal

MISSING_KEY = error(
    "missing-key",
    "A key is missing",
    "Every kind of note has keys it can't do without; docs/deck-format.md lists them.",
)
UNKNOWN_KEY = error(
    "unknown-key",
    "There is no such key",
    "A key that the kind of note doesn't know is a slip of the keyboard, or belongs to another kind. What is written "
    "under it would never be shown.",
)
EMPTY_TEXT = error(
    "empty-text", "A text is empty", "A key is there but nothing stands behind it. Write the text, or take the key out."
)
WRONG_TYPE = error(
    "wrong-type", "Something else is wanted here", "A list stands where a text is wanted, or the other way round."
)
UNKNOWN_LANGUAGE = error(
    "unknown-language",
    "This is no language tag",
    "A mapping under a text maps languages to texts: en, ja, ko or any BCP 47 tag, such as zh-Hant.",
)
MISSING_LANGUAGE = warning(
    "missing-language",
    "A language is missing",
    "The deck says in which languages its texts are written. Learners of the missing one would see another.",
)
NOT_BOOLEAN = error("not-boolean", "Neither true nor false", "Write `true` or `false`.")
HIDDEN = warning(
    "hidden-character",
    "A text holds a character nobody can see",
    "Escapes of a terminal, marks that turn the direction of writing, and spaces without width are never shown; they "
    "make what is typed differ from what is wanted. They often come along when text is copied from a page.",
)
SPACES = warning(
    "spaces-around",
    "Spaces stand around a text",
    "Spaces between the quotes and the text are never shown and never judged. They hint at a slip.",
)
NOT_A_NUMBER = error("not-a-number", "This is no number", "Write digits, with a point for decimals: 90, 0.5, 1200.")

MOST_DIGITS = 24
"""Digits that a number may have before or behind its point: nobody types more."""

LONGEST_MESSAGE = 300
"""Characters: a message may quote a text, and a text may be a book."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
COUNTRIES = {"jp": "ja", "kr": "ko", "cn": "zh"}
"""Tags of countries, and of the languages that are meant by them."""
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WIDE_KEY = re.compile(r"(text|left|right|when|why|also|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)：")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def is_language(tag: str) -> bool:
    """Whether this looks like a BCP 47 tag (RFC 5646): a language of two or three letters, and parts behind it.

    The language is in lower case, as everybody writes it: `EU: …` is a text with a colon. A country is none.
    """
    return _TAG.fullmatch(tag) is not None and tag not in COUNTRIES


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that another one is a slip for, capital letters counting for nothing; '' when it is like none."""
    from difflib import get_close_matches

    plain = word.lower()
    near = get_close_matches(plain, known, 3, likeness)
    # Two letters that have changed places are the likeliest slip.
    return next((one for one in near if sorted(one) == sorted(plain)), near[0] if near else "")


class Fields:
    """A mapping of a deck file, read key by key. What isn't asked for before `finish` is reported as unknown."""

    def __init__(
        self, node: Node, file: str, diagnostics: list[Diagnostic], languages: Sequence[str] = (), deck: str = ""
    ) -> None:
        self.node = node
        self.file = file
        self.diagnostics = diagnostics
        self.languages = tuple(languages)
        self.deck = deck
        self._map: dict[str, Node] = node.value if isinstance(node.value, dict) else {}

    def __contains__(self, key: str) -> bool:
        return key in self._map

    def get(self, key: str) -> Node | None:
        """What stands behind a key, unread."""
        return self._map.get(key)

    # Reporting

    def report(self, rule: Rule, at: Node | str | None, message: str, fix: str = "") -> None:
        """Report something about a node, a key, or (None) the whole mapping."""
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[: LONGEST_MESSAGE - 1]}…"
        self.diagnostics.append(Diagnostic(rule, self._span(at), message, fix))

    def _span(self, at: Node | str | None) -> Span:
        if isinstance(at, Node):
            return at.span(self.file)
        if at is not None and at in self.node.key_at:
            line, column = self.node.key_at[at]
            return Span(self.file, line, column, line, column + len(at))
        return Span(self.file, self.node.line, self.node.column)

    def missing(self, key: str, why: str = "") -> None:
        """Report that a key isn't there. Of one that is there but couldn't be read, that has been said."""
        if key in self.node.key_at:
            return
        self.report(MISSING_KEY, None, f"`{key}` is missing{': ' + why if why else ''}.", f"Add `{key}: …`.")

    def slipped(self, text: object, line: int, column: int) -> bool:
        """Whether a text that begins at a place is one only by a slip beside its hyphen or colon, which is reported."""
        from quizkit.source.complaints import slip_in

        slip = slip_in(text) if isinstance(text, str) else None
        if slip is not None:
            span = Span(self.file, line, column + slip.column - 1)
            self.diagnostics.append(Diagnostic(slip.rule, span, slip.message, slip.fix))
        return slip is not None

    def require(self, key: str, why: str = "") -> None:
        """Report a key that isn't there, or an empty list."""
        node = self._map.get(key)
        if node is None:
            self.missing(key, why)
        elif node.value == []:
            self.report(EMPTY_TEXT, node, f"`{key}` is an empty list.")

    def unknown(self, known: Collection[str], *, only_slips: bool = False) -> None:
        """Report the keys that aren't known, each with the nearest that is; `only_slips` those that have one."""
        for key in self._map:
            if key not in known:
                if key.partition(":")[0] in known and self.slipped(key, *self.node.key_at[key]):
                    continue
                near = nearest(key, known)
                if only_slips and not near:
                    continue
                fix = f"Did you mean `{near}`?" if near else f"Known here: {', '.join(known)}."
                self.report(UNKNOWN_KEY, key, f"There is no key `{key}`.", fix)

    # Reading

    def word(self, key: str, *, required: bool = False) -> str:
        """One plain text; '' when it isn't there."""
        node = self._map.get(key)
        if node is None:
            if required:
                self.missing(key)
            return ""
        return self.plain(node, key)

    def plain(self, node: Node, what: str) -> str:
        """A node's text; reports one that is empty or no text."""
        if not isinstance(node.value, str):
            self.report(WRONG_TYPE, node, f"`{what}` wants one text here.")
            return ""
        text = node.value.strip()
        if not text:
            self.report(EMPTY_TEXT, node, f"`{what}` is empty.")
        elif not text.isprintable():
            self._look_closer(text, node, what)
        if node.quoted and text and len(node.value.strip("\n")) > len(text):
            self._report_spaces(node, what)
        return text

    def _report_spaces(self, node: Node, what: str) -> None:
        """Report spaces in quotes; a block of lines has none of its own to mend."""
        if node.line == node.end_line:
            self.report(SPACES, node, f"Spaces stand around `{what}`, between the quotes.", "Take them out.")

    def _look_closer(self, text: str, node: Node, what: str) -> None:
        """Report the first character of a text that can't be seen."""
        if found := _HIDDEN.search(text):
            message = f"U+{ord(found[0]):04X} stands in `{what}`, a character nobody can see."
            self.report(HIDDEN, node, message, "Delete it.")

    def words(self, key: str) -> tuple[str, ...]:
        """One plain text, or a list of them."""
        return tuple(text for node in self.nodes(key) if (text := self.plain(node, key)))

    def nodes(self, key: str) -> list[Node]:
        """The members of a list; a single thing counts as a list of one."""
        node = self._map.get(key)
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        return [node]

    def items(self, key: str, *, required: bool = False) -> list[Node]:
        """The members of a list; reports what is no list."""
        node = self._map.get(key)
        if node is None:
            if required:
                self.missing(key)
            return []
        if not isinstance(node.value, list):
            if node.quoted or not self.slipped(node.value, node.line, node.column):
                self.report(WRONG_TYPE, node, f"`{key}` wants a list.", "Begin each member with a hyphen: `- …`")
            return []
        if not node.value:
            self.report(EMPTY_TEXT, node, f"`{key}` is an empty list.")
        return node.value

    def text(self, key: str, *, required: bool = False) -> LocalText | None:
        """One text in one or more languages; None when it isn't there or can't be used."""
        node = self._map.get(key)
        if node is None:
            if required:
                self.missing(key)
            return None
        return self.local(node, key)

    def texts(self, key: str, *, required: bool = False) -> tuple[LocalText, ...]:
        """One text, or a list of them."""
        if required:
            self.require(key)
        return tuple(text for node in self.nodes(key) if (text := self.local(node, key)))

    def local(self, node: Node, what: str) -> LocalText | None:
        """A node as text in one or more languages."""
        value = node.value
        if isinstance(value, str):
            text = self.plain(node, what)
            if not text:
                return None
            if "：" in text and not node.quoted and (wide := _WIDE_KEY.match(text)):
                message = f"A full-width colon makes `{wide[0]}` a part of the text."
                fix = "Type a plain colon and a space; if you mean the text, put it in quotes."
                self.report(WIDE_COLON, node, message, fix)
            return LocalText({NO_LANGUAGE: text})
        if not isinstance(value, dict):
            self.report(WRONG_TYPE, node, f"`{what}` wants a text, or a mapping from language to text.")
            return None
        forms: dict[str, str] = {}
        for tag, form in value.items():
            if not is_language(tag):
                at = node.key_at.get(tag, (node.line, node.column))
                span = Span(self.file, at[0], at[1], at[0], at[1] + len(tag))
                message = f"`{tag[:40]}` is no language tag."
                fix = "Write en, ja, ko or another BCP 47 tag; a text with `key: value` in it belongs in quotes."
                if tag.lower() in COUNTRIES:
                    fix = f"Did you mean `{COUNTRIES[tag.lower()]}`?"
                self.diagnostics.append(Diagnostic(UNKNOWN_LANGUAGE, span, message, fix))
                continue
            if text := self.plain(form, f"{what}.{tag}"):
                forms[tag] = text
        if not forms:
            if not value:
                self.report(EMPTY_TEXT, node, f"`{what}` is empty.")
            return None
        for lang in self.languages:
            if lang not in forms:
                self.report(MISSING_LANGUAGE, node, f"`{what}` has no {lang}.", f"Add a line `{lang}: …`")
        return LocalText(forms)

    def flag(self, key: str, *, required: bool = False) -> bool | None:
        """true or false; None when it isn't there or is neither."""
        node = self._map.get(key)
        if node is None:
            if required:
                self.missing(key)
            return None
        text = self.plain(node, key)
        if text and text.lower() not in _FLAGS:
            self.report(
                NOT_BOOLEAN, node, f"`{key}` is `{text}`, which is neither true nor false.", "Write true or false."
            )
        return _FLAGS.get(text.lower())

    def number(self, key: str, *, required: bool = False) -> Decimal | None:
        """A number; None when it isn't there or is none."""
        node = self._map.get(key)
        if node is None:
            if required:
                self.missing(key)
            return None
        text = self.plain(node, key)
        return self.decimal(text, node, key) if text else None

    def decimal(self, text: str, node: Node, what: str) -> Decimal | None:
        """A text as a number."""
        from decimal import Decimal, InvalidOperation

        try:
            found = Decimal(text.replace("_", "x"))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            self.report(
                NOT_A_NUMBER, node, f"`{what}` is `{text}`, which is no number.", "Write digits: 90, 0.5, 1200."
            )
            return None
        if len(found.as_tuple().digits) > MOST_DIGITS or abs(found.adjusted()) > MOST_DIGITS:
            message = f"`{what}` has more than {MOST_DIGITS} digits."
            self.report(NOT_A_NUMBER, node, message, "Choose a larger unit, such as million.")
            return None
        return found

    def forms(self, key: str) -> Iterator[tuple[str, str, Node]]:
        """Forms of an answer, each with the language or gap it was listed under ('' for none)."""
        node = self._map.get(key)
        if node is None:
            return
        groups = node.value.items() if isinstance(node.value, dict) else [("", node)]
        for group, listed in groups:
            for form in listed.value if isinstance(listed.value, list) else [listed]:
                if text := self.plain(form, key):
                    yield group, text, form

    def inner(self, node: Node, known: Sequence[str]) -> Fields:
        """A mapping inside this one, its unknown keys reported."""
        fields = Fields(node, self.file, self.diagnostics, self.languages, self.deck)
        fields.unknown(known)
        return fields
