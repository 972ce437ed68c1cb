"""The deck format as a JSON Schema (2020-12), for editors: made from the keys that the kinds declare.

A YAML editor reads `2023` as a number and `true` as a boolean where quizkit reads text; so a plain text is any scalar
here. What only quizkit can tell (an answer among the options, ids that exist) is `quizkit deck check`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quizkit.decks.load import HEAD, LEAST_RETENTION, MOST_RETENTION
from quizkit.decks.notes import ID
from quizkit.kinds import COMMON_KEYS, KINDS, Key, keys_of
from quizkit.kinds.choosing import OPTION_KEYS
from quizkit.kinds.keys import Form
from quizkit.model import ClaimType

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
NUMBER = r"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$"
ID_PATTERN = f"^{ID.pattern}"

_WORD: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_ITEM_KEYS = (*OPTION_KEYS, "when")

_DEFS: dict[str, dict[str, Any]] = {
    "word": {"description": "One plain text.", **_WORD},
    "words": {
        "description": "One plain text, or a list of them.",
        "anyOf": [_WORD, {"type": "array", "items": _WORD}],
    },
    "text": {
        "description": "A text, or a mapping from language to text.",
        "anyOf": [
            _WORD,
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": LANGUAGE},
                "additionalProperties": _WORD,
            },
        ],
    },
    "texts": {
        "description": "A text, or a list of texts.",
        "anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/text"}}],
    },
    "flag": {"description": "true or false.", "enum": [True, False, "yes", "no", "on", "off"]},
    "number": {"description": "A number.", "type": ["number", "string"], "pattern": NUMBER},
    "forms": {
        "description": "Forms of an answer: one, a list, or a mapping from language (or gap) to them.",
        "anyOf": [
            {"$ref": "#/$defs/words"},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/words"}},
        ],
    },
    "options": {
        "description": "A list of texts, or of mappings with `text` and more.",
        "type": "array",
        "minItems": 1,
        "items": {
            "anyOf": [
                {
                    "type": "object",
                    "required": ["text"],
                    "properties": {
                        **{key: {"$ref": "#/$defs/text"} for key in _ITEM_KEYS},
                        "also": {"$ref": "#/$defs/forms"},
                    },
                    "additionalProperties": False,
                },
                {"$ref": "#/$defs/text"},
            ]
        },
    },
    "pairs": {
        "description": "A list of mappings with `left` and `right`.",
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["left", "right"],
            "properties": {"left": {"$ref": "#/$defs/text"}, "right": {"$ref": "#/$defs/text"}},
            "additionalProperties": False,
        },
    },
    "claim": {
        "description": "`author`, a name, or a mapping with `by` and `type`.",
        "anyOf": [
            {
                "type": "object",
                "required": ["by"],
                "properties": {
                    "by": {"$ref": "#/$defs/text"},
                    "type": {"enum": [type_.value for type_ in ClaimType]},
                },
                "additionalProperties": False,
            },
            {"$ref": "#/$defs/text"},
        ],
    },
    "id": {"type": ["string", "number"], "pattern": ID_PATTERN},
}

_FORMS = {form: {"$ref": f"#/$defs/{form.value}"} for form in Form}

_HEAD_FORMS: dict[str, dict[str, Any]] = {
    "deck": {"$ref": "#/$defs/id"},
    "title": {"$ref": "#/$defs/text"},
    "about": {"$ref": "#/$defs/text"},
    "source": {"$ref": "#/$defs/word"},
    "languages": {"$ref": "#/$defs/words"},
    "retention": {"type": "number", "minimum": LEAST_RETENTION, "maximum": MOST_RETENTION},
    "notes": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/note"}},
}


def schema() -> dict[str, Any]:
    """The schema of a deck file."""
    return {
        "$schema": DIALECT,
        "title": "A quizkit deck",
        "type": "object",
        "required": ["deck", "title", "notes"],
        "properties": {key: {"description": HEAD[key], **form} for key, form in _HEAD_FORMS.items()},
        "additionalProperties": False,
        "$defs": {**_DEFS, "note": _note(), **{f"note-{name}": _note_of(name) for name in KINDS}},
    }


def _note() -> dict[str, Any]:
    """A note: its kind decides which keys it may have."""
    return {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {
            **_properties(key for key in COMMON_KEYS if key.name in ("id", "kind")),
            "kind": {"description": "The kind of note.", "enum": list(KINDS)},
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/note-{name}"},
            }
            for name in KINDS
        ],
    }


def _note_of(name: str) -> dict[str, Any]:
    keys = keys_of(name).values()
    return {
        "required": [key.name for key in keys if key.required],
        "properties": _properties(keys),
        "additionalProperties": False,
    }


def _properties(keys: Iterable[Key]) -> dict[str, Any]:
    return {
        key.name: {"description": key.doc, **(_DEFS["id"] if key.name == "id" else _FORMS[key.form])} for key in keys
    }
