"""A session as JSON, as docs/json-session.md describes it."""

import json
import re
from pathlib import Path

import pytest

from tests.helpers.conversation import Conversation
from tests.helpers.decks import tea

KINDS = [
    "choice",
    "multi",
    "order",
    "match",
    "list",
    "typed",
    "basic",
    "number",
    "date",
    "truefalse",
    "cloze",
    "argument",
    "open",
]
PAGE = (Path(__file__).parents[2] / "docs" / "json-session.md").read_text(encoding="utf-8")


def _documented(kind: str) -> set[str]:
    """The fields that the docs' table gives an object."""
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |"))
    return set(re.findall(r"`(\w+)`", row.split("|")[3]))


def _right(note, question):
    """The right values, the way the protocol wants them."""

    def positions(texts):
        return [str(question["options"].index(text) + 1) for text in texts]

    match note["kind"]:
        case "choice":
            return positions([note["options"][0]["text"]])
        case "multi":
            return positions(option["text"] for option in note["options"][:2])
        case "truefalse":
            return ["2"]
        case "order":
            return positions(item["text"] for item in note["items"])
        case "match":
            return positions(pair["right"] for pair in note["pairs"])
        case "list":
            return [member["text"] for member in note["answer"]]
        case "cloze":
            return re.findall(r"::(.+?)[:}]", note["text"])[:1]
        case "basic" | "argument" | "open":
            return []
        case _:
            return [str(note["answer"])]


def _secrets(note):
    """What a learner mustn't see before they answer."""
    match note["kind"]:
        case "choice" | "multi":
            mine = [option.get("why") for option in note["options"]]
        case "truefalse":
            mine = [note["correction"]]
        case "list":
            mine = [member["text"] for member in note["answer"]]
        case "cloze":
            mine = re.findall(r"::(.+?)[:}]", note["text"])[:1]
        case "basic":
            mine = [note["back"]]
        case "argument":
            mine = [*note["grounds"], note["warrant"], *note["rebuttal"], note["who"]]
        case "open":
            mine = [note["model"], *note["points"]]
        case "order" | "match":
            mine = []
        case _:
            mine = [str(note["answer"])]
    return [text for text in (*mine, note.get("explain")) if text]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(bench, kind, lang):
    """Question, response, verdict, summary: every kind as documented; the answer comes only after the response."""
    with Conversation(bench, "study", "tea", "--kind", kind, "--lang", lang) as talk:
        question = talk.hear()
        assert question["type"] == "question"
        assert set(question) - {"type"} == _documented("question")
        assert (question["kind"], question["lang"], question["stage"], question["number"]) == (kind, lang, "new", 1)
        note = tea(lang)[question["card"].split("/")[1]]
        for secret in _secrets(note):
            assert secret not in json.dumps(question, ensure_ascii=False)
        if kind == "multi":
            assert question["options"] != [option["text"] for option in note["options"]], "the layout stays here"
        verdict = talk.say(values=_right(note, question), milliseconds=1234)
        assert verdict["type"] == "verdict"
        assert set(verdict) - {"type"} == _documented("verdict") - {"saved"} | _documented("saved")
        assert verdict["answer"]
        revealing = kind in ("basic", "argument", "open")
        assert (verdict["outcome"], verdict["saved"]) == (("self", False) if revealing else ("right", True))
        if verdict["points"]:
            ticked = talk.say(ticks=["1"])
            assert (ticked["type"], ticked["score"], ticked["saved"]) == ("verdict", 0.5, False)
        if revealing:
            saved = talk.say(rating=3)
            assert saved["type"] == "saved"
            assert set(saved) - {"type"} == _documented("saved")
            assert (saved["saved"], saved["rating"]) == (True, "good")
        summary, code = talk.end()
        assert code == 0
        assert set(summary) - {"type"} == _documented("summary")
        assert (summary["answers"], summary["right"], summary["wrong"]) == (1, 1, 0)
        assert summary["milliseconds"] == 1234


@pytest.mark.parametrize(
    "line",
    [
        "yes",
        "[1]",
        '"1"',
        "{}",
        '{"values": "1"}',
        '{"values": [true]}',
        '{"values": [1.5]}',
        '{"values": [["1"]]}',
        '{"values": ["9"]}',
        '{"values": ["1", "2"]}',
        '{"values": ["\\ud800"]}',
        '{"command": "dance"}',
        '{"command": 1}',
        '{"rating": 3}',
        "[" * 5000,
    ],
)
def test_a_line_that_makes_no_sense(bench, line):
    """What can't be taken is answered with an error that says what to send. Nothing is saved by it."""
    with Conversation(bench, "study", "--kind", "choice") as talk:
        asked = talk.hear()
        error = talk.tell(line)
        assert error["type"] == "error"
        assert error["message"]
        assert error["hint"] or "One option is wanted" in error["message"]
        right = str(asked["options"].index("lukewarm") + 1)
        heard = talk.say(values=[right])
        if heard["type"] == "question":
            assert heard == asked
            heard = talk.hear()
        assert heard["outcome"] == "right"
        assert talk.end()[0]["answers"] == 1


