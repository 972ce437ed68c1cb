"""A live drill on the teacher's terminal: where phones join, what is asked, how many have answered, and the keys.

`Drill` is all that is asked of whoever holds the drill: plain data to look at, and actions by name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from quizkit.columns import clip, harmless, width
from quizkit.i18n import _, current, ngettext
from quizkit.terminal.draw import MARGIN, Page

Data = dict[str, Any]

EXTEND_SECONDS = 15
TICK_SECONDS = 0.5
MOST_NAMES = 60
KEYS = {
    " ": "next",
    "enter": "next",
    "s": "skip",
    "r": "reveal",
    "+": "extend",
    "=": "extend",
    "d": "discuss",
    "l": "lock",
    "p": "pause",
    "e": "end",
}


class Drill(Protocol):
    """A live drill, as a terminal needs it."""

    changed: asyncio.Event

    def place(self) -> Data:
        """Where everything is."""

    def look(self, lang: str) -> Data:
        """The drill as its host sees it now."""

    def press(self, action: str, lang: str, **data: Any) -> str:
        """Do something; why it can't be done, '' when it is."""


def action_of(key: str, look: Data) -> tuple[str, Data]:
    """What a key means as things stand: a name of an action, '' for none, and what belongs to it."""
    action = KEYS.get(key, "")
    if action == "pause" and look["paused"]:
        return "resume", {}
    if action == "lock" and look["locked"]:
        return "unlock", {}
    if action == "discuss" and look["phase"] == "discuss":
        return "revote", {}
    return action, {"seconds": EXTEND_SECONDS} if action == "extend" else {}


def lines(
    page: Page, place: Data, look: Data, code: Sequence[str], note: str = "", rows: int | None = None
) -> list[str]:
    """The whole screen, of `rows` lines at the most. The keys are always on it.

    `code` is the QR code, drawn while people join where there is room for it; `note` is what the last key came to.
    """
    keys = ["", *page.block(note or _keys(look), "warn" if note else "dim")]
    found = _body(page, place, look, code)
    if rows is None:
        return found + keys
    room = max(rows - len(keys), 0)
    if len(found) > room:
        # It stands on the projector's page, too.
        found = _body(page, place, look, ())
    return found[:room] + keys


def _body(page: Page, place: Data, look: Data, code: Sequence[str]) -> list[str]:
    found = [*page.spread(place["title"], phase_word(look), "bold"), ""]
    found += _join(page, place, code, full=look["phase"] == "lobby")
    if look["item"] is not None:
        found += _question(page, look)
    found += _people(page, look)
    if look["board"] and look["phase"] in ("revealed", "ended", "paced"):
        found += ["", *(MARGIN + clip(_standing(at), page.inner) for at in look["board"][:5])]
    if look["advice"]:
        found += ["", *page.block(look["advice"], "warn", first=f"{MARGIN}! ")]
    if look["phase"] == "lobby":
        for problem in place["problems"]:
            found += ["", *page.block(problem, "warn", first=f"{MARGIN}! ")]
    return found


def _standing(at: Data) -> str:
    team = f" ({harmless(at['team'])})" if at["team"] else ""
    return f"{at['rank']}. {harmless(at['name'])}{team}  {at['points']}"


def _join(page: Page, place: Data, code: Sequence[str], *, full: bool) -> list[str]:
    told = [
        _("Join: {url}   PIN: {pin}", url=place["url"], pin=f"{place['pin'][:3]} {place['pin'][3:]}"),
    ]
    found = page.block(told[0], "bold", "accent")
    others = [address for address in place["addresses"] if address != place["url"]]
    if full:
        found += ["", *(MARGIN + line for line in code)]
        if others:
            found += page.block(_("Or: {addresses}", addresses=", ".join(others)), "dim")
        found += page.block(_("Projector: {url}", url=place["screen"]), "dim")
        found += page.block(_("Your own page: {url}", url=place["host"]), "dim")
    return [*found, ""]


