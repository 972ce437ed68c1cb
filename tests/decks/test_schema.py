"""The JSON Schema that editors use says what the loader says."""

import json
import re
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizkit.decks.load import HEAD
from quizkit.decks.schema import LANGUAGE, NUMBER, schema
from quizkit.decks.starting import TEMPLATES, deck_text
from quizkit.kinds import KINDS, keys_of
from quizkit.kinds.fields import is_language
from tools.schema import PAGE, page

ROOT = Path(__file__).parents[2]
SHIPPED = {
    **{path.stem: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("decks/*.yaml"))},
    **{name: deck_text("new", "New", ["en", "ja"], name) for name in TEMPLATES},
}
NOTE = {"id": "capital", "kind": "typed", "ask": "What is the capital?", "answer": "Seoul"}


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is a text."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def faults(deck):
    """Where somebody else's validator objects to a deck."""
    return [error.json_path for error in Draft202012Validator(schema()).iter_errors(deck)]


def test_the_committed_schema_is_made_from_the_code():
    """docs/deck.schema.json is what `python -m tools.schema` would write."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_head_has_the_keys_that_the_loader_knows():
    """A key that the loader reads is never underlined as unknown by an editor."""
    assert schema()["properties"].keys() == HEAD.keys()


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_the_keys_that_the_loader_knows(name):
    """Every kind's own and common keys, and which of them must be there."""
    made = schema()["$defs"][f"note-{name}"]
    assert made["properties"].keys() == keys_of(name).keys()
    assert set(made["required"]) == {key.name for key in keys_of(name).values() if key.required}
    assert made["additionalProperties"] is False


def test_every_reference_inside_the_schema_leads_somewhere():
    """A dangling reference would make editors give up on the whole file."""
    named = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema())))
    assert named <= schema()["$defs"].keys()


@pytest.mark.parametrize("tag", ["en", "ja", "zh-Hant", "pt-BR", "english", "e", "en-", "en_US", "why"])
def test_languages_are_told_as_the_loader_tells_them(tag):
    """The pattern for languages agrees with the loader."""
    assert bool(re.search(LANGUAGE, tag)) == is_language(tag)


@pytest.mark.parametrize(
    ("text", "good"), [("90", True), ("-0.5", True), ("1e3", True), ("ninety", False), ("1,200", False), ("", False)]
)
def test_numbers_are_told_as_the_loader_tells_them(text, good):
    """The pattern for numbers takes digits, not words."""
    assert bool(re.search(NUMBER, text)) == good


def test_the_schema_is_one():
    """A validator of others takes it as JSON Schema 2020-12."""
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", SHIPPED)
def test_an_editor_underlines_nothing_in_decks_that_are_right(name):
    """What `quizkit deck check` passes, an editor with this schema passes."""
    assert faults(yaml.load(SHIPPED[name], EditorLoader)) == []


@pytest.mark.parametrize(
    "note",
    [
        {"kind": "typo"},
        {"anwser": "Seoul"},
        {"answer": None},
        {"ask": {"english": "What is the capital?"}},
        {"claim": {"by": "Kim", "type": "rumour"}},
        {"options": []},
    ],
    ids=lambda note: next(iter(note)),
)
def test_an_editor_underlines_a_mistake_where_it_is(note):
    """One note is wrong, and that one is named."""
    deck = {"deck": "one", "title": "One", "notes": [NOTE, NOTE | note]}
    assert faults({**deck, "notes": [NOTE, NOTE]}) == []
    found = faults(deck)
    assert found
    assert all(place.startswith("$.notes[1]") for place in found)
