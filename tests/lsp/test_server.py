"""What an editor is told of the decks that are open, over the wire."""

import json

import pytest

from tests.helpers.decks import CUPS, TEA
from tests.helpers.editor import Editor

TEA_FILE, CUPS_FILE = "decks/tea.yaml", "decks/cups.yaml"


def test_what_is_wrong_is_told_as_it_is_typed(editor):
    """The editor's text counts, not the one on the disk; what has been mended is wrong no more."""
    assert editor.open(CUPS_FILE) == []
    editor.replace(CUPS_FILE, "kind: typed\n    ask: Which ware", "kind: typd\n    ask: Which ware")
    editor.until(CUPS_FILE, ("unknown-kind", "typd"))
    (problem,) = editor.problems[CUPS_FILE]
    assert problem["message"] == "There is no kind `typd`. Did you mean `typed`?"
    assert (problem["severity"], problem["source"]) == (1, "quizkit")
    editor.replace(CUPS_FILE, "typd", "typed")
    editor.until(CUPS_FILE)
    assert (editor.folder / CUPS_FILE).read_text() == CUPS


def test_what_stands_around_counts(editor):
    """A reference to another deck is checked as that one is open in the editor; both are told of."""
    editor.open(TEA_FILE)
    editor.open(CUPS_FILE)
    editor.replace(CUPS_FILE, "answer: Celadon", "answer: Celadon\n    after: tea/oolong")
    editor.replace(TEA_FILE, "id: oolong", "id: wulong")
    editor.until(CUPS_FILE, ("after-unknown", "tea/oolong"))
    editor.close(TEA_FILE)
    assert editor.problems[TEA_FILE] == []
    editor.until(CUPS_FILE)


def test_a_source_is_checked_too(editor):
    """Passages that vanish are missed by the notes that cite them."""
    editor.open(TEA_FILE)
    assert editor.open("decks/sources/kettle.yaml") == []
    editor.replace("decks/sources/kettle.yaml", "id: K2", "id: K3")
    editor.wait(TEA_FILE)
    assert ("unknown-passage", "K2") in editor.wrong(TEA_FILE)


def test_half_typed_notes_hide_nothing(editor):
    """A quote that isn't closed yet is told, and what is wrong with other notes goes on being told."""
    editor.open(CUPS_FILE, CUPS.replace("kind: typed\n    ask: Which glaze", "kind: typo\n    ask: Which glaze"))
    editor.replace(CUPS_FILE, "ask: Which ware", 'ask: "Which ware')
    editor.wait(CUPS_FILE)
    assert [code for code, _marked in editor.wrong(CUPS_FILE)] == ["yaml-syntax", "unknown-kind"]


@pytest.mark.parametrize(("bom", "end"), [("", "\n"), ("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")], ids=repr)
def test_places_are_counted_as_editors_count(editor, bom, end):
    """Japanese takes one unit of UTF-16, an emoji two; line ends and byte order marks shift nothing."""
    text = "deck: a\ntitle: 🍵お茶\nnotes:\n- {id: x, kind: basic, front: 🍵𠮷お茶, bak: お, back: 茶}\n- id: y\n"
    name = "decks/a.yaml"
    editor.open(name, bom + text.replace("\n", end))
    assert editor.wrong(name) == [("unknown-key", "bak"), ("missing-key", "id: y")]
    editor.replace(name, "𠮷お", "🍵🍵")
    editor.replace(name, "お茶" + end, "📖" + end)
    editor.replace(name, "bak: お, ", "")
    editor.until(name, ("missing-key", "id: y"))


def test_lines_are_counted_as_editors_count(editor):
    """U+2028 ends a line for YAML, but for no editor."""
    name = "decks/a.yaml"
    editor.open(name, "deck: a\ntitle: a\nabout: 'one\u2028  two'\nnotes:\n- id: x\n  kind: basik\n")
    assert editor.wrong(name) == [("unknown-kind", "basik")]
    editor.replace(name, "basik", "basec")
    editor.until(name, ("unknown-kind", "basec"))


def test_files_that_are_no_decks_are_left_alone(editor):
    """Editors send every YAML file to the server. A deck outside a decks/ folder is known by its first key."""
    editor.open(CUPS_FILE)
    item = {"uri": editor.uri("compose.yaml"), "languageId": "yaml", "version": 0, "text": "services: []\n"}
    editor.tell("textDocument/didOpen", {"textDocument": item})
    item |= {"uri": "untitled:Untitled-1", "text": "deck: x\n"}
    editor.tell("textDocument/didOpen", {"textDocument": item})
    assert editor.open("loose.yaml", "deck: loose\n") != []
    assert set(editor.problems) >= {"loose.yaml"}
    assert "compose.yaml" not in editor.problems
    asked = {"textDocument": {"uri": editor.uri("compose.yaml")}, "position": {"line": 0, "character": 0}}
    assert editor.ask("textDocument/completion", asked) == []
    assert editor.ask("textDocument/hover", asked) is None


