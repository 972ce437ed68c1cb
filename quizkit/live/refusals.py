"""Why something was refused, in a sentence for the one it was refused."""

from __future__ import annotations

from quizkit.i18n import N_

TEXTS = {
    "bad-pin": N_("That isn't the PIN on the screen."),
    "slow-down": N_("Too fast. Wait a moment and try again."),
    "name-taken": N_("Somebody is already in under that name. Is it yours? Ask your teacher."),
    "name-unknown": N_("That name isn't on the list. Write it as your teacher does, or give your number."),
    "name-shared": N_("There is more than one of that name. Give your number on the list, too."),
    "name-filtered": N_("Choose another name."),
    "locked": N_("Nobody else is let in now. Ask your teacher."),
    "closed-question": N_("No answers are taken at the moment."),
    "late": N_("The time was up."),
    "double": N_("You have already answered this one."),
    "forged": N_("That isn't something you could answer."),
    "bad-message": N_("That can't be done now."),
    "no-host": N_("This link isn't the host's. Open the one that the terminal shows."),
    "kicked": N_("Your teacher has taken you out of the drill."),
    "full": N_("The room is full."),
    "unsaved": N_("Answers can't be saved at the moment."),
}
