"""The deck index: a cache that fills, answers, and may vanish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import EventType, Rating
from quizkit.model.index import AliasRow, AnswerRow, CardRow, DeckRow, FileRow, FileRows, NoteRow
from quizkit.store import Index, Store


def rows_of(deck: str, notes: int, *, path: str = "", first: int = 0, kind: str = "typed") -> FileRows:
    """A file with a deck of that many notes, one card each; even ones are tagged `even`."""
    path = path or f"{deck}.yaml"
    keys = [f"{deck}/note-{n}" for n in range(notes)]
    return FileRows(
        FileRow(path, 100, 5, "digest", deck),
        DeckRow(deck, path, '{"title":{"en":"A deck"}}', "", 0.9, notes, notes),
        [
            NoteRow(key, deck, kind, n + 2, n, f'{{"ask":{{"ja":"国{n}の首都は"}},"answer":"City {n}"}}')
            for n, key in enumerate(keys)
        ],
        [
            CardRow(f"{key}/main", key, deck, "main", kind, "type", first + n, " even " if n % 2 == 0 else " ")
            for n, key in enumerate(keys)
        ],
        [AnswerRow(deck, f"city{n}", key) for n, key in enumerate(keys)],
        [AliasRow(f"{deck}/old", keys[0])] if keys else [],
    )


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    return tmp_path / ".quizkit" / "index.db"


@pytest.fixture
def index(index_path: Path) -> Iterator[Index]:
    with Index.open(index_path) as opened:
        yield opened


def test_what_goes_in_comes_out(index: Index, index_path: Path) -> None:
    """Every row, also over another connection."""
    rows = rows_of("alpha", 2)
    index.replace_file(rows)
    with Index.open(index_path) as again:
        assert again.files() == {"alpha.yaml": rows.file}
        assert again.decks() == [rows.deck]
        assert again.deck("alpha") == rows.deck
        assert again.notes("alpha") == rows.notes
        assert again.note("alpha/note-1") == rows.notes[1]
        assert again.cards() == rows.cards == again.cards("alpha")
        assert again.card_rows(["alpha/note-1/main", "gone/x/main"]) == {"alpha/note-1/main": rows.cards[1]}
        assert again.card("gone/x/main") is None
        assert again.aliases() == {"alpha/old": "alpha/note-0"}


def test_a_file_is_replaced_whole(index: Index) -> None:
    """What is no longer in the file is gone, and other decks with like names stay."""
    index.replace_files([rows_of("alpha", 3), rows_of("alpha-2", 2)])
    index.replace_file(rows_of("alpha", 1))
    assert [note.key for note in index.notes("alpha")] == ["alpha/note-0"]
    assert len(index.cards("alpha-2")) == 2
    assert not index.is_rival("alpha", "city2", "x")


def test_a_file_may_change_its_deck_or_a_deck_its_file(index: Index) -> None:
    """A renamed deck leaves nothing behind; a renamed file takes its deck along, whichever change is seen first."""
    index.replace_file(rows_of("alpha", 2, path="one.yaml"))
    index.replace_file(rows_of("beta", 2, path="one.yaml"))
    assert [deck.id for deck in index.decks()] == ["beta"]
    index.replace_file(rows_of("beta", 2, path="two.yaml"))
    index.drop_file("one.yaml")
    assert [deck.path for deck in index.decks()] == ["two.yaml"]
    assert len(index.cards()) == 2
    index.drop_file("two.yaml")
    assert (index.files(), index.decks(), index.cards(), index.aliases()) == ({}, [], [], {})


def test_a_file_without_a_deck_is_remembered(index: Index) -> None:
    """So that a broken file isn't parsed again until it changes."""
    broken = FileRow("broken.yaml", 1, 2, "digest", "", "no deck id")
    index.replace_file(FileRows(broken))
    assert index.files() == {"broken.yaml": broken}


def test_rivals_are_answers_of_other_notes(index: Index) -> None:
    """A near miss that is another card's answer is no typo; a note isn't its own rival."""
    index.replace_file(rows_of("alpha", 2))
    assert index.is_rival("alpha", "city1", "alpha/note-0")
    assert not index.is_rival("alpha", "city1", "alpha/note-1")
    assert not index.is_rival("beta", "city1", "alpha/note-0")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("国1", ["alpha/note-1"]),
        ("CITY 0", ["alpha/note-0"]),
        ("note-1", ["alpha/note-1"]),
        ("ask", []),
        ("%", []),
        ("_", []),
        ('"', []),
        ("首都", ["alpha/note-0", "alpha/note-1"]),
    ],
)
def test_find_looks_at_values(index: Index, text: str, keys: list[str]) -> None:
    """Two Japanese characters are enough; the file's own words and LIKE's special characters find nothing."""
    index.replace_file(rows_of("alpha", 2))
    assert [note.key for note in index.find(text)] == keys


def test_find_sees_quotes_and_backslashes(index: Index) -> None:
    """What JSON escapes is found as the author wrote it."""
    note = NoteRow("a/n", "a", "basic", 1, 0, '{"front":"say \\"C:\\\\x\\""}')
    index.replace_file(FileRows(FileRow("a", 1, 1, "", "a"), DeckRow("a", "a", "{}", "", 0.9, 1, 0), [note]))
    assert index.find('"C:\\x"') == [note]


