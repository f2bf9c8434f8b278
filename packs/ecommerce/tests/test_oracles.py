"""Independent validators of the identifiers."""

import pytest

from datamimic import World
from datamimic_pack_ecommerce.orders import tracking


@pytest.fixture(scope="module")
def gtins():
    return World("oracles", "DE")["ecommerce.product"][0:20_000].select(["gtin"]).to_arrow()["gtin"].to_pylist()


def test_gtins_are_unique(gtins):
    assert len(set(gtins)) == len(gtins)


@pytest.mark.oracle("python-stdnum")
def test_stdnum_accepts_the_gtins(gtins):
    ean = pytest.importorskip("stdnum.ean", reason="python-stdnum is not installed")
    assert all(ean.is_valid(gtin) for gtin in gtins)


@pytest.mark.oracle("biip")
def test_biip_reads_the_gtins_as_demonstration_numbers(gtins):
    biip = pytest.importorskip("biip.gtin", reason="biip is not installed")
    for gtin in gtins[:2_000]:
        parsed = biip.Gtin.parse(gtin)
        assert parsed.format.name == "GTIN_13"
        assert parsed.prefix is not None and parsed.prefix.value == "952"
        assert "demonstration" in parsed.prefix.usage.lower()


def test_tracking_numbers_are_upu_s10():
    import numpy as np

    # The example that UPU's standard S10 itself computes: 47312482 has the check digit 9.
    assert tracking.check_digit(np.array([47_312_482]))[0] == 9
    numbers = World("oracles", "DE")["ecommerce.order"][0:5_000].select(["tracking_number"]).to_arrow()
    found = [number for number in numbers["tracking_number"].to_pylist() if number]
    assert len(set(found)) == len(found) > 4_000
    assert all(len(number) == 13 and number.endswith("DE") for number in found)
