"""The room of a live drill, act by act: who is in, what is asked, what an answer is worth, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from quizkit.drills.gain import normalized_gain
from quizkit.drills.players import Refusal
from quizkit.drills.points import award, ranked, rule, team_points
from quizkit.drills.room import Room
from quizkit.drills.scene import GRACE_MS, Phase
from quizkit.model import LocalText
from quizkit.model.drill import Act, ActType, CardItem, Poll, Program, Scoring, Slide, Student

CARD, OTHER = CardItem("tea/green-heat/main"), CardItem("tea/plant/main")
POLL = Poll(LocalText.plain("Tea or coffee?"), (LocalText.plain("Tea"), LocalText.plain("Coffee")))
SLIDE = Slide(LocalText.plain("Listen."))
ROSTER = (Student("aki", "Aki", "7"), Student("bo", "Bo", "8"))


class Play:
    """A room, and a clock that goes on a second with every act."""

    def __init__(self, *items: Any, roster: tuple[Student, ...] = (), open_: bool = True, **program: Any) -> None:
        self.room = Room(Program("p", items or (CARD, OTHER), **program), roster, open_=open_)
        self.at = 1_000_000
        self.step = 1000

    def do(self, type_: ActType, player: str = "", **data: Any) -> None:
        self.at += self.step
        self.room.apply(Act(0, self.at, type_, player, data))

    def join(self, *names: str, **data: Any) -> None:
        for name in names:
            self.do(ActType.JOIN, name, **({"name": name.title(), "lang": "en"} | data))

    def answer(self, player: str, score: float | None = 1.0, *, item: int = 0, round_: int = 1, **data: Any) -> None:
        told = {"item": item, "round": round_, "values": ["x"], "picked": [0], "score": score, "outcome": "right"}
        at = self.at + self.step
        self.do(ActType.ANSWER, player, **(told | {"ms": self.room.elapsed(player, at)} | data))

    def refused(self, type_: ActType, player: str = "", **data: Any) -> str:
        before = self.room.state()
        with pytest.raises(Refusal) as refusal:
            self.do(type_, player, **data)
        assert self.room.state() == before
        return refusal.value.code

    def refused_answer(self, player: str, item: int = 0, round_: int = 1) -> str:
        return self.refused(ActType.ANSWER, player, item=item, round=round_, values=[], picked=[], score=0.0, ms=0)


def test_a_whole_drill():
    play = Play(CARD, POLL, SLIDE, OTHER, seconds=30)
    play.join("aki", "bo")
    play.do(ActType.START)
    assert (play.room.phase, play.room.index, play.room.left_ms(play.at)) == (Phase.OPEN, 0, 30_000)
    play.answer("aki", 1.0)
    play.answer("bo", 0.5)
    assert play.room.totals() == {"aki": 0, "bo": 0}, "points would give the answer away"
    play.do(ActType.CLOSE)
    play.do(ActType.REVEAL)
    assert play.room.totals() == {"aki": 1000, "bo": 500}
    play.do(ActType.NEXT)
    play.answer("aki", None, item=1)
    play.do(ActType.CLOSE)
    assert play.room.following() is ActType.NEXT
    play.do(ActType.NEXT)
    assert play.room.phase is Phase.SLIDE
    play.do(ActType.NEXT)
    play.answer("bo", 1.0, item=3)
    play.do(ActType.REVEAL)
    assert play.room.following() is ActType.END
    play.do(ActType.END)
    assert play.room.phase is Phase.ENDED
    assert play.room.totals() == {"aki": 1000, "bo": 1500}
    assert play.refused(ActType.NEXT) == "bad-message"


def test_answers_are_taken_once_and_in_time():
    play = Play(seconds=10)
    play.join("aki", "bo")
    assert play.refused_answer("aki") == "closed-question"
    play.do(ActType.START)
    play.answer("aki")
    assert play.refused_answer("aki") == "double"
    assert play.refused_answer("nobody") == "forged"
    assert play.refused_answer("bo", item=1) == "closed-question"
    assert play.refused_answer("bo", round_=2) == "closed-question"
    play.at = play.room.deadline + GRACE_MS
    assert play.refused_answer("bo") == "late"
    assert play.room.due(play.at) is ActType.CLOSE
    play.do(ActType.CLOSE)
    assert play.refused_answer("bo") == "late"
    play.do(ActType.REVEAL)
    play.do(ActType.NEXT)
    assert play.refused_answer("bo", item=0) == "late"


def test_a_clock_set_back_gives_nobody_time():
    play = Play(seconds=10)
    play.join("aki")
    play.do(ActType.START)
    play.at += 20_000
    play.join("bo")
    play.at -= 19_000
    assert play.refused_answer("aki") == "late"


def test_a_pause_stops_the_clock():
    play = Play(seconds=10, scoring=Scoring(speed=True))
    play.join("aki")
    play.do(ActType.START)
    play.do(ActType.PAUSE)
    assert play.refused_answer("aki") == "closed-question"
    play.join("bo")
    play.at += 3_600_000
    assert play.room.due(play.at) is None
    assert play.room.left_ms(play.at) == 9000
    play.do(ActType.RESUME)
    assert play.room.left_ms(play.at) == 9000
    play.answer("aki")
    assert play.room.answers[0, 1]["aki"].milliseconds == 2000
    play.do(ActType.REVEAL)
    assert play.room.totals()["aki"] == 1400


def test_time_can_be_given_also_when_it_is_up():
    play = Play(seconds=10)
    play.join("aki")
    play.do(ActType.START)
    play.do(ActType.EXTEND, seconds=20)
    assert play.room.left_ms(play.at) == 29_000
    play.do(ActType.CLOSE)
    play.do(ActType.EXTEND, seconds=5)
    assert (play.room.phase, play.room.left_ms(play.at)) == (Phase.OPEN, 5000)
    play.do(ActType.REVEAL)
    assert play.refused(ActType.EXTEND, seconds=5) == "bad-message"
    assert play.refused(ActType.EXTEND, seconds="x") == "bad-message"


def test_vote_discuss_and_vote_again():
    play = Play()
    play.join("aki", "bo", "cy", "di")
    play.do(ActType.START)
    for name, score in {"aki": 1.0, "bo": 0.0, "cy": 0.0, "di": 0.0}.items():
        play.answer(name, score)
    play.do(ActType.DISCUSS)
    assert play.refused_answer("aki") == "double"
    assert play.refused(ActType.NEXT) == "bad-message"
    play.do(ActType.REVOTE)
    for name, score in {"aki": 1.0, "bo": 1.0, "cy": 0.0}.items():
        play.answer(name, score, round_=2)
    assert play.refused(ActType.DISCUSS) == "bad-message"
    play.do(ActType.REVEAL)
    assert play.room.totals() == {"aki": 1000, "bo": 1000, "cy": 0, "di": 0}


def test_hakes_gain():
    """Of those who voted twice: from one in four to three in four, two thirds of what could be gained."""
    before: dict[str, float | None] = {"a": 1.0, "b": 0.0, "c": 0.0, "d": 0.0, "gone": 1.0}
    after: dict[str, float | None] = {"a": 1.0, "b": 1.0, "c": 1.0, "d": 0.0, "late": 0.0}
    assert normalized_gain(before, after) == pytest.approx(2 / 3)
    assert normalized_gain({"a": 1.0}, {"a": 1.0}) is None
    assert normalized_gain({}, {"a": 1.0}) is None
    assert normalized_gain({"a": 0.5, "b": 0.5}, {"a": 0.0, "b": 0.5}) == pytest.approx(-0.5)


def test_what_is_skipped_counts_for_nobody():
    play = Play()
    play.join("aki")
    play.do(ActType.START)
    play.answer("aki")
    play.do(ActType.SKIP)
    assert (play.room.index, play.room.totals()) == (1, {"aki": 0})
    play.do(ActType.SKIP)
    assert play.room.phase is Phase.ENDED


def test_ending_in_the_middle_keeps_what_was_answered():
    play = Play()
    play.join("aki")
    play.do(ActType.START)
    play.answer("aki")
    play.do(ActType.END)
    assert play.room.totals() == {"aki": 1000}


def test_who_may_come_in():
    play = Play(roster=ROSTER, open_=False)
    play.join("aki")
    assert play.refused(ActType.JOIN, "zoe", name="Zoe") == "name-unknown"
    assert play.refused(ActType.JOIN, "", name="Zoe") == "bad-message"
    assert [who.name for who in play.room.absent()] == ["Bo"]
    play.do(ActType.LOCK)
    assert play.refused(ActType.JOIN, "bo", name="Bo") == "locked"
    play.do(ActType.LEAVE, "aki")
    play.join("aki")
    assert play.room.players["aki"].connected, "who was in comes back through a locked door"
    play.do(ActType.UNLOCK)
    play.join("bo")
    assert play.room.absent() == []


def test_nobody_takes_anothers_name():
    play = Play(roster=ROSTER)
    play.join("guest-1", name="Zoe")
    assert play.refused(ActType.JOIN, "guest-2", name=" ｚＯＥ ") == "name-taken"
    assert play.refused(ActType.JOIN, "guest-2", name="bo") == "name-taken"
    play.join("guest-2", name="Yui")
    assert play.refused(ActType.RENAME, player="guest-2", name="zoe") == "name-taken"
    assert play.refused(ActType.RENAME, player="guest-2", name=" ") == "bad-message"
    play.do(ActType.RENAME, player="guest-2", name="Yuki")
    assert play.room.players["guest-2"].name == "Yuki"


@pytest.mark.parametrize(
    "name",
    ["Mina Kim\u200d", "Mi\u200cna Kim", "Mina\u3164Kim", "Mina Kim\ufe0f", "Mi\u034fna Kim", "\u115fMina Kim\uffa0",
     "Mina Kim\U000e0041", "Міnа Кіm", "Μina Κim", "MINA ΚΙM", "Mına Kim"],
)  # fmt: skip
def test_nobody_looks_like_another(name):
    """What can't be seen, and letters of another alphabet: on the wall it would be the same name, of two people."""
    on_list = Play(roster=(Student("mina", "Mina Kim"),))
    assert on_list.refused(ActType.JOIN, "guest-1", name=name) == "name-taken"
    guests = Play()
    guests.join("guest-1", name="Mina Kim")
    assert guests.refused(ActType.JOIN, "guest-2", name=name) == "name-taken"
    guests.join("guest-2", name="Yui")
    assert guests.refused(ActType.RENAME, player="guest-2", name=name) == "name-taken"


