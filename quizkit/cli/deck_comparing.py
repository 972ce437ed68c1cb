"""`quizkit deck diff` and `quizkit deck quality`: what changed in the decks, and how well they do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Decks, Lang
from quizkit.i18n import _

comparing_app = typer.Typer()


@comparing_app.command(
    epilog="Examples: `quizkit deck diff HEAD~1` · `quizkit deck diff old.yaml new.yaml` · "
    "`quizkit deck diff main:decks/7-timeline.yaml decks/7-timeline.yaml`"
)
def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, a folder, a git revision, or revision:path.")],
    new: Annotated[str, typer.Argument(metavar="[NEW]", help="The same (default: the decks as they are).")] = "",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """What changed between two states of decks, note by note, and what it means for learners' memories."""
    from quizkit.decks.compare import asleep, compare, decks_in, kept, snapshots
    from quizkit.terminal.differences import change_lines
    from quizkit.workspace.revisions import files_at, files_of

    with open_workspace(ctx, lang) as workspace:
        decks = workspace.places.decks
        before = files_at(old, decks)
        after = files_at(new, decks) if new else files_of(decks)
        if not new and (Path(old).is_file() or ":" in old):
            # With one file named, the decks it holds are what it is compared with.
            named = decks_in(before)
            after = {name: text for name, text in after.items() if not named.isdisjoint(decks_in({name: text}))}
        changes = compare(snapshots(before), snapshots(after))
        remembered = workspace.store.memories() if workspace.places.progress.exists() else {}
        if as_json:
            say_json(
                [
                    {
                        "note": change.key,
                        "what": change.what.value,
                        "old": change.old,
                        "keys": list(change.keys),
                        "gained": list(change.gained),
                        "lost": list(change.lost),
                        "guess": change.guess,
                        "line": change.line,
                        "memories_kept": kept(change, remembered),
                        "memories_asleep": asleep(change, remembered),
                    }
                    for change in changes
                ]
            )
            return
        say(*change_lines(page(), changes, remembered))


@comparing_app.command(epilog="Examples: `quizkit deck quality` · `quizkit deck quality timeline --json`")
def quality(ctx: typer.Context, decks: Decks = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """How well decks do: what their text shows, and what learners' answers show of each question."""
    from quizkit.terminal.quality import quality_json, quality_lines
    from quizkit.workspace import Selection
    from quizkit.workspace.quality import accept, quality_of

    with open_workspace(ctx, lang) as workspace:
        found = quality_of(workspace, Selection(tuple(decks or ())))
        if as_json:
            say_json([quality_json(one) for one in found])
            return
        for one in found:
            say(*quality_lines(page(), one, workspace.deck_title(one.deck)))
            for near in (near for near in one.near if near.addable and at_terminal()):
                from quizkit.terminal.prompts import confirm

                if confirm(_("Count “{typed}” as right for {card} from now on?", typed=near.typed, card=near.card)):
                    accept(workspace, near)
                    say(_("Written into the note."))
