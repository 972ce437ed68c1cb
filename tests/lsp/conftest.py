"""An editor that stays open from test to test: a server takes longer to start than to answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.command import Bench
from tests.helpers.decks import write_workspace
from tests.helpers.editor import Editor

WHOLE_MODULE = 120


@pytest.fixture(scope="module")
def _editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("editor")
    home = folder / "home"
    home.mkdir()
    with Editor(Bench(write_workspace(folder / "work"), home), patience=WHOLE_MODULE) as editor:
        editor.begin()
        yield editor


@pytest.fixture
def editor(_editor: Editor) -> Iterator[Editor]:
    """An editor in a workspace of two decks and their source; nothing is open."""
    yield _editor
    for name in list(_editor.texts):
        _editor.close(name)
