"""What happens on an account: kinds of transactions, how often by customer, at which hour and weekday, and amounts without a merchant.

Needs nothing but the standard library and datamimic-core. The US mix follows the Fed Diary of Consumer Payment Choice 2023
as far as an account sees it (debit 30 : other 22 by number, anchor `pay_us`; cash purchases appear as withdrawals only);
Germany's larger share of withdrawals follows the Bundesbank's 51 % of purchases in cash (anchor `pay_de`).
"""

from __future__ import annotations

from quantiles import COUNTRIES, DATA_DIR, PRICE_LEVEL, lognormal, money, quantile_rows

from datamimic.tables.build import write_table

#: kind -> (direction, channel, rhythm, whose name stands in it). The order is the code of the kind, everywhere.
KINDS = {
    "card_pos": ("debit", "pos", "free", "merchant"), "card_online": ("debit", "online", "free", "merchant"),
    "card_foreign": ("debit", "online", "free", "foreign"), "atm": ("debit", "atm", "free", "bank"),
    "transfer_out": ("debit", "mobile_app", "free", "payee"), "transfer_in": ("credit", "mobile_app", "free", "payee"),
    "bill": ("debit", "direct_debit", "free", "bill"), "refund": ("credit", "online", "free", "merchant"), "cash_deposit": ("credit", "branch", "free", "bank"),
    "savings_in": ("credit", "mobile_app", "free", "savings"), "savings_out": ("debit", "mobile_app", "free", "savings"),
    "income": ("credit", "batch", "monthly", "employer"), "rent": ("debit", "standing_order", "monthly", "landlord"),
    "savings_plan": ("debit", "standing_order", "monthly", "savings"), "fee": ("debit", "batch", "monthly", "bank"), "interest": ("credit", "batch", "monthly", "bank"),
    "card_abroad": ("debit", "pos", "free", "foreign"), "atm_abroad": ("debit", "atm", "free", "abroad"),
    "card_bill": ("debit", "batch", "monthly", "bank"), "loan_payment": ("debit", "direct_debit", "monthly", "bank"),
    "due_collected": ("debit", "direct_debit", "due", "creditor"), "due_sent": ("debit", "mobile_app", "due", "creditor"), "due_received": ("credit", "batch", "due", "creditor"),
}  # fmt: skip
LABELS = {
    "US": ("Card Payment", "Online Card Payment", "International Card Payment", "Cash Withdrawal", "Transfer Out", "Transfer In", "Direct Debit", "Refund", "Cash Deposit", "Transfer In", "Transfer Out", "Salary", "Rent", "Savings Plan", "Account Fee", "Interest", "International Card Payment", "Cash Withdrawal", "Card Bill", "Loan Payment", "Direct Debit", "Transfer Out", "Transfer In"),
}  # fmt: skip
TEXTS = {
    "US": "POS purchase|Online purchase|International purchase|ATM withdrawal|Transfer to|Transfer from|Bill payment|Refund|Cash deposit|Transfer from|Transfer to|Direct deposit|Rent|Automatic savings to|Monthly maintenance fee|Interest paid|Purchase abroad|ATM withdrawal abroad|Credit card payment to|Loan payment to|Bill payment|Transfer to|Transfer from",
    "GB": "Card payment|Online payment|Non-sterling purchase|Cash machine|Faster payment to|Faster payment from|Direct debit|Refund|Cash paid in|Transfer from|Transfer to|BACS credit|Standing order rent|Standing order to|Account fee|Gross interest|Payment abroad|Cash machine abroad|Credit card payment to|Loan repayment to|Direct debit|Faster payment to|Faster payment from",
    "DE": "Kartenzahlung|Onlinezahlung|Auslandszahlung|Bargeldauszahlung|Überweisung an|Gutschrift von|Lastschrift|Erstattung|Bareinzahlung|Übertrag von|Übertrag auf|Gehalt/Rente|Dauerauftrag Miete|Dauerauftrag|Kontoführungsentgelt|Zinsen|Kartenzahlung Ausland|Bargeldauszahlung Ausland|Kreditkartenabrechnung|Darlehensrate|Lastschrift|Überweisung an|Gutschrift von",
    "FR": "Paiement par carte|Paiement en ligne|Paiement à l'étranger|Retrait DAB|Virement à|Virement de|Prélèvement|Remboursement|Versement d'espèces|Virement de|Virement vers|Virement reçu|Virement permanent loyer|Virement permanent|Frais de tenue de compte|Intérêts créditeurs|Paiement par carte à l'étranger|Retrait DAB à l'étranger|Relevé de carte de crédit|Échéance de prêt|Prélèvement|Virement à|Virement de",
    "VN": "Thanh toán thẻ|Thanh toán trực tuyến|Thanh toán quốc tế|Rút tiền ATM|Chuyển tiền đến|Nhận tiền từ|Thanh toán hóa đơn|Hoàn tiền|Nộp tiền mặt|Chuyển từ|Chuyển đến|Lương|Tiền thuê nhà|Tiết kiệm tự động|Phí dịch vụ|Tiền lãi|Thanh toán thẻ ở nước ngoài|Rút tiền ATM ở nước ngoài|Thanh toán sao kê thẻ tín dụng|Trả nợ vay|Thanh toán hóa đơn|Chuyển tiền đến|Nhận tiền từ",
}  # fmt: skip
#: free kinds of current accounts: weights by country; suppliers, rent and savings are no free ones, so that in the US transfers make up the
#: rest of what is not paid by card (debit 30 : other 22)
MIX = {
    "US": {"card_pos": 250, "card_online": 50, "card_foreign": 5, "atm": 22, "transfer_out": 145, "transfer_in": 30, "refund": 7, "cash_deposit": 6},
    "GB": {"card_pos": 270, "card_online": 70, "card_foreign": 8, "atm": 22, "transfer_out": 55, "transfer_in": 35, "refund": 8, "cash_deposit": 3},
    "DE": {"card_pos": 210, "card_online": 35, "card_foreign": 5, "atm": 75, "transfer_out": 70, "transfer_in": 35, "refund": 8, "cash_deposit": 5},
    "FR": {"card_pos": 270, "card_online": 60, "card_foreign": 6, "atm": 38, "transfer_out": 45, "transfer_in": 32, "refund": 8, "cash_deposit": 4},
    "VN": {"card_pos": 90, "card_online": 70, "card_foreign": 3, "atm": 60, "transfer_out": 260, "transfer_in": 130, "refund": 6, "cash_deposit": 25},
}  # fmt: skip
#: those that a card pays, or gets back
BY_CARD = ("card_pos", "card_online", "card_foreign", "atm", "refund")
#: factors by profile on the weights above
TASTES = {
    "student": {"card_online": 1.6, "transfer_out": 1.3, "transfer_in": 1.3}, "employee": {}, "family": {"card_pos": 1.1},
    "affluent": {"card_foreign": 2.5, "card_online": 1.2, "atm": 0.7}, "self_employed": {"transfer_in": 2.0, "cash_deposit": 2.0},
    "retiree": {"card_online": 0.4, "atm": 1.8, "card_foreign": 0.5, "transfer_in": 0.6},
}  # fmt: skip
ATM = {
    "US": {20: 18, 40: 20, 60: 18, 80: 10, 100: 16, 120: 4, 160: 2, 200: 9, 300: 3}, "GB": {10: 12, 20: 26, 30: 14, 40: 10, 50: 14, 80: 3, 100: 13, 150: 3, 200: 5},
    "DE": {20: 10, 30: 6, 50: 24, 70: 3, 100: 24, 150: 10, 200: 14, 250: 2, 300: 5, 500: 2}, "FR": {20: 22, 30: 12, 40: 14, 50: 18, 60: 10, 80: 6, 100: 13, 150: 3, 200: 2},
    "VN": {200000: 8, 500000: 22, 1000000: 24, 1500000: 6, 2000000: 22, 3000000: 10, 5000000: 8},
}  # fmt: skip
#: how prices end, in hundredths; -1 keeps the amount as drawn
ENDINGS = {
    "US": {-1: 64, 99: 14, 0: 10, 50: 3, 49: 4, 95: 5}, "GB": {-1: 58, 99: 18, 0: 12, 50: 7, 49: 5}, "DE": {-1: 62, 99: 18, 0: 10, 50: 5, 49: 5},
    "FR": {-1: 60, 99: 12, 0: 12, 50: 9, 90: 7}, "VN": {-1: 1},
}  # fmt: skip
#: median and sigma in USD of spending of amounts between people and of a saver's own transfers
TRANSFERS = {
    "transfer_out": (58.0, 1.15),
    "transfer_in": (64.0, 1.1),
    "cash_deposit": (140.0, 0.8),
}
HOURS = {
    "pos": (1, 0.5, 0.3, 0.2, 0.3, 1, 4, 14, 28, 36, 44, 56, 68, 58, 50, 52, 60, 72, 70, 50, 34, 20, 10, 4),
    "online": (14, 7, 4, 2, 2, 3, 8, 16, 24, 32, 38, 40, 42, 40, 38, 38, 40, 42, 46, 54, 62, 60, 46, 28),
    "atm": (3, 2, 1, 0.5, 1, 3, 8, 18, 34, 44, 52, 56, 56, 50, 48, 50, 54, 56, 44, 30, 20, 13, 9, 5),
    "mobile_app": (6, 3, 1, 0.5, 1, 4, 14, 30, 42, 46, 46, 44, 44, 40, 38, 38, 40, 44, 46, 48, 48, 40, 26, 14),
    "branch": (0, 0, 0, 0, 0, 0, 0, 0, 10, 60, 80, 70, 30, 40, 70, 60, 30, 5, 0, 0, 0, 0, 0, 0),
    "direct_debit": (2, 6, 12, 16, 20, 24, 20, 10, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "standing_order": (2, 6, 12, 16, 20, 24, 20, 10, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "batch": (20, 24, 18, 10, 8, 8, 6, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}  # fmt: skip
#: January to December, relative to an average day
MONTHS = (0.95, 0.95, 0.98, 0.98, 1.0, 1.0, 1.0, 0.99, 0.98, 1.0, 1.04, 1.2)
#: Monday to Sunday
WEEKDAYS = {
    "pos": (12, 12, 13, 14, 18, 20, 11), "online": (15, 15, 14, 14, 13, 13, 16), "atm": (14, 13, 13, 15, 20, 17, 8),
    "mobile_app": (17, 16, 15, 15, 17, 10, 10), "branch": (22, 20, 19, 20, 19, 0, 0), "direct_debit": (26, 19, 18, 18, 19, 0, 0),
    "standing_order": (26, 19, 18, 18, 19, 0, 0), "batch": (26, 19, 18, 18, 19, 0, 0),
}  # fmt: skip


def mix(country: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for profile, taste in TASTES.items():
        rows += [
            (profile, "yes" if kind in BY_CARD else "no", kind, round(weight * taste.get(kind, 1.0), 2))
            for kind, weight in MIX[country].items()
        ]
    return rows


def main() -> None:
    estimate = {"licence": "CC0-1.0", "date": "2026-11", "grade": "E"}
    for country in COUNTRIES:
        level = PRICE_LEVEL[country]
        write_table(
            DATA_DIR, "transaction_kinds", country, ["kind", "transaction_type", "direction", "channel", "rhythm", "role", "text"],
            [(kind, label, *facts, text) for (kind, facts), label, text in zip(KINDS.items(), LABELS["US"], TEXTS[country].split("|"), strict=True)],
            source="datamimic", method="data-build/transactions.py: texts as banks print them, written for this pack", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "transaction_mix", country, ["profile", "by_card", "kind", "weight"], mix(country),
            source="Fed Diary of Consumer Payment Choice 2023 (US), Bundesbank Zahlungsverhalten 2023 (DE), otherwise estimates",
            method="data-build/transactions.py: what of it an account sees; profiles' factors are estimates", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "atm_amounts", country, ["amount", "weight"], [(money(amount, country), weight) for amount, weight in ATM[country].items()],
            source="datamimic estimate", method="data-build/transactions.py", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "price_endings", country, ["ending", "weight"], list(ENDINGS[country].items()),
            source="datamimic estimate", method="data-build/transactions.py", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "transfer_amounts", country, ["kind", "probability", "value"],
            [row for kind, (median, sigma) in TRANSFERS.items() for row in quantile_rows([kind], lognormal(median * level, sigma), country)],
            source="datamimic estimate", method="data-build/transactions.py: log-normal", **estimate,
        )  # fmt: skip
    write_table(
        DATA_DIR, "transaction_hours", None, ["channel", "hour", "weight"],
        [(channel, hour, weight) for channel, weights in HOURS.items() for hour, weight in enumerate(weights) if weight],
        source="datamimic estimate", method="data-build/transactions.py: 02-05 h below 4 % of card payments", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "transaction_weekdays", None, ["channel", "weekday", "weight"],
        [(channel, day, weight) for channel, weights in WEEKDAYS.items() for day, weight in enumerate(weights) if weight],
        source="datamimic estimate", method="data-build/transactions.py", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "transaction_months", None, ["month", "weight"], list(enumerate(MONTHS, start=1)),
        source="datamimic estimate", method="data-build/transactions.py: shaped after retail sales before seasonal adjustment", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "rent_shares", None, ["percent", "weight"], [(20, 8), (24, 14), (28, 22), (31, 22), (34, 17), (38, 11), (42, 6)],
        source="datamimic estimate", method="data-build/transactions.py: rent as a share of net income", **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
