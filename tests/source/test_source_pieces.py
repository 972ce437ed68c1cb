"""Where YAML stops: the mistake is named as an author would name it, and the other notes stay usable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.source import parse_yaml, to_plain

HEAD = "deck: d\ntitle: T\nnotes:\n"
BROKEN = {
    "colon": "  - id: b\n    ask: Which: this?\n",
    "quote": '  - id: b\n    ask: "never closed\n',
    "apostrophe": "  - id: b\n    ask: 'never closed\n",
    "brace": "  - id: b\n    ask: {en: x, ja: y\n",
    "indent": "  - id: b\n   ask: x\n",
    "tab": "  - id: b\n\task: x\n",
    "at": "  - id: b\n    ask: @x\n",
    "percent": "  - id: b\n    ask: %x\n",
    "alias": "  - id: b\n    ask: *x\n",
    "deep": f"  - id: b\n    ask: {'[' * 50}\n",
    "question": "  - id: b\n    ask: {en: ?x, ja: y}\n",
    "surrogate": '  - id: b\n    ask: "\\ud800"\n',
    "wide-space": "  - id: b\n\u3000\u3000ask: x\n    answer: y\n",
    "wide-dash": "  -\u3000id: b\n    ask: x\n",
    "wide-colon": "  - id: b\n    ask：x\n    answer: y\n",
    "lone-dash": "  -\n    id: b\n    ask: x: y\n",
    "less-indent": "- id: b\n  ask: x: y\n",
    "more-indent": "   - id: b\n     ask: x: y\n",
    "options": "  - id: b\n    ask: x: y\n    options:\n    - c\n    - d\n",
}


def _note(name):
    return f"  - id: {name}\n    ask: Q\n"


def _ids(parsed):
    return [to_plain(note)["id"] for note in parsed.node.value["notes"].value]


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
def test_one_bad_note_never_hides_the_good_ones(name, place):
    """Wherever the bad note stands, the others are read, and the mistake is told at a line of its own."""
    notes = [_note("a"), _note("c")]
    notes.insert(place, BROKEN[name])
    parsed = parse_yaml(HEAD + "".join(notes) + "retention: 0.8\n", "f")
    assert _ids(parsed) == ["a", "c"]
    assert to_plain(parsed.node.value["retention"]) == "0.8"
    begin = 4 + 2 * place
    assert len(parsed.diagnostics) == 1
    assert begin <= parsed.diagnostics[0].span.line < begin + BROKEN[name].count("\n")


def test_positions_stay_those_of_the_file():
    """A note that is read by itself still knows its line."""
    parsed = parse_yaml(HEAD + BROKEN["colon"] + _note("c"), "f")
    (note,) = parsed.node.value["notes"].value
    assert (note.line, note.column) == (6, 5)
    assert note.key_at == {"id": (6, 5), "ask": (7, 5)}


def test_lists_at_the_left_edge_are_read_too():
    """Members need no indent; lists inside them don't count as members."""
    text = "notes:\n- id: a\n  tags:\n  - x\n- id: b\n  ask: x: y\n  tags:\n  - x\n- id: c\n  tags:\n  - y\n"
    parsed = parse_yaml(text, "f")
    assert _ids(parsed) == ["a", "c"]
    assert to_plain(parsed.node.value["notes"].value[1]) == {"id": "c", "tags": ["y"]}


def test_hyphens_inside_a_text_begin_no_note():
    """A list in a block of text belongs to the text."""
    text = HEAD + "  - id: a\n    ask: |\n      - one\n      - two\n" + BROKEN["colon"]
    parsed = parse_yaml(text, "f")
    assert [to_plain(note)["ask"] for note in parsed.node.value["notes"].value] == ["- one\n- two\n"]


def test_a_bad_head_never_hides_the_notes():
    """A title that YAML can't read is told; the notes are read, and what is wrong with them as well."""
    parsed = parse_yaml(f"deck: d\ntitle: Trade: a story\nnotes:\n{_note('a')}{BROKEN['quote']}", "f")
    assert [(found.rule.code, found.span.line) for found in parsed.diagnostics] == [
        ("yaml-syntax", 2),
        ("yaml-syntax", 7),
    ]
    assert _ids(parsed) == ["a"]
    assert "title" not in parsed.node.value
    assert parsed.node.key_at["title"] == (2, 1)


def test_a_key_that_was_mended_below_counts():
    """Of two equal keys the one that can be read is used."""
    parsed = parse_yaml("title: a: b\ntitle: T\nabout: x\nabout: y\n", "f")
    assert to_plain(parsed.node) == {"title": "T", "about": "x"}
    assert [found.rule.code for found in parsed.diagnostics] == ["yaml-syntax", "duplicate-key"]


