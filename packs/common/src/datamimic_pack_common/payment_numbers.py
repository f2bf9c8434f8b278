"""Numbers of payment cards and accounts in text: those that pass the checks of real ones and are not published as tests.

A number that passes may be somebody's and need not be: one in ten numbers passes Luhn's check, and nobody but the issuer knows
which ones are given out. So a bare number counts where its column holds mostly such numbers, or says that it holds cards;
one that is written in the groups of a card always counts. Each search looks at a bounded stretch of text at a time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

NETWORKS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("Visa", r"4", (16, 19)),
    ("Mastercard", r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),
    ("American Express", r"3[47]", (15,)),
    ("Discover", r"6011|64[4-9]|65", (16, 19)),
    ("Diners Club", r"30[0-59]|3[689]", (14, 16)),
    ("JCB", r"352[89]|35[3-8]", (16,)),
    ("UnionPay", r"62|81", (16, 17, 18, 19)),
    ("Maestro", r"5018|5020|5038|5893|6304|6759|676[1-3]", (16, 18, 19)),
    ("NAPAS", r"9704", (16, 19)),
)
"""Network, how its numbers begin, and how many digits they have (ISO/IEC 7812, ranges as the networks publish them)."""

# docs.stripe.com/testing, developer.paypal.com (Payflow test transactions), docs.adyen.com, developers.momo.vn
PUBLISHED_CARDS = frozenset({
    "4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556", "4000000000000002",
    "4000000000009995", "4000000000000077", "4000000000003220", "4000000000000069", "4000000000000127",
    "4000000000000119", "4000000000000341", "4000002500003155", "4000002760003184", "4917610000000000",
    "4484070000000000", "4988438843884305", "4166676667666746", "4646464646464644", "5555555555554444",
    "5105105105105100", "5200828282828210", "2223003122003222", "5555341244441115", "2222400070000005",
    "2222410740360010", "5454545454545454", "5577000055770004", "5136333333333335", "5585558555855583",
    "378282246310005", "371449635398431", "378734493671000", "370000000000002", "6011111111111117",
    "6011000990139424", "6011981111111113", "6011601160116611", "6445644564456445", "3056930009020004",
    "36227206271667", "30569309025904", "38520000023237", "36006666333344", "3566002020360505", "3530111333300000",
    "3569990010095841", "6200000000000005", "6205500000000000004", "9704000000000018", "6759649826438453",
})  # fmt: skip

_CARD_COLUMN = re.compile(r"card|karte|kredit|credit|tarjeta|carte|\bpan\b|_pan\b|\bcc", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.+-])[0-9](?:[ -]?[0-9]){13,18}(?![\w-]|\.[0-9])")
_GROUPS = re.compile(
    r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{2,4}(?:\1[0-9]{1,3})?|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5}"
)
_BEGINNING = re.compile("|".join(f"({form})" for _, form, _ in NETWORKS))
_DOUBLED = str.maketrans("0123456789", "0246813579")
_ENOUGH = 64
"""Numbers of one text that pass, after which no more are looked for."""
_MOSTLY = 0.3
"""Share of the numbers of a column that pass; of arbitrary ones with a card's beginning a tenth does."""

BBAN = {
    "AD": "n8c12", "AE": "n19", "AT": "n16", "BE": "n12", "BG": "a4n6c8", "BR": "n23a1c1", "CH": "n5c12",
    "CY": "n8c16", "CZ": "n20", "DE": "n18", "DK": "n14", "EE": "n16", "ES": "n20", "FI": "n14", "FR": "n10c11n2",
    "GB": "a4n14", "GI": "a4c15", "GR": "n7c16", "HR": "n17", "HU": "n24", "IE": "a4n14", "IL": "n19", "IS": "n22",
    "IT": "a1n10c12", "LI": "n5c12", "LT": "n16", "LU": "n3c13", "LV": "a4c13", "MC": "n10c11n2", "MT": "a4n5c18",
    "NL": "a4n10", "NO": "n11", "PL": "n24", "PT": "n21", "QA": "a4c21", "RO": "a4c16", "SA": "n2c18", "SE": "n20",
    "SI": "n15", "SK": "n20", "SM": "a1n10c12", "TR": "n6c16", "UA": "n6c19",
}  # fmt: skip
"""What follows country and check digits (the SWIFT registry of IBANs): n digits, a letters, c either."""

