"""What must be true of a loan: its annuity, its dates, what secures it and how it is paid back."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_finance.generators.vin import vin_is_valid
from datamimic_pack_finance.lending import paying_back, repayment
from datamimic_pack_finance.lending.annuity import monthly_payment
from datamimic_pack_finance.lending.due import due_dates, months_between
from datamimic_pack_finance.money import currency_of


def payment_is_annuity(principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return np.abs(monthly_payment(principal, annual_rate, term_months, unit) - payment) <= unit


def balance_follows_schedule(
    principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, payments_made: Ints, balance: Ints,
    total_interest: Ints, last_payment: Ints,
    data: Data,
) -> Bools:  # fmt: skip
    then = repayment.course_so_far(
        principal, annual_rate, term_months, payment, np.clip(payments_made, 0, term_months), data
    )
    total = payment * (term_months - 1) + last_payment
    return (then.balance == balance) & (then.interest == total_interest) & (total == principal + total_interest)


def paid_off_owes_nothing(status: Text, balance: Ints, payments_made: Ints, term_months: Ints) -> Bools:
    return (
        ((status == "paid off") == (balance == 0)) & ((payments_made == term_months) == (balance == 0)) & (balance >= 0)
    )


def term_fits_dates(start_date: Dates, first_payment_date: Dates, maturity_date: Dates, term_months: Ints) -> Bools:
    one = np.ones(len(term_months), dtype=np.int64)
    return (due_dates(start_date, term_months) == maturity_date) & (due_dates(start_date, one) == first_payment_date)


def arrears_fit_status(
    status: Text, arrears_bucket: Text, days_past_due: Ints, written_off_on: Any, loan_type: Text, data: Data
) -> Bools:
    off = ~np.ma.getmaskarray(written_off_on)
    fits = (status == "written off") == off
    fits &= status.isin({"delinquent", "default", "written off"}) == (days_past_due > 0)
    fits &= status.isin({"default", "written off"}) == (days_past_due >= repayment.DEFAULT_AFTER)
    fits &= ~off | (days_past_due == paying_back.write_off_days(loan_type, data))
    return fits & (repayment.arrears_bucket(days_past_due) == arrears_bucket)


def payments_fit_clock(
    start_date: Dates, payments_made: Ints, term_months: Ints, days_past_due: Ints, now: Dates
) -> Bools:
    due = np.minimum(months_between(start_date, now.astype("datetime64[D]")), term_months)
    return (payments_made >= 0) & (payments_made <= due) & ((payments_made < due) | (days_past_due == 0))


def recovery_fits(written_off_on: Any, recovered_on: Any, recovered_amount: Any, balance: Ints) -> Bools:
    none = np.ma.getmaskarray(recovered_on)
    later = ~np.ma.getmaskarray(written_off_on) & (np.ma.getdata(recovered_on) > np.ma.getdata(written_off_on))
    amount = np.ma.getdata(recovered_amount)
    return (none == np.ma.getmaskarray(recovered_amount)) & (none | (later & (amount > 0) & (amount <= balance)))


def collateral_fits_type(
    loan_type: Text, collateral_type: Text, principal: Ints, collateral_value: Any, loan_to_value: Any, vin: Text
) -> Bools:
    secured = loan_type.isin({"mortgage", "auto"})
    share = (
        np.abs(np.ma.getdata(loan_to_value) - principal / np.maximum(np.ma.getdata(collateral_value), 1)) <= 0.5001e-4
    )
    null = np.ma.getmaskarray(collateral_value)
    kinds = (collateral_type == "property") == (loan_type == "mortgage")
    cars = ((collateral_type == "vehicle") == (loan_type == "auto")) & (vin.is_null() == (loan_type != "auto"))
    return (
        (secured == ~null)
        & (secured == ~np.ma.getmaskarray(loan_to_value))
        & (null | share)
        & kinds
        & cars
        & vin_is_valid(vin)
    )


def term_fits_type(loan_type: Text, term_months: Ints) -> Bools:
    auto = (loan_type != "auto") | ((term_months >= 24) & (term_months <= 84))
    return auto & ((loan_type != "mortgage") | ((term_months >= 120) & (term_months <= 360)))


def debt_to_income_is_share(payment: Ints, household_income: Ints, debt_to_income: Floats) -> Bools:
    return (np.abs(debt_to_income * household_income - payment) <= household_income * 0.5001e-4) & (
        debt_to_income <= 1.5
    )


def whole_minor_units(principal: Ints, payment: Ints, balance: Ints, total_interest: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (principal % unit == 0) & (payment % unit == 0) & (balance % unit == 0) & (total_interest % unit == 0)


def starts_before_clock(start_date: Dates, clock: Clock) -> Bools:
    return start_date <= clock.date
