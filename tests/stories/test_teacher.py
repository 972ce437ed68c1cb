"""A teacher's afternoon, as docs/classroom.md and the README tell it: every command they name, in their order."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.helpers.command import Bench, Said
from tests.helpers.hosted import Held, held

ROOT = Path(__file__).parents[2]
ROSTER = "name,number,group\nAlice Brown,1,red\n佐藤花子,2,blue\n김민지,3,red\n"
PAGES = {"docs/classroom.md": 11, "README.md": 5}
"""The pages, and how many of their commands a teacher types, from the section on."""


def commands(page: str) -> list[str]:
    """The commands of a page's shell blocks (of the README's teacher section), without their comments."""
    text = (ROOT / page).read_text("utf-8")
    if page == "README.md":
        text = text[text.index("## Five minutes as a teacher") : text.index("## Read on")]
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.fixture
def teacher(tmp_path: Path) -> Bench:
    """A folder with the decks that ship and a roster."""
    folder, home = tmp_path / "school", tmp_path / "home"
    home.mkdir()
    shutil.copytree(ROOT / "decks", folder / "decks")
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    return Bench(folder, home)


async def one_student(drill: Held) -> None:
    """Somebody comes and says that they don't know."""
    phone = await drill.client(pin=drill.place["pin"], name="Alice Brown")
    drill.say("next")
    await phone.phase("open")
    await phone.send(type="answer", item=0, round=1, values=[])
    await phone.until("ack")
    await phone.socket.close()


def typed(bench: Bench, command: str) -> Said:
    """What a command of the page does, with whatever its user would do in it."""
    program, *arguments = shlex.split(command)
    assert program == "quizkit"
    match arguments[:2]:
        case ["drill", "host"]:
            with held(bench, *arguments, "--json", "--port", "0") as drill:
                asyncio.run(one_student(drill))
                drill.say("end", "quit")
                assert drill.until(event="left")["ended"]
                return Said(drill.process.wait(20), "", "")
        case ["drill", "run"]:
            return bench.run(*arguments, text="r\n\nw\n\nq\n")
        case ["drill", "enter"]:
            return bench.run(*arguments, text="1 - - - - - -\n2 1 0 - - - -\n")
        case _:
            return bench.run(*arguments)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_works_as_typed(teacher: Bench, page: str) -> None:
    found = commands(page)
    assert sum(command.startswith("quizkit ") for command in found) >= PAGES[page] - 1
    for command in found:
        if "pip " in command:
            assert "'.[classroom]'" in command
            continue
        said = typed(teacher, command)
        assert (said.code, "Traceback" in said.err) == (0, False), f"$ {command}\n{said.out}\n{said.err}"
    assert (teacher.folder / "2B.html").exists()


def test_what_was_answered_is_each_students_own(teacher: Bench) -> None:
    """Marks entered from paper are reviews: what was missed is due, and the report counts them."""
    teacher.run("class", "new", "2B", "--from", "roster.csv")
    printed = teacher.run("drill", "print", "2B", "camp-david", "--cards", "4", "-o", "sheets.html", "--json")
    assert printed.code == 0
    assert teacher.run("drill", "enter", text="1 1 1 1 1\n3 0 0 0 0\n").code == 0
    for student, scores in (("alice-brown", 4), ("김민지", 0)):
        stats = json.loads(teacher.run("stats", "--learner", student, "--json").out)
        assert stats["answers"] == 4
        assert stats["ratings"]["1"] == 4 - scores
        assert stats["ratings"]["4"] == 0
    report = json.loads(teacher.run("report", "2B", "--json").out)
    assert "김민지" not in json.dumps(report, ensure_ascii=False)
    assert teacher.run("db", "check").code == 0
    assert teacher.run("class", "forget", "김민지", "--yes").code == 0
    assert teacher.run("db", "check").code == 0
    assert teacher.run("drill", "results", "--json").code == 0
    assert teacher.run("report", "2B").code == 0
