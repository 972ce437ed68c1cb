"""Programs of other people that check what quizkit writes: npm modules, where they are installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1] / "node"
"""`npm install` in this folder brings them; its package.json names them."""


def node_module(name: str) -> Path:
    """Where a module is. Skips the test, saying so, where there is none; in CI that is a failure."""
    found = HOME / "node_modules" / name
    if shutil.which("node") and found.is_dir():
        return found
    message = f"{name} isn't installed: run `npm install` in {HOME.relative_to(HOME.parents[1])}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
