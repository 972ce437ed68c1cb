"""Text in several languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.i18n import primary

NO_LANGUAGE = ""


class LocalText(NamedTuple):
    """One text in one or more languages: `forms` maps a BCP 47 tag to it, '' where the author named no language."""

    forms: Mapping[str, str]

    @classmethod
    def plain(cls, text: str) -> LocalText:
        """A text in no particular language."""
        return cls({NO_LANGUAGE: text})

    def lang(self, wanted: Sequence[str]) -> str:
        """The tag of the best form: exactly wanted, the same language, no language, then the author's first."""
        for tag in wanted:
            if tag in self.forms:
                return tag
            for form in self.forms:
                if form and primary(form) == primary(tag):
                    return form
        return NO_LANGUAGE if NO_LANGUAGE in self.forms else next(iter(self.forms))

    def pick(self, wanted: Sequence[str]) -> str:
        """The best form's text (see `lang`)."""
        return self.forms[self.lang(wanted)]

    def all(self) -> tuple[str, ...]:
        """Every form's text."""
        return tuple(self.forms.values())
