"""Beginning and ending of the language server."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quizkit.clock import clock_from_environment
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.lsp.server import DeckServer, RefusedError
from quizkit.workspace import Workspace, find_places


def serve(tcp: tuple[str, int] | None = None) -> None:
    """Serve one editor until it says goodbye or goes away: over standard input and output, or over TCP.

    Raises QuizkitError when nobody can listen at the address.
    """
    level = logging.DEBUG if os.environ.get("QUIZKIT_DEBUG") else logging.ERROR
    logging.basicConfig(stream=sys.stderr, level=level, format="quizkit lsp: %(message)s")
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_ours)
    server = DeckServer(remembered_in)
    if tcp is not None:
        logging.getLogger("pygls.server").setLevel(logging.INFO)
        try:
            server.start_tcp(*tcp)
        except OSError as problem:
            raise QuizkitError(
                _(
                    "Nobody can listen at {host}:{port}: {reason}",
                    host=tcp[0],
                    port=tcp[1],
                    reason=problem.strerror or problem,
                )
            ) from None
        return
    # The protocol alone writes to standard output: whatever else is printed goes to standard error.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        server.start_io(sys.stdin.buffer, out)


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether an error belongs in the log: not what the author is told anyway."""
    return not (record.exc_info and isinstance(record.exc_info[1], RefusedError))


def remembered_in(decks: Path) -> Mapping[str, Any]:
    """The notes that learners have memories of in the workspace of a folder of decks.

    Nothing is known where the progress can't be read: the author writes on.
    """
    if not decks.is_dir():
        return {}
    try:
        with Workspace(find_places(decks, decks=decks), clock_from_environment()) as workspace:
            return workspace.remembered_notes()
    except QuizkitError as error:
        logging.getLogger(__name__).warning("%s", error.message)
        return {}
