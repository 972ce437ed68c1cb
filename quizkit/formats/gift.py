"""GIFT, Moodle's text format for questions (https://docs.moodle.org/en/GIFT_format).

Everything is written as HTML on one line, each special character behind a backslash: so no text can turn into a
comment, another question, or another kind of question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from quizkit.formats.gift_reading import looks, read
from quizkit.formats.item import Item, Loss, Option, WriteOptions, Written, losses_of
from quizkit.formats.weights import share
from quizkit.kinds.cloze import gaps, numbers_in, with_gaps
from quizkit.markup import plain, to_html

__all__ = ["looks", "read", "write"]

_SPECIAL = re.compile(r"[\\:#={}~]")
_Body = tuple[str, str]
"""A question's text and what stands between its braces."""


def write(items: list[Item], options: WriteOptions) -> Written:
    """See `FormatModule`. A cloze becomes a question for each gap, an order a matching of places."""
    blocks: list[str] = []
    losses: list[Loss] = []
    carried = 0
    for item in items:
        before = len(blocks)
        for single in _singles(item):
            lost: list[str] = []
            made = _BODIES[single.kind](single, lost)
            losses += losses_of(single.key, lost, made)
            if made is None:
                continue
            blocks.append(_block(single, *made))
        if item.all_media:
            losses.append(Loss(item.key, "pictures and sounds can't be said in GIFT"))
        carried += len(blocks) > before
    head = [f"$CATEGORY: {' '.join(options.title.split())}"] if blocks else []
    return Written(("\n\n".join([*head, *blocks]) + "\n").encode() if blocks else b"", carried, tuple(losses))


def _block(item: Item, text: str, answers: str) -> str:
    tags = "".join(f" [tag:{_comment(tag)}]" for tag in item.tags)
    about = f"// [id:{_comment(item.key)}]{tags}\n" if item.key or tags else ""
    name = f"::{_escaped(item.key)}::" if item.key else ""
    return f"{about}{name}[html]{text}{answers}"


def _comment(text: str) -> str:
    return re.sub(r"[\]\x00-\x1f\x7f]", " ", text).strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def _html(text: str) -> str:
    """A text with marks as HTML in one line."""
    return _escaped(to_html(text))


def _piece(html: str) -> str:
    """Escaped HTML in front of which nothing names its format: it must not look like a weight or a format itself."""
    return f"[html]{html}" if html.startswith(("%", "[")) else html


def _typed_forms(forms: Sequence[str], lost: list[str]) -> str:
    """Short answers: plain, their asterisks no wildcards."""
    if any("->" in form for form in forms):
        # Moodle would take the question for a matching, and has no way to escape the arrow.
        lost.append("an arrow -> in an answer is written as →")
    said = [_escaped(form.replace("->", "→")).replace("*", "\\*") for form in dict.fromkeys(forms)]
    return "".join(f"={'%100%' if form.startswith('%') else ''}{form}" for form in said)


def _feedback(text: str) -> str:
    return f"#{_piece(_html(text))}" if text else ""


def _general(*texts: str) -> str:
    said = "<hr>".join(to_html(text) for text in texts if text)
    return f"####{_piece(_escaped(said))}" if said else ""


def _singles(item: Item) -> Sequence[Item]:
    """A cloze as an item for each of its gaps; anything else as it is."""
    if item.kind != "cloze" or len(numbers := numbers_in(item.prompt)) < 2:
        return [item]
    return [
        item._replace(
            key=f"{item.key}/c{number}",
            prompt=with_gaps(item.prompt, partial(_marked, number)),
            gaps={"c1": item.gaps.get(f"c{number}", ())},
        )
        for number in numbers
    ]


def _marked(only: int, number: int, answer: str, hint: str) -> str:
    return answer if number != only else f"{{{{c1::{answer}{'::' + hint if hint else ''}}}}}"


def _choice(item: Item, lost: list[str]) -> _Body | None:
    options = "".join(
        f"{'=' if option.right else '~'}{_piece(_html(option.text))}{_feedback(option.feedback)}"
        for option in item.options
    )
    return _html(item.prompt), f"{{{options}{_general(item.explain)}}}"


