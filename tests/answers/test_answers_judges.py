"""What the judges say: reasons, comparisons, parts and scores."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.answers import (
    PartialDate,
    guessed_score,
    judge_date,
    judge_number,
    judge_order,
    judge_pairs,
    judge_picks,
    judge_set,
    judge_text,
    normalise,
    parse_number,
    split_entries,
)
from quizkit.answers.distance import Slip, edits
from quizkit.model import Mark, Outcome, Verdict

TRIO = [["Australia", "豪州"], ["the United Kingdom", "UK"], ["the United States", "US"]]


def drawn(verdict: Verdict) -> str:
    """The comparison on one line: [-missing-], {+extra+}."""
    marks = {Mark.SAME: "{}", Mark.MISSING: "[-{}-]", Mark.EXTRA: "{{+{}+}}"}
    return "".join(marks[piece.mark].format(piece.text) for piece in verdict.diff)


@pytest.mark.parametrize(
    ("typed", "accepted", "reason"),
    [
        ("Camp David", ["Camp David"], "That's right."),
        ("QUAD", ["クアッド", "QUAD"], "That's right: the same answer in another script."),
        ("UK", ["Britain", "UK"], "That's right: it is another way to say Britain."),
        ("campdavid", ["Camp David"], "That's right: capitals, spaces, kana and punctuation don't count."),
        ("岸田首相", ["岸田"], "That's right: titles and articles don't count."),
        ("Kishida Fumio", ["Fumio Kishida"], "That's right: the same name, in the other order."),
        ("三カ国", ["3カ国"], "That's right: the number is the same, written differently."),
        ("GSOMA", ["GSOMIA"], "One letter is missing: check the spelling."),
        ("GSOMIIA", ["GSOMIA"], "One letter is too many: check the spelling."),
        ("GSOMIE", ["GSOMIA"], "One letter differs: check the spelling."),
        ("GSMOIA", ["GSOMIA"], "Two letters are swapped: check the spelling."),
        ("捜索救助", ["捜索救難"], "One character differs: check the writing."),
        ("ポストーチヌイ", ["ボストーチヌイ"], "ポ and ボ are different sounds: voicing marks count."),
        ("は", ["ば"], "は and ば are different sounds: voicing marks count."),
        ("尹錫烈", ["尹錫悦"], "“烈” isn't “悦”: one character makes it another word."),
        ("日中韓会談", ["日米韓会談"], "“中” isn't “米”."),
        ("オーストリア", ["オーストラリア"], "“オーストリア” isn't “オーストラリア”."),
        ("核拡散", ["核不拡散"], "Without “不” it means something else."),
        ("国防長官", ["国務長官"], "“国防長官” isn't “国務長官”."),
        ("COVID-18", ["COVID-19"], "The number isn't right."),
        ("US", ["UK"], "In so short a word every letter counts."),
        ("Partners for the Future", ["Global Partners for the Future"], "A word is missing: global."),
        ("chain supply", ["supply chain"], "The words are right, their order isn't."),
        ("something else", ["Camp David"], "That isn't the answer."),
        ("?", ["Camp David"], "No answer was given."),
        ("x" * 5000, ["Camp David"], "That is much longer than the answer."),
    ],
)
def test_a_text_is_judged_with_its_very_reason(typed: str, accepted: list[str], reason: str) -> None:
    """A learner learns from why, not from that."""
    assert judge_text(typed, accepted).reason.render() == reason


def test_another_answer_of_the_deck_is_named_as_such() -> None:
    """A near miss that is somebody else is a confusion, not a typo."""
    rival = judge_text("THAD", ["THAAD"], rivals={"thad"}.__contains__)
    assert (rival.outcome, rival.reason.render()) == (Outcome.WRONG, "That is another answer in this deck.")


@pytest.mark.parametrize(
    ("typed", "accepted", "line"),
    [
        ("Camp Davd", "Camp David", "Camp Dav[-i-]d"),
        ("キャンプデイビッド", "キャンプ・デービッド", "キャンプデ{+イ+}[-ー-]ビッド"),
        ("한덕주", "한덕수", "한덕{+주+}[-수-]"),
        ("Partners for the Future", "Global Partners for the Future", "[-Global-]Partners for the Future"),
        ("supply chain", "supply chain management", ""),
        ("ポストーチヌイ", "ボストーチヌイ", "{+ポ+}[-ボ-]ストーチヌイ"),
    ],
)
def test_a_comparison_keeps_the_learners_own_characters(typed: str, accepted: str, line: str) -> None:
    """The face can draw what was typed, with what is missing and too much."""
    verdict = judge_text(typed, [accepted])
    if line:
        assert drawn(verdict) == line
    else:
        assert verdict.diff


def test_what_has_nothing_in_common_is_not_compared() -> None:
    """A comparison of unlike texts is noise."""
    assert judge_text("Yoshimasa Hayashi", ["Camp David"]).diff == ()
    assert judge_text("Camp David", ["Camp David"]).diff == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("岸田首相", "岸田"),
        ("トランプ前大統領", "とらんぷ"),
        ("윤석열 대통령", "윤석열"),
        ("The Quad", "QUAD"),
        ("Mr. Biden", "biden"),
        ("former Prime Minister Abe", "Abe"),
        ("3ヶ国", "3カ国"),
        ("１，０００", "1000"),
        ("は\u3099", "ば"),
        ("U.S.", "us"),
    ],
)
def test_these_fold_together(one: str, other: str) -> None:
    """One answer, two ways to write it."""
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("は", "ば"),
        ("1.5", "15"),
        ("9/11", "911"),
        ("-5", "5"),
        ("米国大統領", "米国"),
        ("President of Korea", "of Korea"),
        ("vice president", "president"),
        ("?", "!"),
        ("氏", ""),
        ("the", ""),
        ("国防長官", "国防"),
        ("й", "и"),
    ],
)
def test_these_stay_apart(one: str, other: str) -> None:
    """Two answers, whatever else folds."""
    assert normalise(one) != normalise(other)


def reference_distance(a: str, b: str) -> int:
    """Optimal string alignment, by its definition."""
    table = [[i + j if not i or not j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 4))
def test_slips_are_the_fewest_there_are(a: str, b: str, limit: int) -> None:
    """The banded table finds what the whole one finds, and gives up where it should."""
    found, distance = edits(a, b, limit), reference_distance(a, b)
    assert (found is None) == (distance > limit)
    if found is not None:
        assert len(found) == distance
        assert sum(len(slip.given) - len(slip.wanted) for slip in found) == len(a) - len(b)


def test_slips_say_what_and_where() -> None:
    """A reason needs the letters, and a word's limit the place."""
    assert edits("chian", "chain", 2) == [(Slip.SWAPPED, "ia", "ai", 2)]
    assert edits("davd", "david", 2) == [(Slip.MISSING, "", "i", 3)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("6割5分3厘", "65.3", "%"),
        ("9할 5푼", "95", "%"),
        ("$1.5 million", "1500000", "$"),
        ("3ヶ国", "3", "か国"),
        ("ninety percent of trade", "90", "%"),
        ("約１億２０００万人", "120000000", "人"),
        ("−12.5", "-12.5", ""),
        ("at least 3 satellites", "3", "satellites"),
        ("제3", "3", ""),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    """Value and unit are parted, whatever the script."""
    assert parse_number(text) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "abc", "1/2", "60-70", "1,5", "1,00", "12:30", "3×10", "half", "5 or 6", "1e5"])
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    """Half-understood is worse than not understood."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("61", "That is too high."),
        ("5割", "That is too low."),
        ("60人", "The number is right, the unit isn't: it is %."),
        ("sixty-ish?", "That isn't a number I can read."),
        ("60%未満", "Give the number itself, not a limit it stays below."),
        ("", "No answer was given."),
    ],
)
def test_a_wrong_number_is_wrong_for_a_reason(typed: str, reason: str) -> None:
    """Too high, too low, or not understood: three different things to be told."""
    verdict = judge_number(typed, Decimal(60), unit=["%"])
    assert (verdict.outcome, verdict.score, verdict.reason.render()) == (Outcome.WRONG, 0, reason)


def test_within_the_tolerance_the_exact_figure_is_told() -> None:
    """Right enough to pass, with the figure to remember."""
    verdict = judge_number("58", Decimal(60), tolerance=Decimal(2))
    assert (verdict.outcome, verdict.reason.render()) == (Outcome.RIGHT, "Close enough: it is 60.")


@pytest.mark.parametrize(
    ("typed", "score", "reason"),
    [
        ("2024-04-11", 2 / 3, "The year and the month are right, the day isn't."),
        ("2024-05-10", 2 / 3, "The year and the day are right, the month isn't."),
        ("2023-05-11", 0, "Neither the year nor the month nor the day is right."),
        ("2024-04", 2 / 3, "The day is missing."),
        ("4月10日", 2 / 3, "The year is missing."),
        ("2023-04", 1 / 3, "The month is right, the year isn't."),
        ("令和6年4月10日", 1, "That's right: 令和6年 is 2024."),
        ("24年4月10日", 1, "That's right, taking the year for 2024."),
        ("2024年(令和6年)4月10日", 1, "That's right."),
        ("spring", 0, "That isn't a date I can read. Write it like 1945-09-02."),
    ],
)
def test_a_date_is_judged_part_by_part(typed: str, score: float, reason: str) -> None:
    """What is right is said and counts; what is wrong is named."""
    verdict = judge_date(typed, PartialDate(2024, 4, 10))
    assert verdict.score == pytest.approx(score)
    assert verdict.reason.render() == reason


@pytest.mark.parametrize("text", ["2023-8", "2023-02-30", "2023-13", "23-08", "2023-08-18 ", "２０２３", "0000", ""])
def test_an_authors_date_is_strict(text: str) -> None:
    """Decks hold one way to write a date."""
    assert PartialDate.parse(text) is None


@pytest.mark.parametrize(
    ("line", "score", "outcome"),
    [
        ("UK, US, Australia", 1, Outcome.RIGHT),
        ("UK, US, Austrlia", 2.5 / 3, Outcome.ALMOST),
        ("UK, US", 2 / 3, Outcome.WRONG),
        ("UK, US, Japan", 2 / 3, Outcome.WRONG),
        ("UK, US, Australia, Japan", 2.5 / 3, Outcome.WRONG),
        ("UK, US, Australia, Japan, Korea", 2 / 3, Outcome.WRONG),
        ("Japan, Korea, China, India", 0, Outcome.WRONG),
        ("UK, UK, US", 2 / 3, Outcome.WRONG),
    ],
)
def test_a_list_is_scored_by_the_rule(line: str, score: float, outcome: Outcome) -> None:
    """A wrong guess in a missing one's place is free; more entries than asked for cost."""
    verdict = judge_set(split_entries(line), TRIO)
    assert verdict.score == pytest.approx(score)
    assert verdict.outcome is outcome


