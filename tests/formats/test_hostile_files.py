"""Files from strangers: refused with a word on why, whatever their format, and never at the cost of the machine."""

from __future__ import annotations

import io
import os
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.errors import QuizkitError
from quizkit.formats import FORMATS, guess
from quizkit.formats.guard import MOST_TEXT, is_inside, safe_name
from quizkit.formats.item import Item, Option, Parcel, ReadOptions, WriteOptions

READERS = [name for name, form in FORMATS.items() if form.reads]


def read(name: str, path: Path) -> object:
    return FORMATS[name].module.read(path, ReadOptions())


@pytest.mark.parametrize("name", READERS)
def test_a_gigabyte_is_not_read(tmp_path: Path, name: str) -> None:
    """One line of a gigabyte, made of holes: the disk holds nothing of it, and memory shall not either."""
    path = tmp_path / f"big{FORMATS[name].suffixes[0]}"
    with path.open("wb") as file:
        file.write(b"Q: what is it?\n")
        file.truncate(1_000_000_000)
    with pytest.raises(QuizkitError):
        read(name, path)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 500, bytes(range(256)) * 40, b"PK\x03\x04" + b"\xff" * 300, b"\xff\xfe"]
)
def test_rubbish_is_refused_or_holds_nothing(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / f"x{FORMATS[name].suffixes[0]}"
    path.write_bytes(data)
    found = outcome(name, path)
    if isinstance(found, QuizkitError):
        assert str(path) in found.message
    else:
        assert len(found.items) <= 5


def outcome(name: str, path: Path) -> Parcel | QuizkitError:
    """What a file holds, or why it is refused."""
    try:
        return FORMATS[name].module.read(path, ReadOptions())
    except QuizkitError as error:
        return error


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuizkitError):
        read(name, tmp_path)
    with pytest.raises(QuizkitError):
        read(name, tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("a,b")
    path.chmod(0)
    with pytest.raises(QuizkitError, match="can't be read"):
        guess(path)


@pytest.mark.parametrize("name", ["anki", "kahoot"])
def test_archives_keep_to_their_folder_and_their_size(tmp_path: Path, name: str) -> None:
    suffix = FORMATS[name].suffixes[0]
    for number, (member, data, message) in enumerate(
        [
            ("../../evil", b"x", "outside the folder"),
            ("C:\\evil", b"x", "outside the folder"),
            ("/etc/evil", b"x", "outside the folder"),
            ("xl/bomb.xml", b"\0" * 300_000_000, "zip bomb"),
        ]
    ):
        path = tmp_path / f"{number}{suffix}"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(member, data)
        with pytest.raises(QuizkitError, match=message):
            read(name, path)


def test_a_header_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    """The directory of the archive says ten bytes; what is unpacked is never more than is allowed."""
    path = tmp_path / "liar.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", b"a" * 5_000_000)
    data = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(QuizkitError):
        read("anki", path)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a/b.png", True),
        ("../a", False),
        ("/a", False),
        ("C:\\a", False),
        ("a/../../b", False),
        ("", False),
        ("a\0b", False),
    ],
)
def test_names_that_lead_out_are_told(name: str, inside: bool) -> None:
    assert is_inside(name) is inside


def test_names_of_media_can_be_kept_everywhere() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name('a<b>:"c|?*.png') == "a_b___c___.png"
    assert safe_name("..") == ""
    assert safe_name("a\ud800.png") == "a_.png"


def test_a_long_name_still_says_what_the_file_is() -> None:
    """Systems count bytes, of which a Japanese letter has three; without its ending a picture is none."""
    for name in ("x" * 500, "語" * 150, "語.x" * 100, "." + "語" * 150):
        found = safe_name(f"{name}.png")
        assert found.endswith(".png")
        assert len(found.encode()) <= 200
    assert safe_name("語" * 60 + ".png") == "語" * 60 + ".png"
    assert safe_name("x." + "語" * 100).startswith("x.語")


def test_the_bound_on_texts_is_generous() -> None:
    """A hundred thousand questions of a few hundred bytes fit."""
    assert MOST_TEXT > 100_000 * 500


ITEMS = [
    Item("basic", "外交《がいこう》", ("- one\n- two",), key="d/b", group="Sky", tags=("x",)),
    Item("choice", "Which?", options=(Option("a", True, "yes"), Option("b", False, "no")), key="d/c", explain="why"),
    Item("truefalse", "Green?", true=False, correction="Blue.", key="d/t"),
    Item("number", "How many?", ("12",), unit="km", tolerance="1", key="d/n"),
    Item("date", "When?", ("2023-08-18",), key="d/d"),
    Item("order", "Order", members=(("a",), ("b",), ("c",)), key="d/o"),
    Item("match", "Match", pairs=(("a", "1"), ("b", "2")), extra=("3",), key="d/m"),
    Item("cloze", "{{c1::Seoul::city}} and {{c2::Tokyo}}", key="d/g"),
]
ODD = [
    b'"',
    b"<",
    b"{",
    b"}",
    b"::",
    b"\n\n",
    b"\x00",
    b"\xff",
    b"=",
    b"~",
    b"&#x0;",
    b"]]>",
    b"{{c1::",
    b"\\",
    b"\t",
    b"99",
]


@cache
def whole(name: str) -> bytes:
    """A file of a format, as this program writes it."""
    return FORMATS[name].module.write(ITEMS, WriteOptions(now=1_700_000_000_000)).data


INJURIES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 1, 2, 20, 100_000]), st.sampled_from([b"", *ODD])),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("name", [name for name in READERS if FORMATS[name].writes])
@given(injuries=INJURIES, member=st.integers(0, 20), inside=st.booleans())
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    injuries: list[tuple[float, int, bytes]],
    member: int,
    inside: bool,
) -> None:
    """Cut off, overwritten, with signs that mean something put anywhere; in archives, any of their members."""
    path = tmp_path_factory.mktemp("damaged") / f"x{FORMATS[name].suffixes[0]}"
    content = whole(name)
    if inside and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(path, "w") as other:
            names = archive.namelist()
            for number, part in enumerate(names):
                data = archive.read(part)
                other.writestr(part, damaged(data, injuries) if number == member % len(names) else data)
    else:
        path.write_bytes(damaged(content, injuries))
    found = outcome(name, path)
    if isinstance(found, QuizkitError):
        assert str(path) in found.message


def damaged(content: bytes, injuries: list[tuple[float, int, bytes]]) -> bytes:
    """The content with injuries: where (as a share of it), how many bytes are gone, and what stands there instead."""
    for share, gone, sign in injuries:
        at = int(share * len(content))
        content = content[:at] + sign + content[at + gone :]
    return content
