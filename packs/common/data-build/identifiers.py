"""cccd_provinces_VN: the province codes of Vietnamese citizen numbers."""

from __future__ import annotations

from pathlib import Path

from datamimic.datasets.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
# code of the citizen number and second part of ISO 3166-2, provinces as of before 1 July 2025
CODES = """
001 HN 002 03 004 04 006 53 008 07 010 02 011 71 012 01 014 05 015 06 017 14 019 69 020 09 022 13 024 54 025 68 026 70
027 56 030 61 031 HP 033 66 034 20 035 63 036 67 037 18 038 21 040 22 042 23 044 24 045 25 046 26 048 DN 049 27 051 29
052 31 054 32 056 34 058 36 060 40 062 28 064 30 066 33 067 72 068 35 070 58 072 37 074 57 075 39 077 43 079 SG 080 41
082 46 083 50 084 51 086 49 087 45 089 44 091 47 092 CT 093 73 094 52 095 59 096 55
""".split()


def main() -> None:
    rows = [(f"VN-{iso}", code) for code, iso in zip(CODES[::2], CODES[1::2], strict=True)]
    assert len(rows) == len(set(rows)) == 63
    write_table(
        DATA, "cccd_provinces", "VN", ["former_state_code", "cccd_code"], rows,
        source="Ministry of Public Security of Vietnam, circular 59/2021/TT-BCA, annex on province codes", licence="facts",
        date="2021", method="data-build/identifiers.py: entered by hand", grade="B",
    )  # fmt: skip


if __name__ == "__main__":
    main()
