from datetime import date, datetime

from datamimic import World, days_before, entity, field, local


@entity("call")
class Call:
    """A call at noon in Berlin, stored in UTC."""

    day: date = field(days_before("clock", up_to=300), doc="local day")
    minute: int = field(lambda draw: 720 + 0 * draw.integers(0, 1), doc="minute of the day")
    at: datetime = field(local("day", "minute", zone="Europe/Berlin"), doc="moment")


assert {call.at.hour for call in World("demo")[Call][0:100]} == {10, 11}
