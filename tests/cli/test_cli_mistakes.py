"""A user's mistakes end with a message that helps, and are never called a bug."""

import os
import re
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.command import PATIENCE
from tests.helpers.conversation import Conversation
from tests.helpers.hosted import held
from tests.helpers.terminal import Terminal


def _told(said, code, *texts):
    assert said.code == code, said.out + said.err
    for text in texts:
        assert text in re.sub(r"\s*│?\n│?\s*", " ", said.err)
    for never in ("Traceback", "bug of quizkit"):
        assert never not in said.out + said.err


@pytest.mark.parametrize(
    ("args", "texts"),
    [
        ("study tae", ("There is no deck tae.", "Did you mean tea?")),
        ("quiz coffee", ("There is no deck coffee.", "Decks here: cups, tea.")),
        ("due tae", ("Did you mean tea?",)),
        ("stats tae", ("Did you mean tea?",)),
        ("deck show tae", ("Did you mean tea?",)),
        ("study --kind chioce", ("There is no kind chioce.", "Did you mean choice?")),
        ("quiz --tag watre", ("No card has the tag watre.", "Did you mean water?")),
        ("card show tea/plnat", ("There is no card tea/plnat.", "tea/plant/main")),
        ("card history tea/plnat", ("There is no card tea/plnat.",)),
        ("card suspend tea/calm", ("Did you mean tea/calm/",)),
        ("card bury nothing/at/all", ("There is no card nothing/at/all.",)),
        ("card resume x", ("There is no card x.",)),
        ("card reset x", ("There is no card x.",)),
        ("study --learner nobody", ("There is no learner called nobody.", "Known learners: me.")),
        ("learner use nobody", ("There is no learner called nobody.",)),
        ("learner rename nobody X", ("There is no learner called nobody.",)),
        ("deck check no/such", ("There is no no/such.",)),
        ("deck ids no/such", ("There is no no/such.",)),
        ("db restore no/such", ("There is no file no/such.",)),
        ("db merge no/such", ("There is no file no/such.",)),
        ("db merge decks/tea.yaml", ("decks/tea.yaml is not a progress file",)),
        ("db backup decks/tea.yaml", ("decks/tea.yaml exists already.",)),
        ("db export decks", ("decks can't be used",)),
        ("--decks no/such study", ("There is no",)),
        ("--db decks study", ("decks can't be opened.",)),
        ("--db decks/tea.yaml/p.db study", ("can't be used",)),
        ("study --lang ../../etc", ("'../../etc' is no language.", "en, ja, ko")),
        ("due --lang en,,j!", ("'j!' is no language.",)),
    ],
)
def test_what_does_not_exist(bench, args, texts):
    """Whatever is named wrongly: the message says what, the hint what to do, and the exit code is 1."""
    _told(bench.run(*args.split()), 1, *texts)


@pytest.mark.parametrize(
    "args",
    [
        "stduy",
        "study --nwe 3",
        "study --limit 0",
        "study --new -1",
        "study --minutes soon",
        "quiz --order alphabet",
        "quiz -n 0",
        "card show",
        "card find",
        "deck show",
        "db merge",
        "learner add",
        "due --plain",
    ],
)
def test_usage(bench, args):
    """What the command line can't mean ends with the usage and code 2."""
    said = bench.run(*args.split())
    _told(said, 2, "Usage: ")
    assert said.out == ""


@pytest.mark.parametrize(
    ("env", "text"),
    [
        ({"QUIZKIT_NOW": "tomorrow"}, "QUIZKIT_NOW is 'tomorrow', which is not a time."),
        ({"QUIZKIT_NOW": "2026-03-02T09:00"}, "which has no UTC offset."),
        ({"QUIZKIT_TZ": "Mars/Olympus"}, "which is no time zone this machine knows."),
        ({"QUIZKIT_DECKS": "/no/such"}, "There is no /no/such."),
        ({"QUIZKIT_LANG": "日本語"}, "'日本語' is no language."),
    ],
)
def test_environment(bench, env, text):
    """The environment's mistakes are told like others, with nothing on standard output."""
    said = bench.run("stats", "--json", **env)
    _told(said, 1, text)
    assert said.out == ""


@pytest.mark.parametrize("command", ["study", "stats", "db rebuild"])
def test_a_database_of_another_program(bench, command):
    """Another program's database is left alone."""
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
    connection.close()
    before = (bench.folder / "progress.db").read_bytes()
    _told(bench.run(*command.split()), 1, "is a database of another program.")
    assert (bench.folder / "progress.db").read_bytes() == before


@pytest.mark.parametrize("command", ["study", "db check", "db export"])
def test_a_newer_database(bench, command):
    """A file of a newer quizkit is not touched."""
    bench.run("learner", "add", "Mina")
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    _told(bench.run(*command.split()), 1, "was written by a newer quizkit", "Update quizkit.")