def _multi(item: Item, lost: list[str]) -> _Body | None:
    rights = sum(option.right for option in item.options)
    weight = share(rights)
    if weight is None:
        lost.append(f"Moodle has no share for {rights} right options: left out")
        return None

    def entry(option: Option) -> str:
        return f"~%{'' if option.right else '-'}{weight}%{_piece(_html(option.text))}{_feedback(option.feedback)}"

    return _html(item.prompt), f"{{{''.join(map(entry, item.options))}{_general(item.explain)}}}"


def _true_false(item: Item, lost: list[str]) -> _Body:
    answer = "TRUE" if item.true else "FALSE"
    return _html(item.prompt), f"{{{answer}{_feedback(item.correction)}{_general(item.explain)}}}"


def _typed(item: Item, lost: list[str]) -> _Body:
    return _html(item.prompt), f"{{{_typed_forms(item.answers, lost)}{_general(item.explain)}}}"


def _number(item: Item, lost: list[str]) -> _Body:
    prompt = item.prompt
    if item.unit:
        prompt = f"{prompt} ({item.unit})"
        lost.append(f"the unit {item.unit} is written behind the question")
    tolerance = f":{item.tolerance}" if item.tolerance else ""
    return _html(prompt), f"{{#{item.answers[0]}{tolerance}{_general(item.explain)}}}"


def _date(item: Item, lost: list[str]) -> _Body:
    lost.append("a date becomes a short answer: other ways to write it aren't understood")
    return _typed(item, lost)


def _list(item: Item, lost: list[str]) -> _Body:
    lost.append("GIFT has no lists: becomes an essay, its members in the feedback")
    return _essay(item, "\n".join(f"- {member[0]}" for member in item.members))


def _order(item: Item, lost: list[str]) -> _Body:
    lost.append("GIFT has no ordering: becomes a matching of places")
    pairs = tuple((str(place), member[0]) for place, member in enumerate(item.members, 1))
    return _match(item._replace(pairs=pairs), lost)


def _match(item: Item, lost: list[str]) -> _Body:
    pairs = "".join(f"={_piece(_pair_side(to_html(left)))} -> {_pair_side(plain(right))}" for left, right in item.pairs)
    pairs += "".join(f"= -> {_pair_side(plain(right))}" for right in item.extra)
    return _html(item.prompt), f"{{{pairs}{_general(item.explain)}}}"


def _pair_side(text: str) -> str:
    """One side of a pair. An arrow in it would part it, and can't be escaped: another one stands for it."""
    return _escaped(text.replace("-&gt;", "→").replace("->", "→"))


def _open(item: Item, lost: list[str]) -> _Body:
    model, points = item.answers[0] if item.answers else "", "\n".join(f"- {point}" for point in item.points)
    return _essay(item, *dict.fromkeys(text for text in (model, points) if text))


def _basic(item: Item, lost: list[str]) -> _Body:
    lost.append("becomes an essay, its answer in the feedback")
    if item.reverse:
        lost.append("is asked one way only")
    return _essay(item, item.answers[0] if item.answers else "")


def _essay(item: Item, *answer: str) -> _Body:
    return _html(item.prompt), f"{{{_general(*answer, item.explain)}}}"


def _cloze(item: Item, lost: list[str]) -> _Body | None:
    number = numbers_in(item.prompt)[0]
    found = gaps(item.prompt, number)
    if len(found) > 1:
        lost.append("a gap that stands in several places can't be said in GIFT: left out")
        return None
    answer, hint = found[0]
    marked = with_gaps(item.prompt, lambda _n, _answer, _hint: "\x00")
    before, _gap, after = marked.partition("\x00")
    forms = _typed_forms((answer, *item.gaps.get(f"c{number}", ())), lost)
    hinted = f" ({hint})" if hint else ""
    if hint:
        lost.append("the hint is written behind the gap")
    if not after.strip() and not hinted:
        after = "."
        lost.append("a full stop is added behind the gap")
    # The pieces are HTML of their own: emphasis that begins in front of the gap ends there.
    # A format without a text behind it is read as an error by some.
    return (
        f"{_html(before) if before.strip() else '<span></span>'} ",
        f"{{{forms}{_general(item.explain)}}}{_html(hinted + after)}",
    )


_BODIES: Mapping[str, Callable[[Item, list[str]], _Body | None]] = {
    "basic": _basic,
    "typed": _typed,
    "cloze": _cloze,
    "choice": _choice,
    "multi": _multi,
    "truefalse": _true_false,
    "number": _number,
    "date": _date,
    "list": _list,
    "order": _order,
    "match": _match,
    "open": _open,
}
