"""An editor, as far as a language server can tell: it opens decks, types, and asks."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from tests.helpers.command import PATIENCE, Bench


def utf16(text: str) -> int:
    """The columns that a text takes in an editor."""
    return len(text.encode("utf-16-le")) // 2


class Editor:
    """`quizkit lsp` with an editor at the other end. A context manager. It keeps the texts as editors do."""

    def __init__(self, bench: Bench, patience: float = PATIENCE, **env: str) -> None:
        self.folder = bench.folder
        self.texts: dict[str, str] = {}
        self.problems: dict[str, list[dict[str, Any]]] = {}
        self.unasked: list[dict[str, Any]] = []
        self._version = 0
        self._asked = 0
        self.process = subprocess.Popen(
            bench.argv("lsp"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=bench.folder,
            env=bench.env | env,
        )
        self._patience = Timer(patience, self.process.kill)
        self._patience.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patience.cancel()
        self.process.kill()
        self.process.communicate()

    # The wire

    def send(self, **message: Any) -> None:
        """Send a message."""
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body: bytes) -> None:
        """Send whatever it is, with a header that fits it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next message, whatever it is about."""
        out = self.process.stdout
        assert out is not None
        length = 0
        while (line := out.readline()) != b"\r\n":
            if not line:
                assert self.process.stderr is not None
                raise AssertionError(f"it said no more: {self.process.stderr.read().decode()}")
            name, _colon, value = line.decode("ascii").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(out.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[self._name(message["params"]["uri"])] = message["params"]["diagnostics"]
        elif "method" in message:
            self.unasked.append(message)
        return message

    def answer(self, method: str, params: Any = None) -> dict[str, Any]:
        """Ask; the whole answer, a refusal too."""
        self._asked += 1
        self.send(id=self._asked, method=method, **({} if params is None else {"params": params}))
        while (message := self.hear()).get("id") != self._asked or "method" in message:
            pass
        return message

    def ask(self, method: str, params: Any = None) -> Any:
        """Ask; the result."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        """Tell, without an answer."""
        self.send(method=method, params=params)

    # Beginning and end

    def begin(self, **capabilities: Any) -> dict[str, Any]:
        """Say hello; what the server can do."""
        result = self.ask(
            "initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": capabilities}
        )
        self.tell("initialized", {})
        found: dict[str, Any] = result["capabilities"]
        return found

    def end(self) -> int:
        """Say goodbye; the exit code."""
        self.ask("shutdown")
        self.send(method="exit")
        return self.process.wait(PATIENCE)

    def leave(self) -> int:
        """Go away without a word; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.stdin = None
        return self.process.wait(PATIENCE)

    # Files

    def uri(self, name: str) -> str:
        """A file of the workspace, as editors name it."""
        return (self.folder / name).as_uri()

    def _name(self, uri: str) -> str:
        from urllib.parse import unquote

        return Path(unquote(uri.removeprefix("file://"))).relative_to(self.folder).as_posix()

    def open(self, name: str, text: str | None = None) -> list[dict[str, Any]]:
        """Open a file, with the text on the disk or another; what is wrong with it."""
        if text is None:
            text = (self.folder / name).read_bytes().decode("utf-8")
        self.texts[name] = text
        item = {"uri": self.uri(name), "languageId": "yaml", "version": 0, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return self.wait(name)

    def wait(self, name: str) -> list[dict[str, Any]]:
        """The next that is told to be wrong with a file."""
        self.problems.pop(name, None)
        while name not in self.problems:
            self.hear()
        return self.problems[name]

    def close(self, name: str) -> None:
        """Close a file; what is on the disk counts again."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})
        if self.problems.get(name):
            self.wait(name)
        del self.texts[name]

    def write(self, text: str, name: str = "decks/new.yaml") -> dict[str, Any]:
        """Open a file that isn't on the disk, with a text in which `|` is the cursor; the cursor's place."""
        before, _bar, after = text.partition("|")
        self.open(name, before + after)
        return {"textDocument": {"uri": self.uri(name)}, "position": self.place(name, len(before))}

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace what stands once in an open file, as by typing."""
        text = self.texts[name]
        assert text.count(old) == 1, (old, text.count(old))
        start = text.index(old)
        where = {"start": self.place(name, start), "end": self.place(name, start + len(old))}
        self.texts[name] = text.replace(old, new)
        self._version += 1
        self.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri(name), "version": self._version},
                "contentChanges": [{"range": where, "text": new}],
            },
        )

    def wrong(self, name: str) -> list[tuple[str, str]]:
        """The rules that are broken in a file, as last told, and what is marked."""
        return [(problem["code"], self.marked(name, problem["range"])) for problem in self.problems[name]]

    def until(self, name: str, *wanted: tuple[str, str]) -> None:
        """Wait until this is told to be wrong: in the middle of several edits something else may be."""
        while self.wrong(name) != list(wanted):
            self.wait(name)

    def place(self, name: str, offset: int) -> dict[str, int]:
        """An offset as line and column."""
        before = self.texts[name][:offset].replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n")
        return {"line": line, "character": utf16(before[before.rfind("\n") + 1 :])}

    def at(self, name: str, needle: str, into: int = 0) -> dict[str, Any]:
        """The place of a text that stands once in a file, so many characters into it."""
        assert self.texts[name].count(needle) == 1, needle
        return {
            "textDocument": {"uri": self.uri(name)},
            "position": self.place(name, self.texts[name].index(needle) + into),
        }

    def marked(self, name: str, where: Mapping[str, Any]) -> str:
        """What a range takes in."""
        return self.texts[name][self._offset(name, where["start"]) : self._offset(name, where["end"])]

    def _offset(self, name: str, place: Mapping[str, int]) -> int:
        import re

        text = self.texts[name]
        starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
        at = starts[place["line"]]
        while utf16(text[starts[place["line"]] : at]) < place["character"]:
            at += 1
        return at

    def make(self, edits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
        """Make edits, and tell of them; the texts of the files afterwards."""
        texts = self.after(edits)
        for name in texts:
            if name not in self.texts:
                continue
            self._version += 1
            self.texts[name] = texts[name]
            changed = {"uri": self.uri(name), "version": self._version}
            self.tell("textDocument/didChange", {"textDocument": changed, "contentChanges": [{"text": texts[name]}]})
        return texts

    def after(self, edits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
        """The texts of the files after edits."""
        held = dict(self.texts)
        try:
            return self._after(edits)
        finally:
            self.texts = held

    def _after(self, edits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
        for uri, changes in edits.items():
            name = self._name(uri)
            if name not in self.texts:
                self.texts[name] = (self.folder / name).read_bytes().decode("utf-8")
            for edit in sorted(changes, key=lambda edit: self._offset(name, edit["range"]["start"]), reverse=True):
                start, end = (self._offset(name, edit["range"][side]) for side in ("start", "end"))
                self.texts[name] = self.texts[name][:start] + edit["newText"] + self.texts[name][end:]
        return {self._name(uri): self.texts[self._name(uri)] for uri in edits}

    def labels(self, asked: Mapping[str, Any]) -> list[str]:
        """What is offered at a place."""
        return [item["label"] for item in self.ask("textDocument/completion", asked)]
