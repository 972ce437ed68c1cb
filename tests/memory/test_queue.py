"""What is asked today, in which order."""

from quizkit.memory.queue import Due, Fresh, Order, Spacing, choose_new, choose_reviews


def _due(card, day=0, weak=0.5, deck="d", confuses=""):
    return Due(f"{deck}/{card}/main", f"{deck}/{card}", deck, day, 0, weak, confuses)


def _fresh(card, after="", confuses=""):
    return Fresh(f"d/{card}/main", f"d/{card}", "d", 0, after, confuses)


def test_siblings_never_come_on_one_day():
    """Two cards of one note give each other away: one a day."""
    due = [Due("d/n/c1", "d/n", "d", 1, 0, 0.5), Due("d/n/c2", "d/n", "d", 1, 0, 0.5), _due("m")]
    assert choose_reviews(due, Spacing(()), 9, Order.DUE, "") == ["d/m/main", "d/n/c1"]
    assert choose_reviews(due, Spacing({"d/n"}), 9, Order.DUE, "") == ["d/m/main"]


def test_look_alikes_are_kept_apart():
    """A note that is easily confused with one already chosen waits."""
    due = [_due("a"), _due("b", confuses="d/a d/x")]
    assert choose_reviews(due, Spacing(()), 9, Order.DUE, "") == ["d/a/main"]


def test_orders():
    """The longest overdue first, the weakest first, deck by deck."""
    due = [_due("a", 3, 0.2), _due("b", 1, 0.9, "e"), _due("c", 2, 0.5)]
    assert [c[2] for c in choose_reviews(due, Spacing(()), 9, Order.DUE, "")] == ["b", "c", "a"]
    assert [c[2] for c in choose_reviews(due, Spacing(()), 9, Order.WEAKEST, "")] == ["a", "c", "b"]
    assert [c[2] for c in choose_reviews(due, Spacing(()), 9, Order.DECK, "")] == ["c", "a", "b"]


def test_a_note_waits_for_what_it_builds_on():
    """New cards come in the author's order, and not before their foundations are learnt."""
    fresh = [_fresh("late", after="d/base"), _fresh("base"), _fresh("other")]
    assert choose_new(fresh, Spacing(()), 9, lambda _: False) == ["d/base/main", "d/other/main"]
    assert choose_new(fresh, Spacing(()), 1, lambda _: True) == ["d/late/main"]
    assert choose_new(fresh, Spacing(()), 0, lambda _: True) == []
