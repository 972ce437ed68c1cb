"""What is told of the thing under the cursor."""

import pytest

HEAD = "deck: new\ntitle: New\nsource: kettle\nnotes:\n"


def told(editor, text):
    found = editor.ask("textDocument/hover", editor.write(text))
    return found["contents"]["value"] if found else None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("deck|: new\n", "`deck`: The deck's id"),
        (HEAD + "- id: a\n  kind: number\n  tol|erance: 3\n", "`tolerance`: How far off"),
        (HEAD + "- id: a\n  kind: typed\n  al|so: [x]\n", "`also`: Further forms"),
        (HEAD + "- id: a\n  kind: choice\n  options:\n  - text: x\n    wh|y: y\n", "`why`: Why it is wrong"),
        (HEAD + "- id: a\n  kind: clo|ze\n", "`cloze`: A text with gaps"),
        (HEAD + "- id: a\n  cite: K|2\n", "**K2** · Notes from the hearth\n\nAll teas come"),
        (HEAD + "- id: a\n  after: tea/oo|long\n", "**tea/oolong** · typed"),
        (HEAD.replace("kettle", "ke|ttle"), "The Kettle Keeper · Notes from the hearth · 2001-05-07\n\n釜守り"),
    ],
)
def test_what_is_told(editor, text, says):
    assert told(editor, text).startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "- id: a\n  none|: x\n",
        HEAD + "# |",
        HEAD + "- id: a\n  cite: K|7\n",
        HEAD + "- id: a\n  kind: odd|\n",
        "|",
    ],
)
def test_where_nothing_is_known(editor, text):
    assert told(editor, text) is None


def test_a_note_is_shown_as_it_is_asked(editor):
    """Its card in each language, with the answer; marks of the text are those of Markdown, all else means itself."""
    shown = told(
        editor,
        HEAD + "- id: |a\n  kind: typed\n  ask:\n    en: Who *wrote* this_text_?\n    ja: 外交《がいこう》とは。\n"
        "  answer:\n    en: A <b>\n    ja: 答え\n  explain: So.\n",
    )
    assert shown == (
        "**new/a** · typed\n\n---\n\nWho *wrote* this\\_text\\_?\n\n→ A \\<b\\>\n\nSo."
        "\n\n---\n\n外交（がいこう）とは。\n\n→ 答え\n\nSo."
    )


@pytest.mark.parametrize(
    ("note", "shows"),
    [
        ("kind: choice\n  ask: Which?\n  options: [A, B]\n  answer: B", ["Which?", "1. ", "→ B"]),
        ("kind: cloze\n  text: '{{c1::One::first}} and {{c2::two}}'", ["*c1*", "*c2*", "→ "]),
        ("kind: basic\n  front: F\n  back: B\n  reverse: true", ["*main* · F", "*reverse* · B"]),
        ("kind: match\n  ask: M?\n  pairs:\n  - {left: L, right: R}\n  - {left: K, right: S}", ["- L\n- K", "- "]),
        ("kind: open\n  ask: O?\n  model: M\n  points: [P, Q]", ["→ M", "- P\n- Q"]),
        ("kind: argument\n  claim: C\n  grounds: [G]\n  who: author", ["*grounds*", "*who*"]),
    ],
)
def test_every_kind_can_be_shown(editor, note, shows):
    shown = told(editor, f"{HEAD}- id: |a\n  {note}\n")
    assert [piece for piece in shows if piece not in shown] == []


def test_a_text_of_a_note_shows_it_too(editor):
    """Hovering over what is asked is asking for the card."""
    assert told(editor, HEAD + "- id: a\n  kind: basic\n  front: Wh|y?\n  back: B\n").startswith("**new/a**")
