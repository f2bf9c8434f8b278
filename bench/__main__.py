"""`python -m bench` prints one page; `speed`, `start`, `scale`, `models`, `masking`, `messages`, `coherence`, `learning`,
`grades` and `platform` measure more of one thing each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SCALED = "common.person,healthcare.patient,finance.transaction,ecommerce.order"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measurements of ours and of other tools.")
    commands = parser.add_subparsers(dest="command")
    page = commands.add_parser("page", help="ours beside peers and limits on one page (the default)")
    page.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    page.add_argument(
        "--only", help="only races whose names begin so, separated by commas; others stay as they are kept"
    )
    speed = commands.add_parser("speed", help="rows per second of every entity")
    speed.add_argument("--rows", type=int, default=100_000, help="rows per measurement (default 100,000)")
    speed.add_argument("--repeat", type=int, default=3, help="measurements, of which the best counts (default 3)")
    speed.add_argument("--peers", action="store_true", help="other tools too, interleaved; medians and ratios")
    speed.add_argument("--counterparts", action="store_true", help="every entity beside that of DATAMIMIC CE")
    speed.add_argument("--entities", help="only these, separated by commas")
    grades = commands.add_parser("grades", help="how much of what people, health and offices draw rests on estimates")
    grades.add_argument("--rows", type=int, default=200, help="rows of each entity and country (default 200)")
    start = commands.add_parser("start", help="seconds until the first row")
    start.add_argument("--repeat", type=int, default=5, help="runs of each (default 5)")
    scale = commands.add_parser("scale", help="processor time, bytes, memory and processes of large outputs")
    scale.add_argument("--rows", type=int, default=4_000_000, help="rows per output (default 4,000,000)")
    scale.add_argument("--entities", default=SCALED, help=f"separated by commas (default {SCALED})")
    models = commands.add_parser("models", help="own tables beside Faker, and the first row of a model")
    models.add_argument(
        "--repeat", type=int, default=3, help="interleaved rounds, of which the median counts (default 3)"
    )
    models.add_argument(
        "--xml", type=Path, help="a folder of XML models (cases.json) to run beside DATAMIMIC CE instead"
    )
    models.add_argument("--only", help="only models whose names begin so, separated by commas")
    masking = commands.add_parser("masking", help="a table masked, beside Presidio with Faker's operators")
    masking.add_argument(
        "--repeat", type=int, default=3, help="interleaved rounds, of which the median counts (default 3)"
    )
    messages = commands.add_parser("messages", help="messages beside the nearest libraries that write the same")
    messages.add_argument(
        "--repeat", type=int, default=3, help="interleaved rounds, of which the median counts (default 3)"
    )
    coherence = commands.add_parser("coherence", help="the same checks on every tool")
    coherence.add_argument("--rows", type=int, default=2_000, help="rows per tool and kind (default 2,000)")
    coherence.add_argument("--tools", help="only these, separated by commas")
    coherence.add_argument("--readme", action="store_true", help="put the table into the README and the site")
    learning = commands.add_parser("learning", help="copies of public tables, learned by us and by SDV")
    learning.add_argument(
        "--sets", help="only these, separated by commas (flights: the times); others stay as they are kept"
    )
    learning.add_argument("--page", action="store_true", help="put the tables into the site")
    loaded = commands.add_parser("platform", help="the platform under load")
    loaded.add_argument("--users", type=int, default=200, help="of API and pages (default 200)")
    loaded.add_argument("--seconds", type=int, default=120, help="that they stay (default 120)")
    loaded.add_argument("--jobs", type=int, default=100, help="of 100,000 rows (default 100)")
    loaded.add_argument("--watchers", type=int, default=500, help="of one job (default 500)")
    loaded.add_argument("--workers", type=int, default=2, help="jobs at a time (default 2)")
    known = parser.parse_args(arguments or ["page"])
    if known.command == "page":
        from bench.page import measure as one_page

        return one_page(known.rounds, known.only.split(",") if known.only else None)
    if known.command == "grades":
        from bench.grades import measure as estimated

        return estimated(known.rows)
    if known.command == "learning":
        from bench.learning.compare import compare as learned

        return learned(known.sets.split(",") if known.sets else None, known.page)
    if known.command == "coherence":
        from bench.coherence.compare import compare

        return compare(known.rows, known.tools.split(",") if known.tools else None, known.readme)
    if known.command == "platform":
        from bench.under_load.load import measure as under_load

        return under_load(known.users, known.seconds, known.jobs, known.watchers, known.workers)
    if known.command == "scale":
        from bench import scale as large

        return large.measure(known.rows, known.entities.split(","))
    if known.command == "models":
        if known.xml:
            from bench.speed.xml_models import measure as xml_models

            return xml_models(known.xml, known.repeat, known.only.split(",") if known.only else None)
        from bench.speed.own_tables import measure as own_tables

        return own_tables(known.repeat)
    if known.command == "masking":
        from bench.speed.masking import measure as masked

        return masked(known.repeat)
    if known.command == "messages":
        from bench.speed.messages import compare as compare_messages

        return compare_messages(known.repeat)
    if known.command == "start":
        from bench import start as waiting

        return waiting.measure(known.repeat)
    if known.peers:
        from bench.speed.race import race

        return race(known.repeat)
    if known.counterparts:
        from bench.speed.counterparts import compare as counterparts

        return counterparts(known.repeat)
    from bench.speed.ours import measure

    return measure(known.rows, known.repeat, known.entities.split(",") if known.entities else None)


sys.exit(main(sys.argv[1:]))
