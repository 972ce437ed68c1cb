"""What only shows between notes and between decks: each rule where it holds, and where it doesn't."""

import pytest

SOURCE = (
    "source: essay\nauthor: A. Author\ntitle: An essay\npassages:\n  - {id: P1, gist: One.}\n  - {id: P2, gist: Two.}\n"
)


def _typed(name, ask="", **keys):
    lines = "".join(f"  {key}: {value}\n" for key, value in keys.items())
    return (
        f"- id: {name}\n  kind: typed\n  ask: {ask or f'Which word is {name}?'}\n  answer: the word of {name}s\n{lines}"
    )


def _choice(name, right, options, fixed=False):
    listed = ", ".join(f"'{option}'" for option in options)
    shuffle = "  shuffle: false\n" if fixed else ""
    return (
        f"- id: {name}\n  kind: choice\n  ask: Which is {name}?\n  answer: '{right}'\n  options: [{listed}]\n{shuffle}"
    )


def _statement(name, true):
    correction = "" if true else "  correction: It is not.\n"
    return f"- id: {name}\n  kind: truefalse\n  ask: It is {name}.\n  answer: {str(true).lower()}\n{correction}"


def test_a_sound_folder_is_silent(folder):
    """References within and between decks, passages and former ids that are gone."""
    folder.write("sources/essay.yaml", SOURCE)
    folder.deck(_typed("a", cite="P1", after="two/b", was="old"), "one", "source: essay\n")
    folder.deck(_typed("b", confuses="one/a") + _typed("c", after="[b, one/a]"), "two")
    assert folder.codes() == []


def test_ids_of_decks_are_unique(folder):
    """Told at the second deck, with the name of the first."""
    folder.deck(_typed("a"), "one")
    folder.write("two.yaml", "deck: one\ntitle: Two\nnotes:\n- id: b\n  kind: typed\n  ask: Why?\n  answer: so\n")
    (problem,) = folder.problems()
    assert (problem.rule.code, str(problem.span)) == ("duplicate-deck-id", "decks/two.yaml:1:1")
    assert "decks/one.yaml" in problem.message


def test_citations_name_passages(folder):
    """A passage that isn't there, none at all, and a source that isn't there, each at its place."""
    folder.write("sources/essay.yaml", SOURCE)
    folder.deck(_typed("a", cite="[P1, P3]") + _typed("b"), "one", "source: essay\n")
    folder.deck(_typed("c", cite="P9"), "two", "source: esay\n")
    folder.deck(_typed("d", cite="P9"), "three")
    assert [(p.rule.code, str(p.span)) for p in folder.problems()] == [
        ("unknown-passage", "decks/one.yaml:9:16"),
        ("no-citation", "decks/one.yaml:10:5"),
        ("unknown-source", "decks/two.yaml:3:1"),
    ]


def test_references_name_notes_and_the_nearest_is_proposed(folder):
    """A slip in an id, and a note that is in another deck."""
    folder.deck(_typed("summit", after="[sumit-date, treaty]") + _typed("summit-date", confuses="nothing"), "one")
    folder.deck(_typed("treaty"), "two")
    assert [(p.rule.code, p.span.column, p.fix) for p in folder.problems()] == [
        ("after-unknown", 13, "Did you mean `one/summit-date`?"),
        ("after-unknown", 25, "Did you mean `two/treaty`?"),
        ("confuses-unknown", 15, "Look up the right one."),
    ]


def test_a_slip_in_a_note_is_told_there_and_not_wherever_the_note_is_named(folder):
    """Whoever builds on it named it rightly; a slip beside it is compared with it as with any other."""
    for slip in ("anwser: x", "kind: tpyed", "Id: seoul", "id: Seoul", "answer: [b"):
        key = slip.partition(":")[0]
        note = {"id": "seoul", "kind": "typed", "ask": "Where?", "answer": "there"}
        note.pop({"anwser": "answer"}.get(key, key.lower()))
        lines = "\n  ".join([slip, *(f"{name}: {value}" for name, value in note.items())])
        folder.deck(f"- {lines}\n" + _typed("busan", after="[seoul, one/seoul]", confuses="seoul"), "one")
        folder.deck(_typed("daegu", after="one/seoul"), "two")
        assert not {"after-unknown", "confuses-unknown"} & set(folder.codes()), slip
    folder.deck("- id: seoul\n  kind: tpyed\n" + _typed("sejong", after="seoull"), "one")
    assert [p.fix for p in folder.problems() if p.rule.code == "after-unknown"] == ["Did you mean `one/seoul`?"]


