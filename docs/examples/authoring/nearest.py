from datamimic import World, entity, field, kilometres, nearest, serial


@entity("clinic", size=200)
class Clinic:
    """A clinic."""

    clinic_id: str = field(serial("C-###"), key=True, doc="number")
    latitude: float = field(lambda draw: 47 + 8 * draw.uniform(), doc="decimal degrees")
    longitude: float = field(lambda draw: 6 + 9 * draw.uniform(), doc="decimal degrees")


@entity("patient")
class Patient:
    """A patient of one of the two nearest clinics, mostly the nearest."""

    latitude: float = field(lambda draw: 47 + 8 * draw.uniform(), doc="home, decimal degrees")
    longitude: float = field(lambda draw: 6 + 9 * draw.uniform(), doc="home, decimal degrees")
    clinic: Clinic = field(nearest(Clinic, among=[3, 1]), doc="where the patient goes")


patient = World("demo")[Patient][0]
assert kilometres(patient.latitude, patient.longitude, patient.clinic.latitude, patient.clinic.longitude) < 150
