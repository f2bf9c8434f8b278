"""Conformance reports: claims are read, measured and judged; the page needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from datetime import time, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import fleet
import numpy as np
import pyarrow as pa
import pytest

from datamimic import DatamimicError, DatasetSource, Pack, Registry, World, hookimpl
from datamimic_report import assess, charts, render
from datamimic_report.claims import Claim, Group, Identifier, parse_claims
from datamimic_report.distributions import describe
from datamimic_report.measuring import Sample, measure
from datamimic_report.page import OPEN_GROUPS
from datamimic_report.validators import judge

CLAIMS = """
[follows]
van = ["fleet.vehicle"]

[[claim]]
entity = "vehicle"
field = "electric"
title = "Electric vehicles <of all>"
kind = "share"
values = [true]
published = 30
grade = "A"
source = "fleet statistics"
url = "https://example.org/fleet"

[[claim]]
entity = "vehicle"
field = "load"
title = "Mean load"
kind = "mean"
unit = "kg"
published = 500
grade = "B"
source = "fleet statistics"

[[claim]]
entity = "vehicle"
countries = ["DE"]
field = "kilometres"
title = "Only claimed of Germany"
bands = [0, 150000]
figures = { "0" = 50, "150000" = 50 }
grade = "A"
source = "fleet statistics"

[[identifier]]
entity = "vehicle"
field = "label"
validator = "stdnum.isin"
refused = true
"""


def packs_with(tmp_path: Path, claims: str) -> Registry:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "claims.toml").write_text(claims, encoding="utf-8")

    class Figures:
        @hookimpl
        def datamimic_pack(self) -> Pack:
            return Pack("figures", "1.0.0", "Claims about the fleet")

        @hookimpl
        def datamimic_datasets(self) -> list[DatasetSource]:
            return [DatasetSource("fleet", tmp_path, "data")]

    return Registry.of(fleet, Figures())


def test_a_report_judges_what_the_packs_claim(tmp_path: Path) -> None:
    report = assess(World("demo", "US", packs=packs_with(tmp_path, CLAIMS))["fleet.vehicle"][0:3_000])
    assert [(claim["title"], claim["holds"]) for claim in report["claims"]] == [
        ("Electric vehicles <of all>", True),
        ("Mean load", True),
    ]
    assert all(check["violations"] == 0 and check["rows"] == 3_000 for check in report["invariants"])
    assert {"vehicle_id", "motor.code", "stops"} <= {each["name"] for each in report["fields"]}
    assert {table["table"] for table in report["tables"]} >= {"fleet/kinds.csv"}
    assert report["verdict"]["holds"]


def test_claims_hold_for_a_subclass_only_where_it_says_so(tmp_path: Path) -> None:
    world = World("demo", "DE", packs=packs_with(tmp_path, CLAIMS))
    assert len(assess(world["fleet.van"][0:100])["claims"]) == 3
    (tmp_path / "data" / "claims.toml").write_text(CLAIMS.replace('van = ["fleet.vehicle"]', ""))
    told = assess(world["fleet.van"][0:100])
    assert told["claims"] == []
    assert [each["field"] for each in told["identifiers"]] == ["label"]


def test_a_wrong_figure_deviates(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, CLAIMS.replace("published = 30", "published = 40"))
    report = assess(World("demo", "US", packs=packs)["fleet.vehicle"][0:5_000])
    assert [claim["holds"] for claim in report["claims"]] == [False, True]
    assert not report["verdict"]["holds"]
    assert "deviates" in render(report)


class _Links(HTMLParser):
    """What the page would load: sources, style sheets, scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "img", "iframe", "object") or "src" in given:
            self.loaded.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_the_same_again(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, CLAIMS)
    pages = [render(assess(World("demo", "US", packs=packs)["fleet.vehicle"][0:500])) for _ in range(2)]
    assert pages[0] == pages[1]
    parser = _Links()
    parser.feed(pages[0])
    assert parser.loaded == [] and parser.open == []
    assert "@import" not in pages[0] and "url(" not in pages[0]
    assert "Electric vehicles &lt;of all&gt;" in pages[0] and "<of all>" not in pages[0]
    assert "prefers-color-scheme: dark" in pages[0]


def test_the_page_allows_its_own_style_and_nothing_else(tmp_path: Path) -> None:
    page = render(assess(World("demo", "US", packs=packs_with(tmp_path, CLAIMS))["fleet.vehicle"][0:50]))
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy).split(";"))
    assert rules.pop("style-src") == f"'sha256-{digest}'"
    assert set(rules.values()) == {"'none'"} and "default-src" in rules
    assert " style=" not in page and not re.search(r"\son\w+=", page)


