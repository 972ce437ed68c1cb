"""Coverage of a source, and mastery by group."""

from quizkit.decks.load import load_text
from quizkit.reports.coverage import coverage
from quizkit.reports.mastery import Known, mastery

NOTES = """\
deck: d
title: D
notes:
  - {id: a, kind: basic, front: x, back: y, reverse: true, cite: [P1, P2]}
  - {id: b, kind: open, ask: x, model: y, points: [z], cite: P1}
  - {id: c, kind: basic, front: v, back: w}
  - {id: d, kind: basic, front: t, back: u, cite: P1, tags: reasoning}
"""


def test_coverage_tells_recall_from_reasoning():
    """A passage that is only recalled stands out, and so does a note that cites nothing."""
    found = coverage(load_text(NOTES, "d").deck.notes, ("P1", "P2", "P3"))
    one, two, three = found.passages
    assert (one.notes, one.cards, one.reasoning) == (3, 4, 2)
    assert dict(one.kinds) == {"basic": 2, "open": 1}
    assert (two.only_recall, one.only_recall, three.only_recall) == (True, False, False)
    assert three.notes == 0
    assert found.uncited == ("d/c",)


def test_a_card_never_seen_is_not_mastered():
    """Mastery is of all cards of a group: those never seen count as not remembered."""
    found = mastery(
        [Known("a", ("P1",), 0.9), Known("b", ("P1", "P2"), None), Known("c", ("P2",), 0.5), Known("d", (), 1.0)]
    )
    assert [(group.group, group.cards, group.seen, group.share) for group in found] == [
        ("P1", 2, 1, 0.45),
        ("P2", 2, 1, 0.25),
    ]
