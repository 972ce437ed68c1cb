"""The options of a card as its author counts them: their texts, which are right, and the beliefs behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from quizkit.answers import guessed_score
from quizkit.i18n import LANGUAGES
from quizkit.kinds.choosing import PickTask
from quizkit.model import Asking, Shape
from quizkit.reports.remarks import Keyed
from quizkit.workspace.drill_cards import DrillCard, right_options

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace


class CardOptions(NamedTuple):
    """Options by number, in one language; none for a card that has none to pick.

    `forms` maps the texts in all languages to the options; `beliefs` the wrong options to the misconceptions they stand
    for.
    """

    keyed: Keyed = Keyed()
    texts: tuple[str, ...] = ()
    forms: Mapping[str, int] = {}
    beliefs: Mapping[int, str] = {}


def card_options(workspace: Workspace, key: str) -> CardOptions:
    """The options of the card of that key; none where there is no such card any more."""
    card = workspace.find_card(key)
    if card is None or card.task.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return CardOptions()
    forms: dict[str, int] = {}
    for lang in reversed(dict.fromkeys((*workspace.langs, *LANGUAGES))):
        question = card.task.ask(Asking(key, (lang, *workspace.langs)))
        forms |= dict(zip(question.options, question.layout, strict=True))
    if isinstance(card.task, PickTask):
        task = card.task
        forms |= {form: index for index, option in enumerate(task.options) for form in option.text.all()}
        texts = tuple(option.text.pick(workspace.langs) for option in task.options)
        right = task.right
        beliefs = {
            index: option.misconception.pick(workspace.langs)
            for index, option in enumerate(task.options)
            if option.misconception and index not in right
        }
    else:
        named = dict(zip(question.layout, question.options, strict=True))
        texts = tuple(named[index] for index in sorted(named))
        right = frozenset(right_options(DrillCard(card, ""), question))
        beliefs = {}
    shown = len(question.layout)
    guess = 1 / shown if card.task.shape is Shape.PICK_ONE else guessed_score(shown, len(right))
    return CardOptions(Keyed(right, tuple(range(len(texts))), guess), texts, forms, beliefs)
