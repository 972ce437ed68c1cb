"""Rosters as schools write them: nothing of a student is swapped, and no column is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizkit.errors import QuizkitError
from quizkit.formats.roster import Roster, read_roster


def read(folder: Path, text: str) -> Roster:
    (folder / "r.csv").write_text(text, "utf-8")
    return read_roster(folder / "r.csv")


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("name,number,group\nAda,1,red\n", ("Ada", "1", "red")),
        ("sep=;\n番号;氏名;組\n1;佐藤花子;A\n", ("佐藤花子", "1", "A")),
        ("1,Ada\n2,Bo\n", ("Ada", "1", "")),
        ("1,red,\n2,Bo,\n", ("red", "1", "")),
        ("Ada,A17,red\n", ("Ada", "A17", "red")),
        ("Class 2B 2026,,\nname,number,group\nAda,1,red\n", ("Ada", "1", "red")),
        ("2年B組\n\n氏名\n佐藤花子\n", ("佐藤花子", "", "")),
        ("姓,名\n佐藤,花子\n", ("佐藤 花子", "", "")),
        ("氏,名\n佐藤,花子\n", ("佐藤 花子", "", "")),
        ("名,姓\n花子,佐藤\n", ("佐藤 花子", "", "")),
        ("성,이름\n김,민지\n", ("김민지", "", "")),
        ("姓,名\nBrown,Alice\n", ("Alice Brown", "", "")),
        ("family name,first name\nBrown,Alice\n", ("Alice Brown", "", "")),
        ("Surname,Name\nBrown,Alice\n", ("Alice Brown", "", "")),
        ('"Name","Nummer","Gruppe"\n"Ada",1,"rot"\n', ("Ada", "1", "rot")),
        ("Vorname;Nachname;Klasse\nAda;Müller;7b\n", ("Ada Müller", "", "7b")),
        ("Nom,Prénom,Numéro,Groupe\nDupont,Élodie,3,A\n", ("Élodie Dupont", "3", "A")),
        ("N°,NOM,Prenom\n3,Dupont,Élodie\n", ("Élodie Dupont", "3", "")),
        ("Klasse,Gruppe,Name\n7b,rot,Ada\n", ("Ada", "", "rot")),
        ("full name,first name,last name\nAda L. Byron,Ada,Byron\n", ("Ada L. Byron", "", "")),
        ("学籍番号,番号,氏名\n,3,佐藤花子\n", ("佐藤花子", "3", "")),
    ],
)
def test_what_each_column_holds(tmp_path: Path, text: str, student: tuple[str, str, str]) -> None:
    """By its heading, else by its cells; names in the order that their script has."""
    roster = read(tmp_path, text)
    assert roster.students[0][:3] == student
    assert roster.doubts == ()


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    """A column nobody knows, one without a heading, the second with a number; not one that holds nothing."""
    roster = read(tmp_path, "2B\nname,E-Mail,id,no,house,\nAda,a@b,1,7,,x\n")
    assert roster.left_out == ("E-Mail", "no", "6")
    assert roster.columns == (("name", "name"), ("number", "id"))
    assert roster.above == ("2B",)


@pytest.mark.parametrize(
    ("text", "students", "doubt"),
    [
        ("Pupil,Roll\nAda,1\n", ["Ada"], "in words that aren't known: Pupil, Roll"),
        ("Ada,red\nBo,blue\n", ["Ada", "Bo"], "No line names the columns"),
        ("1,2023001,Ada\n2,2023002,Bo\n", ["Ada", "Bo"], "No line names the columns"),
        ("no,pupil,group\n1,Ada,red\n", ["Ada"], "No column is called name: is it pupil?"),
        ("Class 2B,,\nAda,1,red\n", ["Ada"], "Line 1 is taken for a title: Class 2B"),
    ],
)
def test_what_is_guessed_is_doubted(tmp_path: Path, text: str, students: list[str], doubt: str) -> None:
    roster = read(tmp_path, text)
    assert [student.name for student in roster.students] == students
    assert doubt in "".join(roster.doubts)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,number\nAda,1\nBo,1\n", "r.csv:3: 1 is the number of Ada in line 2."),
        ("sep=,\nAda\nAda\n", "r.csv:3: Ada stands in line 2 already."),
        ("name,number\n", "names nobody"),
        ("number,group\n1,red\n2,blue\n", "r.csv has no column for the names."),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(QuizkitError, match=complaint):
        read(tmp_path, text)
