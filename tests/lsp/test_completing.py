"""What is offered where the cursor (`|`) stands, also in texts that are no YAML yet."""

import pytest

HEAD = "deck: new\ntitle: New\nsource: kettle\nlanguages: [en, ja]\nnotes:\n"
KINDS = "basic typed cloze choice multi truefalse number date list order match argument open"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("|", "deck title about source languages retention notes"),
        ("deck: x\nti|\nnotes:\n", "title about source languages retention"),
        ("deck: |\n", "new"),
        ("deck: new\nsource: |", "kettle"),
        ("deck: new\ntitle:\n  |", "en ja ko zh de es fr it pt ru vi"),
        (HEAD + "- kind: |", KINDS),
        (HEAD + "- id: a\n  kind: t|\n  ask: x\n", KINDS),
        (HEAD + "  - id: a\n    kind: truefalse\n    answer: |", "true false"),
        (HEAD + "- id: a\n  kind: basic\n  front: x\n  reverse: |\n- id: b\n", "true false"),
        (HEAD + "- id: a\n  cite: |", "K1 K2"),
        (HEAD + "- id: a\n  cite: [K1, |]\n", "K2"),
        (HEAD + "- id: a\n  cite: [K|", "K1 K2"),
        (HEAD + "- id: a\n  cite:\n  - K1\n  - |\n", "K1 K2"),
        (HEAD + "- id: a\n  tags: |", "water body"),
        (HEAD + "- id: a\n  tags: [x, 'b|']", "water body"),
        (HEAD + "- id: a\n  claim:\n    |", "by type en ja"),
        (HEAD + "- id: a\n  kind: typed\n  claim:\n    by: x\n    |", "type en ja"),
        (HEAD + "- id: a\n  claim:\n    type: |", "quotation judgement prediction report"),
        (HEAD + "- id: a\n  kind: typed\n  ask:\n    |\n  answer: x\n", "en ja"),
        (HEAD + "- id: a\n  kind: typed\n  ask:\n    en: What\n    |\n", "ja"),
        (HEAD + "- id: a\n  kind: typed\n  ask:\n    - en: What\n      |\n", "ja"),
        (HEAD + "- id: a\n  kind: choice\n  options:\n    - |\n", "text why misconception en ja"),
        (HEAD + "- id: a\n  kind: choice\n  options:\n    - text: x\n      |\n", "why misconception en ja"),
        (HEAD + "- id: a\n  kind: choice\n  options:\n    - text:\n        |\n", "en ja"),
        (HEAD + "- id: a\n  kind: list\n  answer:\n    - |\n", "text also en ja"),
        (HEAD + "- id: a\n  kind: order\n  items:\n    - text: x\n      |\n", "when en ja"),
        (HEAD + "- id: a\n  kind: match\n  pairs:\n    - left: x\n      |\n", "right"),
        (HEAD + "- id: a\n  kind: cloze\n  also:\n    |\n", "c1 c2 c3 c4 c5 c6 c7 c8 c9 en ja"),
        (HEAD + "- id: a\n  kind: choice\n  options: [Tea, {en: Cup, ja: 碗}]\n  answer: |", "Tea Cup"),
        (HEAD + "- id: a\n  kind: multi\n  answer: [Tea, |]\n  options: [Tea, Cup, Pot]\n", "Cup Pot"),
        ("deck: new\nlanguages: [en, |]\n", "ja ko zh de es fr it pt ru vi"),
    ],
)
def test_what_is_offered(editor, text, offered):
    asked = editor.write(text)
    assert editor.labels(asked) == offered.split()


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "- id: a\n  kind: typed\n  ask: What is |",
        HEAD + "- id: a\n  kind: typed\n  ask: x # kind: |",
        HEAD + "# |",
        HEAD + "- id: a\n  kind: typed\n  explain: >-\n    kind: |",
        HEAD + "- id: a\n  kind: typed\n  ask: a text that goes\n    on: |",
        HEAD + "- id: |",
    ],
)
def test_where_nothing_is_offered(editor, text):
    """Inside texts and comments nobody wants to be interrupted."""
    assert editor.labels(editor.write(text)) == []


def test_keys_of_a_kind_come_with_what_they_are_for(editor):
    """Its own first, those that are there not at all; the editor is told what to put in."""
    asked = editor.write(HEAD + "- id: a\n  kind: number\n  un|\n  answer: 3\n")
    items = {item["label"]: item for item in editor.ask("textDocument/completion", asked)}
    assert list(items)[:4] == ["ask", "unit", "tolerance", "explain"]
    assert not {"id", "kind", "answer", "options"} & set(items)
    assert items["unit"]["documentation"]["value"] == "What is counted or measured in."
    assert items["ask"]["detail"] == "texts, required"
    assert items["tolerance"]["textEdit"]["newText"] == "tolerance: "
    assert items["ask"]["textEdit"]["newText"] == "ask:"
    assert editor.marked("decks/new.yaml", items["unit"]["textEdit"]["range"]) == "un"


def test_notes_are_offered_by_their_ids(editor):
    """This deck's by id, others with their deck; not the note itself, and not those named already."""
    notes = HEAD + "".join(f"- {{id: {name}, kind: basic, front: 'What is {name}?', back: b}}\n" for name in "ab")
    asked = editor.write(notes + "- id: c\n  kind: basic\n  front: c?\n  back: d\n  after: [a, |]\n")
    items = editor.ask("textDocument/completion", asked)
    labels = [item["label"] for item in items]
    assert labels[0] == "b"
    assert "tea/oolong" in labels
    assert not {"a", "c", "new/a"} & set(labels)
    assert items[0]["documentation"]["value"] == "What is b?"


def test_former_ids_are_those_that_are_gone(editor):
    """What notes still speak of but nobody is called."""
    asked = editor.write(
        HEAD + "- {id: a, kind: basic, front: a, back: b, after: gone}\n- id: c\n  kind: basic\n  was: |\n"
    )
    assert editor.labels(asked)[0] == "gone"


def test_passages_show_their_gist(editor):
    asked = editor.write(HEAD + "- id: a\n  cite: |")
    item = editor.ask("textDocument/completion", asked)[1]
    assert (item["label"], item["detail"]) == ("K2", "All teas come from one plant.")
    assert "どのお茶も" in item["documentation"]["value"]


def test_what_stands_behind_wide_characters(editor):
    """Columns are counted in the editor's units."""
    asked = editor.write(HEAD + "- id: a\n  tags: ['🍵茶', wa|]\n")
    item = editor.ask("textDocument/completion", asked)[0]
    assert editor.marked("decks/new.yaml", item["textEdit"]["range"]) == "wa"


def test_in_a_source(editor):
    """Its own keys, and the languages of its texts."""
    name = "decks/sources/new.yaml"
    assert editor.labels(editor.write("source: new\n|", name))[:2] == ["author", "title"]
    editor.close(name)
    assert editor.labels(editor.write("source: new\npassages:\n  - id: P1\n    |", name)) == ["gist"]
    editor.close(name)
    assert "ja" in editor.labels(editor.write("source: new\ntitle:\n  en: x\n  |", name))


def test_a_byte_order_mark_is_no_column(editor):
    assert editor.labels(editor.write("\ufeffde|"))[0] == "deck"
