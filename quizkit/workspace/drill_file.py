"""Drill files: a program in YAML, to be kept, changed by hand, and run again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.decks.write import replace_file, scalar
from quizkit.diagnostics import Diagnostic, Rule, Severity
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.fields import Fields
from quizkit.model import Asking, LocalText
from quizkit.model.drill import CardItem, Item, Poll, Program, Scoring, Slide
from quizkit.source import Node, parse_yaml, read_source

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

HEAD = ("drill", "class", "seconds", "paced", "minutes", "calm", "teams", "scoring", "seed", "items")
ITEMS = ("card", "poll", "slide")
SCORING = Scoring._fields
MOST_SECONDS, MOST_MINUTES = 3_600, 600

NOT_A_DRILL = Rule(
    "not-a-drill", Severity.ERROR, "The file isn't a drill", "A drill is a mapping with `items`, a list."
)
OUT_OF_RANGE = Rule("out-of-range", Severity.ERROR, "A number is too large or too small", "Times are whole numbers.")


def read_program(path: Path) -> Program:
    """The program in a drill file.

    Raises QuizkitError with everything that is wrong with it: file, line, column, and what to do.
    """
    text, problems = read_source(path, str(path))
    program = _program(text, str(path), problems) if text is not None else None
    errors = [problem for problem in problems if problem.rule.severity is Severity.ERROR]
    if errors or program is None:
        raise QuizkitError(*_told(errors))
    return program


def _told(errors: list[Diagnostic]) -> tuple[str, str]:
    """The errors as one message; the remedy of the first stands alone where it is the only one."""
    if not errors:
        return _("There is nothing to ask."), ""
    if len(errors) == 1:
        return f"{errors[0].span}: {errors[0].message}", errors[0].fix
    return "\n  ".join(f"{found.span}: {found.message} {found.fix}".rstrip() for found in errors), ""


def _program(text: str, file: str, problems: list[Diagnostic]) -> Program | None:
    parsed = parse_yaml(text, file)
    problems += parsed.diagnostics
    if parsed.node is None or not isinstance(parsed.node.value, dict):
        if parsed.node is not None:
            message = "This is no mapping."
            problems.append(Diagnostic(NOT_A_DRILL, parsed.node.span(file), message, "Begin with `drill: name`."))
        return None
    fields = Fields(parsed.node, file, problems)
    fields.unknown(dict.fromkeys(HEAD))
    items = tuple(item for node in fields.items("items", required=True) if (item := _item(fields, node)))
    scoring = dict.fromkeys(SCORING, False)
    for node in fields.nodes("scoring"):
        word = fields.plain(node, "scoring")
        if word in scoring:
            scoring[word] = True
        elif word:
            fields.report(NOT_A_DRILL, node, f"`{word}` is no way of scoring.", f"Known here: {', '.join(SCORING)}.")
    return Program(
        fields.word("drill") or Path(file).stem,
        items,
        fields.word("class"),
        _whole(fields, "seconds", 30, MOST_SECONDS),
        bool(fields.flag("paced")),
        _whole(fields, "minutes", 0, MOST_MINUTES),
        bool(fields.flag("calm")),
        fields.words("teams"),
        Scoring(**scoring),
        fields.word("seed"),
    )


def _item(fields: Fields, node: Node) -> Item | None:
    if isinstance(node.value, str):
        # A bare key is a card: what one writes by hand.
        card = fields.plain(node, "items")
        return CardItem(card) if card else None
    if not isinstance(node.value, dict):
        fields.report(NOT_A_DRILL, node, "An item is a card, a poll or a slide.", "Write `- card: deck/note/main`.")
        return None
    inner = Fields(node, fields.file, fields.diagnostics)
    inner.unknown(dict.fromkeys((*ITEMS, "options", "seconds", "why", "media")))
    seconds = _whole(inner, "seconds", 0, MOST_SECONDS)
    media = inner.words("media")
    if "slide" in inner:
        text = inner.text("slide")
        return Slide(text, media) if text else None
    if "poll" in inner:
        asked, options = inner.text("poll"), inner.texts("options", required=True)
        if asked and len(options) == 1:
            inner.report(NOT_A_DRILL, "options", "A poll wants two options at least.", "Add another.")
        return Poll(asked, options, seconds, media) if asked and len(options) > 1 else None
    if media:
        inner.report(NOT_A_DRILL, "media", "A card brings its own pictures and sounds.", "Name them in its note.")
    card = inner.word("card", required=True)
    return CardItem(card, seconds, inner.word("why")) if card else None


def _whole(fields: Fields, key: str, otherwise: int, most: int) -> int:
    number = fields.number(key)
    if number is None:
        return otherwise
    if number != int(number) or not 0 <= number <= most:
        fields.report(OUT_OF_RANGE, key, f"`{key}` is a whole number from 0 to {most}.", "")
        return otherwise
    return int(number)


def write_program(path: Path, program: Program, prompts: Mapping[str, str] | None = None) -> None:
    """Write a drill file that says in comments what it asks and why. Raises QuizkitError when that can't be done."""
    replace_file(path, render(program, prompts or {}).encode())


