"""The workspace: decks and progress in one hand. What the faces and the commands talk to."""

from quizkit.workspace.places import Places, find_places
from quizkit.workspace.run import Manner, StudyRun
from quizkit.workspace.sessions import start_quiz, start_study
from quizkit.workspace.views import Asked, CardView, Recap, Result
from quizkit.workspace.workspace import Selection, Workspace

__all__ = [
    "Asked",
    "CardView",
    "Manner",
    "Places",
    "Recap",
    "Result",
    "Selection",
    "StudyRun",
    "Workspace",
    "find_places",
    "start_quiz",
    "start_study",
]