def test_changes_on_the_disk_are_seen_when_the_editor_says_so(editor):
    """Another program may have written a deck."""
    editor.open(CUPS_FILE, CUPS + "    after: news/one\n")
    assert editor.wrong(CUPS_FILE) == [("after-unknown", "news/one")]
    path = editor.folder / "decks" / "news.yaml"
    path.write_text("deck: news\ntitle: N\nnotes:\n- {id: one, kind: basic, front: a, back: b}\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1}]})
    editor.until(CUPS_FILE)
    path.unlink()


def test_an_outline(editor):
    """The notes of a deck, the passages of a source, and those without an id."""
    editor.write("deck: new\nnotes:\n- id: a\n  kind: typed\n  ask: Why?\n- kind: basic\n  front:\n    ja: 何\n|")

    def outline(name):
        asked = {"textDocument": {"uri": editor.uri(name)}}
        return [(one["name"], one["detail"]) for one in editor.ask("textDocument/documentSymbol", asked)]

    assert outline("decks/new.yaml") == [("a", "typed · Why?"), ("(no id)", "basic · 何")]
    editor.open("decks/sources/kettle.yaml")
    assert outline("decks/sources/kettle.yaml")[0] == ("K1", "Water for fine leaves is never hot.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_the_editor_says_how_it_counts(bench, encoding):
    """Some editors count bytes, or characters."""
    with Editor(bench) as editor:
        able = editor.begin(general={"positionEncodings": [encoding]})
        assert able["positionEncoding"] == encoding
        editor.open(
            "decks/a.yaml", "deck: a\ntitle: a\nnotes:\n- {id: x, kind: basic, front: 🍵茶é, bak: b, back: c}\n"
        )
        start = editor.problems["decks/a.yaml"][0]["range"]["start"]["character"]
        before = "- {id: x, kind: basic, front: 🍵茶é, "
        assert start == {"utf-8": len(before.encode()), "utf-16": len(before) + 1, "utf-32": len(before)}[encoding]


def test_nonsense_ends_nothing(bench):
    """Whatever arrives, the next question is answered; who asked what makes no sense is told so."""
    with Editor(bench) as editor:
        editor.begin()
        editor.open(CUPS_FILE)
        for body in (
            b"{",
            b"[]",
            b"7",
            b"null",
            b"{}",
            b"\xff\xfe",
            b'{"jsonrpc": "2.0"}',
            b'{"jsonrpc": "1.0", "id": 1}',
        ):
            editor.send_bytes(body)
        editor.tell("no/such", {})
        editor.tell("textDocument/didChange", {"textDocument": 3})
        editor.tell("$/cancelRequest", {"id": 99})
        assert editor.answer("no/such")["error"]["code"] == -32601
        assert editor.answer("textDocument/hover", {"textDocument": 1})["error"]["code"] == -32602
        assert editor.answer("textDocument/hover")["error"]["code"] == -32602
        far = {"textDocument": {"uri": editor.uri(CUPS_FILE)}, "position": {"line": 9999, "character": 9999}}
        for method in ("completion", "hover", "definition", "prepareRename"):
            editor.ask(f"textDocument/{method}", far)
        unopened = {"textDocument": {"uri": editor.uri(TEA_FILE)}, "position": {"line": 7, "character": 9}}
        assert "green-heat" in editor.ask("textDocument/hover", unopened)["contents"]["value"]
        gone = {"textDocument": {"uri": editor.uri("decks/gone.yaml")}, "position": {"line": 7, "character": 9}}
        assert editor.ask("textDocument/hover", gone) is None
        backwards = {"start": {"line": 4, "character": 0}, "end": {"line": 1, "character": 0}}
        editor.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": editor.uri(CUPS_FILE), "version": 2},
                "contentChanges": [{"range": backwards, "text": "x"}, {"text": CUPS + "# again\n"}],
            },
        )
        editor.texts[CUPS_FILE] = CUPS + "# again\n"
        editor.replace(CUPS_FILE, "kind: typed\n    ask: Which ware", "kind: typd\n    ask: Which ware")
        editor.until(CUPS_FILE, ("unknown-kind", "typd"))
        assert editor.end() == 0


def test_a_question_that_fails_is_no_end(bench, monkeypatch):
    """A bug of ours in one answer is told to whoever asked and to the log; standard output stays the protocol's."""
    broken = (
        "import sys\n"
        "import quizkit.lsp.requests as r\n"
        "def fail(spot): print('not for the editor'); raise ZeroDivisionError('here')\n"
        "r.hover = fail\n"
        "sys.argv = ['quizkit', 'lsp']\n"
        "from quizkit.cli.main import main\n"
        "main()\n"
    )
    import sys

    monkeypatch.setattr(bench, "argv", lambda *_args: [sys.executable, "-c", broken])
    with Editor(bench) as editor:
        editor.begin()
        editor.open(CUPS_FILE)
        answer = editor.answer("textDocument/hover", editor.at(CUPS_FILE, "id: raku", 5))
        assert "here" in answer["error"]["message"] + json.dumps(answer["error"].get("data"))
        assert editor.labels(editor.at(CUPS_FILE, "id: raku", 2)) != []
        assert editor.end() == 0
        log = editor.process.stderr.read().decode()
    assert "ZeroDivisionError" in log
    assert "not for the editor" in log


def test_the_editor_goes_away(bench):
    """A server whose editor has died doesn't stay behind."""
    with Editor(bench) as editor:
        editor.begin()
        assert editor.leave() == 0


def test_watching_is_asked_for(bench):
    """Where the editor can watch files, it is asked to."""
    with Editor(bench) as editor:
        editor.begin(workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}})
        editor.open(TEA_FILE, TEA)
        (asked,) = [one for one in editor.unasked if one["method"] == "client/registerCapability"]
        assert "decks" in json.dumps(asked["params"])
