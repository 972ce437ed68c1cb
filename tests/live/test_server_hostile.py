"""Clients that don't play by the rules get nowhere, and disturb nobody."""

from __future__ import annotations

import asyncio
import errno
import json
import sqlite3
import unicodedata
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from unittest.mock import patch

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from quizkit.drills.players import MOST_DEVICES
from quizkit.live import book, guard, hub, visits
from quizkit.live.book import replayed
from quizkit.live.desk import MOST_BY_NAME
from quizkit.live.guard import MESSAGES, PIN_TRIES, PinGuard, host_allowed, origin_allowed
from quizkit.live.nicknames import LONGEST, OWN_WORDS, NameFilter, clean
from quizkit.model.drill import CardItem, Student
from quizkit.workspace import drill_cards
from tests.helpers.live import Live, hold

CHOICE, PAIR, LIST = (CardItem(f"tea/{name}/main") for name in ("green-heat", "homes", "utensils"))


def _refused(folder) -> list[str]:
    with closing(sqlite3.connect(folder / "progress.db")) as connection, connection:
        rows = connection.execute("SELECT data FROM act WHERE type = 'refused' ORDER BY number").fetchall()
    return [json.loads(data)["code"] for (data,) in rows]


def test_forged_and_broken_answers(tmp_path):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        state = await phone.phase("open")
        ids = [option["id"] for option in state["room"]["question"]["options"]]
        for values, code in (
            (["nope"], "forged"),
            (["1"], "forged"),
            ([ids[0], ids[0]], "forged"),
            (ids[:2], "forged"),
            ([ids[0]] * 50, "bad-message"),
            ("x", "bad-message"),
            (None, "bad-message"),
            ([1], "bad-message"),
            ([[ids[0]]], "bad-message"),
            ({"0": ids[0]}, "bad-message"),
        ):
            await phone.send(type="answer", item=0, round=1, values=values)
            assert await phone.refused() == code, values
        for item, round_, code in (
            (True, 1, "bad-message"),
            ("0", 1, "bad-message"),
            (0, None, "bad-message"),
            (0, True, "bad-message"),
            (99, 1, "closed-question"),
            (-1, 1, "closed-question"),
            (1, 1, "closed-question"),
            (0, 2, "closed-question"),
            (10**30, 1, "closed-question"),
        ):
            await phone.send(type="answer", item=item, round=round_, values=ids[:1])
            assert await phone.refused() == code, (item, round_)
        await phone.send(type="answer", item=0, round=1, values=ids[:1])
        await phone.until("ack")

    hold(tmp_path, [CHOICE, PAIR, LIST], story)
    logged = _refused(tmp_path)
    assert logged.count("forged") == 4
    assert len(logged) == 19


def test_another_answer_to_the_same_question_isnt_judged(tmp_path):
    """A phone that repeats itself, in ever new words that are slow to judge, holds up nobody."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        with patch.object(drill_cards, "judge", wraps=drill_cards.judge) as judge:
            await phone.send(type="answer", item=0, round=1, values=["kettle", "bowl"])
            await phone.until("ack")
            for number in range(5):
                await phone.send(type="answer", item=0, round=1, values=[f"{number}" + "\ufdfa" * 300])
                assert await phone.refused() == "double"
            await phone.send(type="answer", item=0, round=1, values=["kettle\u0000 ", "bowl"])
            await phone.until("ack")
        assert judge.call_count == 1

    hold(tmp_path, [LIST], story)


def test_a_long_text_is_cut_where_it_would_be_long_to_judge(tmp_path):
    """One ligature may stand for eighteen letters; what counts is how many are compared."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        await phone.send(type="answer", item=0, round=1, values=["\ufdfa" * 400, "a" * 400])
        await phone.until("ack")
        kept = live.hosting.desk.room.answers[0, 1][phone.player].values
        assert [len(unicodedata.normalize("NFKC", value)) for value in kept] == [198, 200]

    hold(tmp_path, [LIST], story)


def test_true_is_no_number_of_seconds(tmp_path):
    """To Python True is 1; on the wire it is a mistake."""

    async def story(live: Live) -> None:
        host = await live.host()
        await host.send(type="act", action="start")
        await host.phase("open")
        await host.send(type="act", action="extend", seconds=True)
        assert await host.refused() == "bad-message"

    hold(tmp_path, [CHOICE], story, seconds=20)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "1e999", "[" * 4000, '{"type": 7}', '{"type": "act"}'])
