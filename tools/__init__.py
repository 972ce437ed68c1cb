"""Tools for those who work on quizkit; no part of the package."""
