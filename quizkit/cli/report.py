"""`quizkit due` and `quizkit stats`."""

from __future__ import annotations

from typing import Annotated

import typer

from quizkit.cli.context import open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Decks, Lang, Learner
from quizkit.reports.mastery import By

due_app = typer.Typer(add_completion=False)
stats_app = typer.Typer(add_completion=False)


@due_app.command(epilog="Examples: `quizkit due` · `quizkit due timeline` · `quizkit due --json`")
def due(
    ctx: typer.Context, decks: Decks = None, lang: Lang = None, learner: Learner = None, as_json: AsJson = False
) -> None:
    """What is due now, today, and in the next 30 days, deck by deck."""
    from quizkit.clock import date_of
    from quizkit.terminal.figures import due_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.insight import forecast_of

    with open_workspace(ctx, lang) as workspace:
        found = forecast_of(workspace, Selection(tuple(decks or ())), learner)
        today = workspace.clock.today()
        if not as_json:
            titles = {deck: workspace.deck_title(deck) for deck in found.decks}
            say(*due_lines(page(), found, today, titles))
            return
        say_json(
            {
                "now": found.now,
                "today": found.today,
                "new": found.new,
                "days": [
                    {"date": date_of(today + i).isoformat(), "due": count} for i, count in enumerate(found.by_day)
                ],
                "decks": [
                    {"deck": d.deck, "now": d.now, "today": d.today, "new": d.new, "cards": d.total}
                    for d in found.decks.values()
                ],
            }
        )


@stats_app.command(epilog="Examples: `quizkit stats` · `quizkit stats --learner mina` · `quizkit stats --json`")
def stats(
    ctx: typer.Context,
    decks: Decks = None,
    by: Annotated[
        By | None, typer.Option(help="Instead: how well each passage, argument, tag or kind is known.")
    ] = None,
    lang: Lang = None,
    learner: Learner = None,
    as_json: AsJson = False,
) -> None:
    """Answers, retention, streak, forecast, cards by state, and the hardest cards."""
    if by is not None:
        _mastery(ctx, decks, by, lang, learner, as_json)
        return
    from quizkit.clock import date_of
    from quizkit.reports.forecast import STATES
    from quizkit.reports.progress import hardest
    from quizkit.terminal.figures import stats_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.insight import forecast_of, progress_of, prompt_of

    with open_workspace(ctx, lang) as workspace:
        chosen = Selection(tuple(decks or ()))
        found = progress_of(workspace, chosen, learner)
        ahead = forecast_of(workspace, chosen, learner)
        today = workspace.clock.today()
        hard = [(card, prompt_of(workspace, card), tally.mean, tally.answers) for card, tally in hardest(found)]
        if not as_json:
            say(*stats_lines(page(), found, ahead, today, hard))
            return
        say_json(
            {
                "answers": found.answers,
                "answers_today": found.today,
                "days": found.days,
                "streak": found.streak,
                "longest_streak": found.longest_streak,
                "milliseconds": found.milliseconds,
                "retention": found.retention,
                "reviews": found.reviewed,
                "ratings": {str(rating): found.ratings[rating] for rating in (1, 2, 3, 4)},
                "by_day": {date_of(day).isoformat(): n for day, n in sorted(found.by_day.items()) if n},
                "cards": {state: ahead.states[state] for state in STATES},
                "leeches": ahead.leeches,
                "due": ahead.by_day,
                "hardest": [
                    {"card": card, "prompt": prompt, "score": round(mean, 4), "answers": answers}
                    for card, prompt, mean, answers in hard
                ],
            }
        )


def _mastery(
    ctx: typer.Context, decks: list[str] | None, by: By, lang: str | None, learner: str | None, as_json: bool
) -> None:
    """How well each group of cards is known."""
    from quizkit.terminal.overview import mastery_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.overview import mastery_of

    with open_workspace(ctx, lang) as workspace:
        found = mastery_of(workspace, Selection(tuple(decks or ())), by, learner)
        if as_json:
            say_json([{**group._asdict(), "share": round(group.share, 4)} for group in found])
        else:
            say(*mastery_lines(page(), found))