def test_nothing_is_said_to_be_missing_in_a_file_that_can_not_be_read(folder):
    """It may well be there; once the file is mended it is looked up."""
    folder.deck(_typed("busan", after="two/seoul"), "one")
    path = folder.write("two.yaml", "deck: [two\n")
    assert "after-unknown" not in folder.codes()
    path.write_text("deck: two\ntitle: Two\nnotes:\n" + _typed("other"), encoding="utf-8")
    assert folder.codes() == ["after-unknown"]


def test_an_id_is_in_use_also_by_a_note_with_a_mistake(folder):
    """Its memories mustn't go to another note while a slip is in it."""
    folder.deck("- id: a\n  kind: tpyed\n" + _typed("b", was="a"))
    assert "was-in-use" in folder.codes()


@pytest.mark.parametrize(
    ("links", "rings"),
    [
        ({"a": "b", "b": "c", "c": "a"}, ["demo/a → demo/b → demo/c → demo/a"]),
        ({"a": "a", "b": "c", "c": "b"}, ["demo/a → demo/a", "demo/b → demo/c → demo/b"]),
        ({"a": "b", "b": "c", "c": ""}, []),
        ({"a": "[b, c]", "b": "d", "c": "d", "d": ""}, []),
        ({"x": "a", "a": "b", "b": "a"}, ["demo/a → demo/b → demo/a"]),
    ],
)
def test_circles_of_after_are_told_once(folder, links, rings):
    """However one comes to a circle, it is one mistake; two ways to one note are none."""
    folder.deck("".join(_typed(name, **({"after": after} if after else {})) for name, after in links.items()))
    assert sorted(p.message for p in folder.problems()) == rings
    assert set(folder.codes()) <= {"after-cycle"}


def test_a_chain_of_thousands_is_no_trouble(folder):
    """The walk keeps its own stack; a long circle is told shortly."""
    count = 3000
    folder.deck("".join(_typed(f"n{i}", f"Which word is n{i}-?", after=f"n{(i + 1) % count}") for i in range(count)))
    (problem,) = [p for p in folder.problems() if p.rule.code == "after-cycle"]
    assert len(problem.message) < 200


def test_former_ids_are_gone_and_go_to_one_note(folder):
    """An id that still exists keeps its memories, and nobody inherits twice."""
    folder.deck(_typed("a", was="b") + _typed("b", was="old") + _typed("c", was="[other/x, old]"))
    assert [(p.rule.code, p.span.line) for p in folder.problems()] == [("was-in-use", 8), ("was-twice", 18)]


def test_the_same_prompt_is_told_across_decks_languages_and_wordings(folder):
    """Differences that a learner wouldn't notice make no other question."""
    folder.deck(_typed("a", "{en: Where did they meet?, ja: 会ったのはどこ}"), "one")
    folder.deck(
        _typed("b", "['Why did they meet?', 'WHERE did they meet']") + _typed("c", "{ja: 会ったのは、どこ？}"), "two"
    )
    same = [p for p in folder.problems() if p.rule.code == "same-prompt"]
    assert [str(p.span) for p in same] == ["decks/two.yaml:4:5", "decks/two.yaml:8:5"]
    assert all("`one/a` (decks/one.yaml:4)" in p.message for p in same)


def test_one_prompt_over_other_options_is_another_question(folder):
    """'Which of these …' is told apart by what there is to choose from."""
    first = _choice("a", "x", ["x", "y"])
    folder.deck(first + first.replace("id: a", "id: b").replace("'y'", "'z'"))
    assert folder.codes() == []
    folder.deck(first + first.replace("id: a", "id: b").replace("'x', 'y'", "'y', 'x'"))
    assert folder.codes() == ["same-prompt"]


