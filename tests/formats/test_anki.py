"""Anki packages, by the real Anki: what goes out is imported and studied there, and comes back with nothing lost."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.anki import read, write
from quizkit.formats.anki_templates import fill
from quizkit.formats.item import Item, Option, PastMemory, PastReview, ReadOptions, WriteOptions
from tests.helpers.items import deck_items

NOW = 1_772_409_600_000
DAY = 86_400_000
ITEMS = [
    Item("basic", "QUAD", ("Four *countries*",), explain="More.", tags=("a", "b"), key="d/basic", group="Words"),
    Item("basic", "犬", ("dog",), reverse=True, key="d/both", group="Words"),
    Item("typed", "Where? 1 < 2", ("Camp & David",), key="d/typed", group="Words"),
    Item("cloze", "The {{c1::sun}} and {{c2::moon::at night}}.", explain="Sky.", key="d/cloze", group="Sky"),
    Item("basic", "外交《がいこう》", ("- one\n- two",), key="d/ruby", group="Sky", media=("map.png",)),
    Item("basic", "Listen", ("dog",), answer_media=("dog.png", "dog.mp3"), key="d/after", group="Words"),
    Item(
        "basic",
        "猫",
        ("cat",),
        reverse=True,
        media=("neko.mp3",),
        answer_media=("cat.png",),
        key="d/two",
        group="Words",
    ),
    Item("typed", "Who?", ("Kim",), explain="He.", answer_media=("kim.png",), key="d/who", group="Words"),
    Item("cloze", "{{c1::Seoul}}.", media=("map.png",), answer_media=("seoul.png",), key="d/gap", group="Sky"),
]
MEDIA = {
    name: lambda: b"\x89PNG not really"
    for name in ("map.png", "dog.mp3", "dog.png", "neko.mp3", "cat.png", "kim.png", "seoul.png")
}
FRESH = WriteOptions(title="All", now=NOW, media=MEDIA)


class Anki:
    """A collection of Anki's own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.col = Collection(str(folder / "collection.anki2"))
        self.col.set_config("fsrs", True)

    def take(self, path: Path) -> Any:
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        return self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log

    def give(self, path: Path, *, legacy: bool) -> Path:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        return path


@pytest.fixture
def anki(tmp_path: Path) -> Any:
    program = Anki(tmp_path / "anki")
    yield program
    program.col.close()


def put(folder: Path, items: list[Item], options: WriteOptions = FRESH) -> Path:
    path = folder / "out.apkg"
    path.write_bytes(write(items, options).data)
    return path


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    path = put(tmp_path, ITEMS)
    assert guess(path) is FORMATS["anki"]
    parcel = read(path, ReadOptions())
    assert list(parcel.items) == ITEMS
    assert parcel.media["map.png"]() == MEDIA["map.png"]()
    assert parcel.losses == ()


def test_the_same_decks_make_the_same_file(tmp_path: Path) -> None:
    assert write(ITEMS, FRESH).data == write(ITEMS, FRESH).data


@pytest.mark.parametrize("legacy", [True, False])
def test_anki_imports_it_and_its_own_export_is_the_same(tmp_path: Path, anki: Anki, legacy: bool) -> None:
    log = anki.take(put(tmp_path, ITEMS))
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (9, 0, 0)
    assert anki.col.card_count() == 12
    assert {deck.name for deck in anki.col.decks.all_names_and_ids()} >= {"Words", "Sky"}
    back = read(anki.give(tmp_path / "back.apkg", legacy=legacy), ReadOptions())
    assert {item.key: item for item in back.items} == {item.key: item for item in ITEMS}
    assert back.media["map.png"]() == MEDIA["map.png"]()


def test_importing_again_updates_instead_of_doubling(tmp_path: Path, anki: Anki) -> None:
    anki.take(put(tmp_path, ITEMS))
    newer = [ITEMS[0]._replace(answers=("Japan, India, Australia, the United States",)), *ITEMS[1:]]
    log = anki.take(put(tmp_path, newer, FRESH._replace(now=NOW + DAY)))
    assert len(log.new) == 0
    assert anki.col.note_count() == 9
    assert len(anki.col.find_notes("Australia")) == 1


