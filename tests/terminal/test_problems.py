"""Diagnostics as people see them: the mark under the place, whatever the line holds and however long it is."""

import json
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from quizkit.columns import width
from quizkit.diagnostics import Diagnostic, Rule, Severity, Span
from quizkit.terminal.problems import as_json, render, render_all
from quizkit.terminal.style import Style

RULE = Rule("some-rule", Severity.ERROR, "A title", "Why it matters.")


def _drawn(line, column, end_column=0, *, columns=80, style=None, **values):
    span = Span("decks/x.yaml", 1, column, 1 if end_column else 0, end_column)
    problem = Diagnostic(RULE, span, **{"message": "It is wrong.", "fix": "Mend it."} | values)
    return render(problem, [line], style or Style(False), columns)


def test_a_diagnostic_has_place_rule_message_excerpt_and_remedy():
    """All an author needs, in a form that editors jump to."""
    assert _drawn("  kind: tpyed", 9, 14) == [
        "decks/x.yaml:1:9: error[some-rule]: It is wrong.",
        "    1 |   kind: tpyed",
        "      |         ^^^^^",
        "  → Mend it.",
    ]


def test_wide_characters_take_two_columns():
    """The mark stands under the Japanese word, not half-way before it."""
    _head, shown, mark, _fix = _drawn("ja: 首都は東京です", 8, 10)
    assert shown == "    1 | ja: 首都は東京です"
    assert mark == "      | " + " " * 10 + "^^^^"


def test_combining_characters_take_none():
    """Hangul typed as single letters is as wide as the syllables it makes."""
    _head, _shown, mark, _fix = _drawn(normalize("NFD", "서울: x"), 8, 9)
    assert mark == "      | " + " " * len("SSUU: ") + "^"


def test_tabs_are_visible():
    """A tab in the indent is what is wrong: spaces in its place would hide it."""
    _head, shown, mark, _fix = _drawn("\tkind: x", 1)
    assert shown == "    1 | ␉kind: x"
    assert mark.startswith("      | ^")


def test_nothing_in_a_file_steers_the_terminal():
    """Escapes and line breaks in the file's name, line, message and remedy are shown, not obeyed."""
    span = Span("x\x1b[31m\n.yaml", 1, 1)
    drawn = render(Diagnostic(RULE, span, "a\x1b[2J\nb", "c\x9b\u202ed\r"), ["e\x1b]0;f\x07\x85g"], Style(False))
    assert len(drawn) == 4
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in "".join(drawn))


def test_a_long_line_is_clipped_around_the_place():
    """The place stays in sight, with some of what stands before it, and what is missing is marked."""
    line = "a" * 500 + "wrong" + "b" * 500
    _head, shown, mark, _fix = _drawn(line, 501, 506)
    assert width(shown) <= 80
    assert shown.startswith("    1 | …aaa")
    assert shown.endswith("b…")
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "wrong"


def test_a_line_of_twenty_megabytes_takes_no_time_to_show():
    """A file may be one line: only the part shown is looked at."""
    drawn = _drawn("首" * 7_000_000, 3_500_000)
    assert width(drawn[1]) <= 80


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first():
    """The first line is where to look."""
    problem = Diagnostic(RULE, Span("x", 1, 3, 4, 2), "m")
    assert render(problem, ["- a: b", "  c: d"], Style(False))[2] == "      |   ^^^^"


def test_a_place_outside_the_file_is_told_without_an_excerpt():
    """The file may have changed since it was read."""
    problem = Diagnostic(RULE, Span("x", 9, 9), "m", "f")
    assert render(problem, ["a"], Style(False)) == render(problem, None, Style(False))
    assert render(problem, None, Style(False)) == ["x:9:9: error[some-rule]: m", "  → f"]


def test_excerpts_are_taken_where_yaml_counts(tmp_path):
    """A line separator from a word processor shifts no excerpt."""
    path = tmp_path / "x.yaml"
    path.write_text("a: 'b\u2028  c'\nd: e\n", encoding="utf-8")
    problem = Diagnostic(RULE, Span("x.yaml", 3, 1, 3, 2), "m")
    assert "    3 | d: e" in render_all([problem], {"x.yaml": path}, Style(False))


def test_colour_adds_nothing_but_colour():
    """Meaning never depends on it."""
    plain = _drawn("kind: x", 7, 8)
    coloured = "\n".join(_drawn("kind: x", 7, 8, style=Style(True)))
    assert "\x1b[" in coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[31;1m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == "\n".join(plain)


@given(
    st.text(st.sampled_from("ab 首都ｶ각\u3000\t\x1b\u0301👩"), max_size=200),
    st.integers(1, 220),
    st.integers(0, 220),
    st.integers(20, 120),
)
def test_the_mark_is_always_below_the_line_and_within_the_page(line, column, end_column, columns):
    """No line, place or page width makes the mark leave the page by more than a column, or vanish."""
    _head, shown, mark, _fix = _drawn(line, column, end_column, columns=columns)
    page = max(columns, 68)
    assert width(shown) <= page + 1
    assert width(mark) <= page + 1
    assert mark.count("^") >= 1


def test_the_json_twin_holds_everything():
    """A script gets what people get, and the explanation of the rule."""
    problem = Diagnostic(RULE, Span("x", 1, 2, 3, 4), "m", "f")
    assert json.loads(json.dumps(as_json(problem))) == {
        "code": "some-rule",
        "severity": "error",
        "file": "x",
        "line": 1,
        "column": 2,
        "end_line": 3,
        "end_column": 4,
        "message": "m",
        "fix": "f",
        "explain": "Why it matters.",
    }