def test_what_is_no_message(tmp_path, text):
    async def story(live: Live) -> None:
        phone = await live.join("Zoe")
        await phone.socket.send(text)
        assert await phone.refused() == "bad-message"
        await phone.socket.send(b"\x00\x01")
        assert await phone.refused() == "bad-message"
        await phone.pong()

    hold(tmp_path, [CHOICE], story)


def test_a_message_too_large_ends_the_line(tmp_path):
    async def story(live: Live) -> None:
        phone, other = await live.join("Zoe"), await live.join("Yui")
        await phone.send(type="answer", item=0, round=1, values=["x" * 5000])
        assert await phone.closed() == 1009
        await other.pong()

    hold(tmp_path, [CHOICE], story)


def test_a_flood_is_stopped_and_others_are_served(tmp_path):
    async def story(live: Live) -> None:
        phone, other = await live.join("Zoe"), await live.join("Yui")
        with suppress(ConnectionClosed):
            for _message in range(50 * MESSAGES):
                await phone.send(type="ping")
        assert await phone.closed() in (1006, 1008)
        assert {frame.get("code") for frame in phone.frames if frame["type"] == "refused"} == {"slow-down"}
        await other.pong()
        again = await live.open()
        await again.send(type="hello", token=phone.token, lang="en")
        assert (await again.refused(), await again.closed()) == ("slow-down", 1013), "it goes on where it left off"

    hold(tmp_path, [CHOICE], story)


def test_one_student_cant_fill_the_log(tmp_path):
    """Coming, going and changing the language, again and again: all of it works, but the log stops growing."""

    async def story(live: Live) -> None:
        phone = await live.join("Zoe")
        for number in range(12):
            await phone.socket.close()
            phone = await live.back(phone.token, lang=("en", "ja", "ko")[number % 3])
            for lang in ("ja", "ja", "ko", "en"):
                await phone.send(type="lang", lang=lang)
            await phone.send(type="hello", token=phone.token, lang="en")
            await phone.until("welcome")
            await phone.pong()
        player = live.hosting.desk.room.players[phone.player or next(iter(live.hosting.desk.room.players))]
        assert (player.connected, player.lang) == (True, "en")

    with patch.object(guard, "MESSAGES", 10_000), patch.object(book, "COMINGS_EACH", 9):
        hold(tmp_path, [CHOICE], story)
    with closing(sqlite3.connect(tmp_path / "progress.db")) as connection, connection:
        acts = [type_ for (type_,) in connection.execute("SELECT type FROM act ORDER BY number")]
    assert acts == ["join", "leave", "join", "lang", "lang", "lang", "leave", "join", "lang", "lang", "leave"]


def test_nothing_is_logged_of_what_changes_nothing(tmp_path):
    """A second page, the same hello again, the same language again."""

    async def story(live: Live) -> None:
        phone = await live.join("Zoe")
        again = await live.back(phone.token)
        for client in (phone, again):
            await client.send(type="hello", token=phone.token, lang="en")
            await client.until("welcome")
            await client.send(type="lang", lang="en")
            await client.pong()
        await again.socket.close()
        await phone.pong()
        assert [act.type for act in live.hosting.record.acts()] == ["join"]

    hold(tmp_path, [CHOICE], story)


