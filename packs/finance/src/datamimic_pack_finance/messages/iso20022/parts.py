"""What messages of ISO 20022 share: parties, accounts, agents and amounts, as their versions have them."""

from __future__ import annotations

from datamimic.formats.documents import Piece, element, of
from datamimic_pack_finance.messages.iso20022.document import text


def agent(tag: str, bic: str, bicfi: bool, member: str = "", system: str = "") -> Piece:
    """A bank by its BIC, which is `BICFI` since 2013; `member` is the path of its number in a clearing `system`."""
    code = element("BICFI" if bicfi else "BIC", of(bic))
    if not member:
        return element(tag, element("FinInstnId", code))
    number = element("ClrSysMmbId", element("ClrSysId", element("Cd", of(system))), element("MmbId", of(member)))
    return element(tag, element("FinInstnId", code, number))


def account(tag: str, iban: str, other: str, currency: str = "") -> Piece:
    """An account by its IBAN, or its number where the country has none."""
    number = element("Id", element("IBAN", of(iban)), element("Othr", element("Id", of(other))))
    return element(tag, number, element("Ccy", of(currency))) if currency else element(tag, number)


def address(street: str, house_number: str, postal_code: str, town: str, country: str) -> Piece:
    """A structured address; a path that is empty is left out."""
    parts = (
        ("StrtNm", street, 70), ("BldgNb", house_number, 16), ("PstCd", postal_code, 16), ("TwnNm", town, 35),
        ("Ctry", country, 2),
    )  # fmt: skip
    return element("PstlAdr", *(element(tag, text(path, most)) for tag, path, most in parts if path))


def party(tag: str, name: str, *content: Piece) -> Piece:
    """Somebody with a name."""
    return element(tag, element("Nm", text(name, 70)), *content)


def amount(tag: str, path: str, currency: str) -> Piece:
    return element(tag, {"Ccy": of(currency)}, of(path))
