"""The desk of a live drill: the rules by which people come in, answer and keep order. No sockets here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any, NamedTuple

from quizkit.answers.folding import plain
from quizkit.clock import Clock
from quizkit.drills.players import Player, Refusal, folded
from quizkit.drills.scene import is_whole
from quizkit.live.book import Book
from quizkit.live.entry import Hello, Record, Told, speaks
from quizkit.live.material import Material
from quizkit.live.nicknames import NameFilter, clean
from quizkit.live.tokens import Tokens, same
from quizkit.model.drill import ActType, Student

GUEST = "guest-"

MOST_BY_NAME = 20
"""How often anybody may come back as a player by the name alone; after that it takes the host."""

HOST_ACTS = {
    act.value: act
    for act in (
        ActType.START,
        ActType.CLOSE,
        ActType.DISCUSS,
        ActType.REVOTE,
        ActType.REVEAL,
        ActType.PAUSE,
        ActType.RESUME,
        ActType.EXTEND,
        ActType.SKIP,
        ActType.LOCK,
        ActType.UNLOCK,
        ActType.KICK,
        ActType.RENAME,
        ActType.TEAM,
        ActType.END,
    )
}


class Pass(NamedTuple):
    """What lets somebody in: whose it is, and the number of the device it was given to."""

    player: str
    device: int


class Desk(Book):
    """A live drill under way."""

    def __init__(
        self,
        record: Record,
        material: Material,
        tokens: Tokens,
        clock: Clock,
        *,
        roster: Sequence[Student] = (),
        open_: bool = True,
        names: NameFilter | None = None,
    ) -> None:
        super().__init__(record, clock, roster=roster, open_=open_, gone=material.gone)
        self.material = material
        self.tokens = tokens
        self.names = names or NameFilter()

    # Coming and going

    def come(self, hello: Hello, told: Told) -> Pass:
        """Let somebody in, or back in; `told` is called when that is saved. The PIN is for the caller to check.

        Whoever comes back by a token is on the device that they left. By name alone it may be anybody: that makes a
        device of its own, which the host is shown and may end, and the first stays as good as it was.

        Raises Refusal: locked, full, name-taken, name-unknown, name-shared, name-filtered, kicked, forged,
        unsaved.
        """
        lang = speaks(hello.lang)
        if hello.token:
            known = self.known_by(hello.token)
            self._come_back(self.room.players[known.player], lang if hello.lang else "", told)
            return known
        id_, name, number = self._who(hello)
        team = hello.team if hello.team in self.record.program.teams else ""
        data = {"name": name, "number": number, "team": team, "lang": lang, "guest": id_.startswith(GUEST)}
        player = self.room.players.get(id_)
        if player is not None and not player.kicked:
            data["again"] = True
        self._do(ActType.JOIN, id_, self.come_by(), data, told)
        return Pass(id_, self.room.players[id_].epoch)

    def _come_back(self, player: Player, lang: str, told: Told) -> None:
        data = {"lang": lang} if lang else {}
        if not player.connected:
            self._come_or_go(ActType.JOIN, player.id, data, told)
        elif lang and lang != player.lang:
            self._come_or_go(ActType.LANG, player.id, data, told)
        else:
            self._once_saved(told)

    def known_by(self, token: str) -> Pass:
        """Whose token that is. Raises Refusal: forged, or kicked when they were sent out since."""
        player = self.room.players.get(self.tokens.player(token))
        if player is None:
            raise Refusal("forged")
        numbers = range(player.epoch + 1)
        device = next((number for number in numbers if self.tokens.is_players(token, player.id, number)), None)
        if device is None:
            raise Refusal("forged")
        if player.kicked or device not in player.devices:
            raise Refusal("kicked")
        return Pass(player.id, device)

    def token(self, known: Pass) -> str:
        """The token that lets somebody in again, on the same device."""
        return self.tokens.of_player(known.player, known.device)

    def _who(self, hello: Hello) -> tuple[str, str, str]:
        """The id, name and number of somebody who comes with the PIN."""
        name, number = clean(hello.name), clean(hello.number)
        if not name:
            raise Refusal("name-unknown")
        named = self._named(hello.name)
        found = [who for who in named or self._roster if folded(who.number) == folded(number)] if number else named
        if len(found) == 1:
            known = self.room.players.get(found[0].id)
            if known is not None and not known.kicked and (known.connected or known.epoch >= MOST_BY_NAME):
                raise Refusal("name-taken")
            return found[0].id, found[0].name, found[0].number
        if len(named) > 1:
            raise Refusal("name-shared")
        if named or not self.room.open:
            raise Refusal("name-unknown")
        if self.names.refuses(name):
            raise Refusal("name-filtered")
        return f"{GUEST}{token_hex(4)}", name, ""

    def _named(self, text: str) -> list[Student]:
        """Those of the roster who have that name or number: to the letter, or else as a phone may write the name."""
        form = folded(text)
        exact = [who for who in self._roster if form and form in (folded(who.name), folded(who.number))]
        return exact or [who for who in self._roster if form and plain(who.name) == plain(text)]

    def leave(self, player: str) -> None:
        """Nobody is connected as that player any more."""
        known = self.room.players.get(player)
        if known is not None and known.connected and not known.kicked:
            self._come_or_go(ActType.LEAVE, player, {})

    def speak(self, player: str, lang: str) -> None:
        """A player chooses another language. Raises Refusal."""
        if self.room.known(player).lang != speaks(lang):
            self._come_or_go(ActType.LANG, player, {"lang": speaks(lang)})

    # Playing

    def answer(self, player: str, item: object, round_: object, values: object, told: Told) -> None:
        """An answer from a phone: judged, logged, and then `told`. The same answer again is told again.

        Raises Refusal.
        """
        if not is_whole(item) or not is_whole(round_):
            raise Refusal("bad-message")
        at = self.come_by()
        try:
            who = self.room.check_answer(player, item, round_, at)
        except Refusal as refusal:
            if refusal.code != "double" or not self._same(player, item, round_, values):
                raise
            # Its first acknowledgement may have been lost on the way.
            self._once_saved(told)
            return
        if self._stuck:
            self._turned_away = self._turned_away or at
        self._need_saving()
        found = self.material.tell(item, speaks(who.lang), values)
        data = {
            "item": item,
            "round": round_,
            "card": found.card,
            "values": list(found.values),
            "picked": list(found.picked),
            "score": found.score,
            "outcome": found.outcome,
            "ms": self.room.elapsed(player, at),
            "lang": found.lang,
            "shape": found.shape,
            "event": self.record.new_event_id(),
        }
        self._do(ActType.ANSWER, player, at, data, told)

    def _same(self, player: str, item: int, round_: int, values: object) -> bool:
        given = self.room.answers[item, round_][player]
        return self.material.is_same(item, given.lang or speaks(self.room.players[player].lang), values, given)

    def go_on(self, player: str) -> None:
        """At everybody's own speed: a player goes on. Raises Refusal."""
        self._do(ActType.NEXT, player, self.come_by(), {})

    # Keeping order

    def host(self, action: object, data: Mapping[str, Any]) -> None:
        """What the host does. Raises Refusal."""
        type_ = self.room.following() if action == "next" else HOST_ACTS.get(str(action))
        if type_ is None:
            raise Refusal("bad-message")
        kept: dict[str, Any] = {}
        match type_:
            case ActType.EXTEND:
                kept["seconds"] = data.get("seconds")
            case ActType.KICK:
                kept |= {"player": data.get("player")} | ({"second": True} if data.get("second") else {})
            case ActType.RENAME:
                kept |= {"player": data.get("player"), "name": clean(data.get("name"))}
            case ActType.TEAM:
                kept |= {"player": data.get("player"), "team": data.get("team")}
        self._do(type_, "", self.clock.now(), kept)

    def is_host(self, token: object) -> bool:
        """Whether that is the host's token."""
        return same(token, self.tokens.host)

    def is_screen(self, token: object) -> bool:
        """Whether that is the projector's token; the host's will do, too."""
        return same(token, self.tokens.screen) or self.is_host(token)