def test_the_page_can_be_read_aloud_and_by_keyboard(tmp_path: Path) -> None:
    page = render(assess(World("demo", "US", packs=packs_with(tmp_path, CLAIMS))["fleet.vehicle"][0:50]))
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in itertools.pairwise(levels)), "no level is left out"
    assert re.findall(r"<th(?: class=\"\w+\")?>", page) == [], "every heading says of what it is one"
    assert all(
        "tabindex" in each and "aria-labelledby" in each for each in re.findall(r'<div class="scroll"[^>]*>', page)
    )
    assert all("aria-hidden" in each or "aria-label" in each for each in re.findall(r"<svg[^>]*>", page))
    targets, links = set(re.findall(r'\sid="([^"]+)"', page)), re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 4 and set(links) <= targets


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[claim", "claims.toml"),
        ('[[claim]]\nentity = "vehicle"', "field"),
        ('[[claim]]\nentity="v"\nfield="f"\ntitle="t"\ngrade="Z"\nsource="s"\nfigures={a=1}', "grade"),
        ('[[claim]]\nentity="v"\nfield="f"\ntitle="t"\ngrade="A"\nsource="s"\nkind="mean"', "published"),
        ('[[claim]]\nentity="v"\nfield="f"\ntitle="t"\ngrade="A"\nsource="s"', "figures"),
    ],
)
def test_claims_that_cannot_be_read_say_why(text: str, says: str) -> None:
    with pytest.raises(DatamimicError, match=says) as caught:
        parse_claims(text, "a pack")
    assert caught.value.code == "bad_catalog"


def sample(**columns: list[object]) -> Sample:
    return Sample(pa.table(columns))


def claim(**given: object) -> Claim:
    told = {"entity": "e", "field": "x", "title": "t", "grade": "A", "source": "s"}
    return Claim(**(told | given))  # type: ignore[arg-type]


def test_the_distance_is_the_share_of_rows_that_would_have_to_move() -> None:
    values = ["a"] * 60 + ["b"] * 30 + ["z"] * 10
    told = measure(claim(groups=(Group(figures={"a": 50, "b": 50}),)), sample(x=values * 100))
    assert told["distance"] == pytest.approx(0.2)
    assert [each["label"] for each in told["groups"][0]["figures"]] == ["a", "b", "(others)"]
    assert told["holds"] is False


def test_chance_is_allowed_for() -> None:
    # 99 of 100 samples of a claim that is true must hold, at every size; here all of 200 do.
    generator = np.random.default_rng(1)
    for rows in (40, 400, 4_000):
        for _ in range(66):
            drawn = generator.choice(["a", "b", "c"], rows, p=[0.5, 0.3, 0.2]).tolist()
            assert measure(claim(groups=(Group(figures={"a": 50, "b": 30, "c": 20}),)), sample(x=drawn))["holds"]


def test_bands_crossing_groups_and_weights() -> None:
    table = sample(x=[5, 15, 25, 99] * 25, sex=["f", "m"] * 50, w=[1, 3] * 50)
    figures = {"f 0": 25, "m 10": 25, "f 20": 25, "m 20": 25}
    told = measure(claim(bands=[0, 10, 20], by="sex", groups=(Group(figures=figures),)), table)
    assert told["distance"] == pytest.approx(0)
    assert [each["label"] for each in told["groups"][0]["figures"]] == ["f 0 to 9", "m 10 to 19", "f 20+", "m 20+"]
    weighed = measure(claim(field="sex", weight="w", groups=(Group(figures={"f": 25, "m": 75}),)), table)
    assert weighed["distance"] == pytest.approx(0)
    few = measure(claim(groups=(Group(where={"x": [15, 15], "sex": ["f"]}, figures={"15": 100}),)), table)
    assert few["holds"] is None


def test_merged_values_and_items_of_lists() -> None:
    merged = measure(claim(merge={"b": "a"}, groups=(Group(figures={"a": 100}),)), sample(x=["a", "b"] * 50))
    assert merged["distance"] == pytest.approx(0)
    lists = sample(x=[["p", "q"], [], ["q"], ["r"]] * 25)
    told = measure(claim(kind="share", values=["p", "q"], groups=(Group(published=50.0),)), lists)
    assert told["groups"][0]["figures"][0]["measured"] == pytest.approx(0.5)


