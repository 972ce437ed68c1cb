"""The tutorial is typed as it stands: each command runs, and says what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.helpers.command import Bench

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def typed(bench: Bench, command: str) -> str:
    """What a command of the page prints."""
    text = ""
    if found := re.fullmatch(r"echo (\S+) \| (.*)", command):
        text, command = f"{found[1]}\n", found[2]
    program, *arguments = shlex.split(command)
    assert program == "quizkit"
    said = bench.run(*arguments, text=text)
    assert "Traceback" not in said.err
    return said.out + said.err


def expected(output: str) -> re.Pattern[str]:
    """What the page shows, `…` standing for whatever varies."""
    return re.compile(".*?".join(re.escape(part) for part in output.split("…")), re.DOTALL)


def test_the_tutorial_is_finished_as_it_stands(bench: Bench) -> None:
    bench.folder = bench.folder.parent / "tutorial"
    bench.folder.mkdir()
    bench.env["COLUMNS"] = "120"
    commands = 0
    for kind, block in _BLOCK.findall((ROOT / "docs/write-a-deck.md").read_text("utf-8")):
        if kind == "yaml":
            name = re.match(r"# (\S+)\n", block)
            assert name is not None
            (bench.folder / name[1]).write_text(block[name.end() :], encoding="utf-8")
            continue
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, output = step.partition("\n")
            printed = typed(bench, command)
            commands += 1
            assert expected(output.strip()).search(printed), f"$ {command}\n{printed}\nnot as on the page:\n{output}"
    assert commands > 8
