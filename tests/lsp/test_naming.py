"""Names of notes and passages: where they lead, who uses them, and how a note gets another one."""

import pytest

from tests.helpers.editor import Editor

TEA, CUPS, KETTLE = "decks/tea.yaml", "decks/cups.yaml", "decks/sources/kettle.yaml"
NEW = """\
deck: new
title: New
source: kettle
notes:
- id: a
  kind: basic
  front: 🍵?
  back: b
  cite: [K1, 'K2']
  was: first
- {id: b, kind: basic, front: b?, back: c, after: [a, tea/oolong], cite: K1}
- id: c
  kind: basic
  front: c?
  back: d
  confuses:
  - new/a
  - b
  - nobody
  cite: K9
"""


@pytest.fixture
def new(editor):
    """An editor with everything open."""
    for name in (TEA, CUPS, KETTLE):
        editor.open(name)
    editor.open("decks/new.yaml", NEW)
    return editor


def lead(editor, needle, into, method="definition", **more):
    """Where a name leads: the file and what is marked there."""
    found = editor.ask(f"textDocument/{method}", {**editor.at("decks/new.yaml", needle, into), **more})
    listed = found if isinstance(found, list) else [found] if found else []
    return [
        (name, editor.marked(name, one["range"]).partition("\n")[0], one["range"]["start"]["line"])
        for one in listed
        for name in [one["uri"].removeprefix(editor.folder.as_uri() + "/")]
    ]


@pytest.mark.parametrize(
    ("needle", "into", "leads"),
    [
        ("[a,", 1, [("decks/new.yaml", "a", 4)]),
        ("[a,", 2, [("decks/new.yaml", "a", 4)]),
        ("tea/oolong", 2, [(TEA, "oolong", 119)]),
        ("- new/a", 4, [("decks/new.yaml", "a", 4)]),
        ("- b\n", 2, [("decks/new.yaml", "b", 10)]),
        ("was: first", 6, [("decks/new.yaml", "a", 4)]),
        ("id: c", 4, [("decks/new.yaml", "c", 11)]),
        ("[K1,", 2, [(KETTLE, "id: K1", 9)]),
        ("'K2'", 2, [(KETTLE, "id: K2", 13)]),
        ("source: kettle", 9, [(KETTLE, "", 0)]),
        ("nobody", 2, []),
        ("cite: K9", 7, []),
        ("back: b", 6, []),
        ("kind: basic\n  front: c?", 8, []),
    ],
)
def test_where_a_name_leads(new, needle, into, leads):
    assert lead(new, needle, into) == leads


def test_who_uses_a_note(new):
    """Under its id and its key, in every deck; former ids too."""
    used = [("decks/new.yaml", "a", 10), ("decks/new.yaml", "new/a", 16)]
    everywhere = {"context": {"includeDeclaration": True}}
    elsewhere = {"context": {"includeDeclaration": False}}
    assert lead(new, "id: a\n", 4, "references", **elsewhere) == used
    assert lead(new, "id: a\n", 4, "references", **everywhere) == [("decks/new.yaml", "a", 4), *used]
    assert lead(new, "was: first", 6, "references", **elsewhere) == [("decks/new.yaml", "first", 9)]


def test_a_note_with_a_mistake_is_found_all_the_same(editor):
    """While one note is being written, the names in it and of it lead where they led before."""
    text = (
        "deck: new\ntitle: New\nnotes:\n- id: a\n  kind: basic\n  front: x\n  bakc: y\n  after: b\n"
        "- {id: b, kind: basic, front: z, back: y, confuses: a}\n- {id: c, kind: bsic, was: old, after: a}\n"
    )
    editor.open("decks/new.yaml", text)
    assert [found["code"] for found in editor.problems["decks/new.yaml"]] == [
        "missing-key",
        "unknown-key",
        "unknown-kind",
    ]
    assert lead(editor, "confuses: a", 10) == [("decks/new.yaml", "a", 3)]
    assert lead(editor, "was: old", 6) == [("decks/new.yaml", "c", 9)]
    everywhere = {"context": {"includeDeclaration": True}}
    assert [line for _name, _text, line in lead(editor, "id: a", 4, "references", **everywhere)] == [3, 8, 9]
    assert [line for _name, _text, line in lead(editor, "id: b", 4, "references", **everywhere)] == [7, 8]
    assert editor.ask("textDocument/prepareRename", editor.at("decks/new.yaml", "confuses: a", 10))
    asked = {**editor.at("decks/new.yaml", "after: a", 7), "newName": "alpha"}
    texts = editor.make(editor.ask("textDocument/rename", asked)["changes"])
    assert texts["decks/new.yaml"].count("alpha") == 3
    assert "- id: alpha\n  was: a\n" in texts["decks/new.yaml"]


