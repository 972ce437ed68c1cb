"""Writing missing ids: a file belongs to its author, down to the last byte."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from quizkit.decks.edit import add_ids, with_ids
from quizkit.decks.load import load_text
from quizkit.errors import QuizkitError
from quizkit.source import decode

HEAD = "deck: demo\ntitle: Demo\nnotes:\n"
NOTE = "  - kind: typed\n    ask: What is the capital of Japan?\n    answer: Tokyo\n"


def _ids(data):
    text, problems = decode(data, "demo.yaml")
    assert problems == []
    loaded = load_text(text, "demo.yaml")
    assert loaded.diagnostics == []
    return [note.id for note in loaded.deck.notes]


def _is_inside(old, new):
    """Whether the new bytes are the old ones with something put in between."""
    rest = iter(new)
    return all(byte in rest for byte in old)


@pytest.mark.parametrize(
    ("note", "written"),
    [
        (NOTE, "  - id: capital-japan\n    kind: typed\n"),
        (NOTE.replace("  - kind", "  -\n    kind"), "  -\n    id: capital-japan\n    kind: typed\n"),
        (NOTE.replace("  - kind", "  -   kind").replace("    a", "      a"), "  -   id: capital-japan\n      kind"),
        (NOTE.replace("  - kind", "  - # why\n    kind"), "  - # why\n    id: capital-japan\n    kind"),
        ("  - {kind: typed, ask: Capital of Japan, answer: Tokyo}\n", "  - {id: capital-japan, kind: typed,"),
        ("  - { 'kind': typed, ask: Capital of Japan, answer: x}\n", "  - {id: capital-japan,  'kind'"),
        (NOTE.replace("  ", "", 1).replace("    ", "  "), "- id: capital-japan\n  kind"),
    ],
)
def test_an_id_is_written_in_the_style_of_the_note(note, written):
    """Block, block on its own line, with a comment, flow: each stays what it was."""
    new, added = with_ids((HEAD + note).encode(), "demo.yaml")
    assert written in new.decode()
    assert _ids(new) == ["capital-japan"]
    assert [(found.id, found.line) for found in added] == [
        ("capital-japan", new[: new.find(b"id: cap")].count(b"\n") + 1)
    ]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_the_byte_order_mark_stay(bom, end):
    """An editor on Windows finds the file as it left it."""
    old = bom + (HEAD + NOTE + NOTE.replace("Japan", "Korea")).encode().replace(b"\n", end)
    new, _added = with_ids(old, "demo.yaml")
    assert new.startswith(bom)
    assert new.count(b"\r\n") == (len(new.split(b"\n")) - 1 if end == b"\r\n" else 0)
    assert _ids(new) == ["capital-japan", "capital-korea"]
    assert (
        new.replace(b"id: capital-japan" + end + b"    ", b"").replace(b"id: capital-korea" + end + b"    ", b"") == old
    )


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("ask: When did the three leaders meet at Camp David?", "three-leaders-meet-camp-david"),
        ("ask:\n      ja: 会談はどこで。\n      en: Where was the summit?", "summit"),
        ("ask:\n      - ja: 会談はどこで。\n        en: Where was the summit?\n      - Where did they meet?", "summit"),
        ("ask: 会談はどこで。", "note-1"),
        ("ask: 1945?", "note-1"),
        ("ask: What is that?", "what-is-that"),
        ("ask: Où est le café ?", "ou-est-le-cafe"),
        ("ask: Who isn't there?", "isnt-there"),
    ],
)
def test_ids_come_from_the_english_prompt(prompt, made):
    """An id tells what the note is about, in letters that every keyboard has."""
    note = f"  - kind: typed\n    {prompt}\n    answer: x\n"
    assert _ids(with_ids((HEAD + note).encode(), "demo.yaml")[0]) == [made]


def test_a_cloze_is_not_named_after_its_answer():
    """An id can be on screen while the card is asked."""
    note = "  - kind: cloze\n    text: The capital of Japan is {{c1::Tokyo::a city}}.\n"
    assert _ids(with_ids((HEAD + note).encode(), "demo.yaml")[0]) == ["capital-japan"]


def test_ids_are_unique_also_against_former_ones():
    """Neither another note's id nor an id that was one of some note is taken again."""
    kept = "  - id: capital-japan-2\n    was: capital-japan\n    kind: typed\n    ask: x\n    answer: y\n"
    new, _added = with_ids((HEAD + NOTE + kept + NOTE).encode(), "demo.yaml")
    assert _ids(new) == ["capital-japan-3", "capital-japan-2", "capital-japan-4"]


