"""A session as JSON, an object a line: for scripts and other faces. docs/json-session.md describes it.

The answer never leaves before the response.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from quizkit.errors import QuizkitError
from quizkit.i18n import Message
from quizkit.model import Judged, Outcome, Question, Rating, Response, Scheduled
from quizkit.terminal.commands import Command

if TYPE_CHECKING:
    from quizkit.workspace import Asked, Result, StudyRun


def study(run: StudyRun, source: TextIO | None = None) -> None:
    """Questions out, responses in, verdicts out, until either side ends; a summary at the end."""
    _Session(run, source or sys.stdin).run()


class _Stop(Exception):  # noqa: N818 - a wish, not an error
    """The other side has had enough."""


class _Session:
    def __init__(self, run: StudyRun, source: TextIO) -> None:
        self._run = run
        self._source = source

    def run(self) -> None:
        try:
            while (asked := self._run.asked()) is not None:
                self._say("question", question_json(asked))
                self._turn()
        except (KeyboardInterrupt, EOFError, _Stop):
            pass
        self._say("summary", recap_json(self._run))

    def _say(self, kind: str, fields: Mapping[str, Any]) -> None:
        print(json.dumps({"type": kind, **fields}, ensure_ascii=False), flush=True)

    def _read(self) -> dict[str, Any]:
        """The next object. What isn't one is answered with an error, and the next line is read."""
        while True:
            line = self._source.readline()
            if not line:
                raise EOFError
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                return found
            self._say("error", {"message": "That line is no JSON object.", "hint": 'Send {"values": ["1"]}.'})

    def _turn(self) -> None:
        """One question's exchange."""
        try:
            wish = self._read()
            if "command" in wish:
                self._obey(str(wish["command"]))
                return
            result = self._run.respond(_response(wish), _milliseconds(wish))
        except QuizkitError as error:
            self._say("error", {"message": error.message, "hint": error.hint})
            return
        self._say("verdict", result_json(result))
        pending: Result | None = result
        while pending is not None and (not pending.saved or pending.judged.verdict.outcome is Outcome.ALMOST):
            try:
                pending = self._follow(pending)
            except QuizkitError as error:
                self._say("error", {"message": error.message, "hint": error.hint})

    def _follow(self, result: Result) -> Result | None:
        """What is sent after a verdict that leaves something to say; None when all is said."""
        wish = self._read()
        word = wish.get("command")
        if word == "next" and result.saved:
            return None
        if word is not None:
            self._obey(str(word))
            return result if word in ("flag", "passage") else None
        if "ticks" in wish and not result.saved:
            ticked = self._run.tick(_values(wish["ticks"]))
            self._say("verdict", result_json(ticked))
            return ticked
        if "rating" in wish and (result.rating is not None or not result.saved):
            self._say("saved", saved_json(self._run.rate(_rating(wish["rating"]))))
            return None
        if isinstance(wish.get("counts"), bool) and result.saved:
            self._say("saved", saved_json(self._run.call(counts=wish["counts"])))
            return None
        if result.saved:
            raise QuizkitError("A call is awaited.", 'Send {"counts": true} or {"command": "next"}.')
        raise QuizkitError("A rating is awaited.", 'Send {"rating": 3}.')

    def _obey(self, word: str) -> None:
        match word:
            case "quit":
                raise _Stop
            case "undo":
                self._say("done", {"command": word, "ok": self._run.undo()})
            case "skip":
                self._run.skip()
            case "bury":
                self._run.bury()
            case "suspend":
                self._run.suspend()
            case "flag":
                self._say("done", {"command": word, "flagged": self._run.flag()})
            case "passage":
                self._say("passages", {"passages": [{"id": i, "gist": g} for i, g in self._run.passages()]})
            case _:
                unknown = (Command.EDIT, Command.OPEN, Command.HELP)
                known = [command.name.lower() for command in Command if command not in unknown]
                raise QuizkitError(f"{word!r} is no command.", f"Known: {', '.join(known)}.")


