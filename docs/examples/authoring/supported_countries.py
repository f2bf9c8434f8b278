from datamimic import installed_packs, supported_countries
from datamimic_pack_common import Person

assert supported_countries(installed_packs(), Person) == ("BR", "CA", "DE", "ES", "FR", "GB", "IN", "JP", "US", "VN")