@pytest.mark.parametrize("key", ["Id", "ID", "ids"])
def test_a_misspelt_id_is_one(key):
    """Learners' memories hang on it: another one beside it would cut them off."""
    data = f"deck: d\nnotes:\n- {key}: seoul\n  kind: typed\n  ask: x\n- kind: typed\n  ask: seoul?\n".encode()
    edited, added = with_ids(data, "f")
    assert [one.id for one in added] == ["seoul-2"]
    assert edited == data.replace(b"- kind", b"- id: seoul-2\n  kind")


def test_a_file_without_missing_ids_is_not_touched():
    """Nothing to do is nothing done."""
    data = (HEAD + NOTE.replace("- kind", "- id: a\n    kind")).encode()
    assert with_ids(data, "demo.yaml") == (data, [])


@pytest.mark.parametrize("data", [b"", b"notes: 1", b"just words", b"notes:\n- a\n- [b]\n", b"deck: x\n"])
def test_what_is_no_deck_is_left_alone(data):
    """Files that hold no notes come back as they are."""
    assert with_ids(data, "demo.yaml") == (data, [])


@pytest.mark.parametrize("strange", ["\x85", "\u2028", "\u2029"])
def test_unusual_line_ends_do_not_shift_positions(strange):
    """YAML counts characters as line ends that editors don't."""
    data = (HEAD + f"  # a{strange}  # b\n" + NOTE).encode()
    new, _added = with_ids(data, "demo.yaml")
    assert _ids(new) == ["capital-japan"]
    assert _is_inside(data, new)


WORDS = st.text(st.sampled_from("ab c日é'\"#:-?,{}[]&*!|>%@`~\\\t"), max_size=12)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["  - ", "  -\n    ", "  -   # c\n    ", "  - {", "  - a", ""]), WORDS, st.booleans()
        ),
        max_size=5,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_only_ids_are_added_whatever_the_file_holds(parts, end, bom):
    """Taking the new pieces out of the new file gives the old one; else the file is refused whole."""
    text = HEAD
    for begin, words, has_id in parts:
        if "{" in begin:
            text += f"{begin}{'id: n, ' if has_id else ''}kind: typed, ask: {words}}}\n"
        else:
            text += f"{begin}{'id: n' if has_id else 'tags: n'}\n    kind: typed\n    ask: {words}\n"
    old = (("\ufeff" if bom else "") + text.replace("\n", end)).encode()
    try:
        new, added = with_ids(old, "demo.yaml")
    except QuizkitError:
        return
    assert _is_inside(old, new)
    event(f"{len(added)} ids")
    if end == "\n":
        for found in reversed(added):
            for piece in (f"id: {found.id}\n    ", f"id: {found.id}, "):
                if piece.encode() in new:
                    at = new.rindex(piece.encode())
                    new = new[:at] + new[at + len(piece.encode()) :]
                    break
        assert new == old


def test_the_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path):
    """A kill while writing leaves the old file, and no leavings are taken for decks."""
    path = tmp_path / "demo.yaml"
    path.write_text(HEAD + NOTE, encoding="utf-8")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert [found.id for found in add_ids(link, "link.yaml")] == ["capital-japan"]
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "capital-japan" in path.read_text(encoding="utf-8")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["demo.yaml", "link.yaml"]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """Latin-1, or a file that isn't there."""
    path = tmp_path / "demo.yaml"
    path.write_bytes(b"deck: M\xfcnchen\n")
    with pytest.raises(QuizkitError, match=r"demo.yaml:1:8: Byte 0xfc"):
        add_ids(path, "demo.yaml")
    with pytest.raises(QuizkitError, match="can't be read"):
        add_ids(tmp_path / "none.yaml", "none.yaml")
