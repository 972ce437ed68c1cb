"""The errors a user can cause or meet. Anything else that is raised is a bug of ours."""

from __future__ import annotations


class QuizkitError(Exception):
    """Something the user can understand and do something about.

    `message` says what is wrong and where; `hint` says what to do. The command line shows both without a
    traceback and ends with exit code 1.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
