"""Reading a deck while it is written: note by note, and never otherwise than as a whole."""

from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from quizkit.decks.load import load_text
from quizkit.lsp.reading import DeckReader
from quizkit.lsp.text import Text, split_lines
from quizkit.source import decode, to_plain
from tests.helpers.decks import CUPS, TEA
from tests.helpers.slips import SNIPPETS

SMALL = TEA[: TEA.index("  - id: steps")]
ZERO = "deck: d\ntitle: D\nnotes:\n" + CUPS.partition("notes:\n")[2].replace("\n  ", "\n")[2:]


def tree(node):
    """A tree with its positions, except where its collections end."""
    value = node.value
    if isinstance(value, str):
        return (value, node.line, node.column, node.end_line, node.end_column, node.quoted)
    if isinstance(value, list):
        return (node.line, node.column, [tree(inner) for inner in value])
    return (node.line, node.column, node.key_at, {key: tree(inner) for key, inner in value.items()})


def same(loaded, text):
    """That a deck was read as the whole text is read."""
    plain, problems = decode(text.encode(), "d.yaml")
    if plain is None:
        assert loaded.diagnostics == problems
        return
    whole = load_text(plain, "d.yaml")
    assert sorted(loaded.diagnostics) == sorted(whole.diagnostics)
    assert (loaded.deck is None) == (whole.deck is None)
    if whole.deck is not None:
        assert loaded.deck._replace(notes=()) == whole.deck._replace(notes=())
        assert loaded.deck.notes == whole.deck.notes
        assert {key: tree(node) for key, node in loaded.nodes.items()} == {
            key: tree(node) for key, node in whole.nodes.items()
        }
    assert loaded.head == whole.head
    if whole.root is not None:
        assert to_plain(loaded.root) == to_plain(whole.root)
        assert loaded.root.key_at == whole.root.key_at


@settings(max_examples=150)
@given(
    st.sampled_from([SMALL, CUPS, ZERO, SMALL.replace("\n", "\r\n"), "\ufeff" + CUPS, "notes:\n", ""]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(SNIPPETS) | st.text(max_size=5))),
)
@example(SMALL, [(0.5786572125998076, 15, "0")])
def test_what_is_read_note_by_note_is_what_the_whole_says(text, edits):
    """Whatever is typed, in whatever order: diagnostics, notes and places are those of `quizkit deck check`."""
    reader = DeckReader("d.yaml")
    reader.read(split_lines(text))
    for at, removed, snippet in edits:
        start = round(at * len(text))
        text = text[:start] + snippet + text[start + removed :]
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
        same(reader.read(split_lines(text)), text)
    event(f"{len(edits)} edits")


def test_only_the_note_that_changed_is_read_again():
    """What makes it fast: every other note is the very one of the last time, also when it moved."""
    reader, text = DeckReader("d.yaml"), Text(TEA)
    before = {note.id: note for note in reader.read(text.lines).deck.notes}
    changed = TEA.replace("title:", "# Of leaves.\n\ntitle:").replace("half oxidised", "quite half oxidised")
    after = {note.id: note for note in reader.read(split_lines(changed)).deck.notes}
    assert [name for name in after if after[name].body is not before[name].body] == ["oolong"]
    assert after["oxidised"].span.line == before["oxidised"].span.line + 2