def test_a_damaged_database(bench):
    """What is no database at all is told apart from an empty one."""
    (bench.folder / "progress.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    _told(bench.run("study"), 1, "progress.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(bench):
    """Where nothing may be written the message says so and names the way out."""
    bench.folder.chmod(0o555)
    try:
        _told(bench.run("study"), 1, "--db")
    finally:
        bench.folder.chmod(0o755)


def test_no_decks(bench, tmp_path):
    """An empty folder of decks is no crash."""
    (tmp_path / "empty" / "decks").mkdir(parents=True)
    said = bench.run("study", cwd=tmp_path / "empty")
    assert "Traceback" not in said.err
    assert said.code in (0, 1)
    assert "no decks" in (said.out + said.err).lower() or "Nothing is due" in said.out


def test_a_broken_deck_hides_no_other(bench):
    """Decks that can be read are studied, whatever the others are."""
    (bench.folder / "decks" / "bad.yaml").write_bytes(b"\xff\xfe\x00deck")
    (bench.folder / "decks" / "odd.yaml").write_text("deck: [", encoding="utf-8")
    said = bench.run("study", "cups", text="Raku\n")
    assert said.code == 0
    assert "Saved as" in said.out
    assert len(bench.run("deck", "list", "--json").json["unreadable"]) == 2


def test_a_note_with_a_mistake_isnt_left_out_in_silence(bench):
    """Every time, not only when the file was just read: its author may not have been there the first time."""
    (bench.folder / "decks" / "ink.yaml").write_text(
        "deck: ink\ntitle: Ink\nnotes:\n"
        "  - {id: black, kind: typed, ask: What is it made of?, answer: soot}\n"
        "  - {id: red, kind: typed, ask: What colours it?}\n",
        "utf-8",
    )
    for _again in range(2):
        for args in (("study", "ink"), ("study", "ink", "--json"), ("quiz", "ink", "--plain")):
            said = bench.run(*args)
            assert "mistakes in decks/ink.yaml" in said.err
            assert "mistakes in" not in said.out
    with Terminal(bench, "study", "ink") as terminal:
        terminal.wait_for("made of", "mistakes in decks/ink.yaml", "quizkit deck check")
    for args in (("print", "ink", "-o", "ink.html"), ("run", "ink", "--plain")):
        assert "mistakes in decks/ink.yaml" in bench.run("drill", *args).err
    with held(bench, "drill", "host", "ink", "--open", "--json", "--port", "0") as drill:
        assert "mistakes in decks/ink.yaml" in drill.place["problems"][0]
    assert "decks/ink.yaml has 1 mistake: quizkit deck check" in bench.run("deck", "list").out
    assert {row["deck"]: row["mistakes"] for row in bench.run("deck", "list", "--json").json["decks"]}["ink"] == 1
    written = bench.run("export", "ink", "--to", "csv", "-o", "ink.csv")
    assert "decks/ink.yaml: has mistakes (1)" in written.out + written.err
    other = bench.run("export", "cups", "--to", "csv", "-o", "cups.csv")
    assert "mistakes" not in other.out + other.err


def _interrupted(bench, *args) -> tuple[int, str, str]:
    process = subprocess.Popen(
        bench.argv(*args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=bench.folder,
        env=bench.env,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, first + out, err


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
@pytest.mark.parametrize("face", ["--plain", "--json"])
def test_ctrl_c_in_a_session(bench, face):
    """Ctrl-C is a way to leave a session: it ends with the summary, as `quit` does."""
    code, out, err = _interrupted(bench, "study", face)
    assert (code, err) == (0, "")
    assert "Nothing was answered." in out or '"answers": 0' in out


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
def test_ctrl_c_elsewhere(bench):
    """A command that is interrupted ends with 130, and quietly."""
    with Conversation(bench, "study", "cups") as talk:
        talk.hear()
        talk.say(values=["long " * 60_000])
    # More than a pipe holds: the command waits to be read, and there is time enough to interrupt it.
    process = subprocess.Popen(
        bench.argv("db", "export"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=bench.folder, env=bench.env
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"{"
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_a_reader_that_leaves(bench):
    """`| head -1` is no error of anybody's: no traceback when the reader has gone."""
    bench.run("study", "cups", text="Raku\n")
    command = " ".join([*map(repr, bench.argv("stats"))]) + " | head -1"
    done = subprocess.run(
        command, shell=True, cwd=bench.folder, env=bench.env, capture_output=True, timeout=PATIENCE, encoding="utf-8"
    )
    assert "Traceback" not in done.stderr
    assert "bug of quizkit" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is only there on Linux")
@pytest.mark.parametrize("args", [("deck", "list"), ("deck", "preview", "tea"), ("due", "--json"), ("study", "--help")])
def test_a_full_disk_is_no_bug(bench, args):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            bench.argv(*args),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=bench.folder,
            env=bench.env,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "quizkit: the output can't be written: No space left on device\n  Make room, and try again.\n"
