"""Judging a list of typed entries against members in any order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from quizkit.answers.entries import LONGEST_LINE
from quizkit.answers.folding import normalise
from quizkit.answers.text import ALMOST_SCORE, is_no_answer, judge_text
from quizkit.i18n import N_, Message, _
from quizkit.model import Outcome, Part, Rivals, Verdict, no_rivals

EXTRA_COST = 0.5
"""What a wrong entry beyond the number asked for costs, in members: naming everything doesn't pay."""

MOST_ENTRIES = 100
"""Entries beyond this many aren't read."""

_LONGEST_REJOINED = 3


class _Judged(NamedTuple):
    """What each entry is to each member, and which member it was given to (-1: none)."""

    verdicts: list[list[Verdict]]
    member: list[int]


def judge_set(
    given: Sequence[str],
    members: Sequence[Sequence[str]],
    *,
    need: int | None = None,
    rivals: Rivals = no_rivals,
) -> Verdict:
    """Judge typed entries, each of which may stand for one member. `members` holds each one's accepted forms.

    The score is (right + 0.5 * almost - 0.5 * wrong entries beyond `need`) / `need`: a wrong entry in the place of a
    missing one costs nothing more than the miss. Naming one twice neither counts nor costs. Right: as many as needed,
    and nothing wrong. Almost: as many as needed, up to near misses, and nothing wrong. `parts` has one for each entry
    that isn't blank, then one for each missing member while some are needed. Never raises.
    """
    need = max(1, min(len(members) if need is None else need, len(members)))
    known = frozenset(normalise(form) for forms in members for form in forms)
    said = (entry.strip() for entry in given if not is_no_answer(entry) or normalise(entry) in known)
    entries = _rejoined(list(islice((entry for entry in said if entry), MOST_ENTRIES)), known)
    if not entries:
        parts = tuple(_missing(forms) for forms in members)
        return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer was given.")), parts=parts)
    judged = _assigned(entries, members, rivals)
    parts = tuple(_part(index, entry, members, judged) for index, entry in enumerate(entries))
    taken = set(judged.member)
    hits = sum(part.outcome is Outcome.RIGHT for part in parts) - _repeats(judged)
    near = sum(part.outcome is Outcome.ALMOST for part in parts)
    wrong = sum(part.outcome is Outcome.WRONG for part in parts)
    if hits + near < need:
        parts += tuple(_missing(forms) for index, forms in enumerate(members) if index not in taken)
    counted = min(hits, need)
    credit = counted + ALMOST_SCORE * min(near, need - counted)
    beyond = min(wrong, max(0, hits + near + wrong - need))
    score = max(0.0, (credit - EXTRA_COST * beyond) / need)
    if hits + near < need or wrong:
        return Verdict(Outcome.WRONG, score, _wrong_reason(min(hits + near, need), need, wrong, parts), parts=parts)
    if hits < need:
        spelt = next(part for part in parts if part.outcome is Outcome.ALMOST)
        reason = Message(N_("All are there, but check the writing of {answer}."), {"answer": spelt.expected})
        return Verdict(Outcome.ALMOST, score, reason, parts=parts)
    return Verdict(Outcome.RIGHT, 1.0, Message(N_("That's right: all are there.")), parts=parts)


def _wrong_reason(found: int, need: int, wrong: int, parts: Sequence[Part]) -> Message:
    stray = next((part.given for part in parts if part.outcome is Outcome.WRONG and part.given), "")
    if found == need:
        return Message(N_("All are there, but {given} doesn't belong."), {"given": stray})
    counts = {"found": found, "need": need}
    if wrong == 1:
        return Message(N_("{found} of {need} are there, and {given} doesn't belong."), {**counts, "given": stray})
    if wrong:
        return Message(N_("{found} of {need} are there, and {wrong} don't belong."), {**counts, "wrong": wrong})
    return Message(N_("{found} of {need} are there."), counts)


def _missing(forms: Sequence[str]) -> Part:
    return Part("", forms[0] if forms else "", Outcome.WRONG, _("Missing."))


def _rejoined(entries: list[str], known: frozenset[str]) -> list[str]:
    """The entries, where neighbours that only together are a member are one again: ジョー and バイデン."""
    norms = [normalise(entry[:LONGEST_LINE]) for entry in entries]
    joined: list[str] = []
    index = 0
    while index < len(entries):
        for size in range(min(_LONGEST_REJOINED, len(entries) - index), 1, -1):
            run = norms[index : index + size]
            if not known.issuperset(run) and (
                "".join(run) in known or "and".join(run) in known or "と".join(run) in known
            ):
                link = " and " if "and".join(run) in known else "と" if "と".join(run) in known else " "
                joined.append(link.join(entries[index : index + size]))
                index += size
                break
        else:
            joined.append(entries[index])
            index += 1
    return joined


def _assigned(entries: Sequence[str], members: Sequence[Sequence[str]], rivals: Rivals) -> _Judged:
    """Give as many entries as possible a member of their own: exact ones first, then near misses.

    Augmenting paths (Kuhn); an entry that has a member never loses its place.
    """
    exact: dict[str, list[Verdict]] = {}
    for entry in entries:
        if entry not in exact:
            exact[entry] = [judge_text(entry, forms, rivals=rivals) for forms in members]
    verdicts = [exact[entry] for entry in entries]
    right = [{j for j, one in enumerate(row) if one.outcome is Outcome.RIGHT} for row in verdicts]
    almost = [
        set() if right[i] else {j for j, one in enumerate(row) if one.outcome is Outcome.ALMOST}
        for i, row in enumerate(verdicts)
    ]
    owner: dict[int, int] = {}
    for edges in (right, almost):
        for i in range(len(entries)):
            if edges[i]:
                _augment(i, [a | b for a, b in zip(right, almost, strict=True)], owner, set())
    member = [-1] * len(entries)
    for j, i in owner.items():
        member[i] = j
    return _Judged(verdicts, member)


def _augment(entry: int, edges: Sequence[set[int]], owner: dict[int, int], tried: set[int]) -> bool:
    for j in sorted(edges[entry] - tried):
        tried.add(j)
        if j not in owner or _augment(owner[j], edges, owner, tried):
            owner[j] = entry
            return True
    return False


def _repeats(judged: _Judged) -> int:
    """How many entries are right but name a member that another entry has."""
    return sum(
        own == -1 and any(one.outcome is Outcome.RIGHT for one in row)
        for own, row in zip(judged.member, judged.verdicts, strict=True)
    )


def _part(index: int, entry: str, members: Sequence[Sequence[str]], judged: _Judged) -> Part:
    row, own = judged.verdicts[index], judged.member[index]
    if own >= 0:
        outcome = row[own].outcome
        note = "" if outcome is Outcome.RIGHT else row[own].reason.render()
        return Part(entry, members[own][0], outcome, note)
    best = next((j for j, one in enumerate(row) if one.outcome is Outcome.RIGHT), -1)
    if best >= 0:
        return Part(entry, members[best][0], Outcome.RIGHT, _("Named twice: it counts once."))
    telling = next((one.reason for one in row if one.diff), None)
    return Part(entry, "", Outcome.WRONG, telling.render() if telling else _("Doesn't belong."))
