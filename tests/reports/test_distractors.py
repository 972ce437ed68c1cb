"""Who picked what, and the sentences on questions that stand out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.reports.distractors import Pick, choices, rare
from quizkit.reports.items import Answered, analyse
from quizkit.reports.remarks import Keyed, Remark, remarks_of, sentence, sign_test

KEYED = Keyed(frozenset({0}), (0, 1, 2, 3), 0.25)
OPTIONS = ("Seoul", "Busan", "Daegu", "Ulsan")


def test_groups_are_kelleys() -> None:
    """Of 370 papers the upper and the lower 27 % are 100 each: why Kelley's share became the custom."""
    found = choices(Pick(f"s{n:03}", (n // 100,), n / 370) for n in range(370))
    assert found.group == 100
    assert [(one.option, one.n, one.upper, one.lower) for one in found.picked] == [
        (0, 100, 0, 100),
        (1, 100, 0, 0),
        (2, 100, 30, 0),
        (3, 70, 70, 0),
    ]


@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_counts_add_up(n: int, dice: random.Random) -> None:
    """A naive second count: sort, cut, count. And whoever picked nothing is in no option."""
    picks = [
        Pick(f"s{i:02}", (dice.randrange(4),) if dice.random() < 0.9 else (), dice.choice((None, 0.1, 0.5, 0.9)))
        for i in range(n)
    ]
    found = choices(picks)
    assert sum(one.n for one in found.picked) + found.none == found.n == n
    known = sorted((pick.rest, pick.learner, pick.options) for pick in picks if pick.rest is not None)
    size = int(len(known) * 27 / 100 + 0.5) if len(known) >= 19 else 0
    assert found.group == size
    for one in found.picked:
        assert one.lower == sum(one.option in options for _rest, _who, options in known[:size])
        assert one.upper == sum(one.option in options for _rest, _who, options in known[::-1][:size])
        assert max(one.upper, one.lower) <= min(size, one.n)
    dice.shuffle(picks)
    assert choices(picks) == found


def test_a_distractor_is_rare_below_one_in_twenty() -> None:
    picks = [Pick(f"s{n:02}", (0 if n > 2 else n,), None) for n in range(40)]
    assert rare(choices(picks), (1, 2, 3)) == (1, 2, 3)
    assert rare(choices(picks[:20]), (1, 2, 3)) == (3,)
    assert rare(choices(picks[:19]), (1, 2, 3)) == ()


def test_the_sign_test_counts_the_ways() -> None:
    """Of the 2ⁿ ways n students may take one of two options, those that are as lopsided or more; n may be large."""
    assert sign_test(10, 0) == 1 / 1024
    assert sign_test(8, 1) == 10 / 512
    assert sign_test(0, 0) == 1
    assert sign_test(600, 500) == pytest.approx(0.0014, abs=5e-5)


def a_class(picked: dict[str, int], key: int = 0) -> list[Answered]:
    """Thirty students from weak to strong at ten other questions, and what they picked at one."""
    given_ = [Answered(f"s{n:02}", f"c{i}", float(n >= 3 * i)) for n in range(30) for i in range(10)]
    return given_ + [Answered(who, "one", float(option == key), picked=(option,)) for who, option in picked.items()]


def test_a_wrong_key_is_asked_about_with_its_figures() -> None:
    item = analyse(a_class({f"s{n:02}": 1 if n >= 15 else n % 4 for n in range(30)}))["one"]
    found = remarks_of(item, KEYED)
    assert found[0].code == "wrong-key"
    assert sentence(found[0], OPTIONS) == ("of the 8 best students 8 chose “Busan” and 0 the key: is the key right?")


def test_the_most_taken_distractor_isnt_tested_as_if_it_had_been_named_before() -> None:
    """7 of 8 to 1 is rare enough for one distractor; of three, one or other is so far ahead by chance too often."""
    picked = {f"s{n:02}": 1 if n > 22 else 0 if n == 22 else 2 + n % 2 for n in range(30)}
    item = analyse(a_class(picked))["one"]
    assert (item.choices.of(1).upper, item.choices.of(0).upper) == (7, 1)
    assert "wrong-key" in [one.code for one in remarks_of(item, Keyed(frozenset({0}), (0, 1), 0.5))]
    assert "wrong-key" not in [one.code for one in remarks_of(item, KEYED)]


def test_a_key_that_is_right_is_left_alone() -> None:
    item = analyse(a_class({f"s{n:02}": 0 if n >= 12 else 1 + n % 3 for n in range(30)}))["one"]
    assert remarks_of(item, KEYED) == []


def test_what_nobody_can_do_and_what_everybody_can() -> None:
    guessed = analyse(a_class({f"s{n:02}": (n * 7) % 4 for n in range(30)}))["one"]
    assert "no-better-than-guessing" in [one.code for one in remarks_of(guessed, KEYED)]
    typed = analyse(a_class({f"s{n:02}": 1 for n in range(30)}))["one"]
    assert [one.code for one in remarks_of(typed, Keyed())] == ["hard"]
    easy = analyse(a_class({f"s{n:02}": 0 for n in range(30)}))["one"]
    codes = [one.code for one in remarks_of(easy, KEYED)]
    assert codes == ["easy", "unpicked-distractor"]
    assert sentence(remarks_of(easy, KEYED)[1], OPTIONS) == "nobody picks “Busan”, “Daegu”, “Ulsan”"


@pytest.mark.parametrize(("right", "n", "told"), [(30, 60, True), (38, 60, False), (24, 30, False), (2, 5, False)])
def test_guessing_between_two_is_told(right: int, n: int, told: bool) -> None:
    """Half right is no better than a coin, though it isn't hard; five answers are too few to say so."""
    given_ = [Answered(f"s{i:02}", f"c{j}", float((i + j) % 3 > 0)) for i in range(n) for j in range(6)]
    given_ += [
        Answered(f"s{i:02}", "one", float(i * 37 % n < right), picked=(int(i * 37 % n >= right),)) for i in range(n)
    ]
    found = remarks_of(analyse(given_)["one"], Keyed(frozenset({0}), (0, 1), 0.5))
    assert ("no-better-than-guessing" in [one.code for one in found]) is told


def test_every_finding_has_its_sentence() -> None:
    for code in (
        "negative-discrimination",
        "hard",
        "easy",
        "poor-discrimination",
        "slow",
        "no-better-than-guessing",
        "leech",
    ):
        assert sentence(Remark(code), ())
    assert sentence(Remark("unpicked-distractor", (7,), 1), ()) == "fewer than one in twenty pick 8"
    with pytest.raises(ValueError, match="what"):
        sentence(Remark("what"), ())
