"""What is written reads as what was meant, and what was there stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.write import appended, changed, render_deck, render_note, scalar
from quizkit.errors import QuizkitError
from quizkit.source import parse_yaml, to_plain

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Co", "Cn"], exclude_characters="\r\x85\u2028\u2029\ufeff"), max_size=30
)
HARD = st.sampled_from(
    [
        "- a",
        "a: b",
        "a #b",
        "#a",
        "no",
        "'",
        '"',
        "?",
        "? x",
        "{{c1::a}}",
        "[x]",
        "text：b",
        " a",
        "a ",
        "a\nb",
        "a\n\n  b",
        "  a\nb",
        "%",
        "@",
        "`",
        "012",
        "12:30",
        "-5",
        "-",
        "---",
        "...",
        "~",
        "=",
        "<<",
        ">",
        "&a",
        "*a",
        "!a",
        "",
        "a:",
        ":a",
    ]
)
ANY = TEXTS | HARD | st.just("|")
KEYS = st.from_regex(r"[a-z]{1,4}", fullmatch=True) | ANY.filter(lambda key: key and key == key.strip())
PLAIN = st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))
NOTE = st.dictionaries(st.sampled_from(["id", "ask", "tags", "x y"]), PLAIN, min_size=1)
NOTES = st.lists(NOTE, min_size=1, max_size=3)


@given(ANY)
def test_a_scalar_reads_as_itself(text: str) -> None:
    parsed = parse_yaml(f"a: {scalar(text, 2)}\nb: [{scalar(text, flow=True)}, x]\n", "f")
    assert parsed.node is not None
    assert to_plain(parsed.node) == {"a": text, "b": [text, "x"]}


@given(NOTES)
def test_a_deck_reads_as_what_was_written(notes: list[dict[str, object]]) -> None:
    parsed = parse_yaml(render_deck({"deck": "d", "title": {"en": "T: x"}}, notes), "f")
    assert parsed.node is not None, parsed.diagnostics
    assert to_plain(parsed.node) == {"deck": "d", "title": {"en": "T: x"}, "notes": notes}


STYLES = [
    "deck: d\ntitle: t\nnotes:\n  - id: a\n    kind: x\n",
    "deck: d\ntitle: t\nnotes:\n- id: a\n  kind: x",
    "deck: d\nnotes:\n    -   id: a\n        kind: x\n\n    -   id: b\n# the end\n",
    "deck: d\nnotes:\n  - id: a\n\n# about the title\ntitle: t\n",
    "deck: d\ntitle: t\n",
    "deck: d\nnotes: \ntitle: t\n",
    "deck: d\nnotes: []  # none yet\ntitle: t\n",
    "deck: d\nnotes:\n- id: a\n  kind: |\n    x\n    y",
    "deck: d\nnotes:\n- id: a\n  kind: x\ntitle: >\n  t\n  u",
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_notes_go_behind_the_last_and_nothing_else_moves(style: str, end: str, bom: str) -> None:
    data = (bom + style.replace("\n", end)).encode()
    note = {"id": "n", "ask": {"en": "What: x?", "ja": "何"}, "tags": ["a", "b"]}
    after = appended(data, [note, {"id": "m", "ask": "one\ntwo"}], "f")
    parsed = parse_yaml(after.decode().removeprefix("\ufeff"), "f")
    assert parsed.node is not None
    notes = to_plain(parsed.node)["notes"]
    assert notes[-2:] == [note, {"id": "m", "ask": "one\ntwo"}]
    kept = iter(after.decode().replace("notes:  # none", "notes: []  # none").split(end))
    assert all(line in kept for line in data.decode().split(end) if line), "every old line is there, in order"


def test_the_style_of_the_file_is_kept() -> None:
    after = appended(STYLES[2].encode(), [{"id": "n", "kind": "y"}], "f").decode()
    assert after.endswith("# the end\n\n    -   id: n\n        kind: y\n")


def test_what_cannot_be_done_is_refused() -> None:
    with pytest.raises(QuizkitError, match="can't be added"):
        appended(b"deck: d\nnotes: [{id: a}]\n", [{"id": "b"}], "f")


def test_a_note_looks_as_an_author_would_write_it() -> None:
    note = {
        "id": "aukus",
        "kind": "choice",
        "ask": {"en": "Which: one?"},
        "options": [{"text": {"en": "A"}, "why": "w"}, "B"],
        "tags": ["x", "y"],
    }
    assert render_note(note) == (
        "  - id: aukus\n    kind: choice\n    ask:\n      en: 'Which: one?'\n    options:\n      - text:\n"
        "          en: A\n        why: w\n      - B\n    tags: [x, y]\n"
    )


CHANGED = """\
deck: d
notes:
  # the first
  - id: a  # its id
    ask: Who?  # asked
    # more to come
    answer: Kishida
    also:
      - 岸田
  - kind: x
    id: b
    ask: |
      two
      lines
title: t
"""


def test_a_key_is_changed_and_nothing_else() -> None:
    after = changed(CHANGED.encode(), {"a": {"answer": "Yoon", "also": "", "tags": ["x"]}, "b": {"ask": "one"}}, "f")
    assert after.decode() == (
        CHANGED.replace("Kishida", "Yoon")
        .replace("    also:\n      - 岸田\n", "    tags: [x]\n")
        .replace("ask: |\n      two\n      lines", "ask: one")
    )


def test_a_block_at_the_end_of_a_file_needs_no_line_end() -> None:
    """Many editors leave it out; that the line is ended then changes nothing of what the note says."""
    data = b"deck: d\nnotes:\n- id: a\n  ask: |\n    one\n    two"
    after = changed(data, {"a": {"answer": "x"}}, "f")
    assert after == data + b"\n  answer: x\n"


@given(st.dictionaries(st.sampled_from(["ask", "answer", "also", "new"]), ANY.filter(bool) | st.lists(ANY), min_size=1))
def test_a_changed_key_reads_as_what_was_wanted(values: dict[str, object]) -> None:
    parsed = parse_yaml(changed(CHANGED.encode(), {"a": values}, "f").decode(), "f")
    assert parsed.node is not None
    note = to_plain(parsed.node)["notes"][0]
    assert {key: note[key] for key in values} == values
