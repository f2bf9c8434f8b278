from datetime import date

from datamimic import Clock

clock = Clock.parse("2026-01-01T01:00:00+01:00")
assert clock == Clock.parse(date(2026, 1, 1)) and clock.year == 2026
