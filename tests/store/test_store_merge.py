"""Joining the progress of two machines."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from store_scripts import Action, contents, opened, play, scripts

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import EventType, Rating
from quizkit.store import Store
from quizkit.store.backup import backup
from quizkit.store.check import check
from quizkit.store.merge import MergeReport, merge

CARD = "deck/note/main"


class Machines:
    """Three progress files that share a beginning, then go their own ways."""

    def __init__(self, folder: str, shared: Sequence[Action], own: Sequence[Sequence[Action]]) -> None:
        self.folder = Path(folder)
        with opened(self.folder / "shared.db") as store:
            play(store, shared)
            for name, _ in zip("abc", own, strict=True):
                backup(store, self.path(name))
        for name, script in zip("abc", own, strict=True):
            with opened(self.path(name)) as store:
                play(store, script)

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def merged(self, *names: str) -> tuple[object, ...]:
        """What results from merging these files, in this order, into an empty one."""
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "all.db") as store:
            for name in names:
                merge(store, self.path(name))
            assert check(store) == []
            return contents(store)

    def joined(self, first: str, second: str) -> str:
        """A file that is the first with the second merged in."""
        name = f"{first}+{second}"
        with opened(self.path(first)) as store:
            backup(store, self.path(name))
        with opened(self.path(name)) as store:
            merge(store, self.path(second))
        return name


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(scripts, scripts, scripts, scripts)
def test_merging_is_a_union(
    shared: list[Action], first: list[Action], second: list[Action], third: list[Action]
) -> None:
    """In any order, grouped in any way and however often: the same log, the same memory, the same names."""
    with tempfile.TemporaryDirectory() as folder:
        machines = Machines(folder, shared, [first, second, third])
        expected = machines.merged("a", "b", "c")
        assert machines.merged("c", "b", "a") == expected
        assert machines.merged("b", "a", "b", "c", "a") == expected
        assert machines.merged("a", machines.joined("b", "c")) == expected
        assert machines.merged(machines.joined("a", "b"), "c") == expected


def test_the_report_says_what_came(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Events added and known, whose they were, how many cards they touched; the second time there is nothing new."""
    store.review("me", CARD, Rating.GOOD)
    backup(store, tmp_path / "other.db")
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.review("yun", CARD, Rating.GOOD)
        other.review("me", "deck/second/main", Rating.GOOD)
        other.add_learner("Yun")
    assert merge(store, tmp_path / "other.db") == MergeReport(3, 1, ("me", "yun"), 2)
    assert merge(store, tmp_path / "other.db") == MergeReport(0, 4, (), 0)
    assert ("yun", "Yun") in store.learners()


def test_an_undo_reaches_the_other_machine(store: Store, clock: Clock, tmp_path: Path) -> None:
    """What was taken back on one machine is taken back everywhere, whichever log arrives first."""
    store.review("me", CARD, Rating.GOOD)
    before = store.state("me", CARD)
    store.review("me", CARD, Rating.AGAIN)
    backup(store, tmp_path / "other.db")
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.undo("me")
    merge(store, tmp_path / "other.db")
    assert store.state("me", CARD) == before


def test_a_rename_reaches_answers_given_under_the_old_key(store: Store, clock: Clock, tmp_path: Path) -> None:
    """One machine renames, the other goes on studying under the old key: one memory in the end."""
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.append(other.make(EventType.RENAME, "", "deck/new/main", target=CARD))
    _, state = store.review("me", CARD, Rating.GOOD)
    merge(store, tmp_path / "other.db")
    assert store.state("me", "deck/new/main") == state
    assert store.cards_of("deck/note") == []


def test_a_forged_event_is_refused(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Two events of one id that differ: one file was tampered with, and nothing is merged."""
    event, _ = store.review("me", CARD, Rating.GOOD)
    backup(store, tmp_path / "other.db")
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.record(EventType.FLAG, "me", CARD)
        other.connection.execute("DROP TRIGGER event_is_never_changed")
        other.connection.execute("UPDATE event SET rating = 4 WHERE id = ?", (event.id,))
    with pytest.raises(QuizkitError, match=event.id):
        merge(store, tmp_path / "other.db")
    assert list(store.events()) == [event]


def test_the_other_file_is_not_touched(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Merging reads; the other machine's file keeps every byte."""
    other = tmp_path / "other.db"
    with Store.open(other, clock=clock) as made:
        made.review("me", CARD, Rating.GOOD)
    before = other.read_bytes()
    merge(store, other)
    assert other.read_bytes() == before


@pytest.mark.parametrize("content", [None, b"not a database, but long enough to be read as one" * 20])
def test_what_can_t_be_merged_is_refused(store: Store, tmp_path: Path, content: bytes | None) -> None:
    """A missing file, and one that is no progress file."""
    other = tmp_path / "other.db"
    if content is not None:
        other.write_bytes(content)
    with pytest.raises(QuizkitError):
        merge(store, other)
