"""Text in terminal columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.columns import clip, harmless, level, pad, width, wrap

TEXTS = st.text(alphabet=st.sampled_from("ab c、。（）「」漢字かなカナー한국어 é🙂\n"), max_size=80)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("漢字", 4), ("한국", 4), ("ｶﾅ", 2), ("e\u0301", 1), ("", 0), ("\u1112\u1161\u11ab", 2)],
)
def test_width_counts_columns_not_characters(text, columns):
    """Japanese and Korean take two columns a character, combining marks and trailing jamo none."""
    assert width(text) == columns


@given(TEXTS, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_nothing(text, columns):
    """Wrapping may move spaces, nothing else, and no line is wider than asked for."""
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_mark():
    """Japanese typesetting never starts a line with 、 or 」."""
    lines = wrap("あいうえ、かきく「けこ」さしす。", 8)
    assert not any(line[0] in "、。」" for line in lines)
    assert not any(line.endswith("「") for line in lines)


def test_korean_breaks_between_words():
    """Hangul is wide but has words: a line break belongs to a space."""
    assert wrap("정상은 캠프에서 만났다", 12) == ["정상은", "캠프에서", "만났다"]


def test_clip_says_that_something_is_missing():
    """A clipped text ends with an ellipsis and keeps within its columns."""
    assert clip("キャンプ・デービッド", 8) == "キャン…"
    assert clip("short", 8) == "short"
    assert width(pad("漢", 6)) == 6


def test_marks_dont_climb():
    """A tower of marks would stand over the lines around it; scripts and emoji that need a few keep theirs."""
    assert level("Z" + "\u0335\u0489\u030d" * 120 + "a\u0301") == "Z\u0335\u0489a\u0301"
    for text in ("ที่นี่", "शुक्रिया", "👩‍👩‍👧", "🏳️‍🌈", "\u1112\u1161\u11ab", "e\u0302\u0323"):
        assert level(text) == text


def test_escapes_become_visible():
    """No card can steer the terminal: control characters and direction overrides are drawn, not obeyed."""
    shown = harmless("a\x1b[2Jb\x9b\u202ec\r")
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown
    assert "\r" not in shown
    assert shown.startswith("a␛[2Jb")
