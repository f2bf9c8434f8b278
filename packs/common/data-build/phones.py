"""phone_plans_<CC>.csv: how telephone numbers are written, and which of them are safe to print.

requires: phonenumbers==9.0.43 (which checks every pattern), and the place tables

A pattern holds `A` for the area code, `#` for any digit and `N` for 2 to 9. `area_code` is an area code, `*3` for those of
three digits that have no row of their own, or empty where the kind of number has none.

    reserved     the regulator keeps the block for films and books: NANP 555-0100 to 0199; Ofcom, numbers for drama;
                 ARCEP, decision 2009-0147; Bundesnetzagentur, Mitteilung 148/2021
    unassigned   no block is reserved, but the local part begins with a digit (0, or 1) that no subscriber's number begins
                 with, since 0 is the trunk prefix and 1 leads to short codes; Viet Nam: mobile prefixes of no operator
    formal       nothing is known to be unused: the number has the form of the country's numbers and may be someone's
"""

from __future__ import annotations

import csv
from pathlib import Path

import phonenumbers

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
COLUMNS = ("identifiers", "kind", "area_code", "international", "national", "status", "weight")
Row = tuple[str, str, str, str, str, str, float]
DRAMA_GB = {
    "113": "496 0###", "114": "496 0###", "115": "496 0###", "116": "496 0###", "117": "496 0###", "118": "496 0###",
    "121": "496 0###", "131": "496 0###", "141": "496 0###", "151": "496 0###", "161": "496 0###", "191": "498 0###",
    "20": "7946 0###", "28": "9649 6###", "29": "2018 0###",
}  # fmt: skip
DRAMA_DE = {"30": "23125###", "40": "66969###", "69": "90009###", "89": "99998###", "221": "4710###"}
DRAMA_DE_MOBILE = [
    ("171", "39200##", 100.0), ("176", "040690##", 100.0), ("152", "28817386", 1.0), ("152", "28895456", 1.0),
    ("152", "54599371", 1.0), ("172", "9925904", 1.0), ("172", "9968532", 1.0), ("172", "9973185", 1.0), ("172", "9973186", 1.0),
    ("172", "9980752", 1.0), ("174", "9091317", 1.0), ("174", "9464308", 1.0),
]  # fmt: skip
# Reserved blocks that libphonenumber does not count as valid, since nobody can have such a number.
UNKNOWN_BLOCKS = ("+44 7700 900", "+44 115 496 0", "+33 6 39 98")
DRAMA_FR = {"1": "99 00 ## ##", "2": "61 91 ## ##", "3": "53 01 ## ##", "4": "65 71 ## ##", "5": "36 49 ## ##"}


def area_codes(country: str) -> list[str]:
    with open(DATA / f"places_{country}.csv", encoding="utf-8", newline="") as file:
        return sorted({row["area_code"] for row in csv.DictReader(file)})


def landline(mode: str, area: str, local: str, calling: str, status: str, trunk: str = "0{} {}") -> Row:
    return (mode, "landline", area, f"+{calling} A {local}", trunk.format("A", local), status, 1.0)


def mobile(mode: str, number: str, calling: str, status: str, weight: float = 1.0, trunk: str = "0") -> Row:
    return (mode, "mobile", "", f"+{calling} {number}", f"{trunk}{number}", status, weight)


