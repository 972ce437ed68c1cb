"""A class of four, and a drill file for it, beside the deck 'tea'."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quizkit.formats.roster import Enrolled
from quizkit.workspace import Workspace
from quizkit.workspace.classes import classroom, new_class
from quizkit.workspace.enrolment import enrol, plan_enrolment

ROSTER = "name,number,group\nAoki Mina,1,red\nBaba Ken,2,blue\nChoi Jisoo,3,red\n田中 太郎,4,blue\n"
CARDS = ("green-heat", "oxidised", "steps", "homes", "utensils", "plant", "minutes", "decaf")
ITEMS = "".join(f"  - tea/{name}/main\n" for name in CARDS)
POLL = "  - poll: Tea?\n    options: [yes please, no thanks]\n"
DRILL = f"drill: tasting\nclass: 2b\nitems:\n{ITEMS}  - tea/hosting/main\n{POLL}"


def begin_class(workspace: Workspace, name: str, students: Iterable[str]) -> list[str]:
    """A new class of new students; returns their ids, in the order of the class."""
    made = new_class(workspace, name)
    enrol(workspace, made, plan_enrolment(made, [Enrolled(student, "", "") for student in students]))
    return [student.id for student in classroom(workspace, name).students]


def write_class(folder: Path) -> None:
    """The roster and the drill file."""
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "tasting.yaml").write_text(DRILL, encoding="utf-8")


NAMES = (
    '佐藤花子', '김민지', 'Alice Brown', '鈴木一郎', '이서준', "Ben O'Neill",
    '髙橋さくら', '박지우', 'Chloé Martin', '田中太郎', '최윤서', 'David Müller',
    '伊藤美咲', '정하은', 'Ella García', '渡辺健', '강도윤', 'Finn Ó Briain',
    '山本結衣', '조예린', 'Grace Lee', '中村翔', '윤서진', 'Henry "Hal" Ford',
    '小林葵', '장시우', 'Iris Nguyễn', '加藤大輝', '임수아', 'Jack Smith-Jones',
    '吉田陽菜', '한지민', 'Kate Wong', '佐々木蓮', '오태민', 'Liam Park',
    '佐藤花子', '김민지', 'Mia Sato', 'Noah Kim',
)  # fmt: skip
"""Forty students, two pairs of namesakes among them."""
FORTY = "name,number,group\n" + "".join(
    '"{}",{},{}\n'.format(name.replace('"', '""'), number, "ABCD"[number % 4]) for number, name in enumerate(NAMES, 1)
)