def test_who_comes_by_anothers_name_puts_nobody_out(tmp_path):
    """With the PIN anybody may say that they are Bo: Bo stays in, and the host sees it and can end it."""

    async def story(live: Live) -> None:
        host, bo = await live.host(), await live.join("Bo")
        token = bo.token
        await bo.socket.close()
        seen = await host.until("state", lambda f: (f["room"]["players"], f["room"]["connected"]) == (1, 0))
        assert not seen["room"]["players_list"][0]["second"]
        thief = await live.join("8")
        assert (thief.player, thief.token == token) == ("bo", False)
        assert (await host.until("state", lambda f: f["room"]["connected"]))["room"]["players_list"][0]["second"]
        bo = await live.back(token)
        lines = [thief, *[await live.back(thief.token) for _line in range(3)]]
        assert await thief.closed() == 4001, "three lines for each device"
        await bo.pong()
        await host.send(type="act", action="kick", player="bo", second=True)
        for line in lines[1:]:
            assert (await line.refused(), await line.closed()) == ("kicked", 1008)
        await bo.pong()
        late = await live.open()
        await late.send(type="hello", token=thief.token, lang="en")
        assert (await late.refused(), await late.closed()) == ("kicked", 1008)
        late = await live.open()
        await late.send(type="hello", pin=live.pin, name="Bo", lang="en")
        assert await late.refused() == "name-taken"
        again = replayed(live.hosting.record.program, live.hosting.record.acts())
        assert again.players["bo"].state() == live.hosting.desk.room.players["bo"].state()

    hold(tmp_path, [CHOICE], story, roster=(Student("bo", "Bo", "8"),), open_=False)


def test_a_phone_that_forgot_everything_comes_back_by_name(tmp_path):
    """Nobody has to help, and the first device's token is as good as before; endlessly often it can't be done."""

    async def story(live: Live) -> None:
        first = await live.join("Bo")
        await first.socket.close()
        for _time in range(MOST_BY_NAME):
            while live.hosting.desk.room.players["bo"].connected:
                await asyncio.sleep(0)
            phone = await live.join("Bo")
            await phone.socket.close()
        assert len(live.hosting.desk.room.players["bo"].devices) == MOST_DEVICES
        while live.hosting.desk.room.players["bo"].connected:
            await asyncio.sleep(0)
        late = await live.open()
        await late.send(type="hello", pin=live.pin, name="Bo", lang="en")
        assert await late.refused() == "name-taken"
        await (await live.back(first.token)).pong()
        await (await live.back(phone.token)).pong()

    hold(tmp_path, [CHOICE], story, roster=(Student("bo", "Bo", "8"),), open_=False)


def test_one_address_brings_only_so_many(tmp_path):
    """Somebody who makes up students by the hundred is slowed down; a class behind one address isn't."""

    async def story(live: Live) -> None:
        first = await live.join("Player 1")
        await live.join("Player 2")
        third = await live.open()
        await third.send(type="hello", pin=live.pin, name="Player 3", lang="en")
        assert await third.refused() == "slow-down"
        await (await live.back(first.token)).pong()

    with patch.object(hub, "is_this_machine", lambda _address: False), patch.object(hub, "ARRIVALS", 2):
        hold(tmp_path, [CHOICE], story)


@asynccontextmanager
async def _raw(live: Live, text: bytes) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that says something in its own way."""
    reader, writer = await asyncio.open_connection("127.0.0.1", live.hosting.server.port)
    try:
        writer.write(text)
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _gone(reader: asyncio.StreamReader) -> bool:
    """Wait until the server has hung up, before it would because nobody answers it."""
    async with asyncio.timeout(15):
        with suppress(ConnectionError):
            while await reader.read(65536):
                pass
    return True


async def _flood(live: Live, frames: bytes) -> None:
    """A socket that sends frames made by hand until the server has hung up."""
    async with _raw(live, _upgrade(f"127.0.0.1:{live.hosting.server.port}")) as (reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frames)
        assert await _gone(reader)


def _frame(opcode: int, text: bytes = b"", *, last: bool = True) -> bytes:
    return bytes([(0x80 if last else 0) | opcode, 0x80 | len(text)]) + bytes(4) + text


def test_a_flood_is_no_longer_heard_once_the_line_is_closing(tmp_path):
    """Tens of thousands of frames fit into one packet's time: nobody waits until all of them have been read."""

    async def story(live: Live) -> None:
        heard = []
        hub = live.hosting.server.hub
        with patch.object(hub, "heard", lambda line, text, hear=hub.heard: (heard.append(text), hear(line, text))):
            await _flood(live, _frame(1, b"7") * 30_000)
        assert MESSAGES < len(heard) < 10 * MESSAGES
        await (await live.join("Zoe")).pong()

    hold(tmp_path, [CHOICE], story)


