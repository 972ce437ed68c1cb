"""`quizkit deck new`, `add`, `preview` and `schema`: writing decks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizkit.cli.context import Settings, at_terminal, languages, open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Lang, deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded
    from quizkit.workspace import Workspace

authoring_app = typer.Typer()

DeckName = Annotated[str, typer.Argument(metavar="DECK", help="A deck's id, or its file.", autocompletion=deck_names)]


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
    say(*(_("Written: {path}", path=_shown(one)) for one in written))
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
        _("Edit it:       {path}", path=_shown(path)),
        _("Check it:      quizkit deck check"),
        _("Study it:      quizkit study {deck}", deck=name),
    )


def _shown(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _file(workspace: Workspace, deck: str) -> Path:
    """A deck's file, by its id or by itself. Raises QuizkitError when there is none."""
    path = Path(deck)
    if path.is_file():
        return path.absolute()
    workspace.refresh()
    return workspace.places.root / workspace.catalog.deck_row(deck).path


def _folder(workspace: Workspace, path: Path) -> Path:
    """The decks around a file, or the file where there are none."""
    from quizkit.decks.check import surroundings

    return workspace.places.decks if workspace.places.decks in path.parents else surroundings(path)


def _require_deck(loaded: Loaded, path: Path) -> None:
    if loaded.deck is None:
        found = loaded.diagnostics[0] if loaded.diagnostics else None
        message = f"{found.span}: {found.message}" if found else _("{file} can't be read.", file=path)
        raise QuizkitError(message, found.fix if found else "")


