"""What is known of a drill's players afterwards: their names, and nothing when they were erased."""

import json
import sqlite3
from contextlib import closing

from tests.helpers.command import PATIENCE
from tests.helpers.hosted import held
from tests.live.test_hosting import run


def test_a_drill_is_replayed_without_whoever_was_erased(bench):
    """The points are what they were; what was typed can't be judged again, and isn't."""
    bench.run("class", "new", "2B")
    bench.run("class", "add", "2B", "Mina")
    bench.run("class", "add", "2B", "Zoe")
    with held(bench, "drill", "host", "2B", "cups", "--json", "--port", "0") as drill:
        drill.until(phase="lobby")

        async def story() -> None:
            pin = drill.place["pin"]
            phones = [await drill.client(pin=pin, name=name) for name in ("Mina", "Zoe")]
            drill.say("next")
            for phone in phones:
                await phone.phase("open")
                await phone.send(type="answer", item=0, round=1, values=["Raku"])
                await phone.until("ack")
            drill.say("reveal", "end")
            await phones[0].phase("ended")

        run(story, drill)
        drill.until(phase="ended")
        drill.say("quit")
        assert drill.process.wait(PATIENCE) == 0
    assert bench.run("class", "forget", "mina", "--yes").code == 0
    said = bench.run("drill", "replay", "--json")
    assert (said.code, said.json["identical"], said.json["answers"]) == (0, True, 2)
    assert said.json["otherwise"] == []
    assert "mina" not in said.out


def test_a_replay_names_nobody_unless_it_is_asked_to(bench):
    """Ids are made from names: what is handed on has pseudonyms, as every other export."""
    bench.run("class", "new", "2B")
    bench.run("class", "add", "2B", "Mina Kim")
    with held(bench, "drill", "host", "2B", "cups", "--json", "--port", "0") as drill:
        drill.until(phase="lobby")

        async def story() -> None:
            phone = await drill.client(pin=drill.place["pin"], name="Mina Kim")
            drill.say("end")
            await phone.phase("ended")

        run(story, drill)
        drill.say("quit")
        assert drill.process.wait(PATIENCE) == 0
    (hidden,) = bench.run("drill", "replay", "--json").json["points"]
    assert hidden.startswith("S-")
    assert bench.run("drill", "replay", "--json", "--names").json["points"] == {"Mina Kim": 0}
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        connection.execute("DROP TRIGGER act_is_never_changed")
        changed = json.dumps({"points": {"mina-kim": 5}})
        connection.execute("UPDATE act SET data = ? WHERE type = 'end'", (changed,))
    told = bench.run("drill", "replay")
    assert f"{hidden} had 5, has 0" in told.out
    assert "Mina Kim had 5" in bench.run("drill", "replay", "--names").out


def test_a_guest_of_a_drill_is_erased_by_the_name_they_gave(bench):
    """Whatever it was, and whatever the host made of it: no byte of it stays, the scores do. Others keep theirs."""
    bench.run("learner", "add", "Kim Minji")
    with held(bench, "drill", "host", "--open", "cups", "--seconds", "0", "--json", "--port", "0") as drill:
        drill.until(phase="lobby")

        async def story() -> None:
            pin = drill.place["pin"]
            host = await drill.host()
            guest = await drill.client(pin=pin, name="Big Bad Wolf")
            namesake = await drill.client(pin=pin, name="Kim Minji")
            other = await drill.client(pin=pin, name="Zoe")
            who = (await guest.until("state"))["me"]["player"]
            await host.send(type="act", action="rename", player=who, name="Lee Jisoo")
            drill.say("next")
            for phone in (guest, namesake, other):
                await phone.phase("open")
                await phone.send(type="answer", item=0, round=1, values=["I am the big bad wolf"])
                await phone.until("ack")
            drill.say("reveal", "end")
            await other.phase("ended")

        run(story, drill)
        drill.say("quit")
        assert drill.process.wait(PATIENCE) == 0
    erased = bench.run("class", "forget", "big bad  wolf", "--yes")
    assert "are nobody's now" in erased.out
    assert "event" not in erased.out.partition("\n")[0]
    assert bench.run("class", "forget", "Kim Minji", "--yes").code == 0
    data = b"".join(path.read_bytes() for path in bench.folder.glob("progress.db*"))
    for name in (b"Big Bad Wolf", b"Lee Jisoo", b"Kim Minji", b"kim-minji"):
        assert name not in data
    assert data.count(b"I am the big bad wolf") == 1, "what Zoe typed is hers"
    results = bench.run("drill", "results", "--names", "--json").json
    assert len(results["students"]) == 3
    assert "Zoe" in {one["student"] for one in results["students"]}
    assert bench.run("drill", "replay").code == 0
    assert bench.run("db", "check").code == 0
    assert bench.run("class", "forget", "Big Bad Wolf", "--yes").code == 1
