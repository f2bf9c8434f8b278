"""Finance for datamimic: banks, accounts, cards, transactions, loans and portfolios that balance to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_finance.entities.bank import Bank as Bank
    from datamimic_pack_finance.entities.bank import BankService as BankService
    from datamimic_pack_finance.entities.bank_account import BankAccount as BankAccount
    from datamimic_pack_finance.entities.bank_account import BankAccountService as BankAccountService
    from datamimic_pack_finance.entities.card_payment import CardPayment as CardPayment
    from datamimic_pack_finance.entities.card_payment import CardPaymentService as CardPaymentService
    from datamimic_pack_finance.entities.card_statement import CardStatement as CardStatement
    from datamimic_pack_finance.entities.card_statement import CardStatementService as CardStatementService
    from datamimic_pack_finance.entities.credit_card import CreditCard as CreditCard
    from datamimic_pack_finance.entities.credit_card import CreditCardService as CreditCardService
    from datamimic_pack_finance.entities.investment import Investment as Investment
    from datamimic_pack_finance.entities.investment import InvestmentService as InvestmentService
    from datamimic_pack_finance.entities.loan import Loan as Loan
    from datamimic_pack_finance.entities.loan import LoanService as LoanService
    from datamimic_pack_finance.entities.loan_payment import LoanPayment as LoanPayment
    from datamimic_pack_finance.entities.loan_payment import LoanPaymentService as LoanPaymentService
    from datamimic_pack_finance.entities.transaction import Transaction as Transaction
    from datamimic_pack_finance.entities.transaction import TransactionService as TransactionService
    from datamimic_pack_finance.generators.card_number import CardNumberGenerator as CardNumberGenerator
    from datamimic_pack_finance.generators.iban import IbanGenerator as IbanGenerator

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Bank": ".entities.bank",
        "BankService": ".entities.bank",
        "BankAccount": ".entities.bank_account",
        "BankAccountService": ".entities.bank_account",
        "CardPayment": ".entities.card_payment",
        "CardPaymentService": ".entities.card_payment",
        "CardStatement": ".entities.card_statement",
        "CardStatementService": ".entities.card_statement",
        "CreditCard": ".entities.credit_card",
        "CreditCardService": ".entities.credit_card",
        "Investment": ".entities.investment",
        "InvestmentService": ".entities.investment",
        "Loan": ".entities.loan",
        "LoanService": ".entities.loan",
        "LoanPayment": ".entities.loan_payment",
        "LoanPaymentService": ".entities.loan_payment",
        "Transaction": ".entities.transaction",
        "TransactionService": ".entities.transaction",
        "CardNumberGenerator": ".generators.card_number",
        "IbanGenerator": ".generators.iban",
    },
)
