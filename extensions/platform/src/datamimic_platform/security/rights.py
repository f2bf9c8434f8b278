"""Four roles, and what each may do: a table, that is all."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import frozen

from datamimic import DatamimicError


class Role(StrEnum):
    VIEWER = "viewer"
    EXECUTOR = "executor"
    DEVELOPER = "developer"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Right(StrEnum):
    """What routes and commands ask for. `READ_VALUES` shows columns that are marked personal as they are."""

    READ = "read"
    READ_VALUES = "read_values"
    RUN = "run"
    DOWNLOAD = "download"
    WRITE = "write"
    CANCEL_ANY = "cancel_any"
    ADMINISTER = "administer"
    AUDIT = "audit"


_VIEWER = frozenset({Right.READ})
_EXECUTOR = _VIEWER | {Right.RUN, Right.DOWNLOAD}
_DEVELOPER = _EXECUTOR | {Right.WRITE, Right.CANCEL_ANY, Right.READ_VALUES}
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.VIEWER: _VIEWER,
        Role.EXECUTOR: _EXECUTOR,
        Role.DEVELOPER: _DEVELOPER,
        Role.ADMINISTRATOR: _DEVELOPER | {Right.ADMINISTER, Right.AUDIT},
    }
)


@frozen
class Actor:
    """Somebody who asks for something in one workspace. `scopes` None: everything that the role may; else only these rights.

    `user` None: the command line on the machine itself, or a schedule.
    """

    workspace: int
    name: str
    role: Role
    user: int | None = None
    scopes: frozenset[Right] | None = None
    key: int | None = None

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role] and (self.scopes is None or right in self.scopes)

    def require(self, right: Right) -> None:
        """Raises `DatamimicError` (`platform.forbidden`)."""
        if not self.may(right):
            raise DatamimicError(
                "platform.forbidden",
                f"the right to {right.replace('_', ' ')} is missing",
                hint=f"roles that have it: {', '.join(each for each in Role if right in RIGHTS[each])}",
            )


def scopes_of(words: list[str] | None) -> frozenset[Right] | None:
    """Rights by name. Raises `DatamimicError` (`platform.bad_request`)."""
    if words is None:
        return None
    unknown = [each for each in words if each not in list(Right)]
    if unknown or not words:
        raise DatamimicError(
            "platform.bad_request", "there is no such scope", hint=f"scopes: {', '.join(Right)}", path="$.scopes"
        )
    return frozenset(map(Right, words))
