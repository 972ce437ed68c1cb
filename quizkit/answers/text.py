"""Judging a typed text: right, almost, or wrong, and why.

Almost is a slip of the fingers that nobody would take for another answer: a letter or two, by length; a missing word
of a long phrase. Never almost, however near: a different number, a different voicing mark, the opposite (see
`contrasts`), or an answer of another card of the deck.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from quizkit.answers.diffing import NOTHING_ALIKE, SIMILAR, Likeness, compare
from quizkit.answers.folding import compatible, normalise, plain, words
from quizkit.answers.nearness import nearness
from quizkit.answers.numerals import valued
from quizkit.i18n import N_, Message
from quizkit.model import Outcome, Rivals, Verdict, no_rivals

ALMOST_SCORE = 0.5
"""What a near miss is worth until the learner decides."""

_LONGEST_NAME = 4
_FAR_LONGER = 8
_ROOM = 1000

_DONT_KNOW = """
idk dunno idontknow dontknow noidea na pass skip わからない わかりません 分からない 分かりません しらない
知らない 不明 ぱす 모름 몰라 몰라요 모르겠다 모르겠어 모르겠어요 모르겠습니다 패스
"""
_NO_ANSWERS = frozenset(_DONT_KNOW.split())


class Form(NamedTuple):
    """An accepted form as the author wrote it, and normalised."""

    text: str
    norm: str


def is_no_answer(given: str) -> bool:
    """Whether the learner gave nothing, or said so: '', '?', 'わからない'."""
    given = given.strip()
    if not given:
        return True
    if len(given) > 40:
        return False
    norm = normalise(given)
    return (
        not any(char.isalnum() for char in norm) and not any(char in "%+#@" for char in norm)
    ) or norm in _NO_ANSWERS


def no_answer() -> Verdict:
    """The verdict on no answer."""
    return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer was given.")))


def judge_text(given: str, accepted: Sequence[str], *, rivals: Rivals = no_rivals) -> Verdict:
    """Judge a typed text by the forms that are right, the first of which is shown as the answer.

    `rivals` knows the answers of other cards. Never raises.
    """
    given = given.strip()
    forms = [Form(text, norm) for text in accepted if (norm := normalise(text))]
    exact = _exact(given) if len(given) <= _room(forms) else ""
    if exact:
        for form in forms:
            if _exact(form.text) == exact:
                return _right(_spelled(form.text, forms))
    if is_no_answer(given):
        return no_answer()
    if not exact:
        return Verdict(Outcome.WRONG, 0.0, Message(N_("That is much longer than the answer.")))
    norm = normalise(given)
    if reason := _same(given, norm, forms) or _glossed(given, forms, rivals):
        return _right(reason)
    if any(rivals(one) for one in _readings(given, norm)):
        return _wrong(given, forms, Message(N_("That is another answer in this deck.")))
    return _near(given, norm, forms)


def _room(forms: Sequence[Form]) -> int:
    """How long a text may be to be worth reading."""
    return _ROOM + _FAR_LONGER * max((len(form.text) for form in forms), default=0)


def _exact(text: str) -> str:
    return " ".join(compatible(text).split())


def _right(reason: Message) -> Verdict:
    return Verdict(Outcome.RIGHT, 1.0, reason)


_GLOSS = re.compile(r"([^()（）]{1,80}?)\s*[(（]\s*([^()（）]{1,40}?)\s*[)）]")
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&.-]{1,6}")


def _glossed(given: str, forms: Sequence[Form], rivals: Rivals) -> Message | None:
    """Why a right answer is right that says the same again in brackets: 人工知能(AI), Kim Jong Un (金正恩).

    What stands besides must be right too, an abbreviation, or in another script: two answers of one sort are a guess.
    """
    found = _GLOSS.fullmatch(given)
    if found is None:
        return None
    for one, other in ((found[1], found[2]), (found[2], found[1])):
        reason = _same(one, normalise(one), forms)
        if reason is None or rivals(normalise(other)):
            continue
        again = _same(other, normalise(other), forms) is not None
        if again or _ABBREVIATION.fullmatch(other) or _script(one) != _script(other):
            return reason
    return None


def _spelled(form: str, forms: Sequence[Form]) -> Message:
    """Why a text is right that is an accepted form but for case and width."""
    first = forms[0].text
    if form == first:
        return Message(N_("That's right."))
    if _script(form) != _script(first):
        return Message(N_("That's right: the same answer in another script."))
    return Message(N_("That's right: it is another way to say {answer}."), {"answer": first})


def _script(text: str) -> str:
    """The kind of letters a text begins with."""
    for char in plain(text):
        if "ぁ" <= char <= "ゟ":
            return "kana"
        if "가" <= char <= "힣":
            return "hangul"
        if "㐀" <= char <= "鿿":
            return "kanji"
        if char.isalpha():
            return "latin"
    return ""


def _same(given: str, norm: str, forms: Sequence[Form]) -> Message | None:
    """Why the given text is an accepted form written in another way; None if it isn't."""
    unmarked = plain(given)
    for form in forms:
        if unmarked == plain(form.text):
            return Message(N_("That's right: capitals, spaces, kana and punctuation don't count."))
        if norm == form.norm or (norm.endswith("さん") and norm[:-2] == form.norm):
            return Message(N_("That's right: titles and articles don't count."))
    turned = set(_turned(given))
    for form in forms:
        if form.norm in turned and _is_name(form.text):
            return Message(N_("That's right: the same name, in the other order."))
    for form in forms:
        # Hangul numerals are numbers only against digits: 영 is zero, and the first half of England.
        hangul = any(char in "0123456789" for char in norm + form.norm)
        if valued(given, hangul=hangul) == valued(form.text, hangul=hangul):
            return Message(N_("That's right: the number is the same, written differently."))
    return None


