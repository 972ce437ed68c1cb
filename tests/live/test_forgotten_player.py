"""A drill whose player was erased afterwards."""

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
