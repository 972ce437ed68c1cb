"""The error gallery: every mistake an author can make has an example and a golden output."""

import pytest

from quizkit.diagnostics import RULES
from tools.gallery import EXAMPLES, MADE_BY_TESTS, PAGE, example_of, load_rules, page, said

load_rules()
CODES = sorted(RULES.keys() - MADE_BY_TESTS)


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_rule_breaks_it(code):
    """Each rule has an example that shows it, and says what it has always said."""
    output = said(code)
    assert f"[{code}]" in output
    assert output == (EXAMPLES / f"{code}.txt").read_text(encoding="utf-8")
    assert example_of(code).exists()


def test_no_example_is_left_of_a_rule_that_is_gone():
    """The gallery holds nothing but rules that exist."""
    named = {path.stem for path in EXAMPLES.iterdir()}
    assert named == set(CODES)


def test_the_page_is_made_from_the_rules():
    """docs/lint.md is what `python -m tools.gallery` would write."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_rule_says_what_to_do():
    """A rule without an explanation helps nobody."""
    for rule in RULES.values():
        assert rule.title
        assert len(rule.explain.split()) >= 4
