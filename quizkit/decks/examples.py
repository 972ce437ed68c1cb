"""Trying the responses that authors say must be judged right, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizkit.diagnostics import Diagnostic, error
from quizkit.errors import QuizkitError
from quizkit.model import Asking, Example, Note, Outcome, Response, Rivals, Shape, no_rivals

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
    """Judge each example of a note; yields those that come out otherwise, with the judge's reason."""
    tasks = note.body.tasks()
    for example in note.examples:
        variant = example.variant or next(iter(tasks))
        task = tasks.get(variant)
        if task is None or task.shape not in (Shape.TYPE, Shape.FILL):
            yield Diagnostic(
                NO_EXAMPLE, example.span, f"“{example.text}” can't be typed as an answer to this note.", "Take it out."
            )
            continue
        langs = (example.lang,) if example.lang else ()
        question = task.ask(Asking(f"{note.key}/{variant}", langs))
        try:
            verdict = task.check(question, Response((example.text,)), rivals)
        except QuizkitError as problem:
            yield Diagnostic(NO_EXAMPLE, example.span, f"“{example.text}”: {problem.message}", problem.hint)
            continue
        wanted = Outcome.RIGHT if example.accepted else Outcome.WRONG
        if verdict.outcome is not wanted:
            yield _complaint(example, verdict.outcome, verdict.reason.render("en"))


def _complaint(example: Example, outcome: Outcome, reason: str) -> Diagnostic:
    rule = REFUSED if example.accepted else ACCEPTED
    fix = "Add it to `also`." if example.accepted else "Make the answers clearer apart, or take the example out."
    return Diagnostic(rule, example.span, f"“{example.text}” is judged {outcome.value}: {reason}", fix)


def try_all(notes: Iterable[Note], rivals_of: dict[str, dict[str, set[str]]]) -> Iterator[Diagnostic]:
    """The examples of many notes. `rivals_of` maps deck and normalised answer to the notes it belongs to."""
    for note in notes:
        yield from try_examples(note, _rivals(note, rivals_of.get(note.deck, {})))


def _rivals(note: Note, answers: dict[str, set[str]]) -> Rivals:
    return lambda norm: bool(answers.get(norm, set()) - {note.key})
