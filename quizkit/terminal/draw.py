"""Drawing: values in, lines of text out. Nothing here reads a key or knows a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizkit.columns import clip, harmless, pad, width, wrap
from quizkit.i18n import _, ngettext
from quizkit.model import Diff, Judged, Mark, Outcome, Part, Question, Shape
from quizkit.terminal.style import Style
from quizkit.terminal.words import (
    STYLES,
    SYMBOLS,
    about_minutes,
    claim_word,
    outcome_word,
    stage_word,
)

if TYPE_CHECKING:
    from quizkit.workspace import Asked

MARGIN = "  "
MARKED = "*《\\"
"""What every text with marks has one of."""


class Page(NamedTuple):
    """Where to draw: how wide, and in what style."""

    columns: int
    style: Style

    @property
    def inner(self) -> int:
        """Columns between the margins."""
        return self.columns - 2 * len(MARGIN)

    def block(self, text: str, *names: str, indent: str = MARGIN, first: str | None = None) -> list[str]:
        """A text wrapped into lines, in a style, with an indent (another before the first line, if given).

        Its marks (`quizkit.markup`) become looks: emphasis is underlined, a reading stands in brackets.
        """
        room = self.columns - width(indent) - len(MARGIN)
        start = indent if first is None else first
        if any(mark in text for mark in MARKED):
            lines = _looks(text, room, self.style, names)
        else:
            lines = [self.style(line, *names) for line in wrap(harmless(text), room)]
        return [(indent if i else start) + line for i, line in enumerate(lines)]

    def spread(self, left: str, right: str, *names: str) -> list[str]:
        """Two texts at the two ends of a line, or on two lines where one is too short."""
        if width(left) + width(right) + 2 <= self.inner:
            gap = " " * (self.inner - width(left) - width(right))
            return [MARGIN + self.style(left, *names) + gap + self.style(right, *names)]
        return [MARGIN + self.style(clip(part, self.inner), *names) for part in (left, right) if part]


def _looks(text: str, room: int, style: Style, names: tuple[str, ...]) -> list[str]:
    """A text with marks in lines. Without colour the asterisks stay, so that emphasis isn't lost."""
    from quizkit.markup import spans

    flat, strong = "", list[bool]()
    for span in spans(text):
        mark = "" if style.colour else "**" if span.strong else "*" if span.emphasis else ""
        shown = harmless(f"{mark}{span.text}{f'({span.ruby})' if span.ruby else ''}{mark}")
        flat += shown
        strong += [span.strong or span.emphasis] * len(shown)
    return _toned(flat, strong, room, style, names, (*names, "underline"))


def _toned(
    text: str, toned: Sequence[bool], room: int, style: Style, usual: tuple[str, ...], other: tuple[str, ...]
) -> list[str]:
    """A text in lines, those of its characters that are toned in another style than the rest."""
    drawn: list[str] = []
    at = 0
    for line in wrap(text, room):
        words, run, special = "", "", False
        for char in line:
            # Wrapping leaves out spaces and line breaks, and nothing else.
            while text[at] != char:
                at += 1
            if toned[at] != special:
                words += style(run, *(other if special else usual))
                run, special = "", toned[at]
            run += char
            at += 1
        drawn.append(words + style(run, *(other if special else usual)))
    return drawn


def bar(share: float, columns: int, style: Style, *, full: str = "━", empty: str = "─") -> str:
    """A share of 1 as a line of that many columns."""
    done = round(max(0.0, min(share, 1.0)) * columns)
    return style(full * done, "accent") + style(empty * (columns - done), "dim")


def header(page: Page, asked: Asked) -> list[str]:
    """What is ahead, how far one has come, and how long it will take."""
    title = harmless(asked.title)
    if asked.scheduled:
        title += f" · {stage_word(asked.stage)}"
    return [
        *page.spread(title, outlook(asked), "dim"),
        MARGIN + bar(asked.progress, page.inner, page.style),
        "",
    ]


def outlook(asked: Asked) -> str:
    """How much is ahead, and how long it will take."""
    ahead = asked.ahead
    if asked.scheduled:
        counts = _(
            "{new} new · {learning} learning · {review} review",
            new=ahead.new,
            learning=ahead.learning,
            review=ahead.review,
        )
    else:
        counts = _("{n} of {all}", n=asked.number, all=asked.number - 1 + ahead.total())
    return f"{counts} · {about_minutes(asked.milliseconds_left)}"


def question(page: Page, asked: Question, files: Sequence[str] = (), key: str = "") -> list[str]:
    """The question, what is wanted, and the pictures and sounds that belong to it (see `media`)."""
    lines = page.block(asked.prompt, "bold")
    if asked.hint:
        lines += page.block(_("Hint: {hint}", hint=asked.hint), "dim")
    notes = [text.render() for text in (asked.instruction, asked.placeholder) if text]
    if notes:
        lines += page.block(" · ".join(notes), "dim")
    return [*lines, *media(page, files, key), ""]


def media(page: Page, files: Sequence[str], key: str = "") -> list[str]:
    """Pictures and sounds: counted, with the `key` that opens them; named, for authors, without a key."""
    if not files:
        return []
    told = media_count(len(files), key) if key else _("With it: {files}", files=", ".join(files))
    return page.block(told, "accent")


