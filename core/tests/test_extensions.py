"""Who asks for what an extension of this project brings, and does not have it, is told what installs it or what is wrong."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from datamimic import DatamimicError, Pack, Registry
from datamimic.cli import main


@pytest.mark.parametrize("name", ["dask", "spark", "clusters.dask"])
def test_an_engine_that_an_extension_brings_is_answered_with_what_installs_it(packs: Registry, name: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        packs.engine(name)
    assert caught.value.code == "missing_dependency"
    assert caught.value.hint == f'pip install "datamimic-clusters[{name.rpartition(".")[2]}]"'


def test_an_extension_that_is_disabled_or_broken_says_so_itself() -> None:
    broken = SimpleNamespace(
        datamimic_pack=lambda: Pack("clusters", "1.0.0", "Test"), datamimic_engines=lambda: "dask = nowhere:Dask"
    )
    with pytest.raises(DatamimicError) as caught:
        Registry.of(broken).engine("dask")
    assert caught.value.code == "bad_hook"


def test_a_command_that_an_extension_brings_is_answered_with_what_installs_it(
    packs: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datamimic.cli.group.installed_packs", lambda: packs)
    done = CliRunner().invoke(main, ["report", "fleet.vehicle", "-o", "report.html"])
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "error[missing_dependency]: the command report comes with datamimic-report, which is not installed",
        "hint: pip install datamimic-report",
    ]
    assert CliRunner().invoke(main, ["reprot"]).stderr.startswith("error[unknown_command]")
