"""The answers of a drill, out of its log."""

from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.answers import fold
from quizkit.model.drill import Act, ActType


def answer(number, player, score, event, item=0, round_=1):
    data = {"item": item, "round": round_, "card": "d/n/main", "values": ["x"], "score": score, "event": event}
    return Act(number, number, ActType.ANSWER, player, data)


def test_a_later_answer_takes_the_place_of_the_former():
    folded = fold([answer(1, "a", 0.0, "e1"), answer(2, "b", 1.0, "e2"), answer(3, "a", 1.0, "e3")])
    assert [(given.player, given.score, given.event, given.former) for given in folded.answers] == [
        ("a", 1.0, "e3", ("e1",)),
        ("b", 1.0, "e2", ()),
    ]


def test_a_call_changes_the_score_and_undo_takes_back():
    """The teacher's word stands; taken back, what was before stands again; an answer taken back is withdrawn."""
    acts = [
        answer(1, "a", 0.5, "e1"),
        Act(2, 2, ActType.CALL, "", {"number": 1, "score": 1.0, "outcome": "right", "event": "e2"}),
        Act(3, 3, ActType.UNDO, "", {"number": 2}),
        Act(4, 4, ActType.UNDO, "", {"number": 1}),
    ]
    assert [(given.score, given.outcome, given.event) for given in fold(acts[:2]).answers] == [(1.0, "right", "e2")]
    assert [(given.score, given.event, given.former) for given in fold(acts[:3]).answers] == [(0.5, "e1", ("e2",))]
    assert fold(acts) == ((), ("e1", "e2"))


def test_a_correction_keeps_the_moment_of_the_first_answer():
    """The answer was given then, whenever its mark was put right; one that was taken back was never given."""
    acts = [
        answer(1, "a", 0.0, "e1"),
        answer(2, "b", 0.0, "e2"),
        answer(3, "a", 1.0, "e3"),
        Act(4, 4, ActType.UNDO, "", {"number": 2}),
        answer(5, "b", 1.0, "e5"),
    ]
    assert [(given.player, given.score, given.at) for given in fold(acts).answers] == [("a", 1.0, 1), ("b", 1.0, 5)]


def test_answers_to_what_was_skipped_do_not_stand():
    """With phones the act doesn't say what: it is what the room is at. A second vote goes with the first."""
    acts = [
        Act(1, 1, ActType.START),
        answer(2, "a", 0.0, "e1"),
        Act(3, 3, ActType.SKIP),
        answer(4, "a", 1.0, "e2", item=1),
        Act(5, 5, ActType.REVEAL),
        Act(6, 6, ActType.NEXT),
        answer(7, "a", 0.0, "e3", item=2),
        answer(8, "a", 1.0, "e4", item=2, round_=2),
        Act(9, 9, ActType.SKIP),
    ]
    folded = fold(acts)
    assert [(given.item, given.event) for given in folded.answers] == [(1, "e2")]
    assert folded.withdrawn == ("e1", "e3", "e4")


def test_a_skip_without_phones_is_taken_back_with_the_step_it_made():
    """There the act says what was left, and the next turns to another item; what was known before isn't skipped."""
    acts = [
        Act(1, 1, ActType.START),
        Act(2, 2, ActType.NEXT, "a", {"item": 0}),
        answer(3, "a", 0.5, "e1"),
        Act(4, 4, ActType.SKIP, "", {"item": 0}),
        Act(5, 5, ActType.NEXT, "b", {"item": 1}),
    ]
    assert fold(acts) == ((), ("e1",))
    acts += [Act(6, 6, ActType.UNDO, "", {"number": 5})]
    assert [given.event for given in fold(acts).answers] == ["e1"]
    acts += [
        Act(7, 7, ActType.NEXT, "b", {"item": 0}),
        answer(8, "b", 1.0, "e2"),
        Act(9, 9, ActType.SKIP, "", {"item": 0}),
        Act(10, 10, ActType.END),
    ]
    assert [given.event for given in fold(acts).answers] == ["e1", "e2"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.integers(1, 2), st.floats(0, 1)), max_size=20))
def test_one_answer_of_a_player_to_an_item_stands(given_ones):
    """No event is lost: each stands, or is named as former."""
    acts = [
        answer(number, player, score, f"e{number}", item, round_)
        for number, (player, item, round_, score) in enumerate(given_ones, 1)
    ]
    folded = fold(acts)
    keys = [(given.player, given.item, given.round) for given in folded.answers]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(player, item, round_) for player, item, round_, _score in given_ones}
    named = [event for given in folded.answers for event in (given.event, *given.former)]
    assert sorted(named) == sorted(act.data["event"] for act in acts)
