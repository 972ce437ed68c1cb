"""Programs of the machine that tests look at results with."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str) -> str:
    """Where a program is. Skips the test, saying so, where there is none; in CI that is a failure."""
    found = shutil.which(name)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} isn't installed")
    pytest.skip(f"{name} isn't installed")
