"""What columns say of people by their names: traits that many share, and what names one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from datamimic_report.audit.leaves import Leaf

TRAITS: Final[Mapping[str, str]] = {
    "birth date": r"birth_?da(te|y)|date_of_birth|birthdt|dob|PID\.7|DMG\.2",
    "birth year": r"birth_?year|year_of_birth",
    "age": r"age",
    "sex": r"sex|gender|PID\.8|DMG\.3",
    "postal code": r"(.*_)?(postal_?code|zip(_?code)?|pstcd|postcode|plz)|PID\.11\.5|N4\.3",
    "city": r"(.*_)?(city|town|twnnm)|PID\.11\.3|N4\.1",
    "region": r"(.*_)?(state|region|region_code|ctrysubdvsn)|PID\.11\.4|N4\.2",
    "occupation": r"occupation|profession|job(_title)?",
    "nationality": r"nationality|citizenship|ethnicity|race",
    "marital status": r"marital_?status|PID\.16(\.1)?",
    "household size": r"household_?size",
}
NAMES: Final[Mapping[str, str]] = {
    "name": r"full_?name|name|nm|holder_?name|PID\.5\.1|NM1\[[^\]]*\]\.3",
    "given name": r"given_?name|first_?name|given|PID\.5\.2",
    "family name": r"family_?name|last_?name|surname|family",
    "e-mail": r"e?mail|email_?address|emailadr",
    "phone": r"phone(_number)?|mobile|telephone|PID\.13(\.1)?",
    "street": r"street(_address)?|address_?line(_?1)?|strtnm|line|PID\.11\.1",
    "national number": r"ssn|national_id|tax_id|social_security_number|PID\.19",
}
_OF_SEGMENT: Final = re.compile(r"[A-Z][A-Z0-9]{1,2}[\[.]")


def says(leaf: Leaf, pattern: str) -> bool:
    """Is the name of the column, or its place in a segment, one of the pattern?"""
    last = leaf.path if _OF_SEGMENT.match(leaf.path) else leaf.last
    return re.fullmatch(pattern, last, re.IGNORECASE) is not None


def is_trait(leaf: Leaf) -> bool:
    """Does it say what many have, such as a postal code, though few may live in each?"""
    return any(says(leaf, pattern) for pattern in TRAITS.values())
