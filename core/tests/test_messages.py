"""Messages of a third party's pack: found by name, written, split, verified, and refused where they cannot be."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import csv

from datamimic import (
    Breaks,
    DatamimicError,
    Draw,
    Lists,
    Registry,
    Struct,
    World,
    check,
    entity,
    field,
    number,
    record,
    serial,
    verify,
)
from datamimic.cli import main
from datamimic.columns import Bools, Ints, Text, digits, join
from datamimic.engine.row_range import RowRange
from datamimic.formats.documents import EDIFACT, Message, Piece, around, compact, each, element, in_order, of, part
from datamimic.formats.documents.scope import Scope
from datamimic.plugin import Pack, hookimpl
from datamimic.reproducing.reproduction import reproduce


@record
class Line:
    article: int
    amount: int


def lines(draw: Draw) -> Lists[Any]:
    counts = draw.integers(0, 4, "how many")
    inside = draw.items(counts)
    articles, amounts = inside.integers(100, 999, "article"), inside.integers(1, 9, "amount")
    return Lists(counts, Struct({"article": articles, "amount": amounts}))


LABELLED: list[int] = []


def labels(weight: Ints) -> Text:
    LABELLED.extend(weight.tolist())
    return join(digits(weight, 2), " kg")


@entity("order", breaks=Breaks(amount="weight"))
class Order:
    """What somebody orders."""

    order_no: str = field(serial("O#####"), key=True)
    weight: int = field(number(1, 50), unit="kg")
    grams: int = field(lambda weight: weight * 1_000)
    lines: list[Line] = field(lines)
    heavy: bool = field(lambda weight: weight >= 40, hidden=True)
    looked_at: bool = field(lambda weight: weight >= 30, hidden=True)
    label: str = field(labels, hidden=True)
    never: int | None = field(lambda weight: np.ma.masked_all(len(weight), np.int64), hidden=True)


@check(Order, "a kilogram has a thousand grams")
def grams_fit(weight: Ints, grams: Ints) -> Bools:
    return grams == weight * 1_000


class Orders(Message):
    """Orders of a shop, as EDIFACT has them."""

    name = "edifact.orders.d01b"
    suffixes = (".edi",)
    entity = "shop.order"

    def opening(self) -> Piece:
        return EDIFACT.segment("UNB", EDIFACT.components("UNOC", "3"), of("order_no"))

    def document(self) -> Piece:
        segments = EDIFACT.group(
            EDIFACT.segment("UNH", of("order_no"), EDIFACT.components("ORDERS", "D", "01B", "UN")),
            EDIFACT.segment("MEA", "WT", None, EDIFACT.components("KGM", of("weight"))),
            each(
                "lines",
                EDIFACT.segment("LIN", None, None, EDIFACT.components(of("article"), "EN")),
                EDIFACT.segment("QTY", EDIFACT.components("21", of("amount"))),
            ),
        )
        return EDIFACT.counted(segments, EDIFACT.segment("UNT", of("#units"), of("order_no")))

    def closing(self) -> Piece:
        return EDIFACT.segment("UNZ", of("#count"), of("order_no", part(1)))


class Notice(Message):
    """One order, as XML."""

    name = "shop.notice"
    suffixes = (".xml",)
    entity = "shop.order"
    several = False

    def document(self) -> Piece:
        return element("Notice", {"no": of("order_no")}, of("weight"))


class HeavyNotice(Notice):
    """One order of 40 kg or more, a line each."""

    name = "shop.heavy"
    several = True
    happens = "heavy"

    def document(self) -> Piece:
        return element("Notice", {"no": of("order_no")}, of("weight"))

    def closing(self) -> Piece:
        return element("Count", of("#count"))


class Label(HeavyNotice):
    """What stands on an order of 40 kg or more; lighter than 30 kg is not looked at twice."""

    name = "shop.label"
    only_of = "looked_at"

    def document(self) -> Piece:
        return element("Label", {"no": of("order_no")}, of("label"))


class Nothing(HeavyNotice):
    """What there is of no order."""

    name = "shop.nothing"
    happens = "never"


class GermanNotice(Notice):
    """One order, as only Germany has it."""

    name = "shop.german"
    countries = ("DE",)


class LongNotice(Notice):
    """One order, under the full name of the message."""

    name = "shop.notice.1"


class Shop:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("shop", "1", "orders")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Order]

    @hookimpl
    def datamimic_messages(self) -> list[type]:
        return [Orders, Notice, HeavyNotice, Label, Nothing, GermanNotice, LongNotice]


PACKS = Registry.of(Shop())


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cli.generate", "cli.catalogue", "cli.options", "cli.explain", "world", "plugins.described"):
        monkeypatch.setattr(f"datamimic.{module}.installed_packs", lambda: PACKS)


def dm(*arguments: str) -> Any:
    return CliRunner().invoke(main, list(arguments))


def test_messages_are_listed() -> None:
    shop = [f"shop.{name}" for name in ("notice", "heavy", "label", "nothing", "german", "notice.1")]
    assert [*PACKS.messages()] == ["edifact.orders.d01b", *shop]
    listed = dm("list-messages")
    assert (
        listed.exit_code == 0
        and "edifact.orders.d01b  shop.order  Orders of a shop, as EDIFACT has them." in listed.stdout
    )


def test_a_message_is_described() -> None:
    told = dm("describe", "edifact.orders.d01b")
    assert told.exit_code == 0, told.output
    for said in ("Orders of a shop, as EDIFACT has them.", "Entity: shop.order", "order_no", "lines"):
        assert said in told.stdout
    as_json = json.loads(dm("describe", "shop.notice", "--json").stdout)
    assert (as_json["entity"], as_json["several"]) == ("shop.order", False)
    assert [each["name"] for each in as_json["columns"]] == ["order_no", "weight"]


def test_a_file_of_messages_has_one_opening_and_one_closing(tmp_path: Path) -> None:
    made = dm("generate", "--message", "edifact.orders.d01b", "-n", "50", "--seed", "1")
    assert made.exit_code == 0, made.output
    segments = made.stdout.split("'\n")[:-1]
    assert segments[0].startswith("UNB+UNOC:3+O") and segments[-1].startswith("UNZ+50+")
    # The closing repeats what the opening says, of the first message.
    assert segments[-1].rpartition("+")[2] == segments[0].rpartition("+")[2][1:]
    heads = [segment for segment in segments if segment.startswith("UNH")]
    assert len(heads) == 50
    rows = World("1", packs=PACKS)["order"][0:50].to_arrow().to_pylist()
    for row, head in zip(rows, heads, strict=True):
        start = segments.index(head)
        count = 2 + 2 * len(row["lines"])
        assert segments[start + count] == f"UNT+{count + 1}+{row['order_no']}"


def test_a_written_file_is_verified(tmp_path: Path) -> None:
    out = tmp_path / "orders.edi"
    made = dm("generate", "--message", "edifact.orders.d01b", "-n", "20000", "--seed", "1", "-o", str(out))
    assert made.exit_code == 0, made.output
    assert [each.verdict for each in verify(out, packs=PACKS).outputs] == ["byte-identical"]
    out.write_bytes(out.read_bytes().replace(b"LIN", b"LIM", 1))
    assert verify(out, packs=PACKS).outputs[0].damaged


def test_a_message_that_stands_alone_is_one_a_file(tmp_path: Path) -> None:
    one = dm("generate", "--message", "shop.notice", "-n", "1", "--seed", "1")
    assert one.exit_code == 0 and one.stdout.startswith('<Notice no="O')
    two = dm("generate", "--message", "shop.notice", "-n", "2", "--seed", "1", "-o", str(tmp_path / "two.xml"))
    assert two.exit_code == 2 and "a file holds one shop.notice" in two.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--message", "edifact.orders"], "there is no message 'edifact.orders'"),
        (
            ["--message", "shop.notice", "--columns", "order_no"],
            "a message has an entity, columns and a format of its own",
        ),
        (["shop.order", "--message", "shop.notice", "--format", "csv"], "of its own"),
        ([], "missing argument 'ENTITY'"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: list[str], says: str) -> None:
    made = dm("generate", *arguments, "--seed", "1")
    assert made.exit_code == 2 and says in made.stderr, made.output


def test_rows_are_written_as_messages_from_python(tmp_path: Path) -> None:
    rows = World("1", packs=PACKS)["order"][0:3]
    rows.write(tmp_path / "three.edi", format="edifact.orders.d01b")
    assert (tmp_path / "three.edi").read_text(encoding="utf-8").count("UNH+") == 3
    with pytest.raises(DatamimicError) as caught:
        PACKS.message("edifact.order.d01b")
    assert caught.value.code == "unknown_message" and "edifact.orders.d01b" in str(caught.value.hint)


def test_a_message_knows_what_it_reads() -> None:
    assert Orders().columns() == ["lines", "order_no", "weight"]
    assert of("weight", compact).reads() == {"weight"}


def test_so_many_messages_are_made_as_are_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "heavy.xml"
    made = dm("generate", "--message", "shop.heavy", "-n", "500", "--seed", "1", "-o", str(out))
    assert made.exit_code == 0, made.output
    assert (
        made.stderr.splitlines()[-1].startswith("500 messages shop.heavy of ")
        and "rows of shop.order in" in made.stderr
    )
    text = out.read_text(encoding="utf-8")
    assert text.count("<Notice") == 500 and text.endswith("<Count>500</Count>")
    rows = World("1", packs=PACKS)["order"][0:5000].select(["order_no", "weight"]).to_arrow().to_pylist()
    heavy = [f'<Notice no="{row["order_no"]}">{row["weight"]}</Notice>' for row in rows if row["weight"] >= 40]
    assert text.removesuffix("<Count>500</Count>") == "".join(heavy[:500])
    assert [each.verdict for each in verify(out, packs=PACKS).outputs] == ["byte-identical"]
    fewer = dm("generate", "--message", "shop.heavy", "-n", "7", "--seed", "1", "--offset", "3").stdout
    behind = [f'<Notice no="{row["order_no"]}">{row["weight"]}</Notice>' for row in rows[3:] if row["weight"] >= 40]
    assert fewer == "".join(behind[:7]) + "<Count>7</Count>"


def test_nothing_is_made_of_rows_that_have_no_message() -> None:
    messages = World("1", packs=PACKS).message("shop.label")
    LABELLED.clear()
    fifty = messages[0:50]
    texts = fifty.texts()
    # Row 0 tells the schema.
    assert len(texts) == 50 and all(each >= 40 for each in LABELLED[1:])
    rows = fifty.rows
    assert (
        pickle.loads(pickle.dumps(rows)) == rows and rows.part(slice(10, 90)).select(["label"]).to_arrow().num_rows < 40
    )
    elsewhere = RowRange.of(rows).part(5, 60).view(PACKS)
    assert elsewhere.to_arrow().equals(rows.ranged(5, 60).to_arrow()) and 0 < len(elsewhere) < 30


def test_what_never_happens_is_not_looked_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamimic.output.message_counts.HOPELESS", 20_000)
    made = dm("generate", "--message", "shop.nothing", "-n", "1", "--seed", "1")
    assert made.exit_code == 2 and "rows of shop.order have 0 shop.nothing" in made.stderr, made.output


def test_what_happened_is_told_in_order_of_time() -> None:
    stays = [
        {"no": "1", "came": 10, "left": 30},
        {"no": "2", "came": 20, "left": None},
        {"no": "3", "came": 30, "left": 40},
    ]
    rows = [{"who": "x", "stays": stays}, {"who": "y", "stays": []}, {"who": "z", "stays": stays[:1]}]
    journey = in_order(
        ("stays", "left", EDIFACT.segment("OUT", of("no"))),
        ("stays", "came", EDIFACT.segment("IN", of("no"), of("..who"))),
    )
    made = journey.render(Scope.of(pa.RecordBatch.from_pylist(rows)))
    assert made.texts.to_pylist() == ["IN+1+x'\nIN+2+x'\nOUT+1'\nIN+3+x'\nOUT+3'\n", None, "IN+1+z'\nOUT+1'\n"]
    assert list(made.units) == [5, 0, 2] and journey.reads() == {"stays", "who"}


def test_messages_are_texts_in_python(tmp_path: Path) -> None:
    messages = World("1", packs=PACKS).message("edifact.orders.d01b")
    ten = messages[5:15]
    texts = ten.texts()
    assert len(ten) == len(texts) == 10 and messages[7] == texts[2] and list(ten[2:4]) == texts[2:4]
    whole = ten.to_bytes().decode()
    assert whole.startswith("UNB") and "".join(texts) in whole and "UNZ+10+" in whole
    ten.write(tmp_path / "ten.edi")
    assert (tmp_path / "ten.edi").read_bytes() == ten.to_bytes()
    heavy = World("1", packs=PACKS).message("shop.heavy")
    assert heavy[3:9].texts() == heavy[0:9].texts()[3:] and heavy[0:9][3:5].texts() == heavy[3:5].texts()
    assert len(heavy[2:9]) == 7 and heavy[4] == heavy[0:9].texts()[4]
    broken = heavy[0:60].broken(missing=7, duplicate=5)
    assert len(broken) == 58 and broken[3:9].texts() == broken.texts()[3:9] and broken[20] == broken.texts()[20]


def test_a_message_of_other_countries_is_refused(tmp_path: Path) -> None:
    refused = dm("generate", "--message", "shop.german", "-n", "1", "--seed", "1")
    assert refused.exit_code == 2 and "shop.german is no message of US" in refused.stderr and "DE" in refused.stderr
    assert dm("generate", "--message", "shop.german", "-n", "1", "--seed", "1", "--locale", "DE").exit_code == 0
    with pytest.raises(DatamimicError) as caught:
        World("1", packs=PACKS)["order"][0:1].write(tmp_path / "x.xml", format="shop.german")
    assert caught.value.code == "unsupported_locale"


@pytest.mark.parametrize(
    ("message", "per_file", "files"),
    [("shop.notice", None, 25), ("edifact.orders.d01b", 4, 7), ("shop.heavy", 10, 3), ("edifact.orders.d01b", 100, 1)],
)
def test_messages_are_files_of_their_own(tmp_path: Path, message: str, per_file: int | None, files: int) -> None:
    out, asked = tmp_path / "out", ["--per-file", str(per_file)] if per_file else []
    made = dm("generate", "--message", message, "-n", "25", "--seed", "1", "-o", str(out), *asked)
    assert made.exit_code == 0, made.output
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    written = [out / each["name"] for each in manifest["files"]]
    assert len(written) == files and {*out.iterdir()} == {*written, out / "manifest.json"}
    size, messages = per_file or 1, World("1", packs=PACKS).message(message)
    for place, path in enumerate(written):
        assert path.read_bytes() == messages[place * size : min(place * size + size, 25)].to_bytes()
    assert [report.verdict for report in verify(out, packs=PACKS).outputs] == ["byte-identical"]
    assert reproduce(out, tmp_path / "again", packs=PACKS).holds
    written[-1].write_bytes(written[-1].read_bytes() + b" ")
    report = verify(out, packs=PACKS).outputs[0]
    assert report.damaged and written[-1].name in str(report.differences[0])
    written[-1].unlink()
    report = verify(out, packs=PACKS).outputs[0]
    assert report.missing if files == 1 else "is missing" in str(report.differences[0])


def test_files_of_their_own_are_named_by_the_key(tmp_path: Path) -> None:
    out = tmp_path / "out"
    dm("generate", "--message", "shop.notice", "-n", "9", "--seed", "1", "-o", str(out), "--break", "duplicate=2")
    keys = [row["order_no"] for row in World("1", packs=PACKS)["order"][0:9].to_arrow().to_pylist()]
    names = {path.name for path in out.iterdir()}
    assert {f"{key}.xml" for key in keys} < names
    assert len([name for name in names if name.endswith("~2.xml")]) == 2
    assert [report.verdict for report in verify(out, packs=PACKS).outputs] == ["byte-identical"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["shop.order", "--per-file", "2", "-o", "x"],
        ["--message", "shop.notice", "--per-file", "2", "-o", "x"],
        ["--message", "edifact.orders.d01b", "--per-file", "2"],
        ["--message", "edifact.orders.d01b", "--per-file", "2", "-o", "x", "--parts", "2"],
    ],
)
def test_files_that_cannot_be_are_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = dm("generate", *arguments, "--seed", "1")
    assert made.exit_code == 2 and made.stderr.startswith("error"), made.output
    assert not list(tmp_path.iterdir())


def test_breaks_and_rules_of_messages(tmp_path: Path) -> None:
    out = tmp_path / "orders.edi"
    asked = ["--break", "missing=2", "--break", "wrong_control_count=3", "--break", "negative=16"]
    made = dm("generate", "--message", "edifact.orders.d01b", "-n", "20000", "--seed", "1", "-o", str(out), *asked)
    assert made.exit_code == 0, made.output
    answers = csv.read_csv(f"{out}.answers.csv").to_pylist()
    counts = Counter(each["kind"] for each in answers)
    # No date stands in these orders, so that the rule of dates cannot be broken.
    rules = [each.name for each in Orders().negatives() if each.name != "bad_date"]
    assert [counts[rule] - 3 * (rule == "wrong_control_count") for rule in rules] == [3, 3, 2, 2, 2, 2, 2]
    assert counts["missing"] == 2 and len(answers) == 2 + 3 + 16
    clean = World("1", packs=PACKS).message("edifact.orders.d01b")[0:20_000]
    broken = clean.broken(missing=2, wrong_control_count=3, negative=16)
    assert out.read_bytes() == broken.to_bytes()
    texts, sound = broken.texts(), set(clean.texts())
    assert {place for place, text in enumerate(texts) if text not in sound} == {
        each["position"] for each in answers if each["rule"]
    }
    assert [report.verdict for report in verify(out, packs=PACKS).outputs] == ["byte-identical"]
    workers = tmp_path / "parts"
    dm("generate", "--message", "edifact.orders.d01b", "-n", "20000", "--seed", "1", "-o", str(workers), *asked,
       "--parts", "2", "--engine", "threads")  # fmt: skip
    assert b"".join(broken[start:stop].to_bytes() for start, stop in ((0, 16_384), (16_384, 19_998))) == b"".join(
        (workers / f"part-0000{number}.edi").read_bytes() for number in range(2)
    )


def test_what_a_message_does_not_have_is_not_broken() -> None:
    told = dm(
        "generate", "--message", "shop.notice", "-n", "1", "--seed", "1", "--break", "late=1", "--answers", "x.csv"
    )
    assert told.exit_code == 2 and "'late' is no break of shop.notice" in told.stderr
    heavy = World("1", packs=PACKS).message("shop.heavy")[0:200]
    broken = heavy.broken(missing=5, out_of_order=7, duplicate=4, altered=0, unclosed_element=6)
    texts = broken.texts()
    assert len(texts) == len(broken) == 200 - 5 + 4
    for told in broken.answers().to_pylist():
        if told["kind"] == "missing":
            assert not any(told["key"] in text for text in texts)
            continue
        text = texts[told["position"]]
        assert told["key"] in text and (text in heavy.texts()) == (told["rule"] is None)


def test_messages_stand_beside_the_tables_of_a_world(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    made = dm("world", "shop.order=30", "-o", str(out), "--seed", "1", "--messages", "edifact.orders.d01b,shop.notice")
    assert made.exit_code == 0, made.output
    orders = pa.parquet.read_table(out / "shop_order.parquet").to_pylist()
    edi = (out / "edifact.orders.d01b.edi").read_text("utf-8")
    assert [f"UNH+{row['order_no']}+" in edi for row in orders] == [True] * 30
    assert all((out / f"shop.notice.{row['order_no']}.xml").is_file() for row in orders)
    linkage = json.loads((out / "linkage.json").read_text("utf-8"))
    told = {each["message"]: (each["messages"], each["files"], each["key"]) for each in linkage["messages"]}
    assert told == {"edifact.orders.d01b": (30, 1, "order_no"), "shop.notice": (30, 30, "order_no")}
    reports = verify(out, packs=PACKS).outputs
    assert [report.verdict for report in reports] == ["byte-identical"] * 3
    assert reproduce(out, tmp_path / "again", packs=PACKS).holds
    (out / f"shop.notice.{orders[3]['order_no']}.xml").write_bytes(b"<Notice/>")
    assert any(report.damaged for report in verify(out, packs=PACKS).outputs)


def test_all_messages_are_those_that_rows_and_country_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "shop"
    made = dm("world", "shop.order=20", "-o", str(out), "--seed", "1", "--messages", "all", "--json", "-q")
    assert made.exit_code == 0, made.output
    told = [each["message"] for each in json.loads(made.stdout)["linkage"]["messages"]]
    assert "shop.german" not in told and {"edifact.orders.d01b", "shop.notice", "shop.heavy", "shop.notice.1"} <= {
        *told
    }
    monkeypatch.setattr(Notice, "same_as", "shop.notice.1")
    monkeypatch.setattr(LongNotice, "same_as", "")
    monkeypatch.setattr(HeavyNotice, "same_as", "")
    once = dm("world", "shop.order=20", "-o", str(out), "--seed", "1", "--messages", "all", "--json", "-q")
    assert set(told) - {each["message"] for each in json.loads(once.stdout)["linkage"]["messages"]} == {"shop.notice"}
    both = dm("world", "shop.order=20", "-o", str(out), "--seed", "1", "--messages", "shop.notice,shop.notice.1", "-q")
    assert both.exit_code == 0, both.output
    assert {each["name"]: each.get("alias_of") for each in json.loads(dm("list-messages", "--json").stdout)} == {
        name: "shop.notice.1" if name in ("shop.notice", "shop.german") else None for name in PACKS.messages()
    }
    for names, says in (("shop.german", "no message of US"), ("shop.lost", "there is no message 'shop.lost'")):
        refused = dm("world", "shop.order=20", "-o", str(tmp_path / "no"), "--seed", "1", "--messages", names)
        assert refused.exit_code == 2 and says in refused.stderr and not (tmp_path / "no").exists()


def test_a_file_over_several_blocks_is_closed_by_what_began_it(tmp_path: Path) -> None:
    messages = World("1", packs=PACKS).message("edifact.orders.d01b")[0:40_000]
    messages.write(tmp_path / "out", per_file=17_000)
    files = [each["name"] for each in json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"]]
    for place, name in enumerate(files):
        part_of = messages[place * 17_000 : (place + 1) * 17_000]
        assert (tmp_path / "out" / name).read_bytes() == part_of.to_bytes()


def test_what_stands_around_a_list_is_made_once_for_its_items() -> None:
    rows = Scope.of(pa.RecordBatch.from_pylist([{"who": "x+", "nos": ["1", "2"]}, {"who": None, "nos": ["3"]}]))
    piece = each("nos", EDIFACT.segment("NO", of("."), around(of("who"))))
    assert piece.render(rows).texts.to_pylist() == ["NO+1+x?+'\nNO+2+x?+'\n", "NO+3'\n"]
    assert piece.reads() == {"nos", "who"}


def test_rows_of_messages_are_checked_by_their_entity(tmp_path: Path) -> None:
    out = tmp_path / "orders.edi"
    dm("generate", "--message", "edifact.orders.d01b", "-n", "50", "--seed", "1", "-o", str(out))
    checked = dm("check", str(out))
    assert checked.exit_code == 0 and "checks hold in 50 rows" in checked.stdout, checked.output
    dm(
        "generate",
        "--message",
        "edifact.orders.d01b",
        "-n",
        "50",
        "--seed",
        "1",
        "-o",
        str(out),
        "--break",
        "altered=3",
    )
    broken = dm("check", str(out), "--json")
    assert broken.exit_code == 1
    assert sum(each["violations"] for each in json.loads(broken.stdout) if each["check"] == "grams_fit") == 3


def test_a_message_says_of_what_it_is_made() -> None:
    told = dm("explain", "shop.notice", "7", "--seed", "1")
    assert told.exit_code == 0 and "shop.notice is made of row 7 of shop.order" in told.stdout, told.output
    messages = World("1", packs=PACKS).message("shop.notice")
    assert told.stdout.rstrip().endswith(messages[7]) and "weight" in told.stdout
    as_json = json.loads(dm("explain", "shop.notice", "7", "--seed", "1", "--json").stdout)
    assert (as_json["row"], as_json["texts"]) == (7, [messages[7]])
    value = dm("explain", "shop.notice", "7", "weight", "--seed", "1")
    assert value.exit_code == 0 and value.stdout.startswith("shop.order, row 7, weight = ")