def plans() -> dict[str, list[Row]]:
    us = [
        (mode, kind, "*3", f"+1 A-{local}", f"(A) {local}", status, 1.0)
        for mode, local, status in (("safe", "555-01##", "reserved"), ("valid", "2N#-####", "formal"))
        for kind in ("landline", "mobile")
    ]
    gb = [landline("safe", area, local, "44", "reserved") for area, local in DRAMA_GB.items()]
    gb += [landline("safe", "*2", "0### ####", "44", "unassigned"), landline("safe", "*4", "0#####", "44", "unassigned")]
    gb += [landline("valid", "*3", "2## ####", "44", "formal"), landline("valid", "*4", "N#####", "44", "formal")]
    gb += [landline("valid", area, local, "44", "formal") for area, local in
           (("20", "7### ####"), ("23", "80## ####"), ("24", "76## ####"), ("28", "90## ####"), ("29", "20## ####"))]  # fmt: skip
    gb += [mobile("safe", "7700 900###", "44", "reserved"), mobile("valid", "740# ######", "44", "formal")]
    de = [landline("safe", area, local, "49", "reserved") for area, local in DRAMA_DE.items()]
    for length, digits in ((2, 8), (3, 7), (4, 6), (5, 5)):
        if length > 2:
            de.append(landline("safe", f"*{length}", "0" + "#" * (digits - 1), "49", "unassigned"))
        de.append(landline("valid", f"*{length}", "N" + "#" * (digits - 1), "49", "formal"))
    de += [mobile("safe", f"{prefix} {number}", "49", "reserved", weight) for prefix, number, weight in DRAMA_DE_MOBILE]
    de += [mobile("valid", "151 ########", "49", "formal"), mobile("valid", "17# #######", "49", "formal")]
    fr = [landline("safe", area, local, "33", "reserved", "0{} {}") for area, local in DRAMA_FR.items()]
    fr += [landline("valid", "*1", "4# ## ## ##", "33", "formal"), mobile("safe", "6 39 98 ## ##", "33", "reserved"),
           mobile("valid", "6 1# ## ## ##", "33", "formal")]  # fmt: skip
    es = [
        landline(mode, area, local, "34", status, "{} {}")
        for mode, first, status in (("safe", "0", "unassigned"), ("valid", "2", "formal"))
        for area, local in (("*2", f"{first}## ## ##"), ("*3", f"{first}## ###"))
    ]
    es += [mobile(mode, "6## ### ###", "34", "formal", trunk="") for mode in ("safe", "valid")]
    br: list[Row] = []
    for mode in ("safe", "valid"):
        br.append((mode, "landline", "*2", "+55 A 3###-####", "(A) 3###-####", "formal", 1.0))
        br.append((mode, "mobile", "*2", "+55 A 9N###-####", "(A) 9N###-####", "formal", 1.0))
    india = []
    for mode in ("safe", "valid"):
        india += [landline(mode, area, local, "91", "formal") for area, local in
                  (("*2", "2### ####"), ("*3", "2## ####"), ("*4", "2#####"))]  # fmt: skip
        india.append(mobile(mode, "98### #####", "91", "formal"))
    vn = [landline("safe", area, local, "84", status) for area, local, status in
          (("*3", "0### ###", "unassigned"), ("24", "2### ####", "formal"), ("28", "2### ####", "formal"))]  # fmt: skip
    vn += [landline("valid", area, local, "84", "formal") for area, local in
           (("*3", "3### ###"), ("24", "3### ####"), ("28", "3### ####"))]  # fmt: skip
    vn += [mobile("safe", "30# ### ###", "84", "unassigned"), mobile("safe", "31# ### ###", "84", "unassigned"),
           mobile("valid", "98# ### ###", "84", "formal"), mobile("valid", "90# ### ###", "84", "formal")]  # fmt: skip
    return {"US": us, "CA": us, "GB": gb, "DE": de, "FR": fr, "ES": es, "BR": br, "IN": india, "VN": vn, "JP": japan()}


def japan() -> list[Row]:
    """One row per area code, since the digits that libphonenumber lets follow differ; 0 or 1 where it accepts them."""
    rows = []
    for area in area_codes("JP"):
        left = 9 - len(area) - 4
        for mode in ("safe", "valid"):
            firsts = "015" if mode == "safe" else "52346"
            first = next(digit for digit in firsts if all(valid("+81" + area + digit + rest, "JP") for rest in tails(8 - len(area))))
            local = f"{first}{'#' * (left - 1)}-####" if left else f"{first}###"
            status = "unassigned" if first in "01" else "formal"
            rows.append((mode, "landline", area, f"+81 A-{local}", f"0A-{local}", status, 1.0))
    for mode in ("safe", "valid"):
        rows.append(mobile(mode, "90-N###-####", "81", "formal"))
    return rows


def tails(length: int) -> list[str]:
    return [(digit * length)[:length] for digit in "0123456789"] + ["1234567890"[:length], "9876543210"[:length]]


def valid(number: str, country: str, kind: str = "landline") -> bool:
    types = phonenumbers.PhoneNumberType
    kinds = {types.FIXED_LINE_OR_MOBILE, types.FIXED_LINE if kind == "landline" else types.MOBILE}
    parsed = phonenumbers.parse(number)
    return phonenumbers.is_valid_number_for_region(parsed, country) and phonenumbers.number_type(parsed) in kinds


def confirm(country: str, rows: list[Row]) -> None:
    """Every pattern makes valid numbers for every area code; the blocks that libphonenumber leaves out are the exception."""
    codes = area_codes(country)
    exact = {(row[0], row[1], row[2]) for row in rows}
    for mode, kind, area, pattern, *_ in rows:
        wanted = codes if area.startswith("*") else [area]
        for code in wanted:
            if area.startswith("*") and (len(code) != int(area[1:]) or (mode, kind, code) in exact):
                continue
            for digit in "0123456789":
                number = pattern.replace("A", code).replace("#", digit).replace("N", digit if digit in "23456789" else "2")
                if not any(block in number for block in UNKNOWN_BLOCKS) and not valid(number, country, kind):
                    raise ValueError(f"{country}: {number} ({mode}, {kind}, {area}) is not valid")
    for mode in ("safe", "valid"):
        for code in codes:
            if not {(mode, "landline", code), (mode, "landline", f"*{len(code)}")} & exact:
                raise ValueError(f"{country}: no {mode} landline for {code}")


def main() -> None:
    for country, rows in plans().items():
        confirm(country, rows)
        write_table(
            DATA, "phone_plans", country, COLUMNS, rows,
            source="numbering plans of the regulators (NANPA, Ofcom, ARCEP, Bundesnetzagentur, MIC, TRAI, ANATEL, CNMC, MIC "
            "Viet Nam); libphonenumber 9.0.43 as check",
            licence="public facts",
            date="2026-11",
            method="data-build/phones.py: hand-entered patterns; status says reserved, unassigned or formal",
            grade="B" if country in ("US", "GB", "DE", "FR") else "C",
        )  # fmt: skip
        print(country, len(rows))


if __name__ == "__main__":
    main()
