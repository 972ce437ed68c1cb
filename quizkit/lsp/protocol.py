"""The protocol as we speak it: texts are kept by the desk, and whoever asks nonsense is told so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcMethodNotFound
from pygls.protocol import JsonRPCNotification, LanguageServerProtocol, lsp_method


class Listener(Protocol):
    """Who is told what happens to files."""

    def did_open(self, uri: str, text: str) -> None:
        """A file was opened."""

    def did_change(self, uri: str, changes: Sequence[lsp.TextDocumentContentChangeEvent]) -> None:
        """An open file was edited."""

    def did_close(self, uri: str) -> None:
        """A file was closed."""


class DeckProtocol(LanguageServerProtocol):
    """pygls keeps texts too, but ends their lines where Python does, which editors don't: ours are kept instead."""

    @property
    def _listener(self) -> Listener:
        return self._server  # type: ignore[return-value]

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """A file was opened."""
        self._listener.did_open(params.text_document.uri, params.text_document.text)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """An open file was edited."""
        self._listener.did_change(params.text_document.uri, params.content_changes)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """A file was closed."""
        self._listener.did_close(params.text_document.uri)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message out of JSON. A request that makes no sense is refused: whoever asked waits for an answer."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if isinstance(method := data.get("method"), str) and isinstance(data.get("id"), (int, str)):
                is_known = self.get_message_type(method) is not None
                refusal = JsonRpcInvalidParams() if is_known else JsonRpcMethodNotFound.of(method)
                self._send_response(data["id"], error=refusal.to_response_error())
            # No version: it goes no further.
            return JsonRPCNotification(method="", jsonrpc="", params=None)
