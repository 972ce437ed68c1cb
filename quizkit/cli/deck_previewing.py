"""`quizkit deck preview`: the cards of a deck as learners will see them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json, write_text
from quizkit.cli.deck_files import DeckName, deck_file, decks_around, require_deck, shown
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded

previewing_app = typer.Typer()


class _Wanted(NamedTuple):
    """What is looked at: a deck's file, the decks around it, one note or all (''), and in which languages.

    `chosen` says that the languages were asked for.
    """

    path: Path
    folder: Path
    note: str
    langs: tuple[str, ...]
    chosen: bool

    def tongues(self, loaded: Loaded) -> tuple[str, ...]:
        """The learner's language where it was chosen or the deck has it, else the deck's first."""
        known = loaded.deck.languages if loaded.deck else ()
        return self.langs if self.chosen or not known or self.langs[0] in known else (*known, *self.langs)


@previewing_app.command(
    epilog="Examples: `quizkit deck preview history` · `quizkit deck preview decks/history.yaml capital --lang ja` · "
    "`quizkit deck preview history --watch` · `quizkit deck preview history --html history.html`"
)
def preview(
    ctx: typer.Context,
    deck: DeckName,
    note: Annotated[str, typer.Argument(metavar="[NOTE]", help="One note, by its id (default: all).")] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Draw, or write, again whenever the file is saved; Ctrl-C ends.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page instead; an older preview there is replaced.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --html: overwrite whatever the file is.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """The cards as a learner sees them, in each language; the answer on a key."""
    from quizkit.terminal.preview import browse, preview_json, preview_lines, problem_lines
    from quizkit.workspace.preview import checked_deck, elsewhere, preview_of

    if html is not None and not force:
        _refuse_others(html)
    with open_workspace(ctx, lang) as workspace:
        path = deck_file(workspace, deck)
        wanted = _Wanted(path, decks_around(workspace, path), note, workspace.langs, bool(lang))
        if watch:
            _watch(wanted, html)
            return
        loaded = checked_deck(path, wanted.folder, shown(path))
        require_deck(loaded, path)
        assert loaded.deck is not None
        langs = wanted.tongues(loaded)
        views = preview_of(loaded, note, langs)
        apart = [] if note else elsewhere(loaded)
        if as_json:
            say_json([preview_json(view) for view in views])
        elif html is not None:
            _write(html, wanted, loaded)
        elif views and at_terminal():
            tongues = tuple(dict.fromkeys((*langs[:1], *loaded.deck.languages)))
            browse(page, views, tongues, lambda tag: preview_of(loaded, note, (tag, *langs)))
            if apart:
                say(*problem_lines(page(), apart))
        else:
            say(*preview_lines(page(), views), *problem_lines(page(), apart))


def _refuse_others(html: Path) -> None:
    """Raise QuizkitError where something else than a page of this command would be overwritten."""
    from quizkit.sheets.preview import is_preview

    if html.exists() and not is_preview(html):
        raise QuizkitError(_("{path} is there already.", path=html), _("Choose another name, or overwrite it: --force"))


def _write(html: Path, wanted: _Wanted, loaded: Loaded) -> None:
    """Write the page of a deck that can be used, each card in every language."""
    from quizkit.sheets.preview import make_preview
    from quizkit.workspace.preview import elsewhere, preview_of

    assert loaded.deck is not None
    langs = wanted.tongues(loaded)
    every = [
        one for tag in loaded.deck.languages or langs[:1] for one in preview_of(loaded, wanted.note, (tag, *langs))
    ]
    apart = [] if wanted.note else elsewhere(loaded)
    title = loaded.deck.title.pick(langs)
    write_text(html, make_preview(title, every, langs[0], apart, folder=wanted.path.parent))
    say(_("Written: {path}", path=html))


def _watch(wanted: _Wanted, html: Path | None) -> None:
    """Draw the cards, or write their page, and what is wrong with them, whenever the file is saved."""
    from quizkit.terminal.problems import render_all
    from quizkit.terminal.watching import changes
    from quizkit.workspace.preview import checked_deck

    path = wanted.path
    drawing = _Drawing(wanted)
    try:
        for _seen in changes([path]):
            drawn = page()
            say("\x1b[2J\x1b[3J\x1b[H" if sys.stdout.isatty() else "")
            if not path.exists():
                drawing = _Drawing(wanted)
                say(_("{path} is gone. Watching for it to come back; Ctrl-C ends.", path=shown(path)))
                sys.stdout.flush()
                continue
            loaded = checked_deck(path, wanted.folder, path.name)
            try:
                if html is None:
                    drawing.draw(loaded)
                elif loaded.deck is not None:
                    _write(html, wanted, loaded)
            except QuizkitError as error:
                say(error.message, error.hint)
            say(*render_all(loaded.diagnostics, {path.name: path}, drawn.style, drawn.columns))
            say(_("Watching {paths}. Ctrl-C ends.", paths=shown(path)))
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("")


class _Drawing:
    """Draws the cards of a deck that is being written: all of them, and later those that have changed."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._before: dict[str, Any] = {}

    def draw(self, loaded: Loaded) -> None:
        """Draw what has changed since the last time. Raises QuizkitError when the wanted note isn't there."""
        from quizkit.source import to_plain
        from quizkit.terminal.preview import preview_lines
        from quizkit.workspace.preview import preview_of

        views = preview_of(loaded, self._wanted.note, self._wanted.tongues(loaded))
        present = {key: to_plain(node) for key, node in loaded.nodes.items()}
        fresh = {key for key, plain in present.items() if plain != self._before.get(key)}
        seen = [view._replace(problems=()) for view in views if not self._before or view.note in fresh]
        self._before = present or self._before
        say(*preview_lines(page(), seen))
