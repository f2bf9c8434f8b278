"""Card networks with the prefixes that cards are made with, published test numbers, credit limits, utilisation, terms and
interest of cards.

Needs nothing but the standard library and datamimic-core. Every prefix below is that of a card number which a payment
processor publishes for testing; no prefix is taken from an issuer's list. A prefix is not reserved by that: issuers may use it.

US credit networks: number of cards is the share of purchase volume in Nilson 1233 (Visa 52.2, Mastercard 24.1, Amex 19.8,
Discover 3.9 %, anchor `card_us`) divided by `limit_factor`, the network's mean payment relative to Visa's (anchor
`pay_us_amt`: 91, 94, 150, 58 $), so that volume on the cards follows the published shares. Debit to credit: payments by
number in the US (30:32, anchor `pay_us`), holders in Germany (97:52 %, anchor `pay_de`).
"""

from __future__ import annotations

from quantiles import COUNTRIES, DATA_DIR, PRICE_LEVEL, lognormal, quantile_rows

from datamimic.tables.build import write_table

#: network -> (prefixes, length, CVV digits, limit factor)
NETWORKS = {
    "Visa": (("411111", "424242", "401288", "400005"), 16, 3, 1.0), "Mastercard": (("555555", "510510", "520082", "222300"), 16, 3, 94 / 91),
    "American Express": (("378282", "371449", "378734"), 15, 4, 150 / 91), "Discover": (("601111", "601100"), 16, 3, 58 / 91),
    "JCB": (("356600", "353011"), 16, 3, 1.0), "NAPAS": (("970400",), 16, 3, 1.0),
}  # fmt: skip
PAYPAL = "https://developer.paypal.com/api/nvp-soap/payflow/integration-guide/test-transactions/"
STRIPE = "https://docs.stripe.com/testing"
MOMO = "https://developers.momo.vn/v3/docs/payment/onboarding/test-instructions/"
ADYEN = "https://docs.adyen.com/development-resources/test-cards-and-credentials/test-card-numbers"
ADYEN_POS = "https://docs.adyen.com/point-of-sale/testing-pos-payments/test-card-v2"
TABAPAY = "https://developers.tabapay.com/docs/sandbox-test-cards"
BRAINTREE = "https://rubydoc.info/gems/braintree/2.49.0/Braintree/Test/CreditCardNumbers"
NMI = "https://docs.nmi.com/docs/integration-guide-test-and-deploy"
MIFINITY = "https://mifinity.readme.io/docs/test-cards"
MASTERCARD = "https://developer.mastercard.com/mastercard-gateway/documentation/testing/test-cards/test-card-numbers/test-card-numbers-country/"
MASTERCARD_SEND = "https://developer.mastercard.com/mastercard-send/documentation/implementation/sandbox-test-cards/"
MASTERCARD_GIVE = "https://developer.mastercard.com/donations/tutorial/how-to-access-sandbox-environment/test_cards/"
#: who publishes numbers for testing, and of which network (looked up in November 2026; those of Adyen that its page was not
#: at hand for in Adyen's own repositories adyen-ios and adyen-examples/adyen-testcards-extension)
PUBLISHED = (
    (PAYPAL, "Visa", ("4111111111111111",)), (STRIPE, "Visa", ("4242424242424242",)), (PAYPAL, "Visa", ("4012888888881881",)),
    (STRIPE, "Visa", ("4000056655665556",)), (PAYPAL, "Mastercard", ("5555555555554444", "5105105105105100")),
    (STRIPE, "Mastercard", ("5200828282828210", "2223003122003222")),
    (PAYPAL, "American Express", ("378282246310005", "371449635398431", "378734493671000")),
    (PAYPAL, "Discover", ("6011111111111117", "6011000990139424")), (PAYPAL, "JCB", ("3566002020360505", "3530111333300000")),
    (MOMO, "NAPAS", ("9704000000000018",)),
    (ADYEN, "Visa", (
        "4988438843884305", "4166676667666746", "4646464646464644", "4444333322221111", "4400000000000008", "4977949494949497",
        "4917610000000000", "4035501000000008", "4360000001000005", "4871049999999910", "4001020000000009",
    )),
    (ADYEN_POS, "Visa", ("4151500000000008",)), (NMI, "Visa", ("4100000000000100",)), (MASTERCARD, "Visa", ("4005550000000019",)),
    (TABAPAY, "Visa", ("4005519200000004", "4012000077777777", "4000000760000002", "4500600000000061", "4217651111111119")),
    (BRAINTREE, "Visa", ("4009348888881881", "4000111111111115")),
    (MIFINITY, "Visa", ("4908121569020026", "4670125339732535", "4929824331198286")),
    (ADYEN, "Mastercard", (
        "2222400070000005", "5555341244441115", "5577000055770004", "5555444433331111", "2222410740360010", "2223520443560010",
        "5100060000000002", "5103221911199245", "5100081112223332", "5100290029002909", "5136333333333335", "5585558555855583",
        "5500000000000004", "5424000000000015",
    )),
    (ADYEN_POS, "Mastercard", ("5413330089099999", "5520330000000001", "2308880000000000")),
    (MASTERCARD_SEND, "Mastercard", ("5102589999999913", "5107559999999903")), (MASTERCARD, "Mastercard", ("5123450000000008",)),
    (MASTERCARD_GIVE, "Mastercard", ("5149612222222229",)), (NMI, "Mastercard", ("5431111111111111", "5100000000000107")),
    (TABAPAY, "Mastercard", ("5403879999999997",)),
)  # fmt: skip
#: prefix -> the number that is published for testing, who publishes it, and its network
TEST_CARDS = {number[:6]: (number, publisher, network) for publisher, network, numbers in PUBLISHED for number in numbers}
#: volume share of credit cards and share of debit cards by network, %
CREDIT = {
    "US": {"Visa": 52.2, "Mastercard": 24.1, "American Express": 19.8, "Discover": 3.9}, "DE": {"Visa": 47, "Mastercard": 48, "American Express": 5},
    "GB": {"Visa": 45, "Mastercard": 49, "American Express": 6}, "FR": {"Visa": 52, "Mastercard": 45, "American Express": 3},
    "VN": {"Visa": 50, "Mastercard": 32, "JCB": 15, "American Express": 3},
}  # fmt: skip
DEBIT = {"US": {"Visa": 70, "Mastercard": 30}, "DE": {"Visa": 50, "Mastercard": 50}, "GB": {"Visa": 74, "Mastercard": 26},
         "FR": {"Visa": 54, "Mastercard": 46}, "VN": {"NAPAS": 72, "Visa": 20, "Mastercard": 8}}  # fmt: skip