def test_a_list_has_a_part_for_each_entry_and_each_missing_member() -> None:
    """The learner sees which entry was what, and what was left out."""
    verdict = judge_set(["UK", "", "Japan", "Britain", "u.k."], [*TRIO, ["Britain"]])
    assert [(part.given, part.expected, part.outcome.value, part.note) for part in verdict.parts] == [
        ("UK", "the United Kingdom", "right", ""),
        ("Japan", "", "wrong", "Doesn't belong."),
        ("Britain", "Britain", "right", ""),
        ("u.k.", "the United Kingdom", "right", "Named twice: it counts once."),
        ("", "Australia", "wrong", "Missing."),
        ("", "the United States", "wrong", "Missing."),
    ]


def test_entries_are_given_to_members_so_that_most_count() -> None:
    """An entry that fits two members makes room for one that fits only one."""
    members = [["Korea", "ROK"], ["Korea", "DPRK"]]
    assert judge_set(["Korea", "ROK"], members).outcome is Outcome.RIGHT
    assert judge_set(["ROK", "Korea"], members).outcome is Outcome.RIGHT
    assert judge_set(["DPRK", "Korea"], members).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("Japan, the US, and India", ["Japan", "the US", "India"]),
        ("Japan, the US and India", ["Japan", "the US", "India"]),
        ("日本、米国；韓国", ["日本", "米国", "韓国"]),
        ("日本・米国・韓国", ["日本", "米国", "韓国"]),
        ("ジョー・バイデン、岸田文雄", ["ジョー・バイデン", "岸田文雄"]),
        ("日本及び米国", ["日本", "米国"]),
        ("일본, 미국 및 한국", ["일본", "미국", "한국"]),
        ("한미일 정상회의", ["한미일 정상회의"]),
        ("1,000 ships, 2,000 planes", ["1,000 ships", "2,000 planes"]),
        ("2023/8", ["2023/8"]),
        ("- Japan\n- Korea\n", ["Japan", "Korea"]),
        ("1. Japan\n2. Korea", ["Japan", "Korea"]),
        ("Thailand", ["Thailand"]),
        ("サウジアラビアとトルコ", ["サウジアラビア", "トルコ"]),
        (" , ,, ", []),
        ("", []),
    ],
)
def test_a_line_is_parted_into_entries(line: str, entries: list[str]) -> None:
    """However somebody lists things on one line."""
    assert split_entries(line) == entries


