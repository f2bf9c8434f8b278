"""What the database itself refuses, whoever asks: a job's status moves along `MOVES` alone, and the audit only grows."""

from __future__ import annotations

MOVES = (
    ("queued", "running"),
    ("queued", "cancelled"),
    ("running", "completed"),
    ("running", "failed"),
    ("running", "cancelled"),
    ("running", "queued"),
)
"""The last is the way back of a job whose worker was lost, or which is tried again."""
_SAID = "a job does not go from this status to that"
_ONLY_GROWS = "the audit only grows"


def guards(dialect: str) -> list[str]:
    """Statements that make the triggers."""
    allowed = ", ".join(f"'{old}>{new}'" for old, new in MOVES)
    wrong = f"OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ({allowed})"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER jobs_moves BEFORE UPDATE OF status ON jobs WHEN {wrong} "
            f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
            *(
                f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{_ONLY_GROWS}'); END"
                for verb in ("UPDATE", "DELETE")
            ),
        ]
    return [
        _function("refuse_job_move", _SAID),
        _function("refuse_audit_change", _ONLY_GROWS),
        f"CREATE TRIGGER jobs_moves BEFORE UPDATE OF status ON jobs FOR EACH ROW WHEN ({wrong}) "
        "EXECUTE FUNCTION refuse_job_move()",
        "CREATE TRIGGER audit_changes BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
        "CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION refuse_audit_change()",
    ]


def _function(name: str, said: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END $$"
    )