def _question(page: Page, look: Data) -> list[str]:
    item = look["item"]
    number = _("Question {n} of {all}", n=item["index"] + 1, all=item["of"])
    if item["kind"] != "question":
        number = f"{number} · {_('opinion poll') if item['kind'] == 'poll' else _('slide')}"
    if item["round"] == 2:
        number = f"{number} · {_('second vote')}"
    left = "" if look["left_ms"] is None else _("{n} s left", n=-(-look["left_ms"] // 1000))
    found = [*page.spread(number, left, "accent"), *page.block(look["plain"]["prompt"], "bold")]
    shown = len((look["question"] or {}).get("media", ())) + len((look["reveal"] or {}).get("media", ()))
    if shown:
        told = ngettext("with {n} picture or sound, on the pages", "with {n} pictures or sounds, on the pages", shown)
        found += page.block(told, "dim")
    counts = _counts(look)
    for place, text in enumerate(look["plain"]["lefts"], 1):
        first = f"{MARGIN}  {place}. "
        found += page.block(text, indent=" " * width(first), first=first)
    for place, text in enumerate(look["plain"]["options"]):
        mark = chr(ord("A") + place)
        count, right = counts.get(place, (None, None))
        sign = {None: " ", True: "✓", False: "✗"}[right]
        tail = "" if count is None else f"  {'█' * min(count, 30)} {count}"
        first = f"{MARGIN}{sign} {mark}. "
        found += page.block(f"{text}{tail}", *(("good",) if right else ()), indent=" " * width(first), first=first)
    for line in look["plain"]["solution"]:
        first = f"{MARGIN}✓ "
        found += page.block(line, "good", indent=" " * width(first), first=first)
    return [*found, ""]


def _counts(look: Data) -> dict[int, tuple[int, bool | None]]:
    """What was picked, by the place of the option: how often, and whether it is right once that may be said."""
    counts = (look["reveal"] or {}).get("counts") or look["counts"] or []
    places = {option["id"]: place for place, option in enumerate((look["question"] or {}).get("options", ()))}
    return {places[count["id"]]: (count["n"], count.get("right")) for count in counts}


def _people(page: Page, look: Data) -> list[str]:
    found = []
    if look["item"] is not None and look["item"]["kind"] != "slide":
        told = _("{answered} of {all} have answered", answered=look["answered"], all=look["asked"])
        came_of = look["reveal"] or look.get("so_far")
        if came_of and came_of["answered"]:
            told += "".join(f" · {part}" for part in _right(came_of))
        if look["reveal"] and look["reveal"]["gain"] is not None:
            told += f" · {_('gain {percent} %', percent=round(100 * look['reveal']['gain']))}"
        found += page.block(told)
    gone = look["players"] - look["connected"]
    told = ngettext("{n} has joined", "{n} have joined", look["players"])
    if gone:
        told += f" · {_('{n} not connected', n=gone)}"
    if look["locked"]:
        told += f" · {_('locked')}"
    found += page.block(told)
    if look["phase"] == "lobby":
        names = [harmless(player["name"]) for player in look["players_list"]]
        found += page.block(_listed(names), "good") if names else []
        absent = [harmless(name) for name in look["absent"]]
        if absent:
            found += page.block(_("Not here yet: {names}", names=_listed(absent)), "dim")
    if second := [harmless(player["name"]) for player in look["players_list"] if player["second"]]:
        found += page.block(_("In on a second device: {names}", names=_listed(second)), "warn")
    return found


def _right(came_of: Data) -> list[str]:
    """How many of those who answered are right; and, apart from them, how many nearly are."""
    all_, outcomes = came_of["answered"], came_of["outcomes"]
    percent = round(100 * outcomes["right"] / all_)
    found = [_("{n} of {all} right ({percent} %)", n=outcomes["right"], all=all_, percent=percent)]
    if outcomes["almost"]:
        found.append(_("almost right: {n}", n=outcomes["almost"]))
    if outcomes["partly"]:
        found.append(_("partly right: {n}", n=outcomes["partly"]))
    return found


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" +{more}" if more > 0 else "")


def phase_word(look: Data) -> str:
    """Where the drill is, in a word."""
    words = {
        "lobby": _("waiting for players"),
        "open": _("open"),
        "closed": _("closed"),
        "discuss": _("discussion"),
        "revealed": _("revealed"),
        "slide": _("slide"),
        "paced": _("everybody at their own speed"),
        "ended": _("over"),
    }
    return _("paused") if look["paused"] else words[look["phase"]]


def _keys(look: Data) -> str:
    going_on = {
        "start": _("Space starts"),
        "close": _("Space closes the question"),
        "reveal": _("Space reveals"),
        "revote": _("Space: vote again"),
        "next": _("Space goes on"),
        "resume": _("Space resumes"),
        "end": _("Space ends the drill"),
        None: _("q leaves"),
    }[look["following"]]
    others = {
        "open": _("r reveal · d discuss · p pause · + 15 s · s skip · l lock · e end · q leave"),
        "closed": _("d discuss · + 15 s · s skip · l lock · e end · q leave"),
        "discuss": _("r reveal · s skip · e end · q leave"),
        "paced": _("p pause · + 15 s · l lock · q leave"),
        "ended": "",
    }.get(look["phase"], _("l lock · e end · q leave"))
    return f"{going_on} · {others}" if others else going_on


async def at_terminal(drill: Drill, page_of: Callable[[], Page], code: Sequence[str]) -> None:
    """Show the drill and take keys until the teacher leaves."""
    from prompt_toolkit import Application
    from prompt_toolkit.formatted_text import ANSI
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.keys import Keys
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window

    lang = current()
    # Where it goes on in the middle, there is no lobby to read them in.
    note = "" if drill.look(lang)["phase"] == "lobby" else " ".join(drill.place()["problems"])
    bindings = KeyBindings()

    def drawn() -> ANSI:
        rows = app.output.get_size().rows
        return ANSI("\n".join(lines(page_of(), drill.place(), drill.look(lang), code, note, rows)))

    @bindings.add(Keys.Any)
    @bindings.add(Keys.Enter)
    def _pressed(event: KeyPressEvent) -> None:
        nonlocal note
        key = "enter" if event.key_sequence[0].key == Keys.Enter else event.data.lower()
        look = drill.look(lang)
        asking, note = note, ""
        action, data = action_of(key, look)
        if key == "q" or (look["phase"] == "ended" and action == "next"):
            event.app.exit()
        elif _ends(action, look) and asking != _sure(key):
            note = _sure(key)
        elif action:
            note = drill.press(action, lang, **data)

    @bindings.add(Keys.ControlC)
    @bindings.add(Keys.ControlD)
    def _left(event: KeyPressEvent) -> None:
        event.app.exit()

    window = Window(FormattedTextControl(drawn, show_cursor=False), always_hide_cursor=True, wrap_lines=False)
    app: Application[None] = Application(
        layout=Layout(window), key_bindings=bindings, full_screen=True, refresh_interval=TICK_SECONDS
    )
    app.ttimeoutlen = 0.05

    async def follow() -> None:
        while True:
            await drill.changed.wait()
            drill.changed.clear()
            app.invalidate()

    following = asyncio.ensure_future(follow())
    try:
        await app.run_async(handle_sigint=False)
    finally:
        following.cancel()


def _ends(action: str, look: Data) -> bool:
    """Whether that ends the drill for everybody."""
    last = look["next"] is None and look["phase"] in ("open", "closed", "discuss", "slide")
    return action == "end" or (action == "next" and look["following"] == "end") or (action == "skip" and last)


def _sure(key: str) -> str:
    shown = {" ": "Space", "enter": "Enter"}.get(key, key)
    return _("Press {key} once more to end the drill.", key=shown)
