import datamimic_pack_common.plugin
from datamimic import (
    Constraint,
    Data,
    Draw,
    Pack,
    Registry,
    RequestView,
    entity,
    expose,
    field,
    generate_domain,
    hookimpl,
    option,
    options,
)
from datamimic.columns import Ints


@options
class LoadOptions:
    heaviest: int = option(900, doc="greatest load", minimum=1, maximum=40_000)


def load(draw: Draw, options: LoadOptions) -> Ints:
    return draw.integers(1, options.heaviest)


@entity("van", options=LoadOptions)
class Van:
    """A van."""

    load: int = field(load, doc="what it carries", unit="kg")


def of_profile(data: Data, profile: str) -> dict[str, int]:
    if profile not in ("small", "large"):
        raise ValueError("profiles are small and large")
    return {"heaviest": 100 if profile == "small" else 40_000}


expose(
    Van,
    RequestView(
        prefix="VAN",
        item={"load_kg": ("load", {"type": "integer"}), "heavy": (lambda load: load > 500, {"type": "boolean"})},
        constraints={"max_load": Constraint({"type": "integer"}, lambda value, country: {"heaviest": value})},
        profile=of_profile,
    ),
)


class Fleet:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("fleet", "1.0.0", "Vans")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Van]


request = {"domain": "van", "version": "v1", "count": 3, "seed": "demo", "locale": "en_US", "clock": "2026-01-01"}
packs = Registry.of(datamimic_pack_common.plugin, Fleet())
small = generate_domain({**request, "constraints": {"max_load": 20}}, packs=packs)["items"]
assert all(item["load_kg"] <= 20 and item["heavy"] is False for item in small)
assert generate_domain({**request, "profile_id": "small"}, packs=packs)["items"][0]["load_kg"] <= 100
