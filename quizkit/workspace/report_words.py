"""The report on a class in words: what its figures mean, section by section, for page and terminal alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quizkit.clock import date_of
from quizkit.i18n import _, current, ngettext
from quizkit.reports import distractors, items, lessons, reliability, strength
from quizkit.reports.items import Relation
from quizkit.reports.lessons import Need, Period, Row
from quizkit.reports.mastery import By
from quizkit.reports.remarks import sentence
from quizkit.reports.shares import Share, percent
from quizkit.reports.strength import Measure
from quizkit.sheets.report import Cell, Point, Report, Section, Table
from quizkit.workspace.answered import WORDS, Source, sources_said

if TYPE_CHECKING:
    from quizkit.workspace.class_report import Analysed, ClassReport, Lesson, Standing

NOTHING = "–"
MOST_NAMED = 5
LONGEST_GIST = 90
"""Characters of a passage's gist."""
MOST_UNKNOWN = 2
"""The worst passages, arguments and tags that are named first."""
WARN, STAR = "!", "→"


def report_of(found: ClassReport) -> Report:
    """The whole report, in the interface's language."""
    about = [
        ngettext("{n} student", "{n} students", len(found.classroom.students))
        + " · "
        + ngettext("{n} first vote", "{n} first votes", sum(found.sources.values()))
        + f": {sources_said(found.sources)}",
        _("As of {date}.", date=_date(found.today)),
    ]
    if found.chosen:
        only = ", ".join(_(WORDS[source]) for source in found.chosen)
        about.append(_("Only answers from: {sources}.", sources=only))
    if found.guests:
        about.append(
            ngettext(
                "{n} guest's answers count for the questions alone.",
                "{n} guests' answers count for the questions alone.",
                found.guests,
            )
        )
    sections = (
        _short(found),
        _lessons(found.lessons),
        _mastery(found),
        _students(found.standings),
        _beliefs(found),
        _next(found),
        _questions(found.items),
    )
    kept = tuple(one for one in sections if one.points or one.tables or one.lead)
    return Report(current(), _("Report on {room}", room=found.classroom.name), tuple(about), kept)


def _short(found: ClassReport) -> Section:
    """What a teacher wants to know ten seconds after the bell."""
    points = [
        Point(_("Not understood yet: {what}", what=_title(found, by, row.group)), WARN, (row.total.said,))
        for by in found.rows
        for row in lessons.unknown(found.rows[by])[:MOST_UNKNOWN]
    ]
    weak = [one for one in found.standings if one.needs]
    if weak:
        named = ", ".join(one.student for one in weak[:MOST_NAMED]) + (" …" if len(weak) > MOST_NAMED else "")
        points.append(
            Point(
                ngettext("{n} student needs help: {names}", "{n} students need help: {names}", len(weak), names=named),
                WARN,
            )
        )
    doubtful = [one for one in found.items if any(remark.code in _DOUBTFUL for remark in one.remarks)]
    points += [Point(one.prompt, WARN, _sentences(one)) for one in doubtful[:MOST_NAMED]]
    if not points:
        points.append(Point(_("Nothing stands out so far."), STAR))
    return Section(_("In short"), points=tuple(points))


_DOUBTFUL = ("wrong-key", "negative-discrimination")


def _lessons(found: Sequence[Lesson]) -> Section:
    rows = []
    for one in found:
        trust = one.reliability
        whole = _("{n} of {all}", n=trust.students, all=one.students)
        alpha, error = Cell(NOTHING, whole), Cell(NOTHING)
        if trust.alpha is not None and trust.interval is not None and trust.error is not None:
            low, high = (f"{bound:.2f}" for bound in trust.interval)
            alpha = Cell(f"{trust.alpha:.2f}", f"{low}…{high}, {whole}")
            error = Cell(f"±{trust.error:.1f}", _("of {n}", n=trust.items))
        rows.append(
            (
                Cell(one.name or _date(one.day)),
                Cell(_date(one.day)),
                Cell(_(WORDS[Source(one.mode)])),
                Cell(str(one.questions)),
                Cell(str(one.students)),
                _shaded(one.share),
                alpha,
                error,
            )
        )
    head = (
        _("drill"),
        _("date"),
        _("how"),
        _("questions"),
        _("students"),
        _("score"),
        _("reliability"),
        _("error of a total"),
    )
    note = _(
        "Reliability is Cronbach's alpha (KR-20 where answers are right or wrong) of those who answered every question;"
        " the error is the standard error of measurement, in questions. Neither is given for fewer than {n} students or"
        " {items} questions.",
        n=reliability.LEAST_STUDENTS,
        items=reliability.LEAST_ITEMS,
    )
    return Section(_("Drills"), tables=(Table(head, tuple(rows), (3, 4, 5, 6, 7)),) if rows else (), note=note)


