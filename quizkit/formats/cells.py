"""A question in the cells of a row: which column holds what, and how several things share a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from quizkit.formats.item import KINDS, Item, Option
from quizkit.markup import plain

FIELDS = {
    "id": "id guid key note noteid code 番号 번호",
    "kind": "kind type questiontype 種類 종류 유형",
    "question": (
        "question front term prompt ask stem text word expression 問題 質問 問い 表 用語 単語 질문 문제 앞면 단어 용어 "
        "frage vorderseite recto pregunta anverso 问题 正面"
    ),
    "answer": (
        "answer back definition response correct correctanswer meaning 答え 正解 解答 裏 意味 定義 답 정답 뒷면 뜻 "
        "정의 antwort rückseite réponse verso respuesta reverso 答案 反面"
    ),
    "also": "also alternatives synonyms otheranswers 別解 다른답",
    "wrong": "wrong distractors wronganswers incorrect 誤答 오답",
    "option": "option options choices 選択肢 보기",
    "correction": "correction 訂正 정정",
    "unit": "unit 単位 단위",
    "tolerance": "tolerance 許容 허용",
    "explain": "explain explanation comment feedback note notes hint extra backextra 解説 説明 해설 설명",
    "tags": "tags tag category labels タグ 分類 태그",
    "reverse": "reverse 逆 역방향",
    "media": "media picture image sound 画像 그림",
    "answermedia": "answermedia answerpicture answerimage answersound 解答画像 답그림",
}
"""Our columns, and the names that are understood for each. Among the options of `option` is the right one."""
SEVERAL = frozenset({"option", "wrong"})
"""What may stand in several columns."""

_NAMES = {name: field for field, names in FIELDS.items() for name in names.split()}
_NUMBERED = re.compile(
    r"(?:(?P<option>option|choice|answer|選択肢|보기)|wrong|wrong answer|distractor|誤答|오답)[ _]?(?:\d{1,2}|[a-h])"
)
_LETTERS = "abcdefgh"
_CLOZE = re.compile(r"\{\{c\d{1,3}::")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'(?='*[=+\-@\t\r])")
_WORDS = {"true": True, "t": True, "yes": True, "○": True, "正": True, "참": True}
_WORDS |= {"false": False, "f": False, "no": False, "×": False, "誤": False, "거짓": False}


def field_called(name: str) -> str:
    """Our field for a column's name; '' for one that isn't known."""
    plain_name = re.sub(r"[\s_\-()（）]+", "", name.strip().lstrip("\ufeff").casefold())
    if plain_name in _NAMES:
        return _NAMES[plain_name]
    numbered = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", name).strip().casefold())
    return "" if numbered is None else "option" if numbered["option"] else "wrong"


def protected(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if _FORMULA.match(text) else text


def neutral(cell: str) -> str:
    """A cell without what protected it."""
    return _PROTECTED.sub("", cell, count=1) if cell.startswith("'") else cell


def joined(texts: Iterable[str]) -> str:
    """Several texts in one cell, a bar between them."""
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def parted(cell: str) -> list[str]:
    """The texts of a cell."""
    pieces = re.split(r"(?<!\\)((?:\\\\)*)\|", cell)
    texts = [pieces[i] + (pieces[i + 1] if i + 1 < len(pieces) else "") for i in range(0, len(pieces), 2)]
    return [text for piece in texts if (text := re.sub(r"\\([\\|])", r"\1", piece).strip())]


def row_of_item(item: Item, lost: list[str]) -> dict[str, str]:
    """An item's cells by field."""
    row = {"id": item.key, "kind": item.kind, "question": item.prompt, "explain": item.explain}
    row |= {"answer": item.answers[0] if item.answers else "", "also": joined(item.answers[1:])}
    row |= {"unit": item.unit, "tolerance": item.tolerance, "tags": " ".join(item.tags), "media": joined(item.media)}
    row["answermedia"] = joined(item.answer_media)
    row["reverse"] = "true" if item.reverse else ""
    if item.kind in ("choice", "multi"):
        row["answer"] = joined(option.text for option in item.options if option.right)
        row["wrong"] = joined(option.text for option in item.options if not option.right)
        if any(option.feedback for option in item.options):
            lost.append("what is said on wrong options isn't in the table")
    elif item.kind == "truefalse":
        row |= {"answer": "true" if item.true else "false", "correction": item.correction}
    elif item.kind == "date":
        row["also"] = ""
    elif item.kind == "list":
        row["answer"] = joined("=".join(form.replace("=", "＝") for form in forms) for forms in item.members)
        if item.need:
            lost.append(f"that {item.need} of them are enough isn't in the table")
    elif item.kind == "order":
        row["answer"] = joined(member[0] for member in item.members)
    elif item.kind == "match":
        row["answer"] = joined(f"{left.replace('=', '＝')}={right.replace('=', '＝')}" for left, right in item.pairs)
        row["wrong"] = joined(item.extra)
    elif item.kind == "open":
        row["also"] = joined(item.points)
    elif item.kind == "cloze" and any(item.gaps.values()):
        lost.append("further forms for the gaps aren't in the table")
    return {name: protected(text) for name, text in row.items()}


