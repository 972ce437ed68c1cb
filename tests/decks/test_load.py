"""From the text of a deck to a deck: its head, what every note shares, and what is told of the rest."""

import pytest

from quizkit.decks.load import load_text
from quizkit.model import Claim, ClaimType, LocalText

NOTE = "- id: capital\n  kind: typed\n  ask: What is the capital of Japan?\n  answer: Tokyo\n"


def _deck(head="", note="", rest=""):
    return load_text(f"deck: demo\ntitle: Demo\n{head}notes:\n{NOTE}{note}{rest}", "demo.yaml")


def _note(extra):
    loaded = _deck(note=extra)
    assert loaded.diagnostics == []
    return loaded.deck.notes[0]


def _told(loaded):
    return [(problem.rule.code, problem.span.line) for problem in loaded.diagnostics]


def test_a_head_is_read_whole():
    """Title, languages, source, retention and what the deck is about."""
    head = "about: {en: Cities}\nsource: atlas\nlanguages: [en]\nretention: 0.85\n"
    loaded = load_text(f"deck: demo\ntitle: {{en: Demo}}\n{head}notes:\n{NOTE}", "demo.yaml")
    assert loaded.diagnostics == []
    deck = loaded.deck
    assert (deck.id, deck.source, deck.languages, deck.retention) == ("demo", "atlas", ("en",), 0.85)
    assert deck.about == LocalText({"en": "Cities"})
    assert loaded.head["title"] == {"en": "Demo"}


@pytest.mark.parametrize("share", ["0.7", "0.70", "0.99"])
def test_the_bounds_of_retention_belong_to_it(share):
    """0.70 to 0.99, both included."""
    assert _deck(f"retention: {share}\n").diagnostics == []


@pytest.mark.parametrize("share", ["0.69", "0.991", "90", "-1", "90%"])
def test_a_retention_beyond_them_is_told(share):
    """A share that can't be aimed at falls back to the usual one."""
    loaded = _deck(f"retention: {share}\n")
    assert len(loaded.diagnostics) == 1
    assert loaded.deck.retention == 0.9


@pytest.mark.parametrize("head", ["deck: Camp David\ntitle: x\n", "title: x\n", "deck:\ntitle: x\n"])
def test_a_bad_head_does_not_hide_bad_notes(head):
    """Without a usable id there is no deck, but all that is wrong with its notes is told at once."""
    loaded = load_text(f"{head}notes:\n{NOTE}- id: b\n  kind: tpyed\n", "demo.yaml")
    assert loaded.deck is None
    assert "unknown-kind" in [problem.rule.code for problem in loaded.diagnostics]
    assert len(loaded.diagnostics) == 2


def test_a_key_of_the_head_written_twice_is_told_once():
    """The second one is left out, not taken for an unknown key."""
    assert _told(load_text(f"deck: demo\ntitle: One\ntitle: Two\nnotes:\n{NOTE}", "demo.yaml")) == [
        ("duplicate-key", 3)
    ]


def test_every_bad_note_is_told_and_the_good_ones_stay():
    """Five mistakes in five notes: five diagnostics, and the sixth note is there."""
    notes = (
        "- kind: typed\n  ask: a\n  answer: b\n"
        "- id: A b\n  kind: typed\n  ask: a\n  answer: b\n"
        "- id: c\n  ask: a\n"
        "- id: capital\n  kind: typed\n  ask: a\n  answer: b\n"
        "- just words\n"
    )
    loaded = _deck(rest=notes)
    assert [note.id for note in loaded.deck.notes] == ["capital"]
    assert _told(loaded) == [
        ("missing-id", 8),
        ("bad-id", 11),
        ("missing-key", 15),
        ("duplicate-note-id", 17),
        ("wrong-type", 21),
    ]


def test_a_misspelt_key_is_named_also_where_the_kind_depends_on_it():
    """No note is said to lack its id or to be of no kind without a word about the capital letters."""
    found = load_text("deck: d\ntitle: T\nnotes:\n- Id: a\n  Kind: typed\n  Ask: b\n  word: c\n", "f").diagnostics
    assert [(one.rule.code, one.span.line, one.fix) for one in found] == [
        ("missing-key", 4, "Add `kind: …`."),
        ("unknown-key", 4, "Did you mean `id`?"),
        ("unknown-key", 5, "Did you mean `kind`?"),
        ("unknown-key", 6, "Did you mean `ask`?"),
    ]


@pytest.mark.parametrize(
    ("note", "code", "place"),
    [
        ("- id:a\n  kind:typed", "missing-space", (4, 5)),
        ("- {id: a, kind: typed, ask: b, answer:c}", "missing-space", (4, 38)),
        ("- id: a\n  kind: order\n  ask: b\n  items:\n    – c\n    – d", "dash-for-hyphen", (8, 5)),
    ],
)
def test_a_text_that_is_meant_as_more_is_told_what_it_lacks(note, code, place):
    """To YAML all is well; that a note is a mapping doesn't help who sees one there."""
    found = load_text(f"deck: d\ntitle: T\nnotes:\n{note}\n", "f").diagnostics
    assert (found[0].rule.code, found[0].span[1:3]) == (code, place)
    assert not {"wrong-type", "unknown-key"} & {one.rule.code for one in found}


