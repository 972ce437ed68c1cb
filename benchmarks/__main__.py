"""`python -m benchmarks`: the table of ratios, and how each figure was taken. `--small` for a quick look."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path

import quizkit
from benchmarks.authoring import checking, moving
from benchmarks.drill import load
from benchmarks.editor import editing
from benchmarks.material import CARDS_A_FILE, LEARNER, write_decks, write_log
from benchmarks.measure import Sample, in_turn, peak_memory, ratio, until_text
from quizkit.clock import Calendar, Clock
from quizkit.model import Card, Judged, Question, Rating, Response, Shape, Verdict
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page
from quizkit.terminal.progress import progress_bar
from quizkit.terminal.style import Style

HELLO = "import typer\napp = typer.Typer(add_completion=False)\n@app.command()\ndef hello(): print('hello')\napp()\n"
NOW = 1_780_000_000_000
START_RUNS = 15
ANSWERS = 1000


def main() -> None:
    """Measure everything and print the table."""
    small = "--small" in sys.argv
    cards, events = (5_000, 50_000) if small else (100_000, 1_000_000)
    folder = Path(tempfile.mkdtemp(prefix="quizkit-benchmarks-"))
    try:
        rows = [
            *starts(folder, cards),
            *indexing(folder, cards),
            *answering(folder, cards, events),
            *replaying(folder),
            *checking(folder, 2_000 if small else 10_000),
            *moving(folder, 2_000 if small else 10_000),
            *editing(folder),
            *load(folder, *((300, 0) if small else ())),
        ]
    finally:
        shutil.rmtree(folder)
    page = Page(150, Style(False))
    print("\n".join(table(page, ("what", "measured", "goal", "how"), rows)))


def _environment(folder: Path) -> dict[str, str]:
    """Compiled bytecode, wherever the checkout may not be written to; nothing of the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZKIT", "PYTHON"))}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "LANG": "C.UTF-8"}


def starts(folder: Path, cards: int) -> list[tuple[str, ...]]:
    """From typing `quizkit study` to the first question's text."""
    few, many = folder / "few", folder / "many"
    write_decks(few, 100)
    write_decks(many, cards)
    hello = folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    environment = _environment(folder)
    study = [str(Path(sys.executable).with_name("quizkit")), "study"]
    first = "code word of agreement 0?"
    for place in (few, many):
        subprocess.run(
            [*study, "--plain"], cwd=place, env=environment, stdin=subprocess.DEVNULL, check=True, capture_output=True
        )
    compileall.compile_dir(Path(quizkit.__file__).parent, quiet=1)
    peaks: list[int] = []

    def show(where: Path) -> float:
        taken, peak = until_text(study, first, where, environment)
        if where is many:
            peaks.append(peak)
        return taken

    with progress_bar("start") as shown:
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            shown(done, 3 * (START_RUNS + 1))

        bare, at_few, at_many = in_turn(
            START_RUNS,
            lambda: until_text([sys.executable, str(hello)], "hello", folder, environment)[0],
            lambda: show(few),
            lambda: show(many),
            tick=tick,
        )
    against, growth = ratio(at_few, bare), ratio(at_many, at_few)
    return [
        (
            "first question, 100 cards",
            f"{against.median:.2f} × a bare typer hello",
            "1.5 ×",
            _spread(at_few, "ms", 1000),
        ),
        (
            f"first question, {cards:,} cards",
            f"{growth.median:.2f} × with 100 cards",
            "1.2 ×",
            _spread(at_many, "ms", 1000),
        ),
        (
            "memory at the first question",
            f"{max(peaks) / 1024:.0f} MiB",
            "120 MB",
            f"peak resident size, {cards:,} cards",
        ),
    ]


def _spread(sample: Sample, unit: str, factor: float) -> str:
    low, high = min(sample.values) * factor, max(sample.values) * factor
    return f"median {sample.median * factor:.0f} {unit} ({low:.0f}–{high:.0f}), {len(sample.values)} runs in turn"


