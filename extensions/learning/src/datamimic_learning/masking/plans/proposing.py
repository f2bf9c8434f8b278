"""A plan proposed from what is found to be personal, for somebody to look over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from datamimic_learning.finding.finding import find_personal
from datamimic_learning.finding.found import PersonalColumn
from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.fitting import sex_of
from datamimic_learning.masking.plans.checking import kind_of
from datamimic_learning.masking.plans.codes import names_of, with_names
from datamimic_learning.masking.plans.meant import FIELDS, NATIONAL_NUMBERS, NUMBERS_OF, WITH_PEOPLE
from datamimic_learning.masking.plans.parts import are_keyed_by_values, becomes_within, holds_parts, of_device
from datamimic_learning.masking.strays import Strays
from datamimic_learning.samples.sample import Sample, SampleTable

_STRONG: Final = (
    "person.email",
    "person.mobile_phone",
    "person.phone",
    "person.full_name",
    "card.holder",
    "account.holder",
)
_LOCALES: Final = {"US": "en_US", "DE": "de_DE", "FR": "fr_FR", "GB": "en_GB", "ES": "es_ES", "BR": "pt_BR", "IN": "en_IN",
                   "JP": "ja_JP", "VN": "vi_VN", "CA": "en_CA"}  # fmt: skip
_TRAITS: Final = {"sex": {"gender", "salutation"}, "age_band": {"birthdate", "age"}}
"""What the other person has in common with the original, so that what is kept of her fits: by fields that show it."""
_TEXT: Final = "text.personal"
_FEW: Final = 60
"""Distinct values in the first batch up to which a column that identifies nobody directly is one of kinds."""


@define
class Proposal:
    """As the language of plans has it, and what to look at."""

    body: dict[str, Any]
    comments: dict[tuple[str, str], str] = field(factory=dict)


def propose(
    sample: Sample,
    *,
    locale: str | None = None,
    clock: str | None = None,
    schemas: Mapping[str, pa.Schema] | None = None,
) -> Proposal:
    """A plan for the tables. `schemas` are those that tables will be masked with, where they differ from those of the
    sample: cells of text files stay as they are written. `clock` is the moment at which replaced people have their ages."""
    found = {name: find_personal(table).columns for name, table in sample.tables.items()}
    chosen = locale or _locale(sample, found)
    body: dict[str, Any] = {"mask": 1, "locale": chosen}
    if clock is not None:
        body["clock"] = clock
    body["tables"] = {}
    proposal = Proposal(body)
    # A part of a record tells nobody apart.
    whole = {name: frozenset(table.schema.names) for name, table in sample.tables.items()}
    key = _key([each for each in columns if each.column in whole[name]] for name, columns in found.items())
    keys = _declared_keys(sample)
    names = names_of(sample, found)
    for name, table in sample.tables.items():
        schema = (schemas or {}).get(name, table.schema)
        body["tables"][name] = _table(name, table, schema, found[name], key, keys, chosen[-2:], names, proposal)
    return proposal


_SURE_OF_COUNTRY: Final = 0.9
"""Keys of customers, `C-00000017`, look as passports of some country do."""


def _locale(sample: Sample, found: Mapping[str, Sequence[PersonalColumn]]) -> str:
    """Of the country that forms of values speak for, and those of the accounts."""
    votes: Counter[str] = Counter()
    for name, columns in found.items():
        for each in columns:
            if each.country in _LOCALES and each.personal and each.probability >= _SURE_OF_COUNTRY:
                votes[each.country] += 1
            elif each.meaning == "account.iban" and each.column in sample.tables[name].schema.names:
                first = next(sample.tables[name].batches([each.column]), None)
                if first is not None:
                    texts = (text for text in canonical(first.column(0)).slice(0, 100).to_pylist() if text)
                    votes.update({text[:2].upper() for text in texts} & _LOCALES.keys())
    return _LOCALES[votes.most_common(1)[0][0]] if votes else "en_US"


def _key(tables: Iterable[Sequence[PersonalColumn]]) -> tuple[str, ...]:
    """By what people are told apart: what most tables with people have, of equals what tells best."""
    counts = Counter(meaning for columns in tables for meaning in {each.meaning for each in columns if each.personal})
    order = {meaning: place for place, meaning in enumerate(_STRONG)}
    return tuple(sorted((each for each in _STRONG if counts[each]), key=lambda each: (-counts[each], order[each])))


def _declared_keys(sample: Sample) -> dict[tuple[str, str], str]:
    """A domain for every column of a foreign key and what it refers to."""
    found: dict[tuple[str, str], str] = {}
    for name, table in sample.tables.items():
        for reference in table.declared.references:
            for own, other in zip(reference.columns, reference.referred_columns, strict=True):
                domain = (
                    found.get((reference.referred, other)) or found.get((name, own)) or f"{reference.referred}.{other}"
                )
                found[reference.referred, other] = found[name, own] = domain
    return found


def _table(
    name: str,
    table: SampleTable,
    schema: pa.Schema,
    columns: Sequence[PersonalColumn],
    key: Sequence[str],
    keys: Mapping[tuple[str, str], str],
    country: str,
    names: frozenset[str],
    proposal: Proposal,
) -> dict[str, Any]:
    by_name = {each.column: each for each in columns}
    whole = frozenset(table.schema.names)
    parts: dict[str, list[PersonalColumn]] = {}
    first = next(table.batches(), None)
    lists = set() if first is None else {name for name in whole if holds_parts(first.column(name))}
    for part in columns:
        if (part.personal or of_device(part)) and (part.column not in whole or part.column in lists):
            parts.setdefault(part.column.partition(".")[0], []).append(part)
    groups: dict[str, dict[str, str]] = {}
    done: dict[str, Any] = {}
    has_city = any(each.meaning == "address.city" and each.personal for each in columns)
    of_people = any(each.personal and each.identifies == "direct" for each in columns)
    for column in table.schema.names:
        each = None if column in lists else by_name.get(column)
        kind = kind_of(schema.field(column).type)
        typed = kind_of(table.schema.field(column).type)
        meaning = "" if each is None else each.meaning or ""
        if each is None or not (
            each.personal
            or of_device(each)
            or (has_city and meaning in WITH_PEOPLE)
            or (each.in_doubt and (of_people or not each.by_header))
        ):
            within = parts.get(column, [])
            done[column] = becomes_within(column, kind, within, country) if each is None and within else "keep"
            if within:
                proposal.comments[name, column] = f"holds {', '.join(sorted({part.meaning or '' for part in within}))}"
            continue
        proposal.comments[name, column] = f"{meaning}, {each.probability:.2f}"
        if meaning in FIELDS and kind in ("text", "date", "whole", "moment") and (name, column) not in keys:
            values = None if first is None else first.column(first.schema.get_field_index(column))
            field = _of_person(meaning, values)
            group = _group(meaning, column, field, groups, first)
            if group is not None:
                groups.setdefault(group, {})[column] = field
                continue
        done[column] = _method(each, kind, typed, keys.get((name, column)), country)
        if done[column] == "hash" and first is not None and _are_kinds(first.column(column)):
            done[column] = "shuffle"
    if not groups:
        done = {
            column: {"method": "generalise", "to": "month"} if method == "shift" else method
            for column, method in done.items()
        }
    kept = [column for column in table.schema.names if done.get(column) == "keep" and (name, column) not in keys]
    for column, strays in _strays(table, kept).items():
        if strays.found:
            if kind_of(schema.field(column).type) == "text":
                done[column] = "text"
            proposal.comments[name, column] = f"some values hold {strays.said}"
    for column in kept:
        if (
            first is not None
            and done[column] == "keep"
            and column not in lists
            and are_keyed_by_values(first.column(column))
        ):
            done[column] = "text"
            proposal.comments[name, column] = "documents whose parts are called after values"
    codes = [column for column in kept if done[column] == "keep" and kind_of(schema.field(column).type) == "text"]
    for column, count in with_names(table, codes, names).items():
        done[column] = "encrypt"
        proposal.comments[name, column] = f"{count:,} codes with a name of somebody in them"
    subjects = {}
    for group, chosen in groups.items():
        by = [column for meaning in key for column in chosen if by_name[column].meaning == meaning][:1]
        kept = [trait for trait, fields in _TRAITS.items() if fields & set(chosen.values())]
        subjects[group] = {
            "of": "common.person", "key": by or list(chosen), **({"keep": kept} if kept else {}), "columns": chosen,
        }  # fmt: skip
    return {**({"subjects": subjects} if subjects else {}), "columns": done}


def _strays(table: SampleTable, columns: Sequence[str]) -> dict[str, Strays]:
    """What stands in columns that would be kept: in all rows, since one is enough."""
    found = {column: Strays() for column in columns if kind_of(table.schema.field(column).type) in ("text", "whole")}
    if found:
        for batch in table.batches(list(found)):
            for column, strays in found.items():
                strays.add(batch.column(column))
    return found


def _group(
    meaning: str, column: str, field: str, groups: Mapping[str, Mapping[str, str]], first: pa.RecordBatch | None
) -> str | None:
    """Which person of the row a column is of: one has no two first names, but may have the same one twice. None where no
    further one can be told apart."""
    subject = meaning.partition(".")[0]
    name = "person" if subject in ("person", "address") else subject
    for group in (name, re.split(r"[^A-Za-z0-9]", column)[0].lower(), column):
        taken = [other for other, has in groups.get(group, {}).items() if has == field]
        if not taken or (first is not None and _same(first.column(column), first.column(taken[0]))):
            return group
    return None


def _same(one: pa.Array, other: pa.Array) -> bool:
    return bool(canonical(one).equals(canonical(other)))


def _of_person(meaning: str, values: pa.Array | None) -> str:
    found = FIELDS[meaning]
    texts = [] if values is None else [each for each in canonical(values).slice(0, 200).to_pylist() if each]
    if found == "address.state" and texts and all(len(each) <= 3 for each in texts):
        return "address.state_code"
    if found == "full_name" and texts and not any("," in each for each in texts):
        return "name"
    if (
        found == "gender"
        and texts
        and any(sex_of(each) is not None and each.lower().startswith(("mr", "ms", "herr", "frau")) for each in texts)
    ):
        return "salutation"
    return found


def _are_kinds(values: pa.Array) -> bool:
    """Few values are kinds, such as marital status: nobody's alone, and others' places for them keep their shares."""
    return bool(pc.count_distinct(canonical(values)).as_py() <= _FEW)


def _method(each: PersonalColumn, kind: str, typed: str, domain: str | None, country: str) -> Any:
    meaning = each.meaning or ""
    settings: dict[str, Any] = {} if domain is None else {"domain": domain}
    number = NUMBERS_OF.get(meaning) or NATIONAL_NUMBERS.get((each.country or country, meaning))
    if meaning == _TEXT and kind == "text":
        return "text"
    if typed in ("date", "moment"):
        return "shift"
    if typed == "number" and kind in ("text", "number"):
        return {"method": "noise", "share": 0.1}
    if kind in ("record", "other"):
        return "null"
    if number is not None:
        return {"method": "encrypt", "number": number, **settings}
    is_number = typed == "whole"
    if meaning == "person.age" and is_number:
        return {"method": "generalise", "step": 10}
    if each.identifies == "sensitive":
        return "redact"
    if each.identifies == "direct" or of_device(each) or domain is not None or is_number:
        return _short("encrypt", {**({"whole": True} if is_number and kind == "text" else {}), **settings})
    return _short("hash", settings)


def _short(method: str, settings: dict[str, Any]) -> Any:
    return {"method": method, **settings} if settings else method