def _name_words(text: str) -> list[str]:
    """The Latin words of what may be a name; none if it can't be one."""
    found = [word for word in words(text.replace("-", " ").replace(",", " ")) if word]
    return (
        found if 2 <= len(found) <= _LONGEST_NAME and all(word.isascii() and word.isalpha() for word in found) else []
    )


def _turned(text: str) -> Iterator[str]:
    """The text with the words from its beginning put at its end, if it may be a name: family name first, or last."""
    found = _name_words(text)
    for at in range(1, len(found)):
        yield "".join(found[at:] + found[:at])


def _is_name(text: str) -> bool:
    """Whether every word has a capital, as in a name."""
    return bool(_name_words(text)) and all(
        word[0].isupper() or not word[0].isalpha() for word in normalize("NFKC", text).replace(",", " ").split()
    )


def _readings(given: str, norm: str) -> Iterator[str]:
    yield norm
    yield from _turned(given)
    if (value := valued(given)) != norm:
        yield value


def _near(given: str, norm: str, forms: Sequence[Form]) -> Verdict:
    """The verdict on a text that is no accepted form: by the form it is nearest to."""
    found = [(form, near) for form in forms if (near := nearness(given, norm, form.text, form.norm))]
    almost = [(near.slips, index, form, near) for index, (form, near) in enumerate(found) if near.is_almost]
    if almost:
        _, _, form, near = min(almost, key=lambda one: one[:2])
        return Verdict(Outcome.ALMOST, ALMOST_SCORE, near.reason, compare(given, form.text).diff)
    if found:
        form, near = max(found, key=lambda one: compare(given, one[0].text).share)
        return _wrong(given, [form], near.reason)
    return _wrong(given, forms, Message(N_("That isn't the answer.")))


def _wrong(given: str, forms: Sequence[Form], reason: Message) -> Verdict:
    likeness: Likeness = max(
        (compare(given, form.text) for form in forms), key=lambda one: one.share, default=NOTHING_ALIKE
    )
    return Verdict(Outcome.WRONG, 0.0, reason, likeness.diff if likeness.share > SIMILAR else ())