def test_shared_keys_are_read():
    """What any kind of note may have."""
    note = _note(
        "  explain: Since 1868.\n  cite: [P1, P2]\n  as_of: 2024-05\n  tags: [places, asia]\n"
        "  after: [a, other/b]\n  confuses: c\n  was: [old, other/old]\n"
    )
    assert note.explain == LocalText.plain("Since 1868.")
    assert (note.cite, note.as_of, note.tags) == (("P1", "P2"), "2024-05", ("places", "asia"))
    assert (note.after, note.confuses) == (("demo/a", "other/b"), ("demo/c",))
    assert note.was == ("demo/old", "other/old")
    assert (note.key, note.span.line) == ("demo/capital", 4)


@pytest.mark.parametrize(
    ("claim", "read"),
    [
        ("author", Claim(None, ClaimType.JUDGEMENT)),
        ("Joe Biden", Claim(LocalText.plain("Joe Biden"), ClaimType.JUDGEMENT)),
        ("{en: Biden, ja: バイデン}", Claim(LocalText({"en": "Biden", "ja": "バイデン"}), ClaimType.JUDGEMENT)),
        ("{by: author, type: prediction}", Claim(None, ClaimType.PREDICTION)),
        ("{by: {en: Biden}, type: quotation}", Claim(LocalText({"en": "Biden"}), ClaimType.QUOTATION)),
        ("{by: Biden}", Claim(LocalText.plain("Biden"), ClaimType.JUDGEMENT)),
    ],
)
def test_a_claim_says_whose_it_is(claim, read):
    """A name, a name in languages, the author, and of what type."""
    assert _note(f"  claim: {claim}\n").claim == read


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("claim: {type: report}", "claim-by-missing"),
        ("claim: {by: author, type: guess}", "bad-claim"),
        ("claim: {by: author, tpye: report}", "unknown-key"),
        ("as_of: May 2024", "bad-as-of"),
        ("as_of: 2024-13", "bad-as-of"),
        ("as_of: 2023-02-29", "bad-as-of"),
        ("after: the first", "bad-reference"),
        ("was: a/b/c", "bad-reference"),
        ("tags: [east asia]", "bad-tag"),
        ("tags: 地理、歴史", "bad-tag"),
        ("explain: [a, b]", "wrong-type"),
    ],
)
def test_a_shared_key_that_cannot_be_understood_is_told(extra, code):
    """Each at its own line, and the note stays."""
    loaded = _deck(note=f"  {extra}\n")
    assert _told(loaded) == [(code, 8)]
    assert len(loaded.deck.notes) == 1


@pytest.mark.parametrize("tags", ["one, two words", "one，two  words、", "['one, two words']", "[one, two words]"])
def test_tags_in_one_text_are_several(tags):
    """An author who forgets the brackets can choose cards by each of them all the same."""
    text = f"deck: d\ntitle: T\nnotes:\n- id: a\n  kind: typed\n  ask: b\n  answer: c\n  tags: {tags}\n"
    loaded = load_text(text, "f")
    assert loaded.deck.notes[0].tags == ("one", "two-words")
    assert [found.rule.code for found in loaded.diagnostics] == ["bad-tag"]


def test_an_argument_has_a_claim_of_its_own():
    """In an argument `claim` is what is argued, not whose statement it is."""
    text = "deck: demo\ntitle: Demo\nnotes:\n- id: a\n  kind: argument\n  claim: Rain helps.\n  grounds: [It does.]\n"
    loaded = load_text(text, "demo.yaml")
    assert loaded.diagnostics == []
    assert loaded.deck.notes[0].claim is None


def test_examples_keep_their_place_language_and_gap():
    """What an example is for, and where to point when it fails."""
    note = _note("  accepts:\n    ja: [東京, とうきょう]\n  refuses: Kyoto\n")
    assert [(e.text, e.lang, e.variant, e.accepted, e.span.line) for e in note.examples] == [
        ("東京", "ja", "", True, 9),
        ("とうきょう", "ja", "", True, 9),
        ("Kyoto", "", "", False, 10),
    ]
    text = "deck: demo\ntitle: x\nnotes:\n- id: a\n  kind: cloze\n  text: '{{c1::a}} {{c2::b}}'\n  accepts: {c2: [b]}\n"
    (example,) = load_text(text, "demo.yaml").deck.notes[0].examples
    assert (example.text, example.lang, example.variant) == ("b", "", "c2")


def test_every_value_is_text_until_a_kind_gives_it_a_type():
    """YAML 1.1's guesses don't happen: no, 012, 12:30 and 1868-10-23 stay what was written."""
    for word in ("no", "012", "12:30", "1868-10-23", "1_000", "0x1F", "null", "~", ".5"):
        text = f"deck: demo\ntitle: Demo\nnotes:\n- id: a\n  kind: typed\n  ask: Which?\n  answer: {word}\n"
        note = load_text(text, "demo.yaml").deck.notes[0]
        assert note.cards()[0].task.accepted() == (word,)


def test_a_missing_language_is_a_warning_at_the_text():
    """The note can be studied; the author is told which text lacks what."""
    loaded = _deck("languages: [en, ja]\n", "  explain: {en: Since 1868.}\n")
    assert [(d.rule.code, d.is_error, d.span.line) for d in loaded.diagnostics] == [("missing-language", False, 9)]
