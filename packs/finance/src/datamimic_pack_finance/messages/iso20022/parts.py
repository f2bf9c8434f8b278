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


def account(tag: str, iban: str, other: str, currency: str = "", *content: Piece) -> Piece:
    """An account by its IBAN, or its number where the country has none."""
    number = element("Id", element("IBAN", of(iban)), element("Othr", element("Id", of(other))))
    return element(tag, number, *([element("Ccy", of(currency))] if currency else []), *content)


def own_account(end: str, bicfi: bool) -> Piece:
    """The account that a report to its holder is of, with holder and bank; `end` is the path of all three."""
    holder = party("Ownr", f"{end}.name", address_of(end))
    return account("Acct", f"{end}.iban", f"{end}.other_number", "currency", holder, agent("Svcr", f"{end}.bic", bicfi))


def address(street: str, house_number: str, postal_code: str, town: str, country: str) -> Piece:
    """A structured address; a path that is empty is left out."""
    parts = (
        ("StrtNm", street, 70), ("BldgNb", house_number, 16), ("PstCd", postal_code, 16), ("TwnNm", town, 35),
        ("Ctry", country, 2),
    )  # fmt: skip
    return element("PstlAdr", *(element(tag, text(path, most)) for tag, path, most in parts if path))


def address_of(end: str) -> Piece:
    """The address of a debtor, a creditor or an owner, by the path of it."""
    return address(*(f"{end}.{name}" for name in ("street", "house_number", "postal_code", "town", "country")))


def related_parties(version: int, debtor: tuple[str, str, str], creditor: tuple[str, str, str]) -> Piece:
    """Both ends of the payment behind an entry, each by the paths of name, IBAN and other number."""
    found = []
    for tag, (name, iban, other) in (("Dbtr", debtor), ("Cdtr", creditor)):
        called = element("Nm", text(name, 70))
        found += [element(tag, element("Pty", called) if version >= 8 else called), account(f"{tag}Acct", iban, other)]
    return element("RltdPties", *found)


def transaction_code(domain: Piece | str, family: Piece | str, sub_family: Piece) -> Piece:
    """What kind of transaction an entry is, by the external code list."""
    within = element("Fmly", element("Cd", family), element("SubFmlyCd", sub_family))
    return element("BkTxCd", element("Domn", element("Cd", domain), within))


def party(tag: str, name: str, *content: Piece) -> Piece:
    """Somebody with a name."""
    return element(tag, element("Nm", text(name, 70)), *content)


def amount(tag: str, path: str, currency: str) -> Piece:
    return element(tag, {"Ccy": of(currency)}, of(path))
