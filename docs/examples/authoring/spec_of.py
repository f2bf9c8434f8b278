from datamimic import Spec, spec_of
from datamimic_pack_common import City

spec: Spec = spec_of(City)
assert spec.name == "city"
assert [each.name for each in spec.columns if each.name in ("name", "postal_code")] == ["name", "postal_code"]
