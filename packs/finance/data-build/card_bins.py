"""Which leading digits of card numbers belong to which bank: eight of sixteen, seven of the fifteen of American Express.

Needs nothing but the standard library and datamimic-core; run after `banks.py`. Issuers are known by eight digits since ISO/IEC
7812-1:2017. Each bank gets some behind the six digits of numbers that payment processors publish for testing, so that no
issuer's list is copied; the eight digits of the published numbers themselves are nobody's. A bank issues debit cards of one
network, in Viet Nam of all, so that the shares of `cards.py` come about among its customers. American Express, of which ten
issuers would share a six-digit prefix, is issued by a few large banks of a country.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from cards import CREDIT, DEBIT, NETWORKS, TEST_CARDS
from quantiles import COUNTRIES, DATA_DIR

from datamimic.tables.build import write_table

AMEX = "American Express"
#: banks that issue American Express; thirty numbers of seven digits have to do for all countries
AMEX_BANKS = {"US": 14, "DE": 4, "GB": 4, "FR": 3, "VN": 2}


def allotted() -> dict[str, Iterator[str]]:
    """Per network the leading digits that may be given away, prefix after prefix in turns."""
    published = {number for number, _, _ in TEST_CARDS.values()}

    def of(network: str) -> Iterator[str]:
        width = NETWORKS[network][1] - 8
        prefixes = [prefix for prefix, (_, _, own) in TEST_CARDS.items() if own == network]
        for place in range(10 ** (width - 6)):
            for prefix in prefixes:
                digits = f"{prefix}{place:0{width - 6}d}"
                if not any(number.startswith(digits) for number in published):
                    yield digits

    return {network: of(network) for network in NETWORKS}


def banks(country: str) -> list[tuple[str, float]]:
    with (DATA_DIR / f"banks_{country}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["bank_code"], float(row["weight"])) for row in csv.DictReader(file)]


def debit_networks(country: str, found: list[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Per bank its networks and their weights: one, dealt to the largest banks first, whichever is furthest behind."""
    shares = DEBIT[country]
    if "NAPAS" in shares:
        return {code: {network: float(share) for network, share in shares.items()} for code, _ in found}
    given = dict.fromkeys(shares, 0.0)
    networks = {}
    for code, weight in sorted(found, key=lambda each: (-each[1], each[0])):
        network = min(shares, key=lambda name: (given[name] + weight / 2) / shares[name])
        given[network] += weight
        networks[code] = {network: 1.0}
    return networks


def credit_networks(country: str, found: list[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Per bank its networks and their weights: numbers of cards, as `cards.py` has them."""
    cards = {network: share / NETWORKS[network][3] for network, share in CREDIT[country].items()}
    total = sum(cards.values())
    largest = sorted(found, key=lambda each: (-each[1], each[0]))[: AMEX_BANKS[country]]
    covered = sum(weight for _, weight in largest) / sum(weight for _, weight in found)
    amex = cards.pop(AMEX) / total / covered
    issuers = {code for code, _ in largest}
    others = sum(cards.values())
    return {
        code: {network: 100 * share / others * (1 - amex * (code in issuers)) for network, share in cards.items()}
        | ({AMEX: 100 * amex} if code in issuers else {})
        for code, _ in found
    }


def main() -> None:
    free = allotted()
    for country in COUNTRIES:
        found = banks(country)
        rows = [
            (code, kind, network, next(free[network]), round(weight, 4))
            for kind, of in (("debit", debit_networks), ("credit", credit_networks))
            for code, networks in of(country, found).items()
            for network, weight in networks.items()
        ]
        write_table(
            DATA_DIR, "card_bins", country, ["bank_code", "card_type", "network", "bin", "weight"],
            sorted(rows, key=lambda row: (row[0], row[1] != "debit", -row[4], row[2])),
            source="own allotment behind prefixes of published test card numbers; shares of networks as in card_networks",
            licence="CC0-1.0", date="2026-11", method="data-build/card_bins.py", grade="E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
