"""Who shares the benefit of a life policy: husband, wife or partner and children at home, else somebody elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, World, positions
from datamimic.columns import Ints, Lists, Struct, Text, where
from datamimic_pack_common.people.families import children_at_home

MOST = 3
SPOUSE, PARTNER, CHILD = 0, 1, 2
KINDS = ("spouse", "partner", "child")


def beneficiaries(line: Text, policy_holder: Any, draw: Draw, data: Data, world: World) -> Lists:
    """Up to three for life insurance, whose shares add up to 100: those of the household; one elsewhere where it has none."""
    life = line == "life"
    own, kin, kind = _at_home(policy_holder, data)
    near = np.where(life, np.bincount(own, minlength=len(life)), 0)
    number = np.where(life, np.where(near > 0, np.minimum(near, draw.integers(1, MOST, "number")), 1), 0)
    policy, place = np.repeat(np.arange(len(life)), number), positions(number)
    # The last of all is nobody, who is taken where there is nobody at home.
    chosen = np.where(near[policy] > 0, np.searchsorted(own, policy) + place, len(own))
    rows = np.append(kin, -1)[chosen]
    elsewhere = data["beneficiaries"]
    drawn = elsewhere["relationship"].take(draw.items(number, "who").pick(elsewhere))
    relationship = where(rows >= 0, Text.coded(np.append(kind, 0)[chosen].astype(np.int32), KINDS), drawn)
    part = 100 // np.maximum(number[policy], 1)
    share = np.where(place == 0, 100 - part * (number[policy] - 1), part)
    person_id = Ref(world, world.spec("common.person"), rows).column("person_id", Text)
    return Lists(
        number,
        Struct({"relationship": relationship, "share_percent": share, "person_id": person_id.where(rows >= 0)}),
    )


def _at_home(policy_holder: Any, data: Data) -> tuple[Ints, Ints, Ints]:
    """Who lives with each policy holder, partner first: number of the holder, row of people, and place in KINDS."""
    people: Ref = policy_holder.person
    partner = np.where(people.is_null(), -1, people.column("partner").rows)
    coupled = np.flatnonzero(partner >= 0)
    married = (policy_holder.marital_status == "married")[coupled]
    counts, children = children_at_home(people, data["common.household_members"])
    own = np.concatenate((coupled, np.repeat(np.arange(len(counts)), counts)))
    kin = np.concatenate((partner[coupled], children))
    kind = np.concatenate((np.where(married, SPOUSE, PARTNER), np.full(len(children), CHILD)))
    order = np.argsort(own, kind="stable")
    return own[order], kin[order], kind[order]
