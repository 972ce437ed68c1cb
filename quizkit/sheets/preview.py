"""Cards as a page, for whoever writes them: each as it is asked, its answer folded away."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from quizkit.decks.media import Medium, media_file
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.markup import to_html
from quizkit.model import Question, Solution

_MADE_BY = '<meta name="generator" content="quizkit deck preview">'
_HEAD = 500
"""Bytes within which that is said."""


class Shown(Protocol):
    """A card with its answer, and what is wrong with its note."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def question(self) -> Question: ...  # noqa: D102
    @property
    def solution(self) -> Solution: ...  # noqa: D102
    @property
    def explain(self) -> str: ...  # noqa: D102
    @property
    def media(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def answer_media(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def problems(self) -> tuple[Diagnostic, ...]: ...  # noqa: D102


def make_preview(
    title: str, cards: Iterable[Shown], lang: str, problems: Iterable[Diagnostic] = (), *, folder: Path
) -> str:
    """One self-contained page, its title in `lang`: no request to anywhere. Media are in `folder`.

    A card that is the same in several languages is shown once; `problems` are those that belong to no card.
    """
    style = files("quizkit.sheets").joinpath("preview.css").read_text("utf-8")
    body = "\n".join([*dict.fromkeys(_card(card, folder) for card in cards), *_told(problems)])
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n{_MADE_BY}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:; media-src data:">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def is_preview(path: Path) -> bool:
    """Whether a file is such a page, which may be written anew; nothing that can't be read is."""
    try:
        with path.open("rb") as file:
            return _MADE_BY.encode() in file.read(_HEAD)
    except OSError:
        return False


def _card(card: Shown, folder: Path) -> str:
    question = card.question
    parts = [f'<p class="about">{escape(question.card)} · {escape(card.kind)} · {escape(question.shape.value)}</p>']
    parts.append(f'<div class="prompt">{to_html(question.prompt)}</div>')
    notes = [text.render() for text in (question.instruction, question.placeholder) if text]
    notes += [_("Hint: {hint}", hint=question.hint)] if question.hint else []
    if notes:
        parts.append(f'<p class="about">{escape(" · ".join(notes))}</p>')
    parts += [_medium(folder, name) for name in card.media]
    if question.lefts:
        parts.append(f"<ul>{''.join(f'<li>{to_html(left)}</li>' for left in question.lefts)}</ul>")
    if question.options:
        parts.append(f"<ol>{''.join(f'<li>{to_html(option)}</li>' for option in question.options)}</ol>")
    answer = "".join(f"<div>{to_html(line)}</div>" for line in card.solution.lines)
    points = "".join(f"<li>{to_html(point)}</li>" for point in card.solution.points)
    if points and card.solution.points != card.solution.lines:
        answer += f"<ul>{points}</ul>"
    answer += "".join(_medium(folder, name) for name in card.answer_media)
    if card.explain:
        answer += f'<p class="explain">{to_html(card.explain)}</p>'
    label = escape(_("Answer"))
    parts.append(f"<details><summary>→ {label}</summary>{answer}</details>")
    parts += _told(card.problems)
    return f'<article lang="{escape(question.lang)}">\n{"".join(parts)}\n</article>'


def _medium(folder: Path, name: str) -> str:
    """A picture or sound as others will see it; only its name where it can't be shown."""
    about = f'<p class="about">{escape(name)}</p>'
    try:
        file = media_file(folder, name)
        source = f"data:{file.type};base64,{b64encode(file.path.read_bytes()).decode()}"
    except (QuizkitError, OSError):
        return about
    if file.medium is Medium.PICTURE:
        return f'<img src="{source}" alt="{escape(name)}">{about}'
    tag = "audio" if file.medium is Medium.SOUND else "video"
    return f'<{tag} src="{source}" controls></{tag}>{about}'


def _told(problems: Iterable[Diagnostic]) -> list[str]:
    """What is wrong, a paragraph each, with the line in the file."""
    told = []
    for problem in problems:
        tone = problem.rule.severity.value
        said = escape(f"{problem.span.line}: {problem.message} {problem.fix}")
        told.append(f'<p class="{tone}">{tone}: {said}</p>')
    return told