@pytest.mark.oracle("python-stdnum")
def test_validators_accept_or_refuse_all(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("stdnum", reason="python-stdnum is not installed")
    card = Identifier(entity="e", field="x", validator="stdnum.luhn")
    assert judge(card, ["4111111111111111", None], "US")["holds"]
    told = judge(card, ["4111111111111112"], "US")
    assert not told["holds"] and told["examples"] == ["4111111111111112"]
    refused = Identifier(entity="e", field="x", validator="stdnum.luhn", refused=True)
    assert judge(refused, ["4111111111111112"], "US")["holds"]
    with pytest.raises(DatamimicError, match="no validator"):
        judge(Identifier(entity="e", field="x", validator="stdnum"), ["1"], "US")
    with pytest.raises(DatamimicError, match="has no nothing"):
        judge(Identifier(entity="e", field="x", validator="stdnum.nothing"), ["1"], "US")


def test_a_validator_that_is_not_installed_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> SimpleNamespace:
        raise ImportError(name)

    monkeypatch.setattr("datamimic_report.validators.import_module", missing)
    monkeypatch.setattr("datamimic_report.validators.version", lambda name: "1")
    told = judge(Identifier(entity="e", field="x", validator="schwifty.IBAN"), ["1"], "DE")
    assert told["holds"] is None and "not installed" in told["skipped"]


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        (["a", "b", "a"] * 10, "categories"),
        ([f"id-{number}" for number in range(50)], "unique"),
        (list(range(50)), "numbers"),
        ([True, False], "categories"),
        ([["a"], ["a", "b"], []], "lists"),
        ([timedelta(minutes=number) for number in range(50)], "numbers"),
        ([time(6), time(7, 30)] * 10, "categories"),
        ([b"a", b"b"], "categories"),
        ([None, None], "empty"),
    ],
)
def test_what_values_look_like(values: list[object], shape: str) -> None:
    kind = pa.string() if values[0] is None else None
    told = describe(pa.chunked_array([pa.array(values, kind)]))
    assert told["shape"] == shape
    assert all(0 <= each["share"] <= 1 for each in told["bars"])
    if shape in ("categories", "numbers"):
        assert sum(each["share"] for each in told["bars"]) == pytest.approx(1)


def test_the_command_that_a_report_names_makes_it(tmp_path: Path) -> None:
    world = World("it's 1", "US", packs=packs_with(tmp_path, CLAIMS))
    report = assess(world.with_options("fleet.vehicle", min_km=5)["fleet.vehicle"][0:50])
    assert re.search(r"--seed 'it'\"'\"'s 1' --locale \S+ --clock \S+ --count 50 .*--set min_km=5", report["command"])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "JAVASCRIPT:x", ""])
def test_only_pages_become_links(url: str, tmp_path: Path) -> None:
    packs = packs_with(tmp_path, CLAIMS.replace("https://example.org/fleet", url))
    rows = World("demo", "US", packs=packs)["fleet.vehicle"][0:50]
    page = render(assess(rows))
    assert "fleet statistics</a>" not in page and "javascript:" not in page.lower()
    (tmp_path / "data" / "claims.toml").write_text(CLAIMS.replace("org/fleet", "org/?a&b"), encoding="utf-8")
    assert '<a href="https://example.org/?a&amp;b">fleet statistics</a>' in render(assess(rows))


def test_what_is_said_of_a_pack_is_text_in_the_page(tmp_path: Path) -> None:
    nasty = "</style><script>alert('x')</script>{{ 7 * 7 }}"
    claims = CLAIMS.replace("Mean load", nasty).replace('source = "fleet', f'source = "{nasty}').replace("kg", nasty)
    page = render(assess(World(nasty, "US", packs=packs_with(tmp_path, claims))["fleet.vehicle"][0:50]))
    assert "<script" not in page and page.count("</style>") == 1 and "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("groups", [1, OPEN_GROUPS, OPEN_GROUPS + 3])
def test_many_groups_are_folded_away(tmp_path: Path, groups: int) -> None:
    parts = "".join(
        f'[[claim.group]]\nlabel = "group {number}"\nfigures = {{ van = 50 }}\n' for number in range(groups)
    )
    head = '[[claim]]\nentity = "vehicle"\nfield = "kind"\ntitle = "Kinds"\ngrade = "E"\nsource = "guessed"\n'
    page = render(assess(World("demo", "US", packs=packs_with(tmp_path, head + parts))["fleet.vehicle"][0:100]))
    parser = _Links()
    parser.feed(page)
    assert parser.open == []
    assert page.count("<details>") == (groups > OPEN_GROUPS)
    assert ("3 more groups" in page) is (groups > OPEN_GROUPS)
    assert page.count("<figcaption>") == (groups if groups > 1 else 0)


def test_bars_are_in_proportion_and_what_is_left_over_has_none() -> None:
    figures = [
        {"label": "a", "published": 0.2, "measured": 0.1},
        {"label": "b", "published": 0.1, "measured": 0.0},
        {"label": "(others)", "published": 0.7, "measured": 0.9},
    ]
    assert [(each["bar"], each["mark"]) for each in charts.compared(figures)] == [(50, 100), (0.5, 50), (None, None)]
    found = [{"label": "a", "share": 0.25}, {"label": "b", "share": 0.05}, {"label": "c", "share": 0.7, "others": True}]
    assert [each["bar"] for each in charts.shares(found)] == [100, 20, None]
    drawn = charts.histogram([{"label": str(number), "share": number / 10} for number in range(5)])
    assert drawn["labels"] == ["0", "2", "4"]
    assert [each["left"] for each in drawn["columns"]] == [0, 20, 40, 60, 80]
    assert charts.histogram([]) == {"columns": [], "labels": []}
