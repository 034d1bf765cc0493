"""Sort keys of names: by pinyin, as Chinese lists are sorted; surnames read as surnames."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache

# Characters that are read differently when they are a surname; pypinyin knows them as words, not as names.
_SURNAMES = {
    "单": "shan4", "仇": "qiu2", "曾": "zeng1", "解": "xie4", "查": "zha1", "区": "ou1", "任": "ren2",
    "朴": "piao2", "盖": "ge3", "乐": "yue4", "缪": "miao4", "折": "she2", "种": "chong2", "员": "yun4",
    "翟": "zhai2", "祭": "zhai4", "黑": "he4", "繁": "po2", "召": "shao4", "冼": "xian3", "洗": "xian3",
    "尉": "wei4", "宁": "ning4", "隗": "wei3", "郗": "xi1", "晁": "chao2", "逄": "pang2", "谌": "chen2",
    "纪": "ji3", "华": "hua4", "葛": "ge3", "哈": "ha3", "令": "ling2", "那": "na1", "盛": "sheng4",
    "石": "shi2", "沈": "shen3", "覃": "qin2", "万": "wan4", "燕": "yan1", "于": "yu2", "应": "ying1",
    "车": "che1", "重": "chong2", "秘": "bi4", "牟": "mou2", "卜": "bu3", "柏": "bai3",
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "长孙": "zhang3 sun1", "单于": "chan2 yu2", "澹台": "tan2 tai2",
    "令狐": "ling2 hu2", "皇甫": "huang2 fu3", "宇文": "yu3 wen2", "欧阳": "ou1 yang2", "夏侯": "xia4 hou2",
}  # fmt: skip


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A key by which words sort: pinyin with tones, a blank between syllables, the rest in lower case."""
    return _pinyin(_plain(text))


@lru_cache(maxsize=4096)
def person_sort_key(name: str) -> str:
    """A key by which real names sort: like `sort_key`, with surnames read as surnames (曾 Zeng, 单 Shan)."""
    plain = _plain(name)
    for surname, reading in (*_DOUBLE_SURNAMES.items(), *_SURNAMES.items()):
        if plain.startswith(surname):
            return f"{reading} {_pinyin(plain[len(surname) :])}".strip()
    return _pinyin(plain)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pinyin(text: str) -> str:
    # Its table of words would cost memory and time at the first name; single characters sort well enough.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
