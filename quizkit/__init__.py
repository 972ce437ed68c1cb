"""quizkit turns a text worth knowing into knowledge that stays."""

__version__ = "0.1.0"
