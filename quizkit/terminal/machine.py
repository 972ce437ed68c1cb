"""Diagnostics for other programs: GitHub's workflow commands and SARIF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from quizkit.decks.mend import Mend
from quizkit.decks.places import Edit, Places
from quizkit.diagnostics import RULES, Diagnostic, Severity

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def github(diagnostic: Diagnostic) -> str:
    """A line that GitHub Actions shows at its place (https://docs.github.com, "Workflow commands")."""
    span = diagnostic.span
    kind = "error" if diagnostic.is_error else "warning"
    where = {"file": span.file, "line": span.line, "col": span.column}
    if span.end_line == span.line and span.end_column > span.column:
        where["endColumn"] = span.end_column
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    text = f"{diagnostic.message} {diagnostic.fix}".strip()
    return f"::{kind} {properties},title={_property(diagnostic.rule.code)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


Mends = Mapping[Diagnostic, tuple[Mend, Places]]


def sarif(diagnostics: Iterable[Diagnostic], version: str, mends: Mends) -> dict[str, Any]:
    """A report in SARIF 2.1.0 (OASIS), with every rule's explanation, and how to mend what can be mended."""
    found = list(diagnostics)
    codes = sorted({diagnostic.rule.code for diagnostic in found})
    index = {code: number for number, code in enumerate(codes)}
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "quizkit", "version": version, "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, index, mends) for diagnostic in found],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": f"{rule.title}."},
        "help": {"text": rule.explain, "markdown": rule.explain},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _result(diagnostic: Diagnostic, index: Mapping[str, int], mends: Mends) -> dict[str, Any]:
    span = diagnostic.span
    region: dict[str, Any] = {"startLine": span.line, "startColumn": span.column}
    if span.end_line:
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    artifact = {"uri": quote(span.file.replace("\\", "/"))}
    result = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index[diagnostic.rule.code],
        "level": _level(diagnostic.rule.severity),
        "message": {"text": f"{diagnostic.message} {diagnostic.fix}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if diagnostic in mends:
        mend, places = mends[diagnostic]
        change = {"artifactLocation": artifact, "replacements": [_replacement(edit, places) for edit in mend.edits]}
        result["fixes"] = [{"description": {"text": mend.title}, "artifactChanges": [change]}]
    return result


def _replacement(edit: Edit, places: Places) -> dict[str, Any]:
    (line, column), (end_line, end_column) = places.place(edit.start), places.place(edit.end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}
