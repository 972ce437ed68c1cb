"""The marks a text may hold, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.markup import Span, escape, plain, readings, spans, to_html


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", [Span("plain")]),
        ("a *b* c", [Span("a "), Span("b", emphasis=True), Span(" c")]),
        ("a **b** c", [Span("a "), Span("b", strong=True), Span(" c")]),
        ("**a *b* c**", [Span("a ", True), Span("b", True, True), Span(" c", True)]),
        ("2*3*4 = 24", [Span("2*3*4 = 24")]),
        ("5 * 3 * 2", [Span("5 * 3 * 2")]),
        ("外交《がいこう》の", [Span("外交", ruby="がいこう"), Span("の")]),
        ("この｜お言葉《ことば》", [Span("この"), Span("お言葉", ruby="ことば")]),
        ("《本》", [Span("《本》")]),
        (r"\*a\* \《b》", [Span("*a* 《b》")]),
    ],
)
def test_marks_are_understood(text: str, wanted: list[Span]) -> None:
    assert spans(text) == wanted


@given(st.text(st.sampled_from("a*漢字《か》｜\\ \n-1."), max_size=20))
def test_escaped_text_means_itself(text: str) -> None:
    assert plain(escape(text)) == text


@given(st.text(st.sampled_from("ab*漢字《か》｜\\ \n-1.<&"), max_size=30))
def test_html_never_holds_what_the_text_didnt_say(text: str) -> None:
    html = to_html(text)
    for tag in ("strong", "em", "ruby", "rt", "ul", "ol", "li"):
        assert html.count(f"<{tag}") == html.count(f"</{tag}>")
    assert "<a" not in html


def test_lists_and_breaks_become_html() -> None:
    text = "Two:\n- one\n- **two**\nthen\n2. b\n3. c"
    assert to_html(text) == (
        'Two:<ul><li>one</li><li><strong>two</strong></li></ul>then<ol start="2"><li>b</li><li>c</li></ol>'
    )


def test_readings_take_the_place_of_their_bases() -> None:
    assert readings("伊集院《いじゅういん》敦《あつし》氏") == "いじゅういんあつし氏"