@authoring_app.command(
    epilog="Examples: `quizkit deck add history` · "
    "`quizkit deck add history --kind typed --ask 'Where did they meet?' --answer Seoul --set tags=places`"
)
def add(
    ctx: typer.Context,
    deck: DeckName,
    kind: Annotated[str, typer.Option(metavar="KIND", help="The kind of note (asked for at a terminal).")] = "",
    ask: Annotated[str, typer.Option(metavar="TEXT", help="The question.")] = "",
    answer: Annotated[str, typer.Option(metavar="TEXT", help="The answer; a | b for several.")] = "",
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
    """Add notes at prompts, kind by kind, with a preview; nothing else in the file is changed."""
    from quizkit.decks.adding import Drafts, entered, ids_in, named
    from quizkit.decks.load import load_deck
    from quizkit.terminal.preview import problem_lines
    from quizkit.terminal.problems import as_json as problem_json

    given = [
        *([f"ask={ask}"] if ask else ()),
        *([f"answer={answer}"] if answer else ()),
        *(settings or ()),
    ]
    with open_workspace(ctx, lang, writing=True) as workspace:
        path = _file(workspace, deck)
        loaded = load_deck(path, _shown(path))
        _require_deck(loaded, path)
        drafts = Drafts(path, _folder(workspace, path))
        if kind or given:
            note = named(entered(kind, given, loaded.deck.languages if loaded.deck else ()), ids_in(loaded.root))
            made = drafts.draft(note)
            if not made.sound:
                wrong = next(problem for problem in made.problems if problem.is_error)
                raise QuizkitError(wrong.message, wrong.fix)
            _append(path, note)
            if as_json:
                problems = [problem_json(problem) for problem in made.problems]
                say_json(
                    {
                        "deck": loaded.deck and loaded.deck.id,
                        "note": note["id"],
                        "file": str(path),
                        "problems": problems,
                    }
                )
                return
            say(_("Added {note} to {path}.", note=note["id"], path=_shown(path)))
            if made.problems:
                say(*problem_lines(page(), made.problems))
            return
        if not at_terminal():
            raise QuizkitError(_("Without a terminal, say what to add."), "--kind typed --ask … --answer …")
        from quizkit.terminal.authoring import ask_notes

        added = 0
        for entry in ask_notes(page, loaded, workspace.langs, drafts.draft):
            _append(path, entry)
            added += 1
        say(ngettext("{n} note added.", "{n} notes added.", added))


def _append(path: Path, note: Mapping[str, Any]) -> None:
    from quizkit.decks.write import appended, replace_file

    replace_file(path, appended(path.read_bytes(), [note], path.name))


@authoring_app.command(
    epilog="Examples: `quizkit deck preview history` · `quizkit deck preview decks/history.yaml capital --lang ja` · "
    "`quizkit deck preview history --watch` · `quizkit deck preview history --html history.html`"
)
def preview(
    ctx: typer.Context,
    deck: DeckName,
    note: Annotated[str, typer.Argument(metavar="[NOTE]", help="One note, by its id (default: all).")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Draw again whenever the file is saved; Ctrl-C ends.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page instead.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """The cards as a learner sees them, in each language; the answer on a key."""
    from quizkit.terminal.preview import browse, preview_json, preview_lines, problem_lines
    from quizkit.workspace.preview import checked_deck, elsewhere, preview_of

    with open_workspace(ctx, lang) as workspace:
        path = _file(workspace, deck)
        loaded = checked_deck(path, _folder(workspace, path), _shown(path))
        if watch:
            _watch(path, _folder(workspace, path), note, workspace.langs, chosen=bool(lang))
            return
        _require_deck(loaded, path)
        assert loaded.deck is not None
        known = loaded.deck.languages
        langs = _tongues(loaded, workspace.langs, chosen=bool(lang))
        views = preview_of(loaded, note, langs)
        apart = [] if note else elsewhere(loaded)
        if as_json:
            say_json([preview_json(view) for view in views])
        elif html is not None:
            from quizkit.sheets.preview import make_preview

            every = [one for tag in known or langs[:1] for one in preview_of(loaded, note, (tag, *langs))]
            write_text(html, make_preview(loaded.deck.title.pick(langs), every, langs[0], apart, folder=path.parent))
            say(_("Written: {path}", path=html))
        elif views and at_terminal():
            tongues = tuple(dict.fromkeys((*langs[:1], *known)))
            browse(page, views, tongues, lambda tag: preview_of(loaded, note, (tag, *langs)))
            if apart:
                say(*problem_lines(page(), apart))
        else:
            say(*preview_lines(page(), views), *problem_lines(page(), apart))


def _tongues(loaded: Loaded, langs: tuple[str, ...], *, chosen: bool) -> tuple[str, ...]:
    """The learner's language where it was chosen or the deck has it, else the deck's first."""
    known = loaded.deck.languages if loaded.deck else ()
    return langs if chosen or not known or langs[0] in known else (*known, *langs)


def _watch(path: Path, folder: Path, note: str, langs: tuple[str, ...], *, chosen: bool) -> None:
    """Draw the cards, and what is wrong with them, whenever the file is saved; then only those that have changed."""
    from quizkit.source import to_plain
    from quizkit.terminal.preview import preview_lines
    from quizkit.terminal.problems import render_all
    from quizkit.terminal.watching import changes
    from quizkit.workspace.preview import checked_deck, preview_of

    before: dict[str, Any] = {}
    try:
        for _seen in changes([path]):
            drawn = page()
            say("\x1b[2J\x1b[3J\x1b[H" if sys.stdout.isatty() else "")
            loaded = checked_deck(path, folder, path.name)
            try:
                views = preview_of(loaded, note, _tongues(loaded, langs, chosen=chosen))
                present = {key: to_plain(node) for key, node in loaded.nodes.items()}
                fresh = {key for key, plain in present.items() if plain != before.get(key)}
                shown = [view._replace(problems=()) for view in views if not before or view.note in fresh]
                before = present or before
                say(*preview_lines(drawn, shown))
            except QuizkitError as error:
                say(error.message, error.hint)
            say(*render_all(loaded.diagnostics, {path.name: path}, drawn.style, drawn.columns))
            say(_("Watching {paths}. Ctrl-C ends.", paths=_shown(path)))
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("")


@authoring_app.command()
def schema() -> None:
    """The deck format as a JSON Schema, for editors."""
    from quizkit.decks.schema import schema as made

    say_json(made())
