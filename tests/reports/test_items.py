"""The figures of item analysis, against published examples and a second way of reckoning."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.reports.items import Answered, analyse, biserial, correlation, discrimination, efficiency, outliers
from tests.helpers.lsat import LSAT

MOODLE_TOTALS = (12, 7.4, 11.7, 8.5, 10.1, 11.3, 11.2, 14.1, 8.6, 11.6, 9.3)
MOODLE_TOTALS += (13.1, 11.5, 11.3, 5.5, 4.8, 8.7, 11.8, 6, 5.9, 12.8, 13.8)
MOODLE = {
    8: ((5.5, 1, 2.5, 4, 3, 4.5, 3, 6, 0.5, 5.5, 2.5, 4, 4, 3, 1, 1, 1.5, 4, 2, 1, 6, 7), 25.88327077, 27.23492723),
    11: (
        (1, 0.3, 0.3, 1, 0.9, 1, 0.3, 1, 0.9, 0.9, 1, 0.9, 0.3, 0.3, 0.3, 0.3, 0.9, 0.9, 0.3, 0.3, 1, 0.3),
        28.16930644,
        31.12404354,
    ),
    17: ((1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1), 15.18945843, 17.4790556),
}


@pytest.mark.parametrize("slot", MOODLE)
def test_discrimination_and_efficiency_are_moodles(slot: int) -> None:
    """22 attempts at three questions, and what Moodle's own tests want of them (times 100).

    mod/quiz/report/statistics/tests/statistics_test.php, whose figures are from a spreadsheet.
    """
    marks, index, most = MOODLE[slot]
    pairs = [(mark, total - mark) for mark, total in zip(marks, MOODLE_TOTALS, strict=True)]
    found, best = discrimination(pairs), efficiency(pairs)
    assert found is not None
    assert best is not None
    assert 100 * found.value == pytest.approx(index, abs=1e-6)
    assert 100 * best.value == pytest.approx(most, abs=1e-6)
    assert found.n == best.n == 22


def test_the_corrected_point_biserial_is_the_published_one() -> None:
    """Of the LSAT (section 6) as `descript(LSAT)` of the R package ltm gives it, total score without the item."""
    found = analyse(Answered(f"s{n}", f"i{i}", s) for n, row in enumerate(LSAT) for i, s in enumerate(row))
    published = (0.1128, 0.1532, 0.1728, 0.1444, 0.1216)
    assert [one.biserial.value for one in found.values() if one.biserial] == pytest.approx(published, abs=5e-5)
    assert [one.facility for one in found.values()] == pytest.approx((0.924, 0.709, 0.553, 0.763, 0.870))


def henrysson(items: list[int], totals: list[int]) -> float:
    """The correction of the item-total correlation for the item's own part, by its formula and from sums alone."""

    def moment(xs: list[int], ys: list[int]) -> Fraction:
        n = len(xs)
        return Fraction(sum(x * y for x, y in zip(xs, ys, strict=True)), n) - Fraction(sum(xs) * sum(ys), n * n)

    si, st_ = math.sqrt(moment(items, items)), math.sqrt(moment(totals, totals))
    r = float(moment(items, totals)) / (si * st_)
    return (r * st_ - si) / math.sqrt(st_**2 + si**2 - 2 * r * st_ * si)


@given(st.integers(10, 40), st.integers(3, 8), st.randoms(use_true_random=False))
def test_item_against_rest_is_what_henryssons_formula_gives(n: int, k: int, dice: random.Random) -> None:
    rows = [[dice.randint(0, 1) for _item in range(k)] for _student in range(n)]
    found = analyse(Answered(f"s{i}", f"c{j}", row[j]) for i, row in enumerate(rows) for j in range(k))
    for j in range(k):
        relation = found[f"c{j}"].discrimination
        items, totals = [row[j] for row in rows], [sum(row) for row in rows]
        rests = [total - item for total, item in zip(totals, items, strict=True)]
        if len(set(items)) < 2 or len(set(rests)) < 2:
            assert relation is None
            continue
        assert relation is not None
        assert relation.value == pytest.approx(henrysson(items, totals), abs=1e-9)
        assert relation.interval.low <= relation.value <= relation.interval.high
        assert found[f"c{j}"].biserial == relation


@given(st.integers(10, 30), st.randoms(use_true_random=False))
def test_efficiency_is_the_share_of_the_best_arrangement(n: int, dice: random.Random) -> None:
    """Its sign and zero are the discrimination's, it is no smaller, and it is 1 for scores in the same order."""
    pairs = [(dice.choice((0.0, 0.5, 1.0)), dice.random()) for _student in range(n)]
    found, most = discrimination(pairs), efficiency(pairs)
    if found is None or most is None:
        return
    assert abs(most.value) >= abs(found.value) - 1e-9
    assert found.value * most.value >= 0
    if most.interval is not None:
        assert -1 <= most.interval.low <= most.value <= most.interval.high <= 1
    mean = sum(rest for _item, rest in pairs) / n
    ranked = zip(sorted(item for item, _rest in pairs), sorted(rest for _item, rest in pairs), strict=True)
    best = sum(item * (rest - mean) for item, rest in ranked)
    assert most.value == pytest.approx(sum(item * (rest - mean) for item, rest in pairs) / best, abs=1e-9)
    same = efficiency(list(zip(*(sorted(column) for column in zip(*pairs, strict=True)), strict=True)))
    assert same is not None
    assert same.value == pytest.approx(1)


