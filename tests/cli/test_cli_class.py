"""Classes: rosters in, rosters out, and people erased."""

from __future__ import annotations

import json

import pytest

from tests.helpers.classes import FORTY, NAMES
from tests.helpers.command import Bench

ROSTER = "番号;氏名;班\n1;佐藤花子;A\n2;김민지;B\n3;Mina Müller;A\n4;佐藤花子;B\n"


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
        ("3", "Mina Müller", "A", "mina-müller"),
        ("1", "佐藤花子", "A", "佐藤花子"),
        ("4", "佐藤花子", "B", "佐藤花子-2"),
        ("2", "김민지", "B", "김민지"),
    ]
    assert "2B" in bench.run("class", "list").out


def test_the_same_roster_again_changes_nothing_and_a_newer_one_updates(bench: Bench) -> None:
    bench.run("class", "new", "2B", "--from", roster(bench))
    again = json.loads(bench.run("class", "import", "2B", "roster.csv", "--json").out)
    assert again == {"added": [], "changed": [], "unchanged": 4, "not_in_file": []}
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
        ("2", "Aya", "aya"),
        ("3", "Bo", "bo"),
        ("3", "Choi", "choi"),
        ("1", "Dan", "dan"),
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
    assert again == {"added": [], "changed": [], "unchanged": 40, "not_in_file": []}
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
    assert (bench.folder / "out.csv").read_text("utf-8") == "name,number,group\n'=cmd(),,\nMina,,\n"


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
