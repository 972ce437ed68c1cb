"""What the editor offers to do about what is wrong."""

import pytest

HEAD = "deck: new\ntitle: New\nlanguages: [en, ja]\nnotes:\n"
NAME = "decks/new.yaml"
EVERYTHING = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}


def offered(editor, text, *, only=None, where=None):
    """What is offered for a file: titles, and the text after each."""
    editor.open(NAME, text)
    found = editor.ask(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": editor.uri(NAME)},
            "range": where or EVERYTHING,
            "context": {"diagnostics": [], **({"only": only} if only else {})},
        },
    )
    after = {}
    for action in found:
        after[action["title"]] = editor.after(action["edit"]["changes"])[NAME]
    return after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("note", "title", "after"),
    [
        ("- id: a\n  kind: typd\n", "Write typed", "- id: a\n  kind: typed\n"),
        (
            "- id: a\n  kind: basic\n  front:\n    en: 🍵\n  back: b\n",
            "Add a line for ja",
            "- id: a\n  kind: basic\n  front:\n    en: 🍵\n    ja: \n  back: b\n",
        ),
        (
            "- id: a\n  kind: basic\n  back: b\n  front:\n  - en: |\n      x\n      y\n\n- {id: b}\n",
            "Add a line for ja",
            "- id: a\n  kind: basic\n  back: b\n  front:\n  - en: |\n      x\n      y\n    ja: \n\n- {id: b}\n",
        ),
        (
            "- id: a\n  kind: basic\n  front: {en: Tea}\n  back: b\n",
            "Add a line for ja",
            "- id: a\n  kind: basic\n  front: {en: Tea, ja: ''}\n  back: b\n",
        ),
        (
            "- {id: one, kind: basic, front: a, back: b, after: [tea/oolon, 'onne']}\n",
            "Write tea/oolong",
            "- {id: one, kind: basic, front: a, back: b, after: [tea/oolong, 'onne']}\n",
        ),
        (
            "- {id: one, kind: basic, front: a, back: b}\n- {id: b, kind: basic, front: c, back: d, after: 'onne'}\n",
            "Write one",
            "- {id: one, kind: basic, front: a, back: b}\n- {id: b, kind: basic, front: c, back: d, after: 'one'}\n",
        ),
        (
            "- id: a\n  kind: typed\n  ask: What's the\n    no #1 🍵 and why?\n  answer: b\n",
            "Put the text in quotes",
            "- id: a\n  kind: typed\n  ask: 'What''s the\n    no #1 🍵 and why?'\n  answer: b\n",
        ),
        (
            "- {id: a, kind: basic, front: b, back: c}\n- id: d\n  kind: basic\n  front: #1\n  back: f\n",
            "Put the text in quotes",
            "- {id: a, kind: basic, front: b, back: c}\n- id: d\n  kind: basic\n  front: '#1'\n  back: f\n",
        ),
        (
            "- kind: typed\n  ask: What is tea?\n  answer: Leaves\n",
            "Write the missing id",
            "- id: tea\n  kind: typed\n  ask: What is tea?\n  answer: Leaves\n",
        ),
        (
            "- kind: typed\n  ask: What is tea?\n  answer: Leaves\n- {kind: basic, front: Cups, back: x}\n",
            "Write the 2 missing ids",
            "- id: tea\n  kind: typed\n  ask: What is tea?\n  answer: Leaves\n"
            "- {id: cups, kind: basic, front: Cups, back: x}\n",
        ),
    ],
)
def test_what_is_offered_mends_it(editor, bom, end, note, title, after):
    """In any layout, and only there; line ends and a byte order mark stay."""
    texts = offered(editor, bom + (HEAD + note).replace("\n", end))
    assert texts[title] == bom + (HEAD + after).replace("\n", end)


def test_only_what_concerns_the_place(editor):
    """A quick fix belongs to the line it stands in."""
    text = HEAD + "- {id: a, kind: typd}\n- {id: b, kind: clozze}\n"
    line = {"start": {"line": 5, "character": 3}, "end": {"line": 5, "character": 3}}
    assert set(offered(editor, text, only=["quickfix"], where=line)) == {"Write cloze"}


def test_everything_at_once(editor):
    """What has one right mend, when the file is saved if the author wants it so."""
    text = (
        HEAD
        + "- {id: a, kind: typd, ask: x, answer: y}\n- {id: B, kind: basic, front: b, back: c, tags: [two words]}\n"
    )
    (after,) = offered(editor, text, only=["source.fixAll"]).values()
    assert after == text.replace("typd", "typed").replace("id: B", "id: b").replace("two words", "two-words")
    editor.close(NAME)
    assert offered(editor, HEAD + "- {id: a, kind: basic, front: x, back: y}\n", only=["source"]) == {}


def test_the_editor_knows_what_is_mended(editor):
    """The diagnostic is named, and the one right mend is preferred."""
    editor.open(NAME, HEAD + "- {id: a, kind: typd}\n")
    asked = {"textDocument": {"uri": editor.uri(NAME)}, "range": EVERYTHING, "context": {"diagnostics": []}}
    action = editor.ask("textDocument/codeAction", asked)[0]
    assert [found["code"] for found in action["diagnostics"]] == ["unknown-kind"]
    assert (action["kind"], action["isPreferred"]) == ("quickfix", True)
