"""The methods at work: a column of values in, a column of the same type out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic import DatamimicError
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.canonical import Form, normal
from datamimic_learning.masking.methods.coarsening import generalised, noised
from datamimic_learning.masking.methods.digests import matrix_digests
from datamimic_learning.masking.methods.encrypting import Encryption
from datamimic_learning.masking.methods.naming_anew import hashed, tokens
from datamimic_learning.masking.plans.plan import ColumnPlan
from datamimic_learning.samples.pieces import nearly_unique

OfDistinct = Callable[[pa.Array], pa.Array | None]


def is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def unfit(table: str, column: str, method: str) -> DatamimicError:
    """For values that a method cannot be used on; they are not told."""
    return DatamimicError(
        "learning.unfit_values",
        f"{table}.{column} holds values that {method} cannot be used on",
        hint="nothing was written; choose another method for the column in the plan",
    )


def encryption(plan: ColumnPlan, key: MaskingKey) -> Encryption:
    """That of a column whose method is `encrypt`."""
    return Encryption(
        key.of("encrypt", plan["domain"]),
        number=plan["number"],
        first=plan["first"],
        last=plan["last"],
        whole=plan["whole"],
        width=plan["width"],
    )


def of_distinct(plan: ColumnPlan, key: MaskingKey, forms: Sequence[Form], *, month_first: bool) -> OfDistinct:
    """A method that needs the value alone: distinct values without nulls in, what becomes of each out; None where it cannot."""
    settings = plan.settings
    secret = key.of(plan.method, settings.get("domain", ""))
    match plan.method:
        case "hash":
            return lambda values: hashed(secret, _normal(values, forms), settings["length"])
        case "token":
            return lambda values: tokens(secret, _normal(values, forms), settings["length"], settings["prefix"])
        case "encrypt":
            return encryption(plan, key).crypt
        case "generalise":
            return lambda values: generalised(values, settings, month_first=month_first)
        case "noise":
            return lambda values: noised(secret, values, settings["share"], settings["amount"])
        case "redact":
            return lambda values: _constant(values, settings["with"])
        case "null":
            return lambda values: pa.nulls(len(values), values.type)
    raise AssertionError(plan.method)


def applied(method: OfDistinct, values: pa.Array) -> pa.Array | None:
    """A method on a column with nulls and repeats: each distinct value once."""
    if pa.types.is_nested(values.type) or nearly_unique(values):
        return method(values)
    encoded = values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)
    known = encoded.dictionary
    if known.null_count:
        encoded = pc.dictionary_encode(encoded.dictionary_decode())
        known = encoded.dictionary
    kind = known.type
    plain = known.cast(pa.string()) if pa.types.is_large_string(kind) else known
    made = method(plain)
    if made is None:
        return None
    made = made.cast(kind) if made.type != kind else made
    if not pa.types.is_dictionary(values.type):
        return made.take(encoded.indices)
    # Originals of which several became one would stand twice in a dictionary.
    return made.take(encoded.indices).dictionary_encode().cast(values.type)


def _normal(values: pa.Array, forms: Sequence[Form]) -> pa.Array:
    return normal(values, forms) if is_text(values.type) else values


def _constant(values: pa.Array, text: str) -> pa.Array:
    return (
        pa.repeat(pa.scalar(text, values.type), len(values))
        if is_text(values.type)
        else pa.nulls(len(values), values.type)
    )


def shuffled(secret: bytes, values: pa.Array, within: pa.Array | None) -> pa.Array:
    """All values of a table, dealt to other rows of the same group, in an order that follows from the key."""
    rows = len(values)
    numbers = np.arange(rows, dtype=np.int64)
    drawn = matrix_digests(secret, numbers.astype(">i8").view(np.uint8).reshape(-1, 8))[:, 0]
    if within is None:
        group = np.zeros(rows, np.int64)
    else:
        encoded = pc.dictionary_encode(within)
        group = np.asarray(pc.fill_null(encoded.indices, -1)).astype(np.int64)
    places = np.lexsort((numbers, group))
    source = np.empty(rows, np.int64)
    source[places] = np.lexsort((drawn, group))
    return values.take(pa.array(source))
