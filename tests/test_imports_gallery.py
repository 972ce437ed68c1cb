"""The gallery of imports: each sort of mistake in a file of another program, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizkit import i18n
from tools.imports import PAGE, examples, golden, page, said


@pytest.mark.parametrize("example", examples(), ids=lambda path: path.name)
def test_a_mistake_is_named(example: Path) -> None:
    i18n.use("en")
    found = said(example)
    assert found == golden(example).read_text(encoding="utf-8")
    assert "isn't carried" in found or found.startswith("quizkit: ")


def test_the_page_is_made_from_the_examples() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