def test_efficiency_below_minus_one_is_told_without_an_interval() -> None:
    """Only the one who is worst at the rest gets it right, far from all others. Moodle shows such figures, too."""
    pairs = [(1.0, 0.0), *((0.0, 1 - n / 1000) for n in range(9))]
    found = efficiency(pairs)
    assert found is not None
    # Covariances by hand: the one's rest less the mean rest, over the greatest rest less it.
    mean = (9 - 0.036) / 10
    assert found.value == pytest.approx((0 - mean) / (1 - mean))
    assert found.value < -8
    assert found.interval is None


def test_parts_of_a_mark_count_for_the_index_and_not_for_the_point_biserial() -> None:
    pairs = [(score, rest) for rest, score in enumerate((0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1))]
    index, binary = discrimination(pairs), biserial(pairs)
    assert index is not None
    assert binary is not None
    assert index.value > binary.value > 0.6


def answers(matrix: dict[str, str]) -> list[Answered]:
    """A table of learners and their scores, one digit a card; a point where they didn't see it."""
    return [
        Answered(learner, f"card{number}", int(score), 1000)
        for learner, row in matrix.items()
        for number, score in enumerate(row)
        if score != "."
    ]


def test_a_question_that_the_better_get_wrong_is_told() -> None:
    """Twelve learners from weak to strong; the last card is keyed the wrong way round."""
    matrix = {f"l{n}": "1" * n + "0" * (12 - n) + ("1" if n < 6 else "0") for n in range(1, 13)}
    found = analyse(answers(matrix))
    last, middle = found["card12"].discrimination, found["card6"].discrimination
    assert last is not None
    assert last.value < -0.5
    assert middle is not None
    assert middle.value > 0.7


def test_nobody_gains_by_having_had_easy_cards() -> None:
    """Half of a class had the easy cards, half the hard ones, all the last: it tells those of each half apart."""
    easy = {f"e{n}": "1" * 3 + ("1" if n > 2 else "0") + "...." + ("1" if n > 2 else "0") for n in range(6)}
    hard = {f"h{n}": "...." + "0" * 3 + ("1" if n > 2 else "0") + ("1" if n > 2 else "0") for n in range(6)}
    found = analyse(answers(easy | hard))["card8"].discrimination
    assert found is not None
    assert found.value == pytest.approx(1)


@given(st.integers(10, 25), st.integers(3, 6), st.randoms(use_true_random=False))
def test_order_names_and_other_students_marks_change_nothing(n: int, k: int, dice: random.Random) -> None:
    """The figures are the same for answers in any order and students under other names."""
    given_ = [
        Answered(f"s{i}", f"c{j}", dice.choice((0.0, 0.5, 1.0)), dice.randint(1, 9000))
        for i in range(n)
        for j in range(k)
        if dice.random() < 0.8
    ]
    other = [one._replace(learner="x" + one.learner[::-1] + one.learner) for one in given_]
    dice.shuffle(other)
    for mine, theirs in zip(analyse(given_).values(), analyse(other).values(), strict=True):
        assert (mine.card, mine.n, mine.seconds) == (theirs.card, theirs.n, theirs.seconds)
        for one, two in zip(mine[2:7], theirs[2:7], strict=True):
            assert (one is None) == (two is None)
        if mine.discrimination and theirs.discrimination:
            assert mine.discrimination.value == pytest.approx(theirs.discrimination.value, abs=1e-9)
            assert -1 <= mine.discrimination.value <= 1


def test_little_is_said_of_few_answers() -> None:
    few = analyse([Answered(f"l{n}", "a/b/main", 1.0, 900) for n in range(4)])["a/b/main"]
    assert (few.facility, few.interval, few.discrimination, few.seconds) == (None, None, None, None)
    assert few.n == 4


def test_only_first_answers_count() -> None:
    first = [Answered(f"l{n}", "c", 0.0, 1000, (0,)) for n in range(6)]
    later = [Answered(f"l{n}", "c", 1.0, 1000, (1,)) for n in range(6)]
    found = analyse([*first, *later])["c"]
    assert (found.n, found.facility) == (6, 0.0)
    assert [(one.option, one.n) for one in found.choices.picked] == [(0, 6)]


def test_a_card_that_takes_long_stands_out() -> None:
    times = {f"c{n}": 8.0 + n % 3 for n in range(20)} | {"long": 90.0}
    assert list(outliers(times)) == ["long"]
    assert outliers({"a": 1.0, "b": 50.0}) == {}


def test_a_few_measured_times_are_no_usual_time() -> None:
    """On paper nobody measures: the few times there are make no question slow, and no others quick."""
    found = analyse(
        Answered(f"l{n}", f"c{card}", 1.0, 8000 + 100 * card if card < 10 else 400_000 if n < 4 else 0)
        for n in range(20)
        for card in range(20)
    )
    assert [found[f"c{card}"].seconds for card in (0, 9, 10, 19)] == [8.0, 8.9, None, None]
    assert {one.slow for one in found.values()} == {0.0}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=30))
def test_a_correlation_stays_within_its_bounds(pairs: list[tuple[float, float]]) -> None:
    found = correlation([x for x, _y in pairs], [y for _x, y in pairs])
    assert found is None or -1.0000001 <= found <= 1.0000001
