"""Files that can't be read as text: each is told, with the likely reason, and nothing is raised."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.source import MAX_BYTES, decode, read_source

JA = "title: 日米韓首脳会談の要点をまとめたカード集です。\n"
KO = "title: 한미일 정상회담 요약 카드 모음\n"


def _told(data):
    text, diagnostics = decode(data, "f")
    assert text is None
    (found,) = diagnostics
    return found


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (JA.encode("utf-16"), "UTF-16"),
        (b"deck: d\ntitle: T\n".decode().encode("utf-16-le"), "UTF-16"),
        (b"deck: d\ntitle: T\n".decode().encode("utf-16-be"), "UTF-16"),
        (("deck: d\n" + JA).encode("utf-16-le"), "UTF-16"),
        (JA.encode("cp932"), "Shift_JIS"),
        (JA.encode("euc_jp"), "EUC-JP"),
        (KO.encode("euc_kr"), "EUC-KR"),
        ("title: café naïve\n".encode("latin-1"), "Latin-1"),
        ("title: 中文标题很长\n".encode("gb18030"), "another encoding"),
    ],
)
def test_the_likely_encoding_is_named(data, name):
    """An author who is told the encoding knows which setting of the editor to change."""
    found = _told(data)
    assert found.rule.code == "not-utf8"
    assert name in found.message


def test_the_first_bad_byte_is_located():
    """Line and column count characters, a byte order mark not among them."""
    found = _told(b"\xef\xbb\xbfdeck: d\ntitle: " + "日本".encode() + b"\xff\n")
    assert found.span[1:3] == (2, 10)
    assert "0xff" in found.message


def test_a_damaged_file_is_called_damaged():
    """One broken byte in a file of Japanese is no other encoding."""
    assert "damaged" in _told(JA.encode()[:-2]).message
    assert "damaged" in _told(JA.encode() + b"\xff" + JA.encode()).message


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_control_characters_are_located(char):
    """An escape sequence in a deck could steer the learner's terminal."""
    found = _told(f"deck: d\ntitle: 日{char}\n".encode())
    assert (found.rule.code, found.span[1:3]) == ("control-character", (2, 9))


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa: b\r\nc: d\r\n", b"a: b\rc: d\r", b"a: b\nc: d\n"])
def test_marks_and_line_ends_make_no_difference(data):
    """Windows, old Macs and everybody else write the same deck."""
    assert decode(data, "f") == ("a: b\nc: d\n", [])


@given(st.binary())
def test_any_bytes_are_text_or_told(data):
    """No file raises."""
    text, diagnostics = decode(data, "f")
    assert (text is None) == bool(diagnostics)


def test_what_is_no_file_is_told(tmp_path):
    """A folder, a pipe, a link to itself, a link to nowhere, nothing at all."""
    folder, pipe, loop, lost = (tmp_path / f"{name}.yaml" for name in ("folder", "pipe", "loop", "lost"))
    folder.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    lost.symlink_to(tmp_path / "nowhere")
    for path in (folder, pipe, loop, lost, tmp_path / "none.yaml"):
        text, diagnostics = read_source(path, path.name)
        assert text is None
        assert [found.rule.code for found in diagnostics] == ["not-a-file"]
        assert diagnostics[0].message


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    """Permission is a reason like others."""
    path = tmp_path / "secret.yaml"
    path.write_text("a: b\n")
    path.chmod(0)
    assert [found.rule.code for found in read_source(path, "secret.yaml")[1]] == ["not-a-file"]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """Its size is enough to know."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    text, diagnostics = read_source(path, "large.yaml")
    assert text is None
    assert [found.rule.code for found in diagnostics] == ["too-large"]


def test_a_plain_file_is_read(tmp_path):
    """As it stands."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 日本\n", encoding="utf-8")
    assert read_source(path, "a.yaml") == ("a: 日本\n", [])
