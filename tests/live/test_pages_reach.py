"""What hands, eyes and keys reach on the pages of a live drill: targets, sizes, dragging, focus, own speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.browser import Visitor
from tests.helpers.command import Bench
from tests.helpers.hosted import Held, held
from tests.helpers.inspector import SMALLEST_LETTERS, TALL, Inspector
from tests.helpers.pages import ROSTER, Desk, Phone, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser


WITHIN = """() => { const card = document.querySelector(".solution").closest(".card").getBoundingClientRect();
    return [...document.querySelectorAll(".typed li")].every((row) => row.scrollWidth <= row.clientWidth
        && row.getBoundingClientRect().right <= card.left); }"""


def _drag(phone: Phone, start: dict[str, float], end: dict[str, float]) -> None:
    """A finger that goes down, moves and lifts."""
    wire = phone.context.new_cdp_session(phone.page)
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    to = end["y"] + end["height"] - 4

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": px, "y": py} for px, py in points]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x, y + (to - y) * step / 10))
    touch("touchEnd")


def test_everybody_can_use_every_phase(chrome: Browser, drill: Held) -> None:
    """Phase by phase, light and dark: targets of 48 pixels, a projector that shows all, nothing axe-core objects to."""
    inspector = Inspector()
    desk = Desk(chrome, drill)
    wide, narrow = Screen(chrome, drill, 1280, 720), Screen(chrome, drill, 1024, 768)
    stranger = Visitor(chrome, 320, 568, "ja")
    stranger.page.goto(f"http://127.0.0.1:{drill.port}/")
    stranger.page.locator("[name=pin]").wait_for()
    inspector.touched(stranger)
    phone = Phone(chrome, drill, "민지", "ko", 320)

    def look() -> None:
        inspector.touched(desk, phone)
        inspector.seen(wide, narrow)
        inspector.turn(desk, phone, wide)

    look()
    for kind in ("first", "question", "question", "poll", "slide", "question", "question", "question"):
        desk.press("Space")
        if kind == "slide":
            for visitor in (phone, wide):
                visitor.page.locator("em", has_text="breathe").wait_for()
            look()
            continue
        phone.page.locator(".foot .main").wait_for()
        look()
        if kind in ("first", "poll"):
            phone.page.locator("button.option").first.tap()
            phone.send()
            phone.saved()
            inspector.touched(phone)
            desk.press("Space")
        if kind == "first":
            wide.sees("Time is up")
            look()
            desk.press("d")
            wide.sees("Explain your answer")
            look()
        if kind == "poll":
            phone.sees("고맙습니다")
        else:
            desk.press("r")
            phone.page.locator(".verdict").wait_for()
            wide.page.locator(".solution").wait_for()
        look()
    desk.press("e")
    desk.page.locator("dialog[open]").wait_for()
    inspector.touched(desk)
    desk.page.get_by_role("button", name="Yes").click()
    phone.page.locator("a.big").wait_for()
    wide.heading("That was the drill")
    look()
    phone.page.locator("a.big").click()
    phone.heading("틀린 문제")
    inspector.touched(phone)


def test_what_somebody_types_cant_fill_the_wall(chrome: Browser, drill: Held) -> None:
    """A word without an end, and a letter under a tower of marks: everybody still reads the rest from afar."""
    desk, screen = Desk(chrome, drill), Screen(chrome, drill, 1280, 720)
    texts = {"Alice": "W" * 300, "花子": "Z" + "\u0335\u0489\u030d" * 99, "Bob": "camelia sinensis"}
    phones = [Phone(chrome, drill, name, "en") for name in texts]
    desk.press("Space")
    desk.press("r")
    desk.press("Space")
    for phone, text in zip(phones, texts.values(), strict=True):
        phone.page.locator(".fields input").fill(text)
        phone.send()
        phone.saved()
    desk.press("r")
    screen.sees("camelia sinensis")
    screen.page.wait_for_function(TALL)
    assert screen.fits()
    assert screen.page.evaluate(SMALLEST_LETTERS) >= 720 / 55
    assert screen.page.locator(".typed .text").all_inner_texts() == [
        "W" * 59 + "…",
        "Z\u0335\u0489",
        "camelia sinensis (Almost right)",
    ]
    assert screen.page.evaluate(WITHIN), "nothing lies over the answer"


def test_in_order_with_a_finger(chrome: Browser, drill: Held) -> None:
    """A row stays under the finger that drags it; the buttons do the same."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    for _ in range(2):
        desk.press("Space")
        desk.press("r")
    desk.press("Space")
    phone.heading("in order")
    rows = phone.page.locator(".order li")
    before = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    phone.page.evaluate("scrollTo(0, 0)")
    start, end = phone.page.locator(".order .grip").first.bounding_box(), rows.nth(2).bounding_box()
    assert start
    assert end
    _drag(phone, dict(start), dict(end))
    phone.page.locator(".foot .main:not([disabled])").wait_for()
    after = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    assert after == [before[1], before[2], before[0], before[3]]
    assert phone.page.locator(".order li.held").count() == 0
    up = rows.nth(2).locator(".up")
    up.focus()
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Enter")
    assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)") == before
    assert phone.page.evaluate("document.activeElement.closest('li').dataset.id") == before[0]
    assert "place 1" in phone.page.locator("#said").inner_text()