def test_who_cites_a_passage(new):
    """From a citation, and from the source."""
    asked = {**new.at(KETTLE, "id: K1", 5), "context": {"includeDeclaration": False}}
    found = new.ask("textDocument/references", asked)
    assert [(one["uri"].rpartition("/")[2], one["range"]["start"]["line"]) for one in found] == [
        ("new.yaml", 8),
        ("new.yaml", 10),
        ("tea.yaml", 26),
    ]
    source = {**new.at("decks/new.yaml", "source: kettle", 9), "context": {"includeDeclaration": False}}
    assert len(new.ask("textDocument/references", source)) == 2


@pytest.mark.parametrize(
    ("needle", "into", "stretch"),
    [
        ("id: a\n", 4, "a"),
        ("tea/oolong", 2, "oolong"),
        ("- new/a", 4, "a"),
        ("nobody", 2, None),
        ("was: first", 6, None),
        ("K9", 1, None),
        ("front: c?", 3, None),
    ],
)
def test_what_can_be_renamed(new, needle, into, stretch):
    """A note's id, wherever it stands; of a key with its deck, only the id."""
    found = new.ask("textDocument/prepareRename", new.at("decks/new.yaml", needle, into))
    assert (found and new.marked("decks/new.yaml", found)) == stretch


def test_a_note_is_renamed_in_all_decks(new):
    """From any place where it is named; open files as they are in the editor, others as on the disk."""
    new.close(TEA)
    asked = new.at("decks/new.yaml", "tea/oolong", 6)
    changed = new.ask("textDocument/rename", {**asked, "newName": "wulong"})
    texts = new.make(changed["changes"])
    assert set(texts) == {TEA, "decks/new.yaml"}
    assert "  - id: wulong\n    was: oolong\n    kind: typed" in texts[TEA]
    assert "[a, tea/wulong]" in texts["decks/new.yaml"]
    again = new.ask("textDocument/rename", {**new.at("decks/new.yaml", "- new/a", 5), "newName": "new/alpha"})
    new.make(again["changes"])
    assert new.texts["decks/new.yaml"].count("alpha") == 3
    assert "was: [first, a]" in new.texts["decks/new.yaml"]


@pytest.mark.parametrize(
    ("wanted", "message"), [("No Id", "can't be an id"), ("b", "id of another note"), ("", "can't be an id")]
)
def test_ids_that_can_not_be(new, wanted, message):
    """The editor shows why."""
    answer = new.answer("textDocument/rename", {**new.at("decks/new.yaml", "id: a\n", 4), "newName": wanted})
    assert message in answer["error"]["message"]


def test_memories_come_along(bench):
    """What was learnt under the old id is known under the new one."""
    bench.run("study", "cups", "--plain", text="Raku\nCeladon\n")
    before = bench.run("stats", "cups", "--json").json
    with Editor(bench) as editor:
        editor.begin()
        editor.open(CUPS)
        changed = editor.ask("textDocument/rename", {**editor.at(CUPS, "id: raku", 5), "newName": "raku-ware"})
        for name, text in editor.make(changed["changes"]).items():
            (bench.folder / name).write_text(text, encoding="utf-8")
        assert editor.end() == 0
    assert "id: raku-ware\n    was: raku\n" in (bench.folder / CUPS).read_text(encoding="utf-8")
    assert bench.run("deck", "check").code == 0
    assert bench.run("stats", "cups", "--json").json == before
    assert "raku-ware" in bench.run("card", "show", "cups/raku-ware", "--json").out
    assert bench.run("due", "cups", "--json").json["new"] == 0


def test_an_id_changed_by_hand_is_noticed(bench):
    """Learners remember the old one: the editor offers to keep the memories."""
    bench.run("study", "cups", "--plain", text="Raku\nCeladon\n")
    with Editor(bench) as editor:
        editor.begin()
        editor.open(CUPS)
        editor.replace(CUPS, "id: celadon", "id: celadon-glaze")
        editor.until(CUPS, ("memory-without-note", "id: celadon-glaze"))
        where = editor.problems[CUPS][0]["range"]
        asked = {"textDocument": {"uri": editor.uri(CUPS)}, "range": where, "context": {"diagnostics": []}}
        (action,) = editor.ask("textDocument/codeAction", asked)
        assert action["title"] == "Keep the memories of celadon"
        texts = editor.make(action["edit"]["changes"])
        assert "id: celadon-glaze\n    was: celadon\n" in texts[CUPS]
        assert editor.labels(editor.at(CUPS, "was: celadon", 5))[0] == "celadon"
