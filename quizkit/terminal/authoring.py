"""Asking an author: what a new deck shall be, and what a note shall say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import questionary

from quizkit.columns import clip
from quizkit.decks.adding import MANY, Draft, arranged, ids_in, named
from quizkit.decks.load import Loaded
from quizkit.decks.notes import ID, slug
from quizkit.decks.starting import LANGUAGES, TEMPLATES
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds import KINDS, Key, keys_of
from quizkit.kinds import kind as module
from quizkit.kinds.keys import Form
from quizkit.terminal.draw import Page
from quizkit.terminal.preview import preview_lines, problem_lines
from quizkit.terminal.prompts import answered, confirm, menu
from quizkit.workspace.preview import preview_of

OFFERED = ("explain", "tags", "cite")
"""The shared keys that are asked for one by one; the others are for whoever opens the file."""


class Wanted(NamedTuple):
    """What a new deck shall be; what is empty isn't known yet."""

    title: str = ""
    languages: tuple[str, ...] = ()
    template: str = ""
    source: str = ""


def ask_deck(name: str, known: Wanted, spoken: str) -> Wanted:
    """A few questions; what is known already isn't asked. Raises KeyboardInterrupt when left with Ctrl-C."""
    title = known.title or _asked(_("Title, as learners see it:"), name.replace("-", " ").capitalize())
    picked = known.languages
    if not picked:
        names = {"en": "English", "ja": "日本語", "ko": "한국어"}
        choices = [questionary.Choice(names[tag], value=tag, checked=tag == spoken) for tag in LANGUAGES]
        told = _("(Space ticks · Enter goes on)")
        ticked = answered(questionary.checkbox(_("Languages of its texts:"), choices, instruction=told))
        if ticked is None:
            raise KeyboardInterrupt
        picked = tuple(ticked) or (spoken,)
    template = known.template
    if not template:
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
    source = known.source or _asked(_("Where does its knowledge come from? (a title; empty: no source)"), "")
    return Wanted(title, picked, template, source)


def _asked(text: str, default: str) -> str:
    answer = answered(questionary.text(text, default=default))
    if answer is None:
        raise KeyboardInterrupt
    return str(answer).strip()


def ask_notes(
    page: Callable[[], Page],
    loaded: Loaded,
    langs: Sequence[str],
    draft: Callable[[Mapping[str, Any]], Draft],
    kind: str = "",
    given: Callable[[str], Mapping[str, Any]] | None = None,
) -> Iterator[Mapping[str, Any]]:
    """Notes as an author enters them, each agreed to after a look at its cards. Ctrl-C ends; what was kept stays.

    Of the first note, `given` tells what is known already of one of a kind; all of them are of this `kind`, if any.
    """
    taken = ids_in(loaded.root)
    before: Mapping[str, Any] = {}
    while True:
        try:
            wanted = before.get("kind") or kind or _ask_kind(page())
            note = _ask_note(page(), loaded, taken, {"kind": wanted, **(given(wanted) if given else {})}, before)
            given = None
            made = draft(note)
            _show(page(), made, note["id"], langs)
            next_step = menu(
                _("Keep it?") if made.sound else _("It can't be kept as it is."),
                {
                    **({"keep": _("keep it")} if made.sound else {}),
                    "change": _("change it"),
                    "drop": _("throw it away"),
                },
            )
            if not next_step:
                return
            if next_step == "change":
                before = _as_entered(note)
                continue
            before = {}
            if next_step == "keep":
                taken.append(note["id"])
                yield note
            if not confirm(_("Add another?")):
                return
        except KeyboardInterrupt:
            return


def _ask_kind(page: Page) -> str:
    kind = menu(_("Kind of note"), {name: _described(name, page) for name in KINDS})
    if not kind:
        raise KeyboardInterrupt
    return kind


