import pyarrow as pa
from datamimic.formats.documents import HL7, around, each, in_order, of, only_with
from datamimic.formats.documents.scope import Scope

insurance = only_with("policy", HL7.segment("IN1", "1", "PPO", of("payer"), of("policy")))
visits = each("stays", HL7.segment("PV1", of("visit"), around(of("payer"))))
stays = [{"visit": "1", "came": 10, "left": 30}, {"visit": "2", "came": 40, "left": None}]
journey = in_order(
    ("stays", "left", HL7.segment("EVN", "A03", of("visit"))),
    ("stays", "came", HL7.segment("EVN", "A01", of("visit"))),
)
batch = Scope.of(pa.RecordBatch.from_pylist([{"stays": stays, "payer": "none", "policy": None}]))
assert journey.reads() == {"stays"} and insurance.reads() == {"payer", "policy"}
assert journey.render(batch).texts.to_pylist() == ["EVN|A01|1\rEVN|A03|1\rEVN|A01|2\r"]
assert visits.render(batch).texts.to_pylist() == ["PV1|1|none\rPV1|2|none\r"] and visits.reads() == {"stays", "payer"}
assert insurance.render(batch).texts.to_pylist() == [None]
