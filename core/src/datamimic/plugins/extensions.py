"""What the extensions of this project bring: who asks for it where it is not installed is told the line that installs it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from datamimic.errors import DatamimicError


@frozen
class Extension:
    """`pack` is its name in the registry, `requirement` what pip takes, with the extra that is needed."""

    pack: str
    requirement: str

    def missing(self, kind: str, name: str) -> DatamimicError:
        """What to answer to somebody who asks for the `kind` called `name`."""
        distribution, extra, _ = self.requirement.partition("[")
        return DatamimicError(
            "missing_dependency",
            f"the {kind} {name} comes with {distribution}, which is not installed",
            hint=f'pip install "{self.requirement}"' if extra else f"pip install {self.requirement}",
        )


BROUGHT: Mapping[tuple[str, str], Extension] = MappingProxyType(
    {
        ("command", "report"): Extension("report", "datamimic-report"),
        ("command", "audit"): Extension("report", "datamimic-report"),
        ("command", "run"): Extension("models", "datamimic-models"),
        ("command", "model"): Extension("models", "datamimic-models"),
        ("command", "fill"): Extension("models", "datamimic-models"),
        **{
            ("command", each): Extension("learning", "datamimic-learning")
            for each in ("profile", "learn", "mask", "privacy")
        },
        ("model", "models"): Extension("models", "datamimic-models"),
        ("engine", "dask"): Extension("clusters", "datamimic-clusters[dask]"),
        ("engine", "spark"): Extension("clusters", "datamimic-clusters[spark]"),
        ("target", "postgresql"): Extension("databases", "datamimic-databases[postgresql]"),
        ("target", "postgres"): Extension("databases", "datamimic-databases[postgresql]"),
        ("target", "mariadb"): Extension("databases", "datamimic-databases[mariadb]"),
        ("target", "mysql"): Extension("databases", "datamimic-databases[mysql]"),
        ("target", "duckdb"): Extension("databases", "datamimic-databases[duckdb]"),
        ("target", "sqlite"): Extension("databases", "datamimic-databases"),
        ("target", "sql"): Extension("databases", "datamimic-databases"),
        ("stream", "kafka"): Extension("streams", "datamimic-streams[kafka]"),
        ("stream", "amqp"): Extension("streams", "datamimic-streams[amqp]"),
        ("stream", "amqps"): Extension("streams", "datamimic-streams[amqp]"),
        ("stream", "http"): Extension("streams", "datamimic-streams"),
        ("stream", "https"): Extension("streams", "datamimic-streams"),
        ("source", "postgresql"): Extension("databases", "datamimic-databases[postgresql]"),
        ("source", "postgres"): Extension("databases", "datamimic-databases[postgresql]"),
        ("source", "mariadb"): Extension("databases", "datamimic-databases[mariadb]"),
        ("source", "mysql"): Extension("databases", "datamimic-databases[mysql]"),
        ("source", "duckdb"): Extension("databases", "datamimic-databases[duckdb]"),
        ("source", "sqlite"): Extension("databases", "datamimic-databases"),
    }
)
"""(kind, name) -> extension; of a target, a source or a stream the scheme of its URLs, which is the ending of its files too. A
name that is not here is unknown wherever nothing installed has it."""
