"""The interface's languages: gettext catalogs in quizkit/locale.

`_` and `ngettext` translate at once, into the language chosen with `use`. `N_` marks a text that is translated later;
a `Message` is such a text with its arguments, so that code without a face can say something in any language.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ja", "ko")

_current = "en"


@lru_cache(maxsize=8)
def _catalog(lang: str) -> _gettext.NullTranslations:
    return _gettext.translation("quizkit", LOCALE_DIR, [lang.replace("-", "_"), primary(lang)], fallback=True)


def primary(lang: str) -> str:
    """The language of a tag, without region or script: 'ja' for 'ja-JP'."""
    return lang.replace("_", "-").split("-")[0].lower()


def use(lang: str) -> None:
    """Speak this language from now on. A language without a catalog is spoken as English."""
    global _current
    _current = lang


def current() -> str:
    """The language the interface speaks."""
    return _current


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for the catalogs without translating it now."""
    return text


def _(text: str, /, **args: object) -> str:
    """The text in the interface's language, its {names} filled in."""
    found = _catalog(_current).gettext(text)
    return found.format(**args) if args else found


def ngettext(one: str, many: str, n: int, /, **args: object) -> str:
    """The form of the text for `n` things; {n} is filled in too."""
    return _catalog(_current).ngettext(one, many, n).format(n=n, **args)


def translate(text: str, lang: str) -> str:
    """The text in the given language instead of the interface's."""
    return _catalog(lang).gettext(text)


class Message(NamedTuple):
    """A text marked with `N_` and what fills its {names}: rendered where it is shown."""

    text: str
    args: Mapping[str, object] = MappingProxyType({})

    def render(self, lang: str | None = None) -> str:
        """The message in a language (the interface's, unless named)."""
        # The empty text stands for the catalog's own header.
        found = _catalog(lang or _current).gettext(self.text) if self.text else ""
        args = {k: v.render(lang) if isinstance(v, Message) else v for k, v in self.args.items()}
        return found.format(**args) if args else found
