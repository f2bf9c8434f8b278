"""The checks, the same functions for every tool: read {kind: rows} as JSON, print what each check found.

A check takes a row of the common form and answers True, False, or None where the row says nothing about it (a person without
a title). A tool that lacks the columns of a check offers no such thing, which is not a violation.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import phonenumbers
import schwifty
import zipcodes
from medicine import APPROPRIATE, INDICATIONS
from places import DE_AREA_ZONES, DE_POSTAL_REGIONS
from stdnum import luhn

Row = dict[str, Any]
Check = tuple[str, str, str, tuple[str, ...], Callable[[Row], "bool | None"]]
CHECKS: list[Check] = []
"""(kind, sentence, who decides, columns needed, function) in the order of the table."""

RESERVED = re.compile(r"(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$")
CLOCK = date.today()


def check(kind: str, sentence: str, judge: str, *columns: str) -> Callable[[Callable[[Row], bool | None]], None]:
    return lambda function: CHECKS.append((kind, sentence, judge, columns, function))


@cache
def zip_entries(postal_code: str) -> list[Row]:
    try:
        return list(zipcodes.matching(postal_code[:5]))
    except (ValueError, TypeError):
        return []


@cache
def state_areas() -> dict[str, set[str]]:
    """Area codes of each state, by its letters, after the ZIP codes of the state."""
    areas: dict[str, set[str]] = {}
    for entry in zipcodes.list_all():
        areas.setdefault(entry["state"], set()).update(entry["area_codes"])
    return areas


STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|"
    "FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|"
    "MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|"
    "NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|"
    "PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|"
    "WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|GU Guam|VI Virgin Islands|AS American Samoa|"
    "MP Northern Mariana Islands"
)
LETTERS = {name: letters for letters, _, name in (one.partition(" ") for one in STATES.split("|"))}


def letters_of(state: str) -> str:
    return LETTERS.get(state, state)


def fold(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("đ", "d"))
    return re.sub("[^a-z]", "", spelled.encode("ascii", "ignore").decode())


def age_of(row: Row) -> int:
    born = date.fromisoformat(row["birthdate"])
    return CLOCK.year - born.year - ((CLOCK.month, CLOCK.day) < (born.month, born.day))


@cache
def number(text: str, country: str) -> Any:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


@check("people_US", "US: ZIP code belongs to the city", "zipcodes", "postal_code", "city")
def zip_of_city(row: Row) -> bool:
    # The post office writes no apostrophes: O Fallon.
    wanted = fold(row["city"])
    return any(
        wanted in map(fold, (entry["city"], *entry["acceptable_cities"])) for entry in zip_entries(row["postal_code"])
    )


@check("people_US", "US: ZIP code lies in the state", "zipcodes", "postal_code", "state")
def zip_of_state(row: Row) -> bool:
    return any(entry["state"] == letters_of(row["state"]) for entry in zip_entries(row["postal_code"]))


@check("people_DE", "DE: postal code lies in the Land", "Leitregionen", "postal_code", "state")
def postal_code_of_land(row: Row) -> bool:
    return fold(row["state"]) in DE_POSTAL_REGIONS.get(row["postal_code"][:2], ())


def phone_is_valid(country: str) -> Callable[[Row], bool]:
    def valid(row: Row) -> bool:
        parsed = number(row["phone"], country)
        return parsed is not None and phonenumbers.is_valid_number_for_region(parsed, country)

    return valid


for _country in ("US", "DE"):
    check(f"people_{_country}", f"{_country}: phone number is valid", "phonenumbers", "phone")(phone_is_valid(_country))


@check("people_US", "US: phone's area code is one of the state", "zipcodes", "phone", "state")
def area_of_state(row: Row) -> bool:
    parsed = number(row["phone"], "US")
    return parsed is not None and str(parsed.national_number)[:3] in state_areas().get(letters_of(row["state"]), ())


@check("people_DE", "DE: phone's area code zone is one of the Land", "numbering plan", "phone", "state")
def zone_of_land(row: Row) -> bool | None:
    parsed = number(row["phone"], "DE")
    if parsed is None:
        return False
    if phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE:
        return None
    return fold(row["state"]) in DE_AREA_ZONES.get(str(parsed.national_number)[:1], ())


for _kind in ("people_US", "people_DE"):
    _country = _kind[-2:]

    @check(_kind, f"{_country}: e-mail fits the name", "text", "email", "name")
    def email_fits(row: Row) -> bool:
        box = fold(row["email"].partition("@")[0])
        spelled = row["name"].lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        words = {fold(word) for word in (*row["name"].split(), *spelled.split(), *row["name"].split("-"))}
        return any(word in box for word in words if len(word) > 1)

    @check(_kind, f"{_country}: e-mail cannot reach anybody (RFC 2606, 6761)", "RFC", "email")
    def email_is_reserved(row: Row) -> bool:
        return RESERVED.search(row["email"].rpartition("@")[2].lower()) is not None

    @check(_kind, f"{_country}: age agrees with the date of birth", "calendar", "age", "birthdate")
    def age_agrees(row: Row) -> bool:
        return row["age"] == age_of(row)

    @check(_kind, f"{_country}: doctor's title only from 24 years", "calendar", "title", "birthdate")
    def title_fits_age(row: Row) -> bool | None:
        title = (row["title"] or "").lower()
        return age_of(row) >= 24 if re.search(r"\bdr\b|dr\.|prof|ph\.?d|dds|dvm|\bmd\b|m\.d\.", title) else None


@check("accounts_DE", "DE: IBAN is valid", "schwifty", "iban")
def iban_is_valid(row: Row) -> bool:
    return schwifty.IBAN(row["iban"], allow_invalid=True).is_valid and row["iban"].startswith("DE")


@check("accounts_DE", "DE: the IBAN's bank exists", "schwifty", "iban")
def bank_exists(row: Row) -> bool:
    iban = schwifty.IBAN(row["iban"], allow_invalid=True)
    return iban.country_code == "DE" and iban.bank is not None


@check("accounts_DE", "DE: BIC is the bank's", "schwifty", "iban", "bic")
def bic_is_the_banks(row: Row) -> bool:
    iban = schwifty.IBAN(row["iban"], allow_invalid=True)
    return iban.bic is not None and str(iban.bic)[:8] == row["bic"][:8]


@check("accounts_DE", "DE: transactions are in the account's currency", "arithmetic", "currency", "currencies")
def currencies_agree(row: Row) -> bool | None:
    return row["currencies"] == [row["currency"]] if row["currencies"] else None


@check("accounts_DE", "DE: balance is opening balance plus transactions", "arithmetic", "balance", "opening", "change")
def balance_adds_up(row: Row) -> bool:
    return Decimal(row["balance"]) == Decimal(row["opening"]) + Decimal(row["change"])


@check("cards", "Card number passes Luhn", "python-stdnum", "number")
def card_passes_luhn(row: Row) -> bool:
    return luhn.is_valid(row["number"].replace(" ", "").replace("-", ""))


@check("patients_US", "Conditions fit age and sex", "hand-entered limits", "conditions", "age", "sex")
def conditions_fit(row: Row) -> bool | None:
    known = [APPROPRIATE[name] for name in map(str.lower, row["conditions"]) if name in APPROPRIATE]
    fits = [low <= row["age"] and sex in ("", row["sex"]) for low, sex in known]
    return all(fits) if fits else None


@check("patients_US", "Every drug has an indication", "hand-entered labels", "conditions", "drugs")
def drugs_are_indicated(row: Row) -> bool | None:
    said = " | ".join(row["conditions"]).lower()
    judged = [INDICATIONS[name] for name in (drug.lower().split()[0] for drug in row["drugs"]) if name in INDICATIONS]
    return all(any(word in said for word in words) for words in judged) if judged else None


def judge(kinds: dict[str, list[Row]]) -> list[dict[str, Any]]:
    found = []
    for kind, sentence, by, columns, function in CHECKS:
        rows = kinds.get(kind, [])
        offered = bool(rows) and all(column in rows[0] for column in columns)
        answers = [function(row) for row in rows] if offered else []
        judged = [answer for answer in answers if answer is not None]
        found.append(
            {"check": sentence, "judge": by, "offered": offered, "rows": len(judged), "violations": judged.count(False)}
        )
    return found


if __name__ == "__main__":
    told = json.load(sys.stdin)
    CLOCK = date.fromisoformat(told["clock"])
    print(json.dumps(judge(told["kinds"])))
