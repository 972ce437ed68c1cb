"""A progress file at a known moment."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizkit.clock import Calendar, Clock
from quizkit.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = 20_000 * 86_400_000 + 12 * 3_600_000
"""Noon of study day 20,000."""


@pytest.fixture
def clock() -> Clock:
    return Clock(Calendar(UTC), fixed=NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(path, clock=clock) as opened:
        yield opened
