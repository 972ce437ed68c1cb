"""New decks: small ones that teach the format by example, in the languages wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from quizkit.decks.notes import ID, slug
from quizkit.decks.scan import SOURCES, SUFFIXES
from quizkit.decks.write import replace_file, scalar
from quizkit.errors import QuizkitError
from quizkit.i18n import _, primary
from quizkit.kinds.fields import COUNTRIES, is_language

TEMPLATES = ("starter", "vocabulary", "chronology", "argument", "definitions", "people")
LANGUAGES = ("en", "ja", "ko")
"""The languages the templates are written in; another one begins with the English texts."""

_FORM = re.compile(r"(?P<lead> +(?:- )?)(?P<lang>en|ja|ko): (?P<text>.*)")
_OPEN = re.compile(r"(?P<lead> *(?:- )?[a-z_]+:)$")
BLANK = """\
# A deck is a list of notes. docs/deck-format.md has all the kinds; `quizkit deck add {deck}` adds a note at prompts.
deck: {deck}
title: {title}
languages: {languages}
notes: []
"""
SOURCE = """\
# Where the deck's knowledge comes from, and its passages in your own words. Notes name them: `cite: P1`.
source: {source}
title: {title}
author: {author}
published: '{year}'
passages:
  - id: P1
    gist: What the first passage says, in a sentence.
"""


def new_deck(folder: Path, name: str) -> Path:
    """The file of a deck that isn't there yet. Raises QuizkitError for a name that can't be, or is taken."""
    if not ID.match(name):
        raise QuizkitError(_("{deck} can't be a deck's id.", deck=repr(name)), _("Write {id}.", id=slug(name)))
    for end in SUFFIXES:
        if (path := folder / f"{name}{end}").exists():
            raise QuizkitError(_("{path} is there already.", path=path), _("Choose another name."))
    return folder / f"{name}.yaml"


def begin(path: Path, title: str, languages: Sequence[str], template: str, source: str, year: int) -> list[Path]:
    """Write a new deck, and its source where that isn't there yet; the files that were written.

    Raises QuizkitError for a template or language that doesn't exist, and when a file can't be written.
    """
    for tag in languages:
        if not is_language(tag):
            meant = COUNTRIES.get(tag)
            hint = f"Did you mean {meant}?" if meant else "Name one by its tag, such as en, ja, ko or zh-Hant."
            raise QuizkitError(f"{tag!r} is no language.", hint)
    # A title in another script makes no id.
    source_id = (slug(source) if re.search("[A-Za-z0-9]", source) else f"{path.stem}-source") if source else ""
    made = {path: deck_text(path.stem, title, languages, template, source_id)}
    sources = path.parent / SOURCES
    if source_id and not any((sources / f"{source_id}{end}").exists() for end in SUFFIXES):
        made[sources / f"{source_id}.yaml"] = source_text(source_id, source, source, year)
    for file, text in made.items():
        replace_file(file, text.encode())
    return list(made)


def deck_text(deck: str, title: str, languages: Sequence[str], template: str, source: str = "") -> str:
    """A new deck file. Raises QuizkitError when there is no such template."""
    if template == "blank":
        text = BLANK
    elif template in TEMPLATES:
        text = files("quizkit.decks").joinpath("templates").joinpath(f"{template}.yaml").read_text("utf-8")
    else:
        raise QuizkitError(f"There is no template {template!r}.", f"Templates: {', '.join(TEMPLATES)}.")
    text = in_languages(text, languages)
    text = text.replace("{deck}", deck).replace("{title}", scalar(title))
    text = text.replace("{languages}", f"[{', '.join(scalar(lang, flow=True) for lang in languages)}]")
    if source:
        text = text.replace("\nnotes:", f"\nsource: {source}\nnotes:", 1)
        # Where there is a source, each note says which passage bears it out.
        text = re.sub(r"(?m)^(    )(kind: .*)$", r"\1\2\n\1cite: P1", text)
    return text


def source_text(source: str, title: str, author: str, year: int) -> str:
    """A new source file with one passage."""
    filled = {"source": source, "title": scalar(title), "author": scalar(author), "year": str(year)}
    return SOURCE.format(**filled)


def in_languages(text: str, languages: Sequence[str]) -> str:
    """A template's text in these languages only; where there is one, each text stands in the line of its key."""
    alone = len(languages) == 1
    tags: dict[str, list[str]] = {}
    for lang in languages:
        spoken = primary(lang)
        tags.setdefault(spoken if spoken in LANGUAGES else "en", []).append(lang)
    lines: list[str] = []
    hyphen = ""
    for line in text.split("\n"):
        found = _FORM.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        lead = found["lead"]
        # The hyphen of a list's member stands before its first language, which may not be wanted.
        hyphen = lead if "- " in lead else hyphen
        if found["lang"] not in tags:
            continue
        lead = hyphen or lead
        hyphen = ""
        if not alone:
            for tag in tags[found["lang"]]:
                lines.append(f"{lead}{tag}: {found['text']}")
                lead = lead.replace("-", " ")
        elif "- " in lead:
            lines.append(f"{lead}{found['text']}")
        elif _OPEN.fullmatch(lines[-1]):
            lines[-1] += f" {found['text']}"
    return "\n".join(lines)
