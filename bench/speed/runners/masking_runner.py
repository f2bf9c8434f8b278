"""Ours: a table of customers masked to Parquet, by a plan; only its columns, or its notes too."""

from __future__ import annotations

import sys
from importlib.metadata import version
from io import BytesIO

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from customers import masked_columns
from turns import processor_seconds, take_turns

from datamimic_learning import Masking, MaskingKey, open_sample, parse_plan
from datamimic_learning.finding.spans import personal_spans

case, count = sys.argv[1], int(sys.argv[2])
columns, path = case.split(":", 1)
strings = pa.csv.ConvertOptions(column_types=dict.fromkeys(masked_columns("notes"), pa.string()))
table = pa.csv.read_csv(path, convert_options=strings).select(masked_columns(columns))
key = MaskingKey.of_bytes(bytes(range(32)))
PLAN = """
mask: 1
locale: en_US
tables:
  frame:
    subjects:
      person:
        of: common.person
        key: email
        keep: [sex, age_band]
        columns: {gender: gender, first_name: given_name, last_name: family_name, email: email, phone: phone,
                  birth_date: birthdate, address: address.line, city: address.city, state: address.state_code,
                  zip: address.postal_code}
    columns:
      customer_id: encrypt
      card_number: {method: encrypt, number: card}
"""
plan = parse_plan(PLAN + ("      notes: text\n" if columns == "notes" else ""))


def work(rows: int) -> None:
    sample = open_sample(table.slice(0, rows))
    masking = Masking(plan, key, sample.tables, spans=personal_spans)
    with pa.parquet.ParquetWriter(BytesIO(), masking.schema("frame")) as writer:
        for batch in masking.batches("frame"):
            writer.write_batch(batch)


take_turns(version("datamimic-learning"), work, count, now=processor_seconds)
