"""The table of answers people give, in three languages, and what becomes of them.

Columns of cases.tsv: kind, expected, given, outcome, comment. `expected` holds the accepted forms, parted by ' | '
(for a set: members parted by ' ; ', their forms by '|'), then options such as '// rivals: A | B' or '// unit: %'. A
cell that begins with 'NFD:' is decomposed before use; EMPTY is no text at all.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pytest

from quizkit.answers import PartialDate, judge_date, judge_number, judge_set, judge_text, normalise, split_entries
from quizkit.model import Mark, Outcome, Verdict


class Case(NamedTuple):
    kind: str
    expected: str
    given: str
    outcome: str
    comment: str


def _cases() -> list[Case]:
    lines = Path(__file__).with_name("cases.tsv").read_text("utf-8").splitlines()[1:]
    return [Case(*line.split("\t")) for line in lines]


CASES = _cases()


def _text(cell: str) -> str:
    if cell == "EMPTY":
        return ""
    return normalize("NFD", cell[4:]) if cell.startswith("NFD:") else cell


def _options(cell: str) -> tuple[str, dict[str, list[str]]]:
    head, *rest = cell.split(" // ")
    return head, {name: value.split(" | ") for name, value in (option.split(": ", 1) for option in rest)}


def judge(case: Case) -> Verdict:
    expected, options = _options(case.expected)
    given = _text(case.given)
    if case.kind == "text":
        rivals = {normalise(text) for text in options.get("rivals", ())}
        forms = [_text(form) for form in expected.split(" | ")]
        return judge_text(given, forms, rivals=rivals.__contains__)
    if case.kind == "number":
        tolerance = Decimal(options.get("tolerance", ["0"])[0])
        return judge_number(given, Decimal(expected), tolerance=tolerance, unit=options.get("unit", ()))
    if case.kind == "date":
        date = PartialDate.parse(expected)
        assert date is not None
        return judge_date(given, date)
    need = int(options["need"][0]) if "need" in options else None
    return judge_set(split_entries(given), [member.split("|") for member in expected.split(" ; ")], need=need)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.expected} <- {case.given}")
def test_the_table(case: Case) -> None:
    """What real learners type is judged as a fair teacher would, and every verdict says why."""
    verdict = judge(case)
    assert verdict.outcome.value == case.outcome, f"{case.comment}: {verdict.reason.render()}"
    assert (verdict.score == 1) == (verdict.outcome is Outcome.RIGHT)
    assert 0 <= verdict.score <= 1
    assert verdict.reason.render().endswith(".")
    assert "{" not in verdict.reason.render()
    if verdict.diff:
        shown = "".join(piece.text for piece in verdict.diff if piece.mark is not Mark.MISSING)
        assert shown == normalize("NFC", _text(case.given))


def test_the_table_is_wide_enough() -> None:
    """Every kind and outcome is there, in all three scripts."""
    assert len(CASES) >= 280
    assert {case.kind for case in CASES} == {"text", "number", "date", "set"}
    assert {case.outcome for case in CASES} == {"right", "almost", "wrong"}