# The examples of the SWIFT registry.
PUBLISHED_IBANS = frozenset({
    "AD1200012030200359100100", "AE070331234567890123456", "AT611904300234573201", "BE68539007547034",
    "BG80BNBG96611020345678", "CH9300762011623852957", "CY17002001280000001200527600", "CZ6508000000192000145399",
    "DE89370400440532013000", "DK5000400440116243", "EE382200221020145685", "ES9121000418450200051332",
    "FI2112345600000785", "FR1420041010050500013M02606", "GB29NWBK60161331926819", "GB82WEST12345698765432",
    "GI75NWBK000000007099453", "GR1601101250000000012300695", "HR1210010051863000160", "HU42117730161111101800000000",
    "IE29AIBK93115212345678", "IL620108000000099999999", "IS140159260076545510730339", "IT60X0542811101000000123456",
    "LI21088100002324013AA", "LT121000011101001000", "LU280019400644750000", "LV80BANK0000435195001",
    "MC5811222000010123456789030", "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300", "NO9386011117947",
    "PL61109010140000071219812874", "PT50000201231234567890154", "RO49AAAA1B31007593840000",
    "SA0380000000608010167519", "SE4550000000058398257466", "SI56263300012039086", "SK3112000000198742637541",
    "TR330006100519786457841326",
})  # fmt: skip

_PARTS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}


def _spaced(country: str, form: str) -> str:
    """The pattern of a country's IBANs, with a space or hyphen between any two characters or none."""
    parts = (f"(?:[ -]?{_PARTS[kind]}){{{count}}}" for kind, count in re.findall(r"([nac])([0-9]+)", form))
    return f"{country}[0-9]{{2}}{''.join(parts)}"


_IBAN = re.compile(
    f"(?<![A-Za-z0-9])(?=[A-Z]{{2}}[0-9]{{2}})(?=({'|'.join(_spaced(*each) for each in BBAN.items())})(?![A-Za-z0-9]))",
    re.IGNORECASE,
)


class CardNumbers(NamedTuple):
    """The numbers of a text that have as many digits as a card: `candidates`, and the networks of those that pass; `grouped`
    is a network where one is written in a card's groups."""

    candidates: int
    networks: tuple[str, ...]
    grouped: str | None


def card_numbers(text: str) -> CardNumbers:
    """The card-like numbers of a text. Published test numbers count as candidates that do not pass."""
    candidates = 0
    networks: list[str] = []
    grouped: str | None = None
    for found in _DIGITS.finditer(text):
        number = found[0].replace(" ", "").replace("-", "")
        candidates += 1
        network = network_of(number)
        if network is None or number in PUBLISHED_CARDS:
            continue
        networks.append(network)
        if len(networks) == _ENOUGH:
            break
        if grouped is None and _GROUPS.fullmatch(found[0]):
            grouped = network
    return CardNumbers(candidates, tuple(networks), grouped)


def holds_cards(column: str, candidates: int, passing: int) -> bool:
    """Whether bare numbers of a column are cards rather than orders, articles or instants."""
    return bool(passing) and (_CARD_COLUMN.search(column) is not None or passing >= _MOSTLY * candidates)


@lru_cache(maxsize=4096)
def network_of(number: str) -> str | None:
    """The network of a number that begins as its numbers do, is as long and passes Luhn's check (ISO/IEC 7812-1, annex B)."""
    found = _BEGINNING.match(number)
    if found is None or found.lastindex is None:
        return None
    name, _, lengths = NETWORKS[found.lastindex - 1]
    digits = number[-1::-2] + number[-2::-2].translate(_DOUBLED)
    passes = len(number) in lengths and sum(map(int, digits)) % 10 == 0 and number.count(number[0]) < len(number)
    return name if passes else None


def iban_in(text: str) -> str | None:
    """The first IBAN of a text that is right in length, form and check digits, and is no published example."""
    for found in _IBAN.finditer(text):
        number = found[1].replace(" ", "").replace("-", "").upper()
        # ISO 13616 with ISO 7064 mod 97-10: letters count as two digits.
        right = int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
        if right and number not in PUBLISHED_IBANS:
            return number
    return None
