"""Where phones reach the server, and what a teacher is told when none does."""

from __future__ import annotations

import socket

import pytest

from quizkit.errors import QuizkitError
from quizkit.live.network import PATIENCE_MS, advice, at, lan_addresses, listen, qr_svg


@pytest.mark.parametrize(
    ("waited", "others", "here", "addresses", "told"),
    [
        (0, 0, 0, ["192.168.1.5"], ""),
        (PATIENCE_MS, 0, 0, ["192.168.1.5"], "keep devices apart"),
        (PATIENCE_MS, 0, 3, ["192.168.1.5"], "only this computer"),
        (PATIENCE_MS, 1, 3, ["192.168.1.5"], ""),
        (0, 0, 0, [], "on no network"),
    ],
)
def test_advice(waited, others, here, addresses, told):
    """Whoever waits in vain is told why that may be; nobody else is bothered."""
    said = advice("en", port=8765, lobby_ms=waited, others=others, here=here, addresses=addresses)
    assert told in said
    assert bool(told) == bool(said)


def test_a_port_that_is_taken():
    """Another one is taken, unless it was named."""
    with listen("127.0.0.1", 0, exact=True) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port, exact=False) as second:
            assert second.getsockname()[1] != port
        with pytest.raises(QuizkitError) as refused:
            listen("127.0.0.1", port, exact=True)
        assert "--port" in refused.value.hint


def test_messages_go_out_at_once():
    """Only of sockets that are plainly TCP does asyncio turn off Nagle's delay."""
    with listen("127.0.0.1", 0, exact=True) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_addresses():
    assert "127.0.0.1" not in lan_addresses()
    assert at("192.168.1.5", 80) == "http://192.168.1.5"
    assert at("fe80::1", 8765) == "http://[fe80::1]:8765"


def test_a_code_is_one_svg_without_anything_from_elsewhere():
    svg = qr_svg("http://192.168.1.5:8765")
    assert svg.startswith("<svg")
    assert "viewBox" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
