"""What was handed out on paper: which variants there are, and who has which. It stands in the drill's START act.

START's data: `lang`, the language of the sheets; `variants`, each with `letter`, `order` and `layouts` (see
`quizkit.drills.variants`); `sheets`, the number of the variant of each player, in the order of the sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from quizkit.drills.variants import Deal, Variant, dealt, variants
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.kinds.choosing import PickTask
from quizkit.model import Question, Shape
from quizkit.model.drill import ActType, CardItem, Classroom, Mode, Poll, Program, Slide
from quizkit.workspace.drill_cards import DrillCard, question, right_options
from quizkit.workspace.drill_record import DrillRecord

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace


class Handout(NamedTuple):
    """What is handed out of a drill on paper: its variants, and the variant (by number) of each player, sheet by sheet.

    `drill` is its id, under which it is in the log once `keep` is done.
    """

    drill: str
    program: Program
    lang: str
    variants: tuple[Variant, ...]
    sheets: Mapping[str, int]


def hand_out(workspace: Workspace, program: Program, room: Classroom | None, count: int) -> Handout:
    """A drill on paper in that many variants, one of them for each student of the class. Nothing is kept yet.

    Raises QuizkitError when a card doesn't exist, or there is nothing to ask or nobody to ask.
    """
    program = program._replace(items=tuple(item for item in program.items if not isinstance(item, Slide)))
    if not program.items:
        raise QuizkitError(_("There is nothing to ask."), _("Put cards into the drill."))
    if room is not None and not room.students:
        raise QuizkitError(
            _("Nobody is in {room} yet.", room=room.name),
            _("Add students: quizkit class add {room} NAME", room=room.id),
        )
    lang = workspace.langs[0]
    deals = [_deal(workspace, program, index, lang) for index in range(len(program.items))]
    drill = workspace.store.new_id()
    seed = program.seed or drill
    made = variants(deals, count, seed)
    sheets = dealt([student.id for student in room.students], len(made), seed) if room else {}
    return Handout(drill, program, lang, tuple(made), sheets)


def keep(workspace: Workspace, handout: Handout) -> None:
    """Begin the drill of what is handed out: from now on its marks can be entered."""
    record = DrillRecord.begin(workspace, handout.program, Mode.PAPER, handout.drill)
    told = [variant._asdict() for variant in handout.variants]
    record.log(ActType.START, lang=handout.lang, variants=told, sheets=handout.sheets)


def handout_of(record: DrillRecord) -> Handout:
    """What was handed out. Raises QuizkitError when the drill isn't on paper."""
    told = next((act.data for act in record.acts() if act.type is ActType.START), None)
    if record.mode is not Mode.PAPER or told is None:
        raise QuizkitError(
            _("The drill {name} isn't on paper.", name=record.program.name or record.id),
            _("Print one: quizkit drill print CLASS"),
        )
    made = tuple(
        Variant(one["letter"], tuple(one["order"]), tuple(tuple(layout) for layout in one["layouts"]))
        for one in told["variants"]
    )
    return Handout(record.id, record.program, told["lang"], made, told["sheets"])


def asked_on(workspace: Workspace, handout: Handout, variant: Variant, item: int) -> tuple[DrillCard | None, Question]:
    """An item as that variant asks it; no card for a poll.

    Raises QuizkitError when the card has gone, or has other options than were printed.
    """
    found, asked = _asked(workspace, handout.program, item, handout.lang)
    layout = variant.layouts[item]
    if sorted(layout) != sorted(asked.layout):
        raise QuizkitError(
            _("{card} has other options now than when the sheets were printed.", card=asked.card),
            _("Bring them back, or enter marks for it: 1, ½ or 0."),
        )
    texts = dict(zip(asked.layout, asked.options, strict=True))
    return found, asked._replace(layout=layout, options=tuple(texts[index] for index in layout))


def _asked(workspace: Workspace, program: Program, index: int, lang: str) -> tuple[DrillCard | None, Question]:
    item = program.items[index]
    if isinstance(item, Poll):
        langs = (lang, *workspace.langs)
        options = tuple(option.pick(langs) for option in item.options)
        asked = Question("", Shape.PICK_ONE, item.ask.lang(langs), item.ask.pick(langs), options)
        return None, asked._replace(layout=tuple(range(len(options))))
    assert isinstance(item, CardItem)
    # What only its learner can judge is judged by the teacher here.
    found = DrillCard(workspace.card(item.card), f"{program.seed}/{index}")
    return found, question(workspace, found, lang)


def _deal(workspace: Workspace, program: Program, index: int, lang: str) -> Deal:
    found, asked = _asked(workspace, program, index, lang)
    if found is None:
        return Deal(asked.layout, fixed=True)
    if asked.shape in (Shape.ORDER, Shape.PAIR):
        return Deal(asked.layout, ordered=True)
    right = right_options(found, asked)
    task = found.card.task
    # Options of other tasks, such as true and false, have an order of their own.
    fixed = not (isinstance(task, PickTask) and task.shuffle)
    return Deal(asked.layout, right[0] if len(right) == 1 else None, fixed=fixed)
