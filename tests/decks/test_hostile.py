"""Files that no author meant to write: each gets a clear answer, quickly, and never a traceback."""

import os

import pytest

from quizkit.decks.check import check_paths
from quizkit.decks.library import changed, load_all, read
from quizkit.decks.scan import scan
from quizkit.model import Asking
from quizkit.source import MAX_BYTES, from_plain, parse_yaml, to_plain

NOTE = "  - id: capital\n    kind: typed\n    ask: What is the capital of Japan?\n    answer: Tokyo\n"
DECK = f"deck: demo\ntitle: Demo\nnotes:\n{NOTE}"


@pytest.fixture
def folder(tmp_path):
    """A decks folder with one good deck in it."""
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "good.yaml").write_text(DECK.replace("demo", "good").replace("capital", "town"), encoding="utf-8")
    return decks


def _codes(path):
    return [problem.rule.code for problem in check_paths([path]).diagnostics]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (DECK.encode().replace(b"Tokyo", b"M\xfcnchen"), "not-utf8"),
        (DECK.encode("utf-16"), "not-utf8"),
        (DECK.encode().replace(b"Tokyo", b"\x1b[31mTokyo"), "control-character"),
        (DECK.encode().replace(b"Tokyo", b"To\x00kyo"), "control-character"),
        (DECK.encode().replace(b"    kind", b"\tkind"), "tab-indent"),
        (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "alias-forbidden"),
        (b"- " * 10_000, "too-deep"),
        (b"[" * 10_000, "too-deep"),
        (b"{a: " * 10_000, "too-deep"),
        (b"just words", "not-a-deck"),
        (b"deck: [a]\n", "wrong-type"),
        (b'deck: demo\ntitle: "never closed\n', "yaml-syntax"),
    ],
)
def test_a_broken_file_is_explained_and_hides_no_other(folder, content, code):
    """Whatever stands in one file, it is told, and the good deck beside it stays usable."""
    (folder / "bad.yaml").write_bytes(content)
    assert code in _codes(folder)
    assert [loaded.deck.id for loaded in load_all(folder).decks if loaded.deck.notes] == ["good"]


@pytest.mark.parametrize("change", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")])
def test_windows_files_are_welcome(folder, change):
    """A byte order mark and CRLF are no mistakes."""
    (folder / "demo.yaml").write_bytes(change(DECK.encode()))
    assert _codes(folder) == []


def test_a_huge_file_is_refused_unread(folder):
    """50 MB are refused by their size."""
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert _codes(folder) == ["too-large"]
    assert MAX_BYTES < 50_000_000


def test_things_that_are_no_files(folder):
    """A folder called x.yaml, a link to itself, a link to nothing: each is told."""
    (folder / "x.yaml").mkdir()
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "nowhere.yaml").symlink_to(folder / "missing")
    os.mkfifo(folder / "pipe.yaml")
    assert _codes(folder) == ["not-a-file"] * 4


def test_a_link_to_a_folder_is_not_followed(folder):
    """Links between folders may loop; decks are looked for in real folders only."""
    (folder / "inner").mkdir()
    (folder / "inner" / "up").symlink_to(folder, target_is_directory=True)
    assert [found.name for found in scan(folder)] == ["decks/good.yaml"]


def test_a_deck_that_vanishes_while_it_is_read(folder):
    """A file that was there a moment ago is told as unreadable."""
    (found,) = scan(folder)
    found.path.unlink()
    rows, problems = read(found)
    assert [problem.rule.code for problem in problems] == ["not-a-file"]
    assert rows.deck is None
    assert rows.file.error


def test_ten_thousand_options_are_too_many(folder):
    """A card nobody could answer is refused in words, not drawn."""
    options = "".join(f"      - '{i}'\n" for i in range(10_000))
    note = f"  - id: a\n    kind: choice\n    ask: Which?\n    answer: '1'\n    options:\n{options}"
    text = f"deck: demo\ntitle: Demo\nnotes:\n{note}{NOTE}"
    (folder / "many.yaml").write_text(text, encoding="utf-8")
    assert _codes(folder) == ["too-many-options"]
    assert [len(loaded.deck.notes) for loaded in load_all(folder).decks] == [1, 1]


