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
#: channel, how the card was read, entry mode (1987) and point of service data code (1993), how the holder showed that it was she,
#: weight; what is key entered online was ordered by telephone
ENTRY_MODES = (
    ("pos", "contactless", "071", "510101500134", "none", 66), ("pos", "chip", "051", "510101513334", "pin", 30),
    ("pos", "swipe", "901", "510101254334", "signature", 3.5), ("pos", "key entered", "012", "510101654334", "signature", 0.5),
    ("online", "e-commerce", "812", "100050600010", "none", 60), ("online", "stored credential", "102", "100040600010", "none", 38),
    ("online", "key entered", "012", "100030600010", "none", 2),
    ("atm", "chip", "051", "511201513334", "pin", 97), ("atm", "swipe", "901", "511201213334", "pin", 3),
)  # fmt: skip
#: how the holder is verified, response code (1987), action code (1993), meaning, weight: of attempts after which she tried again
DECLINES = (
    ("pin", "55", "117", "incorrect PIN", 72), ("pin", "91", "907", "issuer or switch inoperative", 20), ("pin", "05", "100", "do not honour", 8),
    ("none", "05", "100", "do not honour", 75), ("none", "91", "907", "issuer or switch inoperative", 25),
    ("signature", "05", "100", "do not honour", 60), ("signature", "91", "907", "issuer or switch inoperative", 40),
    ("none", "14", "111", "invalid card number", 9), ("none", "54", "101", "expired card", 7), ("none", "51", "116", "insufficient funds", 12),
    ("signature", "51", "116", "insufficient funds", 8), ("pin", "51", "116", "insufficient funds", 6),
)  # fmt: skip
#: channel, what happens to how many of its payments
INCIDENTS = (
    ("pos", "partial", 0.0), ("online", "partial", 0.035), ("atm", "partial", 0.0),
    ("pos", "estimated", 0.9), ("online", "estimated", 0.0), ("atm", "estimated", 0.0),
    ("pos", "disputed", 0.0006), ("online", "disputed", 0.006), ("atm", "disputed", 0.0004),
    ("pos", "represented", 0.3), ("online", "represented", 0.4), ("atm", "represented", 0.2),
    ("pos", "won", 0.45), ("online", "won", 0.4), ("atm", "won", 0.3),
)  # fmt: skip
#: network and channel, reason code, the same in the four digits of field 25, meaning, weight. American Express and Discover give some
#: reasons letters; those here are the ones whose older four digits PayPal (Braintree) and TabaPay publish.
REASONS = (
    ("Mastercard", "online", "4837", "4837", "no cardholder authorization", 62), ("Mastercard", "online", "4853", "4853", "cardholder dispute", 38),
    ("Mastercard", "pos", "4834", "4834", "point-of-interaction error", 60), ("Mastercard", "pos", "4853", "4853", "cardholder dispute", 40),
    ("Mastercard", "atm", "4834", "4834", "point-of-interaction error", 1),
    ("Visa", "online", "10.4", "1004", "other fraud, card absent", 58), ("Visa", "online", "13.1", "1301", "merchandise or services not received", 23),
    ("Visa", "online", "13.3", "1303", "not as described or defective", 13), ("Visa", "online", "13.2", "1302", "cancelled recurring transaction", 6),
    ("Visa", "pos", "12.6", "1206", "duplicate processing or paid by other means", 50), ("Visa", "pos", "13.3", "1303", "not as described or defective", 35),
    ("Visa", "pos", "10.3", "1003", "other fraud, card present", 15), ("Visa", "atm", "13.9", "1309", "non-receipt of cash", 1),
    ("American Express", "online", "F29", "4540", "card not present", 60), ("American Express", "online", "C08", "4554", "goods or services not received", 28),
    ("American Express", "online", "C02", "4513", "credit not processed", 12), ("American Express", "pos", "C02", "4513", "credit not processed", 1),
    ("American Express", "atm", "C02", "4513", "credit not processed", 1),
    ("Discover", "online", "7030", "7030", "fraud, card not present", 56), ("Discover", "online", "4755", "4755", "non-receipt of goods or services", 27),
    ("Discover", "online", "4553", "4553", "quality of goods or services", 17), ("Discover", "pos", "4534", "4534", "duplicate processing", 60),
    ("Discover", "pos", "7010", "7010", "fraud, card present", 40), ("Discover", "atm", "4864", "4864", "non-receipt of cash", 1),
)  # fmt: skip
#: country -> what is checked, of payments that were approved or declined, code, meaning, weight. Only these countries' issuers compare
#: addresses; F is how those of the United Kingdom say that all of it fits.
CVV = (
    ("cvv", "approved", "M", "matches", 93), ("cvv", "approved", "P", "not processed", 4), ("cvv", "approved", "U", "issuer does not take part", 2),
    ("cvv", "approved", "N", "does not match", 1), ("cvv", "declined", "N", "does not match", 46), ("cvv", "declined", "M", "matches", 48),
    ("cvv", "declined", "P", "not processed", 6),
)  # fmt: skip
AVS = {
    country: tuple(
        ("avs", answer, full if code == "Y" else code, meaning, weight)
        for answer, weights in (("approved", (84, 5, 4, 2, 5)), ("declined", (42, 9, 8, 33, 8)))
        for (code, meaning), weight in zip(
            (("Y", "address and postal code match"), ("Z", "postal code matches"), ("A", "address matches"), ("N", "nothing matches"), ("U", "unavailable")),
            weights, strict=True,
        )
    )
    for country, full in (("US", "Y"), ("GB", "F"))
}  # fmt: skip


def main() -> None:
    estimate = "Codes: ISO 8583 as implementers publish it; how often they come: own estimate"
    write_table(
        DATA, "acquirers", None,
        ("country_code", "country_number", "alpha_3", "currency", "currency_number", "minor_units", "time_zone"),
        ACQUIRERS, source="ISO 3166-1, ISO 4217, IANA time zones", url="https://www.iso.org/iso-3166-country-codes.html",
        grade="B", **SAID,
    )  # fmt: skip
    write_table(
        DATA, "card_entry_modes", None, ("channel", "entry", "entry_mode", "point_of_service", "verified_by", "weight"), ENTRY_MODES,
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
        DATA, "chargeback_reasons", None, ("network", "channel", "reason", "code", "meaning", "weight"), REASONS,
        source="Reason codes of Visa, Mastercard, American Express and Discover as PayPal (Braintree), Yuno, Antom and TabaPay publish them;"
        " how often they come: own estimate", url="https://developer.paypal.com/braintree/articles/risk-and-security/chargebacks-retrievals/chargeback-reason-codes",
        grade="E", **SAID,
    )  # fmt: skip
    for country in (row[0] for row in ACQUIRERS):
        write_table(
            DATA, "card_checks", country, ("check", "answer", "code", "meaning", "weight"), (*AVS.get(country, ()), *CVV),
            source="Codes as PayPal publishes them, and where addresses are compared, as Airwallex does; how often they come: own estimate",
            url="https://developer.paypal.com/api/nvp-soap/AVSResponseCodes", grade="E", **SAID,
        )  # fmt: skip


if __name__ == "__main__":
    main()