@pytest.mark.parametrize("frame", [_frame(9), _frame(0, last=False)], ids=["pings", "pieces"])
def test_what_is_no_message_is_counted_too(tmp_path, frame):
    """Pings, and a message in endless pieces, are answered and put together without ever being heard."""

    async def story(live: Live) -> None:
        first = b"" if frame[0] else _frame(1, b"x", last=False)
        await _flood(live, first + frame * 10_000)

    with patch.object(guard, "BYTES", 20_000), patch.object(guard, "BYTES_A_SECOND", 0.0):
        hold(tmp_path, [CHOICE], story)


@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\nX: y", b"GET /static/dom.js HTTP/1.1\r\nHost: localhost\r\n\r\nGET"]
)
def test_a_connection_that_asks_for_nothing_is_closed(tmp_path, said):
    """Each takes an open file, of which there aren't endlessly many; also one that began a second request."""

    async def story(live: Live) -> None:
        phone = await live.join("Zoe")
        with patch.object(visits, "REQUEST_SECONDS", 0.05):
            async with _raw(live, said) as (reader, _writer):
                assert await _gone(reader)
        await phone.pong()

    hold(tmp_path, [CHOICE], story)


def test_one_address_cant_take_all_open_files(tmp_path):
    """The eldest connections that wait make room for the newest; whoever asks for something is served."""

    async def story(live: Live) -> None:
        async with AsyncExitStack() as stack:
            first, *_others = [await stack.enter_async_context(_raw(live, b"GET")) for _number in range(4)]
            assert await _gone(first[0])
            await (await live.join("Zoe")).pong()

    with patch.object(visits, "WAITING_EACH", 3), patch.object(visits, "REQUEST_SECONDS", 3_600):
        hold(tmp_path, [CHOICE], story)


def test_no_room_for_a_connection_isnt_told_thousandfold(tmp_path, caplog):
    """Out of open files asyncio says so for each connection that waits, ever again, on the teacher's screen."""

    async def story(_live: Live) -> None:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": "socket.accept()", "exception": OSError(errno.EMFILE, "no more")})
        loop.call_exception_handler({"message": "a bug", "exception": ValueError("x")})

    hold(tmp_path, [CHOICE], story)
    assert [record.message for record in caplog.records if record.name == "asyncio"] == ["a bug"]


def test_halves_of_characters_break_nothing(tmp_path):
    """JSON may name halves of surrogate pairs, which no file takes."""
    half = "\ud800"

    async def story(live: Live) -> None:
        host = await live.host()
        phone = await live.open()
        for hello, code in (
            ({"pin": half, "name": "x"}, "bad-pin"),
            ({"token": f"{half}.{half}"}, "forged"),
            ({"pin": live.pin, "name": half}, "name-unknown"),
        ):
            await phone.send(type="hello", lang=half, **hello)
            assert await phone.refused() == code
        await phone.send(type="hello", pin=live.pin, name=f"Zoe{half}", number=half, team=half, lang=half)
        who = (await phone.until("welcome"))["player"]
        await host.send(type="act", action="start")
        await phone.phase("open")
        for message in (
            {"type": "answer", "item": half, "round": 1, "values": []},
            {"type": half, "item": 0},
            {"type": "answer", "item": 0, "round": half, "values": [half]},
        ):
            await phone.send(**message)
            assert await phone.refused() == "bad-message"
        await phone.send(type="answer", item=0, round=1, values=[f"Camellia{half} sinensis"])
        await phone.until("ack")
        await host.send(type="act", action="rename", player=who, name=half)
        assert await host.refused() == "bad-message"
        await host.send(type="act", action="kick", player=half)
        assert await host.refused() == "forged"

    hold(tmp_path, [CardItem("tea/plant/main")], story)


def test_a_phone_is_one_player(tmp_path):
    async def story(live: Live) -> None:
        phone = await live.join("Zoe")
        await phone.send(type="hello", pin=live.pin, name="Yui", lang="en")
        assert await phone.refused() == "bad-message"
        assert len(live.hosting.desk.room.players) == 1

    hold(tmp_path, [CHOICE], story)