@pytest.mark.parametrize("text", ["{{c1::a" * 50_000, "{{c1::" + "a::" * 50_000, "{{c1::a {{c2::b}} c}}"])
def test_gaps_that_never_end_cost_no_time(folder, text):
    """A gap inside a gap, or thousands that are never closed, are told at once."""
    (folder / "demo.yaml").write_text(
        f"deck: demo\ntitle: Demo\nnotes:\n  - id: a\n    kind: cloze\n    text: '{text}'\n", encoding="utf-8"
    )
    assert _codes(folder) == ["cloze-unclosed"]


@pytest.mark.parametrize("number", ["9" * 100_000, "1e999999", "1e-999999", "0." + "0" * 99 + "1"])
def test_numbers_that_nobody_types_are_refused(folder, number):
    """A million digits would be written out, compared and shown."""
    (folder / "demo.yaml").write_text(
        f"deck: demo\ntitle: Demo\nnotes:\n  - id: a\n    kind: number\n    ask: How many?\n    answer: {number}\n",
        encoding="utf-8",
    )
    assert _codes(folder) == ["not-a-number"]


def test_one_bad_note_never_hides_the_good_ones(folder):
    """Notes that YAML itself can't read are left out one by one."""
    text = (
        "deck: demo\ntitle: Demo\nnotes:\n"
        "  - id: a\n    kind: typed\n    ask: Which word: this?\n    answer: this\n"
        "  - id: b\n    kind: typed\n    ask: What is the capital of Korea?\n    answer: Seoul\n"
        '  - id: c\n    kind: typed\n    ask: "never closed\n    answer: x\n'
        "  - id: d\n    kind: typed\n    ask: What is the capital of China?\n    answer: Beijing\n"
    )
    (folder / "demo.yaml").write_text(text, encoding="utf-8")
    library = load_all(folder)
    demo = next(loaded for loaded in library.decks if loaded.deck.id == "demo")
    assert [note.id for note in demo.deck.notes] == ["b", "d"]
    assert [(d.rule.code, d.span.line) for d in library.diagnostics] == [("yaml-syntax", 6), ("yaml-syntax", 14)]


def test_changed_files_are_known_by_size_and_time(folder):
    """An untouched file isn't read again, a changed one is, a deleted one is dropped."""
    (found,) = scan(folder)
    rows, _problems = read(found)
    assert changed([found], {found.name: rows.file}) == ([], [])
    assert changed([found._replace(mtime_ns=1)], {found.name: rows.file})[0]
    assert changed([], {found.name: rows.file}) == ([], [found.name])


def test_positions_survive_wide_characters():
    """Columns count characters, also behind Japanese text."""
    parsed = parse_yaml("a: {ja: 首都は東京です, en: Tokyo}\n", "f")
    assert parsed.node.value["a"].value["en"].column == 22


def test_plain_data_survives_the_round_trip():
    """What the index keeps is what the file said."""
    node = parse_yaml(DECK, "f").node
    assert to_plain(from_plain(to_plain(node))) == to_plain(node)


def test_terminal_escapes_are_no_text_a_card_can_hold(folder):
    """YAML's own escapes can smuggle control characters past the bytes; they are drawn, not obeyed."""
    from quizkit.terminal.draw import Page, question
    from quizkit.terminal.style import Style

    (folder / "demo.yaml").write_text(
        DECK.replace("What is", '"\\e[2J\\u202eWhat is').replace("Japan?", 'Japan?"'), encoding="utf-8"
    )
    demo = next(loaded for loaded in load_all(folder).decks if loaded.deck.id == "demo")
    card = demo.deck.notes[0].cards()[0]
    drawn = "\n".join(question(Page(80, Style(False)), card.task.ask(Asking(card.key))))
    assert "\x1b" not in drawn
    assert "\u202e" not in drawn
