"""What the messages of one card payment share, and what happened to it: attempts before it, its clearing, a dispute."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Ref, Struct, Table, Text, record, to_local
from datamimic.columns import Bools, Dates, Floats, Ints, digits, join, select, where
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.traffic import writing
from datamimic_pack_finance.traffic.acceptors import Acceptor, reference_data

TABLES = ("acquirers", "card_entry_modes", "card_declines", "card_incidents", "chargeback_reasons")
FUEL = "5541"
"""Filling stations, which ask for more than is filled in the end."""
_SERVICE = "201"
"""Of a chip card that may be used everywhere, online."""
_RATE_DIGITS = 7
_NOTES = 5
"""What a filling station asks for is a multiple of so many notes of a cash machine."""


@record
class CardPayment:
    """A payment by card as the networks see it. Texts are written as messages of ISO 8583 write them."""

    network: str
    number: str
    expiry: str
    """`YYMM`."""
    track: str | None
    """Track 2, where the card was read."""
    message_class: str
    """`1` where authorisation and clearing are two messages, `2` where they are one (cash machines)."""
    processing_code: str
    function_code: str
    """Of the request, as field 24 of 1993 has it: 100, 101 where the amount is estimated, 200 for cash."""
    clearing_function: str
    """Of the presentment: 201 where what was authorised is cleared, 202 where another amount is."""
    trace: str
    reference: str
    """Retrieval reference number: day of the year, hour, trace number."""
    approval: str
    transmitted: str
    """`MMDDhhmmss`, UTC."""
    local_time: str
    """`YYMMDDhhmmss`, by the clocks of the shop."""
    entry_mode: str
    point_of_service: str
    condition: str
    acquirer: str
    acquirer_country: str
    merchant: str
    terminal: str
    place: str
    address: str
    amount: str
    """What is cleared, in the smallest unit of the shop's currency."""
    authorised: str
    """What was authorised: more where less was taken in the end."""
    currency: str
    billed: str | None
    """What is booked, in the smallest unit of the account's currency, where that is another one."""
    billing_currency: str | None
    rate: str | None
    """Field 10: how many decimals, and seven digits."""
    cleared: str | None
    """`YYMMDD`; null while pending."""
    acquirer_reference: str
    declined_trace: str | None
    """Of an attempt before, which was declined; null where there was none."""
    declined_reference: str | None
    declined_transmitted: str | None
    declined_local_time: str | None
    response_code: str | None
    action_code: str | None
    reversed_trace: str | None
    """Of an attempt before, whose answer came too late and which was taken back; null where there was none."""
    reversed_reference: str | None
    reversed_transmitted: str | None
    reversed_local_time: str | None
    reversed_approval: str | None
    reversal_trace: str | None
    reversal_transmitted: str | None
    disputed_on: date | None
    dispute_reason: str | None
    """Reason code of the network."""
    dispute_code: str | None
    """The reason in four digits, as field 25 takes it."""
    dispute_trace: str | None
    represented_on: date | None
    representment_trace: str | None


