"""Names of schemas, classes and properties as those of tables."""

from __future__ import annotations

import re


def table_name(said: str) -> str:
    """As tables are called: `Order line` and `OrderLine` are `order_line`; nothing where there is no letter in it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", said)
    words = re.sub(r"\W+", "_", words).strip("_").lower()
    return words if not words[:1].isdigit() else f"t_{words}"
