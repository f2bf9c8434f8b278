from datetime import time, timedelta

from datamimic import World, duration_between, entity, field, time_between


@entity("lesson")
class Lesson:
    """A lesson."""

    begins: time = field(time_between(time(8), time(16), step=timedelta(minutes=15)), doc="when it begins")
    takes: timedelta = field(duration_between(timedelta(minutes=30), timedelta(minutes=90)), doc="how long it is")


lesson = World("demo")[Lesson][0]
assert time(8) <= lesson.begins <= time(16) and lesson.begins.minute % 15 == 0
assert timedelta(minutes=30) <= lesson.takes <= timedelta(minutes=90)
