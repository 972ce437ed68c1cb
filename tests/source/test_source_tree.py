"""YAML as a tree: what an author wrote stays what it is, and where it is."""

import gc
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from quizkit.source import Node, from_plain, parse_yaml, to_plain

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
TREES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(TEXTS.filter(lambda key: key[:1] not in "\u3000\xa0"), inner)
    ),
    max_leaves=12,
)


def _codes(text):
    return [(found.rule.code, found.span.line) for found in parse_yaml(text, "f").diagnostics]


@pytest.mark.parametrize("text", ["no", "012", "12:30", "1868-10-23", "1e3", "~", "null", "0x1f", ".inf", "1_000", "="])
def test_every_scalar_is_text(text):
    """YAML 1.1 would make booleans, octals, times and dates of these."""
    assert to_plain(parse_yaml(f"answer: {text}\n", "f").node) == {"answer": text}


def test_keys_are_text_too():
    """`no` and `2` are keys like others."""
    assert list(parse_yaml("no: a\n2: b\n'': c\n", "f").node.value) == ["no", "2", ""]


def test_nothing_and_an_empty_text_are_told_apart():
    """A key with nothing behind it isn't one with quotes behind it."""
    node = parse_yaml("a:\nb: ''\n", "f").node
    assert [(part.value, part.quoted) for part in node.value.values()] == [("", False), ("", True)]


def test_positions_count_from_one_in_characters():
    """An editor jumps to line and column as they are told, also behind Japanese text and pictures."""
    node = parse_yaml("# 注\na: {ja: 首都は東京です😀, en: Tokyo}\nb:\n  - x\n", "f").node
    english = node.value["a"].value["en"]
    assert english.span("f") == ("f", 2, 23, 2, 28)
    assert node.value["a"].key_at == {"ja": (2, 5), "en": (2, 19)}
    member = node.value["b"].value[0]
    assert (member.line, member.column) == (4, 5)
    assert (node.line, node.column) == (2, 1)
    assert node.is_map
    assert member.is_text


@given(TREES)
@example({"a": ["", {"b\x00": "c"}]})
def test_plain_data_makes_the_same_tree_again(data):
    """The index keeps plain data: nothing may be lost or turned into something else on the way."""
    node = from_plain(data, 7)
    assert to_plain(node) == data
    assert node.line == 7


@given(TREES)
def test_what_yaml_writes_is_read_as_it_was(data):
    """Any tree of texts comes back, and nothing is wrong with it."""
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, default_style='"', width=10_000)
    parsed = parse_yaml(text, "f")
    assert parsed.diagnostics == []
    assert to_plain(parsed.node) == data


@given(st.text(st.sampled_from("ab:- \n{}[]'\"?&*!|>#%@`,\t：\u3000\x85\u2028")))
def test_no_text_raises(text):
    """Whatever stands in a file, there is a tree or a reason why not, at a place within the file."""
    parsed = parse_yaml(text, "f")
    assert parsed.node is not None or parsed.diagnostics
    for found in parsed.diagnostics:
        assert 1 <= found.span.line <= len(text) + 1
        assert found.span.column >= 1
        assert found.message


@pytest.mark.parametrize("text", ["", " \n\n", "# a comment\n", "---\n# none\n...\n"])
def test_an_empty_file_is_told(text):
    """A file of comments is as empty as one of nothing: silence would leave the author wondering."""
    parsed = parse_yaml(text, "f")
    assert [found.rule.code for found in parsed.diagnostics] in (["empty-file"], [])
    assert parsed.node is None or parsed.node.value == ""


def test_the_first_of_two_equal_keys_counts():
    """The second is told with the line of the first, in any mapping, and all of them are."""
    parsed = parse_yaml("a: 1\nb: {c: 1, c: 2, c: [3]}\na: {x: [y]}\n", "f")
    assert to_plain(parsed.node) == {"a": "1", "b": {"c": "1"}}
    assert [found.rule.code for found in parsed.diagnostics] == ["duplicate-key"] * 3
    assert "line 1" in parsed.diagnostics[2].message


@pytest.mark.parametrize(("space", "name"), [("\u3000", "A full-width space"), ("\xa0", "A no-break space")])
def test_the_space_in_an_indent_is_called_what_it_is(space, name):
    """Whoever looks for the other one doesn't find it."""
    for text in (f"a: b\n{space}c: d\ne: f\n", f"a: b\nx:\n  c: d\n{space}{space}e: f\n"):
        assert [found.message for found in parse_yaml(text, "f").diagnostics] == [
            f"{name} stands in this line's indent."
        ]


