"""The checks that keep the house in order: each is a command anyone can run, from the top of the repository."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

COMMANDS = {
    "ruff check": [str(BIN / "ruff"), "check", "--no-cache", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--no-cache", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
    "cog": [sys.executable, "-m", "cogapp", "--check", "docs/cli.md"],
    "catalogs": [sys.executable, "-m", "tools.catalogs", "--check"],
    "gallery": [sys.executable, "-m", "tools.gallery", "--check"],
    "decks": [sys.executable, "-m", "quizkit", "deck", "check", "decks", "--examples"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_check_passes(name, monkeypatch):
    """Style, types, layers, generated pages, catalogs, and the decks that ship: all in order."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("COLUMNS", "100")
    done = subprocess.run(COMMANDS[name], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
