"""Judge thousands of every message of the pack in every country, in slices, by the official schemas and the rules beside them.

    python ten_thousand.py [--countries DE,US] [--names swift] [--count 10000] [--slice 500] [--seconds 3000]

All kinds get their first slice before any gets its second, so that a run that is ended early has looked at all of them. A line
for every slice in which something is wrong, and at the end how many of each were judged.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from typing import Any

import message_rules as rules
from test_messages import COUNTRIES, ISO, NAMES, OWN_SCHEMA, USUAL, faults_of, standard_of, world

from datamimic.plugins.registry import installed_packs


def faults_in(name: str, country: str, start: int, stop: int) -> tuple[int, list[str]]:
    """How many messages a slice has, and what is wrong with them."""
    message: Any = installed_packs().message(name)
    made = world(country, "thorough").message(name)[start:stop]
    one_document = name in ISO and message.several
    texts = [made.to_bytes().decode()] if one_document else made.texts()
    own = name in ISO and OWN_SCHEMA & {standard_of(name)[:8]}
    faults = [fault for text in texts for fault in (rules.iso_faults(text) if own else faults_of(name, text))]
    return (stop - start if one_document else len(texts)), faults


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--countries", default=",".join(COUNTRIES))
    asked.add_argument("--names", default="")
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--slice", type=int, default=500)
    asked.add_argument("--seconds", type=float, default=86_400)
    given = asked.parse_args()
    registry: Any = installed_packs()
    kinds = [
        (name, country)
        for country in given.countries.split(",")
        for name in NAMES
        if name.startswith(given.names)
        and registry.message(name).suits(country)
        # The usual names are others of a version.
        and name not in USUAL
    ]
    judged: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    end = time.process_time() + given.seconds
    for start in range(0, given.count, given.slice):
        for name, country in kinds:
            if time.process_time() > end:
                break
            count, faults = faults_in(name, country, start, min(start + given.slice, given.count))
            judged[name, country] += count
            wrong[name, country] += len(faults)
            if faults:
                print(f"{country} {name} {start}: {len(faults)} faults: {faults[:3]}", flush=True)
    for (name, country), count in judged.items():
        print(f"{country} {name}: {count} judged, {wrong[name, country]} faults")
    print(f"{sum(judged.values())} messages of {len(judged)} kinds in countries, {sum(wrong.values())} faults")


if __name__ == "__main__":
    main()