def item_of_row(cells: Mapping[str, str], lost: list[str]) -> Item | None:
    """An item from its cells; None, and a word on why, when they make no question.

    Besides `FIELDS` there may be what Anki says of a note: its `notetype` and `deck`.
    """
    prompt, answer = cells.get("question", ""), cells.get("answer", "")
    options = parted(cells.get("option", ""))
    right = _right(answer, options, lost) if options else parted(answer)
    kind = cells.get("kind", "").lower()
    type_ = cells.get("notetype", "").lower()
    if kind not in KINDS:
        if kind:
            lost.append(f"the kind {kind!r} isn't known: told from the cells")
        kind = "cloze" if _CLOZE.search(prompt) else "choice" if cells.get("wrong") or options else "basic"
        kind = "multi" if kind == "choice" and len(right) > 1 else kind
        kind = "typed" if kind == "basic" and type_.endswith(("type in the answer)", "quizkit typed")) else kind
    item = Item(
        kind,
        prompt,
        explain=cells.get("explain", ""),
        tags=tuple(dict.fromkeys(cells.get("tags", "").replace(",", " ").split())),
        key=cells.get("id", ""),
        group=cells.get("deck", ""),
        media=tuple(parted(cells.get("media", ""))),
        answer_media=tuple(parted(cells.get("answermedia", ""))),
        reverse=cells.get("reverse", "") == "true"
        or (kind == "basic" and type_.endswith(("and reversed card)", "quizkit both ways"))),
    )
    if not prompt or not (answer or kind == "cloze"):
        lost.append("no question: left out" if not prompt else "no answer: left out")
        return None
    if kind in ("choice", "multi"):
        texts = list(dict.fromkeys([*options, *right, *parted(cells.get("wrong", ""))]))
        if len(texts) < 2:
            lost.append("a choice needs two options: left out")
            return None
        return item._replace(options=tuple(Option(text, text in right) for text in texts))
    return _filled(item, cells, answer, lost)


def _right(answer: str, options: Sequence[str], lost: list[str]) -> list[str]:
    """Which of the options are right: the answer says so in their words, by their numbers, or by their letters."""
    right = parted(answer)
    if all(text in options for text in right):
        return right
    picked = [piece.lower() for piece in re.split(r"[\s,;|、]+", answer) if piece]
    numbers = [int(piece) if piece.isdecimal() else _LETTERS.find(piece) + 1 for piece in picked if len(piece) < 3]
    if picked and len(numbers) == len(picked) and all(1 <= number <= len(options) for number in numbers):
        return list(dict.fromkeys(options[number - 1] for number in numbers))
    lost.append(f"the answer {answer!r} is none of the options: it becomes one")
    return right


def _filled(item: Item, cells: Mapping[str, str], answer: str, lost: list[str]) -> Item | None:
    also, wrong = parted(cells.get("also", "")), parted(cells.get("wrong", ""))
    if item.kind == "truefalse":
        if answer.strip().casefold() not in _WORDS:
            lost.append(f"{answer!r} is neither true nor false: left out")
            return None
        return item._replace(true=_WORDS[answer.strip().casefold()], correction=cells.get("correction", ""))
    if item.kind == "cloze":
        # What stands behind a text with gaps is told after the answer.
        return item._replace(explain="\n".join(text for text in (answer, item.explain) if text))
    if item.kind == "list":
        return item._replace(members=tuple(tuple(member.split("=")) for member in parted(answer)))
    if item.kind == "order":
        return item._replace(members=tuple((member,) for member in parted(answer)))
    if item.kind == "match":
        pairs = tuple(tuple(pair.split("=", 1)) for pair in parted(answer) if "=" in pair)
        return item._replace(pairs=tuple((left, right) for left, right in pairs), extra=tuple(wrong))
    if item.kind == "open":
        return item._replace(answers=(answer,), points=tuple(also))
    if item.kind == "number":
        return item._replace(answers=(answer,), unit=cells.get("unit", ""), tolerance=cells.get("tolerance", ""))
    if item.kind == "date":
        from quizkit.formats.dates import written

        sound = re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", answer)
        return item._replace(answers=written(answer) if sound else (answer,))
    if item.kind == "typed":
        return item._replace(answers=tuple(plain(form) for form in (answer, *also)))
    return item._replace(answers=(answer,))
