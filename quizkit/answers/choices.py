"""Judging what was picked, ordered and paired: positions instead of texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import comb

from quizkit.i18n import N_, Message, _
from quizkit.model import Outcome, Part, Verdict

SHORTEST_WITH_SLIPS = 5
"""From this many items on, one swap of neighbours is a near miss."""


def judge_order(given: Sequence[int], texts: Sequence[str]) -> Verdict:
    """Judge an order. `given` holds the author's indices as the learner put them; `texts` stand in the right order.

    The score is the share of pairs in the right order (Kendall's tau, scaled to 0 to 1); what wasn't given is in no
    right pair. Almost: one swap of neighbours among 5 items or more. `parts` go by position. Never raises.
    """
    n = len(texts)
    order = [index for index in dict.fromkeys(given) if 0 <= index < n]
    parts = tuple(_placed(order, position, texts) for position in range(n))
    if order == list(range(n)):
        return Verdict(Outcome.RIGHT, 1.0, Message(N_("That's right: all in order.")), parts=parts)
    if not order:
        return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer was given.")), parts=parts)
    pairs = n * (n - 1) // 2
    right = sum(order[i] < order[j] for i in range(len(order)) for j in range(i + 1, len(order)))
    score = right / pairs if pairs else 0.0
    if len(order) == n and right == pairs - 1:
        first = next(position for position in range(n) if order[position] != position)
        swapped = {"one": texts[order[first]], "other": texts[order[first + 1]]}
        outcome = Outcome.ALMOST if n >= SHORTEST_WITH_SLIPS else Outcome.WRONG
        return Verdict(outcome, score, Message(N_("Only two are swapped: {one} and {other}."), swapped), parts=parts)
    if len(order) == n and right == 0:
        return Verdict(Outcome.WRONG, 0.0, Message(N_("It is exactly the other way round.")), parts=parts)
    kept = {"right": right, "pairs": pairs}
    return Verdict(
        Outcome.WRONG, score, Message(N_("{right} of {pairs} pairs are in the right order."), kept), parts=parts
    )


def _placed(order: Sequence[int], position: int, texts: Sequence[str]) -> Part:
    if position >= len(order):
        return Part("", texts[position], Outcome.WRONG, _("Missing."))
    index = order[position]
    if index == position:
        return Part(texts[index], texts[position], Outcome.RIGHT)
    return Part(texts[index], texts[position], Outcome.WRONG, _("Belongs in place {place}.", place=index + 1))


def judge_picks(given: Collection[int], right: Collection[int], texts: Sequence[str]) -> Verdict:
    """Judge picks among options, by the author's indices.

    The score is (right picks - wrong picks) / number of right options, at least 0. `parts` has one for each pick, then
    one for each right option that wasn't picked. Never raises.
    """
    wanted = {index for index in right if 0 <= index < len(texts)}
    picked = {index for index in given if 0 <= index < len(texts)}
    hits, wrong, missed = sorted(picked & wanted), sorted(picked - wanted), sorted(wanted - picked)
    parts = tuple(
        [
            Part(texts[i], texts[i] if i in wanted else "", Outcome.RIGHT if i in wanted else Outcome.WRONG)
            for i in sorted(picked)
        ]
        + [Part("", texts[i], Outcome.WRONG, _("Missing.")) for i in missed]
    )
    if not wrong and not missed:
        return Verdict(Outcome.RIGHT, 1.0, Message(N_("That's right.")), parts=parts)
    if not picked:
        return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer was given.")), parts=parts)
    score = _share(len(hits), len(wrong), len(wanted)) if wanted else 0.0
    counts = {"hits": len(hits), "all": len(wanted), "wrong": len(wrong)}
    if not wrong:
        reason = Message(N_("{hits} of {all} right ones are picked."), counts)
    elif not missed:
        reason = Message(N_("All right ones are picked, but also {text}."), {"text": texts[wrong[0]]})
    else:
        reason = Message(N_("{hits} of {all} right ones are picked, and {wrong} wrong."), counts)
    return Verdict(Outcome.WRONG, score, reason, parts=parts)


def guessed_score(options: int, right: int) -> float:
    """The mean score of picks at random, any set of options but the empty one being as likely as any other."""
    total = sum(
        comb(right, hits) * comb(options - right, wrong) * _share(hits, wrong, right)
        for hits in range(1, right + 1)
        for wrong in range(options - right + 1)
    )
    return total / ((1 << options) - 1)


def _share(hits: int, wrong: int, wanted: int) -> float:
    return max(0.0, (hits - wrong) / wanted)


def judge_pairs(
    given: Sequence[int | None], right: Sequence[int], lefts: Sequence[str], rights: Sequence[str]
) -> Verdict:
    """Judge pairs. For each of `lefts` in turn, `given` holds the index in `rights` that was put to it (None: nothing).

    Two right sides with the same text are the same. The score is the share of lefts with their own right side. `parts`
    go by `lefts`. Never raises.
    """
    chosen = [_text(rights, index) for index in given[: len(lefts)]]
    chosen += [""] * (len(lefts) - len(chosen))
    wanted = [_text(rights, index) for index in right]
    good = [bool(one) and one == other for one, other in zip(chosen, wanted, strict=True)]
    parts = tuple(
        Part(one, other, Outcome.RIGHT if is_good else Outcome.WRONG)
        for one, other, is_good in zip(chosen, wanted, good, strict=True)
    )
    if all(good):
        return Verdict(Outcome.RIGHT, 1.0, Message(N_("That's right: all pairs match.")), parts=parts)
    if not any(chosen):
        return Verdict(Outcome.WRONG, 0.0, Message(N_("No answer was given.")), parts=parts)
    bad = [index for index, is_good in enumerate(good) if not is_good]
    score = (len(good) - len(bad)) / len(good)
    if len(bad) == 1:
        reason = Message(N_("Only {left} has another partner."), {"left": lefts[bad[0]]})
    elif len(bad) == 2 and chosen[bad[0]] == wanted[bad[1]] and chosen[bad[1]] == wanted[bad[0]]:
        reason = Message(
            N_("{one} and {other} have each other's partner."), {"one": lefts[bad[0]], "other": lefts[bad[1]]}
        )
    else:
        reason = Message(N_("{right} of {all} pairs match."), {"right": len(good) - len(bad), "all": len(good)})
    return Verdict(Outcome.WRONG, score, reason, parts=parts)


def _text(texts: Sequence[str], index: int | None) -> str:
    return texts[index] if index is not None and 0 <= index < len(texts) else ""
