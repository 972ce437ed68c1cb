"""Classes: rosters in, rosters out, and people erased."""

from __future__ import annotations

import json

import pytest

from tests.helpers.classes import FORTY, NAMES
from tests.helpers.command import Bench
from tests.helpers.terminal import DOWN, ENTER, Terminal

ROSTER = "番号;氏名;班\n1;佐藤花子;A\n2;김민지;B\n3;Mina Müller;A\n4;佐藤花子;B\n"


NOTHING = {"added": [], "known": [], "changed": [], "not_in_file": [], "columns_left_out": []}
"""What taking a roster over tells when nothing changes."""


def roster(bench: Bench, text: str = ROSTER, encoding: str = "utf-8") -> str:
    (bench.folder / "roster.csv").write_bytes(text.encode(encoding))
    return "roster.csv"


def students(bench: Bench) -> list[tuple[str, ...]]:
    room = json.loads(bench.run("class", "show", "2B", "--json").out)
    return [(student["number"], student["name"], student["group"], student["id"]) for student in room["students"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_roster_makes_a_class(bench: Bench, encoding: str) -> None:
    """Whatever it is encoded in; namesakes are two people, told apart by number."""
    said = bench.run("class", "new", "2B", "--from", roster(bench, encoding=encoding))
    assert (said.code, "2B · 4 students" in said.out) == (0, True)
    assert students(bench) == [
        ("1", "佐藤花子", "A", "佐藤花子"),
        ("2", "김민지", "B", "김민지"),
        ("3", "Mina Müller", "A", "mina-müller"),
        ("4", "佐藤花子", "B", "佐藤花子-2"),
    ]
    assert "2B" in bench.run("class", "list").out


def test_the_same_roster_again_changes_nothing_and_a_newer_one_updates(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench))
    again = json.loads(bench.run("class", "import", "2B", "roster.csv", "--json").out)
    assert again == {**NOTHING, "unchanged": 4}
    roster(bench, "name,id,group\nMina Mueller,3,B\nBob,5,\n")
    told = bench.run("class", "import", "2B", "roster.csv", "--yes").out
    assert "Mina Müller · 3 · A → Mina Mueller · 3 · B" in told
    assert "3 aren't in the file, and stay in the class" in told
    assert ("3", "Mina Mueller", "B", "mina-müller") in students(bench)
    assert len(students(bench)) == 5


def test_numbers_dealt_anew_are_nobody_elses_memory(bench: Bench) -> None:
    """Everybody stays who they are by name, whoever had their number before."""
    bench.run("class", "new", "2B", "--from", roster(bench, "Aya,1\nBo,2\nChoi,3\n"))
    bench.run("class", "import", "2B", roster(bench, "Aya,2\nBo,3\nDan,1\n"), "--yes")
    assert [(number, name, learner) for number, name, _group, learner in students(bench)] == [
        ("1", "Dan", "dan"),
        ("2", "Aya", "aya"),
        ("3", "Bo", "bo"),
        ("3", "Choi", "choi"),
    ]


def test_names_that_make_one_id_are_two_people(bench: Bench) -> None:
    """In one roster, and in two classes; a learner from before who isn't in any class joins."""
    bench.run("learner", "add", "cy")
    bench.run("class", "new", "2B", "--from", roster(bench, "alex\nAlex\nCy\n"))
    assert [(row[1], row[3]) for row in students(bench)] == [("alex", "alex"), ("Alex", "alex-2"), ("Cy", "cy")]
    bench.run("class", "new", "3C")
    assert "as learner alex-3." in bench.run("class", "add", "3C", "ALEX").out


def test_a_class_is_not_read_out(bench: Bench) -> None:
    """A name mistyped in front of everybody: the nearest are named, or a few, never all."""
    bench.run("class", "new", "2B", "--from", roster(bench, FORTY))
    assert "Did you mean Alice Brown?" in bench.run("class", "forget", "Alice Brwn").err
    told = bench.run("class", "forget", "zzz").err
    assert sum(name in told for name in NAMES) <= 6
    assert "…" in told


def test_an_empty_cell_says_nothing(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench, "Aya,1,red\nBo,2,\n"))
    said = bench.run("class", "import", "2B", roster(bench, "name,group\nAya,\nBo,blue\nCy,\n"), "--json").json
    assert (said["added"], said["changed"], said["unchanged"]) == (["Cy"], ["Bo"], 1)
    assert [row[:3] for row in students(bench)] == [("1", "Aya", "red"), ("2", "Bo", "blue"), ("", "Cy", "")]


