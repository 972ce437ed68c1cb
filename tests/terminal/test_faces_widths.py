"""Narrow and wide terminals, in the scripts whose characters take two columns."""

import re

import pytest

from quizkit.columns import width
from quizkit.i18n import translate
from tests.helpers.terminal import ENTER, Terminal

NEVER_FIRST = "、。，．・：；？！）］｝」』】〉》〕”’…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
NEVER_LAST = "（［｛「『【〈《〔“‘"

PROMPT = {
    "ja": "「三カ国の首脳」が、単独では初めて（国際会議の機会によらず）集まった山荘、"
    "キャンプ・デービッドで発表した文書の名前は、次のうちどれでしょうか。よく考えてから、選んでください。",
    "ko": "세 나라의 정상들이 (국제회의를 계기로 하지 않고) 처음으로 따로 모인 산장에서 발표한 문서의 이름은 "
    "다음 중 무엇입니까? 잘 생각한 다음에 골라 주십시오.",
}
OPTION = {
    "ja": [
        "「キャンプ・デービッドの精神」と題した、とても長い共同声明。項目は二十を超えた。",
        "原則だけの文書",
    ],
    "ko": ["캠프 데이비드의 정신이라는 제목이 붙은 아주 긴 공동성명으로 모두 스무 항목이 넘었다", "원칙만 담은 문서"],
}
EXPLAIN = {
    "ja": "文書は三つあった。『原則』と『精神』、そして『協議に関するコミットメント』である。"
    "いずれも、その日のうちにホームページ（官邸・ホワイトハウス・大統領室）で公開された。",
    "ko": "문서는 세 가지였다. 원칙과 정신, 그리고 협의에 관한 공약이다. 모두 그날 안에 각국의 누리집에 공개되었다.",
}


def _deck(bench, lang):
    options = "".join(f"      - text: {option}\n        why: {EXPLAIN[lang]}\n" for option in OPTION[lang])
    (bench.folder / "decks" / "wide.yaml").write_text(
        f"deck: wide\ntitle: {OPTION[lang][1] * 6}\nnotes:\n  - id: a\n    kind: choice\n    ask: {PROMPT[lang]}\n"
        f"    options:\n{options}    answer: {OPTION[lang][1]}\n    explain: {EXPLAIN[lang]}\n"
        f"  - id: b\n    kind: typed\n    ask: {PROMPT[lang]}?\n    answer: {OPTION[lang][0]}\n",
        encoding="utf-8",
    )


def _set_well(text, columns, lang):
    """Every line fits, none begins or ends with what mustn't stand there, and Korean words stay whole."""
    for line in text.splitlines():
        assert width(line) <= columns, line
        words = line.strip(" ❯→✓✗•│0123456789.")
        if words and lang == "ja":
            assert words[0] not in NEVER_FIRST, line
            assert words[-1] not in NEVER_LAST, line
    if lang == "ko":
        known = set(" ".join([PROMPT["ko"], *OPTION["ko"], EXPLAIN["ko"]]).split())
        for line in text.splitlines():
            for word in line.split():
                if len(word) > 2 and any(word in whole and word != whole for whole in known):
                    assert word in known, f"{word} was cut in: {line}"


@pytest.mark.parametrize("lang", ["ja", "ko"])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_session_at_every_width(bench, lang, columns):
    """Questions, options, verdicts and the summary keep to the screen and to the rules of typesetting."""
    _deck(bench, lang)
    end = OPTION[lang][0][-6:]
    with Terminal(bench, "study", "wide", "--lang", lang, columns=columns, rows=60) as terminal:
        terminal.wait_until(lambda screen: end in screen.replace("\n", "").replace(" ", "") or "❯" in screen, "options")
        cue = translate("↑↓ or a number · Enter · d don't know · ? keys", lang)[:8]
        _set_well(terminal.wait_for(cue), columns, lang)
        terminal.send("d")
        saved = translate("Saved as {rating}: comes back in {time}.", lang).partition("{")[0]
        wrong = translate("Wrong", lang)
        _set_well(terminal.wait_for(f"✗ {wrong}", saved), columns, lang)
        terminal.send(ENTER)
        terminal.wait_for("›")
        terminal.send(OPTION[lang][0][:-2] + ENTER)
        _set_well(terminal.wait_for("→", saved), columns, lang)
        terminal.send("q")
        _set_well(terminal.wait_for("✓ 0", "✗"), columns, lang)
        assert terminal.ended() == 0


@pytest.mark.parametrize("lang", ["ja", "ko"])
@pytest.mark.parametrize("columns", [40, 80])
def test_tables_at_every_width(bench, lang, columns):
    """Tables and charts give way where the terminal is narrow."""
    _deck(bench, lang)
    bench.run("study", "wide", text="\n")
    for command in ("due", "stats", "deck show wide", "card show wide/a", "card history wide/a", "card find a"):
        with Terminal(bench, *command.split(), "--lang", lang, columns=columns, rows=100) as terminal:
            assert terminal.ended() == 0
            for line in re.sub(r"\x1b\[[0-9;]*m", "", terminal.raw.decode()).splitlines():
                assert width(line) <= columns, f"{command}: {line}"


@pytest.mark.parametrize("lang", ["ja", "ko"])
def test_plain_lines_are_not_wrapped(bench, lang):
    """Line by line, a text stays whole: whoever reads it wraps it for themselves."""
    _deck(bench, lang)
    said = bench.run("study", "wide", "--lang", lang, text="\n", COLUMNS="40")
    assert PROMPT[lang] in said.out.splitlines()
    assert EXPLAIN[lang] in said.out.splitlines()
