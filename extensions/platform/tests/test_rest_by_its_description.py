"""Requests that nobody thought of, made from the description of REST by schemathesis: each alone, and in sequences that follow
links. No answer is a server error, none has a status or a type that is not described.

schemathesis 4.32 does not go with what the lock has: CONTRIBUTING.md says in which environment this is run. It makes about
`DATAMIMIC_TEST_REST_CASES` requests, 5,000 without it.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Flaky, Unsatisfiable

from datamimic_platform.api.app import make_app
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services.people import add_user, new_workspace
from datamimic_platform.services.signing_in import new_key
from datamimic_platform.store.store import Store

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from schemathesis import GenerationMode  # noqa: E402
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance  # noqa: E402

CASES = int(os.environ.get("DATAMIMIC_TEST_REST_CASES", "5000"))
STEPS = 8
"""Of a sequence, at most."""


def loose(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


_TABLES = {
    "tables": [{"table_name": "a", "rows": 3, "columns": [{"name": "id", "type": "int", "constraints": ["PK"]}]}]
}
_JOB = {"job_type": "generate", "config": _TABLES}
RIGHT: dict[str, dict[str, Any]] = {
    "POST /jobs": _JOB,
    "POST /jobs/preview": {"config": _TABLES},
    "PUT /configurations/{name}": {"text": "tables: []", "file_name": "a.yaml"},
    "PUT /schedules/{name}": {"trigger": {"cron": "0 5 * * *"}, "job": _JOB},
    "POST /jobs/{job_id}/resubmit": {"options": {"rows": 2}},
}


class Judge:
    """Counts answers, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.seen: Counter[int] = Counter()
        self.wrong: set[str] = set()
        self._checks = [not_a_server_error, status_code_conformance, content_type_conformance]

    def __call__(self, answer: Any, case: Any) -> None:
        self.seen[answer.status_code] += 1
        for check in self._checks:
            try:
                case.validate_response(answer, checks=[check])
            except BaseExceptionGroup as error:
                said = "; ".join(str(each).splitlines()[0] for each in error.exceptions)
                self.wrong.add(f"{case.method} {case.operation.path}: {answer.status_code}: {said}")


class Known:
    """Headers by which an administrator is known; a new one where requests took the rights of the last one away."""

    def __init__(self, store: Store) -> None:
        with store.writing() as session:
            self._workspace = new_workspace(store, session, "one").id
        self._store, self._count = store, 0
        self.renew()

    def renew(self) -> None:
        self._count += 1
        first, email = Actor(self._workspace, "first", Role.ADMINISTRATOR), f"a{self._count}@one.example"
        made = add_user(self._store, first, email, "a", "administrator", None)
        actor = Actor(self._workspace, email, Role.ADMINISTRATOR, made["id"])
        self.headers = {"Authorization": f"Bearer {new_key(self._store, actor, 'tests', 30)['key']}"}


@pytest.fixture
def described(store: Store) -> tuple[Any, Known]:
    """(the schema of a platform, how its administrator is known)."""
    known = Known(store)
    schema = schemathesis.openapi.from_asgi("/openapi.json", make_app(store), headers=known.headers)

    @schema.hook
    def map_body(context: Any, body: Any) -> Any:
        """Every other body is one that is taken, so that there is something to follow links from."""
        right = RIGHT.get(f"{context.operation.method.upper()} {context.operation.path}")
        return {**right} if right is not None and len(repr(body)) % 2 else body

    return schema, known


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore")
def test_requests_alone(described: tuple[Any, Known]) -> None:
    schema, known = described
    judge, operations = Judge(), [each.ok() for each in schema.get_all_operations()]
    for operation in operations:
        for mode in GenerationMode:

            @loose(max(CASES // (4 * len(operations)), 1))
            @given(operation.as_strategy(generation_mode=mode))
            def alone(case: Any) -> None:
                answer = case.call(headers=known.headers)
                judge(answer, case)
                if answer.status_code == 401:
                    known.renew()

            with suppress(Unsatisfiable):  # an operation that takes nothing has no wrong requests
                alone()
    print(sorted(judge.seen.items()))
    assert judge.wrong == set() and judge.seen.total() >= CASES // 4


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore")
def test_sequences_that_follow_links(described: tuple[Any, Known]) -> None:
    schema, known = described
    judge = Judge()

    class Following(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": known.headers}

        def validate_response(self, response: Any, case: Any, *_: Any, **__: Any) -> None:
            judge(response, case)
            if response.status_code == 401:
                known.renew()

    # What is there differs from one sequence to the next, which Hypothesis calls flaky; then another run begins.
    while judge.seen.total() < CASES // 2:
        with suppress(Flaky):
            Following.run(settings=settings(loose(CASES // STEPS), derandomize=False))
    print(sorted(judge.seen.items()))
    assert judge.wrong == set() and judge.seen.total() >= CASES // 4