@pytest.mark.parametrize(
    ("order", "score", "outcome", "reason"),
    [
        ("abcde", 1, Outcome.RIGHT, "That's right: all in order."),
        ("bacde", 0.9, Outcome.ALMOST, "Only two are swapped: b and a."),
        ("acbed", 0.8, Outcome.WRONG, "8 of 10 pairs are in the right order."),
        ("edcba", 0, Outcome.WRONG, "It is exactly the other way round."),
        ("abc", 0.3, Outcome.WRONG, "3 of 10 pairs are in the right order."),
        ("", 0, Outcome.WRONG, "No answer was given."),
    ],
)
def test_an_order_is_scored_by_its_pairs(order: str, score: float, outcome: Outcome, reason: str) -> None:
    """Nearly in order is worth more than the places that happen to fit."""
    verdict = judge_order(["abcde".index(one) for one in order], list("abcde"))
    assert verdict.score == pytest.approx(score)
    assert (verdict.outcome, verdict.reason.render()) == (outcome, reason)
    assert len(verdict.parts) == 5


def test_a_swap_among_few_is_no_slip() -> None:
    """Of three causes in a chain, two swapped is a misunderstanding."""
    verdict = judge_order([1, 0, 2], list("abc"))
    assert verdict.outcome is Outcome.WRONG
    assert [part.note for part in verdict.parts] == ["Belongs in place 2.", "Belongs in place 1.", ""]


