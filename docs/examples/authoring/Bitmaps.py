import pyarrow as pa
from datamimic.formats.documents import Bitmaps, of, only_with, together
from datamimic.formats.documents.scope import Scope

card = Bitmaps({2: "n..19", 3: "n6", 4: "n12", 11: "n6", 39: "an2"})
rows = pa.record_batch({"number": ["4111111111111111"], "cents": ["1250"], "trace": ["17"], "answer": ["00"]})
payment = together(
    card.message("0100", {2: of("number"), 3: "000000", 4: of("cents"), 11: of("trace")}),
    only_with("answer", card.message("0110", {3: "000000", 11: of("trace"), 39: of("answer")})),
)
text = payment.render(Scope.of(rows)).texts[0].as_py()
assert text.startswith("0100" + "7020000000000000" + "16" + "4111111111111111" + "000000" + "000000001250" + "000017")
assert text.endswith("0110" + "2020000002000000" + "000000" + "000017" + "00")