def file_name(name: str) -> str:
    """A drill's name as that of a file, on any system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name).strip(". ") or "drill"


def render(program: Program, prompts: Mapping[str, str]) -> str:
    """A drill file's text; `prompts` are what cards ask, for the comments."""
    lines = [
        "# A drill: what a class is asked, in this order. Reorder, delete and add as you like.",
        "# An item is a card, a `poll:` with `options:` (nothing is scored), or a `slide:` to read.",
        f"drill: {scalar(program.name)}",
    ]
    if program.classroom:
        lines.append(f"class: {scalar(program.classroom)}")
    lines.append(f"seconds: {program.seconds}  # for each question; 0 for no limit")
    if program.paced:
        lines += ["paced: true  # everybody at their own speed", f"minutes: {program.minutes}"]
    if program.calm:
        lines.append("calm: true  # no leaderboard")
    if program.teams:
        lines.append(f"teams: [{', '.join(scalar(team, flow=True) for team in program.teams)}]")
    chosen = [name for name, on in program.scoring._asdict().items() if on]
    if chosen:
        lines.append(f"scoring: [{', '.join(chosen)}]")
    if program.seed:
        lines.append(f"seed: {scalar(program.seed)}")
    lines.append("items:")
    for item in program.items:
        lines += _item_lines(item, prompts)
    return "\n".join(lines) + "\n"


def _item_lines(item: Item, prompts: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    if isinstance(item, CardItem):
        if prompt := prompts.get(item.card):
            lines.append(f"  # {' '.join(prompt.split())}")
        if item.why:
            lines.append(f"  # {item.why}")
        lines.append(f"  - card: {scalar(item.card)}")
    elif isinstance(item, Slide):
        lines += _text_lines("  - slide:", item.text, 6)
    else:
        lines += _text_lines("  - poll:", item.ask, 6)
        lines.append("    options:")
        for option in item.options:
            lines += _text_lines("      -", option, 8)
    if not isinstance(item, CardItem) and item.media:
        lines.append(f"    media: [{', '.join(scalar(name, flow=True) for name in item.media)}]")
    if not isinstance(item, Slide) and item.seconds:
        lines.append(f"    seconds: {item.seconds}")
    return lines


def _text_lines(lead: str, text: LocalText, indent: int) -> list[str]:
    if tuple(text.forms) == ("",):
        return [f"{lead} {scalar(text.forms[''], indent)}"]
    forms = [f"{lang}: {scalar(form, indent + 2)}" for lang, form in text.forms.items()]
    if lead.endswith("-"):
        return [f"{lead} {forms[0]}", *(f"{' ' * indent}{form}" for form in forms[1:])]
    return [lead, *(f"{' ' * indent}{form}" for form in forms)]


def prompts_of(workspace: Workspace, program: Program) -> dict[str, str]:
    """What a program's cards ask."""
    found = {}
    for item in program.items:
        if isinstance(item, CardItem) and (card := workspace.find_card(item.card)):
            found[item.card] = card.task.ask(Asking(card.key, workspace.langs)).prompt
    return found
