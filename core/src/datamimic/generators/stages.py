"""How far a row has come: the last of its stages that has been reached."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from datamimic.columns import Column, Text
from datamimic.errors import DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import Generator


class Stages(Generator[str]):
    """See `stages`."""

    python_type = str
    reads_now = True

    def __init__(self, moments: Mapping[str, str]) -> None:
        self.moments = dict(moments)
        self.needs = tuple(dict.fromkeys(self.moments.values()))
        if not self.moments:
            raise DefinitionError("bad_field", "there are no stages", hint='stages({"ordered": "ordered_at", …})')

    def column(self, context: Context) -> Column:
        reached = np.zeros(len(context), dtype=np.int32)
        for number, moment in enumerate(self.moments.values()):
            column = context.column(moment)
            come = ~np.ma.getmaskarray(column) & (np.ma.getdata(column) <= context.now)
            reached[come] = number
        return Text.coded(reached, tuple(self.moments))


def stages(moments: Mapping[str, str]) -> Generator[str]:
    """The last stage that has been reached at the moment at which the world is seen: its clock, or that of `World.as_of`.

    `moments` are {stage: date or date-time field}, in order: of stages that have been reached the last one named counts, in
    whatever order they came. A stage whose moment is null is not reached; the first is that of rows that have reached none.
    """
    return Stages(moments)
