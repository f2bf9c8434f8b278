"""Let the judges see so many messages of each kind, and tell what they refuse.

    python packs/healthcare/tests/ten_thousand.py [COUNTRY|all [KIND|FAMILY|all [COUNT [FIRST]]]]

HL7 v2: hl7apy, its tables, and the lengths of hl7-dictionary. FHIR: the JSON schema, the models of fhir.resources, codes of
required bindings, references; of every hundredth resource the invariants; of Bundles and of bulk NDJSON. X12: pyx12. Exits with
status 1 where one is refused. The tests judge a few of each.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice

import fhir_oracles
import hl7_shapes
import x12_judge
from hl7_judge import split

from datamimic import World, installed_packs
from datamimic.output.messages import Messages

LOCALES = {"US": "en_US", "DE": "de_DE", "GB": "en_GB", "FR": "fr_FR", "VN": "vi_VN"}
AT_ONCE = 500
Judged = tuple[int, list[str]]


def hl7(text: str) -> Judged:
    messages = split(text)
    return len(messages), [fault for each in messages for fault in hl7_shapes.faults(each)]


def x12(text: str) -> Judged:
    """There is no map of version 5010 for 270 and 271: that of 4010 has the same segments."""
    from test_x12 import as_4010

    return text.count("~\nST*"), x12_judge.faults(as_4010(text) if "005010X279A1" in text else text)


def fhir(text: str) -> Judged:
    found, count = [], 0
    for line in filter(None, text.splitlines()):
        resource = json.loads(line)
        entries = [resource] if resource["resourceType"] != "Bundle" else [e["resource"] for e in resource["entry"]]
        if resource["resourceType"] == "Bundle":
            found += fhir_oracles.unresolved(resource)
        for each in entries:
            count += 1
            found += fhir_oracles.against_schema(each) + fhir_oracles.unbound_codes(each)
            found += fhir_oracles.against_models(each)
            found += fhir_oracles.broken_invariants(each) if count % 100 == 1 else []
    return count, found


JUDGES: dict[str, Callable[[str], Judged]] = {"hl7": hl7, "fhir": fhir, "x12": x12}


def pieces(messages: Messages) -> Iterator[str]:
    """Their texts, some hundred together."""
    if messages.message.name.startswith("x12."):
        yield messages.to_bytes().decode()
        return
    between = "\n" if messages.message.name.startswith("fhir.") else ""
    texts = iter(messages)
    while some := [*islice(texts, AT_ONCE)]:
        yield between.join(each.rstrip("\n") for each in some) if between else "".join(some)


def main(country: str, kind: str, count: int, first: int) -> int:
    refused = 0
    known = [name for name, each in installed_packs().messages().items() if each.entity.startswith("healthcare.")]
    for code in LOCALES if country == "all" else [country]:
        world = World("judged", locale=LOCALES[code], clock="2025-06-01T00:00:00Z")
        for name in known:
            if not installed_packs().message(name).suits(code) or kind not in ("all", name, name.partition(".")[0]):
                continue
            began, judged, faults = time.process_time(), 0, []
            for text in pieces(world.message(name)[first : first + count]):
                number, found = JUDGES[name.partition(".")[0]](text)
                judged, faults = judged + number, faults + found
            refused += len(faults)
            took = f"{time.process_time() - began:.0f} s"
            print(
                f"{code} {name}: {judged:,} judged, {len(faults)} faults, {took}", *faults[:5], sep="\n    ", flush=True
            )
    return 1 if refused else 0


if __name__ == "__main__":
    asked = [*sys.argv[1:], *["all", "all", "10000", "0"][len(sys.argv) - 1 :]]
    sys.exit(main(asked[0], asked[1], int(asked[2]), int(asked[3])))
