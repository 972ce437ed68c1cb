"""Planning a drill at the terminal: what would be asked and why, and the teacher's own choice among it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import questionary

from quizkit.clock import Calendar
from quizkit.columns import clip
from quizkit.i18n import _, ngettext
from quizkit.model.drill import CardItem, Drill, Item, Poll, Program
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page
from quizkit.terminal.prompts import answered, menu

Find = Callable[[str], Sequence[tuple[str, str]]]
"""Cards whose text or key holds a word: key and question."""

MOST_FOUND = 30


def plan_lines(page: Page, program: Program, prompts: Mapping[str, str]) -> list[str]:
    """The items of a program, each with the reason it was taken for."""
    lines = page.block(f"{program.name} · {ngettext('{n} question', '{n} questions', len(program.items))}", "bold")
    for number, item in enumerate(program.items, 1):
        lines += page.block(f"{number:>2}  {_asked(item, prompts)}")
        if isinstance(item, CardItem):
            lines += page.block(f"    {item.card}" + (f" · {item.why}" if item.why else ""), "dim")
    return lines


def _asked(item: Item, prompts: Mapping[str, str]) -> str:
    if isinstance(item, CardItem):
        return " ".join(prompts.get(item.card, item.card).split())
    text = item.ask if isinstance(item, Poll) else item.text
    return text.all()[0]


def change_plan(page: Page, items: Sequence[Item], prompts: dict[str, str], find: Find) -> tuple[Item, ...] | None:
    """Let the teacher drop and add; None when left with Ctrl-C. What is added is put into `prompts`."""
    chosen = list(items)
    while True:
        done = menu(_("What now?"), _choices(chosen))
        if done in ("", "leave"):
            return None
        if done == "keep":
            return tuple(chosen)
        before = list(chosen)
        if done == "drop":
            offered = [(item, _asked(item, prompts)) for item in chosen]
            kept = _ticked(page, _("Which stay?"), offered, checked=True)
            chosen = chosen if kept is None else kept
        else:
            chosen += _found(page, chosen, prompts, find)
        if chosen != before:
            for number, item in enumerate(chosen, 1):
                questionary.print("\n".join(page.block(f"{number:>2}  {_asked(item, prompts)}")))


def _choices(chosen: Sequence[Item]) -> dict[str, str]:
    """What may be done next. Nothing can't be kept."""
    some = {"keep": _("keep it"), "drop": _("drop some")} if chosen else {}
    return {**some, "add": _("add some"), "leave": _("throw it away")}


def _found(page: Page, chosen: Sequence[Item], prompts: dict[str, str], find: Find) -> list[Item]:
    """Cards that the teacher looks for and ticks."""
    word = str(answered(questionary.text(_("A word in the question, or a deck:"))) or "").strip()
    found = find(word) if word else []
    here = {item.card for item in chosen if isinstance(item, CardItem)}
    offered: list[tuple[Item, str]] = [
        (CardItem(key, why=_("the teacher's choice")), prompt) for key, prompt in found if key not in here
    ]
    if not offered:
        questionary.print(_("Nothing found."))
        return []
    if len(offered) > MOST_FOUND:
        questionary.print(_("The first {n} of {all}; say more of it to see others.", n=MOST_FOUND, all=len(offered)))
    prompts |= dict(found)
    return _ticked(page, _("Which?"), offered[:MOST_FOUND], checked=False) or []


def _ticked(page: Page, asked: str, offered: Sequence[tuple[Item, str]], *, checked: bool) -> list[Item] | None:
    """Some of the items, by ticking them; None when left with Ctrl-C."""
    choices = [
        questionary.Choice(clip(" ".join(text.split()), page.inner - 8), value=number, checked=checked)
        for number, (_item, text) in enumerate(offered)
    ]
    told = _("(Space ticks · Enter goes on)")
    # What it leaves on the screen would be in English.
    numbers = answered(questionary.checkbox(asked, choices, instruction=told, erase_when_done=True))
    return None if numbers is None else [offered[number][0] for number in numbers]


def drill_lines(page: Page, drills: Sequence[Drill], calendar: Calendar) -> list[str]:
    """The drills that were held, the latest first."""
    rows = [
        (
            drill.id[:13],
            calendar.local(drill.at).strftime("%Y-%m-%d %H:%M"),
            drill.mode.value,
            drill.program.classroom,
            drill.program.name,
            str(len(drill.program.items)),
        )
        for drill in reversed(drills)
    ]
    head = ("id", _("held"), _("way"), _("class"), _("name"), _("items"))
    return table(page, head, rows, right=(5,), whole=(0,))
