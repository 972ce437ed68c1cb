"""One host for each drill: a lock that ends with the process that has it, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self
from zlib import crc32

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store.db import plainly

TAKEN = (errno.EACCES, errno.EAGAIN)


class Hold:
    """The right to hold a drill, until it is let go. One file is enough for all drills: each locks a byte of it."""

    def __init__(self, file: Path, drill: str) -> None:
        """Raises QuizkitError when another process holds the drill."""
        with plainly(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(file, os.O_RDWR | os.O_CREAT)
        try:
            _lock(self._file, crc32(drill.encode()) & 0x7FFF_FFFF)
        except OSError as error:
            # Where files can't be locked, the log itself still refuses a second host, if later.
            if error.errno in TAKEN:
                self.let_go()
                raise QuizkitError(
                    _("Drill {id} is being held already.", id=drill),
                    _("Go on where it is held; or leave it there first (q, or Ctrl-C), then go on here."),
                ) from None

    def let_go(self) -> None:
        """Another may hold the drill now."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()


def _lock(file: int, byte: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, byte, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
