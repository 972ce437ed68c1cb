"""`quizkit lsp`: decks in an editor."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from quizkit.errors import QuizkitError
from quizkit.i18n import _

lsp_app = typer.Typer(add_completion=False)


@lsp_app.command(epilog="docs/editors.md says how VS Code, Neovim and Emacs start it.")
def lsp(
    tcp: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Listen there, instead of on standard input and output.")
    ] = None,
) -> None:
    """Serve an editor: what is wrong as you type, completion, hover, and ids renamed without losing memories."""
    address = None if tcp is None else _address(tcp)
    if find_spec("pygls") is None:
        raise QuizkitError(
            _("The language server needs a package that isn't installed: pygls."),
            _("Install it: {command}", command="pip install 'quizkit[lsp]'"),
        )
    from quizkit.lsp.serve import serve

    if address is None and sys.stdin.isatty():
        print(_("This speaks to an editor, not to people. Ctrl-C ends it."), file=sys.stderr)
    serve(address)


def _address(text: str) -> tuple[str, int]:
    """A host and a port."""
    host, _colon, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise QuizkitError(_("{text} is no address.", text=text), _("Write it as 127.0.0.1:2087."))
    return host or "127.0.0.1", int(port)
