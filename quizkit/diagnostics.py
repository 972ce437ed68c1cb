"""What is wrong with a deck, where, and what to do: values that are collected, never raised.

A `Rule` is a thing that can be wrong, with its documentation; a `Diagnostic` is one place where it is. Rules stand
in the module that checks them and enter `RULES` as they are made.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error must be mended: a note, a file or a part of them can't be used. A warning is worth mending."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, as editors do; columns count characters."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Rule(NamedTuple):
    """One thing that can be wrong. `explain` says why it matters and how to mend it (Markdown)."""

    code: str
    severity: Severity
    title: str
    explain: str


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, title: str, explain: str) -> Rule:
    """Make a rule and enter it in `RULES`. A code names one rule only."""
    if code in RULES:
        raise ValueError(f"two rules are called {code}")
    RULES[code] = made = Rule(code, severity, title, " ".join(explain.split()))
    return made


def error(code: str, title: str, explain: str) -> Rule:
    """A rule whose breach keeps the note, or the file, from being used."""
    return rule(code, Severity.ERROR, title, explain)


def warning(code: str, title: str, explain: str) -> Rule:
    """A rule whose breach is worth mending but harms nobody at once."""
    return rule(code, Severity.WARNING, title, explain)


class Diagnostic(NamedTuple):
    """One place where a rule is broken. `fix` says what to do about this very place."""

    rule: Rule
    span: Span
    message: str
    fix: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the note, or the file, can't be used."""
        return self.rule.severity is Severity.ERROR


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Reading order: by file, line, column."""
    span = diagnostic.span
    return (span.file, span.line, span.column, diagnostic.rule.code)
