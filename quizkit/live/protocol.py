"""What goes over the wire to whom.

Every field that a phone, the projector or the host may see is named here and put in when its time has come; nothing
is ever left out of something larger. What is the same for all is made once for a language.
"""

from __future__ import annotations

import json
from typing import Any
from unicodedata import normalize

from quizkit.columns import clip, level
from quizkit.drills.gain import normalized_gain, vote
from quizkit.drills.players import Player
from quizkit.drills.points import Standing, ranked, rule, team_points
from quizkit.drills.scene import Phase
from quizkit.drills.tally import option_counts, outcome_counts, placed_counts, rights, text_counts
from quizkit.live.desk import Desk
from quizkit.live.material import PICKS, PLACED
from quizkit.markup import plain
from quizkit.model.drill import CardItem, Poll, Slide

BOARD = 10
"""The best that are shown."""

TEXTS, TEXT_COLUMNS = 8, 60
"""Typed answers that are shown, the most frequent, and the columns of each that have room on the wall."""

Data = dict[str, Any]
ON_BOARD = (Phase.REVEALED, Phase.ENDED, Phase.PACED)


dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as short as can be, by one encoder: making one takes longer than a small message."""


class Views:
    """The room as each role sees it, made anew when it has changed."""

    def __init__(self, desk: Desk, title: str) -> None:
        self.desk = desk
        self.title = title
        self._at = -1
        self._kept: dict[str, Any] = {}

    def _once(self, key: str, make: Any) -> Any:
        """What `make` makes, once for each state of the room."""
        if self._at != self.desk.changes:
            self._at, self._kept = self.desk.changes, {}
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    # For all

    def shared(self, lang: str) -> Data:
        """What everybody may see, without the time left, which is told at the moment of sending."""
        found: Data = self._once(f"shared {lang}", lambda: self._shared(lang))
        return found

    def shared_json(self, lang: str) -> str:
        """The same as JSON, its last brace left open."""
        found: str = self._once(f"json {lang}", lambda: dumps(self.shared(lang))[:-1])
        return found

    def _shared(self, lang: str) -> Data:
        room, material, index = self.desk.room, self.desk.material, self.desk.room.index
        item = room.item if room.phase not in (Phase.LOBBY, Phase.PACED, Phase.ENDED) else None
        asks = item is not None and not isinstance(item, Slide)
        here = {player.id for player in room.present() if player.connected}
        answered = room.answered(index, room.round).keys() if asks else set()
        return {
            "title": self.title,
            "lang": lang,
            "phase": room.phase.value,
            "paused": room.paused,
            "locked": room.locked,
            "calm": room.program.calm,
            "open": room.open,
            "paced": room.program.paced,
            "items": len(material.items),
            "item": None
            if item is None
            else {"index": index, "of": len(material.items), "kind": material.kind(index), "round": room.round},
            "question": material.asked(index, lang) if asks else None,
            "slide": material.slide(index, lang) if item is not None else None,
            "seconds": room.seconds,
            "answered": len(answered),
            "asked": len(answered | here),
            "players": len(room.present()),
            "connected": len(here),
            "reveal": self._reveal(lang) if room.phase is Phase.REVEALED else None,
            "counts": self._counts(lang) if room.phase is Phase.CLOSED and isinstance(item, Poll) else None,
            "board": self._board() if room.phase in ON_BOARD and not room.program.calm else None,
            "teams": self._teams() if room.phase in ON_BOARD and not room.program.calm else None,
            "team_names": list(room.program.teams),
            "scoring": rule(room.program.scoring, lang, teams=bool(room.program.teams)),
        }

    def timing(self, now: int) -> str:
        """The fields of the time left, and the closing brace."""
        room = self.desk.room
        left = room.left_ms(now)
        told = "null" if left is None or room.paused else left
        paced = "null" if left is None or room.phase is not Phase.PACED else left
        return f',"left_ms":{told},"ends_at_left_ms":{paced}}}'

    def _counts(self, lang: str) -> list[Data]:
        """How many picked what, right or wrong not told."""
        room, material = self.desk.room, self.desk.material
        question = material.question(room.index, lang)
        if question.shape not in PICKS:
            return []
        texts = {option["id"]: option["text"] for option in (material.asked(room.index, lang) or {})["options"]}
        counted = option_counts(room.answered(room.index, room.round), question.layout)
        return [
            {"id": name, "text": texts[name], "n": n}
            for author, n in counted
            if (name := material.option(room.index, author))
        ]

    def _reveal(self, lang: str) -> Data:
        room, material, index = self.desk.room, self.desk.material, self.desk.room.index
        answers = room.answered(index, room.round)
        told = material.solution(index, lang)
        rounds = [rights(room.answered(index, round_)) for round_ in range(1, room.round + 1)]
        votes = [vote(given) for given in rounds]
        typed = material.question(index, lang).shape not in PICKS
        return {
            **told,
            "counts": [count | {"right": count["id"] in told["right"]} for count in self._counts(lang)],
            "texts": self._texts(lang) if typed else [],
            "answered": len(answers),
            "share": votes[-1].share,
            "outcomes": outcome_counts(answers),
            "rounds": [{"share": one.share, "answered": one.answered} for one in votes],
            "gain": normalized_gain(*rounds) if len(rounds) == 2 else None,
            "beliefs": material.beliefs(index, lang),
        }

    def _texts(self, lang: str) -> list[Data]:
        """The most frequent answers where nothing is picked. Those that put options in places name them, too."""
        room, material, index = self.desk.room, self.desk.material, self.desk.room.index
        answers, question = room.answered(index, room.round), material.question(index, lang)
        if question.shape not in PLACED:
            return [
                {"text": _in_line(text.text), "n": text.n, "outcome": text.outcome}
                for text in text_counts(answers, TEXTS)
                if text.outcome == "right" or not self.desk.names.refuses(text.text)
            ]
        texts = dict(zip(question.layout, map(plain, question.options), strict=True))
        return [
            {
                "text": " · ".join(texts.get(author, "–") for author in picked),
                "n": n,
                "outcome": outcome,
                "values": [material.option(index, author) if author in texts else "" for author in picked],
            }
            for picked, n, outcome in placed_counts(answers, TEXTS)
        ]

    # Points

    def standings(self) -> list[Standing]:
        """Everybody's place."""
        found: list[Standing] = self._once("standings", lambda: ranked(self.desk.room.totals()))
        return found

    def ranks(self) -> dict[str, int]:
        """Everybody's rank."""
        found: dict[str, int] = self._once("ranks", lambda: {at.id: at.rank for at in self.standings()})
        return found

    def _board(self) -> list[Data]:
        players = self.desk.room.players
        return [
            {"rank": at.rank, "name": players[at.id].name, "points": at.points, "team": players[at.id].team}
            for at in self.standings()[:BOARD]
        ]

    def _teams(self) -> list[Data] | None:
        room = self.desk.room
        if not room.program.teams:
            return None
        members = [(player.team, player.points) for player in room.present()]
        found = ranked(team_points(room.program.teams, members))
        return [{"name": at.id, "points": at.points, "rank": at.rank} for at in found]

    # For one player

    def me(self, player: Player, lang: str) -> Data:
        """What one player may see of their own."""
        room = self.desk.room
        seen: Data = {
            "player": player.id,
            "name": player.name,
            "team": player.team,
            "points": player.points,
            "rank": None if room.program.calm else self.ranks().get(player.id),
            "streak": player.streak,
            "lang": lang,
            "answer": None,
            "mine": f"/mine/{self.desk.tokens.mine(player.id)}" if room.phase is Phase.ENDED else "",
        }
        if room.phase is Phase.PACED:
            return seen | self._own_place(player, lang)
        if room.phase not in (Phase.LOBBY, Phase.SLIDE, Phase.ENDED):
            revealed = room.phase is Phase.REVEALED
            given = room.answers.get((room.index, room.round), {}).get(player.id)
            round_ = room.round
            if given is None and revealed and round_ == 2:
                # Whoever didn't vote again keeps the first vote.
                given, round_ = room.answers.get((room.index, 1), {}).get(player.id), 1
            if given is not None:
                seen["answer"] = {
                    "item": room.index,
                    "round": round_,
                    "values": self.desk.material.given(room.index, given),
                    "saved": True,
                }
                if revealed:
                    seen["answer"] |= self.desk.material.verdict(room.index, given, lang)
                    seen["answer"]["won"] = player.won.get(room.index, 0)
        return seen

    def _own_place(self, player: Player, lang: str) -> Data:
        """Where a player is when everybody goes at their own speed."""
        material, at = self.desk.material, player.place
        if at >= len(material.items):
            return {"item": None, "question": None, "slide": None, "reveal": None, "done": True}
        given = self.desk.room.answers.get((at, 1), {}).get(player.id)
        found: Data = {
            "item": {"index": at, "of": len(material.items), "kind": material.kind(at), "round": 1},
            "question": material.asked(at, lang),
            "slide": material.slide(at, lang),
            "reveal": None,
            "done": False,
        }
        if given is not None:
            answer: Data = {"item": at, "round": 1, "values": material.given(at, given), "saved": True}
            if material.kind(at) == "question":
                answer |= material.verdict(at, given, lang) | {"won": player.won.get(at, 0)}
                found["reveal"] = {**material.solution(at, lang), "beliefs": material.beliefs(at, lang)}
            found["answer"] = answer
        return found

    # For the host alone

    def host(self, lang: str) -> Data:
        """What only the host sees."""
        found: Data = self._once(f"host {lang}", lambda: self._host(lang))
        return found

    def _host(self, lang: str) -> Data:
        room, material, index = self.desk.room, self.desk.material, self.desk.room.index
        asks = room.item is not None and not isinstance(room.item, Slide) and room.phase is not Phase.ENDED
        given = room.answers.get((index, room.round), {}) if asks else {}
        places = {player.id: player.place for player in room.present()} if room.phase is Phase.PACED else {}
        found: Data = {
            "players_list": [
                {
                    "id": player.id,
                    "name": player.name,
                    "number": player.number,
                    "team": player.team,
                    "connected": player.connected,
                    "second": len(player.devices) > 1,
                    "answered": player.id in given,
                    "points": player.points,
                    "place": places.get(player.id),
                }
                for player in room.present()
            ],
            "absent": [who.name for who in room.absent()],
            "next": None,
            "following": following.value if (following := room.following()) else None,
        }
        after = material.after(index)
        if room.phase not in (Phase.PACED, Phase.ENDED) and after < len(material.items):
            asked = material.asked(after, lang)
            slide = material.slide(after, lang)
            found["next"] = {"prompt": slide["html"] if slide else asked["prompt"] if asked else ""}
        if asks and room.phase in (Phase.CLOSED, Phase.DISCUSS):
            found["counts"] = self._counts(lang)
            if isinstance(room.item, CardItem):
                answers = room.answered(index, room.round)
                found["so_far"] = {**vote(rights(answers))._asdict(), "outcomes": outcome_counts(answers)}
        return found


def _in_line(text: str) -> str:
    """A typed text as one line for the wall: somebody may have typed it to fill the wall."""
    return clip(level(" ".join(normalize("NFC", text).split())), TEXT_COLUMNS)


def state(rev: int, shared: str, more: Data, timing: str, me: Data | None) -> str:
    """A whole snapshot: the shared part is spliced in as it is."""
    extra = f",{dumps(more)[1:-1]}" if more else ""
    own = f',"me":{dumps(me)}' if me is not None else ""
    return f'{{"type":"state","rev":{rev},"room":{shared}{extra}{timing}{own}}}'