def test_text_no_encoding_knows(bench):
    """Half a surrogate pair, a NUL and escape codes are answers like others: judged, saved and read back."""
    with Conversation(bench, "study", "cups") as talk:
        talk.hear()
        for text in ("\ud800", "\x00", "\x1b[2J", "a" * 100_000):
            heard = talk.say(values=[text])
            assert (heard["type"], heard["outcome"]) == ("verdict", "wrong")
            assert talk.hear()["type"] == "question"
    assert bench.run("db", "check").code == 0
    assert len(bench.run("db", "export").objects) == 4
    assert bench.run("card", "history", "cups/raku").code == 0


def test_almost_and_the_call(bench):
    """An 'almost' is saved as hard at once; the learner's call, a rating or 'next' may follow, and nothing else."""
    with Conversation(bench, "study", "tea", "--kind", "typed") as talk:
        talk.hear()
        verdict = talk.say(values=["Camelia sinensis"])
        assert (verdict["outcome"], verdict["saved"], verdict["rating"]) == ("almost", True, "hard")
        assert "".join(piece["text"] for piece in verdict["diff"] if piece["mark"] != "extra") == "Camellia sinensis"
        for wrong in ({"counts": "no"}, {"rating": 9}, {"rating": True}, {"values": ["x"]}, {"command": "dance"}):
            assert talk.say(**wrong)["type"] == "error"
        assert talk.say(command="flag") == {"type": "done", "command": "flag", "flagged": True}
        saved = talk.say(counts=True)
        assert (saved["type"], saved["rating"]) == ("saved", "good")
        assert talk.hear()["card"] == "tea/oolong/main"
        assert talk.say(values=["Olong"])["outcome"] == "almost"
        assert talk.say(command="next")["type"] == "question"
        summary, _code = talk.end()
        assert (summary["answers"], summary["right"], summary["almost"]) == (2, 1, 1)


def test_a_rating_is_awaited_until_it_comes(bench):
    """After a reveal a slip costs nothing: the rating is still awaited."""
    with Conversation(bench, "study", "--kind", "open") as talk:
        talk.hear()
        talk.say(values=[])
        for wrong in ({"rating": 0}, {"rating": "great"}, {"ticks": ["3"]}, {"ticks": 1}, {"counts": True}):
            assert talk.say(**wrong)["type"] == "error"
        assert talk.say(ticks=[1, 2])["score"] == 1
        assert talk.say(rating="easy")["rating"] == "easy"


def test_undo(bench):
    """Undo brings the card back to be answered otherwise; the log keeps both."""
    with Conversation(bench, "study", "cups") as talk:
        first = talk.hear()
        assert talk.say(command="undo") == {"type": "done", "command": "undo", "ok": False}
        assert talk.hear() == first
        talk.say(values=["wrong"])
        talk.hear()
        assert talk.say(command="undo") == {"type": "done", "command": "undo", "ok": True}
        assert talk.hear() == first
        assert talk.say(values=["Raku"])["outcome"] == "right"
        summary, _code = talk.end()
        assert (summary["answers"], summary["wrong"]) == (1, 0)
    history = bench.run("card", "history", "--json", "cups/raku").json
    assert [(line["type"], line["undone"]) for line in history] == [
        ("review", True),
        ("undo", False),
        ("review", False),
    ]


def test_commands(bench):
    """Skip, bury and suspend bring the next question; a passage is shown; quit ends with the summary."""
    with Conversation(bench, "study", "tea") as talk:
        assert talk.hear()["card"] == "tea/green-heat/main"
        passages = talk.say(command="passage")
        assert passages == {
            "type": "passages",
            "passages": [{"id": "K1", "gist": "Water for fine leaves is never hot."}],
        }
        assert talk.hear()["card"] == "tea/green-heat/main"
        assert talk.say(command="skip")["card"] == "tea/oxidised/main"
        assert talk.say(command="bury")["card"] == "tea/steps/main"
        ahead = talk.say(command="suspend")
        assert (ahead["card"], ahead["ahead"]) == ("tea/homes/main", {"new": 8, "learning": 0, "review": 0})
        assert talk.say(command="quit")["type"] == "summary"


def test_quit_where_a_rating_is_awaited(bench):
    """Whoever leaves after a reveal has not answered; after an 'almost' they have."""
    with Conversation(bench, "study", "--kind", "basic") as talk:
        talk.hear()
        talk.say(values=[])
        assert talk.say(command="quit")["answers"] == 0
    with Conversation(bench, "study", "tea", "--kind", "typed") as talk:
        talk.hear()
        talk.say(values=["Camelia sinensis"])
        assert talk.say(command="quit")["almost"] == 1


def test_a_quiz(bench):
    """Off the schedule there is neither stage nor rating nor due day; the score is the mean."""
    with Conversation(bench, "quiz", "cups", "--order", "deck") as talk:
        assert talk.hear()["stage"] is None
        verdict = talk.say(values=["Raku"])
        assert (verdict["saved"], verdict["rating"], verdict["due_day"]) == (True, None, None)
        talk.hear()
        talk.say(values=["jade"])
        summary = talk.hear()
        assert (summary["type"], summary["score"], summary["answers"]) == ("summary", 0.5, 2)


def test_no_input(bench):
    """With nobody on the other side it asks once, sums up, and ends well."""
    said = bench.run("study", "--json")
    assert said.code == 0
    assert [line["type"] for line in said.objects] == ["question", "summary"]
    assert "\x1b" not in said.out
