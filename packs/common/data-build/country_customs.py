"""country_customs.csv, second_names.csv and marriage_ages.csv: customs of names, and from which age people may be married.

The row `*` stands for all other countries.

second_given_name    share of people with a second given name
second_family_name   share of people who bear the family names of both parents
foreign_names        how names from abroad are written: kept, or plain, without their marks
birthright           yes where the law makes everybody a national who is born there
umlauts              how ä, ö, ü are written in addresses: spelt_out (ae, oe, ue) or dropped (a, o, u)
women, men           youngest age of married people by law, with the consent or the leave of a court that the law asks for
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
COLUMNS = ("country_code", "umlauts", "foreign_names", "birthright")
SECOND = ("country_code", "second_given_name", "second_family_name")
CUSTOMS = (
    ("AT", 0.0, 0.0, "spelt_out", "kept", "no"),
    ("BR", 0.0, 0.62, "dropped", "kept", "yes"),
    ("CA", 0.75, 0.0, "dropped", "plain", "yes"),
    ("CH", 0.0, 0.0, "spelt_out", "kept", "no"),
    ("DE", 0.0, 0.0, "spelt_out", "kept", "no"),
    ("ES", 0.0, 1.0, "dropped", "kept", "no"),
    ("GB", 0.7, 0.0, "dropped", "plain", "no"),
    ("IN", 0.0, 0.0, "dropped", "plain", "no"),
    ("JP", 0.0, 0.0, "dropped", "plain", "no"),
    ("MX", 0.0, 1.0, "dropped", "kept", "no"),
    ("US", 0.8, 0.0, "dropped", "plain", "yes"),
    ("VN", 0.0, 0.0, "dropped", "plain", "no"),
    ("*", 0.0, 0.0, "dropped", "kept", "no"),
)
AGES = (
    ("AT", 16, 16),  # § 1 EheG, 16 with the leave of a court: pinsdorf.at/Eheschliessung_5
    ("BR", 16, 16),  # art. 1.517 and 1.520 Código Civil, Lei 13.811/2019: law.cornell.edu/women-and-justice
    ("CA", 16, 16),  # section 2.2 Civil Marriage Act: fr.wikipedia.org/wiki/Majorité_matrimoniale
    ("CH", 18, 18),  # art. 94 ZGB: haufe.de, Schweiz: Ehefähigkeit
    ("DE", 18, 18),  # § 1303 BGB: haufe.de, Ehemündigkeit
    ("ES", 16, 16),  # since 2015 18, 16 with the leave of a court: time.com/3970710
    ("GB", 18, 18),  # Marriage and Civil Partnership (Minimum Age) Act 2022, of England and Wales: trinitychambers.com
    ("IN", 18, 21),  # Prohibition of Child Marriage Act 2006: rscpcr.rajasthan.gov.in
    ("US", 16, 16),  # by state 15 to 18 or none, en.wikipedia.org/wiki/Marriage_age_in_the_United_States: an estimate between
    ("VN", 18, 20),  # article 8, Law on Marriage and Family 2014: hoptacquocte.moj.gov.vn
    ("*", 18, 18),  # an estimate
)


def main() -> None:
    write_table(
        DATA,
        "country_customs",
        None,
        COLUMNS,
        [(country, *customs) for country, _, _, *customs in CUSTOMS],
        source="Spelling in addresses of mail and of foreign names: rules of this project after custom; nationality by birth: "
        "Constitution of Brazil, art. 12; Citizenship Act (Canada), s. 3; 14th Amendment (US)",
        licence="facts (laws); MIT (this project)",
        date="2026-11",
        method="data-build/country_customs.py: hand-entered; no figure",
        grade="D",
    )
    write_table(
        DATA,
        "second_names",
        None,
        SECOND,
        [row[:3] for row in CUSTOMS],
        source="Own estimates; Spain: Ley 20/2011, art. 49, two family names",
        licence="MIT (this project)",
        date="2026-11",
        method="data-build/country_customs.py: hand-entered",
        grade="E",
    )
    write_table(
        DATA,
        "marriage_ages",
        None,
        ("country_code", "women", "men"),
        AGES,
        source="Marriage laws, by the pages that the script names; the United States and all other countries: estimates",
        licence="facts",
        date="2026-11",
        method="data-build/country_customs.py: hand-entered from these pages",
        grade="C",
    )


if __name__ == "__main__":
    main()
