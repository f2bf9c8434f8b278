"""A single changed cell is found, by the rules that concern it and no others."""

import pyarrow as pa
import pytest

from datamimic import World
from datamimic.checks.checking import check_batches

ROWS = 200


def violated(entity, column, value):
    world = World("flip", "DE", strict=True)
    rows = world[f"ecommerce.{entity}"][0:ROWS]
    table = rows.to_arrow()
    place = table.schema.get_field_index(column)
    values = table.column(place).to_pylist()
    wanted = [value(each) if callable(value) and each is not None else value for each in values]
    row = next(i for i, each in enumerate(values) if each is not None and wanted[i] != each)
    values[row] = wanted[row]
    kind = table.schema.field(place).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    changed = table.set_column(place, column, pa.array(values, type=kind))
    findings = check_batches(changed.combine_chunks().to_batches(), rows.spec, world)
    assert all(finding.violations <= 1 for finding in findings)
    return {finding.check for finding in findings if finding.violations}


@pytest.mark.parametrize(
    ("entity", "column", "value", "rules"),
    [
        ("order", "total_amount", lambda v: v + 1, {"total_adds_up"}),
        ("order", "currency", "USD", {"amounts_are_whole", "articles_fit_order"}),
        ("order", "payment_method", "iDEAL", {"methods_are_offered"}),
        ("order", "status", "lost", {"status_fits_timeline"}),
        ("order", "item_count", 99, {"articles_fit_order"}),
        ("order", "coupon_code", "FREE100", {"coupon_is_valid"}),
        ("order_line", "quantity", 77, {"line_adds_up", "stock_sinks"}),
        ("order_line", "stock_after", lambda v: v + 1, {"stock_sinks"}),
        ("order_line", "tax_amount", lambda v: v + 5, {"tax_fits_rate"}),
        ("product", "gtin", "9520000000001", {"gtin_is_valid"}),
        ("product", "brand", "Nobody", {"brand_fits_category"}),
        (
            "product",
            "availability",
            "Preorder",
            {"availability_fits_stock", "launch_fits_availability", "rating_has_reviews"},
        ),
        ("review", "stars", lambda v: 6 - v if v != 3 else 1, {"text_fits_stars"}),
        ("review", "title", "Naja", {"text_fits_stars"}),
        ("customer", "segment", "Niemand", {"standing_fits_orders"}),
        ("customer", "order_count", 0, {"orders_follow_registration", "standing_fits_orders"}),
    ],
)
def test_one_changed_cell_names_its_rules(entity, column, value, rules):
    assert violated(entity, column, value) == rules
