"""What has one right mend is mended, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.fixing import fixes, mended
from quizkit.decks.load import load_text
from quizkit.decks.mend import mends
from quizkit.decks.places import Edit, apply

HEAD = "deck: d\ntitle: T\nnotes:\n"
GOOD = HEAD + "  # a comment\n  - id: a  # its id\n    kind: typed\n    ask: Where?\n    answer: 'Seoul'\n"


def wrong(text: str):
    return load_text(text, "f").diagnostics


def readable(text: str) -> int:
    """How many notes can be used."""
    deck = load_text(text, "f").deck
    return len(deck.notes) if deck else 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + "  - kind: typed\n    ask: Which river?\n    answer: Han\n", "  - id: river\n    kind: typed\n"),
        (GOOD.replace("answer:", "anwser:"), "answer: 'Seoul'"),
        (GOOD.replace("title:", "titel:"), "title: T"),
        (GOOD.replace("typed", "tyepd"), "kind: typed"),
        (GOOD.replace("ask: Where?", "ask: {en: Where, jp: どこ}"), "ja: どこ"),
        (GOOD.replace("'Seoul'", "'Seoul '"), "answer: 'Seoul'\n"),
        (GOOD.replace("Where?", "Whe\u200bre?"), "ask: Where?"),
        (GOOD.replace("    ask", "\u3000\u3000ask"), "    ask: Where?"),
        (GOOD.replace("    ask", "\t\task"), "    ask: Where?"),
        (GOOD.replace("ask: Where?", "ask：Where?"), "ask: Where?"),
        (GOOD + "    tags: [two words]\n", "tags: [two-words]"),
        (GOOD + "    tags: one, two words  # mine\n", "tags: [one, two-words]  # mine\n"),
        (GOOD + "    tags: '地理、歴史'\n", "tags: [地理, 歴史]\n"),
        (GOOD + "    tags: one,\n      two,\n", "tags: [one, two]\n"),
        (GOOD.replace("id: a", "id:a").replace("kind: ", "kind:"), "  - id: a  # its id\n    kind: typed\n"),
        (GOOD.replace("- id", "-id"), "  - id: a"),
        (GOOD.replace("- id", "–\u3000id"), "  - id: a"),
        (HEAD + "  # a comment\n  - {id: a, kind: typed, ask: b, answer:c}\n", "answer: c}"),
        (GOOD.replace("id: a ", "id: A B "), "id: a-b "),
        (GOOD.replace("    kind", "\tkind"), "    kind: typed"),
        (GOOD.replace("  - id", "\t- id").replace("    ", "\t\t"), "  - id: a  # its id\n    kind: typed\n"),
        (
            HEAD + "  - Id: a\n    Kind: typed\n    ASK: b\n    Answer: c\n    Tags: d\n",
            "  - id: a\n    kind: typed\n    ask: b\n    answer: c\n    tags: d\n",
        ),
        (HEAD + "  - Id: a\n    knid: Typed\n    ask: b\n    answer: c\n", "  - id: a\n    kind: typed\n"),
        ("languages: [en, jp]\n" + GOOD.replace("Where?", "{en: Where, ja: どこ}"), "languages: [en, ja]"),
    ],
)
def test_slips_are_mended(before: str, after: str) -> None:
    assert wrong(before)
    text, done = mended(before, "f", wrong)
    assert done
    assert after in text
    assert not [found for found in wrong(text) if found.is_error]
    assert text.count("# a comment") == before.count("# a comment")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("    answer: 'Seoul'\n", ""),
        GOOD.replace("kind: typed", "kind: sonnet"),
        GOOD.replace("ask: Where?", "ask: Where?\n    aks: When?"),
        GOOD + "  - id: a\n    kind: typed\n    ask: b\n    answer: c\n",
        GOOD + "  - id: A\n    kind: typed\n    ask: b\n    answer: c\n",
        GOOD.replace("id: a ", "id: 首脳会談 "),
        GOOD + "    tags: ['one, two', three]\n",
        GOOD.replace("Where?", "Which is no #1?"),
    ],
)
def test_what_only_its_author_knows_is_left(text: str) -> None:
    assert mended(text, "f", wrong) == (text, [])


def test_a_mend_may_bring_to_light_what_it_hid() -> None:
    """A note that can't be read hides what else is wrong with it; that is no reason to leave it so."""
    before = GOOD.replace("    kind: typed", "\tkind: tyepd").replace("ask: Where?", "anser: Where?")
    after, done = mended(before, "f", wrong)
    assert [mend.diagnostic.rule.code for mend in done] == ["tab-indent", "unknown-kind"]
    assert "    kind: typed\n" in after
    assert {found.rule.code for found in wrong(after)} == {"unknown-key", "missing-key"}


def test_one_mend_that_fails_keeps_none_of_the_others_back() -> None:
    many = "".join(f"  - id: n{n}\n    kind: typed\n    aks: b\n    answer: c\n" for n in range(5))
    before = GOOD + many + "  - id: A\n    kind: typed\n    ask: b\n    answer: c\n"
    after, done = mended(before, "f", wrong)
    assert (len(done), after.count("aks"), after.count("- id: A\n")) == (5, 0, 1)


def test_line_ends_and_marks_of_the_file_stay(tmp_path) -> None:
    path = tmp_path / "d.yaml"
    before = "\ufeff" + GOOD.replace("answer", "anwser").replace("\n", "\r\n")
    path.write_bytes(before.encode())
    (fix,) = fixes(tmp_path)
    fix.write()
    assert path.read_bytes().decode() == before.replace("anwser", "answer")
    assert [line for line in fix.diff("d.yaml") if line.startswith("+    ")] == ["+    answer: 'Seoul'"]


def test_pieces_of_characters_are_composed(tmp_path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(GOOD.replace("Where?", "か\u3099っこう").replace("Seoul", "학교"), encoding="utf-8")
    (fix,) = fixes(tmp_path)
    assert "がっこう" in fix.after
    assert fix.mends[0].diagnostic.rule.code == "not-composed"


@given(st.text(st.sampled_from("ab: -\n\t\u3000：'\"{}[]#idkne,typesakwr"), max_size=80))
def test_mending_never_makes_it_worse(text: str) -> None:
    before = HEAD + text
    after, done = mended(before, "f", wrong)
    assert bool(done) is (after != before)
    assert readable(after) >= readable(before)
    assert mended(after, "f", wrong) == (after, [])


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.text(max_size=3))))
def test_edits_never_overlap(text: str, places: list[tuple[int, int, str]]) -> None:
    edits = [Edit(min(at, len(text)), min(at + size, len(text)), new) for at, size, new in places]
    assert len(apply(text, edits)) <= len(text) + sum(len(edit.text) for edit in edits)


def test_a_mend_says_what_it_does() -> None:
    text = GOOD.replace("answer", "anwser")
    (mend,) = [mend for mend in mends(text, "f", wrong(text)) if mend.certain]
    assert mend.title == "Write answer"
    assert text[mend.edits[0].start : mend.edits[0].end] == "anwser"
