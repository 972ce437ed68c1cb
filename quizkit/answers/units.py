"""Units of measure and counters as people write them after a number, gathered by what they count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quizkit.answers.folding import normalise

PERCENT = "%"
"""How per cent is written here, whatever the learner wrote."""

_PERCENT_SPELLINGS = ("%", "percent", "per cent", "pct", "パーセント", "퍼센트", "프로")

_KINDS = """
% percent パーセント 퍼센트 프로
%ポイント ポイント points pp percentagepoints 포인트
人 名 people persons person 명 사람
カ国 国 countries country nations 개국 나라
年 年間 years year 년 년간 周年 主年 주년
月 か月 カ月 months month 개월 달
日 日間 days day 일 일간
週 週間 weeks week 주 주일 주간
時間 hours hour 시간
回 度 回目 times time 번 회 차례 度目
基 機 発 satellites missiles 기 발
件 cases 건
議席 席 seats seat 석 의석
円 yen ¥ 엔
ドル dollars dollar $ usd 달러
ウォン won ₩ 원
ユーロ euros euro €
ポンド pounds pound £
キロ km kilometres kilometers キロメートル 킬로미터
メートル metres meters 미터
キログラム kg
歳 歳 才 yearsold 세 살
代 代目 대
""".strip()


def _kinds() -> dict[str, int]:
    return {normalise(word): index for index, line in enumerate(_KINDS.splitlines()) for word in line.split()}


_KIND_OF = _kinds()


_CONVERTED = {
    (_KIND_OF["week"], _KIND_OF["day"]): 7,
    (_KIND_OF["year"], _KIND_OF["month"]): 12,
}
"""How many of the second make one of the first."""


def in_unit(value: Decimal, given: str, wanted: Sequence[str]) -> tuple[Decimal, str]:
    """A value and its normalised unit in a wanted one that people count in as well: a week is seven days."""
    kind = _kind_ahead(given)
    for one in map(normalise, wanted):
        if kind is not None and (kind, _KIND_OF.get(one)) in _CONVERTED:
            return value * _CONVERTED[kind, _KIND_OF[one]], one
    return value, given


def percent_ahead(text: str) -> bool:
    """Whether a text in compatible form begins by saying per cent, and not percentage points."""
    return text.startswith(_PERCENT_SPELLINGS) and not text.startswith(("%ポイント", "% point", "percentage"))


def same_unit(given: str, wanted: Sequence[str]) -> bool:
    """Whether a normalised unit goes with one of the wanted ones. A unit nobody knows contradicts nothing."""
    accepted = [normalise(one) for one in wanted]
    if any(given.startswith(one) for one in accepted if one):
        return True
    kinds = {_KIND_OF[one] for one in accepted if one in _KIND_OF}
    kind = _kind_ahead(given)
    return kind is None or not kinds or kind in kinds


def _kind_ahead(text: str) -> int | None:
    """What kind of thing is counted by the longest known unit a text begins with."""
    for size in range(len(text), 0, -1):
        if text[:size] in _KIND_OF:
            # A Latin unit must be the whole: 'm' is no unit of 'missiles'.
            return _KIND_OF[text[:size]] if size == len(text) or not text[0].isascii() or text[0] == "%" else None
    return None
