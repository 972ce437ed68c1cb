"""Whatever stands in a file and wherever the cursor is: every question has an answer, and edits fit."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from quizkit.lsp.desk import Desk
from quizkit.lsp.requests import Requests
from tests.helpers.decks import CUPS, TEA, write_workspace
from tests.helpers.slips import SNIPPETS

TEXTS = [TEA[: TEA.index("  - id: steps")], CUPS, CUPS.replace("\n", "\r\n"), "\ufeff" + CUPS, ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_workspace(tmp_path_factory.mktemp("anything"))


@settings(max_examples=60)
@given(
    st.sampled_from(TEXTS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from(SNIPPETS), st.integers(-3, 40)), max_size=4
    ),
    st.sampled_from(["decks/tea.yaml", "decks/other.yaml", "decks/sources/kettle.yaml", "alone.yaml"]),
)
def test_any_text_at_any_place(folder, text, edits, name):
    """Nothing raises, in decks, sources and files alone."""
    path: Path = folder / name
    desk = Desk()
    desk.put(path, text)
    requests = Requests(desk, {})
    file = lsp.TextDocumentIdentifier(path.as_uri())
    for at, removed, snippet, character in edits:
        start = round(at * len(text))
        text = text[:start] + snippet + text[start + removed :]
        desk.change(path, None, text)
        place = lsp.Position(text.count("\n", 0, start), max(character, 0))
        asked = lsp.TextDocumentPositionParams(file, place)
        requests.completion(asked)
        requests.hover(asked)
        requests.definition(asked)
        requests.references(lsp.ReferenceParams(lsp.ReferenceContext(True), file, place))
        requests.renamable(asked)
        requests.symbols(file.uri)
        found = requests.actions(file.uri, lsp.Range(place, place), None)
        for action in found:
            assert action.edit is not None
            for changes in (action.edit.changes or {}).values():
                places = [(edit.range.start.line, edit.range.start.character) for edit in changes]
                assert places == sorted(places)
