"""Banks: code, BIC and name that exist together (DE, GB, FR, VN); invented banks (US).

Run with the environment that has datamimic-core and:
# requires: schwifty==2026.10.1

DE, GB and FR come from the registry of schwifty (MIT). German banks are limited to those whose check-digit method the
pack implements (`generators/german_account.py`), so that national validation passes. US banks are invented: their
routing numbers start with 809, inside the block 80 that is set aside for traveller's cheques, so that they pass the check
digit and prefix rules and yet belong to no deposit account; their BICs carry `0` as eighth character, which marks test
BICs. Weights are rough shares of retail customers (estimates). Phones lie in blocks reserved for fiction.
"""

from __future__ import annotations

import json
from importlib.resources import files

import schwifty
from quantiles import DATA_DIR

from datamimic.tables.build import write_table

COLUMNS = ["bank_code", "name", "bic", "routing_number", "account_check", "customer_service_phone", "weight"]
GERMAN_METHODS = {"00", "01", "06", "10", "13", "20", "28", "32", "34", "38", "63", "88", "99"}
SKIPPED = ("-alt-", "Gf", "GF", "vormals", "PCC", "ITGK", "ZVA", "Bauspar", "Bundesbank", "DSL", "Web-K", "CC", "VÖB")
#: (marker in the name, share of customers in %): the first that matches decides; the share is spread over its banks.
GERMAN_GROUPS = (
    ("parkasse", 37.0), ("Postbank", 6.0), ("norisbank", 0.8), ("Deutsche Bank", 8.0), ("Commerzbank", 9.0),
    ("Deutsche Kreditbank", 6.0), ("HypoVereinsbank", 3.5), ("Oldenburgische", 1.2), ("Volksbank", 14.0), ("Raiffeisenbank", 7.0),
    ("VR", 4.0), ("", 3.5),
)  # fmt: skip
GERMAN_FICTION = (("30", "23125"), ("69", "90009"), ("40", "66969"), ("89", "99998"))

