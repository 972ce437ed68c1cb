"""Whatever an author writes, reading it ends in decks and diagnostics, never in a traceback."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.library import Library
from quizkit.decks.lint import lint
from quizkit.decks.load import load_text, note_from_row
from quizkit.decks.rows import rows_of
from quizkit.kinds import KINDS, keys_of
from quizkit.source import decode

EXAMPLES = sorted((Path(__file__).parent.parent / "errors").glob("*.yaml"))

SCALARS = st.one_of(
    st.sampled_from(
        ["", "true", "no", "2", "-1", "1e999", "NaN", "5%", "2023-08", "author", "{{c1::a}} {{c2::b", "|x"]
    ),
    st.text(max_size=12),
)
LANGUAGES = st.sampled_from(["en", "ja", "c1", "text", "why", "also", "left", "right", "by", "type", "when", "zz-Q"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(LANGUAGES, inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def notes(draw):
    """A note of some kind, with some of the keys it knows, and anything behind them."""
    name = draw(st.sampled_from(list(KINDS)))
    keys = draw(st.lists(st.sampled_from([*keys_of(name), "strange"]), max_size=12, unique=True))
    return {"id": draw(st.sampled_from(["a", "b", "A b", ""])), **{key: draw(VALUES) for key in keys}, "kind": name}


@st.composite
def decks(draw):
    """A deck as JSON, which YAML reads too."""
    head = {
        "deck": draw(st.one_of(st.just("demo"), VALUES)),
        "title": draw(VALUES),
        "retention": draw(VALUES),
        "languages": draw(VALUES),
        "notes": draw(st.one_of(st.lists(st.one_of(notes(), VALUES), max_size=4), VALUES)),
    }
    return json.dumps(head, ensure_ascii=draw(st.booleans()))


def _read(data):
    """A file's bytes through everything that reads decks."""
    rows, problems = rows_of(data, "demo.yaml", len(data), 0)
    text, _problems = decode(data, "demo.yaml")
    if text is None:
        assert problems
        return
    loaded = load_text(text, "demo.yaml")
    assert loaded.deck is not None or any(problem.is_error for problem in loaded.diagnostics)
    library = Library()
    library.diagnostics += loaded.diagnostics
    if loaded.deck is not None:
        library.decks.append(loaded)
        assert len(rows.notes) == len(loaded.deck.notes)
    for problem in lint(library):
        assert problem.span.line >= 1
        assert problem.span.column >= 1
        assert problem.message
    for row, note in zip(rows.notes, loaded.deck.notes if loaded.deck else (), strict=True):
        again = note_from_row(rows.deck, row)
        assert again is not None
        assert again._replace(span=note.span, examples=()) == note._replace(examples=())
        assert [card.key for card in again.cards()] == [card.key for card in note.cards()]


@given(decks())
def test_any_values_behind_any_keys(text):
    """Wrong types, empty values and odd texts in every place; what the index keeps makes the same notes again."""
    _read(text.encode("utf-8", "replace"))


@given(st.sampled_from(EXAMPLES), st.data())
def test_files_with_something_cut_out_or_put_in(example, data):
    """Half-typed files, as an editor saves them."""
    content = example.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 30, len(content))))
    put = data.draw(
        st.one_of(st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=4))
    )
    _read(content[:start] + put + content[end:])
