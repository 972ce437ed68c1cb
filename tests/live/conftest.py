"""A browser for each file of tests, and a drill for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browser import browser
from tests.helpers.command import Bench
from tests.helpers.hosted import Held, held
from tests.helpers.pages import PROGRAM, ROSTER

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def drill(bench: Bench) -> Iterator[Held]:
    (bench.folder / "tea-time.yaml").write_text(PROGRAM, "utf-8")
    (bench.folder / "roster.csv").write_text(ROSTER, "utf-8")
    bench.run("class", "new", "2B", "--from", "roster.csv")
    with held(bench, "drill", "host", "2B", "--file", "tea-time.yaml", "--json", "--port", "0") as drill:
        yield drill
