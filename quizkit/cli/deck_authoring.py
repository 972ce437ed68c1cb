"""`quizkit deck new`, `add`, `preview` and `schema`: writing decks."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizkit.cli.context import open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Lang, deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded
    from quizkit.workspace import Workspace

authoring_app = typer.Typer()

DeckName = Annotated[str, typer.Argument(metavar="DECK", help="A deck's id, or its file.", autocompletion=deck_names)]


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


@authoring_app.command(
    epilog="Examples: `quizkit deck new history` · `quizkit deck new words --template vocabulary --language en --yes`"
)
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The deck's id: small letters, digits, hyphens.")],
    template: Annotated[
        str | None, typer.Option(metavar="NAME", help="starter, vocabulary, chronology, argument, definitions, people.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="No notes to learn from.")] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="What learners see above each question.")] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="LANG", help="A language of its texts; may be repeated.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="ID", help="Where its knowledge comes from; made if need be.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    lang: Lang = None,
) -> None:
    """Write a small deck that teaches the format by example, to be changed into your own."""
    from quizkit.cli.context import languages as spoken
    from quizkit.clock import clock_from_environment
    from quizkit.decks.notes import ID, slug
    from quizkit.decks.starting import TEMPLATES, deck_text, source_text
    from quizkit.decks.write import replace_file
    from quizkit.workspace.places import new_places

    chosen_langs = list(language or [spoken(lang)[0]])
    if not ID.match(name):
        raise QuizkitError(_("{deck} can't be a deck's id.", deck=repr(name)), _("Write {id}.", id=slug(name)))
    folder = new_places(Path.cwd()).decks
    path = folder / f"{name}.yaml"
    if path.exists():
        raise QuizkitError(_("{path} is there already.", path=path), _("Choose another name."))
    chosen = "blank" if blank else template
    if not yes and _at_terminal():
        from quizkit.terminal.authoring import ask_deck

        asked = ask_deck(name, title, chosen_langs, chosen, source)
        title, chosen_langs, chosen, source = asked.title, list(asked.languages), asked.template, asked.source
    chosen = chosen or TEMPLATES[0]
    source_id = slug(source) if source else ""
    text = deck_text(name, title or name.replace("-", " ").capitalize(), chosen_langs, chosen, source_id)
    folder.mkdir(parents=True, exist_ok=True)
    written = [path]
    replace_file(path, text.encode())
    if source_id and not any((folder / "sources" / f"{source_id}{end}").exists() for end in (".yaml", ".yml")):
        home = folder / "sources" / f"{source_id}.yaml"
        home.parent.mkdir(exist_ok=True)
        clock = clock_from_environment()
        year = clock.calendar.local(clock.now()).year
        replace_file(home, source_text(source_id, source, source, year).encode())
        written.append(home)
    for one in written:
        say(_("Written: {path}", path=_shown(one)))
    say(
        "",
        _("Look at it:    quizkit deck preview {deck}", deck=name),
        _("Edit it:       {path}", path=_shown(path)),
        _("Check it:      quizkit deck check"),
        _("Study it:      quizkit study {deck}", deck=name),
    )


def _shown(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _loaded(workspace: Workspace, deck: str) -> tuple[Path, Loaded]:
    """A deck by its id or its file. Raises QuizkitError when there is none, or it can't be read as a deck."""
    from quizkit.decks.load import load_deck

    path = Path(deck)
    if not path.is_file():
        workspace.refresh()
        path = workspace.places.root / workspace.catalog.deck_row(deck).path
    loaded = load_deck(path, _shown(path.absolute()))
    if loaded.deck is None:
        found = loaded.diagnostics[0] if loaded.diagnostics else None
        message = f"{found.span}: {found.message}" if found else _("{file} can't be read.", file=path)
        raise QuizkitError(message, found.fix if found else "")
    return path, loaded