DEBIT_SHARE = {"US": 30 / 62, "DE": 97 / 149, "GB": 0.62, "FR": 0.82, "VN": 0.88}
#: tier -> (weight, median limit and sigma in USD of spending, yearly interest US %)
TIERS = {"classic": (70, 4200.0, 0.65, 23.5), "gold": (21, 10500.0, 0.5, 20.5), "platinum": (9, 21000.0, 0.45, 18.5)}
#: country -> type of card, the second network on it, whether that carries payments online, weight; a card without one has the first
#: alone. France: finding of the audit and Groupement des Cartes Bancaires, some 95 %; Germany: girocards among debit cards, estimated
SCHEMES = {
    "US": (("debit", "", "no", 1), ("credit", "", "no", 1)), "GB": (("debit", "", "no", 1), ("credit", "", "no", 1)),
    "VN": (("debit", "", "no", 1), ("credit", "", "no", 1)),
    "DE": (("debit", "girocard", "no", 80), ("debit", "", "no", 20), ("credit", "", "no", 1)),
    "FR": (("debit", "Cartes Bancaires", "yes", 95), ("debit", "", "no", 5), ("credit", "Cartes Bancaires", "yes", 95), ("credit", "", "no", 5)),
}  # fmt: skip
#: who pays bills in full, in part, or the least (weights); days until they are paid; the least in per cent (with interest) and in money
BILLING = {
    "US": ((34, 48, 18), 23, 1.0, 35), "GB": ((62, 26, 12), 23, 1.0, 25), "DE": ((85, 11, 4), 10, 3.0, 30),
    "FR": ((88, 9, 3), 5, 3.0, 15), "VN": ((55, 30, 15), 15, 5.0, 100_000),
}  # fmt: skip
#: country -> bills in per cent that those who pay in full, in part, or the least pay late; the fee, and what it is when one was paid late
#: within six bills before. US: $11 of late fees a year of accounts with the best scores and $138 of those with the worst, $26 to $34
#: each (CFPB, Credit card late fees, March 2022), so 3 to 35 per cent of bills; $30 and $41 (12 CFR 1026.52(b)(1)(ii), in 2022).
#: GB: 9 per cent of all payments (MoneyExpert, 2007), 12 pounds (OFT842, 2006). Others: estimates
LATE = {
    "US": ((3.5, 8, 20), 30, 41), "GB": ((5, 13, 20), 12, 12), "DE": ((2, 6, 12), 5, 5), "FR": ((2, 6, 12), 8, 8),
    "VN": ((4, 10, 20), 100_000, 100_000),
}  # fmt: skip
INTEREST = {"US": 1.0, "DE": 0.75, "GB": 1.05, "FR": 0.8, "VN": 1.3}


