"""DuckDB: a person's 16 columns in one SQL query, text from lists of the sizes that people use, to Arrow."""

from __future__ import annotations

import sys
from typing import Any

import duckdb
from turns import take_turns

threads, count = int(sys.argv[1]), int(sys.argv[2])
connection = duckdb.connect()
if threads:
    connection.execute(f"SET threads = {threads}")
LISTS = {"given": 2_000, "family": 5_000, "street": 1_000, "city": 2_000, "zip": 5_000, "state": 51, "job": 400}
for name, size in LISTS.items():
    connection.execute(f"SET VARIABLE {name} = (SELECT list('{name.title()} ' || i) FROM range({size}) t(i))")


def one_of(name: str) -> str:
    return f"getvariable('{name}')[1 + (random() * {LISTS[name] - 1})::INT]"


def work(rows: int) -> Any:
    query = f"""
    SELECT 'P-' || lpad(i::VARCHAR, 8, '0') AS person_id, gender, age, DATE '2025-01-01' - (age * 365 + day)::INT AS birthdate,
           given_name, family_name, given_name || ' ' || family_name AS name,
           lower(given_name) || '.' || lower(family_name) || day || '@example.org' AS email,
           '+1 ' || (200 + line % 700) || '-555-' || (1000 + line % 9000) AS phone,
           street, house_number, city, postal_code, state, occupation, income
    FROM (SELECT i, CASE WHEN random() < 0.5 THEN 'female' ELSE 'male' END AS gender, (random() * 90)::INT AS age,
                 (random() * 364)::INT AS day, (random() * 1e6)::INT AS line,
                 {one_of("given")} AS given_name, {one_of("family")} AS family_name, {one_of("street")} AS street,
                 (1 + random() * 999)::INT::VARCHAR AS house_number, {one_of("city")} AS city, {one_of("zip")} AS postal_code,
                 {one_of("state")} AS state, {one_of("job")} AS occupation, (random() * 200000)::INT AS income
          FROM range({rows}) t(i))
    """
    return connection.execute(query).to_arrow_table()


take_turns(duckdb.__version__, work, count, one_processor=sys.argv[1] == "1")
