"""What people are called outside the room: by pseudonyms, unless names are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from quizkit.drills.answers import ROSTERLESS
from quizkit.model.drill import Act, ActType
from quizkit.workspace.classes import pseudonym

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

Called = Callable[[str], str]
"""What to call a player of that id."""


def called_by(workspace: Workspace, *, names: bool, acts: Iterable[Act] = ()) -> Called:
    """How to call players: by pseudonyms, or by the names of the roster and those that guests gave themselves.

    A guest has nothing but a nickname, which might be a name: without `names` the guest's random id stands for it.

    The id goes with a name that several have.
    """
    known: dict[str, str] = {}
    if names:
        known = dict(named_in(acts)) | {learner.id: learner.name for learner in workspace.store.learners()}

    shared = {name for name, times in Counter(known.values()).items() if times > 1}

    def call(player: str) -> str:
        if player in known:
            name = known[player]
            return f"{name} ({player})" if name in shared else name
        return player if player.startswith(ROSTERLESS) else pseudonym(workspace, player)

    return call


def named_in(acts: Iterable[Act]) -> Iterator[tuple[str, str]]:
    """Each player that acts name, and the name: what they said at the door, then what the host called them."""
    for act in acts:
        if act.type in (ActType.JOIN, ActType.RENAME) and (name := act.data.get("name")):
            # A host's act has no player of its own: it says whom it is about.
            yield str(act.data.get("player") or act.player), str(name)
