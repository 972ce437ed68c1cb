"""`quizkit deck new`, `add` and `schema`: writing decks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from quizkit.cli.context import Settings, at_terminal, languages, open_workspace, page, say, say_json
from quizkit.cli.deck_files import DeckName, deck_file, decks_around, require_deck, shown
from quizkit.cli.deck_previewing import previewing_app
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

authoring_app = typer.Typer()
authoring_app.add_typer(previewing_app)


@authoring_app.command(
    epilog="Examples: `quizkit deck new history` · `quizkit deck new words --template vocabulary --language en --yes`"
)
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The deck's id: small letters, digits, hyphens.")],
    template: Annotated[
        str, typer.Option(metavar="NAME", help="starter, vocabulary, chronology, argument, definitions, people.")
    ] = "",
    blank: Annotated[bool, typer.Option("--blank", help="No notes to learn from.")] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="What learners see above each question.")] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="LANG", help="A language of its texts; may be repeated.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="ID", help="Where its knowledge comes from; made if need be.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write a small deck that teaches the format by example, to be changed into your own."""
    from quizkit import i18n
    from quizkit.clock import clock_from_environment
    from quizkit.decks.starting import LANGUAGES, TEMPLATES, begin, new_deck
    from quizkit.i18n import primary
    from quizkit.workspace.places import new_places

    if blank and template:
        raise typer.BadParameter("It begins either blank or with a template.", param_hint="--blank, --template")
    spoken = languages(lang)[0]
    i18n.use(spoken)
    settings: Settings = ctx.obj or Settings()
    folder = new_places(Path.cwd(), settings.decks).decks
    path = new_deck(folder, name)
    template, tags = "blank" if blank else template, tuple(dict.fromkeys(language or ()))
    if not yes and not as_json and at_terminal():
        from quizkit.terminal.authoring import Wanted, ask_deck

        title, tags, template, source = ask_deck(name, Wanted(title, tags, template, source), spoken)
    clock = clock_from_environment()
    year = clock.calendar.local(clock.now()).year
    written = begin(
        path, title or name.replace("-", " ").capitalize(), tags or (spoken,), template or TEMPLATES[0], source, year
    )
    if as_json:
        say_json({"deck": name, "files": [str(one) for one in written]})
        return
    say(*(_("Written: {path}", path=shown(one)) for one in written))
    if settings.decks is None and not os.environ.get("QUIZKIT_DECKS") and folder.parent in Path.cwd().parents:
        workspace = folder.parent
        say(_("This folder is in the workspace {folder}. To begin one here: mkdir decks", folder=workspace))
    unspoken = [tag for tag in tags if primary(tag) not in LANGUAGES]
    if unspoken and template != "blank":
        say(_("The examples are in English: there are none in {langs} yet.", langs=", ".join(unspoken)))
    say("")
    if template == "blank":
        say(_("Add notes:     quizkit deck add {deck}", deck=name))
    else:
        say(_("Look at it:    quizkit deck preview {deck}", deck=name))
    say(
        _("Edit it:       {path}", path=shown(path)),
        _("Check it:      quizkit deck check"),
        _("Study it:      quizkit study {deck}", deck=name),
    )


@authoring_app.command(
    epilog="Examples: `quizkit deck add history` · "
    "`quizkit deck add history --kind typed --ask 'Where did they meet?' --answer Seoul --set tags=places`"
)
def add(
    ctx: typer.Context,
    deck: DeckName,
    kind: Annotated[str, typer.Option(metavar="KIND", help="The kind of note (asked for at a terminal).")] = "",
    ask: Annotated[
        str, typer.Option(metavar="TEXT", help="The question, whatever the kind calls it: ask, front, text, claim.")
    ] = "",
    answer: Annotated[
        str, typer.Option(metavar="TEXT", help="The answer, back, items, model …; a | b for several.")
    ] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="A key of the note; ask.ja=… for a language, a | b for a list, \\| for a bar.",
        ),
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Add notes, with a preview; nothing else in the file is changed. At a terminal what isn't given is asked for."""
    from quizkit.decks.adding import Drafts, entered, ids_in, lacking, named
    from quizkit.decks.load import load_deck
    from quizkit.terminal.preview import problem_lines
    from quizkit.terminal.problems import as_json as problem_json

    with open_workspace(ctx, lang, writing=True) as workspace:
        path = deck_file(workspace, deck)
        loaded = load_deck(path, shown(path))
        require_deck(loaded, path)
        drafts = Drafts(path, decks_around(workspace, path))

        def given(wanted: str) -> dict[str, Any]:
            return entered(wanted, settings or (), loaded.deck.languages if loaded.deck else (), ask, answer)

        asking = at_terminal() and not as_json
        if asking and (not kind or lacking(given(kind))):
            from quizkit.terminal.authoring import ask_notes

            added = 0
            for entry in ask_notes(page, loaded, workspace.langs, drafts.draft, kind, given):
                _append(path, entry)
                added += 1
            say(ngettext("{n} note added.", "{n} notes added.", added))
            return
        if not (kind or ask or answer or settings):
            raise QuizkitError(_("Without a terminal, say what to add."), "--kind typed --ask … --answer …")
        note = named(given(kind), ids_in(loaded.root))
        made = drafts.draft(note)
        if not made.sound:
            wrong = next(problem for problem in made.problems if problem.is_error)
            raise QuizkitError(wrong.message, wrong.fix)
        _append(path, note)
        if as_json:
            problems = [problem_json(problem) for problem in made.problems]
            named_deck = loaded.deck and loaded.deck.id
            say_json({"deck": named_deck, "note": note["id"], "file": str(path), "problems": problems})
            return
        say(_("Added {note} to {path}.", note=note["id"], path=shown(path)))
        if made.problems:
            say(*problem_lines(page(), made.problems))


def _append(path: Path, note: Mapping[str, Any]) -> None:
    from quizkit.decks.write import appended, replace_file

    replace_file(path, appended(path.read_bytes(), [note], path.name))


@authoring_app.command()
def schema() -> None:
    """The deck format as a JSON Schema, for editors."""
    from quizkit.decks.schema import schema as made

    say_json(made())
