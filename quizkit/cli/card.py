"""`quizkit card`: one card at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Lang, Learner
from quizkit.i18n import _, ngettext
from quizkit.model import EventType

if TYPE_CHECKING:
    from quizkit.workspace import Workspace

card_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="One card at a time. A card's key is deck/note/variant, as `card find` shows it.",
)

Card = Annotated[
    str, typer.Argument(metavar="CARD", help="The card's key (deck/note/variant; deck/note for an only card).")
]
Cards = Annotated[list[str], typer.Argument(metavar="CARD...", help="The keys of the cards.")]


@card_app.command(epilog="Examples: `quizkit card find GSOMIA` · `quizkit card find 首都`")
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A piece of any text of the note, or of its id.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """The cards in whose notes a text occurs."""
    from quizkit.terminal.charts import table
    from quizkit.workspace.insight import find_cards

    with open_workspace(ctx, lang) as workspace:
        found = find_cards(workspace, text)
        if as_json:
            say_json([{"card": key, "prompt": prompt} for key, prompt in found])
        elif found:
            say(*table(page(), (_("card"), _("question")), found, whole=(0,)))
        else:
            say(_("Nothing found."))


@card_app.command()
def show(ctx: typer.Context, card: Card, lang: Lang = None, learner: Learner = None, as_json: AsJson = False) -> None:
    """A card with its answer, where it stands in the deck, and how well it is known."""
    from quizkit.terminal.card import card_json, card_lines
    from quizkit.workspace.insight import view_card

    with open_workspace(ctx, lang) as workspace:
        view = view_card(workspace, card, learner)
        if as_json:
            say_json(card_json(view))
        else:
            say(*card_lines(page(), view, workspace.clock))


@card_app.command()
def history(
    ctx: typer.Context, card: Card, lang: Lang = None, learner: Learner = None, as_json: AsJson = False
) -> None:
    """Everything that happened to a card, what was undone included."""
    from quizkit.terminal.card import history_json, history_lines
    from quizkit.workspace.insight import any_card_key

    with open_workspace(ctx, lang) as workspace:
        who = workspace.learner(learner)
        events = list(workspace.store.events(who, any_card_key(workspace, card)))
        undone = workspace.store.undone()
        if as_json:
            say_json(history_json(events, undone))
        else:
            say(*history_lines(page(), events, undone, workspace.clock.calendar))


@card_app.command()
def suspend(ctx: typer.Context, cards: Cards, lang: Lang = None, learner: Learner = None) -> None:
    """Stop asking cards until they are resumed."""
    with open_workspace(ctx, lang) as workspace:
        _each(workspace, EventType.SUSPEND, cards, learner)
        say(ngettext("{n} card is suspended.", "{n} cards are suspended.", len(cards)))


@card_app.command()
def resume(ctx: typer.Context, cards: Cards, lang: Lang = None, learner: Learner = None) -> None:
    """Ask suspended cards again."""
    with open_workspace(ctx, lang) as workspace:
        _each(workspace, EventType.RESUME, cards, learner)
        say(ngettext("{n} card will be asked again.", "{n} cards will be asked again.", len(cards)))


@card_app.command()
def bury(ctx: typer.Context, cards: Cards, lang: Lang = None, learner: Learner = None) -> None:
    """Don't ask cards before tomorrow."""
    with open_workspace(ctx, lang) as workspace:
        _each(workspace, EventType.BURY, cards, learner, until=workspace.clock.today() + 1)
        say(ngettext("{n} card is buried until tomorrow.", "{n} cards are buried until tomorrow.", len(cards)))


@card_app.command()
def reset(ctx: typer.Context, cards: Cards, lang: Lang = None, learner: Learner = None) -> None:
    """Make cards new again. Their history stays in the log."""
    with open_workspace(ctx, lang) as workspace:
        _each(workspace, EventType.RESET, cards, learner)
        say(ngettext("{n} card is new again.", "{n} cards are new again.", len(cards)))


def _each(workspace: Workspace, type_: EventType, cards: list[str], learner: str | None, *, until: int = 0) -> None:
    """Log the same for each card, all or none: an unknown key stops it before anything is written."""
    from quizkit.model import Origin

    workspace.refresh()
    keys = [workspace.card(card).key for card in cards]
    who = workspace.learner(learner)
    store = workspace.store
    store.append(*(store.make(type_, who, key, until=until, origin=Origin.COMMAND) for key in keys))
