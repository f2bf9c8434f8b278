"""Samples, measured."""

from datamimic_learning.compat.sample_data_profiler import SampleDataProfiler

__all__ = ["SampleDataProfiler"]
