"""What lets somebody in: all of it derived from one secret of the drill, so that it still does after a restart."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_hex

SIGNED = 18
"""Bytes of a signature that are kept: 144 bits, which nobody guesses."""


def new_secret() -> str:
    """A secret for a drill."""
    return token_hex(32)


class Tokens:
    """The PIN, the tokens and the ids of a drill."""

    def __init__(self, secret: str) -> None:
        self._key = secret.encode()
        self.pin = f"{int.from_bytes(self._digest('pin')[:8]) % 1_000_000:06}"
        self.host = self._sign("host")
        self.screen = self._sign("screen")
        self.drill = self._sign("drill")[:12]
        """What phones call the drill. Its own id would tell how the options were shuffled."""

    def of_player(self, player: str, epoch: int) -> str:
        """A player's token. Whoever is sent out needs another: `epoch` counts how often that was."""
        return f"{self._sign('player', player, str(epoch))}.{player}"

    def player(self, token: str) -> str:
        """Whose token it would be; '' when it is none at all. `is_players` says whether it really is."""
        return token.partition(".")[2]

    def is_players(self, token: str, player: str, epoch: int) -> bool:
        """Whether the token is that player's."""
        return same(token, self.of_player(player, epoch))

    def mine(self, player: str) -> str:
        """The secret part of the address of a player's own page."""
        return self._sign("mine", player)

    def option(self, item: int, index: int) -> str:
        """What an option is called on the wire; neither its place nor the author's order shows in it."""
        return self._sign("option", str(item), str(index))[:8]

    def media(self, item: int, side: str, name: str) -> str:
        """What a picture or sound is called on the wire, on one side of one card: who isn't told can't ask for it."""
        return self._sign("media", str(item), side, name)

    def _digest(self, *words: str) -> bytes:
        return hmac.new(self._key, "\0".join(words).encode(), sha256).digest()

    def _sign(self, *words: str) -> str:
        return urlsafe_b64encode(self._digest(*words)[:SIGNED]).decode().replace("-", "a").replace("_", "b")


def same(one: object, other: str) -> bool:
    """Whether two secrets are equal, told in the same time for all that aren't."""
    # A stranger's text may hold halves of surrogate pairs, which no encoding takes.
    return isinstance(one, str) and hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())
