"""What every command needs: the workspace, the learner's languages, and whether to speak JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quizkit import i18n
from quizkit.clock import clock_from_environment
from quizkit.errors import QuizkitError

if TYPE_CHECKING:
    from typer import Context

    from quizkit.terminal.draw import Page
    from quizkit.workspace import Workspace


class Settings(NamedTuple):
    """The options before the command."""

    decks: Path | None = None
    db: Path | None = None


def open_workspace(ctx: Context | None, lang: str | None = None, *, writing: bool = False) -> Workspace:
    """The workspace the options and the folder name, with the interface in the learner's language.

    For `writing` decks a workspace begins here where there is none: those that come with the package stay as they are.
    """
    from quizkit.workspace import Workspace, find_places
    from quizkit.workspace.places import new_places, shipped_decks

    langs = languages(lang)
    i18n.use(langs[0])
    settings: Settings = (ctx.obj if ctx else None) or Settings()
    places = find_places(Path.cwd(), decks=settings.decks, progress=settings.db)
    if writing and places.decks == shipped_decks() and settings.decks is None:
        begun = new_places(Path.cwd())
        places = begun._replace(progress=places.progress) if settings.db else begun
    return Workspace(places, clock_from_environment(), langs)


def languages(lang: str | None) -> tuple[str, ...]:
    """Languages in order of preference: as asked for, else as QUIZKIT_LANG or the locale says; English last.

    Raises QuizkitError when something that was asked for can't be the tag of a language.
    """
    wanted = [part.strip() for part in (lang or os.environ.get("QUIZKIT_LANG") or "").split(",") if part.strip()]
    for tag in wanted:
        if not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in tag.replace("_", "-").split("-")):
            raise QuizkitError(f"{tag!r} is no language.", "Name one by its tag, such as en, ja, ko or zh-Hant.")
    if not wanted:
        locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
        tag = locale.split(".")[0].replace("_", "-")
        wanted = [tag] if i18n.primary(tag) in i18n.LANGUAGES else []
    return tuple(dict.fromkeys([*wanted, "en"]))


def page() -> Page:
    """The page to draw on."""
    from quizkit.terminal.draw import Page
    from quizkit.terminal.style import page_width, style_for

    return Page(page_width(), style_for())


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def say(*lines: str) -> None:
    """Print lines."""
    print("\n".join(lines))


def say_left_out(told: str) -> None:
    """Say beside what a script reads that something was left out, if anything was."""
    if told:
        print(told, file=sys.stderr)


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()


def write_text(path: Path, text: str | bytes) -> None:
    """Write a file the user named, as it is or in UTF-8. Raises QuizkitError when it can't be written."""
    from quizkit.errors import QuizkitError
    from quizkit.i18n import _

    try:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    except OSError as error:
        raise QuizkitError(
            _("{file} can't be written: {reason}", file=path, reason=error.strerror or error), _("Choose another name.")
        ) from None
