"""The texts that a card may be asked with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from quizkit.model import LocalText, Task


def wordings_of(task: Task) -> Sequence[LocalText]:
    """The wordings of a task, whatever its kind: `wordings`, or the one `text` of a cloze."""
    kinds_own = cast("Any", task)
    found: Sequence[LocalText] = kinds_own.wordings if hasattr(task, "wordings") else (kinds_own.text,)
    return found
