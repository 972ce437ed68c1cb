"""A small deck of every kind of note, in English and Japanese, and another one to choose between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEA = """\
deck: tea
title:
  en: Tea
  ja: お茶
source: kettle
languages: [en, ja]
notes:
  - id: green-heat
    kind: choice
    ask:
      en: How hot should the water for gyokuro be?
      ja: 玉露をいれる湯の温度は。
    options:
      - text:
          en: lukewarm
          ja: ぬるめ
      - text:
          en: boiling
          ja: 沸騰したて
        why:
          en: Boiling water draws out the bitterness.
          ja: 熱湯では渋みが出ます。
      - text:
          en: ice-cold
          ja: 氷水
    answer: lukewarm
    cite: K1
    explain:
      en: Low heat keeps it sweet.
      ja: 低い温度で甘みが残ります。
    tags: [water]
  - id: oxidised
    kind: multi
    ask:
      en: Which of these teas are oxidised?
      ja: 発酵させるお茶はどれですか。
    options:
      - text:
          en: Darjeeling
          ja: ダージリン
      - text:
          en: Keemun
          ja: キームン
      - text:
          en: Sencha
          ja: 煎茶
      - text:
          en: Matcha
          ja: 抹茶
    answer: [Darjeeling, Keemun]
  - id: steps
    kind: order
    ask:
      en: Put the steps of making sencha in order.
      ja: 煎茶の作り方を順に並べてください。
    items:
      - text:
          en: pluck
          ja: 摘む
      - text:
          en: steam
          ja: 蒸す
      - text:
          en: roll
          ja: 揉む
      - text:
          en: dry
          ja: 乾かす
  - id: homes
    kind: match
    ask:
      en: Where do these teas come from?
      ja: これらのお茶の産地はどこですか。
    pairs:
      - left:
          en: Assam tea
          ja: アッサム茶
        right:
          en: India
          ja: インド
      - left:
          en: Uji tea
          ja: 宇治茶
        right:
          en: Japan
          ja: 日本
      - left:
          en: Longjing tea
          ja: 龍井茶
        right:
          en: China
          ja: 中国
    extra:
      - en: Kenya
        ja: ケニア
  - id: utensils
    kind: list
    ask:
      en: Which three things does a tea table need?
      ja: 茶席に要る三つの道具は。
    answer:
      - text:
          en: kettle
          ja: 釜
      - text:
          en: whisk
          ja: 茶筅
      - text:
          en: bowl
          ja: 茶碗
  - id: plant
    kind: typed
    ask:
      en: What is the botanical name of the tea plant?
      ja: 茶の木の学名を片仮名で書いてください。
    answer:
      en: Camellia sinensis
      ja: カメリアシネンシス
    cite: K2
  - id: oolong
    kind: typed
    ask:
      en: Which tea is half oxidised?
      ja: 半発酵のお茶は何と呼ばれますか。
    answer:
      en: Oolong
      ja: 烏龍茶
  - id: terroir
    kind: basic
    front:
      en: Shade-grown
      ja: 被覆栽培
    back:
      en: Covered with reeds for weeks before the harvest
      ja: 収穫前の数週間、覆いをかける
  - id: minutes
    kind: number
    ask:
      en: How many minutes does black tea steep, about?
      ja: 紅茶はおよそ何分蒸らしますか。
    answer: 4
    tolerance: 1
  - id: import
    kind: date
    ask:
      en: In which year did Eisai bring the seeds?
      ja: 栄西が種を持ち帰った年は。
    answer: 1191
  - id: decaf
    kind: truefalse
    ask:
      en: White tea holds no caffeine.
      ja: 白茶にカフェインはない。
    answer: false
    correction:
      en: It holds about as much as green tea.
      ja: 緑茶と同じくらい含みます。
    tags: [body]
  - id: leaves
    kind: cloze
    text:
      en: Pluck {{c1::two}} leaves and a {{c2::bud::not yet open}}.
      ja: 摘むのは{{c1::二枚}}の葉と{{c2::芽::まだ開いていない}}。
  - id: calm
    kind: argument
    claim:
      en: Tea calms better than coffee.
      ja: お茶はコーヒーより心を静める。
    who:
      en: the host
      ja: 亭主
    not_who:
      - en: the barista
        ja: バリスタ
    grounds:
      - en: Theanine slows the caffeine.
        ja: テアニンがカフェインの働きを緩める。
      - en: Making it takes patience.
        ja: いれるのに間がいる。
    warrant:
      en: Whatever slows the body calms the mind.
      ja: 体がゆっくりになれば心も静まる。
    rebuttal:
      - en: Strong tea keeps people awake.
        ja: 濃いお茶は眠りを妨げる。
    not_grounds:
      - en: Tea is cheaper.
        ja: お茶のほうが安い。
  - id: hosting
    kind: open
    ask:
      en: What makes a good host?
      ja: よい亭主とは。
    model:
      en: A good host thinks of the season, and of the guests.
      ja: よい亭主は季節と客を思う。
    points:
      - en: the season
        ja: 季節
      - en: the guests
        ja: 客
"""

CUPS = """\
deck: cups
title: Cups
notes:
  - id: raku
    kind: typed
    ask: Which ware is shaped by hand?
    answer: Raku
  - id: celadon
    kind: typed
    ask: Which glaze is jade green?
    answer: Celadon
"""

SOURCE = """\
source: kettle
author:
  en: The Kettle Keeper
  ja: 釜守り
title:
  en: Notes from the hearth
  ja: 炉辺の覚え書き
published: 2001-05-07
passages:
  - id: K1
    gist:
      en: Water for fine leaves is never hot.
      ja: よい葉には熱い湯を使わない。
  - id: K2
    gist:
      en: All teas come from one plant.
      ja: どのお茶も一つの木から生まれる。
"""


def write_workspace(folder: Path) -> Path:
    """A workspace with both decks and their source."""
    decks = folder / "decks"
    (decks / "sources").mkdir(parents=True)
    (decks / "tea.yaml").write_text(TEA, encoding="utf-8")
    (decks / "cups.yaml").write_text(CUPS, encoding="utf-8")
    (decks / "sources" / "kettle.yaml").write_text(SOURCE, encoding="utf-8")
    return folder


def tea(lang: str) -> dict[str, Any]:
    """The notes of the deck 'tea' by id, with all texts in one language."""
    import yaml

    def spoken(value: Any) -> Any:
        if isinstance(value, dict):
            return value[lang] if lang in value else {key: spoken(part) for key, part in value.items()}
        return [spoken(part) for part in value] if isinstance(value, list) else value

    return {note["id"]: spoken(note) for note in yaml.safe_load(TEA)["notes"]}
