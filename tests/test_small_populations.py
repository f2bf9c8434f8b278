"""Populations of any size: made with references into them, or refused before the first row with what is the least."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic.cli import main
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import installed_packs
from datamimic.related.closure import close, links_of, set_of

SIZES = (1, 2, 3, 7, 60)
LEAST = {
    ("healthcare.doctor", "US"): 2,
    ("insurance.insurance_company", "US"): 12,
    ("insurance.insurance_product", "US"): 11,
}


@cache
def referrers() -> dict[str, list[str]]:
    """Who refers to an entity, by the entity's name."""
    world, found = World(1), defaultdict(list)
    for path, cls in sorted(installed_packs().entities().items()):
        spec = world.spec(cls)
        if world.path(spec) == path:
            for link in links_of(world, spec):
                if path not in found[world.path(link.target)]:
                    found[world.path(link.target)].append(path)
    return dict(found)


@pytest.mark.parametrize(
    "size", [size if size == 1 else pytest.param(size, marks=pytest.mark.thorough) for size in SIZES]
)
@pytest.mark.parametrize("path", sorted(referrers()))
def test_a_population_of_any_size_is_made_or_refused(path: str, size: int) -> None:
    for referrer in referrers()[path]:
        if referrer == path:
            continue
        counts = {path: size, referrer: 3}
        refused = None
        try:
            world = set_of(World("small", "US"), counts)
            for table in close(world, counts).tables:
                rows = next(iter(table.rows.pieces(size=20)), None)
                if rows is None:
                    # Of a population so small nobody refers to a row of the table.
                    continue
                assert world[table.spec.cls].gather(rows).num_rows == len(rows)
        except DatamimicError as error:
            refused = error
        if refused is not None and refused.code == "invalid_count":
            # A child's parent has to be there, and a child that its parent names; the message says how many there have to be.
            assert re.search(rf"(?:{re.escape(path)}|{re.escape(referrer)})=\d+ or more", str(refused))
        elif refused is not None:
            least = refused.details["least"]
            assert least == LEAST.get((path, "US"), least)
            assert refused.code == "too_few_rows" and size < least
            assert f"{path}={size} is too few for US: {least} are the least" in str(refused)


@pytest.mark.parametrize(("path", "country"), LEAST)
def test_the_least_number_is_enough(path: str, country: str) -> None:
    least = LEAST[path, country]
    for referrer in referrers()[path]:
        world = World("least", country, sizes={path: least})
        assert world[referrer][0:200].to_arrow().num_rows == 200
        assert not [each for each in check_rows(world[referrer][0:200]) if not each.holds]
    with pytest.raises(DatamimicError) as error:
        World("least", country, sizes={path: least - 1})[referrers()[path][0]][0]
    assert error.value.code == "too_few_rows" and error.value.details["least"] == least


@pytest.mark.parametrize("size", [1, 407])
def test_everybody_goes_to_the_few_hospitals_there_are(size: int) -> None:
    world = World("few", "US", sizes={"healthcare.hospital": size})
    numbers = {*world["healthcare.hospital"][0:size].select(["hospital_id"]).to_arrow()[0].to_pylist()}
    for path in referrers()["healthcare.hospital"]:
        assert not [each for each in check_rows(world[path][0:200]) if not each.holds]
    devices = world["healthcare.medical_device"][0:300].select(["hospital_id"]).to_arrow()[0]
    assert {*devices.to_pylist()} <= numbers


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_few_accounts_are_of_the_usual_types_and_cards_and_loans_belong_to_them(size: int) -> None:
    world = World("few", "DE", sizes={"finance.bank_account": size})
    for path in ("finance.credit_card", "finance.loan", "finance.transaction"):
        assert not [each for each in check_rows(world[path][0:300]) if not each.holds]
    numbers = {*world["finance.bank_account"][0:size].select(["account_id"]).to_arrow()[0].to_pylist()}
    cards = world["finance.credit_card"][0:300].select(["account_id"]).to_arrow()[0]
    assert {*cards.to_pylist()} <= numbers


def test_a_world_with_hardly_an_adult_finds_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(
        "few", "US", sizes={"common.person": 400}, options={"common.person": {"age_profile": "3-17:399,30:1"}}
    )
    ages = world["common.person"][0:400].select(["age"]).to_arrow()[0].to_pylist()
    assert 0 < sum(age >= 18 for age in ages) < 6
    holders = [account.holder.age for account in world["finance.bank_account"][0:60]]
    assert {*holders} == {30}


def test_a_world_without_adults_is_refused_with_what_to_do() -> None:
    world = World("few", "US", sizes={"common.person": 1}, options={"common.person": {"max_age": 17}})
    with pytest.raises(DatamimicError, match="common.person") as error:
        world["finance.bank_account"][0:5].to_arrow()
    assert "min_age=18" in str(error.value.hint)


def test_the_command_names_entity_number_and_what_to_do(tmp_path: Path) -> None:
    arguments = ["world", "healthcare.doctor=1", "healthcare.patient=10", "--seed", "demo"]
    result = CliRunner().invoke(main, [*arguments, "--output", str(tmp_path / "x")])
    assert result.exit_code == 2
    assert "error[too_few_rows]: healthcare.doctor=1 is too few for US: 2 are the least" in result.output
    assert not (tmp_path / "x").exists()
