"""Where phones reach this machine: its addresses, a QR code of them, and advice when none comes."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from quizkit.errors import QuizkitError
from quizkit.i18n import N_, _, translate

DEFAULT_PORT = 8765
PATIENCE_MS = 45_000
"""How long the lobby is open before somebody who waits for phones is given advice."""

_ELSEWHERE = ("192.0.2.1", "10.255.255.255", "192.168.255.255", "172.31.255.255", "169.254.255.255")
"""Addresses whose routes tell which of ours is used; nothing is sent to them."""

NOBODY = N_(
    "No phone has reached this computer yet. Are the phones on the same Wi-Fi? Guest and school networks often keep "
    "devices apart; then open a hotspot on a phone and join it with this computer, or let port {port} through the "
    "firewall."
)
ONLY_HERE = N_(
    "So far only this computer has opened the page. If phones can't, the Wi-Fi may keep devices apart: use a phone's "
    "hotspot, or let port {port} through the firewall."
)
NO_NETWORK = N_(
    "This computer is on no network that phones could reach. Join the phones' Wi-Fi, or open a hotspot on a phone."
)


def lan_addresses() -> list[str]:
    """The addresses by which others may reach this machine, the likeliest first. Nothing is sent anywhere."""
    found: dict[str, None] = {}
    for target in _ELSEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
                found[probe.getsockname()[0]] = None
            except OSError:
                continue
    try:
        for *_rest, place in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(place[0])] = None
    except OSError:
        pass
    usable = [address for address in found if not ipaddress.ip_address(address).is_loopback and address != "0.0.0.0"]
    # sorted() is stable: among equals the route the system itself prefers stays first.
    return sorted(usable, key=_unlikeliness)


def _unlikeliness(address: str) -> int:
    if address.startswith("169.254."):
        return 2
    # Containers and virtual machines like these.
    return 1 if address.startswith(("172.17.", "172.18.", "192.168.122.")) else 0


def own_names() -> set[str]:
    """The names this machine goes by in its network."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return {name, short, f"{short}.local"}


def listen(host: str, port: int, *, exact: bool) -> socket.socket:
    """A socket that phones can come to; another port than that one when it is taken and `exact` is false.

    Raises QuizkitError when there is none to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port,) if exact or port == 0 else (*range(port, port + 10), 0):
        # Only of sockets that say they are TCP does asyncio turn off Nagle's delay, 40 ms on every second message.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, wanted))
            listener.listen(2048)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
        else:
            return listener
    raise QuizkitError(
        _("Nobody can be let in at {address}: {reason}.", address=f"{host}:{port}", reason=reason),
        _("End the other program, or choose another port with --port."),
    )


def at(address: str, port: int) -> str:
    """The address of a page's server."""
    shown = f"[{address}]" if ":" in address else address
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def advice(lang: str, *, port: int, lobby_ms: int, others: int, here: int, addresses: Iterable[str]) -> str:
    """What to tell a teacher who waits for phones; '' when all seems well.

    `lobby_ms` is how long they have been waited for; `others` and `here` count who opened the page, from other
    machines and from this one.
    """
    if others:
        return ""
    if not list(addresses):
        return translate(NO_NETWORK, lang)
    if lobby_ms < PATIENCE_MS:
        return ""
    return translate(ONLY_HERE if here else NOBODY, lang).format(port=port)


def qr_svg(text: str) -> str:
    """A QR code as SVG that takes the size of where it stands, dark on light."""
    import io

    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=4
    )
    return out.getvalue().decode().strip()


def qr_lines(text: str, *, colour: bool = True) -> list[str]:
    """A QR code for a terminal, two modules in a character.

    With colour it is dark on light whatever the terminal's own colours are; without, light modules are drawn, as on a
    dark ground.
    """
    import segno

    rows = [list(row) for row in segno.make(text, error="l", micro=False).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    lines = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        shades = " ▄▀█" if colour else "█▀▄ "
        line = "".join(shades[2 * bool(one) + bool(other)] for one, other in zip(upper, lower, strict=True))
        lines.append(f"\x1b[30;107m{line}\x1b[0m" if colour else line)
    return lines
