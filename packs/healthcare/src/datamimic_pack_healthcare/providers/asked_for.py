"""Doctors of a specialty or of a state, in the order of the rows: what requests ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from datamimic import Spec, World
from datamimic.columns import Bools, Ints
from datamimic.errors import InvalidOption, excerpt, suggest
from datamimic_pack_healthcare.providers.registration import LICENCES, after_dash
from datamimic_pack_healthcare.regions import region_column
from datamimic_pack_healthcare.wording import named

AT_ONCE = 16_384


def doctors_chosen(world: World, spec: Spec, constraints: Mapping[str, Any]) -> Callable[[Ints], Ints] | None:
    """The doctors of the specialties (in any case) and of the state that the licence's prefix stands for; None for all.

    Raises `InvalidOption` (`invalid_constraints`) for a specialty or prefix that nobody has, and where more doctors are asked
    for than there are among those who can have a licence."""
    if not constraints.keys() & {"specialty", "license_prefix"}:
        return None
    data = world.data(spec.cls)
    specialties = [*data["specialties"].columns["specialty"]]
    states = sorted({after_dash(code) for code in data["common.places"].columns[region_column(data)]})
    called = named("specialty", data["specialties"]["specialty"], data).tolist()
    wanted = _of_specialty(specialties, called, constraints["specialty"]) if "specialty" in constraints else None
    state = _state(states, constraints["license_prefix"]) if "license_prefix" in constraints else None

    def fit(rows: Ints) -> Ints:
        batch = world.batch(spec, rows)
        own = np.ones(len(rows), dtype=np.bool_)
        if wanted is not None:
            own &= wanted[batch.column("specialty_row")]
        if state is not None:
            own &= batch.column("region").map(after_dash) == state
        return rows[own]

    def row_of(numbers: Ints) -> Ints:
        found, last = np.zeros(0, dtype=np.int64), int(numbers.max(initial=-1))
        for start in range(0, LICENCES, AT_ONCE):
            if len(found) > last:
                break
            rows = np.arange(start, min(start + AT_ONCE, LICENCES), dtype=np.int64)
            found = np.concatenate([found, fit(rows)])
        if len(found) <= last:
            raise InvalidOption(
                "invalid_constraints",
                f"{len(found)} of {LICENCES} doctors are what is asked for, and {last + 1} are asked for",
                hint="ask for fewer, or for another specialty or state",
                path="$.count",
            )
        return found[numbers]

    return row_of


def _of_specialty(known: list[str], own: list[Any], asked: str | list[str]) -> Bools:
    """Flags of the specialties that are asked for, by the English name or by the one that the country uses."""
    names = {name.casefold(): name for name in known}
    names |= {name.casefold(): english for name, english in zip(own, known, strict=True)}
    wanted = [asked] if isinstance(asked, str) else asked
    unknown = [name for name in wanted if name.casefold() not in names]
    if unknown:
        near = suggest(unknown[0], sorted(known))
        raise InvalidOption(
            "invalid_constraints",
            f"there is no specialty {excerpt(unknown[0])}",
            hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"known: {', '.join(sorted(known))}",
            path="$.constraints.specialty",
        )
    return np.isin(known, [names[name.casefold()] for name in wanted])


def _state(states: list[str], prefix: str) -> str:
    asked = re.sub(r"[^A-Z0-9].*", "", prefix.upper())
    if asked not in states:
        raise InvalidOption(
            "invalid_constraints",
            f"no licence begins with {excerpt(prefix)}",
            hint=f"states: {', '.join(states)}",
            path="$.constraints.license_prefix",
        )
    return asked