def test_the_host_keeps_the_focus(chrome: Browser, drill: Held) -> None:
    """A control that was pressed is still in hand after the room has changed, whoever joins."""
    desk = Desk(chrome, drill)
    lock = desk.page.locator(".controls [data-hold=l]")
    lock.focus()
    desk.page.keyboard.press("Enter")
    desk.sees("Nobody else is let in.")
    desk.page.keyboard.press("Enter")
    desk.page.locator(".controls [data-hold=l]:focus", has_text="Lock").wait_for()
    Phone(chrome, drill, "Alice", "en")
    rename = desk.page.get_by_label("Rename: Alice")
    rename.focus()
    Phone(chrome, drill, "花子", "ja")
    desk.sees("花子")
    desk.page.locator("[aria-label='Rename: Alice']:focus").wait_for()
    desk.page.keyboard.press("Enter")
    desk.page.locator("dialog input").fill("Alicia")
    desk.page.keyboard.press("Enter")
    desk.sees("Alicia")


def test_space_goes_on_after_a_click(chrome: Browser, drill: Held) -> None:
    """Whoever clicked the pencil and wrote a name presses Space for the drill, not for the pencil."""
    desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Alice", "en")
    desk.sees("No. 1")
    desk.sees("0 points")
    desk.page.get_by_label("Rename: Alice").click()
    desk.page.locator("dialog input").fill("Alicia")
    desk.page.keyboard.press("Enter")
    desk.sees("Alicia")
    desk.page.keyboard.press("Space")
    phone.heading("gyokuro")


def test_passing_over_the_last_question_asks_first(chrome: Browser, bench: Bench) -> None:
    """It ends the drill for everybody, as ending it does. Whoever is taken out isn't greeted by name any more."""
    (bench.folder / "short.yaml").write_text("drill: short\nitems:\n  - tea/plant/main\n", "utf-8")
    with held(bench, "drill", "host", "--open", "--file", "short.yaml", "--json", "--port", "0") as drill:
        desk, phone = Desk(chrome, drill), Phone(chrome, drill, "Zoe", "en")
        desk.press("Space")
        desk.press("s")
        desk.page.locator("dialog[open]").get_by_text("No", exact=True).click()
        desk.sees("Answers are coming in")
        desk.page.get_by_label("Remove: Zoe").click()
        desk.page.locator("dialog button[value=yes]").click()
        phone.page.locator("header .who", has_text="short").wait_for()
        desk.press("s")
        desk.page.locator("dialog button[value=yes]").click()
        desk.heading("That was the drill")


def test_lists_keep_their_bullets(chrome: Browser, bench: Bench) -> None:
    """A list isn't cut at the edge of the wall or of a card; nor is the wall too tall by a pixel."""
    program = "drill: lists\nitems:\n  - slide: |\n      - one\n      - two\n  - tea/plant/main\n"
    (bench.folder / "lists.yaml").write_text(program, "utf-8")
    with held(bench, "drill", "host", "--open", "--file", "lists.yaml", "--json", "--port", "0") as drill:
        desk, screen, phone = Desk(chrome, drill), Screen(chrome, drill, 1280, 720), Phone(chrome, drill, "Zoe", "en")
        desk.press("Space")
        for visitor in (screen, phone, desk):
            item = visitor.page.locator("main li", has_text="one")
            item.wait_for()
            room = "(item) => parseFloat(getComputedStyle(item.parentElement).paddingInlineStart)"
            size = "(item) => parseFloat(getComputedStyle(item).fontSize)"
            assert item.evaluate(room) >= 1.5 * item.evaluate(size)
        assert screen.page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_at_their_own_speed(chrome: Browser, bench: Bench) -> None:
    """Each phone has its own place; the host sees how far everybody is; the deadline ends it."""
    (bench.folder / "roster.csv").write_text(ROSTER, "utf-8")
    program = (
        "drill: alone\npaced: true\nminutes: 5\nteams: [Red, Blue]\nitems:\n  - tea/decaf/main\n  - tea/plant/main\n"
    )
    (bench.folder / "alone.yaml").write_text(program, "utf-8")
    bench.run("class", "new", "2B", "--from", "roster.csv")
    with held(bench, "drill", "host", "2B", "--file", "alone.yaml", "--json", "--port", "0") as drill:
        desk, quick, slow = Desk(chrome, drill), Phone(chrome, drill, "花子", "ja"), Phone(chrome, drill, "Bob", "en")
        desk.press("Space")
        quick.page.locator("button.option").first.tap()
        quick.send()
        quick.page.locator(".verdict").wait_for()
        quick.send()
        quick.page.locator(".fields input").fill("Camellia sinensis")
        quick.page.locator(".fields input").press("Enter")
        quick.page.locator(".verdict.right").wait_for()
        quick.send()
        quick.heading("全部終わりました")
        slow.page.locator("button.option").first.wait_for()
        desk.page.locator("td", has_text="花子").get_by_text("✓ done").wait_for()
        desk.page.locator("td", has_text="Bob").get_by_text("Question 1 of 2").wait_for()
        desk.press("e")
        desk.page.get_by_role("button", name="Yes").click()
        slow.page.locator("a.big").wait_for()
        assert slow.troubles == []