def _mastery(found: ClassReport) -> Section:
    titles = {By.PASSAGE: _("By passage"), By.ARGUMENT: _("By argument"), By.TAG: _("By tag")}
    tables = [
        Table(
            ("", *(_period(one) for one in found.days), _("in all"), _("likely remembered now")),
            tuple(_mastery_row(found, by, row) for row in rows),
            tuple(range(1, len(found.days) + 3)),
            titles[by],
        )
        for by, rows in found.rows.items()
    ]
    note = _(
        "The mean score of first votes, its 95 % interval, and the number of answers; none of fewer than {n}. The"
        " interval takes answers for independent of each other. A card counts in each of its groups. What is likely"
        " remembered is the memory model's estimate (FSRS-6) over all students and the cards asked so far; it takes it"
        " that the answer was shown each time.",
        n=items.LEAST,
    )
    return Section(_("What is understood"), tables=tuple(tables), note=note)


def _mastery_row(found: ClassReport, by: By, row: Row) -> tuple[Cell, ...]:
    now = found.now.get((by, row.group))
    last = Cell(NOTHING) if now is None else Cell(percent(now), share=now)
    return (_row_title(found, by, row.group), *map(_shaded, row.cells), _shaded(row.total), last)


def _students(found: Sequence[Standing]) -> Section:
    rows = [
        (
            Cell(one.student),
            _shaded(one.share),
            _measured(one.strength),
            Cell("; ".join(_need(need) for need in one.needs) or NOTHING),
        )
        for one in found
    ]
    note = _(
        "Help is named where a student's whole 95 % interval is below the class's score, and the score below {secure}."
        " Strength is on one scale with the questions (Rasch): 0 is an average question, which somebody at +1 gets"
        " right 73 times in 100 and somebody at −1 27 times. None from fewer than {n} answers.",
        secure=percent(lessons.SECURE),
        n=strength.LEAST_ITEMS,
    )
    head = (_("student"), _("score"), _("strength"), _("needs help with"))
    return Section(_("Who needs help with what"), tables=(Table(head, tuple(rows), (1, 2)),), note=note)


def _need(need: Need) -> str:
    return f"{need.group or _('everything')}: {percent(need.own.value or 0.0)} (n = {need.own.n})"


def _beliefs(found: ClassReport) -> Section:
    prompts = {one.item.card: one.prompt for one in found.items}
    points = [
        Point(
            f"“{one.belief}”",
            f"{len(one.students)}/{one.of}",
            (prompts.get(one.card, one.card), ", ".join(one.students)),
        )
        for one in found.beliefs
    ]
    note = _("Who picked, at first, the wrong option behind which the deck names this belief.")
    return Section(_("Beliefs to talk about"), points=tuple(points), note=note)


def _next(found: ClassReport) -> Section:
    rows = [(Cell(one.prompt), Cell(one.why), Cell(one.card)) for one in found.planned]
    if not rows:
        return Section(_("What to drill next"))
    plan = _("Take it over with: quizkit drill plan {room}", room=found.classroom.id)
    head = (_("question"), _("why"), _("card"))
    return Section(_("What to drill next"), tables=(Table(head, tuple(rows)),), note=plan)


def _questions(found: Sequence[Analysed]) -> Section:
    points = [
        Point(
            one.prompt,
            WARN,
            (*(_capital(sentence(remark, one.options.texts)) for remark in one.remarks), _figures(one)),
        )
        for one in found
        if one.remarks
    ]
    told = [one for one in found if one.item.facility is not None]
    few = len(found) - len(told)
    tables = [_chosen(one) for one in told if one.remarks and one.options.texts and one.item.choices.n]
    if told:
        tables.insert(0, _item_table(told))
    lead = (
        ngettext(
            "{n} question was answered by too few to say anything of it.",
            "{n} questions were answered by too few to say anything of them.",
            few,
        ),
    )
    note = _(
        "First attempts only. Right: the mean score. Tells apart: the correlation of the score with the rest of the"
        " student's scores (Moodle's discrimination index); of full marks with the rest: the corrected point-biserial;"
        " efficiency: its share of the greatest there could be. Difficulty is on the scale of the students' strength."
        " Ranges are 95 % intervals. Nothing is said from fewer than {n} answers, of telling apart from fewer than {m},"
        " of difficulty from fewer than {k}. Best and weakest are the upper and the lower 27 % by all their other"
        " answers, from {g} students on. Who didn't see a question doesn't count for it.",
        n=items.LEAST,
        m=items.LEAST_FOR_DISCRIMINATION,
        k=strength.LEAST_STUDENTS,
        g=distractors.LEAST_FOR_GROUPS,
    )
    return Section(_("The questions"), lead if few else (), tuple(points), tuple(tables), note)


