"""All tables together, for migrations."""

from __future__ import annotations

from datamimic_platform.store import audit_rows, configurations, people, work
from datamimic_platform.store.columns import Base

METADATA = Base.metadata
MODULES = (audit_rows, configurations, people, work)
