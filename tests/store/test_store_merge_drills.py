"""Joining files with drills in them, of which some have erased people."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_scripts import contents, opened

from quizkit.model import EventType, Rating
from quizkit.model.drill import Act, ActType, Mode
from quizkit.store import Store
from quizkit.store.backup import backup
from quizkit.store.check import check
from quizkit.store.classes import classrooms, member_event
from quizkit.store.drills import DrillRow, acts, append, begin, drills
from quizkit.store.forgetting import forget_learner
from quizkit.store.merge import merge

PEOPLE = ("aya", "bo", "choi")
DOINGS = st.lists(
    st.tuples(st.sampled_from(["answer", "answer", "review", "drill", "forget", "come"]), st.sampled_from(PEOPLE)),
    max_size=8,
)


def play(store: Store, machine: str, script: Sequence[tuple[str, str]]) -> None:
    """What happens on a machine: it holds drills of its own, an hour passes between any two things."""
    drill, number = "", 0
    for what, who in script:
        assert store.clock.fixed is not None
        store.clock.fixed += 3_600_000
        now = store.clock.now()
        match what:
            case "come":
                named = store.make(EventType.LEARNER, who, target=who.capitalize())
                store.append(named, member_event(store, "2b", who))
            case "review":
                store.review(who, "a/b/main", Rating.GOOD, response=f'["{who} typed this"]')
            case "forget":
                forget_learner(store, who)
            case "drill":
                drill, number = f"{machine}{now}", 0
                begin(store, DrillRow(drill, Mode.LIVE, now, "2b", {"items": []}, True))
            case "answer" if drill:
                number += 1
                data = {"item": 0, "values": [f"{who} typed this"], "picked": [], "score": 1.0, "event": f"e{now}"}
                append(store, drill, [Act(number, now, ActType.ANSWER, who, data)])


def all_of(store: Store) -> tuple[object, ...]:
    """Everything of a file that travels."""
    return (*contents(store), [(row.id, acts(store, row.id)) for row in drills(store)])


@settings(max_examples=25)
@given(DOINGS, DOINGS, DOINGS)
def test_in_any_order_and_however_often(
    shared: list[tuple[str, str]], first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    """The same people, drills and memories, whoever was erased where; nothing of them that was before comes back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with opened(path / "shared.db") as store:
            play(store, "s", [("drill", "aya"), *shared])
            now = store.clock.fixed
            for name in "ab":
                backup(store, path / f"{name}.db")
        for name, script in (("a", first), ("b", second)):
            with opened(path / f"{name}.db") as store:
                store.clock.fixed = now
                play(store, name, [("drill", "aya"), *script])
        found = []
        for order in ("ab", "ba", "abab", "sba"):
            with opened(path / f"all-{order}.db") as store:
                for name in order:
                    merge(store, path / ("shared.db" if name == "s" else f"{name}.db"))
                assert check(store) == []
                found.append(all_of(store))
        assert found[0] == found[1] == found[2] == found[3]


@settings(max_examples=25)
@given(DOINGS, st.sampled_from(PEOPLE))
def test_nothing_of_whoever_is_erased_remains(script: list[tuple[str, str]], who: str) -> None:
    """No byte of the file; not after an older copy has been merged either."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        with opened(path) as store:
            play(store, "m", [("drill", who), ("come", who), ("answer", who), ("review", who), *script])
            backup(store, path.with_name("old.db"))
            forget_learner(store, who)
            merge(store, path.with_name("old.db"))
            assert check(store) == []
            assert all(student.id != who for room in classrooms(store) for student in room.students)
        held = path.read_bytes()
        assert f"{who} typed".encode() not in held
        assert who.capitalize().encode() not in held
