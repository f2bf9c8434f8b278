"""Templates are complete models: they are checked without a warning, run, and keep what they say."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from datamimic.cli import main
from datamimic_models.loading import Model
from datamimic_models.printing.language_schema import language_schema
from datamimic_models.templates import template_text, templates


@pytest.mark.parametrize("name", templates())
def test_a_template_runs_and_every_reference_is_closed(name: str, tmp_path: Path) -> None:
    made = Model.load(Path(__file__).parents[1] / "src" / "datamimic_models" / "templates" / f"{name}.yaml")
    assert made.warnings == () and templates()[name].endswith(".")
    world = made.world(seed="demo")
    counts = made.counts(world)
    rows = {each: world[f"{name}.{each}"][0 : min(count, 3_000)].to_arrow() for each, count in counts.items()}
    for table in made.tables.tables:
        keys = list(zip(*(rows[table.name].column(each).to_pylist() for each in table.primary_key), strict=True))
        assert len(keys) == len(set(keys)) > 0
        for key in table.foreign_keys:
            parent = world[f"{name}.{key.parent_table}"][0 : counts[key.parent_table]].to_arrow()
            known = set(zip(*(parent.column(each).to_pylist() for each in key.parent_columns), strict=True))
            own = zip(*(rows[table.name].column(each).to_pylist() for each in key.columns), strict=True)
            assert {each for each in own if None not in each} <= known
        for column in table.columns:
            values = rows[table.name].column(column.name).to_pylist()
            assert any(each is not None for each in values), f"{table.name}.{column.name} is always null"


@pytest.mark.parametrize("name", templates())
def test_a_model_is_begun_from_a_template(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    result = run.invoke(main, ["model", "new", "mine", "--template", name], prog_name="dm")
    assert result.exit_code == 0 and Path("mine.yaml").read_text(encoding="utf-8").count("\nname: mine\n") == 1
    assert run.invoke(main, ["model", "check", "mine.yaml"]).output == "mine.yaml: good\n"
    result = run.invoke(main, ["model", "new", "mine"], prog_name="dm")
    assert result.exit_code == 2 and "output_unwritable" in result.output
    result = run.invoke(main, ["model", "new", "Mine!"], prog_name="dm")
    assert result.exit_code == 2 and "models.bad_name" in result.output


@pytest.mark.parametrize("name", templates())
def test_the_json_schema_of_the_language_accepts_the_templates(name: str) -> None:
    document = yaml.safe_load(template_text(name))
    validator = jsonschema.Draft202012Validator(language_schema())
    validator.validate(document)
    for broken in (
        {"tabels": []},
        {"tables": [{"columns": [{"nme": "a"}]}]},
        {"tables": [{"columns": [], "rows": True}]},
    ):
        assert not validator.is_valid({**document, **broken})
