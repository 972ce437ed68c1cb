"""A folder of decks, written from texts."""

from __future__ import annotations

from textwrap import dedent

import pytest

from quizkit.decks.check import check_paths


class Folder:
    """A decks/ folder. Text of a deck without a head gets one: the file's name is its id."""

    def __init__(self, path):
        self.path = path

    def write(self, name, text):
        """A file below decks/."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def deck(self, notes, name="demo", head=""):
        """A deck of these notes."""
        body = "".join(f"  {line}\n" if line else "\n" for line in dedent(notes).strip().split("\n"))
        return self.write(f"{name}.yaml", f"deck: {name}\ntitle: Demo\n{head}notes:\n{body}")

    def problems(self, **options):
        """Everything that is wrong."""
        return check_paths([self.path], **options).diagnostics

    def codes(self, **options):
        """The rules that are broken, in reading order."""
        return [problem.rule.code for problem in self.problems(**options)]


@pytest.fixture
def folder(tmp_path):
    """An empty decks/ folder."""
    path = tmp_path / "decks"
    path.mkdir()
    return Folder(path)
