"""What the name of a column says, in any of the languages that meanings are named in."""

from __future__ import annotations

import re

from datamimic_learning.finding.terms import Read, identifies
from datamimic_models.meanings.candidates import Candidate, candidates
from datamimic_models.meanings.catalogue import Catalogue
from datamimic_models.meanings.words import key, split

_OWN_SCRIPT = {
    "person.full_name": "氏名 お名前 名前 姓名 担当者 担当者名 顧客名 họ và tên họ tên фио имя и фамилия 이름 성명",
    "person.family_name": "姓 苗字 名字 фамилия",
    "person.given_name": "名 имя",
    "person.name_kana": "フリガナ ふりがな カナ 氏名カナ セイ メイ",
    "person.phone": "電話 電話番号 連絡先 телефон 전화번호",
    "person.mobile_phone": "携帯 携帯電話 携帯番号 携帯電話番号",
    "person.email": "メール メールアドレス eメール 電子メール почта 이메일",
    "person.birth_date": "生年月日 誕生日 дата_рождения 생년월일",
    "person.gender": "性別 пол 성별",
    "person.age": "年齢 возраст",
    "address.full": "住所 адрес 주소",
    "address.postal_code": "郵便番号 индекс 우편번호",
    "address.city": "市区町村 都市 город",
    "address.line": "番地 町名 丁目",
    "person.national_id": "マイナンバー 個人番号 身份证 身份证号",
    "person.passport_number": "旅券番号 パスポート パスポート番号 паспорт",
    "account.number": "口座番号",
    "technical.phrase": "商品名 会社名 会社 状態 種類 部署 区分",
    "technical.code": "注文番号 商品コード 伝票番号 管理番号",
    "technical.count": "数量 金額 単価 価格 合計",
}
_BY_OWN_SCRIPT = {word: meaning for meaning, words in _OWN_SCRIPT.items() for word in words.split()}
_MEANINGLESS = re.compile(r"(?i)(?:c|col|column|field|f|x|v|var|attr|spalte|feld|colonne|unnamed:?|_?)[ _-]*\d*")
_NUMBERED = re.compile(r"(?<=\D)[ _-]*\d{1,2}$")
_LEAST_LETTERS = 3
"""Of a name that stands among other words."""
_LEAST = 0.55
WEAK = 0.5
"""How sure a name is that says no more than `name` or `customer`."""


def read_header(name: str, words_of_table: tuple[str, ...], catalogue: Catalogue) -> tuple[Read, ...]:
    """Every meaning that the name can have, the likeliest first; empty for a name that says nothing."""
    own = _BY_OWN_SCRIPT.get(re.sub(r"[\s_]", "", name.casefold())) or _BY_OWN_SCRIPT.get(
        name.casefold().replace("_", " ")
    )
    if own is not None:
        return (Read(own, 0.97, name),)
    if _MEANINGLESS.fullmatch(name.strip()):
        return ()
    best: dict[str, Read] = {}
    bare = name.rpartition(".")[2].strip()
    read = candidates(bare, words_of_table, catalogue) or candidates(_NUMBERED.sub("", bare), words_of_table, catalogue)
    for each in read:
        score = _score(each, catalogue)
        if len(key(split(each.name.text))) < _LEAST_LETTERS and key(split(bare)) != key(split(each.name.text)):
            continue  # `dt` is a telephone in Vietnamese, and a date behind other words.
        meaning = each.name.meaning.name
        if score >= _LEAST and (meaning not in best or best[meaning].score < score):
            best[meaning] = Read(meaning, score, each.name.text)
    if not best and (hint := _person(name, catalogue)):
        return (hint,)
    return tuple(sorted(best.values(), key=_order))


def _person(name: str, catalogue: Catalogue) -> Read | None:
    """A name of few words that only says that somebody, or something that has a name, is meant."""
    words = split(name.rpartition(".")[2])
    if len(words) > 2 or not words:
        return None
    named = any(catalogue.is_a(each, "person") for each in catalogue.subjects_named(words))
    whole = any(each.meaning.name == "person.full_name" for each in catalogue.names.get(key(words), ()))
    return Read("person.full_name", WEAK, " ".join(words)) if named or whole else None


def _order(read: Read) -> tuple[float, int, str]:
    return -round(read.score, 2), ("direct", "quasi", "sensitive", "none").index(identifies(read.meaning)), read.meaning


def _score(candidate: Candidate, catalogue: Catalogue) -> float:
    """How sure a reading is where nothing else is known of the table."""
    subject = candidate.name.meaning.subject
    if not candidate.name.bare:
        whose = candidate.subjects
        foreign = bool(whose) and subject not in ("technical", "text") and not _belongs(subject, whose, catalogue)
        return candidate.score - (0.25 if foreign else 0.0)
    if candidate.subjects and not candidate.vague:
        return candidate.score if _belongs(subject, candidate.subjects, catalogue) else 0.0
    return 0.0


def _belongs(subject: str, subjects: tuple[str, ...], catalogue: Catalogue) -> bool:
    return any(each == subject or catalogue.is_a(each, subject) or subject in catalogue.held(each) for each in subjects)