def media_count(count: int, key: str) -> str:
    """That there are pictures or sounds with a card, and what opens them. Their names might be the answer."""
    return ngettext(
        "{n} picture or sound with it ({key} opens)", "{n} pictures or sounds with it ({key} opens)", count, key=key
    )


def options(page: Page, asked: Question) -> list[str]:
    """The options with their numbers, for faces that don't draw them live."""
    lines: list[str] = []
    if asked.shape is Shape.PAIR:
        for number, left in enumerate(asked.lefts, 1):
            lines += page.block(left, indent=MARGIN + "    ", first=f"{MARGIN}{chr(96 + number)})  ")
        lines.append("")
    for number, option in enumerate(asked.options, 1):
        lines += page.block(option, indent=MARGIN + "    ", first=f"{MARGIN}{number:>2}. ")
    return lines


def verdict(page: Page, asked: Question, judged: Judged, key: str = "o") -> list[str]:
    """Right, almost or wrong, why, and all that the note says about it; `key` as for `media`."""
    result = judged.verdict
    tone = STYLES[result.outcome]
    word = f"{SYMBOLS[result.outcome]} {outcome_word(result.outcome)}"
    if 0 < result.score < 1 and result.outcome is not Outcome.SELF:
        word += f" · {result.score:.0%}"
    reason = result.reason.render()
    lines = [MARGIN + page.style(word, tone, "bold")]
    if reason and result.outcome is not Outcome.SELF:
        lines += page.block(reason, indent=MARGIN + "  ")
    if result.diff:
        lines += comparison(page, result.diff)
    lines += parts(page, asked, result.parts)
    if result.feedback:
        lines += page.block(result.feedback, indent=MARGIN + "  ")
    # A rubric is its own answer: it comes with boxes to tick.
    answered = judged.solution.lines != judged.solution.points and (
        result.outcome is not Outcome.RIGHT or asked.shape in (Shape.TYPE, Shape.REVEAL, Shape.ORDER)
    )
    if answered or not judged.explain:
        lines.append("")
    if answered:
        lines += solution(page, judged.solution.lines)
    return lines + media(page, judged.media, key) + about(page, judged)


def solution(page: Page, lines: Iterable[str]) -> list[str]:
    """The answer."""
    drawn: list[str] = []
    for line in lines:
        drawn += page.block(
            line, "bold", indent=MARGIN + "  ", first=MARGIN + ("" if drawn else "→ ") + "  " * bool(drawn)
        )
    return drawn


def about(page: Page, judged: Judged) -> list[str]:
    """Explanation, whose claim it is, and the passages cited."""
    lines: list[str] = []
    if judged.explain:
        lines += ["", *page.block(judged.explain)]
    if judged.claim:
        text = _("{who} ({what})", who=judged.claim, what=claim_word(judged.claim_type))
        lines += page.block(_("Says: {claim}", claim=text), "dim")
    tail = [judged.as_of and _("as of {date}", date=judged.as_of), " ".join(judged.cite)]
    if any(tail):
        lines += page.block(" · ".join(part for part in tail if part), "dim")
    return lines


def comparison(page: Page, pieces: Sequence[Diff]) -> list[str]:
    """What was typed above what was expected, the differences marked in both."""
    labels = [_("typed"), _("expected")]
    room = max(map(width, labels))
    return [
        line
        for label, other, mark, tone in zip(
            labels, (Mark.MISSING, Mark.EXTRA), (Mark.EXTRA, Mark.MISSING), ("bad", "good"), strict=True
        )
        for line in _marked(page, [piece for piece in pieces if piece.mark is not other], mark, tone, pad(label, room))
    ]


def _marked(page: Page, pieces: Sequence[Diff], mark: Mark, tone: str, label: str) -> list[str]:
    """Pieces of a text in lines behind a label, those with the mark in a tone."""
    text, toned = "", list[bool]()
    for piece in pieces:
        shown = harmless(piece.text)
        if piece.mark is mark and not page.style.colour:
            # Brackets carry the mark where there is no colour.
            shown = f"[{shown}]"
        text += shown
        toned += [piece.mark is mark] * len(shown)
    lines = _toned(text, toned, page.inner - width(label) - 4, page.style, (), (tone, "underline"))
    return [
        f"{MARGIN}  {' ' * width(label) if number else page.style(label, 'dim')}  {line}"
        for number, line in enumerate(lines)
    ]


def parts(page: Page, asked: Question, judged: Sequence[Part]) -> list[str]:
    """A response that was judged piece by piece."""
    lines: list[str] = []
    for index, part in enumerate(judged):
        symbol = SYMBOLS[part.outcome]
        text = _part_text(part, asked, index)
        if part.note and part.given:
            text += f" ({part.note})"
        first = f"{MARGIN}  {page.style(symbol, STYLES[part.outcome])} "
        lines += page.block(text, indent=MARGIN + "    ", first=first)
    return lines


def _part_text(part: Part, asked: Question, index: int) -> str:
    if asked.shape is Shape.PAIR and index < len(asked.lefts):
        # What belongs there stands in the solution below.
        return f"{asked.lefts[index]} — {part.given or '…'}"
    if part.outcome is Outcome.RIGHT or (asked.shape is Shape.ORDER and part.given):
        return part.given
    if part.given and part.expected and part.given != part.expected:
        return f"{part.given} → {part.expected}"
    if part.expected and not part.given:
        return _("missing: {answer}", answer=part.expected)
    return part.given
