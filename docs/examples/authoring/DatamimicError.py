import pytest
from datamimic import DatamimicError, World

with pytest.raises(DatamimicError) as raised:
    World("demo")["common.persom"]
assert raised.value.code == "unknown_entity"
assert "common.person" in (raised.value.hint or "")