def test_pieces_that_only_together_make_no_sense_are_told():
    """Notes at different indents can each be read: YAML's complaint still stands."""
    parsed = parse_yaml(HEAD + "   - id: a\n     ask: Q\n" + _note("b"), "f")
    assert _ids(parsed) == ["a", "b"]
    assert [found.rule.code for found in parsed.diagnostics] == ["yaml-syntax"]


def test_what_stands_before_the_first_key_is_told():
    """A stray line at the top doesn't cost the deck."""
    parsed = parse_yaml("Hello!\n" + HEAD + _note("a"), "f")
    assert [(found.rule.code, found.span.line) for found in parsed.diagnostics] == [("yaml-syntax", 1)]
    assert _ids(parsed) == ["a"]


def test_a_file_in_flow_style_is_all_or_nothing():
    """JSON can't be parted: its mistake is told, and there is no tree."""
    parsed = parse_yaml('{"deck": "d" "title": "T"}', "f")
    assert parsed.node is None
    assert [found.rule.code for found in parsed.diagnostics] == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: {en: ?why, ja: x}\n", "flow-question-mark", (1, 9)),
        ("a:\n\tb: c\n", "tab-indent", (2, 1)),
        ("a:\n  \tb: c\n  d: e: f\n", "tab-indent", (2, 3)),
        ("a: b\n\u3000c: d\n", "ideographic-space-indent", (2, 1)),
        ("a: b\nc:\u3000d\n", "ideographic-space-indent", (2, 3)),
        ("a: b\n\xa0\xa0c: d\n", "ideographic-space-indent", (2, 1)),
        ("a: b\nc：d\n", "full-width-colon", (2, 2)),
        ("c：d\na: b\n", "full-width-colon", (1, 2)),
        ("a:\n  b: c\n  d：e\n  f: g\n", "full-width-colon", (3, 4)),
        ("a:\n- b:c\n  d: e\n", "missing-space", (2, 4)),
        ("a:\n- b: c\n  d:e\n  f: g\n", "missing-space", (3, 4)),
        ("a:\n- b: c\n  d:e\n", "missing-space", (3, 4)),
        ("a:b\nc: d\n", "missing-space", (1, 2)),
        ("a:\n-b: c\n d: e\n", "missing-space", (2, 1)),
        ("a:\n  – b: c\n    d: e\n", "dash-for-hyphen", (2, 3)),
        ("a:\n  - b: c\n  ー d: e\n", "dash-for-hyphen", (3, 3)),
        ("a: b: c\n", "yaml-syntax", (1, 5)),
        ("a: {en: why?, ja: x}\nb: c: d\n", "yaml-syntax", (2, 5)),
        ('a: "x\nb: c\n', "yaml-syntax", (1, 4)),
    ],
)
def test_the_mistake_is_named_at_its_place(text, code, place):
    """What YAML says is seldom what an author needs to hear."""
    assert [(found.rule.code, found.span[1:3]) for found in parse_yaml(text, "f").diagnostics] == [(code, place)]


def test_a_dash_for_a_hyphen_hides_no_other_note():
    """It begins a note all the same."""
    parsed = parse_yaml(HEAD + _note("a") + _note("b").replace("- id", "– id") + _note("c"), "f")
    assert [found.rule.code for found in parsed.diagnostics] == ["dash-for-hyphen"]
    assert _ids(parsed) == ["a", "c"]


def test_lines_are_counted_as_yaml_does():
    """A line separator inside a text is a line end to YAML; what stands below keeps its line."""
    text = HEAD + "  - id: a\n    ask: 'x\u2028y'\n" + BROKEN["colon"] + _note("c")
    parsed = parse_yaml(text, "f")
    assert [found.span.line for found in parsed.diagnostics] == [8]
    assert [note.line for note in parsed.node.value["notes"].value] == [4, 9]
    assert to_plain(parsed.node.value["notes"].value[0])["ask"] == parse_yaml("'x\u2028y'", "f").node.value


@given(st.lists(st.one_of(st.sampled_from(list(BROKEN.values())), st.none()), max_size=6))
def test_as_many_notes_are_read_as_are_good(pieces):
    """Any mixture of good and bad notes: no good one is lost, none is read twice."""
    notes = [_note(f"n{i}") if piece is None else piece for i, piece in enumerate(pieces)]
    good = [f"n{i}" for i, piece in enumerate(pieces) if piece is None]
    parsed = parse_yaml(HEAD + "".join(notes), "f")
    if good:
        assert _ids(parsed) == good
    assert len(parsed.diagnostics) >= min(1, len(pieces) - len(good))
