"""Bring the interface's catalogs up to date: `python -m tools.catalogs`.

Collects every text marked in the package, merges it into each language's .po file, and compiles what is complete
enough to be used. `--check` changes nothing and fails when something would change.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "quizkit"
LANGUAGES = ("ja", "ko")
FORMS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many forms of it."""


def marked(source: bytes) -> Iterator[str | tuple[str, str]]:
    """The texts a file marks; of one with a plural both forms.

    Babel's own reader of Python overlooks those inside f-strings on Pythons before 3.12.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS:
            forms = FORMS[node.func.id]
            found = [arg.value for arg in node.args[:forms] if isinstance(arg, ast.Constant)]
            texts = [value for value in found if isinstance(value, str)]
            if len(texts) == forms and all(texts):
                yield texts[0] if forms == 1 else (texts[0], texts[1])


def collected() -> Catalog:
    """All texts the package marks for translation."""
    catalog = Catalog(project="quizkit", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in marked(path.read_bytes()):
            catalog.add(text)
    return catalog


def path_of(lang: str) -> Path:
    """The .po file of a language."""
    return PACKAGE / "locale" / lang / "LC_MESSAGES" / "quizkit.po"


def read(lang: str) -> Catalog:
    """A language's catalog as it is; an empty one where there is none."""
    path = path_of(lang)
    if not path.exists():
        return Catalog(locale=lang, project="quizkit", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def merged(lang: str, template: Catalog) -> Catalog:
    """A language's catalog with exactly the texts of the template."""
    catalog = read(lang)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


class Undated(Catalog):
    """A catalog whose head says nothing that changes by itself: no date, no name of a program."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """What gettext needs to know, and no more."""
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def undated(catalog: Catalog) -> Catalog:
    """The same texts in a catalog that changes only with them."""
    plain = Undated(locale=catalog.locale, header_comment="# The interface of quizkit.", fuzzy=False)
    for message in catalog:
        if message.id:
            plain[message.id] = message
    return plain


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file: sorted, without dates or line numbers, so that it changes only with the texts."""
    out = io.BytesIO()
    write_po(out, undated(catalog), width=110, no_location=True, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled catalog."""
    out = io.BytesIO()
    write_mo(out, undated(catalog))
    return out.getvalue()


def main() -> None:
    """Update, or with --check compare."""
    check = "--check" in sys.argv
    template = collected()
    stale = []
    for lang in LANGUAGES:
        catalog = merged(lang, template)
        po = path_of(lang)
        for path, content in (
            (po, po_bytes(catalog)),
            (po.with_suffix(".mo"), mo_bytes(read_back(po_bytes(catalog), lang))),
        ):
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        open_ = [m.id for m in catalog if m.id and not (m.string and all(m.string))]
        print(f"{lang}: {len(catalog) - len(open_)} of {len(catalog)} texts")
    if check and stale:
        sys.exit(f"out of date: {', '.join(map(str, stale))}. Run: python -m tools.catalogs")


def read_back(content: bytes, lang: str) -> Catalog:
    """A catalog as it stands in a .po file: what the compiled one is made from."""
    return read_po(io.BytesIO(content), locale=lang)


if __name__ == "__main__":
    main()
