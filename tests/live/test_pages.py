"""The pages of a live drill in a real browser: a host, a projector and three phones, each in a language of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers.browser import Visitor
from tests.helpers.command import Bench
from tests.helpers.hosted import Held
from tests.helpers.pages import Desk, Phone, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, WebSocketRoute


ONE_LINE_EACH = """[...document.querySelectorAll(".meta > span")].every((part) =>
    part.getBoundingClientRect().height < 2 * parseFloat(getComputedStyle(part).fontSize))"""


def test_a_whole_drill(chrome: Browser, drill: Held, bench: Bench) -> None:
    """Every shape by touch, in three languages. One phone reloads, another loses the network with an answer in hand."""
    desk, screen = Desk(chrome, drill), Screen(chrome, drill)
    alice, hanako, minji = (
        Phone(chrome, drill, "Alice", "en"),
        Phone(chrome, drill, "花子", "ja", 320, color_scheme="dark"),
        Phone(chrome, drill, "민지", "ko"),
    )
    everybody = (alice, hanako, minji)
    screen.sees("3 here")
    desk.sees("Not here: Bob")

    desk.press("Space")
    hanako.heading("玉露")
    screen.heading("gyokuro")
    alice.option("lukewarm")
    alice.send()
    alice.saved()
    hanako.option("沸騰したて")
    hanako.send()
    hanako.saved()
    screen.sees("2 of 3 have answered")
    # What was given is there after a reload, and can't be given again.
    hanako.page.reload()
    hanako.saved()
    assert hanako.page.locator("button.option").count() == 0
    # Without a network: the answer is kept, and sent when it is back.
    minji.context.set_offline(True)
    minji.sees("연결이 끊겼습니다")
    minji.option("ice-cold")
    minji.send()
    minji.sees("이 기기에 남겨 두었습니다")
    minji.context.set_offline(False)
    minji.saved()
    screen.sees("3 of 3 have answered")
    assert "lukewarm" in screen.page.locator("main").inner_text()
    assert screen.page.get_by_text("✓").count() == 0

    desk.press("r")
    alice.sees("Right")
    hanako.sees("不正解")
    hanako.sees("熱湯では渋みが出ます。")
    minji.sees("오답")
    screen.sees("1 of 3 right (33 %)")
    screen.sees("Low heat keeps it sweet.")

    desk.press("Space")
    alice.heading("botanical name")
    alice.page.locator(".fields input").fill("camelia sinensis")
    alice.page.locator(".fields input").press("Enter")
    alice.saved()
    hanako.page.locator("button.quiet").tap()
    hanako.saved()
    desk.press("r")
    alice.sees("Almost right")
    hanako.sees("わからない")

    desk.press("Space")
    alice.heading("in order")
    for step in ("pluck", "steam", "roll", "dry"):
        down = alice.page.get_by_label(f"Later: {step}")
        for _ in range(3):
            down.tap()
    alice.send()
    alice.saved()
    grip, last = hanako.page.locator(".order li .grip").first, hanako.page.locator(".order li").last
    start, end = grip.bounding_box(), last.bounding_box()
    assert start
    assert end
    hanako.page.mouse.move(start["x"] + 5, start["y"] + 5)
    hanako.page.mouse.down()
    hanako.page.mouse.move(end["x"] + 5, end["y"] + end["height"] - 2, steps=8)
    hanako.page.mouse.up()
    hanako.send()
    hanako.saved()
    desk.press("r")
    alice.page.locator(".verdict.right").wait_for()

    desk.press("Space")
    minji.heading("무엇이 좋았습니까?")
    minji.option("A")
    minji.send()
    minji.saved()
    desk.press("Space")
    minji.sees("고맙습니다")
    screen.sees("1 · 100 %")
    hanako.page.locator(".bars .n").first.wait_for()
    assert hanako.page.get_by_text("ありがとう").count() == 0
    desk.press("Space")
    alice.page.locator("em", has_text="breathe").wait_for()

    desk.press("Space")
    alice.heading("Where do these teas come from?")
    for left, right in (("Assam", "India"), ("Uji", "Japan"), ("Longjing", "China")):
        select = alice.page.get_by_label(left)
        value = select.locator("option", has_text=right).get_attribute("value")
        select.select_option(value=value)
    alice.send()
    alice.saved()
    # One pair alone, and not the first.
    chosen = hanako.page.get_by_label("龍井茶")
    chosen.select_option(value=chosen.locator("option", has_text="インド").get_attribute("value"))
    hanako.send()
    hanako.saved()
    desk.press("r")
    alice.page.locator(".verdict.right").wait_for()

    desk.press("Space")
    alice.heading("three things")
    for field, word in zip(alice.page.locator(".fields input").all(), ("bowl", "kettle", "spoon"), strict=True):
        field.fill(word)
    alice.send()
    alice.saved()
    desk.press("r")
    alice.sees("Partly right")

    desk.press("Space")
    alice.heading("oxidised")
    alice.option("Darjeeling")
    alice.option("Keemun")
    alice.send()
    alice.saved()
    desk.press("r")
    alice.page.locator(".verdict.right").wait_for()
    desk.press("e")
    desk.page.get_by_role("button", name="Yes").click()
    for phone in everybody:
        phone.page.locator("a.big").wait_for()
        assert phone.fits()
    assert screen.fits()
    assert desk.fits()
    origin = f"http://127.0.0.1:{drill.port}/"
    for visitor in (*everybody, desk, screen):
        assert all(url.startswith((origin, "data:", "ws:")) for url in visitor.requests)
        assert [trouble for trouble in visitor.troubles if "ERR_INTERNET_DISCONNECTED" not in trouble] == []

    # The misses, as a page that needs nothing else.
    hanako.page.locator("a.big").click()
    hanako.heading("まちがえた問題")
    hanako.page.locator("summary").first.click()
    hanako.sees("ぬるめ")
    pairs = hanako.page.locator("article", has_text="産地").locator("ul.soft li").all_inner_texts()
    assert set(pairs) == {"アッサム茶 — –", "宇治茶 — –", "龍井茶 — インド"}
    hanako.sees("quizkitで勉強するときに")
    drill.say("quit")
    assert drill.until(event="left")["ended"]
    results = json.loads(bench.run("drill", "results", "--json", "--names").out)
    assert "花子" in json.dumps(results, ensure_ascii=False)
    assert bench.run("drill", "replay").code == 0


def test_by_keyboard_alone(chrome: Browser, drill: Held) -> None:
    """Join, pick by letter, send, and read what came of it, without a pointer."""
    desk = Desk(chrome, drill)
    visitor = Visitor(chrome, 800, 600)
    page = visitor.page
    page.goto(f"http://127.0.0.1:{drill.port}/")
    page.locator("[name=pin]:focus").wait_for()
    page.keyboard.type(drill.place["pin"])
    page.keyboard.press("Tab")
    page.keyboard.type("Alice")
    page.keyboard.press("Enter")
    visitor.heading("You're in")
    desk.press("Enter")
    visitor.heading("gyokuro")
    page.locator("h1:focus").wait_for()
    page.keyboard.press("b")
    page.keyboard.press("ArrowDown")
    page.locator("[role=radio][aria-checked=true]:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.locator(".foot .main:focus").wait_for()
    page.keyboard.press("Enter")
    visitor.sees("Saved")
    desk.press("Space")
    desk.sees("Closed")
    desk.press("d")
    visitor.sees("Explain your answer")
    desk.sees("Discussion")
    desk.press("d")
    visitor.sees("Second vote")
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visitor.sees("Saved")
    desk.press("r")
    page.locator(".verdict").wait_for()
    desk.sees("First vote")


def test_mistakes_are_told(chrome: Browser, drill: Held) -> None:
    """A wrong PIN, a name that isn't on the list; the PIN as the terminal writes it; then nobody else is let in."""
    desk = Desk(chrome, drill)
    Phone(chrome, drill, "Alice", "en")
    visitor = Visitor(chrome, 320, 568, "ja")
    page = visitor.page
    page.goto(f"http://127.0.0.1:{drill.port}/")

    def join(pin: str, name: str) -> None:
        page.locator("[name=pin]").fill("")
        page.locator("[name=pin]").press_sequentially(pin)
        page.locator("[name=name]").fill(name)
        page.locator("form button.main").click()

    join("000000" if drill.place["pin"] != "000000" else "000001", "花子")
    page.locator(".banner.bad").wait_for()
    wrong = page.locator(".banner.bad").inner_text()
    join(drill.place["pin"], "Zorro")
    page.locator(".banner.bad", has_not_text=wrong).wait_for()
    page.get_by_label("出席番号", exact=True).wait_for()
    join(f"{drill.place['pin'][:3]} {drill.place['pin'][3:]}", "花子")
    visitor.sees("参加できました")
    desk.press("l")
    desk.sees("Nobody else is let in.")
    # The host takes somebody out.
    desk.page.get_by_label("Remove: 花子").click()
    desk.page.get_by_role("button", name="Yes").click()
    page.locator(".banner.bad, h1", has_text="").first.wait_for()
    visitor.page.locator("[name=pin]").wait_for()
    assert visitor.fits()


