"""What pictures and sounds are called in a file for another program, where all lie in one folder."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import PurePosixPath

from quizkit.formats.item import Item


def file_names(items: Iterable[Item]) -> dict[str, str]:
    """A name without folders for each file of these items: its own, or one with a fingerprint of its path where another
    has that. Names that differ in capitals only are taken for one, as some systems do.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in dict.fromkeys(path for item in items for path in (*item.media, *item.answer_media)):
        own = PurePosixPath(path)
        name, mark = own.name, ""
        while name.lower() in taken:
            mark = blake2b(f"{mark}{path}".encode(), digest_size=4).hexdigest()
            name = f"{own.stem}-{mark}{own.suffix}"
        taken.add(name.lower())
        names[path] = name
    return names