def test_anothers_token(tmp_path):
    async def story(live: Live) -> None:
        zoe, yui = await live.join("Zoe"), await live.join("Yui")
        thief = await live.open()
        mixed = f"{zoe.token.partition('.')[0]}.{yui.player}"
        for token in (mixed, f"x.{yui.player}", yui.player, f".{yui.player}", "x" * 500, "é.x"):
            await thief.send(type="hello", token=token, lang="en")
            assert await thief.refused() == "forged", token
        await thief.send(type="answer", item=0, round=1, values=[])
        assert await thief.refused() == "bad-message"
        for role in ("host", "screen"):
            for token in (zoe.token, "", None, 7, live.hosting.tokens.screen if role == "host" else "x"):
                stranger = await live.open(role)
                await stranger.send(type="hello", token=token, lang="en")
                assert await stranger.refused() == "no-host"
                assert await stranger.closed() == 1008
        await zoe.send(type="act", action="start")
        assert await zoe.refused() == "bad-message"
        screen = await live.screen()
        await screen.send(type="act", action="start")
        assert await screen.refused() == "bad-message"
        early = await live.open("host")
        await early.send(type="act", action="start")
        assert await early.refused() == "bad-message"
        assert live.hosting.desk.room.phase == "lobby"

    hold(tmp_path, [CHOICE], story)


