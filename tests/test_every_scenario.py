"""Every family of messages takes every scenario: missing, duplicate, late, altered, out of order, wrong account, rejected."""

from __future__ import annotations

from collections import Counter

import pytest

from datamimic import World
from datamimic.engine.breaking.kinds import KINDS

ORDERS = ("missing", "duplicate", "out_of_order")
SCENARIOS = [
    ("swift.MT103", "en_US", 40, KINDS, {"rejected": ":72:/REJT/59\r\n/AC01/\r\n/MREF/"}),
    ("iso20022.pacs.008", "en_US", 40, [each for each in KINDS if each != "rejected"], {}),
    ("iso20022.pacs.002", "de_DE", 40, [*ORDERS, "late", "rejected"], {"rejected": "<TxSts>RJCT</TxSts>"}),
    ("iso8583.1987.authorisation", "en_US", 300, KINDS, {}),
    ("iso8583.1993.authorisation", "en_US", 300, KINDS, {}),
    ("hl7.2.5.1.ack_a04", "en_US", 40, [*ORDERS, "late", "rejected"], {"rejected": "\rMSA|AR|"}),
    ("hl7.2.5.1.oru_r01", "en_US", 40, [*ORDERS, "late", "wrong_account", "findings.vital_signs.altered"], {}),
    ("edifact.ordrsp.d01b", "de_DE", 40, KINDS, {"rejected": "+27'"}),
    ("x12.835", "en_US", 40, KINDS, {"rejected": "CLP*"}),
    (
        "fhir.r4.bundle",
        "en_US",
        12,
        [*ORDERS, "visits.late", "readings.altered", "wrong_account", "visits.rejected"],
        {"visits.rejected": "entered-in-error"},
    ),
    ("ubl.invoice.2.1", "de_DE", 40, [each for each in KINDS if each != "rejected"], {}),
    (
        "nacha.ach",
        "en_US",
        30,
        [*ORDERS, "order.batches.transfers.altered", "order.batches.transfers.wrong_account"],
        {},
    ),
]


@pytest.mark.parametrize(
    ("name", "locale", "count", "kinds", "written"), SCENARIOS, ids=[each[0] for each in SCENARIOS]
)
def test_every_scenario_is_written(
    name: str, locale: str, count: int, kinds: list[str], written: dict[str, str]
) -> None:
    clean = World("scenarios", locale=locale).message(name)[0:count]
    broken = clean.broken(**dict.fromkeys(kinds, 1))
    told = broken.answers().to_pylist()
    assert Counter(each["kind"] for each in told) == Counter(list(kinds))
    before, after = Counter(clean.texts()), Counter(broken.texts())
    gone, new = before - after, after - before
    changing = [kind for kind in kinds if kind not in ORDERS]
    assert (gone.total(), new.total()) == (1 + len(changing), 1 + len(changing))
    assert len(new) == 1 + len(changing)
    for kind, text in written.items():
        assert any(text in each for each in new), kind
