"""What is asked, in which order, and what it does to the schedule: the options of study and quiz."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.conversation import Conversation

SHIPPED = Path(__file__).parents[2] / "decks"
CUPS = {"cups/raku/main": "Raku", "cups/celadon/main": "Celadon"}


def _memories(bench):
    """All that the schedule knows, by card."""
    events = [event for event in bench.run("db", "export").objects if event["type"] != "practice"]
    return bench.run("stats", "--json").json["cards"], events


def _cards(bench, *args, away="skip"):
    """The cards of a session in the order they are asked, by skipping each once."""
    asked = []
    with Conversation(bench, *args) as talk:
        heard = talk.hear()
        while heard["type"] == "question" and heard["card"] not in asked:
            asked.append(heard["card"])
            heard = talk.say(command=away)
    return asked


def test_cram_and_quiz_leave_the_schedule_alone(bench):
    """Practice is kept in the log, and moves no memory."""
    bench.run("study", "cups", text="Raku\nCeladon\n")
    bench.at("2026-03-02T10:00+09:00")
    before = _memories(bench)
    bench.run("study", "cups", "--cram", text="x\ny\n")
    bench.run("quiz", "cups", text="x\ny\n")
    with Conversation(bench, "quiz", "tea", "--kind", "basic") as talk:
        talk.hear()
        talk.say(values=[])
        talk.say(rating=1)
    assert _memories(bench) == before
    assert len([event for event in bench.run("db", "export").objects if event["type"] == "practice"]) == 5
    assert bench.run("db", "check").code == 0


def test_record_moves_the_schedule(bench):
    """With --record a test counts as a study session does."""
    said = bench.run("quiz", "cups", "--record", text="Raku\nRaku\n")
    assert "Saved as" in said.out
    assert bench.run("stats", "--json").json["cards"]["learning"] == 2


def test_limit_and_new(bench):
    """--limit is the most to ask; --new the most new cards a day, 0 for none."""
    assert len(_cards(bench, "study", "--limit", "3")) == 3
    assert len(_cards(bench, "quiz", "-n", "4")) == 4
    assert _cards(bench, "study", "--new", "0") == []
    assert len(_cards(bench, "study", "--new", "2")) == 2
    bench.run("study", "cups", "--new", "1", text="Raku\n")
    assert len(_cards(bench, "study", "tea", "--new", "2")) == 1


def _know(bench, *args):
    """Answer every question of a session on cups rightly."""
    with Conversation(bench, *args) as talk:
        heard = talk.hear()
        while heard["type"] == "question":
            assert talk.say(values=[CUPS[heard["card"]]])["type"] == "verdict"
            heard = talk.hear()


def test_the_limit_counts_what_is_still_being_learnt(bench):
    """A card on its way and reviews that are due share the limit; they don't get one each."""
    _know(bench, "study", "cups")
    bench.at("2026-03-02T10:00+09:00")
    _know(bench, "study", "cups")
    bench.at("2026-03-20T10:00+09:00")
    bench.run("study", "tea", "--new", "1", text="2\n")
    bench.at("2026-03-20T11:00+09:00")
    cards = bench.run("stats", "--json").json["cards"]
    assert cards["learning"] == 1 < bench.run("due", "--json").json["now"]
    assert len(_cards(bench, "study", "--limit", "2", away="bury")) == 2


def test_tag_and_kind(bench):
    """Tags add up, kinds add up, and both narrow what the decks hold."""
    assert _cards(bench, "study", "--tag", "water") == ["tea/green-heat/main"]
    assert set(_cards(bench, "study", "--tag", "water", "--tag", "body")) == {"tea/green-heat/main", "tea/decaf/main"}
    assert set(_cards(bench, "quiz", "--kind", "number", "--kind", "date")) == {"tea/minutes/main", "tea/import/main"}
    assert _cards(bench, "study", "cups", "--tag", "water") == []


@pytest.mark.parametrize("order", ["due", "random", "deck", "weakest"])
def test_every_order_asks_the_same(bench, order):
    """An order changes the order only."""
    asked = _cards(bench, "quiz", "-n", "50", "--order", order)
    assert len(asked) == len(set(asked)) == 16
    assert len({card.rpartition("/")[0] for card in asked}) == 16, "one card of each note"


def test_weakest_first(bench):
    """What was wrong is weaker than what was right, and both come before what was never seen."""
    bench.run("study", "cups", text="Raku\nblue\n")
    bench.at("2026-03-05T10:00+09:00")
    assert _cards(bench, "quiz", "--order", "weakest")[:2] == ["cups/celadon/main", "cups/raku/main"]


def test_seed(bench):
    """A seed makes the same test every time; another seed another one."""
    first, again, other = (_cards(bench, "quiz", "-n", "50", "--seed", seed) for seed in ("a", "a", "b"))
    assert first == again
    assert first != other
    texts = [bench.run("quiz", "--kind", "order", "--seed", "a").out for _ in range(2)]
    assert texts[0] == texts[1]


def test_minutes(bench):
    """A time-boxed session asks while there is time. The clock stands still here, so it asks all."""
    assert len(_cards(bench, "study", "cups", "--minutes", "1")) == 2


def test_outside_any_workspace(bench, tmp_path):
    """Anywhere else the decks that ship are asked, and progress goes to the user's own folder."""
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    said = bench.run("study", cwd=nowhere, text=":q\n")
    assert said.code == 0
    assert "[1/" in said.out
    assert list(nowhere.iterdir()) == []
    assert (tmp_path / "home" / ".local" / "share" / "quizkit" / "progress.db").exists()
    names = {deck["file"] for deck in bench.run("deck", "list", "--json", cwd=nowhere).json["decks"]}
    assert {Path(name).name for name in names} <= {path.name for path in SHIPPED.rglob("*.yaml")}


def test_a_folder_below_a_workspace(bench):
    """The nearest decks/ upward is the workspace, and its progress stays with it."""
    deep = bench.folder / "notes" / "today"
    deep.mkdir(parents=True)
    bench.run("study", "cups", text="Raku\n", cwd=deep)
    assert (bench.folder / "progress.db").exists()
    assert bench.run("stats", "--json").json["answers"] == 1


def test_decks_and_db_named(bench, tmp_path):
    """--decks and --db, or the environment, say where things are; one file alone is enough."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(bench.folder / "decks" / "cups.yaml", elsewhere / "mine.yaml")
    said = bench.run("--decks", str(elsewhere / "mine.yaml"), "--db", "p.db", "study", text="Raku\n")
    assert "Which ware" in said.out
    assert (bench.folder / "p.db").exists()
    found = bench.run("stats", "--json", QUIZKIT_DECKS=str(elsewhere), QUIZKIT_DB=str(bench.folder / "p.db")).json
    assert found["answers"] > 0
