"""HTML from other programs keeps what a text can hold, and the rest is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.formats.html import from_html, plain_from_html
from quizkit.markup import plain, to_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<div>a<div>b</div></div>", "a\nb"),
        ("a <b>bold</b> and <i>slanted</i>.", "a **bold** and *slanted*."),
        ("<b>a </b>b", "**a** b"),
        ("これは<i>重要</i>です。", "これは*重要*です。"),
        ("<strong><em>x</em></strong>", "**x**"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です", "漢字《かんじ》です"),
        ("<ruby>お茶<rt>おちゃ</rt></ruby>", "｜お茶《おちゃ》"),
        ("大<ruby>国<rt>こく</rt></ruby>", "大｜国《こく》"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "H₂O, m²"),
        ("&lt;b&gt; &amp; &#x3042;&nbsp;x", "<b> & あ x"),
        ("2 * 3 &lt; 7", "2 \\* 3 < 7"),
        ("  a \n  b  <br>", "a b"),
        ('<a href="https://example.org/x">here</a>', "here (https://example.org/x)"),
        ("a < b and b > c", "a < b and b > c"),
    ],
)
def test_what_a_text_can_hold_is_kept(html: str, text: str) -> None:
    converted = from_html(html)
    assert converted.text == text
    assert converted.losses == ()


@pytest.mark.parametrize(
    ("html", "text", "loss"),
    [
        ("a<script>alert(1)</script>b", "ab", "<script> is left out"),
        ('<span style="color:red">a</span>', "a", "colours are left out"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b", "tables become lines"),
        (
            "<table><tr><th>Year</th><th>Event</th></tr><tr><td>1939</td><td>War</td></tr></table>",
            "**Year** | **Event**\n1939 | War",
            "tables become lines",
        ),
        ("x<sup>abc</sup>", "xabc", "<sup> becomes plain text"),
        ("<i>un</i>believable *", "unbelievable \\*", "emphasis within a word is left out"),
        ("<blink>a</blink>", "a", "<blink> is read as plain text"),
        ('<img src="https://example.org/a.png" alt="a map">', "a map", "pictures from the web are left out"),
    ],
)
def test_what_is_lost_is_said(html: str, text: str, loss: str) -> None:
    converted = from_html(html)
    assert converted.text == text
    assert loss in converted.losses


def test_pictures_are_named() -> None:
    assert from_html('<img src="my%20map.png"> Where?').media == ("my map.png",)


def test_what_is_typed_has_no_marks() -> None:
    assert plain_from_html("<b>2 * 3</b><br>x") == "2 * 3 x"


@given(st.text(st.sampled_from("<>/abipulo &;#x1*《》漢='\"!-"), max_size=60))
def test_anything_is_read(html: str) -> None:
    from_html(html)


@given(st.text(st.sampled_from("ab漢字*<& ."), min_size=1, max_size=20).map(lambda text: " ".join(text.split())))
def test_text_survives_the_way_out_and_back(text: str) -> None:
    assert plain(from_html(to_html(text)).text) == plain(text).strip()
