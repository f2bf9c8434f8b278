"""How a card was read, how its holder showed that it was she, and what was checked where it was not there."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.ledger.purchases import DECLINED

STORED, KEYED, SHOPPING = "stored credential", "key entered", "e-commerce"


def mode(channel: Text, draw: Draw, data: Data) -> Ints:
    """Row of `card_entry_modes`."""
    return draw.pick(data["card_entry_modes"].by("channel"), channel)


def entry_mode(mode: Ints, data: Data) -> Text:
    return data["card_entry_modes"]["entry"].take(mode)


def verified_by(mode: Ints, data: Data) -> Text:
    return data["card_entry_modes"]["verified_by"].take(mode)


def avs_result(channel: Text, payment_type: Text, outcome: Ints, draw: Draw, data: Data) -> Text:
    """Of the address, where the country's issuers compare it."""
    return _checked("avs", (channel == "online") & (payment_type == "purchase"), outcome, draw, data)


def cvv_result(channel: Text, payment_type: Text, entry_mode: Text, outcome: Ints, draw: Draw, data: Data) -> Text:
    """Of the security code, which nobody may store."""
    asked = (channel == "online") & (payment_type == "purchase") & (entry_mode != STORED)
    return _checked("cvv", asked, outcome, draw, data)


def _checked(check: str, asked: Bools, outcome: Ints, draw: Draw, data: Data) -> Text:
    table = data["card_checks"]
    if not (table["check"] == check).any():
        return Text.constant(None, len(asked))
    of = Text.coded((outcome == DECLINED).astype(np.int64), ("approved", "declined"))
    codes: Any = table["code"].take(draw.pick(table.by("check", "answer"), Text.constant(check, len(asked)), of))
    return codes.where(asked)
