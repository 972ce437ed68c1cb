"""The report on a class, as a teacher asks for it: in the terminal, as a page, as JSON."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta, timezone
from html.parser import HTMLParser
from typing import Any

import pytest

from quizkit.clock import MS_PER_DAY, Calendar, Clock
from quizkit.model import EventType, Origin, Outcome, Response, Shape
from quizkit.model.drill import CardItem, Program
from quizkit.workspace import Selection, Workspace, find_places
from quizkit.workspace.answered import pooled
from quizkit.workspace.classes import classroom
from quizkit.workspace.drill_beginning import begin_run
from quizkit.workspace.drill_entering import Entering
from quizkit.workspace.drill_handout import hand_out, keep
from quizkit.workspace.drill_record import DrillRecord
from quizkit.workspace.sessions import start_study
from tests.helpers.classes import begin_class
from tests.helpers.command import Bench
from tests.helpers.drilled import hold, option

NOW = 1_772_400_000_000
BENCH_ZONE = timezone(timedelta(hours=9))
"""Where the commands are run, so that their days are ours."""
DECK = "deck: one\ntitle: One\nsource: kettle\nnotes:\n" + "".join(
    f"""\
  - id: q{n}
    kind: choice
    ask: Question <{n}> & how?
    answer: right
    options: [right, wrong, other, {{text: far off, misconception: Belief {n}}}]
    tags: [t{n % 2}]
    cite: K{n % 2 + 1}
"""
    for n in range(8)
)


@pytest.fixture
def taught(bench: Bench) -> Bench:
    """Twenty students from weak to strong, in a drill; one of them studied alone before, one has a name of markup."""
    (bench.folder / "decks/one.yaml").write_text(DECK)
    dice = random.Random(3)
    with Workspace(find_places(bench.folder), Clock(Calendar(), NOW)) as workspace:
        names = [f"Student {number:02}" for number in range(20)]
        players = begin_class(workspace, "2B", [*names[:7], "<script>alert(1)</script>", *names[8:]])
        workspace.refresh()
        run = start_study(workspace, Selection(("one",)), learner=players[0])
        while (asked := run.asked()) and asked.number <= 2:
            assert asked.question.shape is Shape.PICK_ONE
            run.respond(Response((option(asked.question, 0),)), 4000)

        def answering(player: str, card: str, turn: int, asked: Any) -> Sequence[str] | None:
            able = dice.random() < (everybody.index(player) + 2) / 22
            return (option(asked, 0 if able else dice.choice((1, 3))),)

        everybody = [*players, "guest-abc"]
        cards = [f"one/q{n}/main" for n in range(8)]
        hold(workspace, "Lesson 1", "2b", cards, everybody, answering)
    return bench


def test_the_report_in_the_terminal(taught: Bench) -> None:
    said = taught.run("report", "2B", COLUMNS="100")
    assert said.code == 0, said.err
    text = " ".join(said.out.split())
    for part in (
        "In short",
        "What is understood",
        "Who needs help with what",
        "Beliefs to talk about",
        "The questions",
    ):
        assert part in text
    assert "20 students · 168 first answers: 166 live, 2 own study" in text
    assert "1 guest's answers count for the questions alone." in text
    assert "nobody picks “other”" in text.lower()
    assert "Lesson 1" in text
    assert "Student" not in text
    assert text.count("S-") >= 20
    assert all(len(line) <= 100 for line in said.out.splitlines())
    assert "Student 19" in taught.run("report", "2B", "--names").out


class Page(HTMLParser):
    """Collects what a page holds; falls over nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_page_asks_nobody_for_anything(taught: Bench, lang: str) -> None:
    said = taught.run("report", "2B", "--html", "r.html", "--names", "--lang", lang)
    assert said.code == 0, said.err
    text = (taught.folder / "r.html").read_text("utf-8")
    page = Page(text)
    names = [tag for tag, _attrs in page.tags]
    assert not {"script", "link", "img", "iframe", "form"} & set(names)
    assert "default-src 'none'" in text
    assert not re.search(r"https?://|url\(|@import", text)
    assert dict(page.tags)["html"] == {"lang": lang}
    assert "<script>alert(1)</script>" in page.text
    assert "Question <3> & how?" in page.text
    assert {"en": "21 of 21 students", "ja": "21人中21人", "ko": "21명 중 21명"}[lang] in page.text
    targets = {attrs["id"] for _tag, attrs in page.tags if attrs.get("id")}
    links = {(attrs["href"] or "").removeprefix("#") for tag, attrs in page.tags if tag == "a"}
    assert links == targets
    heat = [attrs for _tag, attrs in page.tags if attrs.get("class") == "heat"]
    assert heat
    assert all(re.fullmatch(r"--share:\d+%", attrs["style"] or "") for attrs in heat)