def test_an_answer_that_cant_be_saved_is_sent_again(chrome: Browser, drill: Held, bench: Bench) -> None:
    """Something holds the progress file for a while: the phone says so, and the answer is there in the end, once."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    desk.press("Space")
    phone.heading("gyokuro")
    with closing(sqlite3.connect(bench.folder / "progress.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        phone.option("lukewarm")
        phone.send()
        phone.sees("Not saved yet.")
        assert phone.page.get_by_text("Wait for the others.").count() == 0
        other.execute("ROLLBACK")
        phone.saved()
        phone.sees("Wait for the others.")
        assert other.execute("SELECT count(*) FROM act WHERE type = 'answer'").fetchall() == [(1,)]
    desk.press("r")
    phone.page.locator(".verdict.right").wait_for()


def test_an_answer_nobody_hears_is_sent_again(chrome: Browser, drill: Held) -> None:
    """A message is lost, another comes too fast: no answer stays on its way for ever."""
    desk = Desk(chrome, drill)
    swallowed: list[str] = []

    def relay(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def said(message: str | bytes) -> None:
            if '"answer"' in str(message) and len(swallowed) < 2:
                swallowed.append(str(message))
                if len(swallowed) == 2:
                    line.send('{"type":"refused","code":"slow-down","text":"Too fast."}')
            else:
                server.send(message)

        line.on_message(said)

    phone = Phone(chrome, drill, "Alice", "en", relay=relay)
    desk.press("Space")
    phone.option("lukewarm")
    phone.send()
    phone.sees("Sending …")
    phone.saved()
    assert len(swallowed) == 2


def test_an_answer_that_comes_in_a_pause_is_still_in_hand(chrome: Browser, drill: Held) -> None:
    """It isn't taken, and nobody has to choose or type it again when the drill goes on."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    desk.press("Space")
    phone.heading("gyokuro")
    phone.context.set_offline(True)
    phone.option("lukewarm")
    phone.send()
    phone.sees("Kept here.")
    desk.press("p")
    phone.context.set_offline(False)
    phone.sees("No answers are taken at the moment.")
    phone.page.locator("button.option[aria-checked=true]", has_text="lukewarm").wait_for()
    desk.press("p")
    phone.send()
    phone.saved()


