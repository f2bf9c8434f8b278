# ruff: noqa: E501 - attacks are as long as they are
"""Models that are nearly right, and models that want to do harm: every language that the extension reads."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml
from lxml import etree as ElementTree
from mutations import DEEP, garbled, json_text, mutated, odd

from datamimic_models.templates import template_text, templates

SHOP = """
name: shop
rows: 20
tables:
  - table_name: customers
    columns:
      - {name: id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 500}}
      - {name: kind, type: str, rule: {type: choice, value: [a, b], weights: [1, 2]}}
      - name: limit
        type: decimal(10,2)
        conditional_rules:
          - condition: {column: kind, operator: "==", value: a}
            rule: {type: range, min: 1.5, max: 9}
        rule: {type: constant, value: 0}
      - {name: when, type: datetime, rule: {type: range, min: now-30d, max: now}}
      - {name: tags, type: "list[str]", rule: {type: list, min: 1, max: 2, item: {type: choice, value: [x, y]}}}
      - {name: place, type: {name: struct, members: {city: str, n: int}}, rule: {type: struct, members: {n: {type: range, max: 9}}}}
    unique: [[id, kind]]
    checks: ["id > 0"]
  - table_name: orders
    rows: {per: customers, min: 0, max: 3}
    columns:
      - {name: order_id, type: int, constraints: [PK], rule: {type: serial}}
      - {name: customer_id, type: int, constraints: [FK]}
      - {name: twice, type: int, rule: {type: expression, expression: order_id * 2}}
    foreign_keys:
      - {parent_table: customers, parent_column: id, child_column: customer_id}
