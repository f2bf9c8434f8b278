"""How well rows of an entity agree with what its pack claims: published figures, invariants, identifiers, sources.

claims         what a pack claims: `claims.toml` beside its `data.toml`
measuring      a claim against rows: distance, tolerance, verdict
distributions  what the values of a field look like, for fields without a claim
validators     identifiers under the eyes of independent libraries
assessment     all of it for one entity, as plain values
charts, page   the same as one self-contained HTML page
"""

from datamimic.conformance.assessment import assess
from datamimic.conformance.page import render

__all__ = ["assess", "render"]
