"""The orders of an account's holder, in batches that are to be executed on one day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, positions, record, segment_sums
from datamimic.columns import Bools, Column, Dates, Ints, digits, join, select
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import codes
from datamimic_pack_finance.payments.period import Period
from datamimic_pack_finance.payments.selection import ORDERS, is_one_of
from datamimic_pack_finance.payments.sending import MEMBERS, STATUS, bearer
from datamimic_pack_finance.payments.statements import amount_text

DAY = np.timedelta64(1, "D")


@record
class Transfer:
    """One credit transfer of a batch; `cents` are hundredths, `other_number` the account number where there is no IBAN."""

    end_to_end_id: str
    instruction_id: str
    uetr: str
    amount: str
    cents: int
    creditor_name: str
    creditor_iban: str | None
    other_number: str | None
    account_number: str
    creditor_bic: str
    creditor_member: str | None
    routing_number: str
    member_system: str | None
    town: str
    postal_code: str
    country: str
    purpose: str | None
    text: str
    number: int
    day: date
    processing_day: date
    status: str


@record
class Batch:
    """Transfers of one day; `routing_sum` is that of the first eight digits of the creditors' banks, for NACHA, and
    `processing_day` the bank day before, for Bacs."""

    batch_id: str
    number: int
    day: date
    processing_day: date
    count: int
    sum: str
    cents: int
    routing_sum: int
    transfers: list[Transfer]


@record
class Order:
    """What stands above the batches: sums of all, and codes as messages write them; `routing_sum` as of a batch.

    A NACHA file has `block_count` blocks of ten lines, the last of them with `filling` lines; a Bacs file is made on
    `file_day`, two bank days before its first entries.
    """

    order_id: str
    made_at: datetime
    answered_at: datetime
    count: int
    sum: str
    cents: int
    batch_count: int
    routing_sum: int
    file_day: date
    processing_day: date
    block_count: int
    filling: int
    service: str | None
    member_system: str | None
    debtor_member: str | None
    bearer: str
    status: str
    batches: list[Batch]


def has_orders(covered: Any, world: World) -> Bools:
    there = Period.of(covered, world)
    return segment_sums(is_one_of(there.column("event"), ORDERS).astype(np.int64), there.counts) > 0


def order(
    account_id: Text, number_base: Text, routing_number: Text, currency: Text, covered: Any, now: Dates,
    world: World, data: Data,
) -> Struct:  # fmt: skip
    """`Order` of each account: all transfers of the statement's period that its holder orders, in batches of one day."""
    there = Period.of(covered, world)
    which = is_one_of(there.column("event"), ORDERS)
    at, counts = np.flatnonzero(which), segment_sums(which.astype(np.int64), there.counts)
    own = np.repeat(np.arange(len(counts)), counts)
    day: Dates = there.column("settlement_date")[at]
    cents: Ints = np.abs(there.column("signed")[at])
    before = _day_before(day, data)
    begins = _begins(own, day)
    lengths = np.diff(np.append(np.flatnonzero(begins), len(at)))
    owner = own[begins]
    batch_counts = np.bincount(owner, minlength=len(counts))
    number = positions(batch_counts) + 1
    transfers = _transfers(there, at, cents, day, positions(counts) + 1, now[own], data)
    routing = _first_eight(there.column("other").routing_number.take(at))
    sums, total = segment_sums(cents, lengths), segment_sums(cents, counts)
    batches = Struct(
        {
            "batch_id": join("PMT", number_base.take(owner), digits(number, 3)),
            "number": number,
            "day": day[begins],
            "processing_day": before[begins],
            "count": lengths,
            "sum": amount_text(sums, data),
            "cents": sums,
            "routing_sum": segment_sums(routing, lengths),
            "transfers": Lists(lengths, transfers),
        }
    )
    members = MEMBERS.get(currency_of(data).code)
    rows = len(counts)
    made = np.zeros(rows, dtype="datetime64[us]")
    first = np.cumsum(counts) - counts
    made[counts > 0] = there.column("transaction_date")[at[first[counts > 0]]]
    earliest = np.zeros(rows, dtype="datetime64[D]")
    earliest[counts > 0] = before[first[counts > 0]]
    lines = 2 + 2 * batch_counts + counts
    blocks = -(-lines // 10)
    waiting = segment_sums((transfers.status == STATUS[1]).astype(np.int64), counts)
    parts: dict[str, Column] = {
        "order_id": join("ORD", account_id.slice(4, 6), account_id.slice(7, 15)),
        "made_at": made,
        "answered_at": made + np.timedelta64(60, "s"),
        "count": counts,
        "sum": amount_text(total, data),
        "cents": total,
        "batch_count": batch_counts,
        "routing_sum": segment_sums(routing, counts) % 10**10,
        "file_day": _day_before(earliest, data),
        "processing_day": earliest,
        "block_count": blocks,
        "filling": blocks * 10 - lines,
        "service": Text.constant("SEPA" if codes.in_euro(data) else None, rows),
        "member_system": Text.constant(members, rows),
        "debtor_member": routing_number if members else Text.constant(None, rows),
        "bearer": Text.constant(bearer(data), rows),
        "status": select((waiting > 0).astype(np.int64), STATUS),
        "batches": Lists(batch_counts, batches),
    }
    return Struct(parts).where(counts > 0)


def _transfers(there: Period, at: Ints, cents: Ints, day: Dates, number: Ints, now: Dates, data: Data) -> Struct:
    other = there.column("other").take(at)
    iban = other.iban
    members = MEMBERS.get(currency_of(data).code)
    rows = len(at)
    return Struct(
        {
            "end_to_end_id": there.column("end_to_end_id").take(at),
            "instruction_id": there.column("instruction_id").take(at),
            "uetr": there.column("uetr").take(at),
            "amount": amount_text(cents, data),
            "cents": cents,
            "creditor_name": other.name,
            "creditor_iban": iban,
            "other_number": other.account_number.where(iban.is_null()),
            "account_number": other.account_number,
            "creditor_bic": other.bic,
            "creditor_member": other.routing_number if members else Text.constant(None, rows),
            "routing_number": other.routing_number,
            "member_system": Text.constant(members, rows),
            "town": other.town,
            "postal_code": other.postal_code,
            "country": Text.constant(data.country, rows),
            "purpose": there.column("purpose_code").take(at),
            "text": there.column("description").take(at),
            "number": number,
            "day": day,
            "processing_day": _day_before(day, data),
            "status": select((day > now.astype("datetime64[D]")).astype(np.int64), STATUS),
        }
    )


def _day_before(day: Dates, data: Data) -> Dates:
    """The bank day before."""
    before: Dates = day - DAY
    return bank_days(data).previous(before)


def _begins(own: Ints, day: Dates) -> Bools:
    """Where another account or another day begins."""
    begins = np.ones(len(own), dtype=np.bool_)
    begins[1:] = (own[1:] != own[:-1]) | (day[1:] != day[:-1])
    return begins


def _first_eight(routing_numbers: Text) -> Ints:
    """The number that the first eight characters are, 0 where they are none."""
    codes_, vocabulary = routing_numbers.coding()
    values = [int(text[:8]) if text[:8].isdigit() else 0 for text in vocabulary.values]
    return np.array(values or [0], dtype=np.int64)[codes_]
