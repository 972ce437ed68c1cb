"""Somebody who studies the deck 'tea' in a terminal, with the keys a learner has."""

from __future__ import annotations

import re

from quizkit.i18n import translate
from tests.helpers.decks import tea
from tests.helpers.terminal import ENTER, Terminal

CUES = (
    "↑↓ or a number · Enter · d don't know · ? keys",
    "↑↓ and Space, or numbers · Enter when done · d don't know · ? keys",
    "Space lifts a line, ↑↓ move it · or type the numbers in order · Enter when done · ? keys",
    "a number gives the line its partner · ↑↓ · Enter when done · d don't know · ? keys",
    "Space shows the answer · ? keys",
)
ENTRY = "›"
RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


class Learner:
    """Answers what stands on the screen, in one language."""

    def __init__(self, terminal: Terminal, lang: str) -> None:
        self.terminal = terminal
        self.lang = lang
        self.notes = tea(lang)
        self._prompts = {
            (note.get("ask") or note.get("front") or note.get("claim") or note["text"].split("{{")[0]): name
            for name, note in self.notes.items()
        }
        self._cues = [self.say(cue)[:16] for cue in CUES] + [ENTRY]

    @property
    def _end(self) -> re.Pattern[str]:
        return re.compile(rf"✓ \d+ {self.say('right')}|{self.say('Nothing was answered.')}")

    def over(self) -> str:
        """Wait for the summary; returns the screen."""
        return self.terminal.wait_until(self._end.search, "the summary")

    def say(self, text: str, **args: object) -> str:
        """A text of the interface in the learner's language."""
        return translate(text, self.lang).format(**args)

    def asked(self) -> str:
        """Wait for a question; the id of its note, or '' when the session has ended with its summary."""
        found = ""

        def seen(screen: str) -> bool:
            nonlocal found
            found = ""
            if self._end.search(screen):
                return True
            found = next((name for prompt, name in self._prompts.items() if prompt in screen), "")
            return found and any(cue in screen for cue in self._cues)

        self.terminal.wait_until(seen, "a question or the summary")
        return found

    def number(self, option: str) -> str:
        """The number an option has on the screen."""
        found = re.search(rf"(\d+)\. {re.escape(option)}", self.terminal.screen())
        assert found, f"{option} is no option on:\n{self.terminal.screen()}"
        return found[1]

    def answer(self, name: str, *given: str) -> None:
        """Answer the question that is asked: with these texts, or rightly."""
        note = self.notes[name]
        match note["kind"]:
            case "choice":
                right = note["options"][0]["text"]
                self.terminal.send(self.number(*(given or (right,))))
            case "multi":
                picks = given or [option["text"] for option in note["options"][:2]]
                self.terminal.send("".join(map(self.number, picks)) + ENTER)
            case "truefalse":
                self.terminal.send(self.number(self.say("False")))
            case "order":
                items = given or [item["text"] for item in note["items"]]
                self.terminal.send("".join(map(self.number, items)) + ENTER)
            case "match":
                rights = given or [pair["right"] for pair in note["pairs"]]
                self.terminal.send("".join(map(self.number, rights)) + ENTER)
            case "list":
                members = given or [member["text"] for member in note["answer"]]
                for number, member in enumerate(members, 1):
                    self.terminal.wait_for(f"{number}/{len(members)} {ENTRY}")
                    self.terminal.send(member + ENTER)
            case "cloze":
                first, second = re.findall(r"::(.+?)(?:::.+?)?\}\}", note["text"])
                gap = first if "[…]" in self.terminal.screen() else second
                self.terminal.send((given[0] if given else gap) + ENTER)
            case "argument" if self._cues[4] not in self.terminal.screen():
                lone = note["who"] if note["who"] in self.terminal.screen() else note["not_grounds"][0]
                self.terminal.send(self.number(lone))
            case "basic" | "argument" | "open":
                self.terminal.send(" ")
            case _:
                self.terminal.send((given[0] if given else str(note["answer"])) + ENTER)

    def answer_and_go_on(self, name: str) -> None:
        """Answer rightly and come to the next question."""
        revealing = self._cues[4] in self.terminal.screen()
        self.answer(name)
        if revealing:
            self.rate(3)
        else:
            self.go_on()

    def call(self, key: str) -> None:
        """Judge what was almost right: y or n."""
        saved = self.saved(2)
        self.terminal.wait_for(self.say("Almost"), saved)
        self.terminal.send(key)
        self._next(saved)

    def _next(self, gone: str) -> None:
        """Wait until the screen has been cleared for the next question, or the summary has come."""
        self.terminal.wait_until(lambda screen: gone not in screen or self._end.search(screen), "the next card")

    def rate(self, rating: int) -> None:
        """Rate oneself, ticking all points of a rubric first."""
        ratings, ticking = (
            self.say("1–4 rate yourself · u undo · p passage · ? keys"),
            self.say("Which of these did you have?"),
        )
        if ticking in self.terminal.wait_until(lambda screen: ratings in screen or ticking in screen, "the ratings"):
            self.terminal.wait_for("[ ]")
            self.terminal.send("12" + ENTER)
            self.terminal.wait_for(ratings)
        self.terminal.send(str(rating))
        self._next(ratings)

    def saved(self, rating: int) -> str:
        """The beginning of the line that says what was saved."""
        return self.say("Saved as {rating}: comes back in {time}.", rating=self.say(RATINGS[rating]), time="\n").split(
            "\n"
        )[0]

    def go_on(self, rating: int = 3) -> None:
        """Wait for what was saved, then leave the verdict behind."""
        saved = self.saved(rating)
        self.terminal.wait_for(saved, self.say("Enter goes on")[:6])
        self.terminal.send(ENTER)
        self._next(saved)
