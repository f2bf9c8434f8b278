from datamimic.testing import pack_contract

TestLogistics = pack_contract("logistics", locales=("LU", "DE", "VN"))
