"""`quizkit study` and `quizkit quiz`."""

from __future__ import annotations

from typing import Annotated

import typer

from quizkit.cli.context import open_workspace
from quizkit.cli.face import show
from quizkit.cli.options import AsJson, Decks, Lang, Learner
from quizkit.memory.queue import Order

study_app = typer.Typer(add_completion=False)
quiz_app = typer.Typer(add_completion=False)

Tag = Annotated[list[str] | None, typer.Option(metavar="TAG", help="Only cards with this tag (may be repeated).")]
Kind = Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only notes of this kind (may be repeated).")]
Ordering = Annotated[Order, typer.Option(help="The order of what is asked.")]
Minutes = Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop asking after N minutes.")]
Seed = Annotated[str | None, typer.Option(metavar="SEED", help="Shuffle as this seed says, the same every time.")]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, for pipes and screen readers.")]


@study_app.command(
    epilog="Examples: `quizkit study` · `quizkit study timeline --lang ja` · `quizkit study --minutes 10`"
)
def study(
    ctx: typer.Context,
    decks: Decks = None,
    lang: Lang = None,
    learner: Learner = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="Ask at most N cards.")] = None,
    new: Annotated[int | None, typer.Option(min=0, metavar="N", help="New cards a day (default 10).")] = None,
    tag: Tag = None,
    kind: Kind = None,
    order: Ordering = Order.DUE,
    cram: Annotated[
        bool, typer.Option("--cram", help="Ask now what isn't due, without touching the schedule.")
    ] = False,
    minutes: Minutes = None,
    seed: Seed = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Today's session: due reviews first, then new cards up to the daily limit."""
    from quizkit.workspace import Selection, start_study

    workspace = open_workspace(ctx, lang)
    chosen = Selection(tuple(decks or ()), tuple(tag or ()), tuple(kind or ()))
    with workspace:
        run = start_study(
            workspace, chosen, learner=learner, limit=limit, new=new, order=order, cram=cram, minutes=minutes, seed=seed
        )
        show(run, plain=plain, as_json=as_json)


@quiz_app.command(
    epilog="Examples: `quizkit quiz -n 20` · `quizkit quiz timeline --record` · `quizkit quiz --tag people --lang ja`"
)
def quiz(
    ctx: typer.Context,
    decks: Decks = None,
    questions: Annotated[int, typer.Option("-n", "--limit", min=1, metavar="N", help="How many questions.")] = 10,
    record: Annotated[
        bool, typer.Option("--record", help="Let the answers move the schedule, as in a study session.")
    ] = False,
    lang: Lang = None,
    learner: Learner = None,
    tag: Tag = None,
    kind: Kind = None,
    order: Ordering = Order.RANDOM,
    minutes: Minutes = None,
    seed: Seed = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """A test with a score at the end. The schedule stays as it is, unless --record."""
    from quizkit.workspace import Selection, start_quiz

    workspace = open_workspace(ctx, lang)
    chosen = Selection(tuple(decks or ()), tuple(tag or ()), tuple(kind or ()))
    with workspace:
        run = start_quiz(
            workspace,
            chosen,
            learner=learner,
            questions=questions,
            record=record,
            order=order,
            minutes=minutes,
            seed=seed,
        )
        show(run, plain=plain, as_json=as_json)