def test_names_that_only_look_a_little_alike():
    """An accent, another letter of the same alphabet: other people's names."""
    play = Play()
    for number, name in enumerate(("Ian", "Lan", "Мина", "Mina", "Míña", "Ποπη", "Pop", "민아", "ミナ", "みな")):
        play.join(f"guest-{number}", name=name)
    assert len(play.room.players) == 10


def test_a_name_that_was_given_is_still_theirs_when_the_class_has_one_more_of_it():
    """The log of a drill is followed although the roster has changed since: somebody was called Mina then."""
    later = Room(Program("p", (CARD,)), (Student("mina", "Mina"),))
    later.trusting = True
    for type_, data in ((ActType.JOIN, {"name": "Zoe"}), (ActType.RENAME, {"player": "guest-1", "name": "Mina"})):
        later.apply(Act(0, 1, type_, "guest-1" if type_ is ActType.JOIN else "", data))
    assert later.players["guest-1"].name == "Mina"


def test_who_is_sent_out_needs_another_token():
    play = Play(roster=ROSTER)
    play.join("aki")
    play.do(ActType.START)
    play.do(ActType.KICK, player="aki")
    assert play.refused_answer("aki") == "kicked"
    assert play.room.present() == []
    play.join("aki")
    assert (play.room.players["aki"].epoch, play.room.players["aki"].kicked) == (1, False)


