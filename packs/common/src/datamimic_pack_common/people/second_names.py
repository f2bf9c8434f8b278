"""The second of two family names, where people bear those of both parents."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datamimic import Data, Draw, Text, World
from datamimic.columns import Ints
from datamimic_pack_common.people import kinship, name_tables
from datamimic_pack_common.people.backgrounds import rows_of_kinds, share_of_two
from datamimic_pack_common.people.naming import pick_family

TWO_NAMES = frozenset({"latin", "spanish", "hispanic", "portuguese", "brazilian"})
"""Backgrounds whose people bear the family names of both parents."""


def second_family_name(first_family_name: Text, tradition: Text, sex: Text, draw: Draw, data: Data) -> Text:
    """Where people bear the names of both parents: always in Spain, mostly in Brazil."""
    names: Text = data["family_names"]["family_name"]
    return _second(first_family_name, draw, data, lambda: names.take(pick_family(draw, data, tradition, sex, "name")))


def borne_second_name(
    second_family_line: Ints,
    first_family_name: Text,
    tradition: Text,
    sex: Text,
    descent: Ints,
    second_name_origin: Ints,
    draw: Draw,
    data: Data,
    world: World,
) -> Text:
    """The same; children bear as their second what the other parent bears as the first, whose draws the field shares. Those
    whose background knows one family name bear one."""
    apart = kinship.lives_apart(second_family_line)
    line = draw if apart else kinship.of_line(draw, second_family_line)
    bearer = kinship.of_bearer(sex, second_family_line)

    def pick() -> Text:
        names = name_tables.family_names(world, data)
        groups = names.own_groups(tradition, bearer, None)
        at = np.flatnonzero(second_name_origin)
        groups = names.with_backgrounds(groups, at, second_name_origin[at], np.ones(len(at), dtype=np.int64))
        return names.pick(line, groups, "name" if apart else "")

    found = _second(first_family_name, draw, data, pick)
    if bool(found.is_null().all()):
        return found
    two = np.append(data["origin_kinds"]["family"].isin(TWO_NAMES), True)
    return found.where(two[rows_of_kinds(descent)])


def _second(first_family_name: Text, draw: Draw, data: Data, pick: Callable[[], Text]) -> Text:
    share = share_of_two(data, "family")
    if not share:
        return Text.constant(None, len(draw))
    names = pick()
    # Spaniards bear the same name twice when both parents do; elsewhere one of the two is dropped.
    distinct = np.ones(len(names), np.bool_) if share == 1 else names != first_family_name
    return names.where(draw.chance(share, "has one") & distinct)
