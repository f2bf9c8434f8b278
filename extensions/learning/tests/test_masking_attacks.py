"""Somebody who has the copy, the program and a list of all who may be in it, and not the key, finds nobody; nothing that would
lead back is stored."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from datamimic_learning import MaskingKey, key_of_file, mask, parse_plan
from datamimic_learning.masking.methods.encrypting import Encryption
from datamimic_learning.masking.methods.naming_anew import hashed, tokens

KEY = MaskingKey.of_bytes(bytes(range(32)))
AT_ONCE = 1 << 16


def guesses(count: int) -> None:
    """Each of the numbers that there may be is tried under a digest without a key, which finds the one of a copy whose maker
    did without, and under keys that are not the key, of which there are as many as there are pieces of the list."""
    somebody = f"{count // 3:016}"
    one = pa.array([somebody])
    target = [
        hashed(KEY.of("hash", "value"), one, 32)[0].as_py(),
        tokens(KEY.of("token", "value"), one, 22, "")[0].as_py(),
        Encryption(KEY.of("encrypt", "value")).crypt(one)[0].as_py(),
    ]
    unkeyed = hashlib.sha256(somebody.encode()).hexdigest()[:32]
    found = {"without a key": 0, "in this copy": 0}
    for start in range(0, count, AT_ONCE):
        texts = [f"{number:016}" for number in range(start, min(start + AT_ONCE, count))]
        digests = [hashlib.sha256(each.encode()).hexdigest()[:32] for each in texts]
        found["without a key"] += digests.count(unkeyed)
        found["in this copy"] += digests.count(target[0])
        wrong = MaskingKey.of_bytes(start.to_bytes(8, "big") + bytes(range(24)))
        tried = pa.array(texts)
        for made, wanted in zip(
            (
                hashed(wrong.of("hash", "value"), tried, 32),
                tokens(wrong.of("token", "value"), tried, 22, ""),
                Encryption(wrong.of("encrypt", "value")).crypt(tried),
                Encryption(wrong.of("encrypt", "value")).crypt(pa.array([target[2]]), decrypting=True),
            ),
            (*target, somebody),
            strict=True,
        ):
            found["in this copy"] += int(pa.compute.sum(pa.compute.equal(made, wanted)).as_py())
    assert found == {"without a key": 1, "in this copy": 0}


def test_guesses_without_the_key_find_nothing() -> None:
    guesses(100_000)


@pytest.mark.thorough
def test_ten_million_guesses_without_the_key_find_nothing() -> None:
    guesses(10_000_000)


PLAN = """
mask: 1
tables:
  a:
    subjects: {p: {of: common.person, key: email, columns: {email: email, name: full_name}}}
    columns: {account: encrypt, token: token}
"""


def test_no_map_is_stored_since_another_process_makes_the_same_of_other_rows(tmp_path: Path) -> None:
    names = ["Adalgisa Quarzberger", "Bertrude Zwirnemann", "Cunimund Oxenfurter"]
    table = pa.table({
        "email": [f"{name.split()[0].lower()}@quarz.example" for name in names], "name": names,
        "account": ["K-184301", "K-184302", "K-184303"], "token": names,
    })  # fmt: skip
    for place, rows in (("first", table), ("second", table.take([2, 0]))):
        (tmp_path / place).mkdir()
        pa.parquet.write_table(rows, tmp_path / place / "a.parquet")
    key = tmp_path / "mask.key"
    key.write_text(bytes(range(32)).hex())
    key.chmod(0o600)
    (tmp_path / "plan.yaml").write_text(PLAN)
    out = tmp_path / "out"
    out.mkdir()
    mask(tmp_path / "first" / "a.parquet", out / "a.parquet", key_of_file(key), parse_plan(PLAN))
    made = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(made) == {"a.parquet", "a.parquet.manifest.json"}, "nothing else is written"
    secrets = [*names, *table["email"].to_pylist(), *table["account"].to_pylist(), bytes(range(32)).hex()]
    assert [each for each in secrets if any(each.encode() in content for content in made.values())] == []
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "other").mkdir()
    subprocess.run(
        [sys.executable, "-m", "datamimic", "mask", str(tmp_path / "second" / "a.parquet"), "-o",
         str(tmp_path / "other" / "a.parquet"), "--key-file", str(key), "--plan", str(tmp_path / "plan.yaml"), "--quiet"],
        check=True, capture_output=True, env={**os.environ, "HOME": str(home), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    assert list(home.iterdir()) == []
    first = pa.parquet.read_table(out / "a.parquet")
    assert pa.parquet.read_table(tmp_path / "other" / "a.parquet").to_pylist() == first.take([2, 0]).to_pylist()
