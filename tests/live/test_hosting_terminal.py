"""The teacher's terminal: what stands on it, and its keys."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from quizkit.columns import width
from quizkit.i18n import use
from quizkit.live.network import qr_lines
from quizkit.terminal.draw import Page
from quizkit.terminal.hosting import action_of, lines
from quizkit.terminal.style import Style
from tests.helpers.live import Live, hold, right
from tests.helpers.terminal import CTRL_C, ENTER, Terminal

from quizkit.model.drill import CardItem, Student  # isort: skip

HOST = ("drill", "host", "--open", "cups", "--port", "0", "--seconds", "0")


def test_a_drill_by_keys(bench):
    with Terminal(bench, *HOST, rows=50) as terminal:
        screen = terminal.wait_for("Join: http://", "PIN:", "0 have joined", "Space starts", "/host#", "/screen#")
        assert "█" in screen or "▀" in screen, "no QR code"
        terminal.send(" ")
        terminal.wait_for("Question 1 of 2", "0 of 0 have answered", "Space closes")
        terminal.send("p")
        terminal.wait_for("paused", "Space resumes")
        terminal.send("p")
        terminal.wait_for("Space closes")
        terminal.send("d")
        terminal.wait_for("discussion", "vote again")
        terminal.send("d")
        terminal.wait_for("second vote")
        terminal.send("r")
        terminal.wait_for("revealed", "Space goes on")
        terminal.send("l")
        terminal.wait_for("locked")
        terminal.send(ENTER)
        terminal.wait_for("Question 2 of 2")
        terminal.send("+")
        terminal.wait_for("That can't be done now.")
        terminal.send("e")
        terminal.wait_for("once more")
        terminal.send("e")
        terminal.wait_for("over")
        terminal.send("q")
        assert terminal.ended() == 0
        assert "quizkit drill results" in terminal.screen()


def test_ctrl_c_at_the_terminal(bench):
    with Terminal(bench, *HOST) as terminal:
        terminal.wait_for("PIN:")
        terminal.send(CTRL_C)
        assert terminal.ended() == 0
        assert "quizkit drill resume" in terminal.screen()


def test_what_is_left_out_is_told_where_it_goes_on(bench):
    """There is no lobby to read it in: it stands where the keys do, until one is pressed."""
    with Terminal(bench, *HOST) as terminal:
        terminal.wait_for("PIN:")
        terminal.send(" ")
        terminal.wait_for("Question 1 of 2")
        terminal.send("q")
        assert terminal.ended() == 0
    deck = bench.folder / "decks" / "cups.yaml"
    deck.write_text(deck.read_text("utf-8").replace("id: raku", "id: other"), "utf-8")
    with Terminal(bench, "drill", "resume") as terminal:
        terminal.wait_for("is left out. There is no card cups/raku/main.", "paused")
        terminal.send(" ")
        terminal.wait_for("Space closes")
        terminal.send("q")
        assert terminal.ended() == 0


def test_without_colour_nothing_is_lost(bench):
    with Terminal(bench, *HOST, rows=50, NO_COLOR="1") as terminal:
        terminal.wait_for("PIN:", "█")
        terminal.send("q")
        assert terminal.ended() == 0
        assert b"\x1b[30;107m" not in terminal.raw


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
@pytest.mark.parametrize("columns", [20, 40, 80])
def test_nothing_is_wider_than_the_screen(tmp_path, lang, columns):
    seen: list[str] = []

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("<Zoë> 漢字漢字漢字漢字漢字")
        page = Page(columns, Style(False))

        def draw() -> None:
            seen.extend(lines(page, live.hosting.place() | {"host": "", "screen": "", "url": "http://x"}, look(), ()))

        def look():
            return live.hosting.look(lang)

        draw()
        for action, phase in (("start", "open"), ("discuss", "discuss"), ("reveal", "revealed"), ("end", "ended")):
            await host.send(type="act", action=action)
            state = await phone.phase(phase)
            if phase == "open":
                await phone.send(type="answer", item=0, round=1, values=right(state, "boiling"))
                await phone.until("ack")
            draw()

    use(lang)
    try:
        hold(tmp_path, [CardItem("tea/green-heat/main")], story)
    finally:
        use("en")
    assert all(width(line) <= columns for line in seen), max(seen, key=width)
    assert any("Zoë" in line for line in seen)


def _open_and_revealed(folder: Path, card: str) -> tuple[list[str], list[str]]:
    """The lines of the terminal while a card is open, and when its answer is shown."""
    seen: list[list[str]] = []

    async def story(live: Live) -> None:
        host = await live.host()
        for action, phase in (("start", "open"), ("reveal", "revealed")):
            await host.send(type="act", action=action)
            await host.phase(phase)
            found = lines(Page(80, Style(False)), live.hosting.place(), live.hosting.look("en"), ())
            seen.append([line.strip() for line in found])

    hold(folder, [CardItem(f"tea/{card}/main")], story)
    before, after = seen
    return before, after


@pytest.mark.parametrize(
    ("card", "shown"),
    [
        ("plant", ["✓ Camellia sinensis"]),
        ("utensils", ["✓ kettle", "✓ whisk", "✓ bowl"]),
        ("steps", ["✓ 1. pluck", "✓ 2. steam", "✓ 3. roll", "✓ 4. dry"]),
        ("green-heat", ["✓ lukewarm   0"]),
    ],
)
def test_the_answer_is_shown_on_reveal(tmp_path, card, shown):
    """Whatever is asked, the teacher at the terminal sees what is right, and not before."""
    before, after = _open_and_revealed(tmp_path, card)
    told = [re.sub(r"✓ [A-Z]\. ", "✓ ", line) for line in after if line.startswith("✓")]
    assert sorted(told) == sorted(shown)
    assert not any(line.startswith("✓") for line in before)


def test_pairs_are_shown_with_both_their_sides(tmp_path):
    """What is to be paired stands on the teacher's terminal from the start, and what with in the end."""
    before, after = _open_and_revealed(tmp_path, "homes")
    lefts = [line[3:] for line in before if re.match(r"[123]\. ", line)]
    assert len(lefts) == 3
    assert [line.partition(" — ")[0] for line in after if line.startswith("✓")] == [f"✓ {left}" for left in lefts]


