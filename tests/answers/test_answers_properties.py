"""What must hold for every text anybody may type."""

from __future__ import annotations

import datetime
import random
import time
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizkit.answers import (
    PartialDate,
    judge_date,
    judge_number,
    judge_order,
    judge_pairs,
    judge_picks,
    judge_set,
    judge_text,
    normalise,
    parse_number,
    split_entries,
)
from quizkit.model import Mark, Outcome, Verdict

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CJK = "日米韓中北朝鮮首脳会談岸田文雄尹錫悦大統領氏さん三カ国ヶ月アァいゔばぱは゛゜ー・々一二十万윤석열한덕수대통령씨"
LIKELY = st.text(st.sampled_from(CJK + "abcdeKéİßﬁ 0123456789.,-'()「」%　Ａ１\u3099\u0301\u200b\n"), max_size=24)
TEXTS = ANYTHING | LIKELY
KANA = st.text(
    st.sampled_from("アイウカキサシタツテナハヒフヘホマミヤラリンッャガザダバパビピ"), min_size=1, max_size=12
)
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


def sound(verdict: Verdict) -> Verdict:
    """Check what holds for every verdict."""
    assert 0 <= verdict.score <= 1
    assert (verdict.score == 1) == (verdict.outcome is Outcome.RIGHT)
    assert verdict.outcome is not Outcome.SELF
    assert verdict.reason.render()
    return verdict


@given(TEXTS)
@example("か・\u3099")
@example("ﾞ")
@example("the the")
@example("Mr. President 岸田大統領首相")
@example("미국의 윤 전 한국 대통령 겸 당대표")
@example("-5 ー 1,000,0")
@settings(max_examples=600)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Index and judge may both normalise without harm."""
    once = normalise(text)
    assert normalise(once) == once
    assert bool(once) == bool(text.strip()) or not once


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_every_accepted_form_is_right(form: str, others: list[str]) -> None:
    """What the author wrote is right as it stands, whatever it is."""
    assume(form.strip())
    verdict = sound(judge_text(form, [*others, form]))
    assert verdict.outcome is Outcome.RIGHT


@given(
    WORDS | KANA | st.text(st.sampled_from(CJK), min_size=1, max_size=12).filter(lambda t: not set(t) & set("ケヶヵ"))
)
def test_width_case_and_spaces_do_not_count(form: str) -> None:
    """Nobody is wrong for the state of a shift key or an input method."""
    assume(normalise(form))
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in form)
    for variant in (form.upper(), form.title(), wide, f"  {form}\n", form.replace(" ", "　"), normalize("NFD", form)):
        assert sound(judge_text(variant, [form])).outcome is Outcome.RIGHT, variant


@given(KANA)
def test_hiragana_is_as_good_as_katakana(form: str) -> None:
    """Both scripts write the same sounds."""
    hiragana = "".join(chr(ord(c) - 0x60) for c in form)
    assert sound(judge_text(hiragana, [form])).outcome is Outcome.RIGHT
    assert sound(judge_text(" ".join(form), [form])).outcome is Outcome.RIGHT


@given(KANA, st.sampled_from(["ハバ", "バパ", "パハ", "カガ", "ガカ", "タダ", "ダタ", "ヒビ", "ビピ", "ピヒ"]), KANA)
def test_a_voicing_mark_is_never_a_near_miss(head: str, pair: str, tail: str) -> None:
    """は, ば and ぱ are three sounds."""
    verdict = sound(judge_text(head + pair[1] + tail, [head + pair[0] + tail]))
    assert verdict.outcome is Outcome.WRONG
    assert verdict.reason.text.startswith("{given} and {wanted} are different sounds")


@given(TEXTS, st.lists(TEXTS, max_size=3), st.booleans())
@settings(max_examples=300)
def test_judging_a_text_never_raises(given_text: str, accepted: list[str], rival: bool) -> None:
    """A slip of the keyboard must not end a session; a comparison shows what was typed."""
    verdict = sound(judge_text(given_text, accepted, rivals=lambda _: rival))
    if verdict.diff:
        shown = "".join(piece.text for piece in verdict.diff if piece.mark is not Mark.MISSING)
        assert shown == normalize("NFC", given_text.strip())


@given(st.text(st.sampled_from(" \t\n\u3000\u00a0\u2003")), TEXTS)
def test_an_empty_norm_matches_nothing(blank: str, form: str) -> None:
    """A text that folds to nothing isn't equal to everything."""
    assert not normalise(blank)
    assert judge_text(blank, [form]).outcome is Outcome.WRONG