def test_history_goes_there_and_comes_back_with_what_was_learnt_there(tmp_path: Path, anki: Anki) -> None:
    """Nothing is lost or doubled, and FSRS's state is the same on both sides."""
    reviews = [
        PastReview("d/basic", "main", NOW - 20 * DAY, 3, 4000, 5),
        PastReview("d/basic", "main", NOW - 15 * DAY, 3, 3000, 20),
        PastReview("d/cloze", "c2", NOW - 3 * DAY, 1, 9000, 0),
    ]
    memories = [
        PastMemory("d/basic", "main", NOW - 15 * DAY, 17.25, 5.5, "2026-03-07", 0, 2),
        PastMemory("d/cloze", "c2", NOW - 3 * DAY, 1.5, 7.25, "2026-03-01", 1, 1, suspended=True),
    ]
    anki.take(put(tmp_path, ITEMS, FRESH._replace(reviews=reviews, memories=memories)))
    assert anki.col.db.scalar("SELECT count(*) FROM revlog") == 3
    assert anki.col.db.scalar("SELECT count(*) FROM cards WHERE queue = -1") == 1
    card = anki.col.get_card(anki.col.find_cards("deck:Words is:review")[0])
    assert card.memory_state is not None
    assert (card.memory_state.stability, card.memory_state.difficulty) == (17.25, 5.5)

    anki.col.decks.select(anki.col.decks.id("Sky"))
    new = anki.col.sched.getCard()
    assert new is not None
    anki.col.sched.answerCard(new, 4)

    back = read(anki.give(tmp_path / "back.apkg", legacy=False), ReadOptions())
    known = [(r.key, r.variant, r.at, r.rating) for r in back.reviews]
    assert known[:3] == [(r.key, r.variant, r.at, r.rating) for r in reviews]
    assert len(known) == 4
    assert known[3][0] in ("d/cloze", "d/ruby")
    assert known[3][3] == 4
    told = {(memory.key, memory.variant): memory for memory in back.memories}
    first = told["d/basic", "main"]
    assert (first.stability, first.difficulty, first.due) == (17.25, 5.5, "2026-03-07")
    assert told["d/cloze", "c2"].suspended


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_the_decks_go_to_anki_whole(tmp_path: Path, anki: Anki, lang: str) -> None:
    items = list(deck_items(lang))
    written = write(items, FRESH)
    assert written.items == len(items)
    path = tmp_path / "all.apkg"
    path.write_bytes(written.data)
    assert len(anki.take(path).new) == len(items)
    back = read(anki.give(tmp_path / "back.apkg", legacy=True), ReadOptions())
    assert sorted(item.key for item in back.items) == sorted(item.key for item in items)
    plain = [item for item in items if item.kind in ("basic", "cloze")]
    again = {item.key: item for item in back.items}
    for item in plain:
        tags = tuple(sorted(item.tags))
        assert again[item.key]._replace(group="") == item._replace(gaps={}, group="", tags=tags)


def note_type(col: Collection, name: str, fields: list[str], templates: list[tuple[str, str]]) -> Any:
    type_ = col.models.new(name)
    for field in fields:
        col.models.add_field(type_, col.models.new_field(field))
    for number, (front, back) in enumerate(templates):
        template = col.models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(type_, template)
    col.models.add(type_)
    return col.models.by_name(name)


def add(col: Collection, type_: Any, *values: str) -> None:
    note = col.new_note(type_)
    note.fields = list(values)
    col.add_note(note, col.decks.id("Default"))


def test_notes_of_any_type_are_read_by_what_their_cards_ask(tmp_path: Path, anki: Anki) -> None:
    col = anki.col
    add(col, col.models.by_name("Basic"), "front", "back<br>two")
    add(col, col.models.by_name("Basic (and reversed card)"), "犬", "dog")
    add(col, col.models.by_name("Basic (type in the answer)"), "Capital?", "Tokyo")
    add(col, col.models.by_name("Basic (optional reversed card)"), "a", "b", "")
    add(col, col.models.by_name("Cloze"), "A {{c1::<b>b</b>::hint}} c {{c2::d}}", "extra")
    words = note_type(
        col,
        "Words",
        ["Word", "Reading", "Meaning"],
        [
            ("{{Word}}", "{{FrontSide}}<hr id=answer>{{furigana:Reading}}<br>{{Meaning}}"),
            ("{{Meaning}}", "{{Meaning}}<hr>{{Word}}{{#Reading}} ({{kana:Reading}}){{/Reading}}"),
        ],
    )
    add(col, words, "外交", "外交[がいこう]", "diplomacy")
    found = {item.prompt: item for item in read(anki.give(tmp_path / "x.apkg", legacy=False), ReadOptions()).items}
    assert found["front"].answers == ("back\ntwo",)
    assert found["犬"].reverse
    assert (found["Capital?"].kind, found["Capital?"].answers) == ("typed", ("Tokyo",))
    assert not found["a"].reverse
    cloze = found["A {{c1::b::hint}} c {{c2::d}}"]
    assert (cloze.kind, cloze.explain) == ("cloze", "extra")
    assert found["外交"].answers == ("外交《がいこう》\ndiplomacy",)
    assert found["diplomacy"].answers == ("外交 (がいこう)",)