def test_teams_are_filled_evenly_and_have_the_mean():
    play = Play(teams=("Red", "Blue"))
    play.join("aki", "bo", "cy")
    assert [player.team for player in play.room.present()] == ["Red", "Blue", "Red"]
    play.join("di", team="Red")
    play.do(ActType.TEAM, player="di", team="Blue")
    assert play.refused(ActType.TEAM, player="di", team="Green") == "bad-message"
    assert play.room.players["di"].team == "Blue"
    assert team_points(("Red", "Blue", "Grey"), [("Red", 1000), ("Red", 501), ("Blue", 10)]) == {
        "Red": 750,
        "Blue": 10,
        "Grey": 0,
    }


def test_each_at_their_own_speed():
    play = Play(CARD, SLIDE, OTHER, paced=True, minutes=1)
    play.join("aki", "bo")
    play.do(ActType.START)
    assert play.refused(ActType.NEXT, "aki") == "bad-message"
    play.answer("aki")
    assert play.room.totals() == {"aki": 1000, "bo": 0}
    play.do(ActType.NEXT, "aki")
    assert play.refused_answer("aki", item=1) == "closed-question"
    play.do(ActType.NEXT, "aki")
    play.answer("aki", 0.0, item=2)
    assert play.room.answers[2, 1]["aki"].milliseconds == 1000
    play.do(ActType.NEXT, "aki")
    assert play.refused(ActType.NEXT, "aki") == "bad-message"
    assert play.refused_answer("aki", item=3) == "closed-question"
    assert play.refused_answer("bo", item=2) == "closed-question"
    assert play.refused(ActType.REVEAL) == "bad-message"
    play.at = play.room.deadline + GRACE_MS
    assert play.room.due(play.at) is ActType.END
    assert play.refused_answer("bo") == "late"