@given(st.from_regex(r"[a-z]{1,8}( [a-z]{2,6})?[ -]?[0-9]{1,6}( ?[a-z]{1,6})?", fullmatch=True), st.data())
def test_one_digit_changed_is_wrong(form: str, data: st.DataObject) -> None:
    """A number is a fact of its own: 2023 isn't nearly 2024."""
    at = data.draw(st.sampled_from([index for index, char in enumerate(form) if char.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda one: one != form[at]))
    changed = form[:at] + digit + form[at + 1 :]
    assert sound(judge_text(changed, [form])).outcome is Outcome.WRONG


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False), st.data())
def test_numbers_are_read_as_written(value: Decimal, data: st.DataObject) -> None:
    """Every way to write the digits gives the number; one digit changed is wrong."""
    plain = f"{value:f}"
    for text in (plain, f"{value:,}", plain.translate({ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)})):
        assert sound(judge_number(text, value)).outcome is Outcome.RIGHT, text
    at = data.draw(st.sampled_from([index for index, char in enumerate(plain) if char.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda one: one != plain[at]))
    changed = plain[:at] + digit + plain[at + 1 :]
    assume(Decimal(changed) != value)
    assert sound(judge_number(changed, value)).outcome is Outcome.WRONG


def kanji(n: int) -> str:
    """A number below 10**8 in kanji."""
    if n >= 10_000:
        return kanji(n // 10_000) + "万" + (kanji(n % 10_000) if n % 10_000 else "")
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += ("" if digit == 1 and name else "一二三四五六七八九"[digit - 1]) + name
    return text or "〇"


@given(st.integers(0, 99_999_999))
def test_kanji_numerals_give_their_value(n: int) -> None:
    """Every number has its numerals, and they have it."""
    assert parse_number(kanji(n)) == (Decimal(n), "")
    hangul = kanji(n).translate(str.maketrans("〇一二三四五六七八九十百千万", "영일이삼사오육칠팔구십백천만"))
    assert parse_number(hangul) == (Decimal(n), "")


@given(st.dates(min_value=datetime.date(1900, 1, 1)), st.data())
def test_dates_are_read_as_written(day: datetime.date, data: st.DataObject) -> None:
    """Every usual way to write a date is that date, and one digit changed is another or none."""
    expected = PartialDate(day.year, day.month, day.day)
    iso = day.isoformat()
    english = day.strftime("%B")
    for text in (
        iso,
        f"{day.year}年{day.month}月{day.day}日",
        f"{kanji(day.year)}年{kanji(day.month)}月{kanji(day.day)}日",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day.day} {english} {day.year}",
        f"{english[:3]} {day.day}, {day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        iso.replace("-", ""),
    ):
        assert sound(judge_date(text, expected)).outcome is Outcome.RIGHT, text
    assert PartialDate.parse(iso) == expected
    assert str(expected) == iso
    at = data.draw(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9]))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda one: one != iso[at]))
    assert sound(judge_date(iso[:at] + digit + iso[at + 1 :], expected)).outcome is Outcome.WRONG


@given(TEXTS | st.text(st.sampled_from("0123456789,.-/年月日令和元RHts割分%万億千十百만억할 '"), max_size=20))
@settings(max_examples=300)
def test_reading_numbers_and_dates_never_raises(text: str) -> None:
    """Whatever is typed for a number or a date gets a verdict."""
    sound(judge_number(text, Decimal(60), unit=["%"]))
    sound(judge_number(text, Decimal("0.5"), tolerance=Decimal("0.1")))
    for expected in (PartialDate(2023), PartialDate(2023, 8), PartialDate(2023, 8, 18)):
        sound(judge_date(text, expected))
    PartialDate.parse(text)
    assert all(entry.strip() for entry in split_entries(text))


@given(
    st.lists(TEXTS, max_size=6),
    st.lists(st.lists(WORDS, min_size=1, max_size=2), max_size=4),
    st.none() | st.integers(-1, 6),
)
def test_judging_a_list_never_raises(entries: list[str], members: list[list[str]], need: int | None) -> None:
    """Any entries against any members get a verdict with parts."""
    verdict = sound(judge_set(entries, members, need=need))
    assert all(part.outcome is not Outcome.SELF for part in verdict.parts)


@given(st.lists(WORDS, min_size=1, max_size=6, unique_by=normalise), st.randoms(use_true_random=False))
def test_all_members_in_any_order_are_right(members: list[str], dice: random.Random) -> None:
    """The order of a list says nothing."""
    entries = list(members)
    dice.shuffle(entries)
    assert sound(judge_set(entries, [[member] for member in members])).outcome is Outcome.RIGHT


@given(st.lists(st.integers(-2, 7), max_size=8), st.lists(st.integers(0, 5), max_size=6), st.integers(0, 6))
def test_judging_positions_never_raises(given_positions: list[int], right: list[int], n: int) -> None:
    """Positions that don't exist, or come twice, are only wrong."""
    texts = [f"t{index}" for index in range(n)]
    sound(judge_order(given_positions, texts))
    sound(judge_picks(given_positions, right, texts))
    sound(judge_pairs(given_positions, right[:n] + [0] * (n - len(right[:n])), texts, texts or ["x"]))


@pytest.mark.parametrize(
    "unit", ["a", " ", "ab ", "1,000", "\u3099", "?", "が", "국", "é", "、", "-", "1 ", "年", "ヶ国", "the ", "氏"]
)
def test_a_megabyte_is_judged_at_once(unit: str) -> None:
    """Somebody pastes a book into the answer: nothing hangs."""
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    sound(judge_text(text, ["Camp David", "キャンプ・デービッド"]))
    sound(judge_number(text, Decimal(60)))
    sound(judge_date(text, PartialDate(2023, 8)))
    sound(judge_set(split_entries(text), [["Japan"], ["Korea"]]))
    assert time.process_time() - started < 1
