"""Tables of one's own: a model, in whatever language it is written, is a pack made at run time.

model        what is said of tables, the same for every language
rules        how values of a column are made
reading      YAML, JSON, XML, SQL schemas, live databases, JSON Schema, Python classes: one reader each
patterns     regular expressions as automata, and the texts that match them
expressions  a safe subset of Python's expressions, compiled to columns
meanings     what a column means, found out from its name, type, comment and neighbours
compiling    tables become entities of a run-time pack
filling      a live database, filled under its own constraints
commands     `dm run`, `dm model …`, `dm fill`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_models.loading import Model as Model
    from datamimic_models.model.mistakes import BadModel as BadModel

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"BadModel": ".model.mistakes", "Model": ".loading"})