@pytest.mark.parametrize(
    ("picked", "score", "outcome"),
    [
        ({0, 1}, 1, Outcome.RIGHT),
        ({0}, 0.5, Outcome.WRONG),
        ({0, 1, 2}, 0.5, Outcome.WRONG),
        ({0, 2}, 0, Outcome.WRONG),
        ({0, 1, 2, 3}, 0, Outcome.WRONG),
        (set(), 0, Outcome.WRONG),
    ],
)
def test_wrong_picks_cost_right_ones(picked: set[int], score: float, outcome: Outcome) -> None:
    """Picking everything is worth nothing."""
    verdict = judge_picks(picked, {0, 1}, list("abcd"))
    assert verdict.score == pytest.approx(score)
    assert verdict.outcome is outcome
    assert len(verdict.parts) == len(picked | {0, 1})


@pytest.mark.parametrize(("options", "right", "mean"), [(4, 2, 0.2), (5, 3, 0.247), (6, 3, 0.159), (4, 1, 1 / 15)])
def test_what_picking_at_random_yields(options: int, right: int, mean: float) -> None:
    """The formula gives the mean of the judge's own scores of every set of options there is but the empty one."""
    sets = [{i for i in range(options) if number >> i & 1} for number in range(1, 2**options)]
    scores = [judge_picks(picked, range(right), "abcdef"[:options]).score for picked in sets]
    assert guessed_score(options, right) == pytest.approx(sum(scores) / len(scores))
    assert guessed_score(options, right) == pytest.approx(mean, abs=5e-4)


@pytest.mark.parametrize(
    ("chosen", "score", "reason"),
    [
        ([0, 1, 2], 1, "That's right: all pairs match."),
        ([3, 1, 2], 1, "That's right: all pairs match."),
        ([1, 0, 2], 1 / 3, "Seoul and Tokyo have each other's partner."),
        ([0, 1, None], 2 / 3, "Only Beijing has another partner."),
        ([1, 2, 0], 0, "0 of 3 pairs match."),
        ([None, None, None], 0, "No answer was given."),
    ],
)
def test_pairs_are_judged_by_what_stands_there(chosen: list[int | None], score: float, reason: str) -> None:
    """Two right sides that read the same are the same."""
    verdict = judge_pairs(chosen, [0, 1, 2], ["Seoul", "Tokyo", "Beijing"], ["Korea", "Japan", "China", "Korea"])
    assert verdict.score == pytest.approx(score)
    assert verdict.reason.render() == reason
    assert len(verdict.parts) == 3


def test_a_judge_is_imported_only_when_asked_for() -> None:
    """Folding texts for the index must not pay for reading dates."""
    code = (
        "import sys; from quizkit.answers import normalise; normalise('Camp David');"
        "print([name for name in sys.modules if name in ('decimal', 'quizkit.answers.date_forms', 'difflib')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
