"""The part of a report that is about the questions: item analysis in figures and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quizkit.i18n import _, ngettext
from quizkit.reports import distractors, items, strength
from quizkit.reports.remarks import sentence
from quizkit.reports.shares import Share
from quizkit.sheets.report import Cell, Point, Section, Table
from quizkit.workspace.answered import sources_said
from quizkit.workspace.report_cells import NOTHING, capital, measured, related, related_said, shaded

if TYPE_CHECKING:
    from quizkit.workspace.class_report import Analysed

WARN = "!"


def question_section(found: Sequence[Analysed]) -> Section:
    """Item analysis: what stands out, all figures, and who chose what."""
    points = [
        Point(
            one.prompt,
            WARN,
            (*(capital(sentence(remark, one.options.texts)) for remark in one.remarks), _figures(one)),
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
        " answers, from {g} students on. Who didn't see a question doesn't count for it; who was connected while it was"
        " open in a live drill and gave no answer has it wrong.",
        n=items.LEAST,
        m=items.LEAST_FOR_DISCRIMINATION,
        k=strength.LEAST_STUDENTS,
        g=distractors.LEAST_FOR_GROUPS,
    )
    return Section(_("The questions"), lead if few else (), tuple(points), tuple(tables), note)


def sentences(one: Analysed) -> tuple[str, ...]:
    """What stands out of a question."""
    return tuple(capital(sentence(remark, one.options.texts)) for remark in one.remarks)


def _figures(one: Analysed) -> str:
    item = one.item
    return " · ".join(
        text
        for text in (
            _("right: {share}", share=_share_of(one).said),
            item.discrimination and _("tells apart: {value}", value=related_said(item.discrimination)),
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
            shaded(_share_of(one)),
            related(one.item.discrimination),
            related(one.item.biserial),
            related(one.item.efficiency),
            measured(one.difficulty),
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
