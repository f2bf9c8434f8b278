"""Whether values can be what the name of their column says: without it, a header alone would be believed."""

from __future__ import annotations

import re
from collections.abc import Callable

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.reading_dates import looks_like_ages
from datamimic_learning.finding.words import words

_NOT_HASHED = re.compile(r"(?i)(?:[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\$2[aby]?\$.+)")
_NAMELIKE = re.compile(r"[^\W\d_][^\d_@#$%&*+=<>{}\[\]|:;!?^~\\]{0,59}")
_PLACELIKE = re.compile(r"[^\W_][^_@#$%*+=<>{}\[\]|:;!?^~\\]{1,199}")
_NUMBERLIKE = re.compile(r"(?=.*[0-9*Xx])[\w*•.,/() +:-]{3,34}")
_PHONELIKE = re.compile(r"(?i)[+(]?[0-9*x][0-9*() ./\\-]{4,22}(?: ?(?:x|ext\.?|#) ?[0-9]{1,6})?")
_CODELIKE = re.compile(r"(?i)[a-z]{0,2}-?[0-9][0-9a-z -]{2,9}|[a-z]{1,2}[0-9][0-9a-z ]{2,6}")
_LOGINLIKE = re.compile(r"\S{2,40}|\S{2,20} \S{2,20}")
_DATELIKE = re.compile(r"(?i).*[0-9]{2,4}.*")
_PLATELIKE = re.compile(r"(?=.*[0-9])(?:[^\W_]|[ .:·-]){3,14}")
_MONEYLIKE = re.compile(r"[^\d-]{0,4}-?[0-9][0-9.,' ]*[^\d]{0,6}|[^\d]{0,3}[0-9]+k?[^\d]{1,4}[0-9]+k?.*")


def _most(pattern: re.Pattern[str], least: float = 0.6) -> Callable[[Cells], bool]:
    def test(cells: Cells) -> bool:
        return cells.share(pattern.fullmatch(text) is not None for text in cells.texts) >= least

    return test


def _few(cells: Cells) -> bool:
    return len(cells.texts) <= max(40, cells.filled // 4) and cells.lengths[2] <= 60


def _number(cells: Cells) -> bool:
    """An identifier: some digits, no amount or fraction."""
    digits = sum(map(str.isdigit, "".join(cells.texts))) / max(sum(map(len, cells.texts)), 1)
    return cells.kind != "float" and _most(_NUMBERLIKE)(cells) and digits >= 0.2 and cells.lengths[1] >= 5


def _words(cells: Cells) -> bool:
    return cells.kind == "text" and cells.lengths[1] >= 2


def _name(cells: Cells) -> bool:
    return cells.kind == "text" and _most(_NAMELIKE, 0.7)(cells) and cells.lengths[1] <= 45


def _place(cells: Cells) -> bool:
    return cells.kind == "text" and _most(_PLACELIKE)(cells) and cells.lengths[1] >= 4


def _profile(cells: Cells) -> bool:
    return cells.kind == "text" and cells.share(" " not in text for text in cells.texts) > 0.6


def _mail(cells: Cells) -> bool:
    return cells.share("@" in text for text in cells.texts) > 0.2


def _login(cells: Cells) -> bool:
    return cells.kind == "text" and _most(_LOGINLIKE)(cells) and not _numbered_alike(cells)


def _numbered_alike(cells: Cells) -> bool:
    """Whether values are numbers behind one and the same beginning in capitals, as `CUST-00417`: keys, not names."""
    heads = {text.rstrip("0123456789") for text in cells.texts}
    return len(cells.texts) > 3 and len(heads) == 1 and any(head.isupper() for head in heads)


_TESTS: dict[str, Callable[[Cells], bool]] = {
    **dict.fromkeys(
        words("name_meanings"),
        _name,
    ),
    "user.name": _login,
    "email": _mail,
    **dict.fromkeys(("phone", "mobile_phone", "fax"), _most(_PHONELIKE)),
    **dict.fromkeys(
        words("number_meanings"),
        _number,
    ),
    "ip_address": _most(re.compile(r"[0-9a-fA-F.:/%*]{3,45}")),
    "mac_address": _most(re.compile(r"[0-9a-fA-F.:-]{12,17}")),
    "licence_plate": _most(_PLATELIKE),
    "postal_code": _most(_CODELIKE),
    **dict.fromkeys(("city", "district"), _most(re.compile(r"[^\W\d_][^\d_@#$%*+=<>{}\[\]|:;!?^~\\]{0,59}\d{0,3}"))),
    **dict.fromkeys(("line", "street", "full"), _place),
    "house_number": _most(re.compile(r"[0-9]{1,5}[^\d]{0,4}[0-9]{0,4}[a-zA-Z]?")),
    **dict.fromkeys(("birth_date", "expires_on", "licence_date"), _most(_DATELIKE)),
    "birth_year": _most(re.compile(r"(?:1[89]|20)[0-9]{2}")),
    **dict.fromkeys(("birth_month", "birth_day"), _most(re.compile(r"[0-9]{1,2}|[^\W\d_]{3,10}"))),
    "age": looks_like_ages,
    **dict.fromkeys(
        words("few_meanings"),
        _few,
    ),
    "income": _most(_MONEYLIKE),
    **dict.fromkeys(("height", "weight", "bmi"), _most(_MONEYLIKE)),
    **dict.fromkeys(("job_title", "disability", "conviction"), _words),
    "profile_url": _profile,
    "cvv": _most(re.compile(r"[0-9*]{3,4}")),
    "middle_initial": _most(re.compile(r"[^\W\d_]\.?")),
}  # fmt: skip
"""A meaning, or what of its name stands behind the dot -> whether a column can be one."""


def plausible(meaning: str, cells: Cells) -> bool:
    """Whether the values of a column can have the meaning; hashes and keys of programs can be passwords and devices at most."""
    if not cells.texts:
        return False
    if meaning == "user.password":
        return cells.kind == "text"
    if meaning in ("device.advertising_id", "account.wallet"):
        return True
    last = meaning.partition(".")[2]
    if {text.casefold() for text in cells.texts} <= words("flags") and last not in words("flag_meanings"):
        return False
    hashed = cells.share(_NOT_HASHED.fullmatch(text) is not None for text in cells.texts) > 0.5
    test = _TESTS.get(meaning) or _TESTS.get(last)
    return not hashed and (test is None or test(cells))
