"""Opening other programs: the learner's editor at a line, and whatever shows a picture or plays a sound."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from quizkit.decks.media import medium_of
from quizkit.errors import QuizkitError
from quizkit.i18n import _

_GOTO = {"code": "--goto", "codium": "--goto", "cursor": "--goto"}
_COLON = {"hx", "helix", "subl", "zed", "micro"}


def command_line(editor: str, path: Path, line: int) -> list[str]:
    """How to open `path` at `line` with what $EDITOR holds (a program, with or without options)."""
    words = shlex.split(editor)
    name = Path(words[0]).stem.lower()
    if name in _GOTO:
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, _GOTO[name], f"{path}:{line}"]
    if name in _COLON:
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def edit(path: Path, line: int) -> None:
    """Open the file in $VISUAL or $EDITOR, and wait until it is closed.

    Raises QuizkitError when there is no editor or it fails.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _first_found()
    if not editor.strip():
        raise QuizkitError(_("No editor is known."), _("Set EDITOR, for instance: export EDITOR=nano"))
    try:
        subprocess.run(command_line(editor, path, line), check=False)
    except (OSError, ValueError) as error:
        raise QuizkitError(
            _("The editor {editor} could not be started: {error}", editor=editor, error=error),
            _("Set EDITOR, for instance: export EDITOR=nano"),
        ) from None


def show(path: Path) -> None:
    """Open a file with what the system opens such files with, without waiting.

    Raises QuizkitError, with the file's whole name, when there is no such program.
    """
    import sys

    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        raise QuizkitError(_("Nothing is known here to open {file} with.", file=path), _("Open it yourself."))
    nothing = subprocess.DEVNULL
    subprocess.Popen([opener, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


def show_all(files: Sequence[Path]) -> str:
    """Open the pictures, sounds and films of a card; why one can't be, in a line, or ''."""
    if not files:
        return _("There are no pictures or sounds with this card.")
    for file in files:
        if not file.is_file():
            return _("{file} isn't there.", file=file)
        # A deck may come from anybody: what opens a picture could also start a program.
        if medium_of(file.name) is None:
            return _("{file} is no picture, sound or film that can be shown.", file=file)
        try:
            show(file)
        except QuizkitError as error:
            return f"{error.message} {error.hint}"
    return ""


def _first_found() -> str:
    return next((name for name in ("sensible-editor", "nano", "vi") if shutil.which(name)), "")
