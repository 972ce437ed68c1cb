"""Words around a name that say who somebody is without being part of the name: Mr, President, 氏, 大統領, 씨.

They fold away only where something that can be a name remains. 米国大統領 is an office and not somebody called 米国,
so it stays whole; so does any title that stands alone. A Korean office may bring along what it belongs to, on either
side of the name: 이재명 더불어민주당 대표, 미국의 바이든 대통령.

All words are in the folded form that `folding` makes: lower case, hiragana, no punctuation.
"""

from __future__ import annotations

_OFFICES_EN = """
president|vice president|prime minister|deputy prime minister|premier|chancellor|general secretary|secretary general
|party secretary|chairman|chairwoman|chairperson|minister|foreign minister|defence minister|defense minister
|finance minister|trade minister|secretary|secretary of state|foreign secretary|defence secretary|defense secretary
|treasury secretary|chief cabinet secretary|ambassador|senator|governor|supreme leader|opposition leader
|president elect|speaker|pm
"""
_PERSONAL_EN = "mr mrs ms miss mx dr prof professor sir madam lord lady"
_FORMER_EN = ("former", "then", "acting")

_en = {" ".join(title.split()) for title in _OFFICES_EN.replace("\n", " ").split("|")}
BEFORE = frozenset(_en | {f"{former} {title}" for former in _FORMER_EN for title in _en} | set(_PERSONAL_EN.split()))
"""English titles, which stand before a name."""

_HOMES_EN = """
us|american|british|uk|french|german|russian|ukrainian|chinese|japanese|korean|south korean|north korean|taiwanese
|israeli|iranian|indian|australian|un
"""
_HOMES = frozenset(" ".join(home.split()) for home in _HOMES_EN.split("|"))
"""What may stand before an English office and a name: US President Joe Biden."""
FIRST_WORDS = frozenset(phrase.split()[0] for phrase in BEFORE | _HOMES) | {"the", "a", "an"}
"""What a text must begin with for anything to fold away at its beginning."""

LONGEST_BEFORE = max(len(title.split()) for title in BEFORE)

_NO_NAME_BEGINS = frozenset(("of", "for", "and", "or", "to", "in", "at", "on"))

_OFFICES_JA = """
大統領 首相 総理 総理大臣 国家主席 主席 総書記 書記長 総統 外相 外務大臣 外務相 国防相 防衛相 防衛大臣
財務相 財務大臣 経産相
国務長官 国防長官 財務長官 商務長官 官房長官 長官 大臣 大使 議長 委員長 常務委員長 国務委員長 代表 補佐官 報道官
外交部長 国防部長
"""
_FORMER_JA = ("前", "元", "副", "新", "現", "次期")
_OFFICES_KO = """
대통령 부통령 총리 국무총리 경제부총리 장관 외교장관 외교부장관 국방장관 국방부장관 재무장관 국무장관 관방장관
외무상 방위상 외교부장 의장 위원장 국무위원장 상무위원장 상임위원장 대표 주석 국가주석
총서기 총비서 총통 대사 보좌관
"""
_FORMER_KO = ("전", "부", "현", "신임", "전임", "전직", "당시", "차기")
_COUNTRIES_KO = """
미국 한국 대한민국 일본 중국 북한 러시아 대만 영국 프랑스 독일 인도 호주 우크라이나 이란 이스라엘 유엔 유럽
"""
_BODIES_KO = """
더불어민주당 민주당 국민의힘 조국혁신당 자민당 자유민주당 공화당 공산당 중국공산당 노동당 조선노동당 민진당 국민당
당 야당 여당 제1야당 국회 의회 상원 하원 전인대 전국인민대표대회 최고인민회의 정부 내각
기획재정부 기재부 외교부 국방부 통일부 법무부 교육부 산업부 산업통상자원부 국무부 재무부 상무부 에너지부
외무성 방위성 재무성 경제산업성
"""
_BELONGING = frozenset((_COUNTRIES_KO + _BODIES_KO).split())
"""Countries, parties and bodies that stand, as words of their own, beside a Korean name with an office behind it."""

OFFICES = frozenset(
    [*_OFFICES_JA.split(), *_OFFICES_KO.split()]
    + [former + title for title in _OFFICES_JA.split() for former in _FORMER_JA]
    + [former + title for title in _OFFICES_KO.split() for former in _FORMER_KO]
)
"""Offices that stand behind a name."""

PERSONAL = {"氏": 1, "さん": 1, "様": 2, "さま": 2, "先生": 1, "夫人": 1, "女史": 1, "씨": 2, "님": 2, "여사": 2}
"""Honorifics that stand behind a name, and how many characters the name has at least."""

LAST_CHARS = frozenset(title[-1] for title in (*OFFICES, *PERSONAL))
_LONGEST_BEHIND = max(len(title) for title in OFFICES)

