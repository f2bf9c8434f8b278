"""Metrics by the names and buckets of the description. What several processes share is counted from the store, so that every
process tells the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

BUCKETS = (10, 30, 60)
"""Upper ends of `syndata_generation_duration_seconds`; `+Inf` comes after them."""


@frozen
class Measured:
    """What the store and the process say at a moment. `durations` are counts of jobs per bucket, cumulative, `+Inf` last."""

    ended: Mapping[str, int]
    durations: tuple[int, ...]
    seconds: float
    rows: int
    queued: int
    running: int
    longest: float
    requests: Mapping[tuple[str, str, int], int] = field(factory=dict)
    memory_bytes: int = 0


class _Once:
    """One collection of a registry."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def exposition(measured: Measured) -> bytes:
    """The text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Once(_families(measured)))
    return generate_latest(registry)


def _families(measured: Measured) -> Iterator[Metric]:
    jobs = CounterMetricFamily("syndata_jobs", "Total number of jobs", labels=["status"])
    for status in ("completed", "failed", "cancelled"):
        jobs.add_metric([status], measured.ended.get(status, 0))
    yield jobs
    names = [*(str(each) for each in BUCKETS), "+Inf"]
    yield HistogramMetricFamily(
        "syndata_generation_duration_seconds",
        "Time taken to generate data",
        buckets=[(name, float(count)) for name, count in zip(names, measured.durations, strict=True)],
        sum_value=measured.seconds,
    )
    yield CounterMetricFamily("syndata_rows_generated", "Total rows generated", value=measured.rows)
    yield GaugeMetricFamily("syndata_jobs_queued", "Jobs that wait", value=measured.queued)
    yield GaugeMetricFamily("syndata_jobs_running", "Jobs that run", value=measured.running)
    longest = "Seconds that the job which runs longest has run"
    yield GaugeMetricFamily("syndata_job_longest_running_seconds", longest, value=measured.longest)
    yield GaugeMetricFamily("syndata_memory_bytes", "Resident memory of this process", value=measured.memory_bytes)
    requests = CounterMetricFamily("syndata_requests", "Requests answered", labels=["method", "route", "status"])
    for (method, route, code), count in sorted(measured.requests.items()):
        requests.add_metric([method, route, str(code)], count)
    yield requests
