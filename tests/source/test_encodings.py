"""Which encoding short texts are in: rosters and word lists as Excel in Tokyo, Seoul and Berlin saves them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.source.encodings import likely

FAMILIES = ["佐藤", "鈴木", "高橋", "田中", "渡辺", "小林", "佐々木", "山崎", "林", "齋藤", "上野"]
GIVEN = ["花子", "太郎", "健", "結衣", "陽菜", "翔太", "さくら", "ミナ"]
KOREANS = ["김민준", "이서연", "박지우", "최하은", "정도윤", "강서준", "조예은", "윤민지", "장현우", "임지훈"]
WESTERNERS = ["Müller", "Schäfer", "François", "Hélène", "Núñez", "Åsa", "Gonçalves", "Zoë", "Señor", "Renée", "Jürgen"]


def rows(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(names, min_size=1, max_size=40).map(
        lambda found: "name,number\n" + "".join(f"{name},{number}\n" for number, name in enumerate(found))
    )


@given(
    rows(
        st.tuples(st.sampled_from(FAMILIES), st.sampled_from(["", " ", "\u3000"]), st.sampled_from(GIVEN)).map("".join)
    )
)
def test_japanese_rosters(text: str) -> None:
    found = likely(text.encode("cp932"))
    assert found
    assert found.codec == "cp932"


@given(rows(st.sampled_from(KOREANS)))
def test_korean_rosters(text: str) -> None:
    found = likely(text.encode("cp949"))
    assert found
    assert found.codec == "cp949"


@given(rows(st.sampled_from(WESTERNERS)))
def test_western_rosters(text: str) -> None:
    found = likely(text.encode("cp1252"))
    assert found
    assert found.codec == "cp1252"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("犬\tいぬ\n", "cp932"),
        ("林,ﾊﾔｼ\n", "cp932"),
        ("ﾊﾔｼ ﾊﾅｺ\n", "cp932"),
        ("抑止力,deterrence\n", "cp932"),
        ("これはお茶です。\n", "euc_jp"),
        ("김,1\n", "cp949"),
        ("확장억제(擴張抑制)란 무엇인가\n", "cp949"),
        ("Rückseite;Vorderseite\n", "cp1252"),
        ("It’s “fine” – really\n", "cp1252"),
    ],
)
def test_a_line_is_enough(text: str, codec: str) -> None:
    found = likely(text.encode(codec))
    assert found
    assert found.codec == codec


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff\xff",
        "Привет, мир\n".encode("cp1251"),
        "中文标题很长\n".encode("gb18030"),
        bytes(range(128, 256)),
    ],
)
def test_what_makes_no_sense_is_left_to_others(data: bytes) -> None:
    assert likely(data) is None