def test_the_host_takes_out_a_second_device(chrome: Browser, drill: Held) -> None:
    """Somebody came in by Alice's name while her phone slept: the host sees it, and she stays."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    page = phone.page.url
    phone.page.goto("about:blank")
    desk.sees("(away)")
    thief = Phone(chrome, drill, "Alice", "en")
    desk.sees("(second device)")
    assert desk.fits()
    phone.page.goto(page)
    phone.sees("You're in.")
    desk.page.get_by_role("button", name="Remove the second device: Alice").click()
    desk.page.locator("dialog button[value=yes]").click()
    thief.sees("taken you out")
    desk.page.get_by_text("(second device)").wait_for(state="detached")
    drill.say("next")
    phone.heading("gyokuro")


def test_a_page_that_another_takes_the_place_of_offers_to_go_on(chrome: Browser, drill: Held) -> None:
    """Too many pages of one student: the first says so, pushes nobody out, and comes back when asked."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    for _page in range(3):
        page = phone.context.new_page()
        page.goto(f"http://127.0.0.1:{drill.port}/")
        page.locator("header .who", has_text="Alice").wait_for()
    phone.heading("The drill is open somewhere else")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.locator("select").select_option("ja")
    phone.heading("別の画面に開かれています")
    desk.press("Space")
    phone.page.get_by_role("button", name="ここで続ける").tap()
    phone.heading("玉露")
    assert phone.troubles == []


def test_the_projector_fits_any_size(chrome: Browser, drill: Held) -> None:
    """Nothing hangs out; the larger the screen, the larger the letters."""
    sizes = ((640, 480), (1280, 800), (3840, 2160))
    desk, screens = Desk(chrome, drill), [Screen(chrome, drill, width, height) for width, height in sizes]
    for screen in screens:
        assert screen.fits()
    desk.press("Space")
    for screen, (width, _height) in zip(screens, sizes, strict=True):
        screen.heading("gyokuro")
        assert screen.fits()
        size = float(screen.page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"))
        assert size >= width / 45
    for key, then in (("Space", "Closed"), ("d", "Discussion"), ("d", "Second vote")):
        desk.press(key)
        desk.sees(then)
    for screen in screens:
        screen.sees("Second vote")
        assert screen.fits()
        assert screen.page.evaluate(ONE_LINE_EACH), "neither the PIN nor what is being asked is broken in two"
    desk.press("r")
    for screen in screens:
        screen.sees("Low heat keeps it sweet.")
        assert screen.fits()


def test_the_words_are_there_in_every_language() -> None:
    """No page falls back to another language, and no word is kept that no page says."""
    static = Path(__file__).parents[2] / "quizkit" / "live" / "static"
    words = json.loads((static / "words.json").read_text("utf-8"))
    assert set(words) == {"en", "ja", "ko"}
    assert words["en"].keys() == words["ja"].keys() == words["ko"].keys()
    pages = "".join(path.read_text("utf-8") for path in static.iterdir() if path.suffix in (".js", ".html"))
    built = {
        "poll",
        "slide",
        "right",
        "almost",
        "wrong",
        "partly",
        "none",
        "quotation",
        "judgement",
        "prediction",
        "report",
    }
    unsaid = [
        key for key in words["en"] if f'"{key}"' not in pages and key not in built and not key.startswith("state_")
    ]
    assert unsaid == []