@pytest.mark.parametrize(
    ("score", "ms", "streak", "points"),
    [(1.0, 0, 1, 1500), (1.0, 10_000, 1, 1250), (1.0, 99_000, 1, 1000), (1.0, 20_000, 3, 1100), (0.999, 0, 9, 999),
     (0.5, 0, 1, 500), (0.0, 0, 0, 0), (-1.0, 0, 0, 0), (1.0, 20_000, 99, 1250)],
)  # fmt: skip
def test_the_points_of_an_answer(score, ms, streak, points):
    assert award(Scoring(speed=True, streaks=True), score, ms, 20_000, streak) == points


def test_the_rule_reads_as_one_text():
    """Japanese has no space between two sentences, English and Korean have one."""
    told = {lang: rule(Scoring(), lang, teams=True) for lang in ("en", "ja", "ko")}
    assert "its share. A team" in told["en"]
    assert "になります。チーム" in told["ja"]
    assert "받습니다. 팀" in told["ko"]


def test_right_and_slow_beats_wrong_and_fast():
    worst = award(Scoring(True, True), 1.0, 30_000, 30_000, 1)
    assert worst > award(Scoring(True, True), 0.9999, 0, 30_000, 50)


def test_a_streak_breaks_with_a_question_left_out():
    play = Play(CARD, CARD, CARD, scoring=Scoring(streaks=True))
    play.join("aki")
    play.do(ActType.START)
    play.answer("aki")
    play.do(ActType.REVEAL)
    play.do(ActType.NEXT)
    play.answer("aki", item=1)
    play.do(ActType.REVEAL)
    assert (play.room.players["aki"].points, play.room.players["aki"].streak) == (2050, 2)
    play.do(ActType.NEXT)
    play.do(ActType.REVEAL)
    assert play.room.players["aki"].streak == 0


def test_equal_points_share_a_rank():
    found = ranked({"a": 5, "b": 9, "c": 5, "d": 1})
    assert [(at.rank, at.id) for at in found] == [(1, "b"), (2, "a"), (2, "c"), (4, "d")]
