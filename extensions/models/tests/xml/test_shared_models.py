"""Models that nobody here wrote, where the shared folder lies beside the checkout: the shapes that their own runner makes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from datamimic_models.xml import run_model

DIFFERS = {
    # A girl of the United States is Ms. to us, and Mrs. to them.
    "10_nested_generate_generate_as_source_2": "lookup2.salutation: types ['str'] vs ['null']; "
    "lookup2.salutation: constant ['Mrs.'] vs ['None']",
}


def test_every_shared_model_has_the_shape_that_its_own_runner_makes(shared: Path) -> None:
    told = subprocess.run(
        [sys.executable, str(shared / "check.py"), "datamimic_models.xml:run_model"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    verdicts = {line[5:].split(" ")[0]: line[5:].partition(" ")[2] for line in told.splitlines()[:-1]}
    assert set(verdicts) == {case["case"] for case in json.loads((shared / "cases.json").read_text())}
    assert {case: said.strip() for case, said in verdicts.items() if said.strip()} == DIFFERS


def test_values_do_not_depend_on_the_size_of_pages(shared: Path) -> None:
    for case in json.loads((shared / "cases.json").read_text()):
        if not case["negative"] and not case["case"].startswith(("25", "28")):
            path = shared / "cases" / case["case"] / case["descriptor"]
            assert repr(run_model(path, seed="s", page=7)) == repr(run_model(path, seed="s")), case["case"]
