"""The journey of a patient: every message of every visit, in order of time."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from datamimic import Breaks, setting
from datamimic.formats.documents import HL7, Piece, Rule, in_order
from datamimic_pack_healthcare.messages.hl7.adt import ADMITTED, LEFT, MOVED, REGISTERED, UPDATED, WITHDRAWN
from datamimic_pack_healthcare.messages.hl7.message import FROM_AN_ITEM, OF_RESULTS, REJECTED, Hl7
from datamimic_pack_healthcare.messages.hl7.notes import MDM
from datamimic_pack_healthcare.messages.hl7.orders import OMG, ORU
from datamimic_pack_healthcare.messages.hl7.scheduling import APPOINTED, CALLED_OFF, NOT_COME
from datamimic_pack_healthcare.messages.hl7.vaccination import VXU

OF_A_VISIT = (
    APPOINTED, CALLED_OFF, NOT_COME, REGISTERED, ADMITTED, OMG, MOVED, ORU, UPDATED, MDM, LEFT, WITHDRAWN,
)  # fmt: skip
"""In the order of what falls on one moment."""


class Journey(Hl7):
    """All that is told of a patient: appointments, arrivals, orders, results, updates, documents, discharges, vaccinations, in
    order of time, each followed by its answer."""

    name = "hl7.2.5.1.journey"
    entity = "healthcare.medical_record"
    breaks = Breaks(
        account="patient.medical_record_number",
        without=("rejected",),
        lists={
            "visits_told": evolve(REJECTED, lists=OF_RESULTS),
            "vaccination_reports": evolve(REJECTED, status="acknowledgement"),
        },
    )
    answers: bool = setting(True, "Follow each message by its answer.")

    def document(self) -> Piece:
        told = [("visits_told", each) for each in OF_A_VISIT] + [("vaccination_reports", VXU)]
        kinds = []
        for place, each in told:
            message = each.message(FROM_AN_ITEM)
            kinds.append(
                (place, each.moment, HL7.group(message, each.reply(FROM_AN_ITEM)) if self.answers else message)
            )
        return in_order(*kinds)

    def judges(self) -> Sequence[Rule]:
        """Those of all its messages, answers among them, in which another segment is mandatory."""
        return [each for each in super().judges() if each.name != "mandatory"]

    def closing(self) -> Piece | None:
        """A patient has several messages: how many there are in all is not told."""
        return HL7.group(HL7.segment("BTS"), HL7.segment("FTS", "1")) if self.batch else None