def _sentences(one: Analysed) -> tuple[str, ...]:
    return tuple(_capital(sentence(remark, one.options.texts)) for remark in one.remarks)


def _figures(one: Analysed) -> str:
    item = one.item
    return " · ".join(
        text
        for text in (
            _("right: {share}", share=_share_of(one).said),
            item.discrimination and _("tells apart: {value}", value=_related_said(item.discrimination)),
            sources_said(one.sources),
            item.card,
        )
        if text
    )


def _share_of(one: Analysed) -> Share:
    return Share(one.item.n, one.item.facility, one.item.interval)


def _item_table(found: Iterable[Analysed]) -> Table:
    head = (
        _("question"),
        _("right"),
        _("tells apart"),
        _("point-biserial"),
        _("efficiency"),
        _("difficulty"),
        _("seconds"),
        _("from"),
    )
    rows = [
        (
            Cell(one.prompt, one.item.card),
            _shaded(_share_of(one)),
            _related(one.item.discrimination),
            _related(one.item.biserial),
            _related(one.item.efficiency),
            _measured(one.difficulty),
            Cell(NOTHING if one.item.seconds is None else f"{one.item.seconds:.0f}"),
            Cell(sources_said(one.sources)),
        )
        for one in found
    ]
    return Table(head, tuple(rows), (1, 2, 3, 4, 5, 6))


def _chosen(one: Analysed) -> Table:
    """Who chose what, of a question that something stands out of."""
    found, options = one.item.choices, one.options
    rows = []
    for option, text in enumerate(options.texts):
        choice = found.of(option)
        mark = "✓ " if option in options.keyed.right else "✗ "
        groups = (
            [Cell(str(choice.upper), _("of {n}", n=found.group)), Cell(str(choice.lower), _("of {n}", n=found.group))]
            if found.group
            else [Cell(NOTHING), Cell(NOTHING)]
        )
        rows.append((Cell(mark + text), Cell(str(choice.n), _("of {n}", n=found.n)), *groups))
    head = (_("option"), _("chose it"), _("of the best"), _("of the weakest"))
    return Table(head, tuple(rows), (1, 2, 3), one.prompt)


def _shaded(share: Share) -> Cell:
    if share.value is None or share.interval is None:
        return Cell(NOTHING, _n(share.n)) if share.n else Cell("")
    low, high = (round(100 * bound) for bound in share.interval)
    return Cell(percent(share.value), f"{low}–{high}, {_n(share.n)}", share.value)


def _related(relation: Relation | None) -> Cell:
    if relation is None:
        return Cell(NOTHING)
    low, high = (_signed(bound) for bound in relation.interval)
    return Cell(_signed(relation.value), f"{low}…{high}, {_n(relation.n)}")


def _related_said(relation: Relation) -> str:
    cell = _related(relation)
    return f"{cell.text} ({cell.detail})"


def _measured(measure: Measure | None) -> Cell:
    if measure is None:
        return Cell(NOTHING)
    low, high = (_signed(bound, 1) for bound in measure.interval)
    return Cell(_signed(measure.value, 1), f"{low}…{high}, {_n(measure.n)}")


def _signed(value: float, digits: int = 2) -> str:
    """A figure with its sign, a real minus; never −0."""
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else f"{'−' if value < 0 else '+'}{text}"


def _n(n: int) -> str:
    return f"n = {n}"


def _date(day: int) -> str:
    return date_of(day).isoformat()


def _period(one: Period) -> str:
    return _date(one.first) if one.first == one.last else f"{_date(one.first)} – {_date(one.last)[5:]}"


def _row_title(found: ClassReport, by: By, group: str) -> Cell:
    """A passage by its number, an argument by its claim, each with the other below."""
    title = found.titles.get(group, "")
    if by is By.ARGUMENT:
        return Cell(title or group, group)
    return Cell(group, _clipped(title) if by is By.PASSAGE else "")


def _title(found: ClassReport, by: By, group: str) -> str:
    title = found.titles.get(group, "") if by is not By.TAG else ""
    if by is By.ARGUMENT:
        return title or group
    return f"{group} · {_clipped(title)}" if title else group


def _clipped(title: str) -> str:
    """The beginning of a gist: what a passage is about is known by then."""
    return title if len(title) <= LONGEST_GIST else title[: LONGEST_GIST - 1].rstrip() + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
