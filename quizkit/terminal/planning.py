"""Planning a drill at the terminal: what would be asked and why, and the teacher's own choice among it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import questionary

from quizkit.clock import from_ms
from quizkit.columns import clip
from quizkit.i18n import _, ngettext
from quizkit.model.drill import CardItem, Drill, Item, Poll, Program
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page
from quizkit.terminal.prompts import menu

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
        done = menu(
            _("What now?"),
            {"keep": _("keep it"), "drop": _("drop some"), "add": _("add some"), "leave": _("throw it away")},
        )
        if done in ("", "leave"):
            return None
        if done == "keep":
            return tuple(chosen)
        if done == "drop":
            kept = _ticked(page, [(item, _asked(item, prompts)) for item in chosen], checked=True)
            chosen = chosen if kept is None else kept
            continue
        word = questionary.text(_("A word in the question, or a deck:")).ask()
        found = [pair for pair in find(word.strip()) if word and word.strip()] if word else []
        here = {item.card for item in chosen if isinstance(item, CardItem)}
        offered: list[tuple[Item, str]] = [
            (CardItem(key, why=_("the teacher's choice")), prompt) for key, prompt in found if key not in here
        ]
        if not offered:
            questionary.print(_("Nothing found."))
            continue
        more = _ticked(page, offered[:MOST_FOUND], checked=False) or []
        prompts |= {pair[0]: pair[1] for pair in found}
        chosen += more


def _ticked(page: Page, offered: Sequence[tuple[Item, str]], *, checked: bool) -> list[Item] | None:
    """Some of the items, by ticking them; None when left with Ctrl-C."""
    choices = [
        questionary.Choice(clip(" ".join(text.split()), page.inner - 8), value=number, checked=checked)
        for number, (_item, text) in enumerate(offered)
    ]
    numbers = questionary.checkbox(_("Which?"), choices, instruction=_("(Space ticks · Enter goes on)")).ask()
    return None if numbers is None else [offered[number][0] for number in numbers]


def drill_lines(page: Page, drills: Sequence[Drill]) -> list[str]:
    """The drills that were held, the latest first."""
    rows = [
        (
            drill.id[:13],
            from_ms(drill.at).astimezone().strftime("%Y-%m-%d %H:%M"),
            drill.mode.value,
            drill.program.classroom,
            drill.program.name,
            str(len(drill.program.items)),
        )
        for drill in reversed(drills)
    ]
    head = ("id", _("held"), _("way"), _("class"), _("name"), _("items"))
    return table(page, head, rows, right=(5,), whole=(0,))