def _values(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(v, str | int) and not isinstance(v, bool) for v in found):
        raise QuizkitError('"values" must be a list of texts.', 'Send {"values": ["1"]}.')
    # JSON can write halves of characters, which nothing else can: they are replaced.
    return tuple(str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace") for value in found)


def _response(wish: Mapping[str, Any]) -> Response:
    if "values" not in wish:
        raise QuizkitError("A response is awaited.", 'Send {"values": ["1"]}; an empty list means "I don\'t know".')
    return Response(_values(wish["values"]))


def _milliseconds(wish: Mapping[str, Any]) -> int | None:
    found = wish.get("milliseconds")
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


def _rating(found: object) -> Rating:
    if isinstance(found, int) and not isinstance(found, bool) and found in (1, 2, 3, 4):
        return Rating(found)
    if isinstance(found, str) and found.upper() in Rating.__members__:
        return Rating[found.upper()]
    raise QuizkitError(f"{found!r} is no rating.", "Ratings are 1 again, 2 hard, 3 good, 4 easy.")


def _text(message: Message | None) -> str:
    return message.render() if message else ""


def question_json(asked: Asked) -> dict[str, Any]:
    """A question as it leaves: nothing in it gives the answer away."""
    question: Question = asked.question
    return {
        "card": question.card,
        "deck": asked.card.note.deck,
        "kind": asked.card.note.kind,
        "stage": asked.stage.value if asked.scheduled else None,
        "shape": question.shape.value,
        "lang": question.lang,
        "prompt": question.prompt,
        "options": list(question.options),
        "lefts": list(question.lefts),
        "entries": question.entries,
        "labels": list(question.labels),
        "hint": question.hint,
        "media": list(asked.card.media),
        "instruction": _text(question.instruction),
        "placeholder": _text(question.placeholder),
        "ahead": asked.ahead._asdict(),
        "number": asked.number,
    }


def judged_json(judged: Judged) -> dict[str, Any]:
    """A verdict, and what the note says."""
    verdict = judged.verdict
    return {
        "outcome": verdict.outcome.value,
        "score": round(verdict.score, 4),
        "reason": verdict.reason.render(),
        "diff": [{"mark": piece.mark.value, "text": piece.text} for piece in verdict.diff],
        "parts": [
            {"given": part.given, "expected": part.expected, "outcome": part.outcome.value, "note": part.note}
            for part in verdict.parts
        ],
        "feedback": verdict.feedback,
        "answer": list(judged.solution.lines),
        "points": list(judged.solution.points),
        "explain": judged.explain,
        "claim": judged.claim,
        "claim_type": judged.claim_type,
        "as_of": judged.as_of,
        "cite": list(judged.cite),
        "media": list(judged.media),
    }


def result_json(result: Result) -> dict[str, Any]:
    """A verdict with what it did to the schedule."""
    return {**judged_json(result.judged), **saved_json(result)}


def saved_json(result: Result) -> dict[str, Any]:
    """What was saved of an answer."""
    memory = result.memory if isinstance(result.memory, Scheduled) else None
    return {
        "card": result.card.key,
        "saved": result.saved,
        "rating": result.rating.name.lower() if result.rating else None,
        "due_day": memory.due_day if memory else None,
        "due_at": (memory.due_at or None) if memory else None,
        "leech": result.leech,
    }


def recap_json(run: StudyRun) -> dict[str, Any]:
    """What came of the session."""
    recap = run.recap()
    summary = recap.summary
    return {
        "answers": summary.answers,
        "right": summary.right,
        "almost": summary.almost,
        "wrong": summary.wrong,
        "score": round(summary.score, 4),
        "milliseconds": summary.milliseconds,
        "learnt": list(summary.learnt),
        "look_again": list(summary.look_again),
        "left": summary.left._asdict(),
    }