def _upgrade(host: str) -> bytes:
    """What a page of that host says to open a socket."""
    lines = (
        "GET /ws/play HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _knock(live: Live, host: str) -> bytes:
    """The first line of what is said to a page that calls this machine by that name (DNS rebinding)."""
    async with _raw(live, _upgrade(host)) as (reader, _writer):
        return await asyncio.wait_for(reader.readline(), 20)


def test_other_origins_and_hosts(tmp_path):
    async def story(live: Live) -> None:
        for options in (
            {"origin": "http://evil.example"},
            {"origin": "null"},
            {"origin": live.origin.replace("127.0.0.1", "127.0.0.2")},
        ):
            with pytest.raises(InvalidStatus) as refused:
                await live.open(**options)
            assert refused.value.response.status_code == 403
        assert b"403" in await _knock(live, "evil.example")
        assert b"101" in await _knock(live, f"localhost:{live.hosting.server.port}")
        request = urllib.request.Request(f"{live.origin}/about", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as denied:
            await asyncio.to_thread(urllib.request.urlopen, request, timeout=20)
        assert denied.value.code == 421
        denied.value.close()

    hold(tmp_path, [CHOICE], story)


def test_pins_cant_be_guessed(tmp_path):
    async def story(live: Live) -> None:
        phone = await live.open()
        wrong = "000000" if live.pin != "000000" else "000001"
        for _try in range(PIN_TRIES):
            await phone.send(type="hello", pin=wrong, name="Zoe", lang="en")
            assert await phone.refused() == "bad-pin"
        for pin in (wrong, live.pin):
            await phone.send(type="hello", pin=pin, name="Zoe", lang="en")
            assert await phone.refused() == "slow-down"

    hold(tmp_path, [CHOICE], story)


def test_nobody_is_another_by_saying_so(tmp_path):
    """A header names the address behind a proxy. There is none here: it would give endless tries at the PIN."""
    wrong = "000000"

    async def story(live: Live) -> None:
        assert live.pin != wrong
        codes = []
        for number in range(PIN_TRIES + 1):
            phone = await live.open(additional_headers={"X-Forwarded-For": f"10.0.0.{number}"})
            await phone.send(type="hello", pin=wrong, name="Zoe", lang="en")
            codes.append(await phone.refused())
        assert codes == ["bad-pin"] * PIN_TRIES + ["slow-down"]

    hold(tmp_path, [CHOICE], story)


def test_tries_come_back_with_time():
    now = 0.0
    guard = PinGuard(lambda: now)
    for _try in range(PIN_TRIES):
        assert guard.may_try("a")
        guard.wrong("a")
    assert not guard.may_try("a")
    assert guard.may_try("b"), "others aren't held up"
    now += 10
    assert guard.may_try("a")
    for address in range(100):
        if guard.may_try(f"n{address}"):
            guard.wrong(f"n{address}")
    assert not guard.may_try("quite another"), "a thousand addresses don't help"


def test_names_are_plain_text(tmp_path):
    markup = "<img src=x onerror=1>"

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join(markup)
        seen = await host.until("state", lambda frame: frame["room"]["players_list"])
        assert seen["room"]["players_list"][0]["name"] == markup
        await host.send(type="act", action="start")
        await phone.phase("open")
        await phone.send(type="answer", item=0, round=1, values=["<script>alert(1)</script>"])
        await phone.until("ack")
        await host.send(type="act", action="reveal")
        reveal = (await phone.phase("revealed"))["room"]["reveal"]
        assert reveal["texts"][0]["text"] == "<script>alert(1)</script>"

    hold(tmp_path, [CardItem("tea/plant/main")], story)


def test_names_on_the_wall(tmp_path):
    (tmp_path / OWN_WORDS).write_text("# ours\n*sprout*\n!dick\n", encoding="utf-8")

    async def story(live: Live) -> None:
        phone = await live.open()
        for name, code in (
            ("Shit", "name-filtered"),
            ("s h 1 t", "name-filtered"),
            ("ﾊﾞｶ", "name-filtered"),
            ("씨발", "name-filtered"),
            ("Sprouty", "name-filtered"),
            ("ѕhіt", "name-filtered"),
            ("sh\ufe0fit", "name-filtered"),
            ("!!!", "name-unknown"),
            ("\u3164\uffa0", "name-unknown"),
        ):
            await phone.send(type="hello", pin=live.pin, name=name, lang="en")
            assert await phone.refused() == code, name
        await phone.send(type="hello", pin=live.pin, name="Dick", lang="en")
        await phone.until("welcome")

    hold(tmp_path, [CHOICE], story)


def test_nobody_sits_beside_a_student_under_their_name(tmp_path):
    """Not with characters that nobody sees, nor with letters of another alphabet that look the same."""

    async def story(live: Live) -> None:
        await live.join("Bob Gray")
        stranger = await live.open()
        for name in ("Bob Gray\u200d", "Bob\u3164Gray", "Bob Gray\ufe0f", "Воb Gray", "Bob Grау"):
            await stranger.send(type="hello", pin=live.pin, name=name, lang="en")
            assert await stranger.refused() == "name-taken", name

    hold(tmp_path, [CHOICE], story, roster=[Student("bob", "Bob Gray", "2")])


@pytest.mark.parametrize(
    "name",
    ["Fück", "fuuuuck", "FUСK", "phuck", "f u c k", "ㅆㅂ", "시1발", "ビッチ", "Arschloch", "Hure", "Shîîîît 7"],
)
def test_what_is_disguised_is_seen(name):
    """Accents, stretched letters, letters of another alphabet, digits between, and words of other languages."""
    assert NameFilter().refuses(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dickens",
        "Assata",
        "Phúc",
        "Bích",
        "はは",
        "ぱぱ",
        "Kaaaa",
        "Huremović",
        "Player 1000000",
        "Scunthorpe",
        "Player 455",
        "Essex",
        "クラス",
        "시발점",
        "うんちく",
        "Ayşe",
    ],
)
def test_names_that_only_look_bad(name):
    assert not NameFilter().refuses(name)


def test_a_name_is_one_short_line():
    assert clean("a\u202eb\x00c\nd") == "abc d"
    assert clean("Z" + "\u0335" * 50) == "Z\u0335\u0335"
    assert len(clean("x" * 500)) == LONGEST
    assert clean("\u200b \n") == clean(7) == clean("-") == ""
    assert clean("李 　明") == "李 明"
    assert clean("\u3164Zoe\u3164\u2800Kim") == "Zoe Kim"
    assert clean("\u115f\u1160") == clean("\u2800") == ""
    assert clean("Việt") == clean("Vie\u0323\u0302t"), "marks that belong to a letter are none too many"


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("192.168.1.5:8765", True), ("localhost:1", True), ("[::1]:80", True), ("mine.local", True), ("MINE.local.", True),
     ("evil.example", False), ("192.168.1.5.evil.example", False), ("", False), ("[", False), ("a@mine.local:x", True)],
)  # fmt: skip
def test_hosts(host, allowed):
    assert host_allowed(host, {"mine.local"}) == allowed


def test_origins():
    assert origin_allowed(None, "a:1")
    assert origin_allowed("http://a:1", "a:1")
    assert not origin_allowed("http://a:2", "a:1")
    assert not origin_allowed("null", "a:1")
