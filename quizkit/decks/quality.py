"""How well a deck is written, as far as its text alone shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import NamedTuple

from quizkit.answers import normalise
from quizkit.columns import width
from quizkit.decks.wordings import wordings_of
from quizkit.i18n import primary
from quizkit.kinds.choice import Choice
from quizkit.kinds.multi import Multi
from quizkit.model import Deck, LocalText, Note, Task

RATIO = 3.0
"""How much longer or shorter than the answer a distractor may be before it gives itself away."""
FAR = 20
"""Columns between the two from which a learner sees it at a glance."""
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
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”’\"'%\uac00-\ud7a3][.!?])\s+|(?<=[。！？])|\n")
_LATIN = r"[\w.'’–-]*"
_SMALL = r"(?:(?:the|a|an|of|and|de|von|van) )*"
_NAME = re.compile(rf"{_SMALL}[A-Z]{_LATIN}(?: {_SMALL}[A-Z\d]{_LATIN})*$", re.ASCII)
_QUOTED = re.compile("「[^」]*」|『[^』]*』|“[^”]*”|‘[^’]*’")
_SCRIPTS = (("Korean", re.compile("[\uac00-\ud7a3]")), ("Japanese", re.compile("[\u3040-\u30ff\u4e00-\u9fff]")))
_WORD = re.compile(r"[A-Za-z']+")
_VOWELS = re.compile(r"[aeiouy]+")
_KANJI = re.compile("[\u3005\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
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
        usual = fmean(map(width, answers))
        for index, text in enumerate(texts):
            if index in right:
                continue
            where = f" ({lang})" if lang else ""
            if sorts := _unlike(text, answers, [other for at, other in enumerate(texts) if at != index]):
                yield "implausible-distractor", f"“{text}”{where} is {sorts[0]}, the answer is {sorts[1]}"
                continue
            short, long = sorted((float(width(text)), usual))
            if long > RATIO * short and long - short > FAR:
                size = "longer" if width(text) > usual else "shorter"
                yield "implausible-distractor", f"“{text}”{where} is much {size} than the answer"


def _unlike(text: str, answers: Sequence[str], others: Sequence[str]) -> tuple[str, str] | None:
    """What a distractor is and what the answer is, where it is like none of the answers."""
    for look in (_sort, _script):
        if look(text) and all(look(answer) not in (look(text), "") for answer in answers):
            return look(text), look(answers[0])
    # A name among phrases, or the other way round, is nothing odd unless it is the only one. Only Latin letters tell.
    if any(letters.search(one) for one in (text, *others) for _name, letters in _SCRIPTS):
        return None
    wordings = {_wording(other) for other in others}
    if len(others) > 1 and len(wordings) == 1 and _wording(text) not in wordings:
        return _wording(text), _wording(answers[0])
    return None


def _sort(text: str) -> str:
    """What a text is at a glance."""
    bare = text.strip()
    if re.fullmatch(r"[\d.,\s%$€£¥₩+−-]+\w{0,4}", bare):
        return "a number"
    return "a sentence" if re.search(r"\s.*[.!?]$|[。！？]$", bare) else "words"


def _wording(text: str) -> str:
    return "a name" if _NAME.match(text.strip()) else "no name"


def _script(text: str) -> str:
    """What a text is written in; '' for names and figures, which keep their letters everywhere."""
    found = next((f"in {name}" for name, letters in _SCRIPTS if letters.search(text)), "")
    return found or ("in Latin letters" if re.match("[a-z]", text) else "")


def _wordings(note: Note) -> Iterator[tuple[str, str]]:
    """Prompts that are hard to follow."""
    for lang, text in _prompts(note):
        negation, second = _NEGATIONS.get(lang), _SECOND_QUESTION.get(lang)
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        if negation and len(negation.findall(_QUOTED.sub("", text))) > 1:
            yield "double-negative", f"“{shown}” ({lang}) denies twice"
        if second and second.search(text) and note.kind != "open":
            yield "two-questions", f"“{shown}” ({lang}) asks two things"


def _prompts(note: Note) -> Iterator[tuple[str, str]]:
    """The prompts of a note with their languages."""
    for task in _tasks(note):
        for text in wordings_of(task):
            yield from _forms(text)


def _forms(text: LocalText) -> Iterator[tuple[str, str]]:
    """A text in each language; where the author names none, the letters tell."""
    for lang, form in text.forms.items():
        yield primary(lang) if lang else _language(form), form


def _language(text: str) -> str:
    if _KANA.search(text):
        return "ja"
    if _SCRIPTS[0][1].search(text):
        return "ko"
    return "zh" if _KANJI.search(text) else "en"


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
            loose = [
                other
                for other in telling
                if note.key not in (*other.after, *other.confuses) and other.key not in note.confuses
            ]
            if loose and len(telling) <= MOST_PROMPTS:
                message = (
                    f"“{form}” stands in the prompt of {loose[0].key}; `after` or `confuses` would keep them apart"
                )
                yield Finding(note.key, note.span.line, "given-away", message)
                break


def readability(deck: Deck) -> list[Readability]:
    """How the prompts and explanations read, by language.

    English: Flesch's reading ease ("A new readability yardstick", 1948), 206.835 - 1.015 × words per sentence - 84.6 ×
    syllables per word; 60 to 70 is plain. Syllables are counted as runs of vowels, a silent e left out. Japanese: the
    share of kanji among the letters; 0.3 is plain, 0.45 dense. Korean: letters per word; more than 4 is dense. Other
    languages: letters per sentence.
    """
    texts: dict[str, list[str]] = {}
    for note in deck.notes:
        for lang, form in _prompts(note):
            texts.setdefault(lang, []).append(form)
        for lang, form in _forms(note.explain) if note.explain else ():
            texts.setdefault(lang, []).append(form)
    return [_read(lang, found) for lang, found in sorted(texts.items())]


def _syllables(word: str) -> int:
    """The syllables of an English word, nearly: table has two, the e of take is silent."""
    word = word.lower()
    spoken = word if word.endswith("le") else word.removesuffix("e")
    return max(len(_VOWELS.findall(spoken)), 1)


def _read(lang: str, texts: Sequence[str]) -> Readability:
    sentences = [one for text in texts for one in _SENTENCE_END.split(text) if _LETTER.search(one)]
    count = max(len(sentences), 1)
    if lang == "en":
        words = [word for one in sentences for word in _WORD.findall(one)]
        syllables = sum(map(_syllables, words))
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
