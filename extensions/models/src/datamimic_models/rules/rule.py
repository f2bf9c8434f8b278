"""What every kind of rule that the compiler knows can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from attrs import frozen

from datamimic import Generator
from datamimic_models.model import Column, Mistakes, Model, Table
from datamimic_models.model.rule import Rule


@frozen
class Where:
    """The column that a rule is for, in its table, in its model."""

    model: Model
    table: Table
    column: Column


class RuleKind(Rule, ABC):
    """A kind of rule that makes values."""

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        """Add what cannot work there: contradictions, types, names. Makes no row."""

    @abstractmethod
    def generator(self, where: Where) -> Generator[Any]:
        """What makes the column; of a key or unique column a bijection of the row number."""
