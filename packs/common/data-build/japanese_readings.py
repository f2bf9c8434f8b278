"""Readings of Japanese names written out (`shouta`, `jun'ichi`): as katakana and in Hepburn as passports have it."""

from __future__ import annotations

import re

_ROWS = {
    "": "ア イ ウ エ オ", "k": "カ キ ク ケ コ", "s": "サ シ ス セ ソ", "t": "タ チ ツ テ ト", "n": "ナ ニ ヌ ネ ノ", "h": "ハ ヒ フ ヘ ホ",
    "m": "マ ミ ム メ モ", "r": "ラ リ ル レ ロ", "g": "ガ ギ グ ゲ ゴ", "z": "ザ ジ ズ ゼ ゾ", "d": "ダ ヂ ヅ デ ド", "b": "バ ビ ブ ベ ボ",
    "p": "パ ピ プ ペ ポ",
}  # fmt: skip
SYLLABLES = {
    consonant + vowel: kana
    for consonant, row in _ROWS.items()
    for vowel, kana in zip("aiueo", row.split(), strict=True)
}
SYLLABLES |= {
    "ya": "ヤ",
    "yu": "ユ",
    "yo": "ヨ",
    "wa": "ワ",
    "shi": "シ",
    "chi": "チ",
    "tsu": "ツ",
    "fu": "フ",
    "ji": "ジ",
}
SYLLABLES |= {
    start + vowel: SYLLABLES[first] + small
    for start, first in (("ky", "ki"), ("sh", "shi"), ("ch", "chi"), ("ny", "ni"), ("hy", "hi"), ("my", "mi"), ("ry", "ri"),
                         ("gy", "gi"), ("j", "ji"), ("by", "bi"), ("py", "pi"))
    for vowel, small in (("a", "ャ"), ("u", "ュ"), ("o", "ョ"))
}  # fmt: skip


def katakana(reading: str) -> str:
    """Raises ValueError for what is no sequence of Japanese syllables."""
    rest, written = reading, ""
    while rest:
        if rest[0] == "n" and (len(rest) == 1 or rest[1] not in "aiueoy"):
            written, rest = written + "ン", rest[2:] if rest[1:2] == "'" else rest[1:]
        elif (len(rest) > 1 and rest[0] == rest[1] and rest[0] in "kstpg") or rest.startswith("tch"):
            written, rest = written + "ッ", rest[1:]
        else:
            length = next((size for size in (3, 2, 1) if rest[:size] in SYLLABLES), 0)
            if not length:
                raise ValueError(f"{reading!r} cannot be read from {rest!r}")
            written, rest = written + SYLLABLES[rest[:length]], rest[length:]
    return written


def hepburn(reading: str) -> str:
    """`shouta` → `Shota`: long vowels as in passports, without the mark after n."""
    short = re.sub(r"o[ou]", "o", reading.replace("'", ""))
    return re.sub(r"uu", "u", short).capitalize()