@authoring_app.command(
    epilog="Examples: `quizkit deck add history` · "
    "`quizkit deck add history --kind typed --set 'ask=Where did they meet?' --set answer=Seoul`"
)
def add(
    ctx: typer.Context,
    deck: DeckName,
    kind: Annotated[str, typer.Option(metavar="KIND", help="The kind of note (asked for at a terminal).")] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="A key of the note; ask.ja=… for a language, a | b for a list."
        ),
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Add notes at prompts, kind by kind, with a preview; nothing else in the file is changed."""
    from quizkit.decks.adding import entered, named, tried

    with open_workspace(ctx, lang) as workspace:
        path, loaded = _loaded(workspace, deck)
        assert loaded.deck is not None
        known = loaded.deck
        if kind or settings:
            note = named(entered(kind, settings or ()), [one.id for one in known.notes])
            made, problems = tried(note, known.id)
            wrong = [problem for problem in problems if problem.is_error]
            if made is None or wrong:
                first = wrong[0] if wrong else None
                raise QuizkitError(first.message if first else _("This makes no note."), first.fix if first else "")
            _append(path, note)
            if as_json:
                say_json({"deck": known.id, "note": note["id"], "file": str(path)})
            else:
                say(_("Added {note} to {path}.", note=note["id"], path=_shown(path.absolute())))
            return
        if not _at_terminal():
            raise QuizkitError(_("Without a terminal, say what to add."), "--kind typed --set ask=… --set answer=…")
        from quizkit.terminal.authoring import ask_notes

        added = 0
        for entry in ask_notes(page, known, workspace.langs):
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
    from quizkit.terminal.preview import browse, preview_json, preview_lines
    from quizkit.workspace.preview import preview_of

    with open_workspace(ctx, lang) as workspace:
        path, loaded = _loaded(workspace, deck)
        assert loaded.deck is not None
        known = loaded.deck.languages
        # The learner's language where the deck has it, else the deck's first.
        langs = workspace.langs if lang or not known or workspace.langs[0] in known else (*known, *workspace.langs)
        views = preview_of(loaded, note, langs)
        if as_json:
            say_json([preview_json(view) for view in views])
        elif html is not None:
            from quizkit.sheets.preview import make_preview

            every = [
                one for tag in loaded.deck.languages or langs[:1] for one in preview_of(loaded, note, (tag, *langs))
            ]
            write_text(html, make_preview(loaded.deck.title.pick(langs), every))
            say(_("Written: {path}", path=html))
        elif watch:
            _watch(path, note, langs)
        elif _at_terminal():
            tongues = tuple(dict.fromkeys((*langs[:1], *known)))
            browse(page, views, tongues, lambda tag: preview_of(loaded, note, (tag, *langs)))
        else:
            say(*preview_lines(page(), views))


def _watch(path: Path, note: str, langs: tuple[str, ...]) -> None:
    """Draw the cards, and what is wrong with them, whenever the file is saved."""
    from quizkit.decks.load import load_deck
    from quizkit.terminal.preview import preview_lines
    from quizkit.terminal.problems import render_all
    from quizkit.terminal.watching import changes
    from quizkit.workspace.preview import preview_of

    try:
        for _seen in changes([path]):
            drawn = page()
            say("\x1b[2J\x1b[3J\x1b[H" if sys.stdout.isatty() else "")
            loaded = load_deck(path, path.name)
            try:
                say(*preview_lines(drawn, preview_of(loaded, note, langs) if loaded.deck else []))
            except QuizkitError as error:
                say(error.message, error.hint)
            say(*render_all(loaded.diagnostics, {path.name: path}, drawn.style, drawn.columns))
            say(_("Watching {paths}. Ctrl-C ends.", paths=_shown(path.absolute())))
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("")


@authoring_app.command()
def schema() -> None:
    """The deck format as a JSON Schema, for editors."""
    from quizkit.decks.schema import schema as made

    say_json(made())
