"""Words one slip apart that mean different things: north and south, Iran and Iraq, 日米韓 and 日中韓.

A near miss is a slip of the fingers. Where the changed text says something else, it is no slip, however short the
distance: such pairs are listed here, since a deck can't name them all.
"""

from __future__ import annotations

from typing import NamedTuple

from quizkit.answers.folding import plain
from quizkit.answers.titles import OFFICES

_WORDS = """
north south east west|northern southern eastern western|import export|imports exports|increase decrease
|internal external|national international|multilateral bilateral trilateral unilateral minilateral
|before after|ally enemy|WWI WWII|chip ship
|Iran Iraq|Austria Australia|Slovakia Slovenia|Niger Nigeria|Gambia Zambia|India Indiana|Sudan Jordan
|Paraguay Uruguay|Mauritania Mauritius|Latvia Lithuania|Ireland Iceland|June July|China Chile|Mali Malawi Maldives
|イラン イラク|オーストリア オーストラリア|スロバキア スロベニア|ニジェール ナイジェリア|ガンビア ザンビア
|スイス スウェーデン|アイルランド アイスランド|インド インドネシア|マリ マラウイ|ラトビア リトアニア
|이란 이라크|오스트리아 오스트레일리아|슬로바키아 슬로베니아|북한 남한|수출 수입|여당 야당|국내 국외|상원 하원
|与党 野党|輸出 輸入|国内 国外|上院 下院|賛成 反対|増加 減少|拡大 縮小|同盟 連盟|首相 首脳
"""
_SORTS = """
東西南北中 首外財防 日米韓中朝露英仏独印豪台加欧ロ 上下 左右 前後 内外 大小 高低 新旧 増減 出入 攻防 春夏秋冬 陸海空
男女 初終 長短 強弱 軽重 主副 正副 与野 勝敗 公私 売買 父母 兄弟 姉妹 한미일중북러조영 동서남북중 상하 좌우 전후 내외
대소 여야 남여 육해공
"""
_CHARS = _SORTS.split()
_ADDED = """
non not anti dis mis vice former counter un in im ex bi peoples 不 非 未 無 反 対 脱 副 前 元 新 旧 準 비 불 반 부 전
"""
_ADDITIONS = frozenset(_ADDED.split())
_LONGEST_ADDITION = max(map(len, _ADDITIONS))

_GROUPS = [{plain(word): word for word in group.split()} for group in _WORDS.replace("\n", " ").split("|")]
"""Each word's plain form -> the word as shown."""
_KIN: dict[str, set[str]] = {}
for _chars in _CHARS:
    for _char in _chars:
        _KIN.setdefault(_char, set()).update(set(_chars) - {_char})


class Contrast(NamedTuple):
    """What was given, and what it isn't. Either may be '' where a word such as 'non' was added or left out."""

    given: str
    wanted: str


def opposed(given: str, wanted: str) -> bool:
    """Whether two single characters stand for different things of one sort (米 and 中, 東 and 南)."""
    return given in _KIN.get(wanted, ())


def contrast(given: str, wanted: str) -> Contrast | None:
    """The one word that makes a plain text say something else than another, if that is all the difference."""
    if given in OFFICES and wanted in OFFICES:
        return Contrast(given, wanted)
    for group in _GROUPS:
        for word in group:
            if word in wanted:
                for other in group:
                    if other is not word and other in given and _replaced(wanted, word, other, given):
                        return Contrast(group[other], group[word])
    if added := _addition(given, wanted):
        return Contrast(added, "")
    if added := _addition(wanted, given):
        return Contrast("", added)
    return None


def _replaced(text: str, word: str, other: str, result: str) -> bool:
    """Whether putting `other` for `word` at one place, or at all of them, gives `result`."""
    if text.replace(word, other) == result:
        return True
    at = text.find(word)
    while at >= 0:
        if text[:at] + other + text[at + len(word) :] == result:
            return True
        at = text.find(word, at + 1)
    return False


def _addition(longer: str, shorter: str) -> str:
    """The word such as 'non' that was put into `shorter` to make `longer`; '' if it isn't that."""
    size = len(longer) - len(shorter)
    if not 0 < size <= _LONGEST_ADDITION:
        return ""
    at = 0
    while at < len(shorter) and longer[at] == shorter[at]:
        at += 1
    # In 'nonnuclear' the first n is common: what was added may begin earlier.
    for start in range(at, max(at - size, -1), -1):
        added = longer[start : start + size]
        if added in _ADDITIONS and longer[:start] + longer[start + size :] == shorter:
            # Two letters inside a word are a slip; at the beginning they turn it round.
            return added if start == 0 or size > 2 or not added.isascii() else ""
    return ""