def main() -> None:
    estimate = {"licence": "CC0-1.0", "date": "2026-11"}
    for country in COUNTRIES:
        rows: list[tuple[object, ...]] = []
        for kind, shares in (("credit", CREDIT[country]), ("debit", DEBIT[country])):
            factors = {network: NETWORKS[network][3] if kind == "credit" else 1.0 for network in shares}
            total = sum(share / factors[network] for network, share in shares.items())
            part = DEBIT_SHARE[country] if kind == "debit" else 1 - DEBIT_SHARE[country]
            for network, share in shares.items():
                prefixes, length, digits, _ = NETWORKS[network]
                weight = round(1000 * part * share / factors[network] / total / len(prefixes), 4)
                rows += [
                    (kind, network, prefix, length, digits, round(factors[network], 4), weight) for prefix in prefixes
                ]
        write_table(
            DATA_DIR, "card_networks", country, ["card_type", "network", "iin", "length", "cvv_length", "limit_factor", "weight"], rows,
            source="Nilson 1233 (US), Bundesbank 2023 (DE debit share), otherwise estimates; prefixes of published test card numbers",
            method="data-build/cards.py", grade="B" if country == "US" else "E", **estimate,
        )  # fmt: skip
        level = PRICE_LEVEL[country]
        write_table(
            DATA_DIR, "card_tiers", country, ["tier", "interest_rate", "weight"],
            [(tier, f"{rate * INTEREST[country]:.2f}", weight) for tier, (weight, _, _, rate) in TIERS.items()],
            source="datamimic estimate", method="data-build/cards.py", grade="E", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "card_limits", country, ["tier", "probability", "value"],
            [row for tier, (_, median, sigma, _) in TIERS.items() for row in quantile_rows([tier], lognormal(median * level, sigma), country)],
            source="datamimic estimate", method="data-build/cards.py: log-normal, rounded when drawn", grade="E", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "card_schemes", country, ["card_type", "scheme", "online", "weight"], SCHEMES[country],
            source="datamimic estimate; France: about 95 % of cards are of Cartes Bancaires", method="data-build/cards.py: hand-entered",
            grade="E", **estimate,
        )  # fmt: skip
        payers, days, percent, least = BILLING[country]
        lates, *fees = LATE[country]
        write_table(
            DATA_DIR, "card_billing", country, ["payer", "days_to_pay", "least_percent", "least", "late_percent", "late_fee", "repeated_fee", "weight"],
            [(payer, days, percent, least, late, *fees, weight)
             for payer, late, weight in zip(("full", "partial", "minimum"), lates, payers, strict=True)],
            source="Transactors and revolvers: CFPB data point of 2024 (US; those in transition shared out), UK Cards Association 2011 (GB),"
            " otherwise estimates; days and least payments as issuers publish them (12 CFR 1026.5(b)(2)(ii): 21 days or more); late payments"
            " and fees: CFPB, Credit card late fees, 2022, and 12 CFR 1026.52 (US), MoneyExpert 2007 and OFT842 2006 (GB), else estimates",
            method="data-build/cards.py: hand-entered", grade="E", **estimate,
        )  # fmt: skip
    write_table(
        DATA_DIR, "test_cards", None, ["iin", "card_number", "published_by"],
        [(iin, number, publisher) for iin, (number, publisher, _) in TEST_CARDS.items()],
        source="test card numbers as PayPal (Payflow), Stripe, MoMo, Adyen, TabaPay, Braintree, NMI, MiFinity and Mastercard publish"
        " them", url=PAYPAL,
        method="data-build/cards.py", grade="A", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "card_paces", None, ["per_month", "weight"], [(1, 14), (3, 26), (6, 30), (11, 20), (20, 10)],
        source="datamimic estimate", method="data-build/cards.py: payments a month with a credit card", grade="E", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "card_terms", None, ["years", "weight"], [(3, 30), (4, 35), (5, 35)],
        source="datamimic estimate", method="data-build/cards.py", grade="E", **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
