"""Pictures and sounds in the terminal: a key opens them in time, and nothing but pictures and sounds."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.command import PATIENCE, Bench
from tests.helpers.media import write_birds
from tests.helpers.terminal import ENTER, Terminal


class Opener:
    """A system that opens files by saying which."""

    def __init__(self, folder: Path) -> None:
        program, pipe = folder / "xdg-open", folder / "opened"
        os.mkfifo(pipe)
        program.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n', "utf-8")
        program.chmod(0o755)
        self.pipe = os.open(pipe, os.O_RDWR)

    def opened(self, count: int) -> list[str]:
        """The names of the next so many files, in any order."""
        said = ""
        while said.count("\n") < count:
            assert select.select([self.pipe], [], [], PATIENCE)[0], f"only this was opened: {said}"
            said += os.read(self.pipe, 4096).decode()
        return sorted(Path(line).name for line in said.splitlines())


@pytest.fixture
def opener(bench: Bench, tmp_path: Path) -> Iterator[Opener]:
    """The user's folder has a deck with pictures, and the user a program that opens them."""
    write_birds(bench.folder / "decks")
    (bench.folder / "birds.yaml").write_text(
        "drill: birds\nseconds: 0\nitems:\n  - birds/wing/main\n  - slide: Look.\n    media: [media/east.png]\n",
        "utf-8",
    )
    programs = tmp_path / "programs"
    programs.mkdir()
    bench.env["PATH"] = f"{programs}{os.pathsep}{bench.env['PATH']}"
    opener = Opener(programs)
    yield opener
    os.close(opener.pipe)


def test_in_a_drill_aloud_they_are_counted_and_opened(bench: Bench, opener: Opener) -> None:
    """No name of a file is on the screen: it might be the answer."""
    with Terminal(bench, "drill", "run", "--file", "birds.yaml", rows=24) as terminal:
        terminal.wait_for("1 picture or sound with it (o opens)")
        terminal.send("o")
        assert opener.opened(1) == ["wing.png"]
        terminal.send(ENTER)
        screen = terminal.wait_for("3 pictures or sounds with it", "Its breast is red")
        assert "erithacus" not in screen
        assert ".png" not in screen
        terminal.send("o")
        assert opener.opened(3) == ["erithacus.svg", "song.wav", "wing.png"]
        terminal.send(ENTER)
        terminal.wait_for("Look.", "1 picture or sound with it (o opens)")
        terminal.send("o")
        assert opener.opened(1) == ["east.png"]


def test_while_studying_they_are_opened_in_time(bench: Bench, opener: Opener) -> None:
    with Terminal(bench, "study", "birds", rows=24) as terminal:
        terminal.wait_for("Whose wing", "1 picture or sound with it (o opens)")
        terminal.send("o")
        assert opener.opened(1) == ["wing.png"]
        terminal.send(ENTER)
        terminal.wait_for("2 pictures or sounds with it (o opens)")
        terminal.send("o")
        assert opener.opened(3) == ["erithacus.svg", "song.wav", "wing.png"]
        terminal.send(ENTER)
        terminal.wait_for("storks", "2 pictures or sounds with it (:o opens)")
        terminal.send(f":o{ENTER}")
        assert opener.opened(2) == ["east.png", "west.png"]


def test_a_deck_cant_have_programs_started(bench: Bench, opener: Opener) -> None:
    """What opens a picture starts a program just as well."""
    deck = bench.folder / "decks" / "birds.yaml"
    deck.write_text(deck.read_text("utf-8").replace("media/wing.png", "media/wing.desktop"), "utf-8")
    (bench.folder / "decks" / "media" / "wing.desktop").write_text("[Desktop Entry]\nExec=sh\n", "utf-8")
    for command in (("study", "birds"), ("drill", "run", "--file", "birds.yaml")):
        with Terminal(bench, *command, rows=24, columns=200) as terminal:
            terminal.wait_for("Whose wing")
            terminal.send("o")
            terminal.wait_for("no picture, sound or film")
    assert not select.select([opener.pipe], [], [], 0)[0]