"""
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "customers",
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "email": {"type": ["string", "null"], "format": "email", "maxLength": 40},
        "code": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{2}$"},
        "lines": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/line"}},
        "pay": {"oneOf": [{"type": "object", "properties": {"iban": {"type": "string"}}}, {"type": "null"}]},
    },
    "required": ["id"],
    "$defs": {"line": {"type": "object", "properties": {"n": {"type": "integer"}, "next": {"$ref": "#/$defs/line"}}}},
}
OPENAPI = json.loads(
    json.dumps(
        {
            "openapi": "3.0.3",
            "info": {},
            "paths": {},
            "components": {"schemas": {"customers": SCHEMA, **SCHEMA["$defs"]}},
        }
    ).replace("#/$defs/", "#/components/schemas/")
)
SQL = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE customers (id serial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE, feels mood DEFAULT 'ok',
  age int CHECK (age BETWEEN 18 AND 80), boss int REFERENCES customers (id), tags text[], CHECK (age > 3 OR name LIKE 'a%'));
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY, customer int NOT NULL, at timestamptz DEFAULT now(),
  PRIMARY KEY (id), FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE);
ALTER TABLE orders ADD CONSTRAINT once UNIQUE (customer, at);
COMMENT ON TABLE orders IS 'what is wanted';
INSERT INTO customers VALUES (1, 'x''y', 'ok', 20, NULL, '{}');
"""
XML = """<setup rngSeed="1"><include uri="again.xml"/>
<generate name="customers" count="5" target="CSV"><key name="id" generator="IncrementGenerator"/>
<variable name="p" entity="Person" ageMin="20"/><key name="name" script="p.full_name"/>
<key name="kind" values="'a','b'"/><nestedKey name="n" type="dict"><key name="x" constant="1"/></nestedKey>
</generate></setup>"""
RICH_XML = """<setup rngSeed="1" defaultDataset="US"><memstore id="mem"/><database id="db" dbms="sqlite"/>
<state-machine id="walk" start="new"><transition from="new" to="paid" weight="2"/></state-machine><variable name="vat" script="3"/>
<generate name="customers" count="{2 + 2}" target="CSV(delimiter=';'),JSON,mem" converter="RemoveNoneOrEmptyElement">
<variable name="p" entity="Person(min_age=21)" ageMax="40"/><key name="id" generator="IncrementGenerator(start=5)" type="int"/>
<key name="d" generator="DateTimeGenerator(min='2020-01-01 00:00:00')" outDateFormat="%d.%m.%Y" converter="Mask('#'); CutLength(3)"/>
<key name="w" values="'a','b'" weights="1,2" condition="id &gt; 5" defaultValue="'z'"/><key name="s" string="Dear __p.name__"/>
<key name="x" type="float" min="1" max="9" granularity="0.5" distribution="cumulated" nullQuota="0.2"/><key name="r" pattern="[A-Z]{2}\\d{3}" unique="true"/>
<array name="l" type="int" count="2"/><list name="items"><item condition="id == 5"><key name="q" script="id * 2"/></item></list>
<nestedKey name="n" type="list" minCount="0" maxCount="3"><key name="k" script="parent.id + {'a': 1}['a']"/><element name="e" constant="1"/></nestedKey>
<condition><if condition="w == 'a'"><key name="o" script="f'{id:05d}'"/></if><else-if condition="False"><echo>{id}</echo></else-if><else><key name="o" constant=""/></else></condition>
<while condition="vat &gt; 99" maxIterations="3"><key name="v" script="1"/></while><assert condition="id &gt; 0" message="no {id}"/>
<generate name="orders" count="2" target="XML"><key name="of" script="customers.id"/><key name="st" generator="walk"/></generate></generate>
<generate name="again" source="mem" type="customers" cyclic="True" count="6" distribution="ordered" offset="1"><reference name="c" source="mem" sourceType="customers" sourceKey="id"/></generate>
<generate name="ts" start="2025-01-01T00:00:00" end="2025-01-01T02:00:00" interval="PT30M"><key name="at" script="ts.now"/></generate></setup>"""
HARM: list[tuple[str, str]] = [
    ("laughs.yaml", "a: &a [x, x]\n" + "".join(f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]\n" for p, n in pairwise("abcdefghi")) + "tables: *i\n"),
    ("circle.yaml", "tables: &a [*a]\n"),
    ("circle.yaml", "tables: &a\n  - table_name: x\n    columns: *a\n"),
    ("twice.yaml", "tables: []\ntables: []\nname: a\nname: b\n"),
    ("object.yaml", "tables: !!python/object/apply:os.system ['touch harmed']\n"),
    ("merge.yaml", "x: &x {rows: 3}\ntables:\n  - <<: [*x, *x]\n    table_name: t\n    columns: [{name: a}]\n"),
    ("deep.yaml", "tables: " + "[" * 5_000 + "]" * 5_000),
    ("deep.yaml", "tables:\n" + "".join(" " * n + "- \n" for n in range(1, 900))),
    ("flow.json", '{"tables":' + "[" * 90_000 + "]" * 90_000 + "}"),
    ("number.json", '{"tables": [], "rows": ' + "9" * 6_000 + "}"),
    ("huge.yaml", SHOP.replace("rows: 20", "rows: 999999999999999")),
    ("huge.yaml", SHOP.replace("max: 3}", "max: 999999999}")),
    ("huge.yaml", SHOP.replace("max: 2, item", "max: 999999999, item")),
    ("huge.yaml", SHOP.replace("max: 500", "max: 9223372036854775807")),
    ("wide.yaml", "tables:\n  - table_name: t\n    columns:\n" + "".join(f"      - {{name: c{n}, type: int}}\n" for n in range(5_000))),
    ("many.yaml", "tables:\n" + "".join(f"  - {{table_name: t{n}, columns: [{{name: a, type: int}}]}}\n" for n in range(1_500))),
    ("loop.yaml", SHOP.replace("expression: order_id * 2", "expression: twice + 1")),
    ("power.yaml", SHOP.replace("order_id * 2", "9 ** 9 ** 9 ** 9")),
    ("power.yaml", SHOP.replace("order_id * 2", "'x' * 999999999999")),
    ("regex.yaml", SHOP.replace("{type: choice, value: [a, b], weights: [1, 2]}", "{type: pattern, pattern: '(((a{1,999}){1,999}){1,999}){1,999}'}")),
    ("regex.json", json.dumps({"properties": {"a": {"type": "string", "pattern": "(a*)*b\\1(?=c)", "enum": ["a" * 900]}}})),
    ("refs.json", json.dumps({"$defs": {f"d{n}": {"properties": {f"p{k}": {"$ref": f"#/$defs/d{n + 1}"} for k in range(20)}} for n in range(20)}})),
    ("self.json", json.dumps({"$ref": "#", "properties": {"a": {"$ref": "#/properties/a"}}})),
    ("laughs.xml", '<!DOCTYPE s [<!ENTITY a "xxxxxxxxxx">' + "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in pairwise("abcdefghi")) + "]><setup><echo>&i;</echo></setup>"),
    ("entity.xml", '<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><setup><echo>&e;</echo></setup>'),
    ("again.xml", '<setup><include uri="again.xml"/></setup>'),
    ("deep.xml", "<setup>" + '<generate name="a" count="2">' * 3_000 + "</generate>" * 3_000 + "</setup>"),
    ("outside.xml", '<setup><generate name="a" source="../../../../etc/passwd" target="CSV"/></setup>'),
    ("execute.xml", '<setup><execute uri="harm.py"/></setup>'),
    ("deep.sql", "CREATE TABLE t (a int CHECK (" + "(" * 5_000 + "a > 1" + ")" * 5_000 + "));"),
    ("long.sql", "CREATE TABLE t (" + ", ".join(f"c{n} int" for n in range(20_000)) + ");"),
    ("quote.sql", "CREATE TABLE t (a text DEFAULT '" + "x" * 1_000_000),
    ("comment.sql", "/*" * 50_000 + "CREATE TABLE t (a int);"),
]  # fmt: skip
SEEDS: list[tuple[str, str]] = [
    ("shop.yaml", SHOP), ("shop.json", json.dumps(yaml.safe_load(SHOP))), ("customers.json", json.dumps(SCHEMA)),
    ("api.yaml", yaml.safe_dump(OPENAPI)), ("api.json", json.dumps(OPENAPI)), ("customers.sql", SQL), ("again.xml", XML),
    ("rich.xml", RICH_XML), ("rich.xml", RICH_XML), ("rich.xml", RICH_XML),
    *((f"{each}.yaml", template_text(each)) for each in templates()),
]  # fmt: skip
COMMANDS = (
    ["model", "check", "{}"],
    ["model", "check", "{}", "--json"],
    ["model", "convert", "{}"],
    ["model", "explain", "{}"],
    ["generate", "customers", "--model", "{}", "-n", "3", "--seed", "a", "-q"],
    ["generate", "customers", "--model", "{}", "-n", "3", "--seed", "a", "-q", "-o", "out.csv"],
)


XML_COMMANDS = (
    *COMMANDS[:3],
    ["run", "{}", "--rows", "20", "-o", "out"],
    ["run", "{}", "-o", "out"],
    ["run", "{}", "-o", "out"],
)


def model_file(number: int, folder: Path) -> tuple[Path, list[str]]:
    """A model in a folder of its own, and a command that reads it."""
    random = Random(f"model {number}")
    place = folder / "models"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    if number % 4 == 0:
        name, text = HARM[number // 4 % len(HARM)]
        content = text.encode("utf-8", "surrogatepass")
        if number // 4 >= len(HARM):
            content = garbled(content[:20_000], random)
    else:
        name, text = random.choice(SEEDS)
        content = _changed(name, text, random)
    (place / name).write_bytes(content)
    commands = XML_COMMANDS if name.endswith(".xml") else COMMANDS
    return place / name, [each.format(name) for each in random.choice(commands)]


def _changed(name: str, text: str, random: Random) -> bytes:
    if name.endswith(".xml") and random.random() < 0.8:
        return _changed_xml(text, random)
    if name.endswith((".yaml", ".json")) and random.random() < 0.8:
        document: Any = mutated(yaml.safe_load(text), random)
        if name.endswith(".json"):
            return json_text(document)
        written = yaml.safe_dump(document, allow_unicode=random.random() < 0.5, sort_keys=False)
        return written.replace(DEEP, "[" * 3_000).encode("utf-8", "surrogatepass")
    return garbled(text.encode(), random)


def _changed_xml(text: str, random: Random) -> bytes:
    """With one to three elements or attributes that are other, gone, twice, elsewhere, or of other values."""
    root = ElementTree.fromstring(text)
    for _ in range(random.choice([1, 1, 2, 3])):
        holders = [each for each in root.iter() if len(each)]
        holder = random.choice(holders)
        node = random.choice([*holder])
        change = random.randrange(7)
        if change == 0:
            holder.remove(node)
        elif change == 1:
            random.choice(holders).append(copy.deepcopy(node))
        elif change == 2:
            node.tag = random.choice([each.tag for each in root.iter()])
        elif node.attrib:
            name = random.choice([*node.attrib])
            others = [value for each in root.iter() for value in each.attrib.values()]
            if change == 3:
                del node.attrib[name]
            elif change == 4:
                node.attrib[random.choice([key for each in root.iter() for key in each.attrib])] = node.attrib.pop(name)
            elif change == 5:
                node.attrib[name] = random.choice(others)
            else:
                value = str(odd(random)) if random.random() < 0.5 else str(mutated([node.attrib[name]], random))
                node.attrib[name] = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd]", "", value)
    return ElementTree.tostring(root)


def left_behind(place: Path) -> set[str]:
    """What lies beside the model."""
    return set(os.listdir(place.parent)) - {place.name}
