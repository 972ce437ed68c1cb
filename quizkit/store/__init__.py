"""Progress and the deck index, kept in SQLite."""

from quizkit.store.index import Index
from quizkit.store.learners import DEFAULT_LEARNER, Learner
from quizkit.store.store import Store
from quizkit.store.waiting import DueCounts, DueRow, FreshRow

__all__ = ["DEFAULT_LEARNER", "DueCounts", "DueRow", "FreshRow", "Index", "Learner", "Store"]
