"""What the messages of one card payment share, written as messages of ISO 8583 write it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Struct, Text, record, to_local
from datamimic.columns import Bools, Dates, Floats, Ints, digits, join, select, where
from datamimic_pack_finance.ledger.purchases import MADE
from datamimic_pack_finance.traffic import writing
from datamimic_pack_finance.traffic.acceptors import places_of, row_of
from datamimic_pack_finance.traffic.attempts import FUEL, TYPES

TABLES = ("acquirers", "card_entry_modes", "card_declines", "card_incidents", "chargeback_reasons", "card_checks")
_SERVICE = "201"
"""Of a chip card that may be used everywhere, online."""
FILLING = (120, 419)
"""Seconds between the card and the end of filling."""
_RATE_DIGITS = 7


@record
class Wire:
    """A payment by card as the networks see it."""

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
    action_code: str
    """Field 39 of the answer as 1993 has it: 000 approves."""
    checked: str | None
    """Field 44 of the answer, where address or security code were compared: in the second and the tenth place, as Visa has
    them."""
    advice_trace: str | None
    """Of what a filling station tells when it is known how much was filled."""
    advised: datetime | None
    """When it tells that: `MMDDhhmmss`, UTC."""
    reversal_trace: str | None
    """Of what takes an approved payment back; null where nothing does."""
    reversal_transmitted: str | None
    dispute_trace: str | None
    representment_trace: str | None


def wire(
    card: Ref, payment_type: Text, authorised_at: Dates, reversed_at: Any, cleared_on: Any, amount: Ints, outcome: Ints,
    authorised_amount: Ints, original_amount: Any, exchange_rate: Any, is_international: Bools, mode: Ints, channel: Text,
    merchant_name: Text, location: Text, merchant_country: Text, acquirer: Text, terminal_id: Text, acceptor_id: Text,
    mcc: Text, avs_result: Text, cvv_result: Text, decline: Any, disputed_on: Any, represented_on: Any, now: Dates, draw: Draw,
    data: Data,
) -> Struct:  # fmt: skip
    acquirers = data["acquirers"]
    of_country = row_of(merchant_country, data)
    own = row_of(Text.constant(data.country, len(amount)), data)
    unit = np.where(acquirers.ints("minor_units") == 0, 100, 1)
    abroad, step, home = is_international, unit[of_country], unit[own]
    asked = np.where(abroad, np.ma.getdata(original_amount), amount)
    authorised = np.where(abroad, asked, authorised_amount)
    estimated = (authorised != asked) & (channel == "pos")
    kind = _number(payment_type)
    expiry = writing.year_to_day(np.ma.getdata(card.column("expiration_date"))).slice(0, 4)
    number = card.column("card_number", Text)
    trace = draw.integers(1, 999_999, "trace")
    stamp = writing.day_of_year(authorised_at) * 100 + writing.hour_of(authorised_at)
    rate = np.where(abroad, np.ma.getdata(exchange_rate), 1.0).astype(np.float64)
    modes, declines = data["card_entry_modes"], data["card_declines"]
    back, refused = ~np.ma.getmaskarray(reversed_at), ~np.ma.getmaskarray(decline)
    why = np.where(refused, np.ma.getdata(decline), 0)
    there = ~np.ma.getmaskarray(cleared_on)
    filled_at = authorised_at + draw.integers(*FILLING, "filling").astype("timedelta64[s]")
    filled = (mcc == FUEL) & (authorised != asked) & (outcome == MADE) & (filled_at <= now)
    place, address = places_of(merchant_name, location, merchant_country, data)

    def drawn(label: str) -> Text:
        return digits(draw.integers(1, 999_999, label), 6)

    return Struct(
        {
            "number": number,
            "expiry": expiry,
            "track": join(number, "=", expiry, _SERVICE, digits(draw.integers(0, 10**9 - 1, "own"), 9)).where(
                channel != "online"
            ),
            "message_class": select((kind == 1).astype(np.int64), ["1", "2"]),
            "processing_code": select(kind, ["002000", "012000", "200020"]),
            "function_code": select(np.where(kind == 1, 2, estimated), ["100", "101", "200"]),
            "clearing_function": select((authorised != asked).astype(np.int64), ["201", "202"]),
            "trace": digits(trace, 6),
            "reference": digits(stamp * 1_000_000 + trace, 12),
            "local_time": writing.year_to_second(to_local(authorised_at, acquirers["time_zone"].take(of_country))),
            "entry_mode": modes["entry_mode"].take(mode),
            "point_of_service": modes["point_of_service"].take(mode),
            "condition": select((channel == "online").astype(np.int64), ["00", "59"]),
            "acquirer": acquirer,
            "acquirer_country": acquirers["country_number"].take(of_country),
            "merchant": acceptor_id,
            "terminal": terminal_id,
            "place": place,
            "address": address,
            "amount": digits(asked // step, 12),
            "authorised": digits(authorised // step, 12),
            "currency": acquirers["currency_number"].take(of_country),
            "billed": digits(amount // home, 12).where(abroad),
            "billing_currency": acquirers["currency_number"].take(own).where(abroad),
            "rate": _rate(rate * step / home).where(abroad),
            "cleared": writing.year_to_day(np.ma.getdata(cleared_on).astype("datetime64[D]")).where(there),
            "action_code": where(refused, declines["action_code"].take(why), "000"),
            "checked": join(" ", avs_result.fill(" "), " " * 7, cvv_result.fill(" ")).where(
                ~(avs_result.is_null() & cvv_result.is_null())
            ),
            "advice_trace": drawn("advice trace").where(filled),
            "advised": np.ma.MaskedArray(np.ma.getdata(filled_at), ~filled),
            "reversal_trace": drawn("reversal trace").where(back),
            "reversal_transmitted": writing.month_to_second(np.ma.getdata(reversed_at)).where(back),
            "dispute_trace": drawn("dispute trace").where(~np.ma.getmaskarray(disputed_on)),
            "representment_trace": drawn("representment trace").where(~np.ma.getmaskarray(represented_on)),
        }
    )


def _number(payment_type: Text) -> Ints:
    codes, vocabulary = payment_type.coding()
    return np.array([TYPES.index(name) for name in vocabulary.values], dtype=np.int64)[codes]


def _rate(rate: Floats) -> Text:
    """A rate as field 10 has it: the number of decimals, and seven digits."""
    decimals = np.zeros(len(rate), np.int64)
    scaled = rate.copy()
    for _ in range(9):
        small = scaled * 10 < 10**_RATE_DIGITS - 0.5
        decimals += small
        scaled = np.where(small, scaled * 10, scaled)
    return join(digits(decimals, 1), digits(np.rint(scaled).astype(np.int64), _RATE_DIGITS))
