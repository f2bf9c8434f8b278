from datamimic.testing import pack_contract

TestEnergy = pack_contract("energy", rows=24, locales=("DE", "FR"))
