"""What is loaded before the learner sees anything: the first question must not wait for what it doesn't need."""

import pytest

from tests.helpers.command import Bench

SAY_MODULES = """
import atexit, sys
atexit.register(lambda: print("\\n".join(["LOADED", *sys.modules])))
sys.argv = ["quizkit", *sys.argv[1:]]
from quizkit.cli.main import main
main()
"""


def _loaded(bench: Bench, *args: str, text: str = "") -> set[str]:
    bench.start = ("-c", SAY_MODULES)
    said = bench.run(*args, text=text)
    assert said.err == ""
    return {name.partition(".")[0] for name in said.out.split("LOADED\n")[1].splitlines()}


HEAVY = {"fsrs", "questionary", "prompt_toolkit", "yaml", "sqlite_utils", "random", "asyncio", "numpy", "platformdirs"}

DRAWING_HELP = {"random", "asyncio"}
"""What rich takes to draw a page of help."""


def test_help(bench):
    """Help loads nothing of a session."""
    assert _loaded(bench, "--help") & (HEAVY | {"sqlite3"}) <= DRAWING_HELP


@pytest.mark.parametrize("args", [["study"], ["study", "tea"]])
def test_the_first_question(bench, args):
    """The first question comes without the libraries that answering, reading decks or parsing options take."""
    bench.run("deck", "list")
    assert _loaded(bench, *args) & (HEAVY | {"typer", "click", "rich", "inspect", "dataclasses"}) == set()


def test_the_first_question_with_options(bench):
    """Options cost Typer, and nothing more."""
    bench.run("deck", "list")
    assert _loaded(bench, "study", "--lang", "ja", "--limit", "5") & (HEAVY | {"rich", "pydantic"}) == set()