def test_the_report_for_scripts(taught: Bench) -> None:
    found = taught.run("report", "2B", "--json").json
    assert (found["class"], found["students"], found["guests"]) == ("2B", 20, 1)
    assert found["sources"] == {"live": 166, "solo": 2}
    (drill,) = found["drills"]
    assert (drill["questions"], drill["students"], drill["n"]) == (8, 21, 168)
    assert drill["reliability"]["alpha"] is not None
    assert {row["group"]: row["n"] for row in found["mastery"]["tag"]} == {"t0": 80, "t1": 80}
    assert [row["group"] for row in found["mastery"]["passage"]] == ["K1", "K2"]
    question = next(one for one in found["questions"] if one["card"] == "one/q0/main")
    assert question["n"] == 21
    assert sum(choice["n"] for choice in question["choices"]) == 21
    assert len(question["interval"]) == 2
    assert {"value", "interval", "n"} == set(question["discrimination"])
    assert len(found["next"]) == 10
    strengths = [one["strength"]["value"] for one in found["standings"]]
    assert strengths == sorted(strengths)


def test_only_some_answers(taught: Bench) -> None:
    found = taught.run("report", "2B", "--from", "solo", "--json").json
    assert found["sources"] == {"solo": 2}
    assert found["drills"] == []
    assert all(one["facility"] is None for one in found["questions"])
    text = " ".join(taught.run("report", "2B", "--from", "solo").out.split())
    assert "Only answers from: own study." in text
    assert "2 questions were answered by too few to say anything of them." in text


def test_mistakes_are_told(taught: Bench) -> None:
    unknown = taught.run("report", "2C")
    assert unknown.code == 1
    assert "Classes here: 2B." in unknown.err
    nowhere = taught.run("report", "2B", "--html", "no/where.html")
    assert nowhere.code == 1
    taught.run("class", "new", "3A")
    nothing = taught.run("report", "3A")
    assert nothing.code == 1
    assert "Nobody in 3A has answered anything yet." in nothing.err


@pytest.fixture
def many(bench: Bench) -> Iterator[Workspace]:
    """A class of 22 that nobody has asked anything yet."""
    (bench.folder / "decks/one.yaml").write_text(DECK)
    with Workspace(find_places(bench.folder), Clock(Calendar(BENCH_ZONE), NOW)) as workspace:
        workspace.refresh()
        begin_class(workspace, "2B", [f"Student {number:02}" for number in range(22)])
        yield workspace


def card(number: int) -> str:
    return f"one/q{number}/main"


def test_what_a_teacher_judged_is_not_said_to_be_picked_by_nobody(bench: Bench, many: Workspace) -> None:
    """Aloud or on a sheet a mark says that it was wrong, not what was picked; a question left empty says: nothing."""
    room = classroom(many, "2B")
    run = begin_run(many, Program("Aloud", (CardItem(card(0)),), room.id, seed="s"), room, "")
    for student in room.students:
        if student is not room.students[0]:
            run.call_another()
        run.mark(Outcome.WRONG)
    sheets = hand_out(many, Program("Paper", (CardItem(card(1)), CardItem(card(2))), room.id, seed="s"), room, 1)
    keep(many, sheets)
    entering = Entering(many, DrillRecord.find(many, sheets.drill))
    for student in room.students:
        sheet = entering.find(student.name)
        order = [("0", "-")[item] for item in sheet.variant.order]
        entering.take(sheet, entering.read_whole(sheet, " ".join(order)))
    found = {one["card"]: one for one in bench.run("report", "2B", "--json").json["questions"]}
    assert {key: one["n"] for key, one in found.items()} == {card(0): 22, card(1): 22, card(2): 22}
    unpicked = [key for key, one in found.items() if "unpicked-distractor" in one["codes"]]
    assert unpicked == [card(2)]
    results = bench.run("drill", "results", "Aloud", "--json").json
    assert results["questions"][0]["chosen"] == []
    results = bench.run("drill", "results", "Paper", "--json").json
    assert [len(one["chosen"]) for one in results["questions"]] == [0, 4]