def test_a_small_terminal_keeps_the_keys(bench):
    """Of 24 lines the QR code would leave none for what to press; with more lines it is there."""
    with Terminal(bench, *HOST, rows=24, columns=80) as terminal:
        screen = terminal.wait_for("PIN:", "0 have joined", "/screen#", "Space starts")
        assert "█" not in screen
        assert "▀" not in screen
        terminal.send("q")
        assert terminal.ended() == 0


def test_nothing_ends_the_drill_at_one_press(bench):
    """Going on from the last question, or passing over it, is asked about like ending it."""
    with Terminal(bench, *HOST, rows=50) as terminal:
        terminal.wait_for("Space starts")
        terminal.send(" ")
        terminal.wait_for("Question 1 of 2")
        terminal.send("s")
        terminal.wait_for("Question 2 of 2")
        terminal.send("s")
        terminal.wait_for("Press s once more to end the drill.")
        terminal.send("r")
        terminal.wait_for("Space ends the drill")
        terminal.send(" ")
        terminal.wait_for("Press Space once more to end the drill.")
        terminal.send(" ")
        terminal.wait_for("over")
        terminal.send("q")
        assert terminal.ended() == 0


def test_whoever_is_in_twice_is_named(tmp_path):
    """By name alone anybody may come as anybody: the teacher sees whom to ask."""
    seen: list[list[str]] = []

    async def story(live: Live) -> None:
        for _time in range(2):
            bo = await live.join("Bo")
            seen.append(lines(Page(80, Style(False)), live.hosting.place(), live.hosting.look("en"), ()))
            await bo.socket.close()
            while live.hosting.desk.room.players["bo"].connected:
                await asyncio.sleep(0)

    hold(tmp_path, [CardItem("tea/green-heat/main")], story, roster=(Student("bo", "Bo"),))
    assert ["second device: Bo" in "".join(told) for told in seen] == [False, True]


def test_what_keys_mean():
    look = {"paused": False, "locked": False, "phase": "open"}
    assert action_of(" ", look) == ("next", {})
    assert action_of("p", look) == ("pause", {})
    assert action_of("p", look | {"paused": True}) == ("resume", {})
    assert action_of("l", look | {"locked": True}) == ("unlock", {})
    assert action_of("d", look | {"phase": "discuss"}) == ("revote", {})
    assert action_of("+", look) == ("extend", {"seconds": 15})
    assert action_of("x", look) == ("", {})


def test_a_qr_code_is_square_and_quiet():
    code = qr_lines("http://192.168.1.20:8765", colour=False)
    assert {len(line) for line in code} == {len(code[0])}
    assert abs(len(code[0]) - 2 * len(code)) <= 1
    assert set(code[0]) == {"█"}