@pytest.mark.parametrize("damage", ["text", "version", "foreign"])
def test_an_unusable_file_is_replaced_by_an_empty_one(index_path: Path, damage: str) -> None:
    """It is a cache: whatever is wrong with it, it is made again and nobody needs to know."""
    with Index.open(index_path) as index:
        index.replace_file(rows_of("alpha", 2))
    if damage == "text":
        index_path.write_text("not a database " * 100)
    else:
        connection = sqlite3.connect(index_path)
        connection.execute("PRAGMA user_version = 999" if damage == "version" else "PRAGMA application_id = 7")
        connection.close()
    with Index.open(index_path) as index:
        assert index.files() == {}
        index.replace_file(rows_of("alpha", 2))


def test_damage_found_later_throws_the_cache_away(index_path: Path) -> None:
    """A damaged page shows only when it is read: the next run starts with an empty index."""
    with Index.open(index_path) as index:
        index.replace_file(rows_of("alpha", 500))
    content = bytearray(index_path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    index_path.write_bytes(content)
    with pytest.raises(QuizkitError, match="thrown away"), Index.open(index_path) as index:
        index.cards()
    with Index.open(index_path) as index:
        assert index.cards() == []


def test_new_cards_are_those_never_reviewed(store: Store, index: Index, clock: Clock) -> None:
    """In the authors' order, without suspended and buried ones; a reset card is new again."""
    index.replace_files([rows_of("beta", 3, first=10), rows_of("alpha", 6)])
    store.attach_index(index.path)
    today = clock.today()
    store.review("me", "alpha/note-0/main", Rating.GOOD)
    store.record(EventType.SUSPEND, "me", "alpha/note-1/main")
    store.record(EventType.BURY, "me", "alpha/note-2/main", until=today + 1)
    store.record(EventType.FLAG, "me", "alpha/note-3/main")
    fresh = [row.card for row in store.new_cards("me", today, 4)]
    assert fresh == [f"alpha/note-{n}/main" for n in (3, 4, 5)] + ["beta/note-0/main"]
    assert store.new_cards("me", today + 1, 1)[0].card == "alpha/note-2/main"
    store.record(EventType.RESET, "me", "alpha/note-0/main")
    assert store.new_cards("me", today, 1)[0].card == "alpha/note-0/main"
    assert store.new_cards("yun", today, 1)[0].card == "alpha/note-0/main"


def test_new_cards_can_be_narrowed(store: Store, index: Index) -> None:
    """By deck, tag and kind, and without the notes met today."""
    index.replace_files([rows_of("beta", 3, first=10), rows_of("alpha", 3), rows_of("gamma", 2, first=5, kind="date")])
    store.attach_index(index.path)

    def fresh(limit: int = -1, **narrowed: object) -> list[str]:
        rows = store.new_cards("me", 20_000, limit, **narrowed)  # type: ignore[arg-type]
        return [row.card.removesuffix("/main") for row in rows]

    assert fresh(decks=["gamma", "beta"], limit=3) == ["gamma/note-0", "gamma/note-1", "beta/note-0"]
    assert fresh(decks=[]) == []
    assert fresh(tags=["even"], decks=["alpha"]) == ["alpha/note-0", "alpha/note-2"]
    assert fresh(tags=["eve"]) == []
    assert fresh(kinds=["date"]) == ["gamma/note-0", "gamma/note-1"]
    assert fresh(limit=1, exclude_notes=["alpha/note-0"]) == ["alpha/note-1"]


def test_what_left_the_decks_is_not_asked(store: Store, index: Index, clock: Clock) -> None:
    """A card whose note was deleted keeps its memory, and comes back with the note."""
    index.replace_file(rows_of("alpha", 2))
    for n in (0, 1, 7):
        store.review("me", f"alpha/note-{n}/main", Rating.EASY)
    later = clock.today() + 30
    assert len(store.due_reviews("me", later)) == 3
    store.attach_index(index.path)
    assert {row.card for row in store.due_reviews("me", later)} == {"alpha/note-0/main", "alpha/note-1/main"}
    assert store.due_counts("me", later, clock.now()).reviews == 2
    assert [row.card for row in store.due_reviews("me", later, tags=["even"])] == ["alpha/note-0/main"]
    index.replace_file(rows_of("alpha", 8))
    assert store.due_counts("me", later, clock.now()).reviews == 3


def test_index_and_progress_don_t_wait_for_each_other(store: Store, index: Index) -> None:
    """Saving an answer takes no lock on the index, and filling the index none on the progress."""
    index.replace_file(rows_of("alpha", 2))
    store.attach_index(index.path)
    index.connection.execute("BEGIN IMMEDIATE")
    store.review("me", "alpha/note-0/main", Rating.GOOD)
    index.connection.execute("COMMIT")
    store.connection.execute("BEGIN IMMEDIATE")
    index.replace_file(rows_of("alpha", 3))
    store.connection.execute("ROLLBACK")
