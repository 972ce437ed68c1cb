"""Shell completion, as the shells ask for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
QUIZKIT = str(Path(sys.executable).with_name("quizkit"))


def _ask(tmp_path, **environment):
    asked = {**os.environ, "QUIZKIT_DB": str(tmp_path / "progress.db"), **environment}
    done = subprocess.run([QUIZKIT], cwd=ROOT, env=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(tmp_path, shell):
    """`quizkit --install-completion` writes what this prints."""
    assert "quizkit" in _ask(tmp_path, _QUIZKIT_COMPLETE=f"source_{shell}")


def test_commands_and_decks_are_completed(tmp_path):
    """Both a command begun and a deck begun are finished by the Tab key."""
    ask = {"_QUIZKIT_COMPLETE": "complete_bash"}
    assert _ask(tmp_path, COMP_WORDS="quizkit stu", COMP_CWORD="1", **ask).split() == ["study"]
    assert _ask(tmp_path, COMP_WORDS="quizkit study tim", COMP_CWORD="2", **ask).split() == ["timeline"]
