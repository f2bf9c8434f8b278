"""Messages of HL7 version 2.5.1 and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from attrs import evolve, frozen

from datamimic import Breaks, setting
from datamimic.formats.documents import HL7, Message, Piece, of, together
from datamimic_pack_healthcare.messages.hl7.segments import ENCODING, header

FROM_THE_ROW, FROM_AN_ITEM = "patient.", "..patient."
"""Where the patient stands: beside the visit, or around the list of visits."""
REJECTED = Breaks(status="visit.acknowledgement", rejected="AR", without=("wrong_account",))
"""An answer that refuses, HL7 table 0008."""
OF_RESULTS = {f"findings.{name}": Breaks(amount="value") for name in ("vital_signs", "laboratory")}
"""What breaks mean where values are told."""
Names = tuple[str, str, str]
"""Type, event and structure, as MSH-9 has them."""


@frozen
class Told:
    """What is told of an event: `body` gives the segments behind MSH for where the patient stands, `answer_body` those behind
    MSA. Paths say when it happens, what its number is, and in which hospital."""

    names: Names
    answer: Names
    moment: str
    body: Callable[[str], Piece]
    sender: str = "HIS"
    receiver: str = "EHR"
    answer_body: Callable[[str], Piece] | None = None
    number: str = "visit.number"
    facility: str = "visit.hospital_id"
    acknowledgement: str = "visit.acknowledgement"

    def control(self) -> Piece:
        """The control id: number and event."""
        return together(of(self.number), self.names[1])

    def message(self, who: str) -> Piece:
        head = header(self.names, self.moment, self.control(), self.facility, self.sender, self.receiver)
        return HL7.group(head, self.body(who))

    def reply(self, who: str) -> Piece:
        """The answer, which accepts and names the control id of what it answers."""
        control = together(self.control(), "K")
        head = header(self.answer, self.moment, control, self.facility, self.receiver, self.sender)
        accepted = HL7.segment("MSA", of(self.acknowledgement), self.control())
        more = () if self.answer_body is None else (self.answer_body(who),)
        return HL7.group(head, accepted, *more)


class Hl7(Message):
    """A message of HL7 version 2.5.1, or with `told` what it is."""

    suffixes = (".hl7",)
    entity = "healthcare.encounter"
    told: ClassVar[Told]
    breaks = Breaks(account="patient.medical_record_number", without=("rejected",))
    mandatory: ClassVar[Sequence[str]] = ("PID",)
    longest: ClassVar[Mapping[str, int]] = {"PID.3": 250}
    batch: bool = setting(
        False, "Begin with FHS and BHS, the headers of a file and of a batch, and end with their trailers."
    )

    def __init_subclass__(cls, **given: Any) -> None:
        """What is late is told later than it happened."""
        super().__init_subclass__(**given)
        if "told" in vars(cls):
            cls.breaks = evolve(cls.breaks, date=cls.breaks.date or cls.told.moment)

    def document(self) -> Piece:
        return self.told.message(FROM_THE_ROW)

    def opening(self) -> Piece | None:
        if not self.batch:
            return None
        return HL7.group(HL7.segment("FHS", ENCODING, "HIS"), HL7.segment("BHS", ENCODING, "HIS"))

    def closing(self) -> Piece | None:
        if not self.batch:
            return None
        return HL7.group(HL7.segment("BTS", of("#count")), HL7.segment("FTS", "1"))


class Answer(Hl7):
    """What the receiver of a message answers."""

    breaks = REJECTED
    mandatory = ("MSA",)
    longest: ClassVar[Mapping[str, int]] = {"MSA.2": 20}

    def document(self) -> Piece:
        return self.told.reply(FROM_THE_ROW)
