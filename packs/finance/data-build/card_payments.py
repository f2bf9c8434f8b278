"""What goes over the networks when a card is used: countries of acquirers, how cards are read, answers, incidents and disputes.

Codes were looked up in November 2026: countries and currencies in ISO 3166 and ISO 4217 (compared with pycountry by a test); the
entry modes, response codes (1987) and action and function codes (1993) of ISO 8583 as implementers publish them, Mastercard's
and Visa's reason codes of disputes likewise; the twelve signs of the point of service (1993, field 22) by the pages of Thredd
(docs.thredd.com, POS_Data_DE22) and Decta (dapidocs.decta.com, POS data code). How often each of them comes is published by nobody in this detail: estimates.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_finance" / "data"
SAID = {"licence": "CC0-1.0", "date": "2026-11", "method": "data-build/card_payments.py: hand-entered"}
ISO_8583 = "https://www.iso.org/standard/31628.html"
#: country -> number and three letters (ISO 3166-1), currency and its number and decimals (ISO 4217), zone of the city of merchants
ACQUIRERS = (
    ("US", "840", "USA", "USD", "840", 2, "America/New_York"), ("DE", "276", "DEU", "EUR", "978", 2, "Europe/Berlin"),
    ("GB", "826", "GBR", "GBP", "826", 2, "Europe/London"), ("FR", "250", "FRA", "EUR", "978", 2, "Europe/Paris"),
    ("VN", "704", "VNM", "VND", "704", 0, "Asia/Ho_Chi_Minh"),
)  # fmt: skip
#: channel, entry mode (1987) and point of service data code (1993), how the holder showed that it was she, weight
ENTRY_MODES = (
    ("pos", "071", "510101500134", "none", 66), ("pos", "051", "510101513334", "pin", 30), ("pos", "901", "510101254334", "signature", 4),
    ("online", "812", "100050600010", "none", 62), ("online", "102", "100040600010", "none", 38),
    ("atm", "051", "511201513334", "pin", 97), ("atm", "901", "511201213334", "pin", 3),
)  # fmt: skip
#: how the holder is verified, response code (1987), action code (1993), meaning, weight: of attempts after which she tried again
DECLINES = (
    ("pin", "55", "117", "incorrect PIN", 72), ("pin", "91", "907", "issuer or switch inoperative", 20), ("pin", "05", "100", "do not honour", 8),
    ("none", "05", "100", "do not honour", 75), ("none", "91", "907", "issuer or switch inoperative", 25),
    ("signature", "05", "100", "do not honour", 60), ("signature", "91", "907", "issuer or switch inoperative", 40),
)  # fmt: skip
#: channel, what happens to how many of its payments
INCIDENTS = (
    ("pos", "declined", 0.024), ("online", "declined", 0.055), ("atm", "declined", 0.03),
    ("pos", "reversed", 0.006), ("online", "reversed", 0.004), ("atm", "reversed", 0.008),
    ("pos", "partial", 0.0), ("online", "partial", 0.035), ("atm", "partial", 0.0),
    ("pos", "estimated", 0.9), ("online", "estimated", 0.0), ("atm", "estimated", 0.0),
    ("pos", "disputed", 0.0006), ("online", "disputed", 0.006), ("atm", "disputed", 0.0004),
    ("pos", "represented", 0.3), ("online", "represented", 0.4), ("atm", "represented", 0.2),
)  # fmt: skip
#: network and channel, reason code, meaning, weight
REASONS = (
    ("Mastercard", "online", "4837", "no cardholder authorization", 62), ("Mastercard", "online", "4853", "cardholder dispute", 38),
    ("Mastercard", "pos", "4834", "point-of-interaction error", 60), ("Mastercard", "pos", "4853", "cardholder dispute", 40),
    ("Mastercard", "atm", "4834", "point-of-interaction error", 1),
    ("Visa", "online", "10.4", "other fraud, card absent", 58), ("Visa", "online", "13.1", "merchandise or services not received", 27),
    ("Visa", "online", "13.3", "not as described or defective", 15),
    ("Visa", "pos", "12.6", "duplicate processing or paid by other means", 60), ("Visa", "pos", "13.3", "not as described or defective", 40),
    ("Visa", "atm", "12.6", "duplicate processing or paid by other means", 1),
)  # fmt: skip


def main() -> None:
    estimate = "Codes: ISO 8583 as implementers publish it; how often they come: own estimate"
    write_table(
        DATA, "acquirers", None,
        ("country_code", "country_number", "alpha_3", "currency", "currency_number", "minor_units", "time_zone"),
        ACQUIRERS, source="ISO 3166-1, ISO 4217, IANA time zones", url="https://www.iso.org/iso-3166-country-codes.html",
        grade="B", **SAID,
    )  # fmt: skip
    write_table(
        DATA, "card_entry_modes", None, ("channel", "entry_mode", "point_of_service", "verified_by", "weight"), ENTRY_MODES,
        source=estimate, url=ISO_8583, grade="E", **SAID,
    )  # fmt: skip
    write_table(
        DATA, "card_declines", None, ("verified_by", "response_code", "action_code", "meaning", "weight"), DECLINES,
        source=estimate, url=ISO_8583, grade="E", **SAID,
    )  # fmt: skip
    write_table(
        DATA, "card_incidents", None, ("channel", "incident", "share"), INCIDENTS, source="datamimic estimate", grade="E", **SAID
    )  # fmt: skip
    write_table(
        DATA, "chargeback_reasons", None, ("network", "channel", "reason", "meaning", "weight"), REASONS,
        source="Reason codes of Mastercard and Visa as they are published; how often they come: own estimate", grade="E", **SAID,
    )  # fmt: skip


if __name__ == "__main__":
    main()
