"""Trying the responses that authors say must be judged right, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from quizkit.decks.wordings import wordings_of
from quizkit.diagnostics import Diagnostic, error
from quizkit.errors import QuizkitError
from quizkit.model import (
    Asking,
    Example,
    Note,
    Outcome,
    Response,
    Rivals,
    Shape,
    Task,
    Verdict,
    no_rivals,
)

REFUSED = error(
    "example-refused",
    "A response that should be right isn't",
    "An entry of `accepts` was not judged right. Add the form to `also`, or take the example out.",
)
ACCEPTED = error(
    "example-accepted",
    "A response that should be wrong isn't",
    "An entry of `refuses` was not judged wrong. An 'almost' counts: the learner could claim it.",
)
NO_EXAMPLE = error(
    "example-impossible",
    "The response can't be given",
    "Examples are for answers that are typed; for a cloze they name the gap.",
)


def try_examples(note: Note, rivals: Rivals = no_rivals) -> Iterator[Diagnostic]:
    """Judge each example of a note; yields those that come out otherwise, with the judge's reason.

    An example in no language is tried in every language of the note: one that must be right has to be so in one of
    them, one that must be wrong in all.
    """
    tasks = note.body.tasks()
    for example in note.examples:
        task = tasks.get(example.variant) if example.variant else _only(tasks)
        if task is None or task.shape not in (Shape.TYPE, Shape.FILL):
            yield _impossible(example, "it can't be typed as an answer to this note.", "Take it out, or name the gap.")
            continue
        try:
            verdicts = list(_verdicts(note, task, example, rivals))
        except QuizkitError as problem:
            yield _impossible(example, problem.message, problem.hint)
            continue
        if example.accepted:
            if all(verdict.outcome is not Outcome.RIGHT for verdict in verdicts):
                yield _refused(example, verdicts[0])
        elif slip := next((verdict for verdict in verdicts if verdict.outcome is not Outcome.WRONG), None):
            yield _accepted(example, slip)


def _only(tasks: Mapping[str, Task]) -> Task | None:
    """The card an example is for when it names none: there must be only one."""
    return next(iter(tasks.values())) if len(tasks) == 1 else None


def _verdicts(note: Note, task: Task, example: Example, rivals: Rivals) -> Iterator[Verdict]:
    if example.lang:
        langs: Sequence[str] = (example.lang,)
    else:
        langs = list(dict.fromkeys(lang for text in wordings_of(task) for lang in text.forms))
    for lang in langs:
        question = task.ask(Asking(note.key, (lang,)))
        yield task.check(question, Response((example.text,)), rivals)


def _impossible(example: Example, message: str, fix: str) -> Diagnostic:
    return Diagnostic(NO_EXAMPLE, example.span, f"“{example.text}”: {message}", fix)


def _refused(example: Example, verdict: Verdict) -> Diagnostic:
    message = f"“{example.text}” is judged {_judgement(verdict)}"
    return Diagnostic(REFUSED, example.span, message, "Add it to `also`, or take the example out.")


def _accepted(example: Example, verdict: Verdict) -> Diagnostic:
    message = f"“{example.text}” is judged {_judgement(verdict)}"
    return Diagnostic(ACCEPTED, example.span, message, "Make the answers clearer apart, or take the example out.")


def _judgement(verdict: Verdict) -> str:
    reason = verdict.reason.render("en")
    almost = ", which is neither right nor wrong" if verdict.outcome is Outcome.ALMOST else ""
    return f"{verdict.outcome.value}{almost}{': ' if reason else '.'}{reason}"


def try_all(notes: Iterable[Note], answers: Mapping[str, Mapping[str, AbstractSet[str]]]) -> Iterator[Diagnostic]:
    """The examples of many notes. `answers` maps deck and normalised answer to the keys of the notes it belongs to."""
    for note in notes:
        yield from try_examples(note, _rivals(note, answers.get(note.deck, {})))


def _rivals(note: Note, answers: Mapping[str, AbstractSet[str]]) -> Rivals:
    return lambda norm: bool(answers.get(norm, set()) - {note.key})
