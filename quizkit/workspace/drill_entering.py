"""Taking in the marks of a drill on paper: by hand, or from a table. Entering again corrects.

ANSWER's data has `mark` besides: what was typed, as it would be typed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, NamedTuple

from quizkit.drills.answers import GUEST, Given, fold
from quizkit.drills.marking import letters_of, mark_of
from quizkit.drills.players import folded
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Outcome
from quizkit.model.drill import ActType, Student
from quizkit.workspace.drill_paper import CODE, NAMELESS, code_of, roster
from quizkit.workspace.drill_reading import Reading, Sheet, SheetReader

if TYPE_CHECKING:
    from quizkit.workspace.drill_record import DrillRecord
    from quizkit.workspace.workspace import Workspace


class Taken(NamedTuple):
    """What became of a sheet: how many marks are new, how many corrected, how many as they were."""

    new: int = 0
    corrected: int = 0
    same: int = 0


class Entering(SheetReader):
    """The marks of one drill. Everything is in the log when `take` returns; `settle` makes reviews of it."""

    def __init__(self, workspace: Workspace, record: DrillRecord) -> None:
        super().__init__(workspace, record)
        self._done: list[tuple[Sheet, list[int]]] = []

    @cached_property
    def _roster(self) -> list[Student]:
        return roster(self._workspace, self.handout)

    def standing(self) -> dict[tuple[str, int], Given]:
        """The answers as they stand, by player and item."""
        return {(given.player, given.item): given for given in fold(self.record.acts()).answers}

    # Whose sheet

    def sheets(self) -> list[Sheet]:
        """Everybody's sheets, in the order they were printed; then those of guests."""
        entered: dict[str, int] = {}
        for player, _item in self.standing():
            entered[player] = entered.get(player, 0) + 1
        variants = self.handout.variants
        found = [
            Sheet(student, variants[self.handout.sheets[student.id]], entered.get(student.id, 0))
            for student in self._roster
        ]
        letters = {variant.letter: variant for variant in variants}
        for act in self.record.acts():
            if act.type is ActType.JOIN and act.player in entered:
                student = Student(act.player, str(act.data["name"]))
                found.append(Sheet(student, letters[act.data["variant"]], entered[act.player], guest=True))
        return list({sheet.student.id: sheet for sheet in found}.values())

    def matching(self, text: str) -> list[Sheet]:
        """The sheets that a number, a name, the beginning of one, or a scanned code may mean."""
        sheets, wanted = self.sheets(), folded(text)
        if not wanted:
            return sheets
        if wanted.startswith(folded(CODE)):
            return [sheet for sheet in sheets if not sheet.guest and wanted == folded(self._code(sheet))]
        exact = [one for one in sheets if wanted in (folded(one.student.number), folded(one.student.name))]
        # A register counts 7, a list says 07.
        exact = exact or [one for one in sheets if wanted.isdecimal() and one.student.number.lstrip("0") == wanted]
        return exact or [
            one for one in sheets if any(word.startswith(wanted) for word in _beginnings(folded(one.student.name)))
        ]

    def find(self, text: str) -> Sheet:
        """The one sheet that is meant. Where there is no class, a name and a letter: 'Mina b'.

        Raises QuizkitError when it is nobody's, or several could be meant.
        """
        found = self.matching(text) if text.strip() else []
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{one.student.number} {one.student.name}".strip() for one in found[:6])
            raise QuizkitError(_("{name} may be several.", name=text), _("Say whom you mean: {ways}.", ways=names))
        if self.handout.sheets:
            hint = _("Type a number, a name or its first letters.")
            raise QuizkitError(_("Nobody here is called {name}.", name=text), hint)
        hint = _("Type a name and the letter of the variant: Mina b")
        scanned = folded(text.partition(" ")[0])
        for variant in self.handout.variants:
            if scanned == folded(code_of(self.handout, variant, NAMELESS)):
                raise QuizkitError(_("A sheet of variant {letter}: whose is it?", letter=variant.letter), hint)
        if guest := self._guest(text):
            return guest
        raise QuizkitError(_("Nobody here is called {name}.", name=text), hint)

    def _guest(self, text: str) -> Sheet | None:
        name, _space, letter = text.strip().rpartition(" ")
        variant = next((one for one in self.handout.variants if one.letter == letter.upper()), None)
        if variant is None or not name:
            return None
        learner = next((one.id for one in self._workspace.store.learners() if one.name == name), "")
        entered = next((one.student.id for one in self.sheets() if folded(one.student.name) == folded(name)), "")
        return Sheet(Student(learner or entered or self._guest_id(name), name), variant, guest=True)

    def _guest_id(self, name: str) -> str:
        """The same for the same name, but in this drill only: a namesake in another may be somebody else."""
        digest = blake2s(f"{self.record.id}/{folded(name)}".encode(), digest_size=6).hexdigest()
        return f"{GUEST}{digest}"

    def _code(self, sheet: Sheet) -> str:
        return code_of(self.handout, sheet.variant, list(self.handout.sheets).index(sheet.student.id) + 1)

    # What is on it

    def line_of(self, sheet: Sheet) -> str:
        """The marks that stand, as a line to be corrected; '' when there are none."""
        standing, acts = self.standing(), self.record.acts()
        marks = []
        for item in sheet.variant.order:
            given = standing.get((sheet.student.id, item))
            marks.append(self._typed(sheet, given, acts[given.number - 1].data) if given else ".")
        return "" if set(marks) <= {"."} else " ".join(marks)

    def _typed(self, sheet: Sheet, given: Given, data: Mapping[str, Any]) -> str:
        if given.picked:
            return letters_of(self.asked(sheet, given.item)[1], given.picked)
        return str(data.get("mark") or mark_of(given.score or 0.0))

    # Keeping it

    def take(self, sheet: Sheet, readings: Iterable[Reading], calls: Mapping[int, bool] | None = None) -> Taken:
        """Put a sheet's marks in the log; what is there already stays. `calls` says by number what counts as right.

        Marks for later say nothing: what stands, stands.
        """
        return self.take_all([(sheet, readings)], calls)

    def take_all(
        self, marked: Iterable[tuple[Sheet, Iterable[Reading]]], calls: Mapping[int, bool] | None = None
    ) -> Taken:
        """The same with several sheets: all of it in one commit, or nothing."""
        standing, now, first = self.standing(), self._workspace.clock.now(), self.record.acts()[-1].number + 1
        known = {one.student.id for one in self.sheets()}
        acts = list[tuple[ActType, str, int, Mapping[str, Any]]]()
        done, taken = list[tuple[Sheet, list[int]]](), Taken()
        for sheet, readings in marked:
            player, numbers = sheet.student.id, list[int]()
            for reading in readings:
                if reading.mark.later:
                    continue
                old = standing.get((player, reading.item))
                decision = (calls or {}).get(reading.number)
                if old and _same(old, reading, decision):
                    taken = taken._replace(same=taken.same + 1)
                    continue
                taken = taken._replace(new=taken.new + (not old), corrected=taken.corrected + bool(old))
                if sheet.guest and player not in known:
                    known.add(player)
                    joined = {"name": sheet.student.name, "variant": sheet.variant.letter}
                    acts.append((ActType.JOIN, player, now, joined))
                numbers.append(first + len(acts))
                acts.append((ActType.ANSWER, player, now, self._data(reading)))
                if decision is not None:
                    acts.append((ActType.CALL, "", now, _call(numbers[-1], decision, self.record.new_event_id())))
            if numbers:
                done.append((sheet, numbers))
        if acts:
            self.record.log_many(acts)
        self._done += done
        return taken

    def _data(self, reading: Reading) -> dict[str, Any]:
        item = self.record.program.items[reading.item]
        return {
            "item": reading.item,
            "round": 1,
            "card": getattr(item, "card", ""),
            "values": list(reading.values),
            "picked": list(reading.picked),
            "score": reading.score,
            "outcome": reading.outcome.value if reading.outcome else "",
            "ms": 0,
            "lang": reading.lang,
            "shape": reading.shape,
            "event": self.record.new_event_id() if reading.score is not None else "",
            "mark": reading.mark.text,
        }

    def undo(self) -> Sheet | None:
        """Take back the sheet entered last, as far as it was new or corrected; None when there is none."""
        if not self._done:
            return None
        sheet, numbers = self._done.pop()
        now = self._workspace.clock.now()
        self.record.log_many([(ActType.UNDO, "", now, {"number": number}) for number in numbers])
        return sheet

    def decided(self, sheet: Sheet, reading: Reading) -> bool:
        """Whether it has been said before that this very answer counts, or doesn't."""
        old = self.standing().get((sheet.student.id, reading.item))
        return old is not None and old.values == reading.values and old.number in self._called()

    def expected(self, sheet: Sheet, reading: Reading) -> str:
        """The answer to the question of a reading."""
        found, asked = self.asked(sheet, reading.item)
        langs = tuple(dict.fromkeys((asked.lang, *self._workspace.langs)))
        return " · ".join(found.card.task.solution(langs).lines) if found else ""

    def _called(self) -> set[int]:
        """The answers on which the teacher has decided."""
        return {act.data["number"] for act in self.record.acts() if act.type is ActType.CALL}

    def undecided(self) -> int:
        """How many answers are almost right, and nobody has said whether they count."""
        acts, called = self.record.acts(), self._called()
        return sum(
            given.outcome == Outcome.ALMOST and given.number not in called and _is_text(acts[given.number - 1].data)
            for given in self.standing().values()
        )


def _is_text(data: Mapping[str, Any]) -> bool:
    return bool(data.get("values")) and not data.get("picked")


def _same(old: Given, reading: Reading, decision: bool | None) -> bool:
    """Whether an answer says what stands already. What the teacher has decided on a text stays decided."""
    if old.values != reading.values or old.picked != reading.picked:
        return False
    if decision is not None:
        return old.score == float(decision)
    return old.score == reading.score or reading.is_pending


def _call(number: int, counts: bool, event: str) -> dict[str, Any]:
    outcome = Outcome.RIGHT if counts else Outcome.WRONG
    return {"number": number, "score": float(counts), "outcome": outcome.value, "event": event}


def _beginnings(name: str) -> Sequence[str]:
    """Where a name may be begun: at each of its words."""
    words = name.split()
    return [" ".join(words[place:]) for place in range(len(words))]
