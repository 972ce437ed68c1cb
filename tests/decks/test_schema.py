"""The JSON Schema that editors use says what the loader says."""

import json
import re

import pytest

from quizkit.decks.load import HEAD
from quizkit.decks.schema import LANGUAGE, NUMBER, schema
from quizkit.kinds import KINDS, keys_of
from quizkit.kinds.fields import is_language
from tools.schema import PAGE, page


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