def _ask_note(
    page: Page, loaded: Loaded, taken: Sequence[str], given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """A note of which the kind at least is given, key by key; what it said `before` is there to be changed."""
    deck = loaded.deck
    languages = (deck.languages if deck else ()) or ("",)
    note = dict(given)
    keys = keys_of(note["kind"])
    own = [key.name for key in module(note["kind"]).KEYS]
    for key in (*(keys[name] for name in own), *(key for name, key in keys.items() if name not in own)):
        if key.name in ("id", *given) or not (key.required or key.name in OFFERED):
            continue
        if key.name == "cite" and not (deck and deck.source):
            continue
        value = _ask_key(page, key, languages, before.get(key.name))
        if value:
            note[key.name] = value
    if before:
        note["id"] = before["id"]
    note = named(arranged(note), taken)
    name = given.get("id") or _asked_id(note["id"])
    while not ID.match(name) or name in taken:
        print(_("That id is taken.") if name in taken else _("Write {id}.", id=slug(name)))
        name = _asked_id(note["id"])
    return {**note, "id": name}


def _asked_id(default: str) -> str:
    return _asked(_("Id (memories hang on it):"), default)


def _as_entered(note: Mapping[str, Any]) -> dict[str, Any]:
    """A note without the answer among its options, which was put there and may change."""
    options, answer = note.get("options"), note.get("answer")
    if not isinstance(options, list):
        return dict(note)
    right = answer if isinstance(answer, list) else [answer]
    return {**note, "options": [option for option in options if option not in right]}


def _described(kind: str, page: Page) -> str:
    """A kind and what it is, in a line of the menu."""
    return clip(f"{kind} – {(module(kind).__doc__ or '').strip().splitlines()[0]}", page.columns - 4)


def _ask_key(page: Page, key: Key, languages: Sequence[str], before: Any) -> Any:
    """What the author enters for a key: members one by one, texts in each language."""
    print("", *page.block(f"{key.name}: {key.doc}", "dim", indent=""), sep="\n")
    if key.form is Form.FLAG:
        return "true" if confirm(f"{key.name}?") else "false"
    members = before if isinstance(before, list) else [before] if before else []
    if key.form is Form.PAIRS:
        lefts = _members("  left", languages, [pair["left"] for pair in members])
        rights = [pair["right"] for pair in members]
        return [
            {"left": left, "right": _text("  right", languages, _at(rights, index))} for index, left in enumerate(lefts)
        ]
    if key.form in (Form.WORDS, Form.FORMS):
        words = _asked(f"{key.name} (a, b, …)", ", ".join(members)).replace("、", ",").split(",")
        return [word.strip() for word in words if word.strip()]
    if key.form in MANY:
        entered = list(_members(key.name, languages, members))
        return entered[0] if len(entered) == 1 and key.form is Form.TEXTS else entered
    return _text(key.name, languages, before) if key.form is Form.TEXT else _asked(key.name, before or "")


def _at(members: Sequence[Any], index: int) -> Any:
    return members[index] if index < len(members) else None


def _members(name: str, languages: Sequence[str], before: Sequence[Any]) -> Iterator[Any]:
    """Texts until an empty one."""
    number = 1
    while text := _text(f"{name} {number}", languages, _at(before, number - 1)):
        yield text
        number += 1


def _text(name: str, languages: Sequence[str], before: Any) -> Any:
    """A text in each language; plain where there is only one."""
    forms = before if isinstance(before, dict) else {languages[0]: before or ""}
    first = _asked(f"{name}{f' ({languages[0]})' if languages[0] else ''}", forms.get(languages[0], ""))
    if not first or len(languages) == 1:
        return first
    others = {lang: _asked(f"{name} ({lang})", forms.get(lang, "")) for lang in languages[1:]}
    entered = {languages[0]: first, **{lang: form for lang, form in others.items() if form}}
    # A name that is the same in every language needs no mapping.
    return first if set(entered.values()) == {first} and len(entered) == len(languages) else entered


def _show(page: Page, draft: Draft, note: str, langs: Sequence[str]) -> None:
    """The cards as a learner will see them, and what is wrong."""
    try:
        views = [view._replace(problems=()) for view in preview_of(draft.loaded, note, langs)]
    except QuizkitError:
        # What is wrong with the note keeps it from making any cards.
        views = []
    print("", *preview_lines(page, views), *problem_lines(page, draft.problems), sep="\n")
