"""Asking an author: what a new deck shall be, and what a note shall say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import questionary

from quizkit.decks.adding import MANY, arranged, named, tried
from quizkit.decks.notes import ID, slug
from quizkit.decks.starting import LANGUAGES, TEMPLATES
from quizkit.i18n import _
from quizkit.kinds import KINDS, Key, keys_of
from quizkit.kinds import kind as module
from quizkit.kinds.keys import Form
from quizkit.model import Asking, Deck, Note
from quizkit.terminal import draw
from quizkit.terminal.draw import Page
from quizkit.terminal.prompts import confirm, menu

if TYPE_CHECKING:
    from quizkit.diagnostics import Diagnostic

OFFERED = ("explain", "tags", "cite")
"""The shared keys that are asked for one by one; the others are for whoever opens the file."""


class Wanted(NamedTuple):
    """What a new deck shall be."""

    title: str
    languages: tuple[str, ...]
    template: str
    source: str


def ask_deck(name: str, title: str, languages: Sequence[str], template: str | None, source: str) -> Wanted:
    """A few questions; what is known already isn't asked. Raises KeyboardInterrupt when left with Ctrl-C."""
    title = title or _asked(_("Title, as learners see it:"), name.replace("-", " ").capitalize())
    names = {"en": "English", "ja": "日本語", "ko": "한국어"}
    choices = [questionary.Choice(names[tag], value=tag, checked=tag in languages) for tag in LANGUAGES]
    picked = questionary.checkbox(_("Languages of its texts:"), choices).ask()
    if picked is None:
        raise KeyboardInterrupt
    if template is None:
        words = {
            "starter": _("a bit of everything"),
            "vocabulary": _("words and meanings"),
            "chronology": _("dates and orders of events"),
            "argument": _("claims, grounds and objections"),
            "definitions": _("terms and what they mean"),
            "people": _("who is who"),
            "blank": _("nothing to begin with"),
        }
        template = menu(_("What is it about?"), {key: words[key] for key in (*TEMPLATES, "blank")})
        if not template:
            raise KeyboardInterrupt
    source = source or _asked(_("Where does its knowledge come from? (a title; empty: no source)"), "")
    return Wanted(title, tuple(picked) or tuple(languages), template, source)


def _asked(text: str, default: str) -> str:
    answer = questionary.text(text, default=default).ask()
    if answer is None:
        raise KeyboardInterrupt
    return str(answer).strip()


def ask_notes(page: Callable[[], Page], deck: Deck, langs: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Notes as an author enters them, each agreed to after a look at its cards. Ctrl-C ends; what was kept stays."""
    taken = [note.id for note in deck.notes]
    languages = deck.languages or ("",)
    while True:
        try:
            note = _ask_note(deck, languages, taken)
            made, problems = tried(note, deck.id, deck.languages)
            _show(page(), made, problems, langs)
            if made is None or any(problem.is_error for problem in problems):
                print(_("This can't be kept as it is: enter it again."))
                continue
            if confirm(_("Keep it?")):
                taken.append(note["id"])
                yield note
            if not confirm(_("Add another?")):
                return
        except KeyboardInterrupt:
            return


def _ask_note(deck: Deck, languages: Sequence[str], taken: Sequence[str]) -> dict[str, Any]:
    from quizkit.terminal.prompts import menu as choose

    kind = choose(_("Kind of note"), {name: _first_line(name) for name in KINDS})
    if not kind:
        raise KeyboardInterrupt
    note: dict[str, Any] = {"kind": kind}
    keys = keys_of(kind)
    own = [key.name for key in module(kind).KEYS]
    for key in (*(keys[name] for name in own), *(key for name, key in keys.items() if name not in own)):
        if key.name in ("id", "kind") or not (key.required or key.name in OFFERED):
            continue
        if key.name == "cite" and not deck.source:
            continue
        value = _ask_key(key, languages)
        if value:
            note[key.name] = value
    note = named(arranged(note), taken)
    while True:
        name = _asked(_("Id (memories hang on it):"), note["id"])
        if ID.match(name) and name not in taken:
            return {**note, "id": name}
        print(_("Write {id}.", id=slug(name)) if name not in taken else _("That id is taken."))


def _first_line(kind: str) -> str:
    return f"{kind} – {(module(kind).__doc__ or '').strip().splitlines()[0]}"


def _ask_key(key: Key, languages: Sequence[str]) -> Any:
    """What the author enters for a key: members one by one, texts in each language."""
    print(f"\n{key.name}: {key.doc}")
    if key.form is Form.FLAG:
        return "true" if confirm(f"{key.name}?") else "false"
    if key.form is Form.PAIRS:
        return [{"left": left, "right": _text("  right", languages)} for left in _members("  left", languages)]
    if key.form in (Form.WORDS, Form.FORMS):
        return [
            word.strip() for word in _asked(f"{key.name} (a, b, …)", "").replace("、", ",").split(",") if word.strip()
        ]
    if key.form in MANY:
        members = list(_members(key.name, languages))
        return members[0] if len(members) == 1 and key.form is Form.TEXTS else members
    return _text(key.name, languages) if key.form is Form.TEXT else _asked(key.name, "")


def _members(name: str, languages: Sequence[str]) -> Iterator[Any]:
    """Texts until an empty one."""
    number = 1
    while text := _text(f"{name} {number}", languages):
        yield text
        number += 1


def _text(name: str, languages: Sequence[str]) -> Any:
    """A text in each language; plain where there is only one."""
    first = _asked(f"{name}{f' ({languages[0]})' if languages[0] else ''}", "")
    if not first or len(languages) == 1:
        return first
    forms = {languages[0]: first, **{lang: _asked(f"{name} ({lang})", "") for lang in languages[1:]}}
    return {lang: form for lang, form in forms.items() if form}


def _show(page: Page, note: Note | None, problems: Sequence[Diagnostic], langs: Sequence[str]) -> None:
    """The cards as a learner will see them, and what is wrong."""
    lines = [""]
    for card in note.cards() if note else ():
        question = card.task.ask(Asking(card.key, tuple(langs)))
        lines += [*draw.question(page, question), *draw.options(page, question)]
        lines += draw.solution(page, card.task.solution((question.lang, *langs)).lines)
        lines.append("")
    for problem in problems:
        lines += page.block(f"{problem.message} {problem.fix}", "bad" if problem.is_error else "warn", first="  ! ")
    print("\n".join(lines))
