"""Starting the language server, where it can be started and where it can't."""

import socket
import subprocess

from tests.helpers.editor import Editor

WITHOUT = """
import sys
from importlib.abc import MetaPathFinder
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "pygls" else find(name, *rest)
sys.argv = ["quizkit", "lsp"]
from quizkit.cli.main import main
main()
"""


def test_without_pygls(bench):
    """It says what to install; nothing else of quizkit needs it."""
    bench.start = ("-c", WITHOUT)
    said = bench.run("lsp")
    assert (said.code, said.out) == (1, "")
    assert "pip install 'quizkit[lsp]'" in said.err
    assert "Traceback" not in said.err


def test_addresses_that_are_none(bench):
    said = bench.run("lsp", "--tcp", "here:there")
    assert said.code == 1
    assert "here:there is no address" in said.err


def test_over_tcp(bench):
    """An editor may connect to a port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with subprocess.Popen(
        bench.argv("lsp", "--tcp", f"127.0.0.1:{port}"), cwd=bench.folder, env=bench.env, stderr=subprocess.PIPE
    ) as process:
        try:
            while b"Serving on" not in (line := process.stderr.readline()):
                assert line
            assert bench.run("lsp", "--tcp", f"127.0.0.1:{port}").code == 1
            with socket.create_connection(("127.0.0.1", port), timeout=20) as wire, wire.makefile("rwb") as both:
                params = '{"capabilities": {}, "processId": null, "rootUri": null}'
                body = f'{{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {params}}}'.encode()
                both.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                both.flush()
                assert both.readline().startswith(b"Content-Length")
        finally:
            process.kill()


def test_what_is_printed_is_the_protocol(bench):
    """Even the goodbye leaves nothing behind on either stream."""
    with Editor(bench) as editor:
        editor.begin()
        editor.open("decks/tea.yaml")
        assert editor.end() == 0
        assert editor.process.stdout.read() == b""
        assert editor.process.stderr.read() == b""
