"""In which order tables are loaded, and where they form circles."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic_models.schemas.schema import SqlSchema, SqlTable

Key = tuple[str | None, str]


def in_order(schema: SqlSchema, tables: Sequence[SqlTable]) -> list[list[SqlTable]]:
    """Parents first. Tables that refer to each other in a circle come together; one that refers to itself is alone."""
    known = {each.key: each for each in tables}
    parents = {
        each.key: [
            key for one in each.foreign_keys if (key := schema.parent(each, one).key) in known and key != each.key
        ]
        for each in tables
    }
    return [[known[key] for key in sorted(part, key=list(known).index)] for part in _components(parents)]


def _components(parents: dict[Key, list[Key]]) -> list[list[Key]]:
    """Tarjan's strongly connected components, each after those that it leads to; without recursion."""
    number: dict[Key, int] = {}
    lowest: dict[Key, int] = {}
    stack: list[Key] = []
    on_stack: set[Key] = set()
    found: list[list[Key]] = []
    for root in parents:
        if root in number:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                number[node] = lowest[node] = len(number)
                stack.append(node)
                on_stack.add(node)
            elif parents[node][at - 1] in on_stack:
                lowest[node] = min(lowest[node], lowest[parents[node][at - 1]])
            following = next((i for i in range(at, len(parents[node])) if parents[node][i] not in number), None)
            for i in range(at, len(parents[node]) if following is None else following):
                if parents[node][i] in on_stack:
                    lowest[node] = min(lowest[node], number[parents[node][i]])
            if following is not None:
                work.append((node, following + 1))
                work.append((parents[node][following], 0))
            elif lowest[node] == number[node]:
                part: list[Key] = []
                while not part or part[-1] != node:
                    part.append(stack.pop())
                    on_stack.discard(part[-1])
                found.append(part)
    return found
