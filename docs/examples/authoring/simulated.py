import numpy as np
from datamimic import Draw, World, entity, field, number, simulated
from datamimic.columns import Ints


def serve(draw: Draw, minutes: Ints) -> dict[str, Ints]:
    """One till: who comes while another is served waits."""
    arrived = np.sort(draw.integers(0, 480))
    free, began = 0, []
    for at, takes in zip(arrived.tolist(), minutes.tolist(), strict=True):
        began.append(max(free, at))
        free = began[-1] + takes
    return {"arrived": arrived, "began": np.array(began, dtype=np.int64)}


queue = simulated(serve, block=50)


@entity("guest")
class Guest:
    """A guest at the till."""

    minutes: int = field(number(1, 20), doc="time at the till", unit="min")
    arrived: int = field(queue["arrived"], doc="minute of arrival")
    began: int = field(queue["began"], doc="minute at which it was the guest's turn")


assert all(guest.began >= guest.arrived for guest in World("demo")[Guest][0:100])
