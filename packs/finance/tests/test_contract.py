"""What every pack keeps: determinism, keys, references, types, checks, tables and golden digests."""

from __future__ import annotations

from datamimic.testing import pack_contract

TestFinance = pack_contract("finance")
