"""Choosing what to drill."""

from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.picking import Candidate, pick, thirds

RECALLS = st.lists(st.none() | st.floats(0, 1), min_size=3, max_size=3).map(tuple)
GROUPS = st.lists(st.sampled_from(["P1", "P2", "P3"]), max_size=2, unique=True).map(tuple)


def one(name, *recalls, **more):
    return Candidate(f"d/{name}/main", f"d/{name}", recalls, **more)


def names(picks):
    return [taken.card.split("/")[1] for taken in picks]


def test_what_is_forgotten_comes_first_then_what_is_new():
    """By the mean over the class; of equals the author's first; the reasons are counted."""
    picks = pick([one("known", 0.95, 0.99), one("new", None, None), one("gone", 0.3, 0.2), one("half", None, 0.95)], 4)
    assert names(picks) == ["gone", "new", "half", "known"]
    assert [(taken.students, taken.new_to, taken.weak) for taken in picks] == [
        (2, 0, 2),
        (2, 2, 0),
        (2, 1, 0),
        (2, 0, 0),
    ]


def test_a_second_card_on_the_same_thing_must_be_needed_twice_as_much():
    pool = [one("a", 0.2, groups=("P1",)), one("b", 0.3, groups=("P1",)), one("c", 0.6, groups=("P2",))]
    assert names(pick(pool, 2)) == ["a", "c"]
    assert pick(pool, 2)[1].adds == ("P2",)
    pool[1] = one("b", 0.1, groups=("P1",))
    assert names(pick(pool, 2)) == ["b", "a"]


def test_foundations_first():
    """What builds on a note that the class hasn't met waits for it; one from elsewhere is no bar."""
    pool = [one("roof", 0.0, after=("d/floor",)), one("floor", None), one("other", 0.9, after=("x/elsewhere",))]
    assert names(pick(pool, 3, known={"d/floor": 0.4})) == ["floor", "roof", "other"]
    assert names(pick(pool, 1, known={"d/floor": 0.5})) == ["roof"]
    assert names(pick([pool[0], pool[2]], 3, known={"d/floor": 0.0})) == ["other"]


def test_look_alikes_and_tell_tales_stay_apart():
    pool = [one("a", 0.1, confuses=frozenset({"d/b"})), one("b", 0.2), one("c", 0.3), one("d", 0.4)]
    assert names(pick(pool, 4, clash=lambda x, y: {x, y} == {"d/c/main", "d/a/main"})) == ["a", "d"]


def test_an_exam_gives_each_tag_its_share():
    pool = [one(f"x{n}", strata=("#x",)) for n in range(8)] + [one(f"y{n}", strata=("#y",)) for n in range(4)]
    taken = [name[0] for name in names(pick(pool, 6, exam=True))]
    assert (taken.count("x"), taken.count("y")) == (4, 2)


def test_thirds():
    assert thirds({"a": 9, "b": 1, "c": 5}) == {"b": "easy", "c": "middling", "a": "hard"}
    assert thirds({}) == {}


@given(st.lists(st.tuples(st.integers(0, 5), RECALLS, GROUPS), max_size=12), st.integers(0, 8), st.booleans())
def test_never_two_of_a_note_and_never_too_many(drawn, count, exam):
    """Whatever there is to choose from, the choice is made of it, as long as asked for where that can be."""
    pool = [
        Candidate(f"d/{note}/v{n}", f"d/{note}", recalls, groups, groups)
        for n, (note, recalls, groups) in enumerate(drawn)
    ]
    picks = pick(pool, count, exam=exam)
    notes = [taken.card.rpartition("/")[0] for taken in picks]
    assert len(set(notes)) == len(notes) == min(count, len({candidate.note for candidate in pool}))
    assert {taken.card for taken in picks} <= {candidate.card for candidate in pool}
    assert picks == pick(pool, count, exam=exam)