def test_what_was_picked_alone_or_elsewhere(many: Workspace) -> None:
    """Who studies alone says "I don't know"; of a drill held elsewhere the log may not say what was picked."""
    store = many.store
    told = {"shape": "pick-one", "score": 0.0, "rating": 1, "retention": 0.9}
    for who, response, origin in (
        ("a", "[]", Origin.STUDY),
        ("b", '["other"]', Origin.STUDY),
        ("c", "", Origin.STUDY),
        ("d", "[]", Origin.DRILL),
        ("e", '["right"]', Origin.DRILL),
        ("f", '["gone since"]', Origin.STUDY),
    ):
        store.append(store.make(EventType.REVIEW, who, card(0), response=response, origin=origin, target="x", **told))
    assert {one.player: one.picked for one in pooled(many)} == {
        "a": (), "b": (2,), "c": None, "d": None, "e": (0,), "f": None
    }  # fmt: skip


def wrong_then_right() -> Callable[..., Sequence[str]]:
    """Answers that are wrong the first time, and right from then on."""
    times: Counter[tuple[str, str]] = Counter()

    def answering(player: str, key: str, turn: int, asked: Any) -> Sequence[str]:
        times[player, key] += 1
        return (option(asked, 0 if times[player, key] > 1 else 2),)

    return answering


def test_a_drill_went_as_its_first_answers_did(bench: Bench, many: Workspace) -> None:
    """The same cards at the beginning and at the end: both the drill and its questions are judged by the beginning."""
    players = [student.id for student in classroom(many, "2B").students]
    cards = [card(n) for n in range(5)]
    hold(many, "Before and after", "2b", [*cards, *cards], players, wrong_then_right())
    found = bench.run("report", "2B", "--json").json
    (drill,) = found["drills"]
    assert (drill["n"], drill["score"]) == (22 * 5, 0.0)
    assert {(one["n"], one["facility"]) for one in found["questions"]} == {(22, 0.0)}
    assert found["sources"] == {"live": 22 * 5}


def test_repetitions_and_second_votes_are_no_first_answers(bench: Bench, many: Workspace) -> None:
    """Who practises a card sixty times is one student; so is who voted twice in a drill whose record is elsewhere."""
    players = [student.id for student in classroom(many, "2B").students]
    store = many.store
    hold(many, "Lesson 1", "2b", [card(0)], players, wrong_then_right()).settle()
    told = {"shape": "pick-one", "score": 1.0, "response": '["right"]'}
    for second in range(60):
        at = NOW + MS_PER_DAY + second * 1000
        store.append(store.make(EventType.REVIEW, players[0], card(0), at=at, rating=3, retention=0.9, **told))
    for player in players:
        drilled = told | {"origin": Origin.DRILL, "target": "elsewhere"}
        wrong = drilled | {"score": 0.0, "response": '["other"]', "rating": 1, "retention": 0.9}
        store.append(
            store.make(EventType.REVIEW, player, card(2), at=NOW + 1000, **wrong),
            store.make(EventType.PRACTICE, player, card(2), at=NOW + 2000, **drilled),
        )
    found = bench.run("report", "2B", "--json").json
    assert found["sources"] == {"live": 22, "drill": 22}
    (row,) = found["mastery"]["tag"]
    assert (row["n"], row["score"]) == (44, 0.0)
    assert [cell["n"] for cell in row["periods"]] == [44, 1]
    assert {one["n"] for one in found["standings"]} == {2}
    assert all(not one["needs"] for one in found["standings"])
