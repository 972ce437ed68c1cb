"""What a drill asks, ready for the wire: each item in each language, and the judging of what comes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from quizkit.drills.players import Answer, Refusal
from quizkit.errors import QuizkitError
from quizkit.i18n import LANGUAGES
from quizkit.live.media import Media
from quizkit.live.tokens import Tokens
from quizkit.markup import plain, to_html
from quizkit.model import Judged, Outcome, Question, Response, Shape
from quizkit.model.drill import CardItem, Item, Poll, Slide
from quizkit.workspace import Workspace, drill_cards
from quizkit.workspace.run import said

LONGEST_TEXT = 200
"""Characters of a typed text that are looked at, as they are judged: one ligature may stand for eighteen."""

MOST_JUDGED = 20_000
"""Judgements kept: a class types the same things over and over."""

PICKS = (Shape.PICK_ONE, Shape.PICK_MANY)
PLACED = (*PICKS, Shape.ORDER, Shape.PAIR)

Data = dict[str, Any]


class Told(NamedTuple):
    """A response as it goes into the log."""

    values: tuple[str, ...]
    picked: tuple[int, ...]
    score: float | None
    outcome: str
    lang: str
    shape: str
    card: str


class Material:
    """The items of a drill. Everything is made once for each language and kept."""

    def __init__(
        self,
        workspace: Workspace,
        drill_id: str,
        items: Sequence[Item],
        tokens: Tokens,
        *,
        only: int | None = None,
        some: bool = False,
    ) -> None:
        """All items, or one `only`.

        Raises QuizkitError when a card is no longer there, or can't be judged; with `some`, when that is so of all.
        """
        self.items = tuple(items)
        self.gone: dict[int, QuizkitError] = {}
        """The items whose cards are no longer there, and why."""
        self._workspace = workspace
        self._tokens = tokens
        self._cards: dict[int, drill_cards.DrillCard] = {}
        for index, item in enumerate(self.items):
            if isinstance(item, CardItem) and only in (None, index):
                try:
                    self._cards[index] = drill_cards.drill_card(workspace, item.card, f"{drill_id}/{index}")
                except QuizkitError as error:
                    if not some:
                        raise
                    self.gone[index] = error
        if self.gone and not self._cards:
            # Rather than one card after the other, the decks are somewhere else.
            raise next(iter(self.gone.values()))
        self.media = Media(tokens)
        for index, item in enumerate(self.items):
            if found := self._cards.get(index):
                card = found.card
                folder = workspace.file_of(card.note).parent
                self.media.take(index, card.key, folder, card.media, card.answer_media)
            elif not isinstance(item, CardItem):
                self.media.take(index, self.kind(index), workspace.places.media, item.media)
        self._questions: dict[tuple[int, str], Question] = {}
        self._wire: dict[tuple[int, str], Data] = {}
        self._judged: dict[tuple[int, str, tuple[str, ...]], Judged] = {}
        self._told: dict[tuple[int, str, tuple[str, ...]], Told] = {}
        self._solutions: dict[tuple[int, str], Data] = {}
        self._held: dict[tuple[int, str], list[drill_cards.Belief]] = {}

    def kind(self, index: int) -> str:
        """question, poll or slide; or gone."""
        item = self.items[index]
        if index in self.gone:
            return "gone"
        return "poll" if isinstance(item, Poll) else "slide" if isinstance(item, Slide) else "question"

    def after(self, index: int) -> int:
        """The item that comes after that one, of those that can be asked; their number when none does."""
        return next((later for later in range(index + 1, len(self.items)) if later not in self.gone), len(self.items))

    def slide(self, index: int, lang: str) -> Data | None:
        """A slide as HTML with its pictures; None for anything else."""
        item = self.items[index]
        if not isinstance(item, Slide):
            return None
        return {"html": to_html(item.text.pick((lang, "en"))), "media": self.media.asked(index)}

    def question(self, index: int, lang: str) -> Question:
        """An item as asked in a language. A poll is a question, too: options to pick one of."""
        key = (index, lang)
        if key not in self._questions:
            item = self.items[index]
            if isinstance(item, Poll):
                langs = (lang, "en")
                options = tuple(option.pick(langs) for option in item.options)
                found = Question(
                    "", Shape.PICK_ONE, item.ask.lang(langs), item.ask.pick(langs), options,
                    layout=tuple(range(len(options))),
                )  # fmt: skip
            else:
                found = drill_cards.question(self._workspace, self._cards[index], lang)
            self._questions[key] = found
        return self._questions[key]

    def asked(self, index: int, lang: str) -> Data | None:
        """What everybody may see of an item before its reveal; None for a slide.

        Each field is named here: what isn't named reaches nobody.
        """
        if isinstance(self.items[index], Slide):
            return None
        key = (index, lang)
        if key not in self._wire:
            question = self.question(index, lang)
            self._wire[key] = {
                "shape": question.shape.value,
                "prompt": to_html(question.prompt),
                "media": self.media.asked(index),
                "options": [
                    {"id": self.option(index, author), "text": to_html(text), "mark": mark(place)}
                    for place, (author, text) in enumerate(zip(question.layout, question.options, strict=True))
                ],
                "lefts": [to_html(left) for left in question.lefts],
                "entries": question.entries,
                "labels": list(question.labels),
                "hint": question.hint,
                "placeholder": question.placeholder.render(lang) if question.placeholder else "",
                "instruction": question.instruction.render(lang) if question.instruction else "",
                "lang": question.lang,
            }
        return self._wire[key]

    def option(self, item: int, author: int) -> str:
        """What an option is called on the wire."""
        return self._tokens.option(item, author)

    # Judging

    def tell(self, index: int, lang: str, values: object) -> Told:
        """What a phone sent, judged, as it goes into the log.

        Raises Refusal (bad-message, or forged when it names what isn't there).
        """
        texts = _texts(values)
        key = (index, lang, tuple(texts))
        if key not in self._told:
            if len(self._told) >= MOST_JUDGED:
                self._told.clear()
            self._told[key] = self._tell(index, lang, texts)
        return self._told[key]

    def is_same(self, index: int, lang: str, values: object, answer: Answer) -> bool:
        """Whether a phone sent what was given before, in that language. Nothing is judged."""
        try:
            _response, said_, picked = self._read(index, lang, _texts(values))
        except Refusal:
            return False
        return (said_, picked) == (answer.values, answer.picked)

    def _tell(self, index: int, lang: str, values: list[str]) -> Told:
        question = self.question(index, lang)
        response, said_, picked = self._read(index, lang, values)
        score: float | None = None
        outcome = ""
        if index in self._cards:
            try:
                verdict = self._judge(index, lang, response.values).verdict
            except QuizkitError:
                raise Refusal("forged") from None
            score, outcome = verdict.score, verdict.outcome.value
        return Told(said_, picked, score, outcome, question.lang, question.shape.value, question.card)

    def _read(self, index: int, lang: str, values: list[str]) -> tuple[Response, tuple[str, ...], tuple[int, ...]]:
        """What a phone sent: as it is judged, the texts as displayed, and the author's indices of options."""
        question = self.question(index, lang)
        response = Response(self._positions(index, question, values))
        try:
            picked = tuple(drill_cards.picked(question, response))
        except QuizkitError:
            raise Refusal("forged") from None
        if index not in self._cards and len(picked) > 1:
            raise Refusal("forged")
        return response, said(question, response), picked

    def _positions(self, index: int, question: Question, values: list[str]) -> tuple[str, ...]:
        """Option ids as positions, and texts cut to a length that anybody would type."""
        most = max(question.entries, len(question.options), len(question.lefts), 1)
        if len(values) > most:
            raise Refusal("bad-message")
        if question.shape not in PLACED:
            if len(values) > max(question.entries, 1):
                raise Refusal("forged")
            texts = tuple(_typed(value) for value in values)
            return texts if any(texts) else ()
        places = {self.option(index, author): str(place) for place, author in enumerate(question.layout, 1)}
        if question.shape is Shape.PAIR:
            places[""] = ""
        try:
            return tuple(places[value] for value in values)
        except KeyError:
            raise Refusal("forged") from None

    def _judge(self, index: int, lang: str, values: tuple[str, ...]) -> Judged:
        key = (index, lang, values)
        if key not in self._judged:
            if len(self._judged) >= MOST_JUDGED:
                self._judged.clear()
            question = self.question(index, lang)
            self._judged[key] = drill_cards.judge(self._workspace, self._cards[index], question, Response(values))
        return self._judged[key]

    # After the answer, and after the reveal

    def given(self, index: int, answer: Answer) -> list[str]:
        """An answer as its phone sent it: option ids, or texts."""
        question = self.question(index, answer.lang or LANGUAGES[0])
        if question.shape not in PLACED:
            return list(answer.values)
        return [self.option(index, author) if author >= 0 else "" for author in answer.picked]

    def response_values(self, index: int, answer: Answer) -> tuple[str, ...]:
        """An answer as judging takes it: positions, or texts."""
        question = self.question(index, answer.lang or LANGUAGES[0])
        if question.shape not in PLACED:
            return answer.values
        places = {author: str(place) for place, author in enumerate(question.layout, 1)}
        return tuple(places.get(author, "") for author in answer.picked)

    def judged_again(self, index: int, answer: Answer) -> Judged:
        """The judgement of an answer that was accepted, in the language it was given in."""
        return self._judge(index, answer.lang or LANGUAGES[0], self.response_values(index, answer))

    def verdict(self, index: int, answer: Answer, lang: str) -> Data:
        """What to tell somebody about their own answer once it may be told."""
        if index not in self._cards:
            return {}
        told = {"score": answer.score, "outcome": answer.outcome or Outcome.WRONG.value}
        try:
            verdict = self.judged_again(index, answer).verdict
        except QuizkitError:
            return told
        beliefs = {belief.option: belief.misconception for belief in self._beliefs(index, lang)}
        held = [beliefs[author] for author in answer.picked if author in beliefs]
        return told | {
            "reason": verdict.reason.render(lang),
            "feedback": to_html(verdict.feedback),
            "belief": to_html("\n".join(held)),
        }

    def solution(self, index: int, lang: str) -> Data:
        """The solution of a card with all that its note says, as HTML."""
        key = (index, lang)
        if key not in self._solutions:
            self._solutions[key] = self._solution(index, lang)
        return self._solutions[key]

    def answer(self, index: int, lang: str) -> list[str]:
        """The lines of the solution, without marks."""
        return [plain(line) for line in self._judge(index, lang, ()).solution.lines]

    def _solution(self, index: int, lang: str) -> Data:
        card, question = self._cards[index], self.question(index, lang)
        judged = self._judge(index, lang, ())
        return {
            "solution": [to_html(line) for line in judged.solution.lines],
            "media": self.media.told(index),
            "right": [self.option(index, author) for author in self.right(index, lang)],
            "explain": to_html(judged.explain),
            "claim": judged.claim,
            "claim_type": judged.claim_type,
            "as_of": judged.as_of,
            "cite": [
                {"id": name, "gist": to_html(gist)}
                for name, gist in self._workspace.catalog.passages(card.card.note, (question.lang or lang, lang, "en"))
            ],
        }

    def right(self, index: int, lang: str) -> list[int]:
        """The author's indices of the right options, where some are picked."""
        return drill_cards.right_options(self._cards[index], self.question(index, lang))

    def beliefs(self, index: int, lang: str) -> list[Data]:
        """The named beliefs behind wrong options, each with the card that rebuts it."""
        return [
            {
                "id": self.option(index, belief.option),
                "misconception": to_html(belief.misconception),
                "why": to_html(belief.why),
                "rebuttal": to_html(belief.rebuttal),
            }
            for belief in self._beliefs(index, lang)
        ]

    def _beliefs(self, index: int, lang: str) -> list[drill_cards.Belief]:
        key = (index, lang)
        if key not in self._held:
            found = drill_cards.beliefs(self._workspace, self._cards[index], self.question(index, lang), lang)
            self._held[key] = found
        return self._held[key]


def mark(place: int) -> str:
    """The letter that stands before the option displayed there."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Refusal("bad-message")
    return values


def _typed(text: str) -> str:
    kept, left = [], LONGEST_TEXT
    for char in text[:LONGEST_TEXT]:
        left -= len(unicodedata.normalize("NFKC", char))
        if left < 0:
            break
        if char.isprintable() or char in "\n\t":
            kept.append(char)
    return "".join(kept).strip()
