"""Variants of a sheet: other orders, the same questions, and keys that stay right."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.variants import MOST_VARIANTS, Deal, dealt, variants


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    count = draw(st.integers(0, 8))
    layout = tuple(draw(st.permutations(range(count))))
    key = draw(st.sampled_from([None, *layout]))
    ordered = key is None and layout != tuple(range(count)) and draw(st.booleans())
    return Deal(layout, key, fixed=draw(st.booleans()), ordered=ordered)


QUESTIONS = st.lists(deals(), max_size=12)
COUNTS = st.integers(1, 6)


@given(QUESTIONS, COUNTS, st.text(max_size=5))
def test_each_variant_is_a_permutation(questions: list[Deal], count: int, seed: str) -> None:
    """Of the questions and of the options of each; variant A shows them as they were dealt."""
    made = variants(questions, count, seed)
    assert [variant.letter for variant in made] == list("ABCDEF"[:count])
    for variant in made:
        assert sorted(variant.order) == list(range(len(questions)))
        for deal, layout in zip(questions, variant.layouts, strict=True):
            assert sorted(layout) == sorted(deal.layout)
            if deal.fixed:
                assert layout == deal.layout
            if deal.ordered and not deal.fixed:
                assert list(layout) != sorted(layout)
    assert [deal.layout for deal in questions] == list(made[0].layouts)
    assert made == variants(questions, count, seed)


@given(QUESTIONS, COUNTS)
def test_the_right_option_stands_elsewhere(questions: list[Deal], count: int) -> None:
    """Neighbours with other variants have nothing to copy, as far as there are places for it."""
    made = variants(questions, count, "s")
    for number, deal in enumerate(questions):
        if deal.key is None or deal.fixed:
            continue
        places = [variant.layouts[number].index(deal.key) for variant in made]
        assert len(set(places)) == min(count, len(deal.layout))
    if len(questions) >= count > 1:
        assert len({variant.order[0] for variant in made}) == count


def test_a_single_variant_keeps_the_order() -> None:
    (only,) = variants([Deal((1, 0))] * 9, 1, "s")
    assert only.order == tuple(range(9))


def test_there_are_as_many_variants_as_letters() -> None:
    assert len(variants([Deal((1, 0))], 40, "s")) == MOST_VARIANTS


@given(st.lists(st.text(min_size=1), unique=True), COUNTS, st.text(max_size=3))
def test_neighbours_get_other_variants(people: list[str], count: int, seed: str) -> None:
    given_out = list(dealt(people, count, seed).values())
    assert all(one != other for one, other in pairwise(given_out)) or count == 1
    assert set(given_out) <= set(range(count))
