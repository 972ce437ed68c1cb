"""The keys a note may have: what drives unknown-key checks, the JSON Schema and the docs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """What may stand behind a key."""

    WORD = "word"
    """One plain text."""
    WORDS = "words"
    """One plain text, or a list of them."""
    TEXT = "text"
    """One text, in one or more languages."""
    TEXTS = "texts"
    """One text, or a list of them."""
    FLAG = "flag"
    """true or false."""
    NUMBER = "number"
    """A number."""
    OPTIONS = "options"
    """A list of texts, or mappings with `text` and more."""
    PAIRS = "pairs"
    """A list of mappings with `left` and `right`."""
    FORMS = "forms"
    """Forms of an answer: a list, or a mapping from language (or gap) to one or more."""
    CLAIM = "claim"
    """A name, or a mapping with `by` and `type`."""


class Key(NamedTuple):
    """One key: what may stand behind it, whether it must be there, and what it is for."""

    name: str
    form: Form
    doc: str
    required: bool = False


COMMON_KEYS = (
    Key(
        "id",
        Form.WORD,
        "The note's id, unique in the deck. Its cards' memories hang on it: keep it when you reword.",
        True,
    ),
    Key("kind", Form.WORD, "The kind of note.", True),
    Key("explain", Form.TEXT, "Shown after the answer: one to three sentences that teach something beyond it."),
    Key("cite", Form.WORDS, "The passage of the source, or passages, that say so."),
    Key("claim", Form.CLAIM, "Whose statement it is, where it isn't plain fact."),
    Key("as_of", Form.WORD, "The date of the state of affairs the note speaks of."),
    Key("tags", Form.WORDS, "Words to choose cards by."),
    Key("after", Form.WORDS, "Ids of notes this one builds on: it is held back until they are learnt."),
    Key("confuses", Form.WORDS, "Ids of look-alikes: they are kept on different days."),
    Key("was", Form.WORDS, "Former ids of the note: its memories come along."),
    Key("media", Form.WORDS, "Pictures and sounds that are there with the question: files beside the deck."),
    Key("answer_media", Form.WORDS, "Pictures and sounds that are there only with the answer."),
    Key("origin", Form.WORD, "Where the note was imported from: importing again finds it by this."),
    Key("imported", Form.WORD, "Fingerprints of what the file said: only what changes there is changed here."),
    Key("accepts", Form.FORMS, "Responses that must be judged right."),
    Key("refuses", Form.FORMS, "Responses that must be judged wrong."),
)
