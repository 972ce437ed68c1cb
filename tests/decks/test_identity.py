"""Proposals for notes whose ids are gone: memories should follow a note through a renaming, and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.identity import ENOUGH, propose_renames
from quizkit.decks.load import load_text
from quizkit.source import to_plain


def _load(*notes, deck="demo"):
    """Typed notes from (id, prompt) pairs: the notes, and their plain data by key."""
    text = f"deck: {deck}\ntitle: Demo\nnotes:\n" + "".join(
        f"  - id: {name}\n    kind: typed\n    ask: '{prompt}'\n    answer: x\n" for name, prompt in notes
    )
    loaded = load_text(text, "demo.yaml")
    return loaded.deck.notes, {key: to_plain(node) for key, node in loaded.nodes.items()}


def _pairs(found):
    return [(rename.old, rename.new) for rename in found]


def test_a_typo_in_an_id_is_recognised():
    """A mended id with the same prompt is the same note."""
    _old, gone = _load(("sumit-venue", "Where did they meet?"))
    present, _plain = _load(("summit-venue", "Where did they meet?"))
    (found,) = propose_renames(gone, present)
    assert (found.old, found.new) == ("demo/sumit-venue", "demo/summit-venue")
    assert found.likeness > 0.95


def test_the_same_prompt_under_another_id_is_recognised():
    """An id may change altogether, where the question stays."""
    _old, gone = _load(("n17", "Where did they meet?"))
    present, _plain = _load(("venue", "Where did they meet?"), ("year", "When did they meet?"))
    assert _pairs(propose_renames(gone, present)) == [("demo/n17", "demo/venue")]


def test_a_note_that_moved_to_another_deck_is_recognised():
    """The id is looked for in all decks."""
    _old, gone = _load(("venue", "Where did they meet?"), deck="one")
    present, _plain = _load(("venue", "Where did the three meet?"), deck="two")
    assert _pairs(propose_renames(gone, present)) == [("one/venue", "two/venue")]


def test_an_id_alone_is_enough_where_no_more_is_known():
    """Of a note deleted long ago only the key may be left."""
    present, _plain = _load(("summit-venue", "Where did they meet?"))
    assert _pairs(propose_renames({"demo/sumit-venue": None}, present)) == [("demo/sumit-venue", "demo/summit-venue")]


def test_something_else_is_not_proposed():
    """A new note isn't taken for an old one because both are notes."""
    _old, gone = _load(("trade-share", "How much of the trade is with China?"))
    present, _plain = _load(("venue", "Where did they meet?"))
    assert propose_renames(gone, present) == []


def test_numbers_in_ids_tell_a_series_not_a_slip():
    """summit-2023 didn't become summit-2024."""
    present, _plain = _load(("summit-2024", "Where was it held?"))
    assert propose_renames({"demo/summit-2023": None}, present) == []


def test_a_rename_already_written_is_not_proposed_again():
    """`was:` settles it."""
    (note,), _plain = _load(("venue", "Where?"))
    present = [note._replace(was=("demo/n17",))]
    assert propose_renames({"demo/n17": {"ask": "Where?"}}, present) == []


def test_each_note_is_in_one_pair_only():
    """Two old notes can't both become the same new one: the likelier gets it."""
    _old, gone = _load(("venue-a", "Where did they meet?"), ("venue-b", "Where did they all meet?"))
    present, _plain = _load(("venue-c", "Where did they meet?"))
    assert _pairs(propose_renames(gone, present)) == [("demo/venue-a", "demo/venue-c")]


NAMES = st.lists(st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True), max_size=6, unique=True)


@given(NAMES, NAMES)
def test_proposals_are_a_matching(old, new):
    """Whatever disappears and appears: no key twice, only keys that were given, likeness between the bounds."""
    present, _plain = _load(*((name, f"What is {name}?") for name in new)) if new else ((), {})
    gone = {f"demo/{name}": {"ask": f"What is {name}?"} for name in old}
    found = propose_renames(gone, present)
    assert len({rename.old for rename in found}) == len({rename.new for rename in found}) == len(found)
    assert all(rename.old in gone and rename.new not in gone for rename in found)
    assert all(ENOUGH <= rename.likeness <= 1 for rename in found)
