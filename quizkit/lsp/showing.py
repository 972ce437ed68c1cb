"""Notes and passages in Markdown, as they are shown beside the text of a deck."""

from __future__ import annotations

import re

from quizkit.decks.wordings import wordings_of
from quizkit.markup import spans
from quizkit.model import Asking, Card, LocalText, Note, Passage, Question, Shape, Source

LONGEST_LINE = 120
"""Characters of a text that is shown in one line."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_ITEM = re.compile(r"(- |\d{1,3}\. )?(.*)")


def markdown(text: str) -> str:
    """A text of a deck as Markdown: its marks keep their meaning, everything else means itself."""
    return "  \n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    found = _ITEM.fullmatch(line)
    lead, rest = (found[1] or "", found[2]) if found else ("", line)
    return lead + "".join(_piece(span.text, span.ruby, span.strong, span.emphasis) for span in spans(rest))


def _piece(text: str, ruby: str, strong: bool, emphasis: bool) -> str:
    shown = _SPECIAL.sub(r"\\\1", f"{text}（{ruby}）" if ruby else text)
    shown = f"*{shown}*" if emphasis else shown
    return f"**{shown}**" if strong else shown


def in_one_line(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


def prompt_of(note: Note) -> str:
    """What a note asks, in the first of its languages."""
    card = note.cards()[0]
    return wordings_of(card.task)[0].all()[0]


def show_note(note: Note) -> str:
    """Every card of a note as it is asked, with its answer, in each of its languages."""
    shown = [f"**{note.key}** · {note.kind}"]
    for card in note.cards():
        shown += [_show_card(card, lang, len(note.body.tasks()) > 1) for lang in wordings_of(card.task)[0].forms]
    return "\n\n---\n\n".join(shown)


def _show_card(card: Card, lang: str, named: bool) -> str:
    langs = (lang or "en",)
    question = card.task.ask(Asking(card.key, langs))
    lines = [f"{f'*{card.variant}* · ' if named else ''}{markdown(question.prompt)}"]
    lines += _choices(question)
    if question.hint:
        lines.append(f"({markdown(question.hint)})")
    solution = card.task.solution(langs)
    answer = "  \n".join(markdown(line) for line in solution.lines)
    lines.append(f"→ {answer}")
    points = [f"- {markdown(point)}" for point in solution.points if point not in solution.lines]
    if points:
        lines.append("\n".join(points))
    if card.note.explain:
        lines.append(markdown(card.note.explain.pick(langs)))
    return "\n\n".join(lines)


def _choices(question: Question) -> list[str]:
    """What there is to choose from, each in a line of a list."""
    shown = []
    if question.lefts:
        shown.append("\n".join(f"- {markdown(left)}" for left in question.lefts))
    if question.options:
        mark = "- " if question.shape in (Shape.ORDER, Shape.PAIR) else ""
        shown.append("\n".join(f"{mark or f'{i}. '}{markdown(text)}" for i, text in enumerate(question.options, 1)))
    return shown


def show_passage(source: Source, passage: Passage) -> str:
    """The gist of a passage, in each of its languages, and where it stands."""
    return "\n\n".join([f"**{passage.id}** · {_title(source.title)}", *map(markdown, passage.gist.all())])


def _title(text: LocalText) -> str:
    return markdown(in_one_line(text.all()[0]))