def test_forty_students_of_three_scripts(bench: Bench) -> None:
    """A real class: in, out by name, in again; two pairs of namesakes among them."""
    bench.run("class", "new", "2B", "--from", roster(bench, FORTY))
    assert len(students(bench)) == len({row[3] for row in students(bench)}) == 40
    assert bench.run("class", "export", "2B", "--names", "-o", "out.csv").code == 0
    again = bench.run("class", "import", "2B", "out.csv", "--json").json
    assert again == {**NOTHING, "unchanged": 40}
    shown = bench.run("class", "show", "2B").out
    assert all(name in shown for name in NAMES)
    hidden = bench.run("class", "export", "2B").out
    assert len(set(hidden.splitlines()[1:])) == 40
    assert not any(name in hidden for name in NAMES)


def test_nothing_is_written_unasked(bench: Bench) -> None:
    """Nobody at the terminal: what would change is said, and nothing is done."""
    bench.run("class", "new", "2B")
    said = bench.run("class", "import", "2B", roster(bench))
    assert said.code == 1
    assert "4 to add" in said.out
    assert "--yes" in said.err
    assert students(bench) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,id\nA,1\n,2\n", "roster.csv:3: there is no name"),
        ("A\nB\nA\n", "roster.csv:3: A stands in line 1 already"),
        ("", "names nobody"),
    ],
)
def test_what_is_wrong_with_a_roster_is_said_with_its_line(bench: Bench, text: str, complaint: str) -> None:
    bench.run("class", "new", "2B")
    said = bench.run("class", "import", "2B", roster(bench, text), "--yes")
    assert said.code == 1
    assert complaint in said.err
    assert students(bench) == []


def test_exports_have_pseudonyms_unless_names_are_asked_for(bench: Bench) -> None:
    """The same ones each time; no name, no number; no cell is a formula."""
    bench.run("class", "new", "2B", "--from", roster(bench, "=cmd()\nMina\n"))
    hidden = bench.run("class", "export", "2B").out
    assert hidden == bench.run("class", "export", "2B").out
    assert hidden.startswith("pseudonym,group\nS-")
    assert "Mina" not in hidden
    bench.run("class", "export", "2B", "--names", "-o", "out.csv")
    assert (bench.folder / "out.csv").read_text("utf-8") == "\ufeffname,number,group\n'=cmd(),,\nMina,,\n"


def test_an_export_overwrites_nothing_unasked(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench, "Mina\n"))
    refused = bench.run("class", "export", "2B", "--names", "-o", "roster.csv")
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert (bench.folder / "roster.csv").read_text("utf-8") == "Mina\n"
    assert bench.run("class", "export", "2B", "--names", "-o", "roster.csv", "--force").code == 0
    assert (bench.folder / "roster.csv").read_bytes().startswith(b"\xef\xbb\xbfname")


def test_a_class_is_listed_by_number(bench: Bench) -> None:
    """9 before 10, whoever has none at the end; a long name is whole, its id gives way."""
    long = "Maximiliane Alexandra von und zu Hohenstein"
    bench.run(
        "class", "new", "2B", "--from", roster(bench, f"name,number\nBo,10\nZoe,9\nAya,\n{long},1\nAl,B2\nUma,B10\n")
    )
    assert [row[1] for row in students(bench)] == [long, "Zoe", "Bo", "Al", "Uma", "Aya"]
    assert long in bench.run("class", "show", "2B", COLUMNS="80").out


def test_numbers_dealt_anew_double_nobody(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench, "Ada,1\nBob,2\n"))
    said = bench.run("class", "import", "2B", roster(bench, "Ada,11\nBob,12\n"), "--yes").out
    assert "Ada · 1 → Ada · 11" in said
    assert "to add" not in said
    assert [(row[0], row[3]) for row in students(bench)] == [("11", "ada"), ("12", "bob")]


def test_namesakes_in_two_classes_are_told_apart(bench: Bench) -> None:
    """It is said whom a student is taken for; with another number they are somebody else, unless --same is."""

    def learner(name: str) -> str:
        (student,) = json.loads(bench.run("class", "show", name, "--json").out)["students"]
        return str(student["id"])

    bench.run("class", "new", "A1", "--from", roster(bench, "Minji Kim,3\n"))
    other = bench.run("class", "new", "B1", "--from", roster(bench, "Minji Kim,17\n"))
    assert "Minji Kim · 17 is taken for somebody else than Minji Kim (A1 · 3)." in " ".join(other.out.split())
    assert "--same" in other.out
    same = bench.run("class", "new", "C1", "--same", "--from", roster(bench, "Minji Kim,20\n"))
    assert "somebody else" in same.out, "nobody knows which of the two"
    bench.run("class", "remove", "B1", "--yes")
    known = bench.run("class", "new", "D1", "--from", roster(bench, "Minji Kim,3\n"))
    assert "is taken for Minji Kim (A1 · 3): one person" in " ".join(known.out.split())
    bench.run("class", "new", "E1")
    added = bench.run("class", "add", "E1", "Minji Kim")
    assert "somebody else" in added.out
    assert [learner(name) for name in ("A1", "C1", "D1", "E1")] == [
        "minji-kim",
        "minji-kim-3",
        "minji-kim",
        "minji-kim-4",
    ]
    bench.run("class", "new", "F1", "--from", roster(bench, "Ada,1\n"))
    bench.run("class", "new", "G1")
    assert "as learner ada." in bench.run("class", "add", "G1", "Ada", "--number", "9", "--same").out