def card_payment(
    by_card: Bools,
    card: Ref,
    transaction_type: Text,
    transaction_date: Dates,
    booking_date: Any,
    amount: Ints,
    original_amount: Any,
    exchange_rate: Any,
    is_international: Bools,
    mcc: Text,
    merchant_name: Text,
    merchant_country: Text,
    location: Text,
    channel: Text,
    draw: Draw,
    data: Data,
    clock: Clock,
) -> Struct:
    """Everything that the messages of a payment share; null where none was made by a card of the world."""
    machine = transaction_type == "Cash Withdrawal"
    channel = where(by_card, channel, "pos")
    acquirers = data["acquirers"]
    country = where(by_card, merchant_country, data.country)
    of_country = np.maximum(acquirers.lookup("country_code", country), 0)
    acceptor = Acceptor.of(merchant_name.fill(""), location.fill(""), country, draw.integers(0, 999, "terminal"), data)

    home = currency_of(data)
    own = np.maximum(acquirers.lookup("country_code", Text.constant(data.country, len(amount))), 0)
    unit = np.where(acquirers.ints("minor_units") == 0, 100, 1)
    asked = np.where(is_international, np.ma.getdata(original_amount), amount)
    step = unit[of_country]
    partial = draw.chance(_share(data, "partial", channel), "partial")
    estimated = (mcc == FUEL) & ~is_international & draw.chance(_share(data, "estimated", channel), "estimated")
    larger = asked * 100 // draw.integers(50, 95, "share") // step * step
    authorised = np.where(partial, np.maximum(larger, asked), asked)
    tank = home.note * _NOTES
    authorised = np.where(estimated, -(-asked // tank) * tank, authorised)

    modes = data["card_entry_modes"]
    mode = draw.pick(modes.by("channel"), channel, label="mode")
    verified = modes["verified_by"].take(mode)
    zone = acceptor.zone
    expiry = writing.year_to_day(np.ma.getdata(card.column("expiration_date"))).slice(0, 4)
    number = card.column("card_number", Text).fill("")
    declined, refused, declines = _declined(channel, verified, transaction_date, zone, draw, data)
    returned = _reversed(channel, transaction_date, zone, draw, data)
    cleared = np.ma.getdata(booking_date).astype("datetime64[D]")
    there = ~np.ma.getmaskarray(booking_date)
    trace = draw.integers(1, 999_999, "trace")
    abroad = is_international
    rate = np.where(abroad, np.ma.getdata(exchange_rate), 1.0).astype(np.float64)
    payment = {
        "network": card.column("card_provider", Text).fill(""),
        "number": number,
        "expiry": expiry,
        "track": join(number, "=", expiry, _SERVICE, digits(draw.integers(0, 10**9 - 1, "own"), 9)).where(
            channel != "online"
        ),
        "message_class": select(machine.astype(np.int64), ["1", "2"]),
        "processing_code": select(machine.astype(np.int64), ["002000", "012000"]),
        "function_code": select(np.where(machine, 2, estimated), ["100", "101", "200"]),
        "clearing_function": select((authorised != asked).astype(np.int64), ["201", "202"]),
        **_sent("", trace, transaction_date, zone),
        "approval": digits(draw.integers(0, 999_999, "approval"), 6),
        "entry_mode": modes["entry_mode"].take(mode),
        "point_of_service": modes["point_of_service"].take(mode),
        "condition": select((channel == "online").astype(np.int64), ["00", "59"]),
        "acquirer": acceptor.acquirer,
        "acquirer_country": acceptor.country,
        "merchant": acceptor.merchant,
        "terminal": acceptor.terminal,
        "place": acceptor.place,
        "address": acceptor.address,
        "amount": digits(asked // step, 12),
        "authorised": digits(authorised // step, 12),
        "currency": acquirers["currency_number"].take(of_country),
        "billed": digits(amount // unit[own], 12).where(abroad),
        "billing_currency": acquirers["currency_number"].take(own).where(abroad),
        "rate": _rate(rate * step / unit[own]).where(abroad),
        "cleared": writing.year_to_day(cleared).where(there),
        "acquirer_reference": reference_data(acceptor.acquirer, transaction_date, draw.integers(0, 10**11 - 1, "film")),
        **{name: column.where(declined) for name, column in refused.items()},
        "response_code": data["card_declines"]["response_code"].take(declines).where(declined),
        "action_code": data["card_declines"]["action_code"].take(declines).where(declined),
        **returned,
        **_disputed(card, channel, cleared, there & by_card, draw, data, clock),
    }
    return Struct(payment).where(by_card)


def card_cleared(by_card: Bools, booking_date: Any, transaction_type: Text) -> Bools:
    """Is it cleared by a message of its own? Cash is cleared by its authorisation."""
    return by_card & ~np.ma.getmaskarray(booking_date) & (transaction_type != "Cash Withdrawal")


def _sent(prefix: str, trace: Ints, moment: Dates, zone: Text) -> dict[str, Text]:
    stamp = writing.day_of_year(moment) * 100 + writing.hour_of(moment)
    return {
        f"{prefix}trace": digits(trace, 6),
        f"{prefix}reference": digits(stamp * 1_000_000 + trace, 12),
        f"{prefix}transmitted": writing.month_to_second(moment),
        f"{prefix}local_time": writing.year_to_second(to_local(moment, zone)),
    }


def _declined(
    channel: Text, verified: Text, paid: Dates, zone: Text, draw: Draw, data: Data
) -> tuple[Bools, dict[str, Text], Ints]:
    """Whether there was an attempt before that was declined, 25 to 90 seconds ago, what was sent, and the row of why."""
    table = data["card_declines"]
    why = draw.pick(table.by("verified_by"), verified, label="why")
    before = paid - draw.integers(25, 90, "declined before").astype("timedelta64[s]")
    sent = _sent("declined_", draw.integers(1, 999_999, "declined trace"), before, zone)
    return draw.chance(_share(data, "declined", channel), "declined"), sent, why


def _reversed(channel: Text, paid: Dates, zone: Text, draw: Draw, data: Data) -> dict[str, Text]:
    """What was sent of an attempt 150 to 400 seconds before that was taken back a minute later."""
    there = draw.chance(_share(data, "reversed", channel), "reversed")
    before = paid - draw.integers(150, 400, "reversed before").astype("timedelta64[s]")
    after = before + draw.integers(30, 59, "reversal").astype("timedelta64[s]")
    sent = _sent("reversed_", draw.integers(1, 999_999, "reversed trace"), before, zone) | {
        "reversed_approval": digits(draw.integers(0, 999_999, "reversed approval"), 6),
        "reversal_trace": digits(draw.integers(1, 999_999, "reversal trace"), 6),
        "reversal_transmitted": writing.month_to_second(after),
    }
    return {name: column.where(there) for name, column in sent.items()}


def _disputed(
    card: Ref, channel: Text, cleared: Dates, booked: Bools, draw: Draw, data: Data, clock: Clock
) -> dict[str, Any]:
    """A chargeback 3 to 60 days after the clearing, and a representment 5 to 30 days after that, as far as they have come."""
    reasons = data["chargeback_reasons"]
    network = card.column("card_provider", Text).fill("")
    known = (network == "Visa") | (network == "Mastercard")
    day = cleared + draw.integers(3, 60, "disputed after").astype("timedelta64[D]")
    again = day + draw.integers(5, 30, "represented after").astype("timedelta64[D]")
    there = draw.chance(_share(data, "disputed", channel), "disputed") & booked & known & (day <= clock.date)
    answered = there & draw.chance(_share(data, "represented", channel), "represented") & (again <= clock.date)
    why = draw.pick(reasons.by("network", "channel"), where(known, network, "Visa"), channel, label="reason")
    reason = reasons["reason"].take(why)
    return {
        "disputed_on": np.ma.MaskedArray(day, ~there),
        "dispute_reason": reason.where(there),
        "dispute_code": reason.map(_four_digits).where(there),
        "dispute_trace": digits(draw.integers(1, 999_999, "dispute trace"), 6).where(there),
        "represented_on": np.ma.MaskedArray(again, ~answered),
        "representment_trace": digits(draw.integers(1, 999_999, "representment trace"), 6).where(answered),
    }


def _four_digits(reason: str) -> str:
    """`13.1` as `1301`."""
    group, dot, number = reason.partition(".")
    return f"{group}{int(number):02}" if dot else reason


def _share(data: Data, incident: str, channel: Text) -> Floats:
    table: Table = data["card_incidents"]
    shares = {
        name: share
        for name, kind, share in zip(
            table.columns["channel"], table.columns["incident"], table.floats("share").tolist(), strict=True
        )
        if kind == incident
    }
    codes, vocabulary = channel.coding()
    return np.array([shares.get(value, 0.0) for value in vocabulary.values], np.float64)[codes]


def _rate(rate: Floats) -> Text:
    """A rate as field 10 has it: the number of decimals, and seven digits."""
    decimals = np.zeros(len(rate), np.int64)
    scaled = rate.copy()
    for _ in range(9):
        small = scaled * 10 < 10**_RATE_DIGITS - 0.5
        decimals += small
        scaled = np.where(small, scaled * 10, scaled)
    return join(digits(decimals, 1), digits(np.rint(scaled).astype(np.int64), _RATE_DIGITS))