@pytest.mark.parametrize(
    ("kind", "ask", "answer", "held"),
    [
        ("typed", "In which year was the Tokyo summit?", "Tokyo", True),
        ("typed", "Who is called the lion of tokyoites?", "Tokyo", False),
        ("typed", "Where is the summit near me?", "mit ne", False),
        ("typed", "東京都の都庁はどこですか", "東京都", True),
        ("typed", "Which is it, A or B?", "A", False),
        ("number", "How many of the 47 prefectures are there?", "47", True),
        ("number", "How many of the ４７ are there?", "47", True),
        ("number", "How many of the 1,200 came?", "1200", True),
        ("number", "How many of the 470 came, in 1947 or 47.5?", "47", False),
        ("number", "How many of the 3 came?", "3", False),
    ],
)
def test_an_answer_in_its_own_prompt_is_told(folder, kind, ask, answer, held):
    """As words in languages that part them, as a number among numbers; not by chance."""
    folder.deck(f"- id: a\n  kind: {kind}\n  ask: '{ask}'\n  answer: {answer}\n")
    assert folder.codes() == (["answer-in-prompt"] if held else [])


def test_the_longest_option_is_told_from_eight_choices_on(folder):
    """Fewer prove nothing; eight of eight do, and the first of them are named."""
    notes = [_choice(f"q{i}", f"a long answer {i}", [f"a long answer {i}", f"b{i}", f"c{i}"]) for i in range(8)]
    folder.deck("".join(notes[:7]))
    assert folder.codes() == []
    folder.deck("".join(notes))
    (problem,) = folder.problems()
    assert problem.rule.code == "longest-option"
    assert "8 of 8 choices; chance would be 3: q0, q1, q2, q3, q4, …" in problem.message


def test_lengths_that_chance_explains_are_no_habit(folder):
    """A third of the right options are the longest, as it should be of three; equal lengths say nothing."""
    notes = [
        _choice(
            f"q{i}",
            f"{'long' if i % 3 == 0 else 's'} {i}",
            [f"{'long' if i % 3 == 0 else 's'} {i}", f"long{'er' * (i % 3)} x", "s t"],
        )
        for i in range(12)
    ]
    folder.deck("".join(notes))
    assert folder.codes() == []
    folder.deck("".join(_choice(f"q{i}", f"a{i}", [f"a{i}", f"b{i}", f"c{i}"]) for i in range(12)))
    assert folder.codes() == []


def test_the_place_of_the_right_option_matters_only_when_it_is_kept(folder):
    """Shuffled options have no place."""
    made = [(f"q{i}", f"a{i}", [f"a{i}", f"b{i}", f"c{i}"]) for i in range(8)]
    folder.deck("".join(_choice(*one) for one in made))
    assert folder.codes() == []
    folder.deck("".join(_choice(*one, fixed=True) for one in made))
    assert folder.codes() == ["option-position"]


@pytest.mark.parametrize(
    ("true", "false", "told"), [(7, 0, False), (8, 0, True), (0, 8, True), (3, 7, False), (2, 8, True)]
)
def test_statements_balance(folder, true, false, told):
    """From eight statements on, between three and seven tenths are true."""
    statements = [_statement(f"t{i}", True) for i in range(true)] + [_statement(f"f{i}", False) for i in range(false)]
    folder.deck("".join(statements))
    assert folder.codes() == (["true-false-balance"] if told else [])


def test_texts_that_disagree_about_their_languages_are_told_once(folder):
    """Where the deck doesn't say its languages; further forms of an answer may be in one only."""
    both = "{en: Where?, ja: どこ}".replace("?", "")
    good = f"- id: a\n  kind: typed\n  ask: {both}\n  answer: {{en: Tokyo, ja: 東京}}\n  also: {{ja: [とうきょう]}}\n"
    folder.deck(good)
    assert folder.codes() == []
    folder.deck(good + "  explain: {en: Since 1868.}\n")
    (problem,) = folder.problems()
    assert problem.rule.code == "deck-language-missing"
    assert "1 of 3 texts have no ja, the first in line 9" in problem.message


def test_thousands_of_slips_take_seconds_not_minutes(folder):
    """Looking for the nearest name stops being tried where nearly all are wrong."""
    folder.deck("".join(_typed(f"note-{i}", f"What is n{i}-?", after=f"ntoe-x{i}") for i in range(1500)))
    assert folder.codes() == ["after-unknown"] * 1500
