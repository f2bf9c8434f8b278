"""All settings of the platform, with the variables that set them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from datamimic import DatamimicError
from datamimic_platform.settings.variables import flag, given, one_of, variable, whole, words

LEAST_SECRET = 32
"""Characters of a secret that production takes."""
_DEVELOPMENT = "for development only: production refuses this secret"


@attrs.frozen
class Settings:
    """`Settings()` is a laptop: SQLite and logs below the current folder, no broker, secrets that production refuses."""

    environment: str = variable(
        "ENVIRONMENT",
        "development",
        "`production` refuses missing secrets",
        one_of("development", "test", "production"),
    )
    debug: bool = variable("DEBUG", False, "log what is done in detail; refused in production", flag)
    log_level: str = variable(
        "LOG_LEVEL", "INFO", "least level that is logged", one_of("DEBUG", "INFO", "WARNING", "ERROR")
    )
    database_url: str = variable("DATABASE_URL", "sqlite:///.syndata/syndata.db", "SQLite or PostgreSQL", secret=True)
    pool_size: int = variable("DATABASE_POOL_SIZE", 20, "connections that are kept", whole(1, 1000))
    pool_overflow: int = variable("DATABASE_MAX_OVERFLOW", 30, "connections beyond the pool at a peak", whole(0, 1000))
    pool_timeout: int = variable("DATABASE_POOL_TIMEOUT", 60, "seconds to wait for a connection", whole(1, 3600))
    pool_recycle: int = variable("DATABASE_POOL_RECYCLE", 3600, "seconds after which one is renewed", whole(1))
    redis_url: str = variable("REDIS_URL", "", "counts requests of several API processes together", secret=True)
    redis_max_connections: int = variable("REDIS_MAX_CONNECTIONS", 100, "connections to Redis", whole(1, 10_000))
    broker_url: str = variable(
        "SYNDATA_BROKER", "", "Redis or RabbitMQ, by which workers of Celery are woken", secret=True
    )
    broker_queue: str = variable("SYNDATA_QUEUE", "syndata", "the broker's queue")
    data_folder: Path = variable("SYNDATA_HOME", Path(".syndata"), "artefacts, uploads, work in progress", Path)
    artefact_storage: str = variable(
        "SYNDATA_ARTEFACTS", "", "s3://bucket/prefix or another address of fsspec; else SYNDATA_HOME", secret=True
    )
    log_folder: Path = variable(
        "SYNDATA_LOGS", Path("logs"), "`syndata.log`, `system.log` and `jobs/job_<id>.log`", Path
    )
    secret_key: str = variable(
        "SECRET_KEY", _DEVELOPMENT, "seals secrets in the database, and chains the audit", secret=True
    )
    jwt_secret: str = variable("JWT_SECRET", _DEVELOPMENT, "signs tokens", secret=True)
    jwt_minutes: int = variable("JWT_MINUTES", 60, "life of a token", whole(1, 1440))
    session_hours: int = variable("SESSION_HOURS", 12, "life of a session of the pages", whole(1, 720))
    oidc_issuer: str = variable("OIDC_ISSUER", "", "an identity provider that people may sign in by")
    oidc_client: str = variable("OIDC_CLIENT_ID", "", "the platform's name there")
    oidc_secret: str = variable("OIDC_CLIENT_SECRET", "", "and its secret", secret=True)
    oidc_role: str = variable(
        "OIDC_ROLE", "", "role of people who come for the first time; without it, only those who are known may",
        one_of("viewer", "executor", "developer"),
    )  # fmt: skip
    host: str = variable("SYNDATA_HOST", "127.0.0.1", "address that the servers listen on")
    api_port: int = variable("SYNDATA_API_PORT", 8000, "port of the API", whole(1, 65_535))
    page_port: int = variable("SYNDATA_PAGE_PORT", 8001, "port of the pages", whole(1, 65_535))
    api_workers: int = variable("API_WORKERS", 4, "threads that answer requests, times ten", whole(1, 64))
    job_workers: int = variable("SYNDATA_JOB_WORKERS", 2, "jobs that run at a time", whole(1, 256))
    lease_seconds: int = variable("SYNDATA_LEASE_SECONDS", 30, "after which a silent worker's job runs again", whole(2))
    max_attempts: int = variable("SYNDATA_MAX_ATTEMPTS", 3, "times that a job is tried", whole(1, 100))
    part_rows: int = variable(
        "SYNDATA_PART_ROWS", 500_000, "rows of a part of a large job, which workers share", whole(1)
    )
    retention_days: int = variable("SYNDATA_RETENTION_DAYS", 30, "life of ended jobs and their artefacts", whole(1))
    upload_bytes: int = variable("SYNDATA_UPLOAD_BYTES", 50_000_000, "most bytes of an upload", whole(1))
    config_bytes: int = variable("SYNDATA_CONFIG_BYTES", 2_000_000, "most bytes of a configuration", whole(1))
    requests_per_minute: int = variable("SYNDATA_REQUESTS_PER_MINUTE", 600, "of one key, session or address", whole(1))
    logins_per_minute: int = variable("SYNDATA_LOGINS_PER_MINUTE", 10, "of one address, and of one account", whole(1))
    allowed_hosts: tuple[str, ...] = variable(
        "SYNDATA_ALLOWED_HOSTS", (), "hosts that jobs may reach although their addresses are private", words
    )
    server_url: str = variable("SYNDATA_URL", "", "the server that `syndata` asks; without it, it works in place")
    api_key: str = variable("SYNDATA_API_KEY", "", "the key that `syndata` shows to the server", secret=True)
    memory_profiling: bool = variable("SYNDATA_MEMORY_PROFILING", False, "log the memory of every batch", flag)
    prometheus_enabled: bool = variable("PROMETHEUS_ENABLED", True, "`/metrics` answers", flag)
    sentry_dsn: str = variable("SENTRY_DSN", "", "where errors are reported, without values of data", secret=True)
    otel_endpoint: str = variable("OTEL_EXPORTER_OTLP_ENDPOINT", "", "a collector of OpenTelemetry that spans go to")
    ssl_enabled: bool = variable("SSL_ENABLED", False, "serve by TLS", flag)
    ssl_cert_path: str = variable("SSL_CERT_PATH", "", "certificate, PEM")
    ssl_key_path: str = variable("SSL_KEY_PATH", "", "its key, PEM")

    def __attrs_post_init__(self) -> None:
        if self.ssl_enabled and not (self.ssl_cert_path and self.ssl_key_path):
            raise _refused("SSL_ENABLED needs SSL_CERT_PATH and SSL_KEY_PATH", "give both, or leave SSL_ENABLED out")
        if self.oidc_issuer and not (self.oidc_client and self.oidc_secret):
            raise _refused("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET", "the provider gives both")
        if self.artefact_storage and "://" not in self.artefact_storage:
            raise _refused("SYNDATA_ARTEFACTS is no address", "s3://bucket/prefix; a folder is SYNDATA_HOME")
        if not self.production:
            return
        if self.oidc_issuer and not self.oidc_issuer.startswith("https://"):
            raise _refused("OIDC_ISSUER is not https in production", "identity providers have TLS")
        for name, secret in (("SECRET_KEY", self.secret_key), ("JWT_SECRET", self.jwt_secret)):
            if secret == _DEVELOPMENT or len(secret) < LEAST_SECRET or len(set(secret)) < 8:
                raise _refused(
                    f"production needs a {name} of {LEAST_SECRET} characters and more", "openssl rand -base64 48"
                )
        if self.secret_key == self.jwt_secret:
            raise _refused("SECRET_KEY and JWT_SECRET are the same", "give two secrets")
        if self.debug:
            raise _refused("DEBUG is on in production", "leave DEBUG out")

    @property
    def origin(self) -> str:
        """Where it is served, without a port."""
        return f"{'https' if self.ssl_enabled else 'http'}://{self.host}"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read_settings(environment: Mapping[str, str] = os.environ, **chosen: Any) -> Settings:
    """Of the environment; `chosen` ones go before. Raises `DatamimicError` (`platform.bad_setting`)."""
    fields = {each.name: each.metadata for each in attrs.fields(Settings)}
    return Settings(**{**given(fields, environment), **chosen})


def variables() -> list[tuple[str, str, str]]:
    """(variable, default, what it is for), secrets' defaults left out."""
    return [
        (each.metadata["name"], "" if each.metadata["secret"] else str(each.default), each.metadata["doc"])
        for each in attrs.fields(Settings)
    ]


def _refused(message: str, hint: str) -> DatamimicError:
    return DatamimicError("platform.bad_setting", message, hint=hint)