BRITISH = (  # bank code, name, sort code prefix published for the bank, weight
    ("BUKB", "Barclays Bank UK", "204514", 15.0), ("LOYD", "Lloyds Bank", "309634", 16.0), ("NWBK", "NatWest", "601455", 13.0),
    ("HBUK", "HSBC UK", "404760", 12.0), ("ABBY", "Santander UK", "090129", 11.0), ("NAIA", "Nationwide Building Society", "070436", 12.0),
    ("HLFX", "Halifax", "110001", 8.0), ("TSBS", "TSB Bank", "774825", 4.5), ("RBOS", "The Royal Bank of Scotland", "831807", 4.0),
    ("MONZ", "Monzo Bank", "040004", 5.0), ("SRLG", "Starling Bank", "608371", 3.0), ("CLYD", "Clydesdale Bank", "826202", 2.0),
    ("MYMB", "Metro Bank", "230580", 1.5), ("CPBK", "The Co-operative Bank", "089299", 2.0), ("BOFS", "Bank of Scotland", "802260", 3.0),
)  # fmt: skip
FRENCH = (  # bank code, name, branch code of the account (invented within the bank), weight
    ("30004", "BNP Paribas", 7.0), ("30003", "Société Générale", 7.0), ("30002", "Crédit Lyonnais", 6.0), ("20041", "La Banque Postale", 11.0),
    ("10278", "Crédit Mutuel", 10.0), ("30066", "Crédit Industriel et Commercial", 5.0), ("18206", "Crédit Agricole Île-de-France", 4.5),
    ("17806", "Crédit Agricole Centre-Est", 3.5), ("13906", "Crédit Agricole Sud Rhône Alpes", 2.5), ("14706", "Crédit Agricole Atlantique Vendée", 2.5),
    ("16706", "Crédit Agricole Nord de France", 2.5), ("19106", "Crédit Agricole Provence Côte d'Azur", 2.5), ("13306", "Crédit Agricole Aquitaine", 2.5),
    ("17906", "Crédit Agricole Anjou Maine", 2.0), ("17515", "Caisse d'Épargne Île-de-France", 4.5), ("13825", "Caisse d'Épargne Rhône Alpes", 3.0),
    ("16275", "Caisse d'Épargne Hauts de France", 2.5), ("14445", "Caisse d'Épargne Bretagne Pays de Loire", 2.5), ("15135", "Caisse d'Épargne Grand Est Europe", 2.5),
    ("10207", "Banque Populaire Rives de Paris", 2.0), ("13807", "Banque Populaire Grand Ouest", 2.0), ("16807", "Banque Populaire Auvergne Rhône Alpes", 2.0),
    ("10107", "BRED Banque Populaire", 1.5), ("40618", "BoursoBank", 5.0), ("14518", "Fortuneo (Arkéa Direct Bank)", 1.5), ("42559", "Crédit Coopératif", 0.7),
    ("18079", "CCF", 1.0),
)  # fmt: skip
#: (NAPAS code, short name, BIC, weight). Codes and BICs as the banks publish them for transfers.
VIETNAMESE = (
    ("970436", "Vietcombank", "BFTVVNVX", 14.0), ("970415", "VietinBank", "ICBVVNVX", 11.0), ("970418", "BIDV", "BIDVVNVX", 12.0),
    ("970405", "Agribank", "VBAAVNVX", 13.0), ("970407", "Techcombank", "VTCBVNVX", 9.0), ("970422", "MB Bank", "MSCBVNVX", 10.0),
    ("970416", "ACB", "ASCBVNVX", 5.5), ("970432", "VPBank", "VPBKVNVX", 5.5), ("970423", "TPBank", "TPBVVNVX", 4.0),
    ("970403", "Sacombank", "SGTTVNVX", 4.5), ("970437", "HDBank", "HDBCVNVX", 2.5), ("970443", "SHB", "SHBAVNVX", 2.0),
    ("970441", "VIB", "VNIBVNVX", 2.0), ("970426", "MSB", "MCOBVNVX", 1.5), ("970448", "OCB", "ORCOVNVX", 1.0),
    ("970431", "Eximbank", "EBVIVNVX", 0.8), ("970440", "SeABank", "SEAVVNVX", 0.8), ("970449", "LPBank", "LVBKVNVX", 1.2),
    ("970428", "Nam A Bank", "NAMAVNVX", 0.5), ("970425", "ABBANK", "ABBKVNVX", 0.6), ("970409", "Bac A Bank", "NASCVNVX", 0.4),
    ("970412", "PVcomBank", "WBVNVNVX", 0.5), ("970452", "KienlongBank", "KLBKVNVX", 0.4), ("970429", "SCB", "SACLVNVX", 0.5),
)  # fmt: skip
AMERICAN = (
    "Harborline National Bank", "First Meridian Bank", "Cedar Plains Credit Union", "Prairie Trust Bank", "Bluewater Savings Bank",
    "Granite State Federal Savings", "Lakeshore Commerce Bank", "Sunrise Valley Credit Union", "Northfork National Bank",
    "Copper Canyon Bank", "Old Mill Savings Bank", "Redwood Coast Credit Union", "Summit Ridge Bank", "Ironwood Community Bank",
    "Magnolia First Bank", "Silver Birch Federal Credit Union", "Pinecrest Bank & Trust", "Riverbend National Bank",
    "Keystone Harvest Bank", "Liberty Oak Bank", "Golden Prairie Savings", "Bay Lantern Credit Union", "Great Basin Commerce Bank",
    "Fox Hollow Bank", "Maple Grove Federal Savings", "Stonebridge National Bank", "Cypress Point Bank", "Eagle Rock Credit Union",
    "Tidewater Mutual Bank", "Willow Creek Bank", "Aspen Ridge Savings", "Crescent City Trust", "Two Rivers Bank", "Juniper Federal Credit Union",
    "Heritage Plains Bank", "Clearbrook National Bank", "Wheatland Savings Bank", "Mission Hills Bank", "Ocean Pines Credit Union",
    "Thunder Bay Trust", "Hickory Hill Bank", "Palmetto Commerce Bank", "Blue Ridge Mutual", "Desert Bloom Credit Union",
    "Cascade Harbor Bank", "Wild Rose Savings", "Sandstone Bank & Trust", "Evergreen Peoples Bank", "Mesa Verde Federal Savings", "Northern Pike Bank",
)  # fmt: skip
AMERICAN_AREAS = ("212", "312", "415", "617", "713", "206", "303", "404", "602", "503")


def registry(country: str) -> list[dict[str, str]]:
    folder = files("schwifty") / "bank_registry"
    entries: list[dict[str, str]] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(f"_{country.lower()}.json"):
            entries += json.loads(file.read_text(encoding="utf-8"))
    return entries


def full_bic(country: str, code: str) -> str:
    """The BIC that schwifty finds for a bank code, as 11 characters."""
    bic = str(schwifty.BIC.from_bank_code(country, code))
    return bic + "XXX" * (len(bic) == 8)


