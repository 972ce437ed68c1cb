"""The session as pure state."""

from hypothesis import given
from hypothesis import strategies as st

from quizkit.model import Outcome, Phase, Rating, Scheduled
from quizkit.study import (
    LEARN_AHEAD_MS,
    Stage,
    amended,
    answered,
    dropped,
    skipped,
    started,
    summary,
    turn,
    undone,
)

NOW = 1_000_000_000_000
MINUTE = 60_000


def _learning(due_at):
    return Scheduled(Phase.LEARNING, 0, 1.0, 5.0, 0, due_at, NOW, 0, 1, 0)


REVIEWED = Scheduled(Phase.REVIEW, 0, 10.0, 5.0, 10, 0, NOW, 0, 3, 0)


def _answer(session, memory=REVIEWED, outcome=Outcome.RIGHT, rating=Rating.GOOD, event="e"):
    return answered(session, event=event, outcome=outcome, score=1.0, rating=rating, milliseconds=1000, memory=memory)


def _cards(session, now=NOW, memory=REVIEWED):
    """Every card that comes up when each is answered with the same result."""
    seen = []
    while (session := turn(session, now)).current is not None:
        seen.append(session.current.card)
        session = _answer(session, memory)
    return seen


def test_reviews_come_before_new_cards():
    """What is due is asked first: forgetting costs more than not having begun."""
    assert _cards(started(("r1", "r2"), ("n1",))) == ["r1", "r2", "n1"]


def test_a_wrong_card_comes_back_in_the_same_session():
    """A learning step that has passed comes before everything else."""
    session = turn(started(("a", "b")), NOW)
    session = _answer(session, _learning(NOW + MINUTE), Outcome.WRONG, Rating.AGAIN)
    session = turn(session, NOW + 30_000)
    assert session.current.card == "b"
    session = turn(_answer(session), NOW + 2 * MINUTE)
    assert (session.current.card, session.current.stage) == ("a", Stage.LEARNING)


def test_learning_cards_are_asked_a_little_early_when_nothing_else_is_left():
    """Nobody waits eight minutes in front of an empty screen, but a card due in an hour stays for later."""
    soon = started(learning=((NOW + 8 * MINUTE, "soon"),))
    late = started(learning=((NOW + LEARN_AHEAD_MS + MINUTE, "late"),))
    assert turn(soon, NOW).current.card == "soon"
    assert turn(late, NOW).current is None
    assert summary(turn(late, NOW)).next_learning == NOW + LEARN_AHEAD_MS + MINUTE


def test_undo_puts_the_card_back_in_hand():
    """After an undo the same question stands there, and the counts are as they were."""
    before = turn(started(("a", "b")), NOW)
    after = turn(_answer(before), NOW)
    assert undone(after) == before


def test_another_rating_replaces_the_answer():
    """Changing the rating is not a second answer."""
    session = turn(started(("a",)), NOW)
    session = _answer(session, _learning(NOW + MINUTE), Outcome.WRONG, Rating.AGAIN)
    session = amended(session, event="e2", rating=Rating.GOOD, memory=REVIEWED)
    assert len(session.answers) == 1
    assert session.answers[0].event == "e2"
    assert session.learning == ()
    assert turn(session, NOW).current is None


def test_skipping_puts_a_card_behind_the_others_once():
    """A skipped card comes back at the end; skipped again it is left for another day."""
    session = skipped(turn(started(("a", "b")), NOW))
    assert turn(session, NOW).current.card == "b"
    session = turn(_answer(turn(session, NOW)), NOW)
    assert session.current.card == "a"
    assert turn(skipped(session), NOW).current is None


def test_a_dropped_card_is_gone():
    """A buried or suspended card leaves the session and its counts."""
    session = dropped(turn(started(("a", "b")), NOW))
    assert session.ahead.total() == 1
    assert _cards(session) == ["b"]


def test_a_time_box_ends_the_asking():
    """After its minutes a session asks nothing more, but lets the card in hand be answered."""
    session = turn(started(("a", "b"), ends_at=NOW + MINUTE), NOW)
    session = turn(session, NOW + 2 * MINUTE)
    assert session.current.card == "a"
    assert turn(_answer(session), NOW + 2 * MINUTE).current is None


def test_a_test_asks_each_card_once():
    """In a quiz a wrong answer doesn't come back."""
    session = started(("a",), once=True)
    session = _answer(turn(session, NOW), _learning(NOW), Outcome.WRONG, None)
    assert turn(session, NOW + MINUTE).current is None


def test_the_summary_tells_what_came_of_it():
    """Right, wrong, learnt, and what to look at again."""
    session = turn(started((), ("n1", "n2", "n3")), NOW)
    session = turn(_answer(session), NOW)
    session = turn(_answer(session, _learning(NOW + MINUTE), Outcome.WRONG, Rating.AGAIN), NOW)
    session = _answer(session, _learning(NOW + MINUTE), Outcome.SELF, Rating.AGAIN)
    found = summary(session)
    assert (found.answers, found.right, found.wrong) == (3, 1, 2)
    assert found.learnt == ("n1",)
    assert found.look_again == ("n2", "n3")
    assert found.left.learning == 2


@given(
    st.lists(st.sampled_from(["right", "wrong", "skip", "drop", "undo"]), max_size=40),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_counts_and_progress_stay_true(actions, reviews, new):
    """Whatever a learner does, the counts match what is still asked, and no card is lost or doubled."""
    session = started(tuple(f"r{i}" for i in range(reviews)), tuple(f"n{i}" for i in range(new)))
    now = NOW
    for action in actions:
        session = turn(session, now)
        if action == "undo":
            if session.answers:
                session = undone(session)
            continue
        if session.current is None:
            break
        if action == "skip":
            session = skipped(session)
        elif action == "drop":
            session = dropped(session)
        elif action == "right":
            session = _answer(session)
        else:
            session = _answer(session, _learning(now + MINUTE), Outcome.WRONG, Rating.AGAIN)
        now += 1000
        assert 0 <= session.progress <= 1
    left = session.ahead.total()
    asked = _cards(session, now + LEARN_AHEAD_MS)
    assert len(asked) == len(set(asked)) == left


def test_an_empty_session_is_over():
    """With nothing to ask there is nothing in hand, and the summary is all zeros."""
    session = turn(started(), NOW)
    assert session.current is None
    assert session.progress == 1.0
    assert summary(session).answers == 0
