"""A Python that has quizkit loaded and forks for each command, so that a test doesn't pay for a start every time.

What runs is the program's own `main`, in a process of its own, with its own folder, environment and streams. What
Python reads only as it starts can't be changed this way; tests that ask for it get a real start (see `Bench.run`), and
so do all that hold a conversation or play a terminal.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

MOST_BYTES = 60_000
"""What a request may hold at most: it goes through a socket in one piece."""


class Warm:
    """Keeps the loaded Python for the tests of one process."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=dict(env),
            )

    def run(
        self, args: Sequence[str], text: str, cwd: Path, env: Mapping[str, str], patience: float
    ) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command. Raises TimeoutExpired when it hangs."""
        request = json.dumps({"args": list(args), "cwd": str(cwd), "env": dict(env)}).encode()
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(text.encode())
            given.seek(0)
            socket.send_fds(self._line, [request], [given.fileno(), out.fileno(), err.fileno()])
            self._line.settimeout(patience)
            try:
                code = int(self._line.recv(64))
            except TimeoutError:
                self.close()
                raise subprocess.TimeoutExpired(list(args), patience) from None
            out.seek(0)
            err.seek(0)
            return code, out.read().decode(), err.read().decode()

    @property
    def gone(self) -> bool:
        """Whether it has ended: another one is needed."""
        return self._line.fileno() < 0

    def close(self) -> None:
        """End it, and whatever command it is waiting for."""
        self._line.close()
        self._process.kill()
        self._process.wait()


def fits(args: Sequence[str], env: Mapping[str, str]) -> bool:
    """Whether a request can be sent, and this system can fork and pass files on."""
    return sys.platform == "linux" and len(json.dumps([list(args), dict(env)])) < MOST_BYTES


def _serve(line: socket.socket) -> None:
    import quizkit

    for module in pkgutil.walk_packages(quizkit.__path__, "quizkit."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.collect()
    gc.freeze()
    while True:
        request, files, _flags, _address = socket.recv_fds(line, MOST_BYTES * 2, 3)
        if not request:
            return
        child = os.fork()
        if not child:
            _become(json.loads(request), files, line)
        for file in files:
            os.close(file)
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(wish: Mapping[str, Any], files: Sequence[int], line: socket.socket) -> None:
    """Run the command and never come back."""
    code = 1
    try:
        line.close()
        for stream, file in enumerate(files):
            os.dup2(file, stream)
            os.close(file)
        os.chdir(wish["cwd"])
        os.environ.clear()
        os.environ.update(wish["env"])
        time.tzset()
        sys.argv = ["quizkit", *wish["args"]]
        from quizkit.cli.main import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
