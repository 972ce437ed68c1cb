"""How well a deck is written, as far as its text alone shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import NamedTuple

from quizkit.answers import normalise
from quizkit.decks.wordings import wordings_of
from quizkit.kinds.choice import Choice
from quizkit.kinds.multi import Multi
from quizkit.model import Deck, Note, Task

RATIO = 3.0
"""How much longer or shorter than the answer a distractor may be before it gives itself away."""
LEAST_LETTERS = 4
"""Answers of fewer letters stand in other prompts by chance."""
MOST_PROMPTS = 2
"""An answer that stands in more prompts than this is what the deck is about, and no giveaway."""

_NEGATIONS = {
    "en": re.compile(r"\b(?:not|never|no|none|neither|nor|without|cannot|hardly|unless|\w+n't)\b", re.IGNORECASE),
    "ja": re.compile(r"(?:ない|なく|なかっ|ません|ずに|ぬ)(?![いき])"),
    "ko": re.compile(r"(?:않|없|못하|아니|아닌)"),
}
_SECOND_QUESTION = {
    "en": re.compile(
        r"\?.*\?|,? and (?:who|what|when|where|why|how|which|whom|whose)\b.*\?", re.IGNORECASE | re.DOTALL
    ),
    "ja": re.compile(r"(?:か[。？?].*か[。？?])|(?:[？?].*[？?])", re.DOTALL),
    "ko": re.compile(r"[?？].*[?？]", re.DOTALL),
}
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_WORD = re.compile(r"[A-Za-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
_KANJI = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"\w")


class Finding(NamedTuple):
    """Something about a note that may be better. `code` names the sort; English."""

    note: str
    line: int
    code: str
    message: str


class Readability(NamedTuple):
    """How a language's texts read: sentences, and what stands for their difficulty (see `readability`)."""

    lang: str
    sentences: int
    length: float
    measure: str
    value: float


def findings(deck: Deck) -> list[Finding]:
    """What the text of a deck's notes shows."""
    found: list[Finding] = []
    for note in deck.notes:
        for code, message in (*_distractors(note), *_wordings(note)):
            found.append(Finding(note.key, note.span.line, code, message))
    return sorted([*found, *_given_away(deck)], key=lambda one: (one.line, one.code))


def _distractors(note: Note) -> Iterator[tuple[str, str]]:
    """Options that are of another sort or size than the right one."""
    body = note.body
    if not isinstance(body, Choice | Multi):
        return
    right = {body.right} if isinstance(body, Choice) else body.right
    for lang in dict.fromkeys(lang for option in body.options for lang in option.text.forms):
        texts = [option.text.pick((lang,)) for option in body.options]
        answers = [texts[index] for index in sorted(right)]
        usual = fmean(len(text) for text in answers)
        for index, text in enumerate(texts):
            if index in right:
                continue
            where = f" ({lang})" if lang else ""
            if all(_sort(text) != _sort(answer) for answer in answers):
                yield "implausible-distractor", f"“{text}”{where} is {_sort(text)}, the answer is {_sort(answers[0])}"
            elif max(len(text), usual) > RATIO * min(len(text), usual) and max(len(text), usual) > 12:
                size = "longer" if len(text) > usual else "shorter"
                yield "implausible-distractor", f"“{text}”{where} is much {size} than the answer"


def _sort(text: str) -> str:
    """What a text looks like at a glance."""
    bare = text.strip()
    if re.fullmatch(r"[\d.,\s%$€£¥₩+−-]+\w{0,4}", bare):
        return "a number"
    if re.fullmatch(r"[A-Z0-9&./-]{2,8}", bare):
        return "an abbreviation"
    return "a sentence" if re.search(r"[.。!?！？]$", bare) else "a phrase"


def _wordings(note: Note) -> Iterator[tuple[str, str]]:
    """Prompts that are hard to follow."""
    for lang, text in _prompts(note):
        negation, second = _NEGATIONS.get(lang), _SECOND_QUESTION.get(lang)
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        if negation and len(negation.findall(text)) > 1:
            yield "double-negative", f"“{shown}” ({lang}) denies twice"
        if second and second.search(text):
            yield "two-questions", f"“{shown}” ({lang}) asks two things"


def _prompts(note: Note) -> Iterator[tuple[str, str]]:
    """The prompts of a note with their languages; what is in no language counts as English."""
    for task in _tasks(note):
        for text in wordings_of(task):
            for lang, form in text.forms.items():
                yield lang.partition("-")[0] or "en", form


def _tasks(note: Note) -> Sequence[Task]:
    """The tasks that ask in words of their own: an argument's ask about one claim, which is no question."""
    return () if note.kind in ("argument", "cloze", "truefalse") else tuple(note.body.tasks().values())


def _given_away(deck: Deck) -> Iterator[Finding]:
    """Typed answers that another note's prompt tells, where nothing keeps the two apart."""
    prompts = [(note, normalise(" ".join(text for _lang, text in _prompts(note)))) for note in deck.notes]
    for note in deck.notes:
        if note.kind != "typed":
            continue
        (task,) = note.body.tasks().values()
        for form in task.accepted()[:3]:
            norm = normalise(form)
            if len(norm) < LEAST_LETTERS:
                continue
            telling = [other for other, prompt in prompts if other is not note and norm in prompt]
            loose = [other for other in telling if note.key not in other.after and other.key not in note.confuses]
            if loose and len(telling) <= MOST_PROMPTS:
                message = (
                    f"“{form}” stands in the prompt of {loose[0].key}; `after` or `confuses` would keep them apart"
                )
                yield Finding(note.key, note.span.line, "given-away", message)
                break


def readability(deck: Deck) -> list[Readability]:
    """How the prompts and explanations read, by language.

    English: Flesch's reading ease (1948), 206.835 - 1.015 × words per sentence - 84.6 × syllables per word; 60 to 70 is
    plain. Japanese: the share of kanji among the letters; 0.3 is plain, 0.45 dense. Korean: letters per word; more than
    4 is dense. Other languages: letters per sentence.
    """
    texts: dict[str, list[str]] = {}
    for note in deck.notes:
        for lang, form in _prompts(note):
            texts.setdefault(lang, []).append(form)
        for lang, form in note.explain.forms.items() if note.explain else ():
            texts.setdefault(lang.partition("-")[0] or "en", []).append(form)
    return [_read(lang, found) for lang, found in sorted(texts.items())]


def _read(lang: str, texts: Sequence[str]) -> Readability:
    sentences = [one.strip() for text in texts for one in _SENTENCE.findall(text) if _LETTER.search(one)]
    count = max(len(sentences), 1)
    if lang == "en":
        words = [word for one in sentences for word in _WORD.findall(one)]
        syllables = sum(max(len(_VOWELS.findall(word.lower().removesuffix("e"))), 1) for word in words)
        each = len(words) / count
        ease = 206.835 - 1.015 * each - 84.6 * syllables / max(len(words), 1)
        return Readability(lang, len(sentences), each, "Flesch reading ease", ease)
    letters = sum(len(_LETTER.findall(one)) for one in sentences)
    if lang == "ja":
        kanji = sum(len(_KANJI.findall(one)) for one in sentences)
        return Readability(lang, len(sentences), letters / count, "kanji share", kanji / max(letters, 1))
    if lang == "ko":
        spaced = [word for one in sentences for word in one.split()]
        each = letters / max(len(spaced), 1)
        return Readability(lang, len(sentences), len(spaced) / count, "letters per word", each)
    return Readability(lang, len(sentences), letters / count, "letters per sentence", letters / count)
