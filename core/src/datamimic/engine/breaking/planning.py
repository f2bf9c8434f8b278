"""Which rows are broken, and how: a function of the world, the rows and the counts, whoever asks for which part of it.

Rows are chosen for each kind by a permutation of their own, in its order; one that cannot be broken so, or that another kind
has already, is passed over. So the counts are exact, and more of one kind leaves nearly all of the others where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import evolve, frozen

from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.engine.breaking.candidates import Candidates
from datamimic.engine.breaking.columns import completed, written
from datamimic.engine.breaking.kinds import KINDS, NEGATIVE, Break
from datamimic.engine.breaking.making import maker_of
from datamimic.engine.breaking.order import Order
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, excerpt
from datamimic.formats.documents.message import Message
from datamimic.model.breaks import Breaks

_STREAM: Final = "#breaks"
_AT_ONCE: Final = 2_048
_TRIED: Final = 64


@frozen(eq=False)
class Plan:
    """The breaks of an output, and the order of its rows; `positions` says where each break stands, None where it is
    missing."""

    breaks: tuple[Break, ...]
    order: Order
    positions: tuple[int | None, ...]

    @property
    def rules(self) -> bool:
        """Is a rule of a message broken?"""
        return any(each.rule is not None for each in self.breaks)


def declared(view: View, message: Message | None) -> Breaks:
    """Which columns breaks change: what the message says, then the entity, then their names."""
    own, entity = message.breaks if message is not None else Breaks(), view.spec.breaks
    key = view.spec.key
    read = view if message is None else view.select(message.columns())
    both = evolve(
        own,
        date=own.date or entity.date,
        amount=own.amount or entity.amount,
        account=own.account or entity.account,
        status=own.status or entity.status,
        rejected=own.rejected or entity.rejected,
        without=own.without or entity.without,
        lists={**entity.lists, **own.lists},
    )
    found = completed(both, read.schema(), None if key is None else key.column_name)
    return found if message is None else written(found, read.columns, message.items_read())


def plan(view: View, counts: Mapping[str, int], message: Message | None) -> Plan:
    """Of the rows of a view that has an end. Raises `InvalidOption` for breaks that there are not, and for more of them than
    rows that can be broken so."""
    planning = _Planning(view, declared(view, message), message)
    return planning.of(planning.spread(counts))


class _Planning:
    def __init__(self, view: View, breaks: Breaks, message: Message | None) -> None:
        self.candidates = Candidates(view, breaks, message)
        self.message = message
        self.rows = self.candidates.rows
        self.address = view.world.address(view.world.stream(view.spec), _STREAM)
        self.taken: set[int] = set()

    def of(self, counts: Mapping[str, int]) -> Plan:
        breaks = [each for kind, count in counts.items() if count for each in self._chosen(kind, count)]
        gone = [each.row for each in breaks if not each.unit and each.kind in ("missing", "out_of_order")]
        put = [each for each in breaks if not each.unit and each.kind in ("duplicate", "out_of_order")]
        order = Order.of(self.rows, gone, [(each.to, each.row) for each in put])
        places = dict(zip(map(id, put), order.positions_of_put().tolist(), strict=True))
        stay = [each for each in breaks if each.unit or each.kind not in ("missing", "out_of_order", "duplicate")]
        own = order.positions(np.array([each.row for each in stay], dtype=np.int64)).tolist() if stay else []
        places |= dict(zip(map(id, stay), own, strict=True))
        return Plan(tuple(breaks), order, tuple(places.get(id(each)) for each in breaks))

    def spread(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts by kind and rule in the order in which rows are chosen; `negative` is shared out among all rules that can
        be broken in these messages."""
        found = {kind: count for kind, count in counts.items() if kind != NEGATIVE}
        if counts.get(NEGATIVE):
            rules = self._able()
            if not rules:
                raise InvalidOption(
                    "invalid_option", "there are no rules to break", hint="messages have them", path="$.breaks"
                )
            every, more = divmod(counts[NEGATIVE], len(rules))
            for place, rule in enumerate(rules):
                found[rule] = found.get(rule, 0) + every + (place < more)
        places = {kind: place for place, kind in enumerate(KINDS)}
        return dict(sorted(found.items(), key=lambda each: (places.get(each[0], len(places)), each[0])))

    def _able(self) -> list[str]:
        """The rules that can be broken in some of the messages that are tried."""
        if self.message is None:
            return []
        order = Permutation(max(self.rows, 1), self.address.labelled(NEGATIVE, "rows"))
        rows = self.candidates.there(order.forward(np.arange(min(_TRIED, self.rows), dtype=np.int64)))
        texts = self.message.texts(self.candidates.gathered(rows, self.message.columns())).to_pylist()
        rules = self.message.negatives()
        return [each.name for each in rules if any(each.broken(text, place) for place, text in enumerate(texts))]

    def _chosen(self, name: str, count: int) -> list[Break]:
        """So many breaks of a kind, in the order of their rows."""
        makes = maker_of(name, self.candidates)
        address = self.address.labelled(name)
        order = Permutation(max(self.rows, 1), address.labelled("rows"))
        key = stream_key(*address.labelled("values"))
        made: list[Break] = []
        size = max(count + 8, 16)
        start = 0
        while len(made) < count and start < self.rows:
            stop = min(start + min(size, _AT_ONCE), self.rows)
            rows = self.candidates.there(order.forward(np.arange(start, stop, dtype=np.int64)))
            free = np.array([row for row in rows.tolist() if row not in self.taken], dtype=np.int64)
            if len(free):
                numbers = hash_rows(key, free)
                for each in makes(free, [int(number >> np.uint64(1)) for number in numbers]):
                    if len(made) < count and self._take(each):
                        made.append(each)
            start = stop
        if len(made) < count:
            raise InvalidOption(
                "invalid_count",
                f"{count} breaks {excerpt(name)} of {self.candidates.owner}: there are {len(made)} rows that can be broken so",
                hint="ask for fewer breaks, or for more rows",
                path="$.breaks",
            )
        return sorted(made, key=lambda each: each.row)

    def _take(self, each: Break) -> bool:
        """Keep the row, and the next one where the order is broken, for this break alone."""
        own = {each.row, each.next} if each.kind == "out_of_order" and not each.unit else {each.row}
        if own & self.taken:
            return False
        self.taken |= own
        return True