def german() -> list[tuple[object, ...]]:
    entries: dict[str, list[dict[str, str]]] = {}
    for entry in registry("DE"):
        if entry["primary"] and entry["bic"] and not any(word in entry["name"] for word in SKIPPED):
            entries.setdefault(entry["bank_code"], []).append(entry)
    # Where the directory lists several banks under one code (after mergers), the BIC of the code is not certain.
    chosen = {
        code: found[0]
        for code, found in entries.items()
        if len(found) == 1
        and found[0]["checksum_algo"] in GERMAN_METHODS
        and schwifty.BIC.from_bank_code("DE", code) == found[0]["bic"]
    }
    group = {code: next(mark for mark, _ in GERMAN_GROUPS if mark in entry["name"]) for code, entry in chosen.items()}
    members = list(group.values())
    rows: list[tuple[object, ...]] = []
    for place, code in enumerate(sorted(chosen)):
        entry = chosen[code]
        area, block = GERMAN_FICTION[place % len(GERMAN_FICTION)]
        phone = f"+49 {area} {block}{place // len(GERMAN_FICTION):03d}"
        weight = round(dict(GERMAN_GROUPS)[group[code]] / members.count(group[code]), 4)
        rows.append(
            (
                code,
                entry["name"],
                entry["bic"],
                code,
                entry["checksum_algo"],
                phone,
                weight,
            )
        )
    return rows


def british() -> list[tuple[object, ...]]:
    return [
        (
            code,
            name,
            full_bic("GB", code),
            sort_code,
            "",
            f"+44 8081 570{place:03d}",
            weight,
        )
        for place, (code, name, sort_code, weight) in enumerate(BRITISH)
    ]


def french() -> list[tuple[object, ...]]:
    return [
        (code, name, full_bic("FR", code), f"{code}{(place * 37 + 101) % 90000 + 100:05d}", "rib",
         f"+33 1 99 00 {place // 100 + 10:02d} {place % 100:02d}", weight)
        for place, (code, name, weight) in enumerate(FRENCH)
    ]  # fmt: skip


def vietnamese() -> list[tuple[object, ...]]:
    return [
        (code, name, f"{bic}XXX", code, "", f"1900 00{place:02d}00", weight)
        for place, (code, name, bic, weight) in enumerate(VIETNAMESE)
    ]


def american() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for place, name in enumerate(AMERICAN):
        body = f"809{place * 811 + 10007:05d}"
        routing = body + str(-sum(int(digit) * factor for digit, factor in zip(body, (3, 7, 1) * 3, strict=False)) % 10)
        letters = "".join(letter for letter in name.upper() if letter.isalpha() and letter not in "AEIOU")[:3]
        bic = f"{letters}{chr(65 + place % 26)}US{place % 8 + 2}0XXX"
        phone = f"+1 {AMERICAN_AREAS[place % len(AMERICAN_AREAS)]}-555-01{place:02d}"
        weight = round(100 / (place + 6), 3)
        rows.append((routing, name, bic, routing, "", phone, weight))
    return rows


def main() -> None:
    schwifty = {
        "url": "https://github.com/mdomke/schwifty", "licence": "MIT", "date": "2026-10",
        "method": "data-build/banks.py: registry rows of retail banks; weights are estimates", "grade": "B",
    }  # fmt: skip
    write_table(
        DATA_DIR,
        "banks",
        "DE",
        COLUMNS,
        german(),
        source="schwifty 2026.10.1 bank registry (Deutsche Bundesbank)",
        **schwifty,
    )
    write_table(
        DATA_DIR,
        "banks",
        "GB",
        COLUMNS,
        british(),
        source="schwifty 2026.10.1 bank registry; published sort codes",
        **schwifty,
    )
    write_table(
        DATA_DIR,
        "banks",
        "FR",
        COLUMNS,
        french(),
        source="schwifty 2026.10.1 bank registry; invented branch codes",
        **schwifty,
    )
    write_table(
        DATA_DIR, "banks", "VN", COLUMNS, vietnamese(), source="NAPAS bank codes and BICs as published by the banks", licence="public domain facts",
        date="2024", method="data-build/banks.py: hand-entered; weights are estimates", grade="C",
    )  # fmt: skip
    write_table(
        DATA_DIR, "banks", "US", COLUMNS, american(), source="invented names; routing numbers in the traveller's cheque block 80", licence="CC0-1.0",
        url="https://en.wikipedia.org/wiki/ABA_routing_transit_number", date="2026-11", method="data-build/banks.py: invented", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
