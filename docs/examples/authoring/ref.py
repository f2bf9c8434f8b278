import numpy as np
from datamimic import Draw, Pack, Ref, Registry, Text, World, entity, field, hookimpl, ref, serial
from datamimic.columns import Ints, Masked


@entity("school", size=40)
class School:
    """A school."""

    school_id: str = field(serial("S-###"), key=True, doc="number")


def before(rows: Ints, draw: Draw) -> Masked:
    """The pupil before, or nobody: what is masked is null."""
    return np.ma.MaskedArray(rows - 1, (rows == 0) | draw.chance(0.5))


def shown(school: Ref) -> Text:
    number: Text = school.school_id
    return number


@entity("pupil")
class Pupil:
    """A pupil: a school, and perhaps a sibling."""

    pupil_id: str = field(serial("P-######"), key=True, doc="number")
    school: School = field(ref(School), doc="where the pupil learns")
    shown: str = field(shown, doc="number of the school")
    sibling: "Pupil | None" = field(ref("town.pupil", by=before), doc="an older sibling, or none")


class Town:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("town", "1.0.0", "Schools")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [School, Pupil]


pupils = list(World("demo", packs=Registry.of(Town()))[Pupil][0:40])
assert all(pupil.shown == pupil.school.school_id for pupil in pupils)
assert pupils[0].sibling is None and any(pupil.sibling is not None for pupil in pupils)
