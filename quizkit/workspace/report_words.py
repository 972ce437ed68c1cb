"""The report on a class in words: what its figures mean, section by section, for page and terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizkit.i18n import _, current, ngettext
from quizkit.reports import items, lessons, reliability, strength
from quizkit.reports.lessons import Need, Period, Row
from quizkit.reports.mastery import By
from quizkit.reports.shares import percent
from quizkit.sheets.report import Cell, Point, Report, Section, Table
from quizkit.workspace.answered import WORDS, Source, sources_said
from quizkit.workspace.report_cells import NOTHING, date_said, measured, shaded
from quizkit.workspace.report_questions import WARN, question_section, sentences

if TYPE_CHECKING:
    from quizkit.workspace.class_report import ClassReport, Lesson, Standing

MOST_NAMED = 5
LONGEST_GIST = 90
"""Characters of a passage's gist."""
MOST_UNKNOWN = 2
"""The worst passages, arguments and tags that are named first."""
STAR = "→"


def report_of(found: ClassReport) -> Report:
    """The whole report, in the interface's language."""
    about = [
        ngettext("{n} student", "{n} students", len(found.classroom.students))
        + " · "
        + ngettext("{n} first answer", "{n} first answers", sum(found.sources.values()))
        + f": {sources_said(found.sources)}",
        _("As of {date}.", date=date_said(found.today)),
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
        question_section(found.items),
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
    points += [Point(one.prompt, WARN, sentences(one)) for one in doubtful[:MOST_NAMED]]
    if not points:
        points.append(Point(_("Nothing stands out so far."), STAR))
    return Section(_("In short"), points=tuple(points))


_DOUBTFUL = ("wrong-key", "negative-discrimination")


def _lessons(found: Sequence[Lesson]) -> Section:
    rows = []
    for one in found:
        trust = one.reliability
        whole = ngettext("{some} of {n} student", "{some} of {n} students", one.students, some=trust.students)
        alpha, error = Cell(NOTHING, whole), Cell(NOTHING)
        if trust.alpha is not None and trust.interval is not None and trust.error is not None:
            low, high = (f"{bound:.2f}" for bound in trust.interval)
            alpha = Cell(f"{trust.alpha:.2f}", f"{low}…{high}, {whole}")
            error = Cell(f"±{trust.error:.1f}", _("of {n}", n=trust.items))
        rows.append(
            (
                Cell(one.name or date_said(one.day)),
                Cell(date_said(one.day)),
                Cell(_(WORDS[Source(one.mode)])),
                Cell(str(one.questions)),
                Cell(str(one.students)),
                shaded(one.share),
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
        "A question left unanswered in a live drill is wrong for whoever was connected while it was open, even if they"
        " lost the line; it doesn't count for anybody else. Reliability is Cronbach's alpha (KR-20 where answers are"
        " right or wrong) of those for whom every question counts; the error is the standard error of measurement, in"
        " questions. Neither is given for fewer than {n} students or {items} questions.",
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
        "The mean score, its 95 % interval, and the number of answers; none of fewer than {n}. A column takes a"
        " student's first answer to a card in that time, “in all” the first there is: repetitions don't count. The"
        " interval takes answers for independent of each other. A card counts in each of its groups. What is likely"
        " remembered is the memory model's estimate (FSRS-6) over all students and the cards asked so far; it takes it"
        " that the answer was shown each time.",
        n=items.LEAST,
    )
    return Section(_("What is understood"), tables=tuple(tables), note=note)


def _mastery_row(found: ClassReport, by: By, row: Row) -> tuple[Cell, ...]:
    now = found.now.get((by, row.group))
    last = Cell(NOTHING) if now is None else Cell(percent(now), share=now)
    return (_row_title(found, by, row.group), *map(shaded, row.cells), shaded(row.total), last)


def _students(found: Sequence[Standing]) -> Section:
    rows = [
        (
            Cell(one.student),
            shaded(one.share),
            measured(one.strength),
            Cell("; ".join(_need(need) for need in one.needs) or NOTHING),
        )
        for one in found
    ]
    note = _(
        "Only first answers to a card count. Help is named where a student's whole 95 % interval is below the class's"
        " score, and the score below {secure}. Strength is on one scale with the questions (Rasch): 0 is an average"
        " question, which somebody at +1 gets right 73 times in 100 and somebody at −1 27 times. None from fewer than"
        " {n} answers.",
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


def _period(one: Period) -> str:
    return date_said(one.first) if one.first == one.last else f"{date_said(one.first)} – {date_said(one.last)[5:]}"


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
