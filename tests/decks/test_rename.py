"""Giving a note another id, in every layout an author may have chosen, and in every deck that speaks of it."""

from textwrap import dedent

import pytest

from quizkit.decks.load import load_text
from quizkit.decks.places import apply
from quizkit.decks.rename import rename_note
from quizkit.errors import QuizkitError

HEAD = "deck: demo\ntitle: Demo\nnotes:\n"
OTHER = "deck: other\ntitle: Other\nnotes:\n"
SUMMIT = "  - id: summit\n    kind: basic\n    front: a\n    back: b\n"


def note(name, *lines):
    """A note with more keys."""
    return f"  - id: {name}\n    kind: basic\n    front: {name}?\n    back: b\n" + "".join(f"    {x}\n" for x in lines)


def renamed(old, new, **texts):
    """The texts afterwards; those that stay are left out."""
    return {file: apply(texts[file], edits) for file, edits in rename_note(texts, old, new).items()}


def test_the_old_id_is_kept_under_was():
    """Memories hang on ids: the note goes on being the same one."""
    after = renamed("demo/summit", "camp-david", demo=HEAD + SUMMIT)
    assert after == {"demo": HEAD + SUMMIT.replace("summit\n", "camp-david\n    was: summit\n")}
    (found,) = load_text(after["demo"], "demo.yaml").deck.notes
    assert (found.key, found.was) == ("demo/camp-david", ("demo/summit",))


def test_whoever_speaks_of_it_goes_on_doing_so():
    """In its own deck by id or by key, elsewhere by key; the same id in another deck is another note."""
    demo = HEAD + SUMMIT + note("a", "after: summit", "confuses: [demo/summit, 'summit', b]") + note("b")
    other = OTHER + note("summit") + note("c", "after:", "  - summit", '  - "demo/summit"  # the meeting')
    after = renamed("demo/summit", "camp", demo=demo, other=other, third=OTHER.replace("other", "third"))
    assert after["demo"] == HEAD + SUMMIT.replace("summit\n", "camp\n    was: summit\n") + note(
        "a", "after: camp", "confuses: [demo/camp, 'camp', b]"
    ) + note("b")
    assert after["other"] == other.replace("demo/summit", "demo/camp")
    assert set(after) == {"demo", "other"}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("was: meeting", "was: [meeting, summit]"),
        ("was: 'meeting'  # once", "was: ['meeting', summit]  # once"),
        ("was: [meeting, talk]", "was: [meeting, talk, summit]"),
        ("was:\n    - meeting\n    -   talk # then", "was:\n    - meeting\n    -   talk # then\n    -   summit"),
        ("was: []", "was: [summit]"),
        ("was: camp", "was: summit"),
        ("was: [talk, demo/camp]", "was: [talk, summit]"),
    ],
)
def test_former_ids_stay(written, wanted):
    """Whoever renames twice loses nothing, and going back to a former id frees it."""
    after = renamed("demo/summit", "camp", demo=HEAD + note("summit", written))
    assert after["demo"] == HEAD + note("summit", wanted).replace("id: summit", "id: camp")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "  - {id: summit, kind: basic, front: a, back: b}\n",
            "  - {id: camp, was: summit, kind: basic, front: a, back: b}\n",
        ),
        ('  -\n    kind: basic\n    id: "summit" # why\n    front: a\n    back: b\n', None),
        ("  -   kind: basic\n      front: a\n      back: b\n      id: summit", None),
    ],
)
def test_any_layout(written, wanted):
    """Flow, the id in another place, quotes, comments, no end of the last line."""
    after = renamed("demo/summit", "camp", demo=HEAD + written)["demo"]
    (found,) = load_text(after, "demo.yaml").deck.notes
    assert (found.id, found.was) == ("camp", ("demo/summit",))
    assert wanted is None or after == HEAD + wanted
    assert "# why" not in written or "# why\n    was" in after


def test_line_ends_and_texts_of_many_bytes():
    """Offsets count characters; a file from Windows keeps its line ends."""
    text = (HEAD.replace("Demo", "🎌 会談") + SUMMIT + note("a", "after: summit")).replace("\n", "\r\n")
    after = renamed("demo/summit", "camp", demo=text)["demo"]
    assert after == text.replace("id: summit\r\n", "id: camp\r\n    was: summit\r\n").replace(
        "after: summit", "after: camp"
    )


@pytest.mark.parametrize(
    ("new", "message"),
    [("Camp David", "can't be an id"), ("taken", "id of another note"), ("x/y", "can't be an id")],
)
def test_ids_that_can_not_be(new, message):
    with pytest.raises(QuizkitError, match=message):
        renamed("demo/summit", new, demo=HEAD + SUMMIT + note("taken"))


def test_the_same_id_changes_nothing():
    assert renamed("demo/summit", "summit", demo=HEAD + SUMMIT) == {}


def test_no_such_note():
    with pytest.raises(QuizkitError, match="no note `demo/nothing`"):
        renamed("demo/nothing", "new", demo=HEAD + SUMMIT)


def test_a_file_that_can_not_be_read_is_told():
    """Half-typed notes may speak of the note too: nothing is changed behind anybody's back."""
    broken = OTHER + dedent("  - id: c\n    after: [demo/summit\n  - id: d\n")
    with pytest.raises(QuizkitError, match="other:"):
        renamed("demo/summit", "camp", demo=HEAD + SUMMIT, other=broken)


def test_a_broken_file_that_does_not_speak_of_it_is_no_hindrance():
    assert set(renamed("demo/summit", "camp", demo=HEAD + SUMMIT, other=OTHER + "  - id: [\n")) == {"demo"}
