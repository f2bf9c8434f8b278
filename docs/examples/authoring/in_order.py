import pyarrow as pa
from datamimic.formats.documents import HL7, in_order, of
from datamimic.formats.documents.scope import Scope

stays = [{"visit": "1", "came": 10, "left": 30}, {"visit": "2", "came": 40, "left": None}]
journey = in_order(
    ("stays", "left", HL7.segment("EVN", "A03", of("visit"))),
    ("stays", "came", HL7.segment("EVN", "A01", of("visit"))),
)
batch = pa.RecordBatch.from_pylist([{"stays": stays}, {"stays": []}])
assert journey.reads() == {"stays"}
assert journey.render(Scope.of(batch)).texts.to_pylist() == ["EVN|A01|1\rEVN|A03|1\rEVN|A01|2\r", None]