def test_what_has_no_equal_is_said(tmp_path: Path, anki: Anki) -> None:
    col = anki.col
    add(col, col.models.by_name("Cloze"), "{{c1::outer {{c2::inner}}}}", "")
    add(col, col.models.by_name("Basic"), '<span style="color: red">q</span>', "a")
    said = {loss.what for loss in read(anki.give(tmp_path / "x.apkg", legacy=True), ReadOptions()).losses}
    assert "a gap within a gap has no equal here: left out" in said
    assert "colours are left out" in said


def test_a_note_that_is_left_out_is_named_by_its_words(tmp_path: Path, anki: Anki) -> None:
    """Anki shows no GUIDs: nobody could find a note by one."""
    col = anki.col
    add(col, col.models.by_name("Cloze"), "{{c1::outer {{c2::inner}}}} and the <b>rest</b> of it", "")
    add(col, col.models.by_name("Basic"), "only a front<br>here", "")
    add(col, col.models.by_name("Image Occlusion"), "{{c1::image-occlusion:rect:left=.1}}", "", "a map", "", "")
    losses = read(anki.give(tmp_path / "x.apkg", legacy=False), ReadOptions()).losses
    assert [loss.where for loss in losses] == [
        "{{c1::outer {{c2::inner}}}} and the res…",
        "only a front here",
        "a map",
    ]


def test_an_empty_gap_leaves_the_others_be(tmp_path: Path, anki: Anki) -> None:
    col = anki.col
    add(col, col.models.by_name("Cloze"), "The {{c1::sun}} and {{c2::}} and {{c3:: ::hint}}", "")
    parcel = read(anki.give(tmp_path / "x.apkg", legacy=False), ReadOptions())
    assert [item.prompt for item in parcel.items] == ["The {{c1::sun}} and and"]
    assert [loss.what for loss in parcel.losses] == ["an empty gap is left out"]


def test_a_picture_in_a_gap_is_shown(tmp_path: Path, anki: Anki) -> None:
    """A gap of nothing but a picture isn't asked, so the picture stands with the question; beside words it gives them
    away.
    """
    col = anki.col
    add(col, col.models.by_name("Cloze"), '{{c1::start}} … {{c2::<img src="pic.png">}}', "")
    add(col, col.models.by_name("Cloze"), 'The {{c1::sun <img src="sun.png">}} rises', "")
    shown, hidden = read(anki.give(tmp_path / "x.apkg", legacy=False), ReadOptions()).items
    assert (shown.prompt, shown.media, shown.answer_media) == ("{{c1::start}} …", ("pic.png",), ())
    assert (hidden.prompt, hidden.media, hidden.answer_media) == ("The {{c1::sun}} rises", (), ("sun.png",))


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{A}} {{B}}", "a "),
        ("{{#A}}x{{/A}}{{#B}}y{{/B}}{{^B}}z{{/B}}", "xz"),
        ("{{#A}}{{#B}}n{{/B}}m{{/A}}", "m"),
        ("{{text:A}}{{Nope}}", "a"),
        ("{{#A}}open", "open"),
        ("<!-- {{A}} -->{{ A }}", "a"),
    ],
)
def test_templates_are_filled_as_anki_fills_them(template: str, html: str) -> None:
    assert fill(template, {"A": "a", "B": "<br>"[:0]}).html == html


def test_a_damaged_or_hostile_package_is_refused(tmp_path: Path) -> None:
    good = put(tmp_path, ITEMS).read_bytes()
    cases = {
        "cut.apkg": good[: len(good) // 2],
        "empty.apkg": b"PK\x05\x06" + b"\0" * 18,
        "text.apkg": b"PK not a zip",
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(QuizkitError):
            read(tmp_path / name, ReadOptions())


def pack(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", ".."), data)
    return path


def test_bombs_and_strange_paths_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.apkg"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", b"\0" * 50_000_000)
    with pytest.raises(QuizkitError, match="zip bomb"):
        read(bomb, ReadOptions())
    outside = tmp_path / "outside.apkg"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../../evil", b"x")
    with pytest.raises(QuizkitError, match="outside the folder"):
        read(outside, ReadOptions())
    garbage = tmp_path / "garbage.apkg"
    with zipfile.ZipFile(garbage, "w") as archive:
        archive.writestr("collection.anki2", b"SQLite format 3\0" + b"x" * 4000)
        archive.writestr("media", b"{}")
    with pytest.raises(QuizkitError, match="damaged collection"):
        read(garbage, ReadOptions())
    packed = tmp_path / "packed.apkg"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("collection.anki21b", b"not zstandard")
    with pytest.raises(QuizkitError, match="can't be unpacked"):
        read(packed, ReadOptions())


def test_kinds_that_anki_lacks_become_flashcards_and_that_is_said() -> None:
    item = Item("choice", "Which?", options=(Option("A"), Option("B", True)), key="d/x")
    written = write([item], FRESH)
    assert [loss.what for loss in written.losses] == ["Anki has no choice cards: becomes a flashcard"]
    assert json.dumps(written.items) == "1"
