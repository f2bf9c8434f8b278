# datamimic_pack_fleet/__init__.py: names that are imported when they are first used
from datamimic.plugin import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"Vehicle": ".entities.vehicle"})

assert __all__ == ["Vehicle"]
