"""Fixtures for every room that tests quizkit through its doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import Bench
from tests.helpers.decks import write_workspace


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A fresh workspace with two decks, and a user at it."""
    home = tmp_path / "home"
    home.mkdir()
    return Bench(write_workspace(tmp_path / "work"), home)