def test_a_key_may_hold_any_character():
    """No key an author could write is taken for a mark of our own."""
    parsed = parse_yaml('"\\0left out": x\n"b\\0c": y\n', "f")
    assert parsed.node.value["\0left out"].value == "x"
    assert parsed.diagnostics == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\nb: 2\n", "alias-forbidden"),
        ("a: *x\nb: 2\n", "alias-forbidden"),
        ("<<: *x\nb: 2\n", "alias-forbidden"),
        ("a: !!python/object/apply:os.system [ls]\nb: 2\n", "tag-forbidden"),
        ("a: !important\nb: 2\n", "tag-forbidden"),
        ("a: !!str 1\nb: 2\n", "tag-forbidden"),
        ("? [a, b]\n: c\nb: 2\n", "complex-key"),
        ("a: {{x}}\nb: 2\n", "complex-key"),
    ],
)
def test_what_decks_never_need_is_refused(text, code):
    """Anchors, tags and lists as keys are refused by name, and the rest of the file stays."""
    parsed = parse_yaml(text, "f")
    assert code in [found.rule.code for found in parsed.diagnostics]
    assert parsed.node is None or parsed.node.value["b"].value == "2"


def test_a_billion_laughs_are_not_laughed():
    """Aliases of aliases end at the first one."""
    text = "a: &a [x, x]\n" + "".join(f"{k}: &{k} [*{j}, *{j}]\n" for j, k in zip("abcdefgh", "bcdefghi", strict=True))
    parsed = parse_yaml(text, "f")
    assert {found.rule.code for found in parsed.diagnostics} == {"alias-forbidden"}
    assert to_plain(parsed.node) == {"a": ["x", "x"]}


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 10_000 + "x", "".join(" " * i + "a:\n" for i in range(1_000))],
    ids=["brackets", "braces", "hyphens", "indents"],
)
def test_depth_ends_at_once(text):
    """However deep a file is nested, it is refused before Python's own stack is in danger."""
    parsed = parse_yaml(text, "f")
    assert [found.rule.code for found in parsed.diagnostics] == ["too-deep"]
    assert parsed.node is None


def test_the_deepest_tree_is_walked_without_harm():
    """What the limit lets pass can be turned into plain data with little of the stack left."""
    node = parse_yaml("[" * 40 + "]" * 40, "f").node
    limit = sys.getrecursionlimit()
    assert to_plain(from_plain(to_plain(node))) == to_plain(node)
    assert sys.getrecursionlimit() == limit


def test_a_second_document_is_told():
    """Three hyphens in the middle of a file hide what follows: that is said."""
    assert _codes("a: 1\n---\nb: 2\n") == [("several-documents", 2)]
    assert _codes("---\na: 1\n...\n") == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ask: Which song is no #1 and why # is it?", "`#1 and why # is it?` is a comment: no learner sees it."),
        ("ask: #1 of 1969?", "`#1 of 1969?` is a comment: no learner sees it."),
        ("ask: Which language is C #", "`#` is a comment: no learner sees it."),
        ("ask: Which note is C # in German?", "`# in German?` is a comment: no learner sees it."),
        ("ask: [which, is #1?\n  ]", "`#1?` is a comment: no learner sees it."),
        ("ask: Which\n  is no #1", "`#1` is a comment: no learner sees it."),
        ("answer: 2023 # corrected", ""),
        ("answer: 2023  # corrected", ""),
        ("answer: 2023  #corrected", ""),
        ("answer: 2023 # or 2022?", ""),
        ("ask: Which song is it? # too easy?", ""),
        ("ask: 'no #1'", ""),
        ("ask: 'no' #1", ""),
        ("ask: no#1", ""),
        ("ask: |\n  no #1\n", ""),
        ("ask: # why?\n  en: x", ""),
        ("ask: #why\n  en: x", ""),
        ("#1\nask: x\n  #2", ""),
    ],
)
def test_text_that_is_a_comment_is_told(line, told):
    """It would be lost without a word; comments as people write them are left alone."""
    text = f"a:\n- {line.replace(chr(10), chr(10) + '  ')}\n- b\r"
    found = parse_yaml(text, "f").diagnostics
    assert [one.message for one in found] == [told] * bool(told)
    for one in found:
        lines = text.split("\n")
        assert f"`{lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]}`" in told


def test_garbage_collection_goes_on_afterwards():
    """It rests while a file is read, also when reading fails."""
    for text in ("a: 1\n", "a: 'b\n", "[" * 1_000):
        parse_yaml(text, "f")
        assert gc.isenabled()


def test_a_machine_without_libyaml_reads_the_same(monkeypatch):
    """PyYAML's own reader stands in for libyaml where that is missing."""
    text = "a: [1, {b: no}]\nc:\n  - d: 'x'\n"
    fast = parse_yaml(text, "f").node
    monkeypatch.delattr(yaml, "CLoader")
    slow = parse_yaml(text, "f").node
    assert to_plain(slow) == to_plain(fast)
    assert slow.value["c"].value[0].key_at == fast.value["c"].value[0].key_at
    assert [found.rule.code for found in parse_yaml("a: {en: Why?, ja: b}\n", "f").diagnostics] == [
        "flow-question-mark"
    ]


def test_nodes_made_by_hand_have_their_own_places():
    """A mapping's places are its own; a text has none."""
    one, other = Node({}), Node({})
    one.key_at["a"] = (1, 1)
    assert other.key_at == {}
    assert Node("x").key_at == {}
