"""The interface's languages: every text has its translation, and says the same with the same names filled in."""

import re

import pytest

from quizkit import i18n
from tools.catalogs import LANGUAGES, collected, marked, merged, mo_bytes, path_of, po_bytes, read_back

TEMPLATE = collected()


def _forms(message):
    """The original and the translation, every plural form of each."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return ids, strings


@pytest.fixture
def japanese():
    """The interface in Japanese, and back in English afterwards."""
    i18n.use("ja")
    yield
    i18n.use("en")


def test_a_text_inside_an_f_string_is_found():
    """Babel's own reader overlooks it before Python 3.12: it would stay English without anybody noticing."""
    code = b"""line = f"{_('{n} today', n=1)} ({ngettext('{n} day', '{n} days', 2)})" """
    assert set(marked(code)) == {"{n} today", ("{n} day", "{n} days")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_translated(lang):
    """A learner never meets a sentence in a language that isn't theirs."""
    open_ = [message.id for message in merged(lang, TEMPLATE) if message.id and not all(_forms(message)[1])]
    assert open_ == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_keeps_the_names_to_fill_in(lang):
    """A lost {name} would hide a number, a wrong one would break the sentence."""
    for message in merged(lang, TEMPLATE):
        if message.id:
            ids, strings = _forms(message)
            wanted = set(re.findall(r"\{\w+\}", ids[-1]))
            for string in strings:
                assert set(re.findall(r"\{\w+\}", string)) == wanted, message.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_guessed(lang):
    """No translation is marked as fuzzy: gettext would leave it out."""
    assert not [message.id for message in merged(lang, TEMPLATE) if message.fuzzy and message.id]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalog_is_up_to_date(lang):
    """What the program reads is what the translators wrote."""
    po = path_of(lang)
    content = po_bytes(merged(lang, TEMPLATE))
    assert po.read_bytes() == content
    assert po.with_suffix(".mo").read_bytes() == mo_bytes(read_back(content, lang))


def test_the_interface_speaks_japanese(japanese):
    """After `use` every text comes in the learner's language."""
    assert i18n._("Right") == "正解"
    assert i18n.ngettext("{n} day", "{n} days", 3) == "3日"
    assert i18n.Message("{n} min", {"n": 5}).render() == "5分"
    assert i18n.translate("Right", "ko") == "정답"


def test_a_language_without_a_catalog_is_spoken_as_english():
    """Nobody is left without words."""
    assert i18n.translate("Right", "fr") == "Right"
