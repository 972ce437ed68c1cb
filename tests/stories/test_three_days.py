"""Three days of study, key by key, in a terminal: what a learner sees, and what is kept of it."""

import pytest

from tests.helpers.learner import Learner
from tests.helpers.terminal import CTRL_C, Terminal

ALMOST = {"en": "Camelia sinensis", "ja": "カメリアシネンス"}


def _study_rightly(learner):
    """Answer everything that is asked rightly, until nothing is left; the notes, in the order they came."""
    asked = []
    while name := learner.asked():
        learner.answer_and_go_on(name)
        asked.append(name)
    return asked


def _figures(bench):
    """What the commands tell a script, after the file has proved sound."""
    check = bench.run("db", "check", "--json")
    assert check.code == 0, check.out + check.err
    assert check.json["ok"] is True
    return _due(bench), bench.run("stats", "--json").json


def _due(bench):
    return bench.run("due", "--json", "tea").json


def _history(bench, card):
    return [
        (line["type"], line["rating"], line["undone"]) for line in bench.run("card", "history", "--json", card).json
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_three_days(bench, lang):
    """The promise of the whole: learn, slip, undo, leave, come back, forget, and remember; nothing saved is lost."""
    bench.env["QUIZKIT_LANG"] = lang

    # The first day: everything is new. One thing goes wrong, is undone and put right; one is almost right.
    with Terminal(bench, "study", "tea") as terminal:
        learner = Learner(terminal, lang)
        for name in ("green-heat", "oxidised"):
            assert learner.asked() == name
            learner.answer(name)
            learner.go_on()
        assert learner.asked() == "steps"
        learner.answer("steps", *(item["text"] for item in reversed(learner.notes["steps"]["items"])))
        terminal.wait_for(learner.say("It is exactly the other way round."), learner.saved(1))
        terminal.send("u")
        terminal.wait_for(learner.say("The last answer is undone."))
        for name in ("steps", "homes", "utensils"):
            assert learner.asked() == name
            learner.answer(name)
            learner.go_on()
        assert learner.asked() == "plant"
        learner.answer("plant", ALMOST[lang])
        learner.call("y")
        assert learner.asked() == "oolong"
        learner.answer("oolong", "Earl Grey")
        terminal.wait_for(learner.say("Wrong"), learner.notes["oolong"]["answer"])
        learner.go_on(1)
        assert learner.asked() == "terroir"
        terminal.send(CTRL_C)
        learner.over()
        assert terminal.ended() == 0
    due, stats = _figures(bench)
    assert (due["now"], due["new"]) == (0, 12)
    assert (stats["answers"], stats["ratings"]) == (7, {"1": 1, "2": 0, "3": 6, "4": 0})
    assert _history(bench, "tea/steps") == [("review", 1, True), ("undo", None, False), ("review", 3, False)]

    # Half an hour later the learning steps have passed, and three new cards are left for today.
    bench.at("2026-03-02T09:30+09:00")
    assert _due(bench)["now"] == 7
    with Terminal(bench, "study", "tea") as terminal:
        asked = _study_rightly(Learner(terminal, lang))
        assert terminal.ended() == 0
    assert asked[0] == "oolong", "what waits longest comes first"
    assert {name: asked.count(name) for name in asked} == {
        "oolong": 2,
        "green-heat": 1,
        "homes": 1,
        "oxidised": 1,
        "plant": 1,
        "steps": 1,
        "utensils": 1,
        "terroir": 2,
        "minutes": 2,
        "import": 2,
    }
    due, stats = _figures(bench)
    assert (due["now"], due["today"]) == (0, 0)
    assert stats["answers"] == 7 + len(asked)
    assert stats["cards"]["learning"] == 0

    # The second day: what is due is asked, and one thing is forgotten.
    bench.at("2026-03-05T09:00+09:00")
    expected = _due(bench)["now"]
    assert expected == 10
    with Terminal(bench, "study", "tea", "--new", "4") as terminal:
        learner = Learner(terminal, lang)
        name = learner.asked()
        while name != "plant":
            learner.answer_and_go_on(name)
            name = learner.asked()
        learner.answer("plant", "?!")
        learner.go_on(1)
        again = _study_rightly(learner)
        assert "plant" in again, "what was forgotten comes back in the same session"
        assert {"decaf", "leaves", "calm", "hosting"} <= set(again), "new cards come after the reviews"
        assert terminal.ended() == 0
    due, stats = _figures(bench)
    assert due["now"] == 0
    assert stats["reviews"] == 10
    assert stats["retention"] == pytest.approx(0.9)
    assert _history(bench, "tea/plant")[-2:] == [("review", 1, False), ("review", 3, False)]

    # The third day: what was forgotten is asked again, and remembered.
    bench.at("2026-03-07T09:00+09:00")
    expected = _due(bench)["now"]
    assert expected > 0
    with Terminal(bench, "study", "tea", "--new", "0") as terminal:
        asked = _study_rightly(Learner(terminal, lang))
        assert terminal.ended() == 0
    assert "plant" in asked
    assert len(asked) == expected
    due, stats = _figures(bench)
    assert (due["now"], stats["days"], stats["streak"]) == (0, 3, 1)
    assert stats["reviews"] == 10 + expected
    shown = bench.run("card", "show", "tea/plant", "--json").json["memory"]
    assert (shown["phase"], shown["lapses"]) == ("review", 1)
