"""Sheets as PDF, set by typst (https://typst.app), which is optional.

The text goes in as data, never as source: nothing an author writes can become a command of the typesetter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quizkit.errors import QuizkitError
from quizkit.i18n import _, primary
from quizkit.sheets.pictures import Picture
from quizkit.sheets.sheet import Sheet, lines_of

PAPER = "a4"
_SHARED = "shared.typ"
"""What every template imports."""
LATIN = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica", "Libertinus Serif")
SCRIPTS: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "ko": (
        re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
        ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic", "UnDotum"),
    ),
    "ja": (
        re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
        ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "IPAexGothic", "MS Gothic"),
    ),
}
"""For each script that typst has no font of its own for: what its letters are, and fonts that have them."""


def available() -> bool:
    """Whether the typesetter is installed."""
    return find_spec("typst") is not None


def make_pdf(sheet: Sheet, template: str) -> bytes:
    """A sheet as PDF by one of the templates in this folder.

    Raises QuizkitError when the typesetter, or a font for the script, isn't installed.
    """
    data = {
        "title": sheet.title,
        "lang": sheet.lang,
        "paper": PAPER,
        "groups": [
            {
                "title": group.title,
                "entries": [
                    {
                        "front": lines_of(entry.front),
                        "back": lines_of(entry.back),
                        "more": lines_of(entry.more) if entry.more else [],
                        "note": entry.note,
                        "pictures": [picture.file for picture in entry.pictures],
                        "back_pictures": [picture.file for picture in entry.back_pictures],
                    }
                    for entry in group.entries
                ],
            }
            for group in sheet.groups
        ],
    }
    return typeset(template, data, sheet.text(), sheet.lang, sheet.pictures())


def typeset(template: str, data: Mapping[str, Any], text: str, lang: str, pictures: Iterable[Picture] = ()) -> bytes:
    """Data as PDF by a template. `text` is all that is said: the template gets `fonts` for it.

    `pictures` are those that the data names by their `file`.

    Raises QuizkitError as `make_pdf` does.
    """
    if not available():
        raise QuizkitError(
            _("PDF needs the typesetter typst, which isn't installed."),
            _("Install it: pip install 'quizkit[print]' · or write a page to print: -o {file}", file="guide.html"),
        )
    import typst

    fonts = _fonts(text, lang, set(typst.Fonts().families()))
    inputs = {"data": json.dumps({**data, "fonts": fonts}, ensure_ascii=False)}
    with TemporaryDirectory() as root:
        source = Path(root, "sheet.typ")
        for name, place in ((f"{template}.typ", source), (_SHARED, Path(root, _SHARED))):
            place.write_bytes(files("quizkit.sheets").joinpath(name).read_bytes())
        named = {picture.file: picture for picture in pictures}
        for file, picture in named.items():
            Path(root, file[1:]).write_bytes(picture.data)
        try:
            pdf, warnings = typst.compile_with_warnings(str(source), root=root, format="pdf", sys_inputs=inputs)
        except typst.TypstError as problem:
            _raise_if_unreadable(root, named)
            raise QuizkitError(_("The sheet can't be set: {reason}", reason=problem)) from None
    missing = [warning.message for warning in warnings if "font" in warning.message.lower()]
    if missing:
        raise QuizkitError(_("The sheet can't be set: {reason}", reason=missing[0]), _FONT_HINT)
    return bytes(pdf)


def _raise_if_unreadable(root: str, pictures: Mapping[str, Picture]) -> None:
    """Say which picture it is that the typesetter can't read."""
    import typst

    source = Path(root, "picture.typ")
    for file, picture in pictures.items():
        source.write_text(f'#image("{file}")', "utf-8")
        try:
            typst.compile(str(source), root=root, format="pdf", ignore_system_fonts=True)
        except typst.TypstError as problem:
            raise QuizkitError(
                _("{file} can't be printed: {reason}", file=picture.name, reason=problem),
                _("Save it anew as PNG or JPEG, or take it out of the card."),
            ) from None


_FONT_HINT = "apt install fonts-noto-cjk · https://fonts.google.com/noto"


def _fonts(text: str, lang: str, installed: set[str]) -> list[str]:
    """Fonts for every script in a text, that of its own language first."""
    own = primary(lang)
    chosen: list[str] = []
    for script in sorted(SCRIPTS, key=lambda script: script != own):
        letters, families = SCRIPTS[script]
        if not letters.search(text):
            continue
        found = _first(families, installed)
        if not found:
            raise QuizkitError(
                _("No font for the script of {lang} is installed.", lang=script),
                _("Install one of these: {fonts} ({hint})", fonts=", ".join(families), hint=_FONT_HINT),
            )
        chosen.append(found)
    latin = _first(LATIN, installed)
    # Latin letters come from the font of the sheet's own script, so that the two look alike.
    return [*chosen, *([latin] if latin else [])] if own in SCRIPTS else [*([latin] if latin else []), *chosen]


def _first(families: Sequence[str], installed: set[str]) -> str:
    return next((family for family in families if family in installed), "")
