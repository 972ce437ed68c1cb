"""The language server: it hears what happens to files, tells what is wrong with them, and answers."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from quizkit import __version__
from quizkit.diagnostics import Diagnostic
from quizkit.errors import QuizkitError
from quizkit.lsp.convert import from_range, path_of, to_diagnostic
from quizkit.lsp.desk import Desk, Remembered
from quizkit.lsp.protocol import DeckProtocol
from quizkit.lsp.requests import Requests
from quizkit.lsp.text import Units

SOONEST = 0.005
"""Seconds from an edit to the check that follows it: what comes in one breath is checked at once."""
QUICK, LONGEST_REST = 0.2, 0.5
"""Seconds. A check that took longer than QUICK is followed by as long a rest: the editor's questions come first."""

REQUEST_FAILED = -32803
TRIGGERS = (" ", "[", "/")
DECK_FILES = ("**/decks/**/*.yaml", "**/decks/**/*.yml")

T = TypeVar("T")


class RefusedError(JsonRpcException):
    """What an author wants can't be done, and the editor says why: no error of ours."""


class DeckServer(LanguageServer):
    """A server for decks in an editor."""

    def __init__(self, remembered: Remembered | None = None) -> None:
        super().__init__("quizkit", __version__, protocol_cls=DeckProtocol)
        self._desk = Desk(remembered=remembered)
        self._uris: dict[Path, str] = {}
        self._told: dict[Path, list[Diagnostic]] = {}
        self._waiting: asyncio.TimerHandle | None = None
        self._not_before = 0.0
        self._register(Requests(self._desk, self._uris))

    def _register(self, requests: Requests) -> None:
        """Say what is answered here."""
        answers: dict[str, tuple[Callable[[Any], object], object]] = {
            lsp.TEXT_DOCUMENT_COMPLETION: (
                requests.completion,
                lsp.CompletionOptions(trigger_characters=list(TRIGGERS)),
            ),
            lsp.TEXT_DOCUMENT_HOVER: (requests.hover, None),
            lsp.TEXT_DOCUMENT_DEFINITION: (requests.definition, None),
            lsp.TEXT_DOCUMENT_REFERENCES: (requests.references, None),
            lsp.TEXT_DOCUMENT_PREPARE_RENAME: (requests.renamable, None),
            lsp.TEXT_DOCUMENT_RENAME: (lambda asked: _told_kindly(requests.rename, asked), None),
            lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (lambda asked: requests.symbols(asked.text_document.uri), None),
            lsp.TEXT_DOCUMENT_CODE_ACTION: (
                lambda asked: requests.actions(asked.text_document.uri, asked.range, asked.context.only),
                lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]),
            ),
            lsp.INITIALIZED: (self._begin, None),
            lsp.TEXT_DOCUMENT_DID_SAVE: (self._look_again, None),
            lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: (self._look_again, None),
        }
        for name, (answer, options) in answers.items():
            # pygls leaves notes on what it calls, which methods don't take.
            self.feature(name, options)(partial(answer))

    # What the editor tells

    def _begin(self, _params: object) -> None:
        """Both sides know each other: columns are counted as agreed, and files on the disk are watched."""
        encoding = self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
        self._desk.units = Units(str(getattr(encoding, "value", encoding)))
        watching = self.client_capabilities.workspace and self.client_capabilities.workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            watchers = [lsp.FileSystemWatcher(pattern) for pattern in DECK_FILES]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            wanted = lsp.Registration("decks", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(lsp.RegistrationParams([wanted]))

    def did_open(self, uri: str, text: str) -> None:
        """A file was opened."""
        path = path_of(uri)
        if path is not None:
            self._uris[path] = uri
            self._desk.put(path, text)
            self._check_soon()

    def did_change(self, uri: str, changes: Sequence[lsp.TextDocumentContentChangeEvent]) -> None:
        """An open file was edited."""
        path = path_of(uri)
        if path is not None:
            for change in changes:
                where = getattr(change, "range", None)
                self._desk.change(path, from_range(where) if where else None, change.text)
            self._check_soon()

    def did_close(self, uri: str) -> None:
        """A file was closed: nothing is told of it any more."""
        path = path_of(uri)
        if path is not None:
            self._desk.close(path)
            self._uris.pop(path, None)
            if self._told.pop(path, None):
                self._publish(uri, [])
            self._check_soon()

    def _look_again(self, _params: object) -> None:
        """Something changed on the disk."""
        self._desk.forget_memories()
        self._check_soon()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors are in the log, which is standard error: no message gets into the author's way."""

    # What it is told

    def _check_soon(self) -> None:
        """Check what is open, soon; what happens until then is met by it."""
        if self._waiting is None:
            pause = max(SOONEST, self._not_before - time.perf_counter())
            self._waiting = asyncio.get_running_loop().call_later(pause, self._check)

    def _check(self) -> None:
        """Tell what is wrong with the open files, where that has changed."""
        self._waiting = None
        began = time.perf_counter()
        for path, uri in self._uris.items():
            if not self._desk.is_ours(path):
                continue
            found = self._desk.view(path).diagnostics.get(self._desk.paper(path).name, [])
            if self._told.get(path) != found:
                self._told[path] = found
                paper = self._desk.paper(path)
                self._publish(uri, [to_diagnostic(paper, one) for one in found])
        ended = time.perf_counter()
        if ended - began > QUICK:
            self._not_before = ended + min(ended - began, LONGEST_REST)
            # What was read is kept: looking for garbage among it, again and again, would take longest of all.
            gc.freeze()

    def _publish(self, uri: str, diagnostics: list[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics))


def _told_kindly(answer: Callable[[Any], T], asked: Any) -> T:
    """An answer; a user's mistake is refused in words that the editor shows."""
    try:
        return answer(asked)
    except QuizkitError as error:
        raise RefusedError(f"{error.message} {error.hint}".strip(), code=REQUEST_FAILED) from error
