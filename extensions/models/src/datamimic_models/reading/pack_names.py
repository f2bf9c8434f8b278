"""What a model is called that gives itself no name."""

from __future__ import annotations

import re

from datamimic import installed_packs


def pack_name(file_name: str, otherwise: str = "model") -> str:
    """`Shop Model.yaml` as `shop_model`; a name that begins with no letter has `otherwise` before it."""
    stem = re.sub(r"[^a-z0-9]+", "_", file_name.split(".")[0].casefold()).strip("_")
    return free_name(stem if stem[:1].isalpha() else f"{otherwise}_{stem}".rstrip("_"))


def free_name(name: str) -> str:
    """`finance_tables` where `finance` is an installed pack: both are asked for by their names."""
    taken = any(each.name == name and each.status != "disabled" for each in installed_packs().listed)
    return f"{name}_tables" if taken else name
