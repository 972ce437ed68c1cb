"""Where the `quizkit` command begins, and where errors end."""

from __future__ import annotations

import errno
import gc
import os
import sys

from quizkit.errors import QuizkitError

EXIT_USER, EXIT_BUG = 1, 3
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What a system says when there is no room left."""


def run() -> None:
    """Run the command that was typed.

    `quizkit study`, with names of decks or without, holds nothing to parse: it leaves out Typer, which would take
    longer to load than all the rest.
    """
    if sys.argv[1:2] == ["study"] and not any(word.startswith("-") for word in sys.argv[2:]):
        from quizkit.cli.face import study_now

        study_now(tuple(sys.argv[2:]))
    else:
        from quizkit.cli.app import app

        app()


def main() -> None:
    """Run the command line. A user's mistake ends with a message and code 1, a bug of ours with 3."""
    # A start makes many objects and next to no garbage: looking for it would only take time.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        try:
            run()
        finally:
            # What is still on its way would else fail where nobody can say why.
            sys.stdout.flush()
    except QuizkitError as error:
        _complain(error)
        sys.exit(EXIT_USER)
    except BrokenPipeError:
        # The reader has gone: what was saved is saved. Keep the interpreter from complaining at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(EXIT_USER)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _complain(_no_room(error))
            sys.exit(EXIT_USER)
        if os.environ.get("QUIZKIT_DEBUG"):
            raise
        _confess(error)
        sys.exit(EXIT_BUG)


def _complain(error: QuizkitError) -> None:
    from quizkit.terminal.style import style_for

    style = style_for(sys.stderr)
    print(f"{style('quizkit:', 'bad', 'bold')} {error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)


def _no_room(error: OSError) -> QuizkitError:
    from quizkit.i18n import _

    where = error.filename or _("the output")
    return QuizkitError(
        _("{file} can't be written: {reason}", file=where, reason=error.strerror), _("Make room, and try again.")
    )


def _confess(error: Exception) -> None:
    """A bug: say so, keep the traceback where it can be found, and don't show it."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="quizkit-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write(" ".join(sys.argv) + "\n\n" + "".join(traceback.format_exception(error)))
    print(f"quizkit: this is a bug of quizkit's, not yours: {type(error).__name__}: {error}", file=sys.stderr)
    print(f"  Every answer shown as saved is saved. The details are in {report.name}", file=sys.stderr)
