"""Classes that a trusted file of a model has brought, made as the model calls them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from datamimic_models.model import NOWHERE
from datamimic_models.xml.calls import Call
from datamimic_models.xml.setting import Setting

if TYPE_CHECKING:
    from datamimic_models.xml.databases import Database

_CONTEXTS: Final = ("context", "ctx")


@frozen
class Client:
    """A database of the model, as such classes ask it."""

    database: Database

    def get_by_page_with_query(self, query: str, pagination: Any = None) -> list[dict[str, Any]]:
        """The rows of a query."""
        return self.database.rows("", query, NOWHERE)

    def get_by_page_with_type(self, table: str, pagination: Any = None) -> list[dict[str, Any]]:
        """The rows of a table."""
        return self.database.rows(table, "", NOWHERE)

    def count_table_length(self, table: str) -> int:
        return len(self.database.rows(table, "", NOWHERE))


@frozen
class RunContext:
    """What such classes may ask of the run."""

    setting: Setting

    def get_client_by_id(self, client_id: str) -> Client | None:
        """The database that is called so."""
        found = self.setting.databases.get(client_id)
        return None if found is None else Client(found)

    @property
    def root(self) -> RunContext:
        return self

    @property
    def seed(self) -> str:
        return self.setting.seed


def made_of_own(call: Call, setting: Setting) -> Any:
    """An instance of the class; it gets the run where it asks for a context."""
    cls = setting.own[call.name]
    named = dict(call.named)
    try:
        parameters = list(inspect.signature(cls).parameters)
    except (TypeError, ValueError):  # of what is not written in Python
        parameters = []
    for place, name in enumerate(parameters):
        if name in _CONTEXTS and name not in named and place >= len(call.positional):
            named[name] = RunContext(setting)
    return cls(*call.positional, **named)
