"""How well rows of an entity agree with what its pack claims: published figures, invariants, identifiers, sources.

claims         what a pack claims: `claims.toml` beside its `data.toml`
measuring      a claim against rows: distance, tolerance, verdict
distributions  what the values of a field look like, for fields without a claim
dependencies   the matrix: what must hang together, what must not, and when things happen
validators     identifiers under the eyes of independent libraries
assessment     all of it for one entity, as plain values
charts, page   the same as one self-contained HTML page
command        `dm report`
audit          what hangs together in folders of tables and messages: links, sums, people who can be told apart
audit_command  `dm audit`
written_pages  pages as both commands write them
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_report.assessment import assess as assess
    from datamimic_report.assessment import assess_pack as assess_pack
    from datamimic_report.audit.auditing import audit_folders as audit_folders
    from datamimic_report.dependencies.matrix import run_matrix as run_matrix
    from datamimic_report.page import render as render
    from datamimic_report.page import render_audit as render_audit
    from datamimic_report.page import render_pack as render_pack
    from datamimic_report.page import render_template as render_template

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "assess": ".assessment",
        "assess_pack": ".assessment",
        "audit_folders": ".audit.auditing",
        "render": ".page",
        "render_audit": ".page",
        "render_pack": ".page",
        "render_template": ".page",
        "run_matrix": ".dependencies.matrix",
    },
)
