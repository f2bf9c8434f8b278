from datamimic.testing import pack_contract

TestCommon = pack_contract("common", rows=8, locales=("DE",))
TestCommon().test_checks_hold("common.city", "DE")
