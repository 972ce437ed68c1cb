"""New decks: small ones that teach the format by example, in the languages wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

from quizkit.decks.write import scalar
from quizkit.errors import QuizkitError

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
    wanted = dict.fromkeys(lang if lang in LANGUAGES else "en" for lang in languages)
    names = {lang if lang in LANGUAGES else "en": lang for lang in reversed(languages)}
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
        if found["lang"] not in wanted:
            continue
        lead = hyphen or lead
        hyphen = ""
        if not alone:
            lines.append(f"{lead}{names[found['lang']]}: {found['text']}")
        elif "- " in lead:
            lines.append(f"{lead}{found['text']}")
        elif _OPEN.fullmatch(lines[-1]):
            lines[-1] += f" {found['text']}"
    return "\n".join(lines)