def test_a_doubtful_roster_is_not_taken_over_unseen(bench: Bench) -> None:
    """What it was taken for is said; a script that has looked says so."""
    name = roster(bench, "Pupil,Roll,Mail\nAda,1,x@y\n")
    refused = bench.run("class", "new", "2B", "--from", name)
    assert (refused.code, "--yes" in refused.err) == (1, True)
    assert "Columns: Pupil → name · Roll → number" in refused.out
    assert bench.run("class", "list", "--json").json == []
    assert bench.run("class", "new", "2B", "--from", name, "--yes").code == 0
    assert bench.run("class", "import", "2B", name, "--json").code == 0, "nothing changes"
    assert bench.run("class", "import", "2B", roster(bench, "Pupil,Roll\nBo,2\n"), "--json").code == 1
    plain = bench.run("class", "new", "3C", "--from", roster(bench, "name,number\nBo,2\n"))
    assert (plain.code, "Columns: name · number\n" in plain.out) == (0, True)


def test_a_teacher_sees_a_roster_before_it_is_taken_over(bench: Bench) -> None:
    """What its columns hold, its first students, what is left out; whoever might be somebody is asked about."""
    bench.run("class", "new", "A1", "--from", roster(bench, "Minji Kim,3\n"))
    name = roster(bench, "番号,氏名,メモ\n17,Minji Kim,x\n2,Bo,\n3,Cy,\n4,Di,\n")
    with Terminal(bench, "class", "new", "B1", "--from", name) as terminal:
        terminal.wait_for("番号 → number · 氏名 → name", "column メモ", "4 students", "Minji Kim · 17", "Cy · 3", "…")
        terminal.wait_for("Who is Minji Kim · 17?", "Minji Kim (A1 · 3)", "somebody new")
        assert "Di" not in terminal.screen()
        terminal.send(ENTER)
        terminal.wait_for("one person, with one memory", "Take it over?")
        terminal.send("n")
        assert terminal.ended() == 0
    assert [room["id"] for room in bench.run("class", "list", "--json").json] == ["a1"]
    with Terminal(bench, "class", "new", "B1", "--from", name) as terminal:
        terminal.wait_for("Who is Minji Kim · 17?")
        terminal.send(DOWN + ENTER)
        terminal.wait_for("somebody else than Minji Kim (A1 · 3)", "Take it over?")
        terminal.send("y")
        terminal.wait_for("B1 · 4 students")
        assert terminal.ended() == 0


def test_a_student_comes_goes_and_is_erased(bench: Bench) -> None:
    """Leaving a class keeps what was learnt; being erased keeps nothing, and says what is left."""
    bench.run("learner", "add", "Mina")
    bench.run("class", "new", "2B")
    assert "as learner mina" in bench.run("class", "add", "2B", "Mina", "--number", "7").out
    assert bench.run("class", "add", "2B", "Mina", "--number", "7").code == 1
    bench.run("study", "tea", "--plain", "--learner", "mina", text="1\n")
    bench.run("class", "remove", "2B", "7")
    assert students(bench) == []
    assert json.loads(bench.run("stats", "--learner", "mina", "--json").out)["answers"] == 1
    bench.run("db", "backup", "progress-x.bak.db")
    erased = bench.run("class", "forget", "mina", "--yes")
    assert "progress-x.bak.db" in erased.out
    assert bench.run("stats", "--learner", "mina").code == 1
    assert b"Mina" not in (bench.folder / "progress.db").read_bytes()
    assert bench.run("db", "check").code == 0


def test_who_is_meant_is_asked_for(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench))
    assert "Did you mean 2B?" in bench.run("class", "show", "2 B").err
    assert "Did you mean Mina Müller?" in bench.run("class", "remove", "2B", "Mina Muller").err
    assert "1 (佐藤花子), 4 (佐藤花子)" in bench.run("class", "remove", "2B", "佐藤花子").err
    assert bench.run("class", "remove", "2B", "--yes").code == 0
    assert bench.run("class", "list", "--json").out.strip() == "[]"


def test_a_students_own_file_is_taken_over_as_theirs(bench: Bench) -> None:
    """At home they were 'me'."""
    bench.run("study", "tea", "--plain", text="1\n")
    bench.run("class", "new", "2B", "--from", roster(bench), QUIZKIT_DB="class.db")
    said = bench.run("--db", "class.db", "db", "merge", "progress.db", "--learner", "김민지")
    assert "1 event taken over" in said.out
    told = bench.run("--db", "class.db", "stats", "--learner", "김민지", "--json").out
    assert json.loads(told)["answers"] == 1