def indexing(folder: Path, cards: int) -> list[tuple[str, ...]]:
    """The first reading of all decks, and a later one with a single changed file."""
    from quizkit.workspace import Workspace, find_places

    many = folder / "many"
    values, again = [], []
    with progress_bar("index") as shown:
        for run in range(3):
            shutil.rmtree(many / ".quizkit", ignore_errors=True)
            with Workspace(find_places(many, progress=many / "index.db"), Clock(Calendar(UTC), NOW)) as workspace:
                began = time.perf_counter()
                workspace.refresh(lambda done, total, run=run: shown(run * total + done, 3 * total))
                values.append(cards / (time.perf_counter() - began))
                changed = next((many / "decks").glob("*.yaml"))
                changed.write_text(changed.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
                began = time.perf_counter()
                workspace.refresh()
                again.append(time.perf_counter() - began)
    files = -(-cards // CARDS_A_FILE)
    return [
        (
            f"first indexing, {cards:,} cards",
            f"{Sample(tuple(values)).median:,.0f} cards/s",
            "20,000/s",
            f"median of 3, {os.cpu_count()} processors; typed, reversed, cloze and choice notes",
        ),
        (
            "one file of them changed",
            f"{Sample(tuple(again)).median * 1000:.0f} ms",
            "only it is read",
            f"1 of {files} files, median of 3",
        ),
    ]


def answering(folder: Path, cards: int, events: int) -> list[tuple[str, ...]]:
    """From a response judged to the next question ready, the answer committed with synchronous=FULL."""
    from quizkit.workspace import Selection, Workspace, find_places, start_study

    many = folder / "many"
    clock = Clock(Calendar(UTC), NOW)
    with progress_bar("log") as shown:
        count = write_log(many / "progress.db", clock, cards, events, shown)
    taken: list[float] = []
    with Workspace(find_places(many), clock) as workspace, progress_bar("answer") as shown:
        judge, judged_at = workspace.judged, [0.0]

        def judged(card: Card, question: Question, verdict: Verdict) -> Judged:
            judged_at[0] = time.perf_counter()
            return judge(card, question, verdict)

        workspace.judged = judged  # type: ignore[method-assign]
        run = start_study(workspace, Selection(), limit=ANSWERS)
        asked = run.asked()
        while asked is not None and len(taken) < ANSWERS:
            response = Response(("1",)) if asked.question.shape is Shape.PICK_ONE else Response(("word 1",))
            response = Response() if asked.question.shape is Shape.REVEAL else response
            if not run.respond(response, 1000).saved:
                judged_at[0] = time.perf_counter()
                run.rate(Rating.GOOD)
            asked = run.asked()
            taken.append(time.perf_counter() - judged_at[0])
            clock.fixed = (clock.fixed or 0) + 5_000
            shown(len(taken), ANSWERS)
    sample = Sample(tuple(taken))
    command = [str(Path(sys.executable).with_name("quizkit")), "study", "--plain", "--limit", "200"]
    peak = peak_memory(command, "1\n" * 1000, many, _environment(folder)) / 1024
    how = f"{len(taken)} answers, {cards:,} cards, {count:,} events, in process"
    return [
        ("verdict to next question, median", f"{sample.median * 1000:.2f} ms", "1 ms", how),
        (
            "the same, 99th percentile",
            f"{sample.percentile(0.99) * 1000:.2f} ms",
            "6 ms",
            "the same",
        ),
        (
            "memory while studying",
            f"{peak:.0f} MiB",
            "120 MB",
            f"peak resident size of `quizkit study --plain --limit 200` answered to its end, {cards:,} cards",
        ),
    ]


def replaying(folder: Path) -> list[tuple[str, ...]]:
    """All memories made anew from the log, against py-fsrs reviewing as many times."""
    from quizkit.store import Store
    from quizkit.store.check import rebuild

    ours, theirs = [], []
    with (
        Store.open(folder / "many" / "progress.db", clock=Clock(Calendar(UTC), NOW)) as store,
        progress_bar("replay") as shown,
    ):
        count = sum(1 for _ in store.events(LEARNER))
        for run in range(3):
            began = time.perf_counter()
            rebuild(store, progress=lambda done, total, run=run: shown(run * total + done, 3 * total))
            ours.append(count / (time.perf_counter() - began))
            theirs.append(_library_loop())
    against = ratio(Sample(tuple(ours)), Sample(tuple(theirs)))
    return [
        (
            f"replay of {count:,} events",
            f"{Sample(tuple(ours)).median:,.0f}/s",
            "—",
            f"{against.median:.2f} × py-fsrs's own review loop ({Sample(tuple(theirs)).median:,.0f}/s, no database)",
        )
    ]


def _library_loop(cards: int = 5_000, each: int = 10) -> float:
    """Reviews a second of py-fsrs alone, on cards it keeps in memory."""
    from datetime import datetime, timedelta

    from fsrs import Card, Scheduler
    from fsrs import Rating as Theirs

    scheduler = Scheduler(enable_fuzzing=False)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    began = time.perf_counter()
    for number in range(cards):
        card = Card(card_id=number, due=start)
        now = start
        for turn in range(each):
            card, _ = scheduler.review_card(card, Theirs.Again if (number + turn) % 7 == 0 else Theirs.Good, now)
            now += timedelta(days=1 + 2 * turn)
    return cards * each / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
