"""The files of a folder: found in a steady order, read once, and kept as rows that make the same notes again."""

import os

import pytest

from quizkit.answers import normalise
from quizkit.decks.check import check_paths
from quizkit.decks.library import changed, load_all, read
from quizkit.decks.load import note_from_row
from quizkit.decks.scan import scan
from quizkit.errors import QuizkitError

NOTE = """
- id: capital
  kind: typed
  ask: What is the capital of Japan?
  answer: {en: Tokyo, ja: 東京}
  also: [Edo]
  tags: [places, asia]
  after: treaty
  confuses: [other/kyoto]
  was: [old]
- id: treaty
  kind: cloze
  text: '{{c1::Kanagawa}} in {{c2::1854}}'
"""


def test_decks_are_found_in_order_of_their_names(folder):
    """yaml and yml, also in inner folders; hidden files, other files and sources are none."""
    for name in (
        "b.yaml",
        "a.yml",
        "inner/c.yaml",
        ".hidden.yaml",
        "notes.txt",
        "sources/s.yaml",
        "inner/sources/d.yaml",
    ):
        folder.write(name, "deck: x\n")
    names = [found.name for found in scan(folder.path)]
    assert names == ["decks/a.yml", "decks/b.yaml", "decks/inner/c.yaml", "decks/inner/sources/d.yaml"]


def test_names_begin_with_the_folder_however_it_is_called(folder, monkeypatch):
    """`quizkit deck check .` speaks of decks/x.yaml too."""
    folder.deck(NOTE)
    monkeypatch.chdir(folder.path)
    from pathlib import Path

    assert [found.name for found in scan(Path())] == ["decks/demo.yaml"]
    (folder.path / "inner").mkdir()
    monkeypatch.chdir(folder.path / "inner")
    assert [found.name for found in scan(Path(".."))] == ["decks/demo.yaml"]


def test_a_file_becomes_rows(folder):
    """Notes, cards, answers as they are compared, former ids, and the file as it was."""
    path = folder.deck(NOTE, head="source: atlas\n")
    rows, problems = read(scan(folder.path)[0])
    assert problems == []
    assert (rows.file.path, rows.file.size, rows.file.deck) == ("decks/demo.yaml", path.stat().st_size, "demo")
    assert (rows.deck.source, rows.deck.notes, rows.deck.cards) == ("atlas", 2, 3)
    assert [(n.key, n.line, n.position, n.after, n.confuses) for n in rows.notes] == [
        ("demo/capital", 5, 0, "demo/treaty", "other/kyoto"),
        ("demo/treaty", 14, 1, "", ""),
    ]
    assert [(c.key, c.shape, c.tags) for c in rows.cards] == [
        ("demo/capital/main", "type", " places asia "),
        ("demo/treaty/c1", "type", ""),
        ("demo/treaty/c2", "type", ""),
    ]
    wanted = {normalise(form) for form in ("Tokyo", "東京", "Edo", "Kanagawa", "1854")}
    assert {answer.norm for answer in rows.answers} == wanted
    assert [(alias.old, alias.new) for alias in rows.aliases] == [("demo/old", "demo/capital")]


def test_a_note_out_of_the_index_is_the_note_of_the_file(folder):
    """Reading YAML is done once; later the plain data makes the same note."""
    folder.deck(NOTE)
    rows, _problems = read(scan(folder.path)[0])
    for note, row in zip(load_all(folder.path).decks[0].deck.notes, rows.notes, strict=True):
        again = note_from_row(rows.deck, row)
        assert again.body == note.body
        assert (again.key, again.span.file, again.span.line) == (note.key, note.span.file, note.span.line)


def test_an_unusable_file_has_a_row_that_says_why(folder):
    """So that it isn't read again at every start, and `deck list` can tell."""
    folder.write("bad.yaml", "just words")
    rows, problems = read(scan(folder.path)[0])
    assert rows.deck is None
    assert rows.file.error == problems[0].message == "This is no mapping."


def test_what_is_written_changes_the_fingerprint(folder):
    """Equal content has an equal fingerprint, whatever the time of writing."""
    path = folder.deck(NOTE)
    before = read(scan(folder.path)[0])[0].file
    os.utime(path, ns=(1, 1))
    same = read(scan(folder.path)[0])[0].file
    folder.deck(NOTE.replace("Edo", "Ebo"))
    other = read(scan(folder.path)[0])[0].file
    assert same.digest == before.digest != other.digest
    assert changed(scan(folder.path), {before.path: before})[0]


def test_a_single_file_is_checked_among_its_neighbours(folder):
    """What it refers to is known, what is wrong with others isn't told."""
    folder.deck(NOTE.replace("other/kyoto", "two/kyoto"), "one")
    folder.deck("- id: kyoto\n  kind: typed\n  ask: Which?\n  answer: x\n  after: nothing\n", "two")
    report = check_paths([folder.path / "one.yaml"])
    assert (report.diagnostics, report.decks, report.notes, report.cards) == ([], 1, 2, 3)
    assert [d.rule.code for d in check_paths([folder.path / "two.yaml"]).diagnostics] == ["after-unknown"]


def test_nothing_of_that_name_is_told(folder):
    """A slip in the path is the user's to mend."""
    with pytest.raises(QuizkitError, match=r"nowhere\.yaml"):
        check_paths([folder.path / "nowhere.yaml"])


def test_an_empty_folder_is_no_mistake(folder):
    """A workspace may begin without decks."""
    report = check_paths([folder.path])
    assert (report.diagnostics, report.decks) == ([], 0)
