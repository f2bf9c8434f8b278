"""Scripts as columns."""

from __future__ import annotations

from datamimic_models.expressions.expression import Expression
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Value


def as_columns(
    expression: Expression, names: dict[str, Value], frame: Frame, setting: Setting, label: str
) -> Value | None:
    """What the script gives as a column; None where it has to run record by record."""
    return None