_WORDS_OF_THEIR_OWN = frozenset(("摂氏", "華氏", "源氏", "平氏"))
_COUNTRIES_AND_FIELDS = """
米 米国 韓国 韓 日本 日 中国 中 北朝鮮 朝鮮 台湾 英国 英 仏 独 露 印 豪 豪州 国連 欧州 両 各 関係 与党 野党 国防
国務 財務 外務 商務 防衛 外交 首席 筆頭 ろしあ うくらいな いんど どいつ ふらんす いぎりす あめりか いらん
いすらえる おすとらりあ 외교 국방 재무 통일
"""
_HOMES_JA = """
米国の あめりかの 日本の 韓国の 中国の 北朝鮮の ろしあの 台湾の 英国の いぎりすの ふらんすの どいつの うくらいなの
いんどの いすらえるの いらんの 国連の 民主党の 共和党の 自民党の 共に民主党の 国民の力の 与党の 野党の 最大野党の
"""
_LONGEST_HOME_FIRST = sorted(_HOMES_JA.split(), key=len, reverse=True)
_FORMER = frozenset((*_FORMER_JA, *_FORMER_KO))
_NO_NAMES = frozenset(_COUNTRIES_AND_FIELDS.split()) | _BELONGING | _FORMER
_NO_NAME_ENDS = tuple("国省庁部院党会軍府局州連の부당회")
_ABBREVIATION = 4


def without_titles_before(words: list[str]) -> list[str]:
    """The words without English titles and articles at the beginning, and without 'the' anywhere but at the end."""
    while len(words) > 1 and words[0] in FIRST_WORDS:
        size = _size_before(words)
        if not size:
            break
        words = words[size:]
    if "the" in words[:-1]:
        words = [word for word in words[:-1] if word != "the"] + words[-1:]
    return words


def _size_before(words: list[str]) -> int:
    """How many words at the beginning aren't part of the name."""
    if words[0] == "the":
        return 1
    if words[0] in ("a", "an"):
        # 'A I' is AI, and 'A 380' no aeroplane among many.
        return int(words[1].isalpha() and sum(map(len, words[1:])) > 2)
    if " ".join(words) in BEFORE:
        return 0
    for home in (2, 1):
        if " ".join(words[:home]) in _HOMES and len(words) > home and words[home] not in ("the", "a", "an"):
            size = _size_before(words[home:])
            return size and home + size
    for size in range(min(LONGEST_BEFORE, len(words) - 1), 0, -1):
        if " ".join(words[:size]) in BEFORE:
            rest = words[size:]
            return size if rest[0] not in _NO_NAME_BEGINS and sum(map(len, rest)) > 1 else 0
    return 0


def without_titles_about(words: list[str]) -> list[str]:
    """The words less a Korean office of several words, and less what it belongs to where that stands in front.

    Only whole words fold, and only where an office ends the text. All else is kept, so that what remains is the whole
    name, and nobody is taken for somebody else.
    """
    if not _is_office(words[-1]):
        return words
    end = len(words) - 1
    while end and _belongs_behind(words[:end]):
        end -= 1
    start = 0
    while start < end and _belongs_in_front(words[start]):
        start += 1
    name = "".join(words[start:end])
    if not name or not _may_be_a_name(name) or any(char.isdigit() for char in name):
        return words
    # 박 인도 대통령 may be called 박인도.
    return words[start:end] if len(name) > 1 or end == len(words) - 1 else words


def _is_office(word: str) -> bool:
    """Whether the word is an office, if need be with what it belongs to: 대표, 민주당대표."""
    return word in OFFICES or any(word[:at] in _BELONGING and word[at:] in OFFICES for at in range(1, len(word)))


def _belongs_in_front(word: str) -> bool:
    """Whether the word says what a Korean office belongs to: 미국, 미국의, 국민의힘."""
    return word != "당" and (word in _BELONGING or word.removesuffix("의") in _BELONGING)


def _belongs_behind(words: list[str]) -> bool:
    """Whether the last word is part of an office that goes on behind it: 민주당, 전, 부총리 겸."""
    last = words[-1]
    if last in _BELONGING or last in _FORMER or _is_office(last.removesuffix("겸")):
        return True
    return last == "겸" and len(words) > 1 and _is_office(words[-2])


def without_titles_behind(text: str) -> str:
    """The text, written without spaces, less the Japanese and Korean titles at its end.

    With a Japanese office goes what it belongs to, in front of the name: 米国のバイデン大統領.
    """
    office = False
    while text[-1] in LAST_CHARS:
        size = _size_behind(text)
        if not size:
            break
        office = office or text[-size:] in OFFICES
        text = text[:-size]
    return _without_home(text) if office else text


def _without_home(name: str) -> str:
    home = next((home for home in _LONGEST_HOME_FIRST if name.startswith(home)), "")
    rest = name[len(home) :]
    if home and len(rest) > 1 and _may_be_a_name(rest):
        return rest
    # In headlines 米 alone stands before a name in kana: 米バイデン大統領.
    return name[1:] if name[0] in "米英仏独露中韓" and len(name) > 2 and "ぁ" <= name[1] <= "ゟ" else name


def _size_behind(text: str) -> int:
    if text in OFFICES or text in PERSONAL or text in _WORDS_OF_THEIR_OWN:
        return 0
    for size in range(min(_LONGEST_BEHIND, len(text) - 1), 0, -1):
        tail = text[-size:]
        if tail in OFFICES:
            return size if _may_be_a_name(text[:-size]) else 0
        if tail in PERSONAL:
            name = text[:-size]
            # After kana, さん may be 山 as well as Mr: 富士山 is ふじさん.
            may = len(name) >= PERSONAL[tail] and not (tail in ("さん", "さま") and "ぁ" <= name[-1] <= "ゟ")
            return size if may else 0
    return 0


def _may_be_a_name(text: str) -> bool:
    return not (
        text in _NO_NAMES
        or text in OFFICES
        or text.endswith(_NO_NAME_ENDS)
        or text.startswith("駐")
        or (text.isascii() and len(text) <= _ABBREVIATION)
    )
