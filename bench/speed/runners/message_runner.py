"""Messages per second of processor time that a library writes of given values: a message of ours is read, and written again."""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")


def fhir(text):
    from fhir.resources.R4B.patient import Patient

    values = json.loads(text)
    return lambda: Patient(**values).model_dump_json()


def hl7(text):
    from hl7apy.core import Message

    lines = [line.split("|") for line in text.rstrip("\r").split("\r")]

    def write():
        made = Message("ADT_A03", version="2.5.1")
        for name, *fields in lines:
            segment = made.msh if name == "MSH" else made.add_segment(name)
            for number, value in enumerate(fields, 2 if name == "MSH" else 1):
                if value and (name != "MSH" or number > 2):
                    setattr(segment, f"{name.lower()}_{number}", value)
        return made.to_er7()

    return write


def edifact(text):
    from pydifact.parser import Parser
    from pydifact.segmentcollection import Interchange, Message
    from pydifact.segments import Segment

    given = [
        (each.tag, each.elements)
        for each in Parser().parse(text)
        if each.tag not in ("UNA", "UNB", "UNH", "UNT", "UNZ")
    ]

    def write():
        message = Message(reference_number="1", identifier=("ORDERS", "D", "01B", "UN"))
        for tag, elements in given:
            message.add_segment(Segment(tag, *elements))
        whole = Interchange(sender="A", recipient="B", control_reference="1", syntax_identifier=("UNOW", 4))
        whole.add_message(message)
        return whole.serialize()

    return write


write = {"fhir.resources": fhir, "hl7apy": hl7, "pydifact": edifact}[sys.argv[1]](sys.stdin.read())
write()
count, begun = 0, time.process_time()
while time.process_time() - begun < 3:
    write()
    count += 1
print(count / (time.process_time() - begun))
