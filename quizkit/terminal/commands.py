"""What a learner can do at any prompt besides answering: one letter where letters are free, `:letter` where not."""

from __future__ import annotations

from enum import StrEnum

from quizkit.i18n import _


class Command(StrEnum):
    """A wish that is no answer. The value is its key."""

    UNDO = "u"
    SKIP = "s"
    BURY = "b"
    SUSPEND = "x"
    EDIT = "e"
    FLAG = "f"
    PASSAGE = "p"
    OPEN = "o"
    HELP = "?"
    QUIT = "q"


def describe(command: Command) -> str:
    """What a command does, in a few words."""
    return {
        Command.UNDO: _("undo the last answer"),
        Command.SKIP: _("skip: ask me later in this session"),
        Command.BURY: _("bury: not today"),
        Command.SUSPEND: _("suspend: not until I resume it"),
        Command.EDIT: _("edit the note in your editor"),
        Command.FLAG: _("flag, to find it again"),
        Command.PASSAGE: _("show the passage of the source"),
        Command.OPEN: _("open the pictures and sounds"),
        Command.HELP: _("help"),
        Command.QUIT: _("quit: everything answered is kept"),
    }[command]


def command_in(line: str) -> Command | None:
    """The command a typed line is, or None: ':u', ':undo', '：ｑ', ':?'."""
    import unicodedata

    text = unicodedata.normalize("NFKC", line).strip().lower()
    if not text.startswith(":") or len(text) < 2:
        return None
    word = text[1:].strip()
    for command in Command:
        if word == command.value or (len(word) > 1 and command.name.lower() == word):
            return command
    return Command.HELP
