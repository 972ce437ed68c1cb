"""Giving decks to other programs: notes as items, with their media and, where wanted, what was learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from quizkit.clock import date_of
from quizkit.decks.load import note_from_row
from quizkit.errors import QuizkitError
from quizkit.formats import Format
from quizkit.formats.from_notes import items_of
from quizkit.formats.guard import MOST_MEMBER, read_bytes
from quizkit.formats.item import Item, Loss, PastMemory, PastReview, WriteOptions, Written
from quizkit.i18n import _
from quizkit.model import Note, Phase, Scheduled
from quizkit.workspace.workspace import Selection, Workspace

LONGEST_TITLE = 60


def export(
    workspace: Workspace,
    format_: Format,
    chosen: Selection,
    *,
    suffix: str = "",
    learner: str | None = None,
    history: bool = False,
) -> Written:
    """The chosen notes in another program's form, in the workspace's first language.

    `suffix` is what the file's name will end with, where that is known. Raises QuizkitError when there is
    nothing to export.
    """
    workspace.refresh()
    notes = [_with_paths(workspace, note) for note in chosen_notes(workspace, chosen)]
    if not notes:
        raise QuizkitError(_("There is nothing to export."), _("Choose other decks, tags or kinds."))
    titles = {deck: workspace.deck_title(deck) for deck in dict.fromkeys(note.deck for note in notes)}
    items = [item for note in notes for item in items_of(note, workspace.langs[0], titles[note.deck])]
    media, losses = _media(workspace, notes)
    for row in workspace.catalog.faulty(chosen.decks):
        told = f"has mistakes ({row.mistakes}): notes that can't be used are left out, see `quizkit deck check`"
        losses.append(Loss(row.path, told))
    reviews, memories = _past(workspace, items, workspace.learner(learner)) if history else ([], [])
    options = WriteOptions(
        title=_title(list(titles.values())),
        lang=workspace.langs[0],
        suffix=suffix,
        now=workspace.clock.now(),
        media=media,
        reviews=reviews,
        memories=memories,
    )
    written = format_.module.write(items, options)
    return written._replace(losses=(*losses, *written.losses))


def _title(titles: list[str]) -> str:
    """A title for several decks: theirs, as far as they fit in a line."""
    joined = " · ".join(titles)
    return joined if len(joined) <= LONGEST_TITLE else f"{titles[0]} … {titles[-1]}"


def chosen_notes(workspace: Workspace, chosen: Selection) -> Iterator[Note]:
    """The notes of the chosen decks, tags and kinds, in the decks' order."""
    index = workspace.catalog.index
    for deck in chosen.decks or [row.id for row in sorted(index.decks(), key=lambda row: row.path)]:
        head = workspace.catalog.deck_row(deck)
        for row in index.notes(deck):
            if chosen.kinds and row.kind not in chosen.kinds:
                continue
            note = note_from_row(head, row)
            if note is not None and (not chosen.tags or set(chosen.tags) & set(note.tags)):
                yield note


def _with_paths(workspace: Workspace, note: Note) -> Note:
    """A note that names its files from the folder of the decks: from its own, two decks may call two files the same."""
    if not (note.media or note.answer_media):
        return note
    folder = PurePosixPath(workspace.file_of(note).parent.relative_to(workspace.places.media).as_posix())
    media, behind = (tuple(str(folder / name) for name in names) for names in (note.media, note.answer_media))
    return note._replace(media=media, answer_media=behind)


def _media(workspace: Workspace, notes: list[Note]) -> tuple[dict[str, Callable[[], bytes]], list[Loss]]:
    """The files that notes name, as far as they are there."""
    media: dict[str, Callable[[], bytes]] = {}
    losses = []
    for note in notes:
        for name in (*note.media, *note.answer_media):
            path = workspace.places.media / name
            if path.is_file():
                media[name] = partial(read_bytes, path, MOST_MEMBER)
            else:
                losses.append(Loss(note.key, f"the file {name} isn't there"))
    return media, losses


def _past(workspace: Workspace, items: list[Item], learner: str) -> tuple[list[PastReview], list[PastMemory]]:
    """What a learner did with the cards of these items, and what is known of their memories."""
    known = {item.key for item in items}

    def home(card: str) -> tuple[str, str] | None:
        """The item a card went out in, and which of its cards it is there."""
        note, _slash, variant = card.rpartition("/")
        return (note, variant) if note in known else (card, "main") if card in known else None

    reviews = [
        PastReview(*at_home, at, rating, milliseconds, interval)
        for card, at, rating, milliseconds, interval in workspace.store.reviews(learner)
        if (at_home := home(card))
    ]
    memories = [
        _memory(*at_home, state.memory, state.suspended)
        for card, state in workspace.store.all_states(learner)
        if isinstance(state.memory, Scheduled) and (at_home := home(card))
    ]
    return reviews, memories


def _memory(key: str, variant: str, memory: Scheduled, suspended: bool) -> PastMemory:
    due = date_of(memory.due_day).isoformat() if memory.phase is Phase.REVIEW else ""
    return PastMemory(
        key,
        variant,
        memory.last_at,
        memory.stability,
        memory.difficulty,
        due,
        memory.lapses,
        memory.reps,
        suspended,
    )


def write_file(path: Path, written: Written, *, force: bool) -> None:
    """Put an export in a file. Raises QuizkitError when it is there already and `force` is false, or can't be."""
    from quizkit.decks.write import replace_file

    if path.exists() and not force:
        raise QuizkitError(_("{path} is there already.", path=path), _("Choose another name, or overwrite it: --force"))
    if not path.parent.is_dir():
        raise QuizkitError(_("There is no folder {folder}.", folder=path.parent), _("Make it first."))
    replace_file(path, written.data)
